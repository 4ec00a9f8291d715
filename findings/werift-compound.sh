#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: of an RTCP datagram with several packets (RFC 3550, 6.1, which wants them together) each is read by its own length; a
# request for packet 100, with the sender's name behind it, is a request for packet 100.
# What happens: werift-rtp reads each packet up to the end of the datagram. The name that follows is read as more of the request:
# thirteen numbers are asked for that nobody lost, and a sender resends what it has of them, each time.
# Likewise the name's packet takes the BYE behind it for one more participant, and the BYE itself is not told.
# In the usual order, the name before the request, the numbers are right.
# Version: werift-rtp 0.8.9 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29, an empty receiver report first in each:
#   NACK of 100, then SDES: asked for 14 packets, the first 100
#   SDES, then NACK of 100: asked for 1 packets, the first 100
#   SDES of one participant, then BYE: participants 2, packets told RtcpRrPacket RtcpSourceDescriptionPacket
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" werift-rtp@0.8.9 debug@4.4.0 >"$root/tmp/said"
cat >"$root/tmp/read.js" <<'JAVASCRIPT'
const { RtcpPacketConverter } = require("werift-rtp");

const report = "80c90001" + "00000001";
const request = "81cd0003" + "00000001" + "00000002" + "0064" + "0000";
const name = "81ca0003" + "00000001" + "0104" + Buffer.from("hall").toString("hex") + "0000";
const goodbye = "81cb0001" + "00000001";
const read = (...packets) => RtcpPacketConverter.deSerialize(Buffer.from(packets.join(""), "hex"));
for (const packets of [read(report, request, name), read(report, name, request)]) {
  const { lost } = packets.find((packet) => packet.feedback).feedback;
  console.log(`asked for ${lost.length} packets, the first ${lost[0]}`);
}
const packets = read(report, name, goodbye);
console.log(`participants ${packets[1].chunks.length}, packets told ${packets.map((packet) => packet.constructor.name).join(" ")}`);
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.js)
still "NACK of 100, then SDES" "asked for 14 packets, the first 100" "${seen[0]}"
still "SDES, then NACK of 100" "asked for 1 packets, the first 100" "${seen[1]}"
still "SDES of one participant, then BYE" "participants 2, packets told RtcpRrPacket RtcpSourceDescriptionPacket" "${seen[2]}"
