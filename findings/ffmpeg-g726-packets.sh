#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: speech in G.726 is sent in packets of 20 ms, or of a few times that (RFC 3551, 4.5, table 1: default 20 ms), by
# FFmpeg as by everybody else.
# What happens: FFmpeg's encoder always makes frames of 1024 octets, and a frame is a packet: half a second at 16 kbit/s, a
# quarter at 32. The voice is that much later than the picture, each lost packet is half a second of silence, and
# a receiver with a buffer of 200 ms runs dry before each. A small packet size in the address does not help: the 26 packets
# of 20 ms leave together, every half second. G.711 of the same sound comes every 128 ms.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in 7.1 (Debian 13).
# Seen on 2026-11-29, a tone, 8000 Hz, in real time; the largest packet, the longest pause:
#   G.726, 16 kbit/s: 512 ms, over 400 ms
#   G.726, 32 kbit/s: 256 ms, over 200 ms
#   G.726, 16 kbit/s, pkt_size=52: 20 ms, over 400 ms
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/packets.py" <<'PYTHON'
import socket, subprocess, time

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
for kbits, address in ((16, "rtp://127.0.0.1:5004"), (32, "rtp://127.0.0.1:5004"), (16, "rtp://127.0.0.1:5004?pkt_size=52")):
    command = f"ffmpeg -nostdin -v error -re -f lavfi -i sine=r=8000 -t 4 -c:a g726 -b:a {kbits}k -f rtp {address}"
    sender = subprocess.Popen(command.split(), stdout=subprocess.DEVNULL)
    hear.settimeout(20)
    sizes, times = [len(hear.recv(2000)) - 12], [time.monotonic()]
    hear.settimeout(1)
    try:
        while True:
            sizes.append(len(hear.recv(2000)) - 12)
            times.append(time.monotonic())
    except TimeoutError:
        sender.wait()
    pause = max(new - old for old, new in zip(times, times[1:]))
    limit = 400 if kbits == 16 else 200
    print(f"{round(8 * max(sizes) / kbits)} ms, " + (f"over {limit} ms" if 1000 * pause > limit else f"{pause} s"))
PYTHON
mapfile -t seen < <(inside python3 /tmp/packets.py)
still "G.726, 16 kbit/s" "512 ms, over 400 ms" "${seen[0]}"
still "G.726, 32 kbit/s" "256 ms, over 200 ms" "${seen[1]}"
still "G.726, 16 kbit/s, pkt_size=52" "20 ms, over 400 ms" "${seen[2]}"
