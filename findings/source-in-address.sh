#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: udp://192.0.2.9@232.1.1.2:5004, the way in which VLC and the lists made for it write a group with its sender, is
# taken by other players for that, or refused.
# What happens: FFmpeg, and with it mpv, and GStreamer take the sender for a user's name and drop it without a word. They join the
# group of whoever sends: in 232/8 the network of a hall with source-specific multicast brings nothing, and elsewhere anybody on
# the group is in the lecture. FFmpeg's own spelling, ?sources=, joins one sender; GStreamer has none.
# Versions: ffmpeg 7:5.1.9-0+deb12u1, gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -bad 1.22.0-4+deb12u8 (Debian 12).
# Seen on 2026-11-29, what the kernel has been asked for:
#   FFmpeg udp://192.0.2.9@232.1.1.2:5004: 232.1.1.2 from anybody
#   FFmpeg rtp://192.0.2.9@232.1.1.2:5004: 232.1.1.2 from anybody
#   FFmpeg udp://232.1.1.2:5004?sources=192.0.2.9: 232.1.1.2 from 192.0.2.9
#   GStreamer udpsrc uri=udp://192.0.2.9@232.1.1.2:5004: 232.1.1.2 from anybody
#   GStreamer rtpsrc uri=rtp://192.0.2.9@232.1.1.2:5004: 232.1.1.2 from anybody
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/join.py" <<'PYTHON'
import socket, struct, subprocess, time

PLAYERS = (
    "ffmpeg -nostdin -v error -i udp://192.0.2.9@232.1.1.2:5004 -f null -",
    "ffmpeg -nostdin -v error -i rtp://192.0.2.9@232.1.1.2:5004 -f null -",
    "ffmpeg -nostdin -v error -i udp://232.1.1.2:5004?sources=192.0.2.9 -f null -",
    "gst-launch-1.0 -q udpsrc uri=udp://192.0.2.9@232.1.1.2:5004 ! fakesink",
    "gst-launch-1.0 -q rtpsrc uri=rtp://192.0.2.9@232.1.1.2:5004 ! fakesink",
)
GROUP = socket.inet_aton("232.1.1.2")


def joined():
    return f"{struct.unpack('=I', GROUP)[0]:08X}" in open("/proc/net/igmp").read()


for command in PLAYERS:
    player = subprocess.Popen(command.split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.time() + 40
    while time.time() < until and not joined():
        time.sleep(0.2)
    time.sleep(1)
    assert player.poll() is None and joined()
    filters = [line.split()[2:5] for line in open("/proc/net/mcfilter").read().splitlines()[1:]]
    sources = [socket.inet_ntoa(struct.pack(">I", int(source, 16))) for _, source, included in filters if int(included)]
    print(f"232.1.1.2 from {' '.join(sources) or 'anybody'}")
    player.kill()
    player.wait()
    while joined():
        time.sleep(0.2)
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/join.py)
still "FFmpeg udp://192.0.2.9@232.1.1.2:5004" "232.1.1.2 from anybody" "${seen[0]}"
still "FFmpeg rtp://192.0.2.9@232.1.1.2:5004" "232.1.1.2 from anybody" "${seen[1]}"
still "FFmpeg udp://232.1.1.2:5004?sources=192.0.2.9" "232.1.1.2 from 192.0.2.9" "${seen[2]}"
still "GStreamer udpsrc uri=udp://192.0.2.9@232.1.1.2:5004" "232.1.1.2 from anybody" "${seen[3]}"
still "GStreamer rtpsrc uri=rtp://192.0.2.9@232.1.1.2:5004" "232.1.1.2 from anybody" "${seen[4]}"
