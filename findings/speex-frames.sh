#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a packet of Speex with several frames (RFC 5574, 3.3), for which libspeex, FFmpeg and GStreamer's encoder have an
# option, is played whole, at least by those who send such packets.
# What happens: FFmpeg and GStreamer decode the first frame of each packet and drop the others, without a word: with four
# in a packet three quarters of the lecture are missing, of FFmpeg's own in FFmpeg, of GStreamer's own in GStreamer. The
# number is in the header of a file, which RTP has not; both make up a header with one frame.
# Versions: ffmpeg 7:5.1.9-0+deb12u1 with libspeex1 1.2.1-2, gstreamer1.0-plugins-good 1.22.0-5+deb12u4 (Debian 12);
# in Debian 13 FFmpeg (7.1) plays all of it, GStreamer (1.26) as here.
# Seen on 2026-11-28, 8 seconds sent by FFmpeg, seconds played:
#   1 frame in a packet: FFmpeg 8.0, GStreamer 8.0
#   4 frames in a packet: FFmpeg 2.0, GStreamer 2.0
#   4 frames, of speexenc and rtpspeexpay, GStreamer: 2.0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 libspeex1=1.2.1-2 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/play.py" <<'PYTHON'
import gi, os, signal, socket, subprocess, time

gi.require_version("Gst", "1.0")
from gi.repository import Gst

CAPS = "application/x-rtp,media=audio,clock-rate=16000,encoding-name=SPEEX,payload=97"
SECOND = 16000 * 2  # bytes of it
FFMPEG = ["ffmpeg", "-nostdin", "-v", "error"]
lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", "c=IN IP4 239.1.1.1/1", "t=0 0", "m=audio 5004 RTP/AVP 97", "a=rtpmap:97 speex/16000", ""]
open("/tmp/hall.sdp", "w").write("\r\n".join(lines))


def by_ffmpeg(packets):
    player = subprocess.Popen([*FFMPEG, *"-y -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -f s16le /tmp/heard".split()], stderr=subprocess.DEVNULL)
    while "010101EF" not in open("/proc/net/igmp").read():
        time.sleep(0.1)
    station = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for packet in packets:
        station.sendto(packet, ("239.1.1.1", 5004))
        time.sleep(0.005)
    time.sleep(1)
    player.send_signal(signal.SIGINT)
    player.wait()
    return os.path.getsize("/tmp/heard") / SECOND


def by_gstreamer(packets):
    pipeline = Gst.parse_launch(f"appsrc name=in format=time caps={CAPS} ! rtpspeexdepay ! speexdec ! appsink name=out sync=false")
    pipeline.set_state(Gst.State.PLAYING)
    for i, packet in enumerate(packets):
        data = Gst.Buffer.new_wrapped(packet)
        data.pts = i * 8 * Gst.SECOND // len(packets)
        pipeline.get_by_name("in").emit("push-buffer", data)
    pipeline.get_by_name("in").emit("end-of-stream")
    heard = 0
    while sample := pipeline.get_by_name("out").emit("pull-sample"):
        heard += sample.get_buffer().get_size()
    pipeline.set_state(Gst.State.NULL)
    return heard / SECOND


def of_ffmpeg(frames):
    hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    hear.bind(("127.0.0.1", 5006))
    sound = f"-f lavfi -i sine=r=16000 -t 8 -c:a libspeex -frames_per_packet {frames} -f rtp rtp://127.0.0.1:5006"
    sender = subprocess.Popen([*FFMPEG, *sound.split()], stdout=subprocess.DEVNULL)
    hear.settimeout(2)
    packets = []
    try:
        while True:
            packets.append(hear.recv(2000))
    except TimeoutError:
        assert sender.wait() == 0
    hear.close()
    return packets


def of_gstreamer():
    sound = "audiotestsrc num-buffers=400 samplesperbuffer=320 ! audio/x-raw,rate=16000,channels=1 ! speexenc nframes=4 ! rtpspeexpay pt=97"
    pipeline = Gst.parse_launch(f"{sound} ! appsink name=out sync=false")
    pipeline.set_state(Gst.State.PLAYING)
    packets = []
    while sample := pipeline.get_by_name("out").emit("pull-sample"):
        packets.append(sample.get_buffer().extract_dup(0, 2000))
    pipeline.set_state(Gst.State.NULL)
    assert len(packets) == 100
    return packets


Gst.init(None)
for frames in (1, 4):
    packets = of_ffmpeg(frames)
    assert len(packets) == 400 / frames
    print(f"FFmpeg {by_ffmpeg(packets):.1f}, GStreamer {by_gstreamer(packets):.1f}")
print(f"{by_gstreamer(of_gstreamer()):.1f}")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/play.py 2>"$root/tmp/warnings")
still "1 frame in a packet" "FFmpeg 8.0, GStreamer 8.0" "${seen[0]}"
still "4 frames in a packet" "FFmpeg 2.0, GStreamer 2.0" "${seen[1]}"
still "4 frames, of speexenc and rtpspeexpay, GStreamer" 2.0 "${seen[2]}"
