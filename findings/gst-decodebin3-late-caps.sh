#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: of two sticky events, the collection of streams and the caps, decodebin3 takes either first; a
# depayloader of H.264 that waits for its parameter sets can only send the collection first.
# What happens: since 1.26 (1.24 not tried) an input whose collection comes before its caps is bound without a
# parser, and when the caps come, a byte stream that needs one, the first buffer is "not negotiated". All that
# plays H.264 described without sprop-parameter-sets, with a collection of its own, plays on Debian 12, not on 13.
# Versions: gstreamer1.0-plugins-base 1.26.2-1+deb13u2 (Debian 13); with 1.22.0 (Debian 12) both orders are "ok".
# Seen on 2026-11-28:
#   collection, then caps: not-negotiated
#   caps, then collection: ok
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian trixie gstreamer1.0-plugins-base=1.26.2-1+deb13u2 gstreamer1.0-plugins-bad=1.26.2-3+deb13u3 gir1.2-gstreamer-1.0=1.26.2-2 python3-gi=3.50.0-4+b1
cat >"$root/tmp/order.py" <<'PYTHON'
import gi, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
pipeline = Gst.Pipeline()
decoder = Gst.ElementFactory.make("decodebin3")
pipeline.add(decoder)
pipeline.set_state(Gst.State.PAUSED)
pad = Gst.Pad.new("src", Gst.PadDirection.SRC)
pad.set_active(True)
pad.link_full(decoder.get_static_pad("sink"), Gst.PadLinkCheck.NOTHING)
stream = Gst.Stream.new("hall/video", None, Gst.StreamType.VIDEO, Gst.StreamFlags.SELECT)
collection = Gst.StreamCollection.new("hall")
collection.add_stream(stream)
start = Gst.Event.new_stream_start("hall/video")
start.set_stream(stream)
start.set_group_id(Gst.util_group_id_next())
events = {
    "collection": Gst.Event.new_stream_collection(collection),
    "caps": Gst.Event.new_caps(Gst.Caps.from_string("video/x-h264,stream-format=byte-stream,alignment=nal")),
}
segment = Gst.Segment()
segment.init(Gst.Format.TIME)
for event in [start] + [events[name] for name in sys.argv[1:]] + [Gst.Event.new_segment(segment)]:
    pad.push_event(event)
# an access unit delimiter
print(pad.push(Gst.Buffer.new_wrapped(b"\0\0\0\1\x09\x10")).value_nick)
pipeline.set_state(Gst.State.NULL)
PYTHON
inside python3 -c 'import gi; gi.require_version("Gst", "1.0"); from gi.repository import Gst; Gst.init(None)' 2>"$root/tmp/plugins"
still "collection, then caps" not-negotiated "$(inside python3 /tmp/order.py collection caps)"
still "caps, then collection" ok "$(inside python3 /tmp/order.py caps collection)"
