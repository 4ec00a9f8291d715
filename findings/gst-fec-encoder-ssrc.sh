#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: rtpst2022-1-fecenc makes SMPTE 2022-1 repair for the stream that is put through it, whose SSRC is random, as RFC 3550, 8
# asks and every payloader of GStreamer has it.
# What happens: it takes SSRC 0 only. With any other not one packet goes on, neither repair nor media; behind mpegtsmux, which
# such streams come from, there is no error on the bus either: the pipeline plays, and ends as if all had been sent. Only
# the debug log says it, and the example in the manual, by an ssrc=0 of which it does not speak; no property does. Two
# streams with SSRC 0 are one for every receiver.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -bad 1.22.0-4+deb12u8, -ugly 1.22.0-2+deb12u2 (Debian 12).
# Seen on 2026-11-29, 200 pictures as a transport stream, 5 rows and 5 columns:
#   rtpmp2tpay as it comes: media 0, repair 0, eos
#   rtpmp2tpay ssrc=0: media many, repair many, eos
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-ugly=1.22.0-2+deb12u2 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import gi, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
sink = "queue ! fakesink async=false sync=false"
pipeline = Gst.parse_launch(
    "videotestsrc num-buffers=200 ! video/x-raw,width=320,height=240 ! x264enc tune=zerolatency ! mpegtsmux alignment=7"
    f" ! rtpmp2tpay {' '.join(sys.argv[1:])} ! rtpst2022-1-fecenc name=fec rows=5 columns=5"
    f" fec.src ! {sink} name=media fec.fec_0 ! {sink} name=columns fec.fec_1 ! {sink} name=rows"
)
count = {name: 0 for name in ("media", "columns", "rows")}


def note(pad, info, name):
    count[name] += info.get_buffer_list().length() if info.type & Gst.PadProbeType.BUFFER_LIST else 1
    return Gst.PadProbeReturn.OK


for name in count:
    pad = pipeline.get_by_name(name).get_static_pad("sink")
    pad.add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST, note, name)
pipeline.set_state(Gst.State.PLAYING)
end = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
pipeline.set_state(Gst.State.NULL)
media, repair = count["media"], min(count["columns"], count["rows"])
print(f"media {'many' if media > 100 else media}, repair {'many' if repair > 20 else repair}, {end.type.first_value_nick if end else 'nothing'}")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "rtpmp2tpay as it comes" "media 0, repair 0, eos" "$(inside python3 /tmp/send.py 2>"$root/tmp/warnings")"
still "rtpmp2tpay ssrc=0" "media many, repair many, eos" "$(inside python3 /tmp/send.py ssrc=0 2>"$root/tmp/warnings")"
