#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the npm package rtp-parser gives the contributing sources of a mixer's packet (RFC 3550, 5.1), and as "payload" what
# is payload, without header extension and padding, whose bits it reads.
# What happens: the list is read three octets too early: the first source is made of three octets of the SSRC and one of the source,
# and the last octets of the list are in none. Extension and padding are left in the payload: a player that hands that
# to a decoder gives it 8 octets of header first. Who shows the speakers of a mixed room shows numbers that nobody has.
# Version: rtp-parser 1.0.0 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29, SSRC 11223344, sources aabbccdd and 01020304, a payload of 4 octets, 4 of extension, 4 of padding:
#   sources: 223344aa bbccdd01
#   octets of payload: 16
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm pack --silent --cache "$root/tmp/cache" --pack-destination "$root/tmp" rtp-parser@1.0.0 >"$root/tmp/name"
tar -xzf "$root/tmp/$(cat "$root/tmp/name")" -C "$root/tmp"
cat >"$root/tmp/read.js" <<'JAVASCRIPT'
const { parseRtpPacket } = require("./package");

const header = "b2" + "60" + "0001" + "00000000" + "11223344" + "aabbccdd" + "01020304"; // padding, extension, two sources
const extension = "bede0001" + "10ff0000"; // RFC 8285, 4.2
const packet = parseRtpPacket(Buffer.from(header + extension + "cafecafe" + "00000004", "hex"));
console.log(packet.csrc.map((source) => source.toString(16)).join(" "));
console.log(packet.payload.length);
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.js)
still sources "223344aa bbccdd01" "${seen[0]}"
still "octets of payload" 16 "${seen[1]}"
