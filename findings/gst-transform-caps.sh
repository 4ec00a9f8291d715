#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: behind an identity passes what passes in front of it: each new stream is stream-start, caps, segment.
# What happens: where the source was replaced by another with equal caps, the caps are not sent on. identity, and
# whatever else is made of GstBaseTransform (capsfilter, videoconvert, videoscale), swallows an event of caps that equal
# its own. A probe behind it that begins a recording, a count or a decoder at the caps of a stream begins at the
# first only; one has to begin at stream-start, or to look from the front. With other caps they are sent.
# Versions: libgstreamer1.0-0 1.22.0-2+deb12u1, gstreamer1.0-plugins-base 1.22.0-3+deb12u7 (Debian 12); the
# same in 1.26 (Debian 13).
# Seen on 2026-11-28, the events in front of the element, and behind it:
#   identity, first source: stream-start caps segment, stream-start caps segment
#   identity, second, equal caps: stream-start caps segment, stream-start segment
#   identity, third, other caps: stream-start caps segment, stream-start caps segment
#   videoconvert: the same
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libgstreamer1.0-0=1.22.0-2+deb12u1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/replace.py" <<'PYTHON'
import gi, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
element, sink = Gst.ElementFactory.make(sys.argv[1]), Gst.ElementFactory.make("fakesink")
sink.set_property("async", False)
pipeline = Gst.Pipeline()
pipeline.add(element)
pipeline.add(sink)
element.link(sink)
front, back = element.get_static_pad("sink"), element.get_static_pad("src")
passed = {front: [], back: []}


def note(pad, info):
    passed[pad].append(info.get_event().type.value_nick)
    return Gst.PadProbeReturn.OK


for pad in passed:
    pad.add_probe(Gst.PadProbeType.EVENT_DOWNSTREAM, note)
pipeline.set_state(Gst.State.PLAYING)
segment = Gst.Segment()
segment.init(Gst.Format.TIME)
for name, rate in (("hall", 25), ("yard", 25), ("street", 30)):
    source = Gst.Pad.new("src", Gst.PadDirection.SRC)
    source.set_active(True)
    source.link(front)
    caps = Gst.Caps.from_string(f"video/x-raw,format=GRAY8,width=16,height=16,framerate={rate}/1")
    for event in (Gst.Event.new_stream_start(name), Gst.Event.new_caps(caps), Gst.Event.new_segment(segment)):
        source.push_event(event)
    assert source.push(Gst.Buffer.new_wrapped(bytes(256))) == Gst.FlowReturn.OK
    print(", ".join(" ".join(events) for events in passed.values()))
    for events in passed.values():
        events.clear()
    source.unlink(front)
pipeline.set_state(Gst.State.NULL)
PYTHON
whole="stream-start caps segment"
for element in identity videoconvert; do
  mapfile -t seen < <(inside python3 /tmp/replace.py $element 2>"$root/tmp/warnings")
  still "$element, first source" "$whole, $whole" "${seen[0]}"
  still "$element, second, equal caps" "$whole, stream-start segment" "${seen[1]}"
  still "$element, third, other caps" "$whole, $whole" "${seen[2]}"
done
