#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: in an ASF file, the time between sending and presenting a payload varies with the size of the
# pictures, up to the preroll and over: the sender shapes the stream to its bit rate (ASF, 5.2).
# What happens: FFmpeg writes the same 3100 ms for the first payload of every packet, whatever the bit rate, with its
# preroll of 3100 ms. What is sent by these times comes in bursts, and a receiver that was tested with such
# files only has never met a payload that comes late, as in files of Microsoft's encoders (278 to 6962 ms).
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-28, 8 seconds, a big key frame every second:
#   preroll, and presentation less send time of all packets: 3100, 3100
#   packets sent at the same millisecond, most of all: over 20
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
inside ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=640x480:r=15 -f lavfi -i sine -t 8 -c:v wmv2 -g 15 -q:v 2 -c:a wmav2 \
  -packet_size 1444 -f asf /tmp/hall.asf
cat >"$root/tmp/times.py" <<'PYTHON'
import collections, struct

film = open("/tmp/hall.asf", "rb").read()
size = struct.unpack_from("<Q", film, 16)[0]
properties = film.index(bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365"))
count = struct.unpack_from("<Q", film, properties + 56)[0]
preroll = struct.unpack_from("<Q", film, properties + 80)[0]
differences, sent = set(), collections.Counter()
for i in range(count):
    packet = film[size + 50 + 1444 * i :][:1444]
    assert packet[:3] == b"\x82\0\0"
    flags = packet[3]
    at = 5 + (0, 1, 2, 4)[flags >> 3 & 3]
    send = struct.unpack_from("<I", packet, at)[0]
    # the first payload: stream, object, offset of 4 bytes, 8 bytes of replicated data
    at += 6 + (flags & 1)
    assert packet[at + 6] == 8
    differences.add(struct.unpack_from("<I", packet, at + 11)[0] - send)
    sent[send] += 1
print(f"{preroll}, {' '.join(map(str, sorted(differences)))}")
print("over 20" if max(sent.values()) > 20 else max(sent.values()))
PYTHON
mapfile -t seen < <(inside python3 /tmp/times.py)
still "preroll, and presentation less send time of all packets" "3100, 3100" "${seen[0]}"
still "packets sent at the same millisecond, most of all" "over 20" "${seen[1]}"
