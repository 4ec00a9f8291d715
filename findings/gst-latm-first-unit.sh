#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: out of GStreamer's depayloader for MP4A-LATM (RFC 6416) come AAC frames, the first like all others, or
# nothing until the first is whole.
# What happens: the first buffer is the payload of the first packet as it came: with the length field in front, which is no AAC,
# and without its beginning, where one joins in the middle of a frame that takes several packets. FFmpeg's decoder finds
# channels in it that are not there, and refuses it; who stores the stream has a first sample that no player can
# decode. From the second on the lengths are taken off. Each join, and each element started anew, begins so.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, gstreamer1.0-libav 1.22.0-2 (Debian 12).
# Seen on 2026-11-29, noise in stereo, 320 kbit/s, frames of more than 510 octets:
#   length fields in front of the frames sent, octets: 3 or more
#   received frame less sent frame: the first 3 or more octets longer, all others equal
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-libav=1.22.0-2 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/frames.py" <<'PYTHON'
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
pipeline = Gst.parse_launch(
    "audiotestsrc num-buffers=40 wave=white-noise ! audio/x-raw,rate=48000,channels=2 ! audioconvert ! avenc_aac bitrate=320000"
    " ! aacparse ! audio/mpeg,stream-format=raw ! rtpmp4apay name=pay ! rtpmp4adepay name=depay ! fakesink sync=false"
)
frames = {"sent": [], "received": []}


def note(pad, info, kind):
    buffer = info.get_buffer()
    frames[kind].append(buffer.extract_dup(0, buffer.get_size()))
    return Gst.PadProbeReturn.OK


pipeline.get_by_name("pay").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, note, "sent")
pipeline.get_by_name("depay").get_static_pad("src").add_probe(Gst.PadProbeType.BUFFER, note, "received")
pipeline.set_state(Gst.State.PLAYING)
end = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
pipeline.set_state(Gst.State.NULL)
assert end.type == Gst.MessageType.EOS and len(frames["sent"]) == len(frames["received"]) > 20
pairs = zip(frames["sent"], frames["received"])
sent, received = next(pairs)
length = len(sent) // 255 + 1
assert received == b"\xff" * (length - 1) + bytes([len(sent) % 255]) + sent
print("3 or more" if length >= 3 else length)
print("all others equal" if all(sent == received for sent, received in pairs) else "others too")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/frames.py 2>"$root/tmp/warnings")
still "octets in front of the first frame received" "3 or more" "${seen[0]}"
still "behind it" "all others equal" "${seen[1]}"
