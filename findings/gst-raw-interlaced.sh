#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: raw video in two fields, as a capture card hands it out, which GStreamer's payloader takes and describes as interlaced (RFC
# 4175, 4.3 and 6.1), comes back through its own depayloader, or at least through FFmpeg's, which knows the word too.
# What happens: rtpvrawpay sends it, and rtpvrawdepay refuses its caps ("interlaced formats not supported yet", in the debug log;
# on the bus it is an internal data stream error). FFmpeg opens the same stream and makes a picture of which half is wrong:
# GStreamer numbers the lines of a field as lines of the picture, 0, 2, 4, and FFmpeg takes them for lines of the field.
# So an interlaced station of GStreamer's has no receiver here; deinterlace in front of the payloader is what works.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -base 1.22.0-3+deb12u7, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, colour bars of 320x240, uyvy422:
#   line numbers of the first field, of the second: 0 2 4, 1 3 5
#   GStreamer, interlaced, progressive: error, eos
#   FFmpeg, octets right, interlaced: half
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 \
  python3-gi=3.42.2-3+b1 ffmpeg=7:5.1.9-0+deb12u1
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 127.0.0.1" s=Hall "c=IN IP4 127.0.0.1" "t=0 0" "m=video 5004 RTP/AVP 96" "a=rtpmap:96 raw/90000" \
  "a=fmtp:96 sampling=YCbCr-4:2:2; width=320; height=240; depth=8; colorimetry=BT601-5; interlace" >"$root/tmp/hall.sdp"
cat >"$root/tmp/fields.py" <<'PYTHON'
import gi, subprocess

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
BARS = "videotestsrc pattern=smpte ! video/x-raw,format=UYVY,width=320,height=240,framerate=25/1"
INTERLACED = f"{BARS},interlace-mode=interleaved ! rtpvrawpay pt=96".replace("videotestsrc", "videotestsrc is-live=true")


def end_of(text):
    pipeline = Gst.parse_launch(f"{text} ! fakesink")
    pipeline.set_state(Gst.State.PLAYING)
    message = pipeline.get_bus().timed_pop_filtered(30 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    return message.type.first_value_nick


pipeline = Gst.parse_launch(f"{INTERLACED} ! appsink name=out sync=false")
pipeline.set_state(Gst.State.PLAYING)
lines = {0: [], 1: []}
while len(lines[1]) < 6:
    buffer = pipeline.get_by_name("out").emit("pull-sample").get_buffer()
    packet, at, more = buffer.extract_dup(0, buffer.get_size()), 14, True
    while more:
        line, more = int.from_bytes(packet[at + 2 : at + 4], "big"), packet[at + 4] & 128
        if line & 0x7FFF not in lines[line >> 15]:
            lines[line >> 15].append(line & 0x7FFF)
        at += 6
pipeline.set_state(Gst.State.NULL)
print(", ".join(" ".join(map(str, lines[field][:3])) for field in (0, 1)))
kinds = [f"{BARS},interlace-mode={kind}".replace("videotestsrc", "videotestsrc num-buffers=3") for kind in ("interleaved", "progressive")]
print(", ".join(end_of(f"{kind} ! rtpvrawpay ! rtpvrawdepay") for kind in kinds))

station = Gst.parse_launch(f"{INTERLACED} ! udpsink host=127.0.0.1 port=5004")
station.set_state(Gst.State.PLAYING)
player = "ffmpeg -nostdin -v fatal -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -frames:v 5 -f rawvideo -pix_fmt uyvy422 -"
seen = subprocess.run(player.split(), capture_output=True, check=True).stdout[-320 * 240 * 2 :]
station.set_state(Gst.State.NULL)
bars = Gst.parse_launch(f"{BARS} ! appsink name=out sync=false")
bars.set_state(Gst.State.PLAYING)
# the upper two thirds, where the bars stand still
right = bars.get_by_name("out").emit("pull-sample").get_buffer().extract_dup(0, 320 * 150 * 2)
bars.set_state(Gst.State.NULL)
share = sum(a == b for a, b in zip(right, seen)) / len(right)
print("half" if 0.3 < share < 0.7 else share)
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/fields.py 2>"$root/tmp/warnings")
still "line numbers of the first field, of the second" "0 2 4, 1 3 5" "${seen[0]}"
still "GStreamer, interlaced, progressive" "error, eos" "${seen[1]}"
still "FFmpeg, octets right, interlaced" half "${seen[2]}"
