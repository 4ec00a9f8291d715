#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: tshark's table of RTP streams (-z rtp,streams) has the jitter of RFC 3550, 6.4.1 of all packets, whatever the medium: what
# shakes by 10 ms is told as shaking.
# What happens: packets with the marker bit are left out, as if each began to speak after a silence, where a pause is no
# jitter (RFC 3551, 4.1). For pictures the marker is the last packet of each (RFC 6184, 5.1): where a picture fits into one
# packet, as slides, or a small camera's do, every packet has it, and the stream has a jitter of 0.000 and a least
# distance of -1.000 ms, whatever the network did. With the marker off the same packets have 7 ms.
# Version: tshark 4.0.17-0+deb12u3 (Debian 12).
# Seen on 2026-11-29, 50 packets of H.264, every second one 10 ms late; least distance and mean jitter in ms:
#   with the marker on each: -1.000, 0.000
#   without any: 30.000, 7.068
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm tshark=4.0.17-0+deb12u3 python3=3.11.2-1+b1
cat >"$root/tmp/capture.py" <<'PYTHON'
import socket, struct


def frame(group, port, payload):
    udp = struct.pack(">HHHH", 40000, port, 8 + len(payload), 0) + payload
    address = socket.inet_aton("192.0.2.1") + socket.inet_aton(group)
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 1, 0, 5, 17, 0) + address
    return bytes.fromhex("01005e010101020000000001") + b"\x08\x00" + ip + udp


description = ("v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", "c=IN IP4 239.1.1.1/5", "t=0 0", "m=video 5004 RTP/AVP 96", "a=rtpmap:96 H264/90000", "")
announcement = bytes.fromhex("20001234c0000201") + b"application/sdp\0" + "\r\n".join(description).encode()
for name, marker in (("each", 0x80), ("none", 0)):
    frames = [(1.0, frame("224.2.127.254", 9875, announcement))]
    for i in range(50):
        rtp = struct.pack(">BBHII", 0x80, marker | 96, i, 3600 * i, 7) + b"\x61" + bytes(100)
        frames.append((2 + i * 0.04 + i % 2 * 0.01, frame("239.1.1.1", 5004, rtp)))
    with open(f"/tmp/{name}.pcap", "wb") as file:
        file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for time, data in frames:
            file.write(struct.pack("<IIII", int(time), round(time % 1 * 1e6), len(data), len(data)) + data)
PYTHON
inside python3 /tmp/capture.py
# of the line for the stream: Lost takes two words, then come distances and jitters, each least, mean, most
of() { inside tshark -r "/tmp/$1.pcap" -q -z rtp,streams 2>"$root/tmp/warnings" | awk '/ H264 / { print $12 ", " $16 }'; }
still "with the marker on each" "-1.000, 0.000" "$(of each)"
still "without any" "30.000, 7.068" "$(of none)"
