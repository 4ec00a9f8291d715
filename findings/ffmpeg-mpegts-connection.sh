#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the connection may stand in the session or in the medium (RFC 8866, 5.7), in every description alike.
# What happens: where the first medium is a transport stream (payload type 33) and has the connection, FFmpeg opens
# nothing: "ai_family not supported". It takes a line for the session's as long as it has made no stream, and makes
# none for payload type 33, as those come out of the transport stream later. Other media are read rightly.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in 7:7.1.5-0+deb13u1 (Debian 13).
# Seen on 2026-11-28:
#   payload type 33, connection of the session: joined 239.1.1.1
#   payload type 33, connection of the medium: getnameinfo: ai_family not supported
#   payload type 10, connection of the medium: joined 239.1.1.1
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/open.py" <<'PYTHON'
import subprocess, sys, time

connection = "c=IN IP4 239.1.1.1/1"
medium = {"33": "m=video 5004 RTP/AVP 33", "10": "m=audio 5004 RTP/AVP 10"}[sys.argv[1]]
lines = {"session": [connection, "t=0 0", medium], "medium": ["t=0 0", medium, connection]}[sys.argv[2]]
open("/tmp/hall.sdp", "w").write("\r\n".join(["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", *lines, ""]))
said = open("/tmp/said", "w")
player = "ffmpeg -nostdin -v error -protocol_whitelist file,udp,rtp -i /tmp/hall.sdp -f null -"
player = subprocess.Popen(player.split(), stderr=said)
seen = "nothing"
while seen == "nothing":
    time.sleep(0.2)
    if "010101EF" in open("/proc/net/igmp").read():
        seen = "joined 239.1.1.1"
    elif player.poll() is not None:
        seen = open("/tmp/said").readline().split("] ")[-1].strip()
player.kill()
print(seen)
PYTHON
still "payload type 33, connection of the session" "joined 239.1.1.1" "$(inside python3 /tmp/open.py 33 session)"
still "payload type 33, connection of the medium" "getnameinfo: ai_family not supported" "$(inside python3 /tmp/open.py 33 medium)"
still "payload type 10, connection of the medium" "joined 239.1.1.1" "$(inside python3 /tmp/open.py 10 medium)"
