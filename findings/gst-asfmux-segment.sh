#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: picture and sound that are encoded side by side and muxed by asfmux are side by side in the file.
# What happens: the picture is a thousand hours behind the sound. avenc_wmv2 numbers its buffers from the
# thousandth hour on, and says so in its segment, as other encoders do; asfmux takes the time stamps as they are.
# So all sound is written before all pictures, and no player shows them together. matroskamux, of the same
# buffers, has both begin at 0.
# Versions: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8, gstreamer1.0-libav 1.22.0-2 (Debian 12).
# Seen on 2026-11-29, two seconds of each:
#   asfmux: picture from 3600000 s, sound from 0 s
#   matroskamux: picture from 0 s, sound from 0 s
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-tools=1.22.0-2+deb12u1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-libav=1.22.0-2 ffmpeg=7:5.1.9-0+deb12u1

# MUXER FILE
film() {
  inside gst-launch-1.0 -q "$1" name=mux ! filesink location="$2" \
    videotestsrc num-buffers=50 ! video/x-raw,width=160,height=120,framerate=25/1 ! avenc_wmv2 ! queue ! mux. \
    audiotestsrc num-buffers=94 samplesperbuffer=1024 ! audio/x-raw,rate=48000,channels=2 ! audioconvert ! avenc_wmav2 ! queue ! mux.
}

# FILE STREAM: the full second of its first packet
start() {
  inside ffprobe -v error -select_streams "$2:0" -show_entries packet=pts_time -of csv=p=0 "$1" | grep -v N/A | sort -n | sed -n '1s/[.,].*//p'
}

inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
film asfmux /tmp/film.asf
film matroskamux /tmp/film.mkv
still asfmux "picture from 3600000 s, sound from 0 s" "picture from $(start /tmp/film.asf v) s, sound from $(start /tmp/film.asf a) s"
still matroskamux "picture from 0 s, sound from 0 s" "picture from $(start /tmp/film.mkv v) s, sound from $(start /tmp/film.mkv a) s"
