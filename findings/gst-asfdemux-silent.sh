#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a medium that is announced and does not speak, as the sound of a station whose microphone is
# off, holds back nothing else: what arrives is shown.
# What happens: asfdemux has no pad at all, for the picture neither, and says nothing, as long as one of
# the audio or video streams in the header has sent nothing. FFmpeg shows the picture.
# Versions: gstreamer1.0-plugins-ugly 1.22.0-2+deb12u2 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28, the middle of 12 seconds of WMV made by FFmpeg, all of it by UDP:
#   header with picture and sound, the sound silent: pads 0, video buffers None, messages none
#   header with the picture only: pads 1, video buffers many, messages none
#   FFmpeg, of the first of them: video packets many
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-ugly=1.22.0-2+deb12u2 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1 ffmpeg=7:5.1.9-0+deb12u1
# the sound starts long after the end, so that its stream is declared and empty
inside ffmpeg -nostdin -v error -f lavfi -i testsrc=s=320x240:r=15 -f lavfi -i sine \
  -filter_complex '[1:a]atrim=start=100:end=101[sound]' -map 0:v -map '[sound]' -t 12 -c:v wmv2 -c:a wmav2 \
  -packet_size 1444 -f asf /tmp/silent.asf
inside ffmpeg -nostdin -v error -f lavfi -i testsrc=s=320x240:r=15 -t 12 -c:v wmv2 -packet_size 1444 -f asf /tmp/picture.asf
cat >"$root/tmp/play.py" <<'PYTHON'
import gi, socket, struct, sys, time

gi.require_version("Gst", "1.0")
from gi.repository import Gst

film = bytearray(open(sys.argv[1], "rb").read())
size = struct.unpack_from("<Q", film, 16)[0]
properties = film.index(bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365"))
# without the last ones: the encoder of the silent stream writes a packet as it ends
packets = [film[at : at + 1444] for at in range(size + 50, len(film) - 1443, 1444)][20:-20]
head = film[: size + 50]
# as a station's header: broadcast, counts and durations unknown
struct.pack_into("<Q", head, properties + 56, 0)
struct.pack_into("<QQ", head, properties + 64, 0, 0)
struct.pack_into("<I", head, properties + 88, 1)
struct.pack_into("<QQ", head, size + 16, 50, 0)
struct.pack_into("<Q", head, size + 40, 0)

if "picture" not in sys.argv[1]:
    open("/tmp/sent", "wb").write(head + b"".join(packets))

Gst.init(None)
pipeline = Gst.parse_launch(f"udpsrc address=127.0.0.1 port=5004 do-timestamp=false ! video/x-ms-asf ! asfdemux name=demux")
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
for data in [head] + packets:
    station.sendto(data, ("127.0.0.1", 5004))
    time.sleep(0.003)
time.sleep(0.5)
messages = []
while message := pipeline.get_bus().pop_filtered(Gst.MessageType.EOS | Gst.MessageType.ERROR | Gst.MessageType.WARNING):
    messages.append(message.type.first_value_nick if message.type != Gst.MessageType.EOS else "eos")
pipeline.set_state(Gst.State.NULL)
amount = {name: "many" if n > 20 else "none" if not n else n for name, n in buffers.items()}
print(f"pads {len(buffers)}, video buffers {amount.get('video_0')}, messages {messages[0] if messages else 'none'}")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "header with picture and sound, the sound silent" "pads 0, video buffers None, messages none" \
  "$(inside python3 /tmp/play.py /tmp/silent.asf)"
still "header with the picture only" "pads 1, video buffers many, messages none" "$(inside python3 /tmp/play.py /tmp/picture.asf)"
n=$(inside ffprobe -v error -count_packets -select_streams v -show_entries stream=nb_read_packets -of csv=p=0 /tmp/sent)
still "FFmpeg, of the first of them" "video packets many" "video packets $( ((n > 100)) && echo many || echo "$n")"
