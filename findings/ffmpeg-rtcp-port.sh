#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: an RTCP port that is given to FFmpeg (rtp://…?rtcpport=N) stands in the description that FFmpeg writes of the same
# output, as a=rtcp:N, which RFC 3605 has for ports that are not the next one.
# What happens: the reports are sent there, and the description does not say so. Whoever opens it waits for reports on the next
# port: picture and sound are not put together by the sender's clock, and its BYE is not heard. One has to write
# the line by hand, for each medium.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in 7.1 (Debian 13).
# Seen on 2026-11-29, sound to port 5004 with rtcpport=6000:
#   description: m=audio 5004 RTP/AVP 97, lines with a=rtcp: 0
#   sender reports on port 5005, on port 6000: 0, some
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/reports.py" <<'PYTHON'
import socket, subprocess

hear = {}
for port in (5005, 6000):
    hear[port] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear[port].bind(("127.0.0.1", port))
    hear[port].setblocking(False)
sender = "ffmpeg -nostdin -v error -re -f lavfi -i sine=r=48000 -t 2 -c:a libopus -f rtp -sdp_file /tmp/hall.sdp rtp://127.0.0.1:5004?rtcpport=6000"
subprocess.run(sender.split(), check=True)
lines = open("/tmp/hall.sdp").read().split("\n")
print(next(line for line in lines if line.startswith("m=")).strip())
print(sum(line.startswith("a=rtcp") for line in lines))
for port, listener in hear.items():
    reports = 0
    try:
        while True:
            reports += listener.recv(2000)[1] == 200
    except BlockingIOError:
        print("some" if reports else 0)
PYTHON
mapfile -t seen < <(inside python3 /tmp/reports.py)
still description "m=audio 5004 RTP/AVP 97" "${seen[0]}"
still "lines with a=rtcp" 0 "${seen[1]}"
still "sender reports on port 5005" 0 "${seen[2]}"
still "sender reports on port 6000" some "${seen[3]}"
