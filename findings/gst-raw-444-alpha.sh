#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: raw video with full colour (RFC 4175, sampling=YCbCr-4:4:4), as for slides, comes out of GStreamer's
# depayloader as it went in, or at least as a picture that can be seen.
# What happens: every pixel is wholly transparent. RTP carries no alpha for this sampling, and the only format that
# rtpvrawpay and rtpvrawdepay know for it, AYUV, has one: it is sent as opaque and comes back as 0. Shown alone it looks
# right, as sinks do not ask; mixed by compositor, beside the camera, the slides are not there. With RGB they are.
# Version: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -base 1.22.0-3+deb12u7 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-29, a white picture of 320x240:
#   alpha sent, alpha received: 255, 0
#   mixed over black, AYUV: black
#   mixed over black, RGB: white
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 \
  python3-gi=3.42.2-3+b1
cat >"$root/tmp/mix.py" <<'PYTHON'
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)


def first(text):
    pipeline = Gst.parse_launch(f"{text} ! appsink name=out sync=false")
    pipeline.set_state(Gst.State.PLAYING)
    buffer = pipeline.get_by_name("out").emit("pull-sample").get_buffer()
    pipeline.set_state(Gst.State.NULL)
    return buffer.extract_dup(0, 4)


def slides(kind):
    return f"videotestsrc pattern=white num-buffers=5 ! video/x-raw,format={kind},width=320,height=240,framerate=25/1"


def mixed(kind):
    pixel = first(
        f"{slides(kind)} ! rtpvrawpay ! rtpvrawdepay ! mix.sink_0 compositor name=mix background=black"
        " ! videoconvert ! video/x-raw,format=RGBx,width=320,height=240"
    )
    return "white" if min(pixel[:3]) > 200 else "black" if max(pixel[:3]) < 40 else pixel.hex()


print(f"{first(slides('AYUV'))[0]}, {first(slides('AYUV') + ' ! rtpvrawpay ! rtpvrawdepay')[0]}")
print(mixed("AYUV"))
print(mixed("RGB"))
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/mix.py 2>"$root/tmp/warnings")
still "alpha sent, alpha received" "255, 0" "${seen[0]}"
still "mixed over black, AYUV" black "${seen[1]}"
still "mixed over black, RGB" white "${seen[2]}"
