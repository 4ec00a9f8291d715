#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a JPEG picture wider than RTP can tell (RFC 2435, 3.1.5: eight times 255 pixels, 2040) is refused by FFmpeg, as it
# refuses pictures in 4:4:4, or sent in such a way that somebody can show it.
# What happens: it is sent with its width modulo 2048, status 0 and no message about it: a camera of 2560x1440 is announced
# in each packet as 512x1440, one of 3840x2160 as 1792x112. Receivers cut the picture's data into lines of that width,
# and show coloured noise of the wrong shape. GStreamer sends a width of 0 and tells the true one in the description
# (a=x-dimensions), which FFmpeg does not read.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in 7.1 (Debian 13).
# Seen on 2026-11-29, the size in the first packet:
#   1920x1080: 1920x1080, status 0
#   2560x1440: 512x1440, status 0
#   3840x2160: 1792x112, status 0
#   messages about the size: 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/sizes.py" <<'PYTHON'
import socket, subprocess

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
hear.bind(("127.0.0.1", 5004))
said = ""
for size in ("1920x1080", "2560x1440", "3840x2160"):
    picture = f"ffmpeg -nostdin -v warning -f lavfi -i testsrc=s={size}:r=5 -frames:v 1 -pix_fmt yuvj420p -c:v mjpeg -huffman default"
    sender = subprocess.run([*picture.split(), "-f", "rtp", "rtp://127.0.0.1:5004"], capture_output=True, text=True)
    packet = hear.recv(2000)
    print(f"{packet[18] * 8}x{packet[19] * 8}, status {sender.returncode}")
    said += sender.stderr.lower()
    hear.setblocking(False)
    try:
        while True:
            hear.recv(2000)
    except BlockingIOError:
        hear.settimeout(20)
print(sum(said.count(word) for word in ("width", "height", "size", "2040", "dimension")))
PYTHON
mapfile -t seen < <(inside python3 /tmp/sizes.py)
still 1920x1080 "1920x1080, status 0" "${seen[0]}"
still 2560x1440 "512x1440, status 0" "${seen[1]}"
still 3840x2160 "1792x112, status 0" "${seen[2]}"
still "messages about the size" 0 "${seen[3]}"
