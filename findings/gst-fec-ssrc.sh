#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a packet that GStreamer rebuilds from SMPTE 2022-1 FEC is the packet that was lost, and goes on its
# way with its neighbours.
# What happens: it comes out with SSRC 0, whatever the SSRC of the stream is. The next element takes it for
# another sender: rtpssrcdemux, which stands behind it in every rtpbin, gives it a pad of its own, and the
# hole stays. The FEC has no field for the SSRC; the neighbours of the packet have it.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, FEC by ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in
# 1.26 (Debian 13).
# Seen on 2026-11-28, one packet of 60 kept back:
#   rebuilt: payload right, SSRC 0
#   SSRCs behind rtpssrcdemux: 2
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/repair.py" <<'PYTHON'
import gi, socket, subprocess, time

gi.require_version("Gst", "1.0")
from gi.repository import Gst


def number(packet):
    return int.from_bytes(packet[2:4], "big")


sockets = []
for port in (5004, 5006, 5008):
    sockets.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    sockets[-1].bind(("127.0.0.1", port))
    sockets[-1].settimeout(0)
film = "-re -f lavfi -i testsrc=s=320x240:r=25 -t 4 -c:v mpeg2video -b:v 400k -f rtp_mpegts -fec prompeg=l=5:d=5".split()
sender = subprocess.Popen(["ffmpeg", "-nostdin", "-v", "error", *film, "rtp://127.0.0.1:5004"])
heard = ([], [], [])
while sender.poll() is None or time.time() < end:
    if sender.poll() is None:
        end = time.time() + 0.5
    for packets, receiver in zip(heard, sockets):
        try:
            packets.append(receiver.recv(2000))
        except BlockingIOError:
            time.sleep(0.001)
media, columns, rows = heard
lost = media[12]

Gst.init(None)
fields = "media=video,clock-rate=90000,encoding-name=MP2T,payload=33"
pipeline = Gst.parse_launch(
    f"appsrc name=media format=time caps=application/x-rtp,{fields} ! rtpst2022-1-fecdec name=repair ! tee name=t"
    " t. ! appsink name=out sync=false async=false  t. ! rtpssrcdemux name=demux"
    " appsrc name=rows format=time caps=application/x-rtp,payload=96 ! repair.fec_0"
    " appsrc name=columns format=time caps=application/x-rtp,payload=96 ! repair.fec_1"
)
ssrcs = set()
pipeline.get_by_name("demux").connect("new-ssrc-pad", lambda demux, ssrc, pad: ssrcs.add(ssrc))
pipeline.set_state(Gst.State.PLAYING)
for name, packets in (("media", [packet for packet in media[:60] if packet != lost]), ("rows", rows), ("columns", columns)):
    for i, packet in enumerate(packets):
        data = Gst.Buffer.new_wrapped(packet)
        data.pts = i * 10000000
        pipeline.get_by_name(name).emit("push-buffer", data)
    time.sleep(0.5)
rebuilt = b""
while sample := pipeline.get_by_name("out").emit("try-pull-sample", Gst.SECOND):
    packet = sample.get_buffer().extract_dup(0, 2000)
    if number(packet) == number(lost):
        rebuilt = packet
pipeline.set_state(Gst.State.NULL)
assert int.from_bytes(lost[8:12], "big") != 0
print(f"payload {'right' if rebuilt[12:] == lost[12:] else 'wrong'}, SSRC {int.from_bytes(rebuilt[8:12], 'big')}")
print(len(ssrcs))
PYTHON
mapfile -t seen < <(inside python3 /tmp/repair.py)
still rebuilt "payload right, SSRC 0" "${seen[0]}"
still "SSRCs behind rtpssrcdemux" 2 "${seen[1]}"
