#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: `udpsrc ! asfdemux` plays live ASF, as `udpsrc ! tsdemux` plays a transport stream; the
# arrival times that udpsrc puts on its buffers by default can only help.
# What happens: pads appear for all streams, then the end of the stream comes at once, without a picture,
# a sound or a message. With times on its input and a header of unknown duration asfdemux takes the
# first time for the end of the segment, and all is behind it. do-timestamp=false cures it.
# Versions: gstreamer1.0-plugins-ugly 1.22.0-2+deb12u2 (Debian 12), libgstreamer1.0-0 1.22.0-2+deb12u1; the same in
# 1.26 (Debian 13).
# Seen on 2026-11-28, 12 seconds made by FFmpeg, joined in the middle:
#   udpsrc as it comes: pads 2, video buffers none, audio buffers none, messages eos
#   udpsrc do-timestamp=false: pads 2, video buffers many, audio buffers many, messages none
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-ugly=1.22.0-2+deb12u2 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1 ffmpeg=7:5.1.9-0+deb12u1
inside ffmpeg -nostdin -v error -f lavfi -i testsrc=s=320x240:r=15 -f lavfi -i sine -t 12 -c:v wmv2 -c:a wmav2 \
  -packet_size 1444 -f asf /tmp/film.asf
cat >"$root/tmp/play.py" <<'PYTHON'
import gi, socket, struct, sys, time

gi.require_version("Gst", "1.0")
from gi.repository import Gst

film = bytearray(open("/tmp/film.asf", "rb").read())
size = struct.unpack_from("<Q", film, 16)[0]
properties = film.index(bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365"))
packets = [film[at : at + 1444] for at in range(size + 50, len(film) - 1443, 1444)]
head = film[: size + 50]
# as a station's header: broadcast, counts and durations unknown
struct.pack_into("<Q", head, properties + 56, 0)
struct.pack_into("<QQ", head, properties + 64, 0, 0)
struct.pack_into("<I", head, properties + 88, 1)
struct.pack_into("<QQ", head, size + 16, 50, 0)
struct.pack_into("<Q", head, size + 40, 0)

Gst.init(None)
pipeline = Gst.parse_launch(f"udpsrc address=127.0.0.1 port=5004 {' '.join(sys.argv[1:])} ! video/x-ms-asf ! asfdemux name=demux")
buffers = {}


def count(pad, info):
    buffers[pad.get_name()] += 1
    return Gst.PadProbeReturn.OK


def add(demux, pad):
    buffers[pad.get_name()] = 0
    sink = Gst.ElementFactory.make("fakesink")
    sink.set_property("async", False)
    sink.set_property("sync", False)
    pipeline.add(sink)
    sink.sync_state_with_parent()
    pad.link(sink.get_static_pad("sink"))
    pad.add_probe(Gst.PadProbeType.BUFFER, count)


pipeline.get_by_name("demux").connect("pad-added", add)
pipeline.set_state(Gst.State.PLAYING)
time.sleep(0.5)
station = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for data in [head] + packets[len(packets) // 2 :]:
    station.sendto(data, ("127.0.0.1", 5004))
    time.sleep(0.003)
time.sleep(0.5)
messages = []
while message := pipeline.get_bus().pop_filtered(Gst.MessageType.EOS | Gst.MessageType.ERROR | Gst.MessageType.WARNING):
    messages.append(message.type.first_value_nick if message.type != Gst.MessageType.EOS else "eos")
pipeline.set_state(Gst.State.NULL)
amount = {name: "many" if n > 20 else "none" if not n else n for name, n in buffers.items()}
print(f"pads {len(buffers)}, video buffers {amount.get('video_0')}, audio buffers {amount.get('audio_0')}, messages {messages[0] if messages else 'none'}")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "udpsrc as it comes" "pads 2, video buffers none, audio buffers none, messages eos" "$(inside python3 /tmp/play.py)"
still "udpsrc do-timestamp=false" "pads 2, video buffers many, audio buffers many, messages none" \
  "$(inside python3 /tmp/play.py do-timestamp=false)"
