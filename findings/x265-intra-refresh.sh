#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: x265 with intra-refresh=1 makes what x264 makes with it: a stream that has no key frame after the first
# picture, where a recovery point SEI says at which picture one may begin and from which one the picture is clean.
# What happens: there is no recovery point at all; the parameter sets that repeat-headers=1 repeats are the only hint
# that a refresh begins, so a receiver that waits for a picture to begin at waits for ever. And who
# begins at one of them does not get the picture that the sender made: when the column has crossed (64 pixels a
# picture, five pictures here) it still differs visibly, and is never exact. It is not for want of the earlier
# pictures: with grey ones in their places it is as bad. (x264's is exact when its SEI says so.)
# Versions: ffmpeg 7:5.1.9-0+deb12u1 with libx265-199 3.5-2+b1 (Debian 12); the same in Debian 13.
# Seen on 2026-11-28, 150 pictures, a refresh every 25:
#   SEI of the recovery point, pictures of random access, parameter sets: 0 1 6
#   begun at picture 50, exact pictures, and PSNR behind the first column: 0 of 100, PSNR under 30 dB
#   the same behind 50 grey pictures: 0 of 100, PSNR under 30 dB
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 libx265-199=3.5-2+b1 python3=3.11.2-1+b1
cat >"$root/tmp/join.py" <<'PYTHON'
import math, re, subprocess

PICTURE = 320 * 240 * 3 // 2
RECOVERY_POINT, RANDOM_ACCESS, PREFIX_SEI, VPS = 6, range(16, 24), 39, 32


def ffmpeg(options, data=b""):
    return subprocess.run(["ffmpeg", "-nostdin", *options.split()], input=data, capture_output=True, check=True).stdout


def encoded(film):
    x265 = "-c:v libx265 -preset veryfast -x265-params intra-refresh=1:keyint=25:bframes=0:scenecut=0:repeat-headers=1:frame-threads=1:pools=none:log-level=none -f hevc -"
    stream = ffmpeg(f"-v error -f lavfi -i {film}s=320x240:r=25 -frames:v 150 {x265}")
    return re.split(rb"(?=\0\0\0\x01\x40)", stream)[1:]


def decoded(refreshes):
    pictures = ffmpeg("-v quiet -flags +output_corrupt -flags2 +showall -f hevc -i - -pix_fmt yuv420p -vsync passthrough -f rawvideo -", b"".join(refreshes))
    return [pictures[i : i + PICTURE] for i in range(0, len(pictures), PICTURE)]


def compared(pictures):
    """With the last 100 of the film: how many are the same, and the likeness of 5 to 25, which the column has left behind."""
    pairs = list(zip(pictures[-100:], film[-100:]))
    error = sum((a - b) ** 2 for seen, right in pairs[5:25] for a, b in zip(seen[::7], right[::7])) / (20 * PICTURE / 7)
    quality = "under 30 dB" if error and 10 * math.log10(255**2 / error) < 30 else "30 dB and over"
    return f"{sum(seen == right for seen, right in pairs)} of {len(pairs)}, PSNR {quality}"


hall, grey = encoded("testsrc2="), encoded("color=gray:")
film = decoded(hall)
assert len(film) == 150
units = re.split(rb"\0\0\x01", b"".join(hall))[1:]
kinds = [unit[0] >> 1 & 63 for unit in units]
recovery_points = sum(kind == PREFIX_SEI and unit[2] == RECOVERY_POINT for kind, unit in zip(kinds, units))
print(recovery_points, sum(kind in RANDOM_ACCESS for kind in kinds), kinds.count(VPS))
print(compared(decoded(hall[2:])))
print(compared(decoded(grey[:2] + hall[2:])))
PYTHON
mapfile -t seen < <(inside python3 /tmp/join.py)
still "SEI of the recovery point, pictures of random access, parameter sets" "0 1 6" "${seen[0]}"
still "begun at picture 50, exact pictures, and PSNR behind the first column" "0 of 100, PSNR under 30 dB" "${seen[1]}"
still "the same behind 50 grey pictures" "0 of 100, PSNR under 30 dB" "${seen[2]}"
