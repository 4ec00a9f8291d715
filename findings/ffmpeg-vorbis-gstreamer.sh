#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: Vorbis over RTP, described by FFmpeg with the codebooks in the description (RFC 5215), plays in
# GStreamer, which has depayloader and decoder for it.
# What happens: FFmpeg puts a comment header of no bytes at all into "configuration", and GStreamer's decoder
# ends at it: "Could not decode stream". FFmpeg plays what it sent.
# Versions: ffmpeg 7:5.1.9-0+deb12u1, gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -base 1.22.0-3+deb12u7 (Debian 12).
# Seen on 2026-11-28:
#   headers in the configuration: 30 0 3832
#   GStreamer: Could not decode stream.
#   GStreamer, a comment header of 16 bytes put in: sound
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/play.py" <<'PYTHON'
import base64, gi, re, socket, struct, subprocess

gi.require_version("Gst", "1.0")
from gi.repository import Gst

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
hear.settimeout(5)
send = "-f lavfi -i sine -ac 2 -t 2 -c:a libvorbis -f rtp -sdp_file /tmp/hall.sdp rtp://127.0.0.1:5004".split()
subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *send], check=True, stdout=subprocess.DEVNULL)
packets = []
try:
    while True:
        packets.append(hear.recv(2000))
except TimeoutError:
    pass
configuration = base64.b64decode(re.search("configuration=([^; \r\n]*)", open("/tmp/hall.sdp").read())[1])
# count of configurations, ident, length, headers less one, their lengths but the last, the headers
length, headers, first, second = struct.unpack_from(">HBBB", configuration, 7)
assert headers == 2
print(first, second, length - first - second)


def play(configuration):
    fields = "media=audio,clock-rate=44100,encoding-name=VORBIS,payload=96"
    pipeline = Gst.parse_launch(
        f"appsrc name=in format=time caps=application/x-rtp,{fields},configuration=(string)\"{base64.b64encode(configuration).decode()}\""
        " ! rtpvorbisdepay ! vorbisdec ! fakesink name=out sync=false signal-handoffs=true"
    )
    heard = []
    pipeline.get_by_name("out").connect("handoff", lambda sink, data, pad: heard.append(data.get_size()))
    pipeline.set_state(Gst.State.PLAYING)
    for i, packet in enumerate(packets):
        data = Gst.Buffer.new_wrapped(packet)
        data.pts = i * 10000000
        pipeline.get_by_name("in").emit("push-buffer", data)
    pipeline.get_by_name("in").emit("end-of-stream")
    message = pipeline.get_bus().timed_pop_filtered(30 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    said = message.parse_error()[0].message if message.type == Gst.MessageType.ERROR else "sound" if sum(heard) else "nothing"
    pipeline.set_state(Gst.State.NULL)
    return said


Gst.init(None)
print(play(configuration))
comment = b"\3vorbis" + struct.pack("<II", 0, 0) + b"\1"
head = configuration[:7] + struct.pack(">HBBB", length + len(comment), 2, first, len(comment))
print(play(head + configuration[12 : 12 + first] + comment + configuration[12 + first :]))
PYTHON
mapfile -t seen < <(inside python3 /tmp/play.py)
still "headers in the configuration" "30 0 3832" "${seen[0]}"
still GStreamer "Could not decode stream." "${seen[1]}"
still "GStreamer, a comment header of 16 bytes put in" sound "${seen[2]}"
