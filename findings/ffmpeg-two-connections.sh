#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: of a medium in layers, described with a connection for each (RFC 8866, 5.7), a player that knows no layers takes the
# first, the base layer, which can be shown alone; the groups written as a count (239.1.1.1/5/2) are the same.
# What happens: FFmpeg takes the last: it joins the group of the highest enhancement only, of which nothing can be decoded. With
# the count, which means the same two groups, it joins the first. GStreamer joins the first both times. No message.
# Versions: ffmpeg 7:5.1.9-0+deb12u1, gstreamer1.0-plugins-bad 1.22.0-4+deb12u8 (Debian 12); FFmpeg 7.1 (Debian 13) as here.
# Seen on 2026-11-29, groups that the kernel was asked for:
#   FFmpeg, c=IN IP4 239.1.1.1/5 and c=IN IP4 239.1.1.2/5: 239.1.1.2
#   FFmpeg, c=IN IP4 239.1.1.1/5/2: 239.1.1.1
#   GStreamer, of the first: 239.1.1.1
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/join.py" <<'PYTHON'
import socket, struct, subprocess, sys, time

PLAYERS = {
    "FFmpeg": "ffmpeg -nostdin -v error -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -f null -",
    "GStreamer": "gst-launch-1.0 -q filesrc location=/tmp/hall.sdp ! sdpdemux ! fakesink",
}
lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", "t=0 0", "m=audio 5004 RTP/AVP 10", *(f"c=IN IP4 {each}" for each in sys.argv[2:]), ""]
open("/tmp/hall.sdp", "w").write("\r\n".join(lines))
player = subprocess.Popen(PLAYERS[sys.argv[1]].split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def groups():
    names = [line.split()[0] for line in open("/proc/net/igmp") if line.startswith("\t\t")]
    names = {socket.inet_ntoa(struct.pack("=I", int(name, 16))) for name in names}
    return sorted(name for name in names if name.startswith("239."))


until = time.time() + 40
while time.time() < until and not groups():
    time.sleep(0.2)
time.sleep(1)
print(*groups())
player.kill()
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "FFmpeg, two connections" 239.1.1.2 "$(inside python3 /tmp/join.py FFmpeg 239.1.1.1/5 239.1.1.2/5)"
still "FFmpeg, a count of two" 239.1.1.1 "$(inside python3 /tmp/join.py FFmpeg 239.1.1.1/5/2)"
still "GStreamer, two connections" 239.1.1.1 "$(inside python3 /tmp/join.py GStreamer 239.1.1.1/5 239.1.1.2/5)"
