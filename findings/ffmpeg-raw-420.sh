#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: raw video over RTP (RFC 4175) that FFmpeg describes as sampling=YCbCr-4:2:0 is a picture in GStreamer, as 4:2:2 is.
# What happens: it is noise of the right size. In 4:2:0 a group is six octets of two lines, four of brightness and both
# colours (4.3), and a packet tells the line. FFmpeg cuts its picture as it lies in memory, all brightness, then one
# colour, then the other, into pieces of 480 octets, and numbers them as lines 0 to 239. It reads the same, so two
# FFmpegs understand each other, and nobody else either of them. No message on any side.
# Versions: ffmpeg 7:5.1.9-0+deb12u1, gstreamer1.0-plugins-good 1.22.0-5+deb12u4 (Debian 12); the same in Debian 13.
# Seen on 2026-11-28, a picture of 320x240, in GStreamer:
#   FFmpeg's uyvy422: right
#   FFmpeg's yuv420p: under 10 % of the octets right
#   GStreamer's own 4:2:0: right
#   FFmpeg's yuv420p, payloads put together: the picture as in memory
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/play.py" <<'PYTHON'
import gi, socket, struct, subprocess

gi.require_version("Gst", "1.0")
from gi.repository import Gst

FFMPEG = "ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=320x240:r=25 -frames:v 1 -strict experimental -c:v rawvideo -pix_fmt"


def picture(kind):
    return subprocess.run([*FFMPEG.split(), kind, "-f", "rawvideo", "-"], capture_output=True, check=True).stdout


def of_ffmpeg(kind, sampling):
    hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    hear.bind(("127.0.0.1", 5004))
    sender = subprocess.run([*FFMPEG.split(), kind, "-f", "rtp", "rtp://127.0.0.1:5004"], capture_output=True, text=True, check=True)
    assert f"a=fmtp:96 sampling={sampling}; width=320; height=240; depth=8" in sender.stdout
    hear.settimeout(1)
    packets = []
    while not packets or not packets[-1][1] & 128:
        packets.append(hear.recv(2000))
    hear.close()
    return packets


def of_gstreamer(data):
    pipeline = Gst.parse_launch(
        "appsrc name=in format=time caps=video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! rtpvrawpay pt=96 ! appsink name=out sync=false"
    )
    buffer = Gst.Buffer.new_wrapped(data)
    buffer.pts = 0
    return run(pipeline, [buffer])


def run(pipeline, buffers):
    pipeline.set_state(Gst.State.PLAYING)
    for buffer in buffers:
        pipeline.get_by_name("in").emit("push-buffer", buffer)
    pipeline.get_by_name("in").emit("end-of-stream")
    out = []
    while sample := pipeline.get_by_name("out").emit("pull-sample"):
        out.append(sample.get_buffer().extract_dup(0, sample.get_buffer().get_size()))
    pipeline.set_state(Gst.State.NULL)
    return out


def played(packets, sampling, right):
    caps = "application/x-rtp,media=video,clock-rate=90000,encoding-name=RAW,payload=96,width=(string)320,height=(string)240,depth=(string)8"
    pipeline = Gst.parse_launch(f"appsrc name=in format=time caps={caps},sampling={sampling} ! rtpvrawdepay ! appsink name=out sync=false")
    buffers = [Gst.Buffer.new_wrapped(packet) for packet in packets]
    for buffer in buffers:
        buffer.pts = 0
    seen = run(pipeline, buffers)
    assert len(seen) == 1 and len(seen[0]) == len(right)
    share = sum(a == b for a, b in zip(seen[0], right)) / len(right)
    return "right" if share == 1 else "under 10 % of the octets right" if share < 0.1 else share


def together(packets):
    data = b""
    for packet in packets:
        at, more = 14, True
        while more:
            more = packet[at + 4] & 128
            at += 6
        data += packet[at:]
    return data


Gst.init(None)
print(played(of_ffmpeg("uyvy422", "YCbCr-4:2:2"), "YCbCr-4:2:2", picture("uyvy422")))
memory = picture("yuv420p")
packets = of_ffmpeg("yuv420p", "YCbCr-4:2:0")
print(played(packets, "YCbCr-4:2:0", memory))
print(played(of_gstreamer(memory), "YCbCr-4:2:0", memory))
print("the picture as in memory" if together(packets) == memory else "another")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/play.py 2>"$root/tmp/warnings")
still "FFmpeg's uyvy422" right "${seen[0]}"
still "FFmpeg's yuv420p" "under 10 % of the octets right" "${seen[1]}"
still "GStreamer's own 4:2:0" right "${seen[2]}"
still "FFmpeg's yuv420p, payloads put together" "the picture as in memory" "${seen[3]}"
