#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: who joins a station whose groups of pictures are open has its picture from the next intra picture on,
# with avdec_h264 as with ffmpeg, of whose decoder it is made.
# What happens: that intra picture is thrown away, and the whole group is garbage, shown without a word. In front of it
# references are missing, and for each FFmpeg makes a picture of its own; when it puts one of them aside again
# avdec_h264 takes the picture that came for ready, and has no room for it when it is decoded ("Couldn't get codec
# frame"). Two at a time it survives. FFmpeg goes on where it has failed: given the same picture again it is decoded.
# Versions: gstreamer1.0-libav 1.26.2-1+deb13u1 (Debian 13), with libavcodec61 7:7.1.5-0+deb13u1, in most cases with
# a thread for each frame, too. The same with 1.22.0 (Debian 12), but not with a thread for each frame, which is what
# it takes where there are two processors. Not in 1.28.8.
# Seen on 2026-11-28, groups of 24 pictures, joined at the second:
#   ffmpeg shows 72, of these 0 wrong
#   avdec_h264 shows 72, of these 24 wrong
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian trixie gstreamer1.0-libav=1.26.2-1+deb13u1 gstreamer1.0-plugins-bad=1.26.2-3+deb13u3 gstreamer1.0-tools=1.26.2-2 \
  ffmpeg=7:7.1.5-0+deb13u1 python3=3.13.5-1
cat >"$root/tmp/join.py" <<'PYTHON'
import re, subprocess

PICTURE = 160 * 128 * 3 // 2


def run(command, data=b""):
    return subprocess.run(command.split(), input=data, capture_output=True, check=True).stdout


def by_ffmpeg(stream):
    return pictures(run("ffmpeg -nostdin -v quiet -f h264 -i - -pix_fmt yuv420p -fps_mode passthrough -f rawvideo -", stream))


def by_gstreamer(stream):
    with open("/tmp/hall.h264", "wb") as file:
        file.write(stream)
    return pictures(run("gst-launch-1.0 -q filesrc location=/tmp/hall.h264 ! h264parse ! video/x-h264,alignment=au ! "
                        "avdec_h264 thread-type=slice ! video/x-raw,format=I420 ! fdsink"))


def pictures(data):
    return [data[i : i + PICTURE] for i in range(0, len(data), PICTURE)]


x264 = "-c:v libx264 -preset ultrafast -x264-params open-gop=1:keyint=24:min-keyint=24:bframes=2:b-adapt=0:ref=4:scenecut=0:repeat-headers=1"
stream = run(f"ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=160x128:r=25 -frames:v 96 -pix_fmt yuv420p {x264} -f h264 -")
groups = re.split(rb"(?=\0\0\0\x01\x67)", stream)[1:]
film = by_ffmpeg(stream)
for name, decode in (("ffmpeg", by_ffmpeg), ("avdec_h264", by_gstreamer)):
    shown = decode(b"".join(groups[1:]))
    right = sum(picture in film for picture in shown)
    print(f"{name} shows {len(shown)}, of these {len(shown) - right} wrong")
PYTHON
seen=$(inside python3 /tmp/join.py)
still "begun with the second group" "ffmpeg shows 72, of these 0 wrong
avdec_h264 shows 72, of these 24 wrong" "$seen"
