#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a request for lost packets (generic NACK, RFC 4585, 6.2.1) that begins at 65534 and has the five behind it too
# names 65534, 65535, 0, 1, 2 and 3 in any library: sequence numbers have 16 bits.
# What happens: two libraries for node that do nothing but RTP, and aiortc for Python, written by different people, count on: 65536
# to 65539. A sender made of any looks for packets that cannot exist and repairs two of six; a receiver that compares what
# others asked for, so as not to ask twice, asks again. It comes once in 65536 packets, once a minute in a picture of
# 1000 packets a second, and never in a test that is shorter or begins at 1.
# Versions: werift-rtp 0.8.9, rtp.js 0.15.5 (npm), on nodejs 18.20.4+dfsg-1~deb12u3; python3-aiortc 1.4.0-2 (Debian 12).
# Seen on 2026-11-29, the field fffe 001f:
#   werift-rtp: 65534 65535 65536 65537 65538 65539
#   rtp.js: 65534 65535 65536 65537 65538 65539
#   aiortc: 65534 65535 65536 65537 65538 65539
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3 python3-aiortc=1.4.0-2
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" werift-rtp@0.8.9 rtp.js@0.15.5 debug@4.4.0 >"$root/tmp/said"
cat >"$root/tmp/read.js" <<'JAVASCRIPT'
const request = Buffer.from("81cd0003" + "00000001" + "00000002" + "fffe" + "001f", "hex");
const [packet] = require("werift-rtp").RtcpPacketConverter.deSerialize(request);
console.log(packet.feedback.lost.join(" "));
const { NackPacket, parseNackItem } = require("rtp.js").packets;
const nack = new NackPacket(new DataView(Uint8Array.from(request).buffer));
console.log(nack.getItems().flatMap(({ pid, bitmask }) => parseNackItem(pid, bitmask)).join(" "));
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.js)
still werift-rtp "65534 65535 65536 65537 65538 65539" "${seen[0]}"
still rtp.js "65534 65535 65536 65537 65538 65539" "${seen[1]}"
request=81cd00030000000100000002fffe001f
still aiortc "65534 65535 65536 65537 65538 65539" \
  "$(inside python3 -c "from aiortc.rtp import RtcpPacket; print(*RtcpPacket.parse(bytes.fromhex('$request'))[0].lost)")"
