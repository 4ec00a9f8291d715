#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the cumulative number of packets lost in a receiver report is read and written as RFC 3550, 6.4.1 has it: 24 bits
# with a sign, up to 8 million.
# What happens: rtp.js has 12 bits of it. The count goes round at 4096: a receiver that lost 5000 packets of the lecture says 904, and
# at 8192 that it has lost nothing; a monitor that takes differences sees losses taken back. A negative count (packets
# that came twice) is 4095 when read, and positive when written. No error; small numbers, as in tests, are right.
# Version: rtp.js 0.15.5 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29:
#   read, of 4095 4096 5000 70000 -1: 4095 0 904 368 4095
#   written and read, of 4095 5000 -5: 4095 904 5
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" rtp.js@0.15.5 debug@4.4.0 >"$root/tmp/said"
cat >"$root/tmp/read.js" <<'JAVASCRIPT'
const { ReceiverReportPacket, ReceptionReport } = require("rtp.js").packets;

const read = (lost) => {
  const bytes = Buffer.from("81c90007" + "00000001" + "00000002" + "00000000" + "00000010".padEnd(32, "0"), "hex");
  bytes.writeIntBE(lost, 13, 3);
  return new ReceiverReportPacket(new DataView(Uint8Array.from(bytes).buffer)).getReports()[0].getTotalLost();
};
const written = (lost) => {
  const report = new ReceptionReport();
  report.setTotalLost(lost);
  return report.getTotalLost();
};
console.log([4095, 4096, 5000, 70000, -1].map(read).join(" "));
console.log([4095, 5000, -5].map(written).join(" "));
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.js)
still "read, of 4095 4096 5000 70000 -1" "4095 0 904 368 4095" "${seen[0]}"
still "written and read, of 4095 5000 -5" "4095 904 5" "${seen[1]}"
