#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: `x264enc tune=zerolatency ! rtph264pay config-interval=-1`, which most pipelines for live pictures begin
# with, sends key frames that any decoder shows whole.
# What happens: x264 cuts each picture into slices, one for each thread, and the payloader puts the parameter sets in
# front of each slice of a key frame, not of the key frame: they stand between the slices of one picture, where they
# have no place (H.264, 7.4.1.2.3). As a byte stream the depayloader takes the picture for two, and FFmpeg, with a
# thread for each slice, as avdec_h264 chooses it for live sources, loses all slices but the last: the upper part of
# the picture stays green until the end. With one thread, and without the sets in between, it is whole.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, gstreamer1.0-plugins-ugly 1.22.0-2+deb12u2,
# ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-28, two slices a picture:
#   from the first slice of the key frame (NAL unit type 5) to the last: 5 7 8 5
#   one thread: the corner is white; a thread for each slice: it is not
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 gstreamer1.0-tools=1.22.0-2+deb12u1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-ugly=1.22.0-2+deb12u2 python3=3.11.2-1+b1
inside gst-launch-1.0 -q videotestsrc num-buffers=30 pattern=white ! video/x-raw,format=I420,width=640,height=360,framerate=25/1 ! \
  x264enc tune=zerolatency threads=2 sliced-threads=true key-int-max=100 ! rtph264pay config-interval=-1 ! rtph264depay ! \
  video/x-h264,stream-format=byte-stream,alignment=au ! filesink location=/tmp/film.h264
cat >"$root/tmp/units.py" <<'PYTHON'
import re, sys

film = open("/tmp/film.h264", "rb").read()
types = [film[m.end()] & 31 for m in re.finditer(b"\0\0\1", film)]
first = types[: types.index(1)]
print(*[t for t in first[first.index(5):] if t != 9])
PYTHON
still "NAL units from the first slice to the last" "5 7 8 5" "$(inside python3 /tmp/units.py)"

corner() { # DECODER-OPTIONS...: the luma of the upper left corner of a later picture
  inside ffmpeg -nostdin -v error "$@" -i /tmp/film.h264 -vf 'select=eq(n\,20),crop=2:2:16:16,format=gray' -frames:v 1 -f rawvideo /tmp/corner
  inside python3 -c 'print("white" if open("/tmp/corner", "rb").read()[0] > 200 else "not white")'
  rm -f "$root/tmp/corner"
}
still "the corner, with one thread" white "$(corner -threads 1)"
still "the corner, with a thread for each slice" "not white" "$(corner -threads 2 -thread_type slice)"
