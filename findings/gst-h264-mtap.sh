#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: an element that posts an error is at its end: what it is given next is refused (GST_FLOW_ERROR), and
# the other way round, where the flow is "ok" nothing has happened that would be worth ending the lecture for.
# What happens: GStreamer's depayloader for H.264 posts an error for each packet of the kind MTAP16 (RFC 6184, 5.7.2,
# valid in packetization-mode 2, which it accepts in the caps without a word), returns "ok" for it, and sends
# the next picture as if nothing were. One packet of one sender on the group ends the lecture in every player
# that stops at errors, as gst-launch-1.0 does. It would have cost one picture.
# Version: gstreamer1.0-plugins-good 1.22.0-5+deb12u4 (Debian 12), H.264 by ffmpeg 7:5.1.9-0+deb12u1; the same in
# 1.26 (Debian 13).
# Seen on 2026-11-28, three key frames, the second in an MTAP16, the others in STAP-B:
#   first: ok, pictures out 1, no message
#   second: ok, pictures out 1, NAL unit type 26 not supported yet
#   third: ok, pictures out 2, no message
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 ffmpeg=7:5.1.9-0+deb12u1 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
inside ffmpeg -nostdin -v error -f lavfi -i color=s=32x32:r=25 -frames:v 3 -c:v libx264 -g 1 -bsf:v filter_units=remove_types=6 -f h264 /tmp/hall.h264
cat >"$root/tmp/send.py" <<'PYTHON'
import gi, re, struct

gi.require_version("Gst", "1.0")
from gi.repository import Gst

STAP_B, MTAP16 = 25, 26
IMPORTANCE = 3 << 5

Gst.init(None)
depayloader, sink = Gst.ElementFactory.make("rtph264depay"), Gst.ElementFactory.make("fakesink")
sink.set_property("async", False)
pipeline = Gst.Pipeline()
pipeline.add(depayloader)
pipeline.add(sink)
depayloader.link(sink)
pictures = []


def count(pad, info):
    pictures.append(info.get_buffer())
    return Gst.PadProbeReturn.OK


depayloader.get_static_pad("src").add_probe(Gst.PadProbeType.BUFFER, count)
pipeline.set_state(Gst.State.PLAYING)
source = Gst.Pad.new("src", Gst.PadDirection.SRC)
source.set_active(True)
source.link(depayloader.get_static_pad("sink"))
caps = "application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96,packetization-mode=(string)2,sprop-interleaving-depth=(string)0"
segment = Gst.Segment()
segment.init(Gst.Format.TIME)
for event in (Gst.Event.new_stream_start("hall"), Gst.Event.new_caps(Gst.Caps.from_string(caps)), Gst.Event.new_segment(segment)):
    assert source.push_event(event)

# each picture: its two parameter sets, and a slice
units = re.split(rb"\0*\0\0\x01", open("/tmp/hall.h264", "rb").read())[1:]
for number, kind in enumerate((STAP_B, MTAP16, STAP_B)):
    first = 3 * number  # its decoding order number
    packet = struct.pack(">BBHIIBH", 0x80, 0x80 | 96, number, number * 3600, 1, IMPORTANCE | kind, first)
    for order, unit in enumerate(units[first:][:3]):
        packet += struct.pack(">H", len(unit))
        if kind == MTAP16:
            packet += struct.pack(">BH", order, 0)  # one time for all
        packet += unit
    buffer = Gst.Buffer.new_wrapped(packet)
    buffer.pts = number * 40 * Gst.MSECOND
    flow = source.push(buffer).value_nick
    error = pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR)
    said = error.parse_error().debug.splitlines()[-1] if error else "no message"
    print(f"{flow}, pictures out {len(pictures)}, {said}")
pipeline.set_state(Gst.State.NULL)
PYTHON
mapfile -t seen < <(inside python3 /tmp/send.py 2>"$root/tmp/warnings")
still first "ok, pictures out 1, no message" "${seen[0]}"
still second "ok, pictures out 1, NAL unit type 26 not supported yet" "${seen[1]}"
still third "ok, pictures out 2, no message" "${seen[2]}"
