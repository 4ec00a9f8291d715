#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a source filter at the session level is for the group that it names (RFC 4570, 3): a picture from
# one sender, the filter for its group, and sound that anybody may send to another group.
# What happens: FFmpeg reads the sources and skips the group. It joins the group of the sound with the picture's
# filter, and the microphone's computer is never heard; the network is not even asked for it. No message.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-28, groups joined by the kernel, the picture is 239.1.1.1 and has the filter:
#   picture 239.1.1.1: include 192.0.2.55
#   sound 239.1.1.2: include 192.0.2.55
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 192.0.2.1" s=Hall "t=0 0" "a=source-filter: incl IN IP4 239.1.1.1 192.0.2.55" \
  "m=video 5004 RTP/AVP 96" "c=IN IP4 239.1.1.1/1" "a=rtpmap:96 H264/90000" "m=audio 5006 RTP/AVP 10" "c=IN IP4 239.1.1.2/1" >"$root/tmp/hall.sdp"
cat >"$root/tmp/join.py" <<'PYTHON'
import socket, struct, subprocess, time

player = "ffmpeg -nostdin -v error -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -f null -"
player = subprocess.Popen(player.split())
filters = {}
until = time.time() + 30
while len(filters) < 2 and time.time() < until:
    time.sleep(0.2)
    for line in open("/proc/net/mcfilter").read().splitlines()[1:]:
        group, source, included = line.split()[2:5]
        group, source = (socket.inet_ntoa(struct.pack(">I", int(address, 16))) for address in (group, source))
        filters[group] = f"{'include' if int(included) else 'exclude'} {source}"
player.kill()
for group in ("239.1.1.1", "239.1.1.2"):
    print(filters.get(group, "all"))
PYTHON
mapfile -t seen < <(inside python3 /tmp/join.py)
still "picture 239.1.1.1" "include 192.0.2.55" "${seen[0]}"
still "sound 239.1.1.2" "include 192.0.2.55" "${seen[1]}"
