#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: who joins a station without key frames (periodic intra refresh) has the picture as many pictures after a
# recovery point as its SEI says, with FFmpeg's decoder at every one of them alike.
# What happens: not where the recovery point has frame_num 0. The number is counted modulo 16 here, so with a refresh every
# 24 pictures that is every second one, with 16 or 32 all of them. FFmpeg makes up the pictures that seem to be
# missing in front of any other number; in front of 0 none seems to be, the slice of the first picture is refused
# ("Missing reference picture"), and a whole refresh goes by unused. Its pictures are shown for clean ones all the
# same. The stream is in order: behind other pictures, grey ones too, the same refresh is exact.
# Versions: ffmpeg 7:5.1.9-0+deb12u1 with libx264-164 2:0.164.3095+gitbaee400-3 (Debian 12); the same in
# 7:7.1.5-0+deb13u1 (Debian 13).
# Seen on 2026-11-28, 120 pictures, recovery_frame_cnt 8:
#   begun at picture 24, frame_num 8: exact from 8 pictures later on, shown 88, of these wrong 0
#   begun at picture 48, frame_num 0: exact from 32 pictures later on, shown 64, of these wrong 24
#   begun at picture 48, behind 48 grey pictures: exact from 8 pictures later on
#   said when begun at picture 48: Missing reference picture, default is 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 libx264-164=2:0.164.3095+gitbaee400-3 python3=3.11.2-1+b1
cat >"$root/tmp/join.py" <<'PYTHON'
import re, subprocess

PICTURE = 160 * 128 * 3 // 2
ALL = "-flags +output_corrupt -flags2 +showall"


def ffmpeg(options, data=b""):
    return subprocess.run(["ffmpeg", "-nostdin", *options.split()], input=data, capture_output=True, check=True)


def encoded(film):
    x264 = "-c:v libx264 -preset ultrafast -x264-params intra-refresh=1:keyint=24:bframes=0:scenecut=0:repeat-headers=1 -f h264 -"
    stream = ffmpeg(f"-v error -f lavfi -i {film}s=160x128:r=25 -frames:v 120 {x264}").stdout
    # a refresh begins at its parameter sets
    return re.split(rb"(?=\0\0\0\x01\x67)", stream)[1:]


def decoded(refreshes, wanted):
    pictures = ffmpeg(f"-v quiet {wanted} -f h264 -i - -pix_fmt yuv420p -vsync passthrough -f rawvideo -", b"".join(refreshes)).stdout
    return [pictures[i : i + PICTURE] for i in range(0, len(pictures), PICTURE)]


def wrong(pictures):
    """The numbers of those that are not as in the whole film; the last picture is the last of the film."""
    return [i for i, (seen, right) in enumerate(zip(pictures, film[-len(pictures) :])) if seen != right]


hall, grey = encoded("testsrc2="), encoded("color=gray:")
film = decoded(hall, ALL)
headers = ffmpeg("-v trace -f h264 -i - -c copy -bsf:v trace_headers -f null -", b"".join(hall)).stderr.decode()
numbers = re.findall(r" frame_num +[01]+ = (\d+)", headers)
print(len(film), *sorted(set(re.findall(r" recovery_frame_cnt +[01]+ = (\d+)", headers))))
for first in (1, 2):
    shown = decoded(hall[first:], "")
    exact = wrong(decoded(hall[first:], ALL))[-1] + 1
    print(f"frame_num {numbers[24 * first]}, exact from {exact} on, shown {len(shown)}, wrong {len(wrong(shown))}")
print("exact from", wrong(decoded(grey[:2] + hall[2:], ALL)[48:])[-1] + 1, "on")
said = ffmpeg("-v error -f h264 -i - -f null -", b"".join(hall[2:])).stderr.decode()
print(said.splitlines()[0].split("] ")[-1])
PYTHON
mapfile -t seen < <(inside python3 /tmp/join.py)
still "pictures, recovery_frame_cnt" "120 8" "${seen[0]}"
still "begun at picture 24" "frame_num 8, exact from 8 on, shown 88, wrong 0" "${seen[1]}"
still "begun at picture 48" "frame_num 0, exact from 32 on, shown 64, wrong 24" "${seen[2]}"
still "begun at picture 48, behind 48 grey pictures" "exact from 8 on" "${seen[3]}"
still "said when begun at picture 48" "Missing reference picture, default is 0" "${seen[4]}"
