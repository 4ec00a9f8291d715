#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a receiver of SAP takes descriptions whose lines end with CR LF, as RFC 8866, 5 wants them
# and FFmpeg, VLC and GStreamer write them, and perhaps forgives LF alone.
# What happens: PulseAudio takes LF alone, which it writes itself, and nothing else. What all others
# announce is "invalid header" in its log, and silence in the room.
# Version: pulseaudio 16.1+dfsg1-2+b1 (Debian 12).
# Seen on 2026-11-28, the same announcement of L16/44100/2 twice:
#   lines end with LF: New session 'Hall'
#   lines end with CR LF: Failed to parse SDP data: invalid header.
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm pulseaudio=16.1+dfsg1-2+b1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gstreamer1.0-plugins-good=1.22.0-5+deb12u4 python3=3.11.2-1+b1
cat >"$root/tmp/announce.py" <<'PYTHON'
import re, socket, subprocess, sys

server = subprocess.Popen(
    ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-target=stderr", "--log-level=info"]
    + ["-L", "module-null-sink", "-L", "module-rtp-recv sap_address=239.1.9.1"],
    stderr=subprocess.PIPE,
    text=True,
)
lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", "c=IN IP4 239.1.9.2", "t=0 0", "m=audio 5004 RTP/AVP 10", ""]
packet = bytes([0x20, 0, 0x12, 0x34, 192, 0, 2, 1]) + b"application/sdp\0" + {"LF": "\n", "CRLF": "\r\n"}[sys.argv[1]].join(lines).encode()
for line in server.stderr:
    if 'Loaded "module-rtp-recv"' in line:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(packet, ("239.1.9.1", 9875))
    if said := re.search("New session .*|Failed to parse SDP.*", line):
        print(said.group())
        break
server.kill()
PYTHON
still "lines end with LF" "New session 'Hall'" "$(inside python3 /tmp/announce.py LF)"
still "lines end with CR LF" "Failed to parse SDP data: invalid header." "$(inside python3 /tmp/announce.py CRLF)"
