#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a decoder that is told once that a picture came 4 s late (a QoS event, after the computer was held up) leaves
# out what would be late, the next 4 s, and shows what comes then, as a videoconvert in its place does.
# What happens: it leaves out 8 s. GstVideoDecoder takes twice the lateness that it is told, for all decoders made of it;
# GstBaseTransform takes it once. And as no picture reaches the sink meanwhile, the sink has nothing to say that
# would end it: a lecture that stood for 4 s goes on standing for 8.
# Versions: libgstreamer-plugins-base1.0-0 1.22.0-3+deb12u7, gstreamer1.0-plugins-good 1.22.0-5+deb12u4 (Debian 12). In 1.26
# (Debian 13) decoders take it once as well.
# Seen on 2026-11-28, 25 pictures a second, told at 1 s:
#   late by 1 s: jpegdec 2, vp8dec 2, theoradec 2, videoconvert 1 seconds without a picture
#   late by 4 s: jpegdec 8, vp8dec 8, theoradec 8, videoconvert 4 seconds without a picture
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 libgstreamer-plugins-base1.0-0=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/skip.py" <<'PYTHON'
import gi, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

ELEMENTS = {
    "jpegdec": "jpegenc ! jpegdec",
    "vp8dec": "vp8enc deadline=1 ! vp8dec",
    "theoradec": "theoraenc ! theoradec",
    "videoconvert": "identity ! videoconvert",
}


def without_picture(name, late_s):
    pipeline = Gst.parse_launch(
        f"videotestsrc num-buffers=300 ! video/x-raw,width=64,height=64,framerate=25/1 ! {ELEMENTS[name]} name=under"
        " ! appsink name=out sync=false qos=false max-buffers=1"
    )
    under, out = pipeline.get_by_name("under"), pipeline.get_by_name("out")
    pipeline.set_state(Gst.State.PLAYING)
    shown = []
    while sample := out.emit("pull-sample"):
        shown.append(sample.get_buffer().pts)
        if len(shown) == 25:
            # as a sink says it: this picture came so much too late
            under.get_static_pad("src").send_event(Gst.Event.new_qos(Gst.QOSType.UNDERFLOW, 1.0, late_s * Gst.SECOND, shown[-1]))
    pipeline.set_state(Gst.State.NULL)
    return round(max(after - before for before, after in zip(shown, shown[1:])) / Gst.SECOND)


Gst.init(None)
print(", ".join(f"{name} {without_picture(name, int(sys.argv[1]))}" for name in ELEMENTS))
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "late by 1 s, seconds without a picture" "jpegdec 2, vp8dec 2, theoradec 2, videoconvert 1" "$(inside python3 /tmp/skip.py 1 2>"$root/tmp/warnings")"
still "late by 4 s, seconds without a picture" "jpegdec 8, vp8dec 8, theoradec 8, videoconvert 4" "$(inside python3 /tmp/skip.py 4 2>"$root/tmp/warnings")"
