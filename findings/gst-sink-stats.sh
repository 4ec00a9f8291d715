#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: "rendered" of a sink's stats is how many pictures it has shown since it was started; it grows.
# What happens: each segment begins the count at 0, also one that is the same as before; neither new caps nor a new
# stream does. A segment comes whenever a source is replaced, a sender starts anew or the time line is
# moved, so who asks every second and takes the difference gets a negative number, or in an unsigned one four
# thousand million pictures; and who has not seen the count grow thinks that the picture stands.
# Version: libgstreamer1.0-0 1.22.0-2+deb12u1 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28, fakesink:
#   after 10 buffers: 10
#   after new caps and 5 more: 15
#   after a new stream: 15
#   after the same segment again, and 3 more: 3
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libgstreamer1.0-0=1.22.0-2+deb12u1 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/count.py" <<'PYTHON'
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
sink = Gst.ElementFactory.make("fakesink")
sink.set_property("async", False)
sink.set_state(Gst.State.PLAYING)
pad = Gst.Pad.new("src", Gst.PadDirection.SRC)
pad.set_active(True)
pad.link(sink.get_static_pad("sink"))
segment = Gst.Segment()
segment.init(Gst.Format.TIME)


def push(count, *events):
    for event in events:
        assert pad.push_event(event)
    for _ in range(count):
        assert pad.push(Gst.Buffer.new_wrapped(b"picture")) == Gst.FlowReturn.OK
    print(sink.get_property("stats").get_value("rendered"))


def caps(rate):
    return Gst.Event.new_caps(Gst.Caps.from_string(f"video/x-raw,framerate={rate}/1"))


push(10, Gst.Event.new_stream_start("hall"), caps(25), Gst.Event.new_segment(segment))
push(5, caps(30))
push(0, Gst.Event.new_stream_start("yard"))
push(3, Gst.Event.new_segment(segment))
sink.set_state(Gst.State.NULL)
PYTHON
mapfile -t seen < <(inside python3 /tmp/count.py 2>"$root/tmp/warnings")
still "after 10 buffers" 10 "${seen[0]}"
still "after new caps and 5 more" 15 "${seen[1]}"
still "after a new stream" 15 "${seen[2]}"
still "after the same segment again, and 3 more" 3 "${seen[3]}"
