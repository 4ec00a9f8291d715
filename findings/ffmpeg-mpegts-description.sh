#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: -sdp_file writes the description of what FFmpeg sends by RTP, or does nothing where it
# cannot.
# What happens: with the muxer rtp_mpegts, whose stream of payload type 33 every player knows, the option
# ends the program before the first packet: "No output streams in the SDP". A transport stream over RTP
# can only be described by hand. (The muxer hides its RTP stream; the writer sees a format without any.)
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in 7:7.1.5-0+deb13u1 (Debian 13).
# Seen on 2026-11-28:
#   packets without -sdp_file: some of payload type 33, status 0
#   packets with -sdp_file: none, status 1, No output streams in the SDP.
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import socket, subprocess, sys

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
film = "-f lavfi -i testsrc=s=160x120:r=25 -t 1 -c:v mpeg2video -f rtp_mpegts".split()
end = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *film, *sys.argv[1:], "rtp://127.0.0.1:5004"], capture_output=True, text=True)
hear.settimeout(0)
try:
    heard = f"some of payload type {hear.recv(2000)[1] & 127}"
except BlockingIOError:
    heard = "none"
print(", ".join([heard, f"status {end.returncode}"] + end.stderr.splitlines()[:1]))
PYTHON
still "packets without -sdp_file" "some of payload type 33, status 0" "$(inside python3 /tmp/send.py)"
still "packets with -sdp_file" "none, status 1, No output streams in the SDP." "$(inside python3 /tmp/send.py -sdp_file /tmp/lecture.sdp)"
