#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: GStreamer's depayloader for G.726 tells the two packings apart by the encoding name,
# as RFC 3551, 4.5.4 does: G726-32 begins at the least significant bits, AAL2-G726-32 at the most.
# What happens: force-aal2 is true by default, and then both are taken for AAL2. The halves of each
# byte of a G726-32 station change places: one hears the lecture, but rough. No message says so.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, gstreamer1.0-libav 1.22.0-2, ffmpeg 7:5.1.9-0+deb12u1.
# Seen on 2026-11-28, per cent of the decoded power that is the tone of 1 kHz which FFmpeg sent:
#   G726-32, as it comes: 68
#   G726-32, force-aal2=false: 100
#   AAL2-G726-32, as it comes: 100
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-libav=1.22.0-2 \
  gstreamer1.0-tools=1.22.0-2+deb12u1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/hear" <<'SCRIPT'
# hear ENCODER NAME SETTING...
gst-launch-1.0 -q udpsrc port=5004 caps="application/x-rtp,media=audio,clock-rate=8000,encoding-name=$2,payload=97" \
  num-buffers=60 ! rtpg726depay "${@:3}" ! avdec_g726 ! audioconvert ! audio/x-raw,format=S16LE ! filesink location=/tmp/heard &
sleep 2
ffmpeg -nostdin -v error -f lavfi -i sine=1000:r=8000:d=4 -c:a "$1" -b:a 32k -payload_type 97 \
  -f rtp 'rtp://127.0.0.1:5004?pkt_size=212' >/tmp/description
wait
grep -q "a=rtpmap:97 $2/8000" /tmp/description
python3 - <<'PYTHON'
import array, cmath

heard = array.array("h", open("/tmp/heard", "rb").read())[4000:20000]
tone = abs(sum(x * cmath.exp(2j * cmath.pi * i / 8) for i, x in enumerate(heard))) ** 2 * 2 / len(heard)
print(round(100 * tone / sum(x * x for x in heard)))
PYTHON
SCRIPT
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1
still "G726-32, as it comes" 68 "$(inside bash -e /tmp/hear g726le G726-32)"
still "G726-32, force-aal2=false" 100 "$(inside bash -e /tmp/hear g726le G726-32 force-aal2=false)"
still "AAL2-G726-32, as it comes" 100 "$(inside bash -e /tmp/hear g726 AAL2-G726-32)"
