#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a DV camera's stream, sent by GStreamer's rtpdvpay (RFC 6469), is a picture in FFmpeg, which has the receiver and the
# decoder for it, and has the camera's sound, as one DV stream holds both.
# What happens: the payloader leaves out the blocks of sound, 108 of 1800 in each picture, as its default mode is "video". The
# RFC lets a sender do so, and GStreamer's receiver puts empty ones in their places. FFmpeg's joins what came, has 8640 octets
# too few, and no picture at all: "could not find dv frame profile". mode=bundled is what others can show.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, gstreamer1.0-libav 1.22.0-2, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, pictures of 720x576, 144000 octets each, as they come; octets sent of one, pictures in FFmpeg:
#   rtpdvpay: 135360, 0
#   rtpdvpay mode=bundled: 144000, some
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-libav=1.22.0-2 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1 ffmpeg=7:5.1.9-0+deb12u1
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 127.0.0.1" s=Hall "c=IN IP4 127.0.0.1" "t=0 0" "m=video 5004 RTP/AVP 96" "a=rtpmap:96 DV/90000" \
  "a=fmtp:96 encode=SD-VCR/625-50" >"$root/tmp/hall.sdp"
cat >"$root/tmp/show.py" <<'PYTHON'
import gi, os, subprocess, sys, time

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
CAMERA = "videotestsrc is-live=true ! video/x-raw,format=I420,width=720,height=576,framerate=25/1 ! avenc_dvvideo"
station = Gst.parse_launch(f"{CAMERA} ! rtpdvpay pt=96 {' '.join(sys.argv[1:])} ! udpsink name=out host=127.0.0.1 port=5004")
octets = {}


def note(pad, info):
    lists = info.get_buffer_list() if info.type & Gst.PadProbeType.BUFFER_LIST else None
    for packet in [lists.get(i) for i in range(lists.length())] if lists else [info.get_buffer()]:
        stamp = packet.extract_dup(4, 4)
        octets[stamp] = octets.get(stamp, 0) + packet.get_size() - 12
    return Gst.PadProbeReturn.OK


station.get_by_name("out").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST, note)
station.set_state(Gst.State.PLAYING)
player = "ffmpeg -nostdin -y -v fatal -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -f framemd5 /tmp/shown"
player = subprocess.Popen(player.split())
time.sleep(12)
player.terminate()
player.wait()
station.set_state(Gst.State.NULL)
shown = [line for line in open("/tmp/shown") if not line.startswith("#")] if os.path.exists("/tmp/shown") else []
print(f"{list(octets.values())[3]}, {'some' if len(shown) > 10 else len(shown)}")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still rtpdvpay "135360, 0" "$(inside python3 /tmp/show.py 2>"$root/tmp/warnings")"
still "rtpdvpay mode=bundled" "144000, some" "$(inside python3 /tmp/show.py mode=bundled 2>"$root/tmp/warnings")"
