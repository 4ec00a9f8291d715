#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: GStreamer's payloaders send live sound in packets of some 20 ms, or say in the pipeline's latency how long they hold
# it back, as other elements do.
# What happens: those for Vorbis, G.726 and MP3 fill a packet to the MTU: half a second of speech in Vorbis is one packet, which leaves
# 300 ms and more after its own time stamp; the latency that the pipeline tells has nothing of that. A receiver that puts sound and
# picture together by the sender's reports needs a buffer of half a second, and one lost packet is half a second of silence.
# max-ptime, which all payloaders have and few people set, cures it: max-ptime=40000000 [ns].
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -base 1.22.0-3+deb12u7 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-29, live sound, mono, 8000 Hz; the oldest sound when its packet leaves:
#   rtpvorbispay: over 300 ms, latency of the pipeline under 100 ms
#   rtpvorbispay max-ptime=40000000: under 250 ms, latency of the pipeline under 100 ms
#   mulawenc ! rtppcmupay: under 250 ms, latency of the pipeline under 100 ms
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 \
  python3-gi=3.42.2-3+b1
cat >"$root/tmp/delay.py" <<'PYTHON'
import gi, statistics, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
pipeline = Gst.parse_launch(
    "audiotestsrc is-live=true samplesperbuffer=80 num-buffers=500 ! audio/x-raw,rate=8000,channels=1 ! audioconvert"
    f" ! {' '.join(sys.argv[1:])} ! fakesink name=out sync=false"
)
delays = []


def note(pad, info):
    lists = info.type & Gst.PadProbeType.BUFFER_LIST
    pts = (info.get_buffer_list().get(0) if lists else info.get_buffer()).pts
    if pts != Gst.CLOCK_TIME_NONE:
        delays.append((pipeline.get_clock().get_time() - pipeline.get_base_time() - pts) / Gst.MSECOND)
    return Gst.PadProbeReturn.OK


pipeline.get_by_name("out").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST, note)
pipeline.set_state(Gst.State.PLAYING)
pipeline.get_bus().timed_pop_filtered(3 * Gst.SECOND, Gst.MessageType.ERROR)
query = Gst.Query.new_latency()
assert pipeline.query(query)
latency = query.parse_latency()[1] / Gst.MSECOND
pipeline.get_bus().timed_pop_filtered(20 * Gst.SECOND, Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
delay = statistics.median(delays)
told = "over 300 ms" if delay > 300 else "under 250 ms" if delay < 250 else f"{delay} ms"
print(f"{told}, latency of the pipeline {'under 100 ms' if latency < 100 else latency}")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "rtpvorbispay" "over 300 ms, latency of the pipeline under 100 ms" "$(inside python3 /tmp/delay.py vorbisenc ! rtpvorbispay 2>"$root/tmp/warnings")"
still "rtpvorbispay max-ptime=40000000" "under 250 ms, latency of the pipeline under 100 ms" \
  "$(inside python3 /tmp/delay.py vorbisenc ! rtpvorbispay max-ptime=40000000 2>"$root/tmp/warnings")"
still "mulawenc ! rtppcmupay" "under 250 ms, latency of the pipeline under 100 ms" \
  "$(inside python3 /tmp/delay.py mulawenc ! rtppcmupay 2>"$root/tmp/warnings")"
