#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: FFmpeg, which has a receiver for H.261 over RTP (RFC 4587), shows all pictures of a sender that puts each picture
# into packets of its own, as GStreamer does.
# What happens: it hands on those pictures only that begin with a whole octet. H.261 has no octets between pictures: one may
# begin with any bit, and the packet says how many bits of its first octet are not its own (SBIT, 4.1). Where that is not 0
# FFmpeg finds no picture and drops the packet, without a word. About one of eight is left, and what it is predicted from is not.
# GStreamer's receiver takes all of the same stream.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, gstreamer1.0-libav 1.22.0-2, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, 25 pictures a second for 10 s:
#   pictures with an SBIT other than 0: over half
#   GStreamer's receiver: all
#   FFmpeg: under half
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-libav=1.22.0-2 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1 ffmpeg=7:5.1.9-0+deb12u1
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 127.0.0.1" s=Hall "c=IN IP4 127.0.0.1" "t=0 0" "m=video 5004 RTP/AVP 31" >"$root/tmp/hall.sdp"
cat >"$root/tmp/count.py" <<'PYTHON'
import gi, os, subprocess, time

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
station = Gst.parse_launch(
    "videotestsrc is-live=true ! video/x-raw,width=176,height=144,framerate=25/1 ! avenc_h261 ! rtph261pay name=pay"
    " ! tee name=both ! queue ! udpsink host=127.0.0.1 port=5004 both. ! queue ! rtph261depay ! appsink name=out sync=false"
)
bits, received = {}, [0]


def note(pad, info):
    lists = info.get_buffer_list() if info.type & Gst.PadProbeType.BUFFER_LIST else None
    for packet in [lists.get(i) for i in range(lists.length())] if lists else [info.get_buffer()]:
        bits.setdefault(packet.extract_dup(4, 4), packet.extract_dup(12, 1)[0] >> 5)
    return Gst.PadProbeReturn.OK


station.get_by_name("pay").get_static_pad("src").add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST, note)
station.set_state(Gst.State.PLAYING)
player = "ffmpeg -nostdin -y -v fatal -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -c copy -f framecrc /tmp/packets"
player = subprocess.Popen(player.split())
until = time.time() + 12
while time.time() < until:
    received[0] += station.get_by_name("out").emit("try-pull-sample", Gst.SECOND) is not None
player.terminate()
player.wait()
station.set_state(Gst.State.NULL)
shown = sum(not line.startswith("#") for line in open("/tmp/packets")) if os.path.exists("/tmp/packets") else 0
sent = len(bits)
assert sent > 100
print("over half" if sum(map(bool, bits.values())) > sent / 2 else "less")
print("all" if received[0] >= sent - 10 else received[0])
print("under half" if 0 < shown < sent / 2 else shown)
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/count.py 2>"$root/tmp/warnings")
still "pictures with an SBIT other than 0" "over half" "${seen[0]}"
still "GStreamer's receiver" all "${seen[1]}"
still FFmpeg "under half" "${seen[2]}"
