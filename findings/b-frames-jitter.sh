#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: on a network that adds nothing, the interarrival jitter (RFC 3550, 6.4.1, A.8) of a sender that sends a picture every
# 40 ms is 0, and 75 ms is a network in need of repair.
# What happens: with B-frames a perfect network has 75 to 95 ms. The time stamp is that of showing (RFC 6184, 5.1), the packets go
# in the order of decoding, so the stamps go back and forth, and the formula counts that as if the network had done it. So
# it stands in receiver reports and in GStreamer's statistics; who chooses a buffer by it takes one for nothing, and
# the figures of two stations cannot be compared unless one knows their encoders.
# Versions: ffmpeg 7:5.1.9-0+deb12u1 with libx264-164 2:0.164.3095+gitbaee400-3, gstreamer1.0-plugins-good 1.22.0-5+deb12u4
# (Debian 12); the same in Debian 13.
# Seen on 2026-11-28, 200 pictures, each handed over 40 ms after the one before, rtpsession's jitter:
#   no B-frames: 0 ms
#   -bf 1: 77 ms
#   -bf 3: 75 ms
#   -bf 3, B-frames as references (x264's default): 93 ms
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 libx264-164=2:0.164.3095+gitbaee400-3 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/count.py" <<'PYTHON'
import gi, socket, subprocess, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
hear.bind(("127.0.0.1", 5004))
x264 = f"-c:v libx264 {sys.argv[1]} -f rtp rtp://127.0.0.1:5004"
sender = subprocess.Popen(
    ["ffmpeg", "-nostdin", "-v", "error", *"-f lavfi -i testsrc=s=160x120:r=25 -frames:v 200".split(), *x264.split()], stdout=subprocess.DEVNULL
)
hear.settimeout(5)
packets = []
while sum(packet[1] >> 7 for packet in packets) < 200:
    packets.append(hear.recv(2000))
assert sender.wait() == 0

Gst.init(None)
caps = "application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96"
pipeline = Gst.parse_launch(
    f"appsrc name=in format=time is-live=true caps={caps} ! session.recv_rtp_sink"
    " rtpsession name=session session.recv_rtp_src ! fakesink sync=false async=false"
)
pipeline.set_state(Gst.State.PLAYING)
arrival = 0
for packet in packets:
    buffer = Gst.Buffer.new_wrapped(packet)
    buffer.pts = buffer.dts = arrival
    pipeline.get_by_name("in").emit("push-buffer", buffer)
    if packet[1] >> 7:
        arrival += 40 * Gst.MSECOND
pipeline.get_by_name("in").emit("end-of-stream")
pipeline.get_bus().timed_pop_filtered(20 * Gst.SECOND, Gst.MessageType.EOS)
# the values live as long as what they were taken from
stats = pipeline.get_by_name("session").get_property("stats")
sources = stats.get_value("source-stats")
sender = next(source for source in sources if not source.get_value("internal"))
assert sender.get_value("packets-received") == len(packets)
print(f"{sender.get_value('jitter') // 90} ms")
pipeline.set_state(Gst.State.NULL)
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "no B-frames" "0 ms" "$(inside python3 /tmp/count.py "-bf 0" 2>"$root/tmp/warnings")"
still "-bf 1" "77 ms" "$(inside python3 /tmp/count.py "-bf 1 -x264-params b-adapt=0" 2>"$root/tmp/warnings")"
still "-bf 3" "75 ms" "$(inside python3 /tmp/count.py "-bf 3 -x264-params b-adapt=0:b-pyramid=none" 2>"$root/tmp/warnings")"
still "-bf 3, B-frames as references" "93 ms" "$(inside python3 /tmp/count.py "-bf 3 -x264-params b-adapt=0" 2>"$root/tmp/warnings")"
