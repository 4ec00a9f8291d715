#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a sender of RTP that starts anew has a new SSRC and a random first time stamp (RFC 3550, 5.1), and
# receivers see by the SSRC that it is another run; or, with the same SSRC, the time goes on.
# What happens: multicat sends SSRC 0 always, and the time stamps of each run begin where they began before;
# only the sequence number is random. A receiver that starts afresh at a new SSRC only can take the second run for
# late packets of the first, or keep the time line and be late for good. Two multicats on one group
# cannot be told apart.
# Version: multicat 2.3-1 (Debian 12).
# Seen on 2026-11-28, the same file three times:
#   SSRCs: 0
#   first time stamps: 1 value
#   first sequence numbers: 3 values
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm multicat=2.3-1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
inside ffmpeg -nostdin -v error -f lavfi -i testsrc=s=320x240:r=25 -t 4 -c:v mpeg2video -f mpegts /tmp/hall.ts
# 256 is the number that FFmpeg gives the first stream
inside ingests -p 256 /tmp/hall.ts 2>"$root/tmp/said"
cat >"$root/tmp/hear.py" <<'PYTHON'
import socket, struct, subprocess

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
hear.settimeout(20)
firsts = []
for _ in range(3):
    station = subprocess.Popen(["multicat", "-u", "/tmp/hall.ts", "127.0.0.1:5004"], stderr=subprocess.DEVNULL)
    firsts.append(struct.unpack_from(">HII", hear.recv(2000), 2))
    station.kill()
    station.wait()
    hear.setblocking(False)
    try:
        while True:
            hear.recv(2000)
    except BlockingIOError:
        hear.settimeout(20)
numbers, times, ssrcs = ({first[i] for first in firsts} for i in range(3))
print(*ssrcs)
print(len(times))
print(len(numbers))
PYTHON
mapfile -t seen < <(inside python3 /tmp/hear.py)
still SSRCs 0 "${seen[0]}"
still "first time stamps" "1 value" "${seen[1]} value"
still "first sequence numbers" "3 values" "${seen[2]} values"
