#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: where a description names the only sender of a group (a=source-filter, RFC 4570), GStreamer asks the network
# for this sender, at least in 232.0.0.0/8, where a group without a sender is not defined (RFC 4607, 1).
# What happens: sdpdemux reads the line over and joins the group of whoever sends, in 232/8 too. A router that
# has source-specific groups only forwards nothing, so the station is silent in GStreamer and plays in FFmpeg; elsewhere
# a second sender on the same group comes into the lecture, which the line was written to keep out. No message.
# Versions: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12). GStreamer 1.26 (Debian 13) asks for the sender.
# Seen on 2026-11-29, "incl IN IP4 232.1.1.1 192.0.2.55", what the kernel has been asked for:
#   GStreamer: 232.1.1.1 from anybody
#   FFmpeg: 232.1.1.1 from 192.0.2.55
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 192.0.2.55" s=Hall "c=IN IP4 232.1.1.1/5" "t=0 0" "a=source-filter: incl IN IP4 232.1.1.1 192.0.2.55" \
  "m=audio 5006 RTP/AVP 10" >"$root/tmp/hall.sdp"
cat >"$root/tmp/join.py" <<'PYTHON'
import socket, struct, subprocess, sys, time

PLAYERS = {
    "GStreamer": "gst-launch-1.0 -q filesrc location=/tmp/hall.sdp ! sdpdemux ! fakesink",
    "FFmpeg": "ffmpeg -nostdin -v error -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -f null -",
}
GROUP = socket.inet_aton("232.1.1.1")
player = subprocess.Popen(PLAYERS[sys.argv[1]].split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
until = time.time() + 40
while time.time() < until and f"{struct.unpack('=I', GROUP)[0]:08X}" not in open("/proc/net/igmp").read():
    time.sleep(0.2)
time.sleep(0.5)
assert player.poll() is None and f"{struct.unpack('=I', GROUP)[0]:08X}" in open("/proc/net/igmp").read()
sources = []
for line in open("/proc/net/mcfilter").read().splitlines()[1:]:
    group, source, included = line.split()[2:5]
    if int(group, 16) == struct.unpack(">I", GROUP)[0] and int(included):
        sources.append(socket.inet_ntoa(struct.pack(">I", int(source, 16))))
player.kill()
print("232.1.1.1 from " + (" ".join(sources) or "anybody"))
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still GStreamer "232.1.1.1 from anybody" "$(inside python3 /tmp/join.py GStreamer)"
still FFmpeg "232.1.1.1 from 192.0.2.55" "$(inside python3 /tmp/join.py FFmpeg)"
