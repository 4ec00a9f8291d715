#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: what GStreamer's payloader for JPEG 2000 sends comes back as pictures through its depayloader and the
# decoder that ranks first, openjpegdec.
# What happens: the depayloader's caps have no width and height, as RTP does not tell them, and openjpegdec takes
# its picture's size from nowhere else: a critical warning, and not one picture. With jpeg2000parse between them,
# which reads the size, all come; as they do with avdec_jpeg2000, which needs no parser.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, gstreamer1.0-plugins-bad 1.22.0-4+deb12u8,
# gstreamer1.0-libav 1.22.0-2 (Debian 12).
# Seen on 2026-11-28, of 10 pictures, came:
#   rtpj2kdepay ! openjpegdec: 0
#   rtpj2kdepay ! jpeg2000parse ! openjpegdec: 10
#   rtpj2kdepay ! avdec_jpeg2000: 10
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 \
  gstreamer1.0-libav=1.22.0-2 gstreamer1.0-tools=1.22.0-2+deb12u1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7
cat >"$root/tmp/count" <<'SCRIPT'
# count ELEMENTS...
gst-launch-1.0 -q videotestsrc num-buffers=10 pattern=ball ! video/x-raw,format=I420,width=160,height=120,framerate=10/1 ! \
  openjpegenc ! rtpj2kpay ! application/x-rtp,media=video,clock-rate=90000,encoding-name=JPEG2000,sampling=YCbCr-4:2:0 ! \
  rtpj2kdepay ! "$@" ! video/x-raw,format=I420 ! filesink location=/tmp/pictures >/tmp/said 2>&1
echo $(($(stat -c %s /tmp/pictures) / (160 * 120 * 3 / 2)))
SCRIPT
still "rtpj2kdepay ! openjpegdec" 0 "$(inside bash /tmp/count openjpegdec)"
still "rtpj2kdepay ! jpeg2000parse ! openjpegdec" 10 "$(inside bash /tmp/count jpeg2000parse ! openjpegdec)"
still "rtpj2kdepay ! avdec_jpeg2000" 10 "$(inside bash /tmp/count avdec_jpeg2000)"
