#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: picture and sound that ffmpeg sends in two RTP outputs, with a description of both by -sdp_file, play in step
# where the receiver goes by the sender reports (RFC 3550, 6.4.1): both begin at 0.
# What happens: with B-frames the reports say that the picture began later, by the pictures that are sent before the
# one in front of them is shown: one for -bf 1, two for x264's default, 80 ms at 25 pictures a second.
# Each output moves its first decoding time to 0 by itself, and so all times of the picture, not those of the sound. One output
# for both (-f rtsp, -f sap) moves both; "-avoid_negative_ts disabled" cures it.
# Versions: ffmpeg 7:5.1.9-0+deb12u1 with libx264-164 2:0.164.3095+gitbaee400-3 (Debian 12); the same in Debian 13.
# Seen on 2026-11-28, 10 pictures a second, the picture's beginning less the sound's, by their first reports:
#   no B-frames: 0 ms
#   -bf 1: 100 ms
#   -bf 3, x264's default: 200 ms
#   the same with -avoid_negative_ts disabled: 0 ms
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 libx264-164=2:0.164.3095+gitbaee400-3 python3=3.11.2-1+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import socket, struct, subprocess, sys

PICTURE, SOUND = 5004, 5006
SENDER_REPORT = 200
sockets = {}
for port in (PICTURE, PICTURE + 1, SOUND, SOUND + 1):
    sockets[port] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sockets[port].bind(("127.0.0.1", port))
    sockets[port].settimeout(5)
film = "-re -f lavfi -i testsrc=s=320x240:r=10 -re -f lavfi -i sine=r=8000"
picture = f"-map 0:v -t 2 -c:v libx264 {' '.join(sys.argv[1:])} -f rtp rtp://127.0.0.1:{PICTURE}"
sound = f"-map 1:a -t 2 -c:a pcm_mulaw -f rtp rtp://127.0.0.1:{SOUND}"
subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *film.split(), *picture.split(), *sound.split()], stdout=subprocess.DEVNULL, check=True)


def beginning(port, rate):
    """[s] of the sender's clock, of the first packet."""
    first = struct.unpack_from(">I", sockets[port].recv(2000), 4)[0]
    report = sockets[port + 1].recv(2000)
    assert report[1] == SENDER_REPORT
    seconds, fraction, stamp = struct.unpack_from(">III", report, 8)
    since = (stamp - first + 2**31) % 2**32 - 2**31
    return seconds + fraction / 2**32 - since / rate


# to the next tenth, as the two outputs begin some milliseconds apart
print(f"{round((beginning(PICTURE, 90000) - beginning(SOUND, 8000)) * 10) * 100} ms")
PYTHON
still "no B-frames" "0 ms" "$(inside python3 /tmp/send.py -bf 0)"
still "-bf 1" "100 ms" "$(inside python3 /tmp/send.py -bf 1)"
still "-bf 3, x264's default" "200 ms" "$(inside python3 /tmp/send.py -bf 3)"
still "the same with -avoid_negative_ts disabled" "0 ms" "$(inside python3 /tmp/send.py -bf 3 -avoid_negative_ts disabled)"
