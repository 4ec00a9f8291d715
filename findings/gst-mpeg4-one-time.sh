#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: an encoder hands each picture on with the time stamp that it came with; so do all of gstreamer1.0-libav's that were tried.
# What happens: avenc_mpeg4, GStreamer's only encoder for MPEG-4 video (MP4V-ES, RFC 6416), puts one and the same nonsensical
# time, 292 years, on all pictures. Behind rtpmp4vpay they all have one RTP time stamp, so for a receiver the whole
# lecture is one moment, and the payloader gathers small pictures into one packet; behind mpegtsmux the picture is more than an
# hour away from its sound. A sink that keeps time, as udpsink does, waits for it, and a live station sends nothing
# at all. No message. Other encoders of the same kind, H.263 here, number from the thousandth hour on.
# Versions: gstreamer1.0-libav 1.22.0-2 with libavcodec59 7:5.1.9-0+deb12u1, gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -bad
# 1.22.0-4+deb12u8 (Debian 12). In Debian 13 (1.26) all pictures have their times.
# Seen on 2026-11-29, 10 pictures, 25 a second:
#   times of avenc_mpeg4: 1 of 10, the first 9223372036 s
#   times of avenc_h263p: 10 of 10, the first 3600000 s
#   RTP time stamps: MP4V-ES 1, H263-1998 10
#   in a transport stream, sound from 3600 s: picture over 1000 s away
#   live to udpsink, datagrams in 4 s: MPEG-4 0, H.263 some
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-libav=1.22.0-2 libavcodec59=7:5.1.9-0+deb12u1 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 \
  python3-gi=3.42.2-3+b1 ffmpeg=7:5.1.9-0+deb12u1
cat >"$root/tmp/times.py" <<'PYTHON'
import gi, socket, subprocess

gi.require_version("Gst", "1.0")
from gi.repository import Gst

PICTURES = "videotestsrc num-buffers=10 ! video/x-raw,width=352,height=288,framerate=25/1"
Gst.init(None)


def note(pad, info, seen, look):
    packets = info.get_buffer_list() if info.type & Gst.PadProbeType.BUFFER_LIST else None
    seen += [look(packets.get(i)) for i in range(packets.length())] if packets else [look(info.get_buffer())]
    return Gst.PadProbeReturn.OK


def run(text, look):
    seen = []
    pipeline = Gst.parse_launch(text)
    pad = pipeline.get_by_name("out").get_static_pad("sink")
    pad.add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST, note, seen, look)
    pipeline.set_state(Gst.State.PLAYING)
    end = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    assert end.type == Gst.MessageType.EOS
    return seen


for encoder in ("avenc_mpeg4", "avenc_h263p"):
    times = run(f"{PICTURES} ! {encoder} ! fakesink name=out", lambda buffer: buffer.pts)
    print(f"{len(set(times))} of {len(times)}, the first {times[0] // Gst.SECOND} s")
for sender in ("avenc_mpeg4 ! rtpmp4vpay", "avenc_h263p ! rtph263ppay"):
    print(len(set(run(f"{PICTURES} ! {sender} ! fakesink name=out", lambda buffer: buffer.extract_dup(4, 4)))))
run(f"{PICTURES} ! avenc_mpeg4 ! mux. audiotestsrc num-buffers=20 ! avenc_ac3 ! mux. mpegtsmux name=mux ! filesink name=out location=/tmp/hall.ts", id)
probe = "ffprobe -v error -show_entries stream=codec_name,start_time -of csv=p=0 /tmp/hall.ts"
starts = dict(line.split(",")[:2] for line in subprocess.run(probe.split(), capture_output=True, text=True, check=True).stdout.split())
print(int(float(starts["ac3"])))
print("over 1000 s away" if abs(float(starts["mpeg4"]) - float(starts["ac3"])) > 1000 else starts["mpeg4"])
for sender in ("avenc_mpeg4 ! rtpmp4vpay", "avenc_h263p ! rtph263ppay"):
    hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear.bind(("127.0.0.1", 0))
    hear.settimeout(4)
    live = PICTURES.replace("num-buffers=10", "is-live=true")
    pipeline = Gst.parse_launch(f"{live} ! {sender} ! udpsink host=127.0.0.1 port={hear.getsockname()[1]}")
    pipeline.set_state(Gst.State.PLAYING)
    try:
        print("some" if hear.recv(2000) else 0)
    except TimeoutError:
        print(0)
    pipeline.set_state(Gst.State.NULL)
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/times.py 2>"$root/tmp/warnings")
still "times of avenc_mpeg4" "1 of 10, the first 9223372036 s" "${seen[0]}"
still "times of avenc_h263p" "10 of 10, the first 3600000 s" "${seen[1]}"
still "RTP time stamps, MP4V-ES" 1 "${seen[2]}"
still "RTP time stamps, H263-1998" 10 "${seen[3]}"
still "in a transport stream, sound from second" 3600 "${seen[4]}"
still "in a transport stream, picture" "over 1000 s away" "${seen[5]}"
still "live to udpsink, MPEG-4" 0 "${seen[6]}"
still "live to udpsink, H.263" some "${seen[7]}"
