#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: who only sends to a group is no member of it (RFC 1112, 4: a sender need not be one); the network brings a
# group to those who listen.
# What happens: udpsink, and what is made of it (rtpsink, ristsink), joins the group that it sends to (auto-multicast, on by
# default), and its computer reports that by IGMP. For switches and routers it is a viewer: what any other computer sends to
# the group is brought to it, a second camera's or a rival's stream included, and a count of members by IGMP is one too
# many for each sender. rtpsink and ristsink have no property to leave that out. FFmpeg and multicat do not join.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -bad 1.22.0-4+deb12u8, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, IGMP reports for 239.1.1.1 on the cable while it is sent to, and the property auto-multicast:
#   udpsink: some, has it
#   udpsink auto-multicast=false: 0, has it
#   rtpsink: some, has it not
#   ristsink: some, has it not
#   FFmpeg: 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-libav=1.22.0-2 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/reports.py" <<'PYTHON'
import socket, subprocess, time

VOICE = "gst-launch-1.0 -q audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay !"
SENDERS = (
    f"{VOICE} udpsink host=239.1.1.1 port=5004",
    f"{VOICE} udpsink host=239.1.1.1 port=5004 auto-multicast=false",
    f"{VOICE} rtpsink uri=rtp://239.1.1.1:5004",
    f"{VOICE} ristsink address=239.1.1.1 port=5004",
    "ffmpeg -nostdin -v error -re -f lavfi -i sine=r=8000 -c:a pcm_mulaw -f rtp rtp://239.1.1.1:5004",
)
GROUP = socket.inet_aton("239.1.1.1")
cable = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
cable.bind(("lan", 3))
cable.settimeout(0.2)
for command in SENDERS:
    sender = subprocess.Popen(command.split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    reports, media, until = 0, 0, time.time() + 40
    while time.time() < until and media < 100:
        try:
            packet, (_, kind, *_) = cable.recvfrom(2000)
        except TimeoutError:
            continue
        if kind != 0x0800:
            continue
        body = packet[(packet[0] & 15) * 4 :]
        # a report of IGMPv3 that names the group as one to be received
        reports += packet[9] == 2 and body[0] == 0x22 and body[12:16] == GROUP and body[8] in (2, 4)
        media += packet[9] == 17 and packet[16:20] == GROUP
    assert media == 100
    sender.terminate()
    sender.wait()
    time.sleep(1)
    cable.setblocking(False)
    try:
        while True:
            cable.recv(2000)
    except BlockingIOError:
        cable.settimeout(0.2)
    print("some" if reports else 0)
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/reports.py)
still udpsink some "${seen[0]}"
still "udpsink auto-multicast=false" 0 "${seen[1]}"
still rtpsink some "${seen[2]}"
still ristsink some "${seen[3]}"
still FFmpeg 0 "${seen[4]}"
for sink in udpsink:has rtpsink:"has not" ristsink:"has not"; do
  inside gst-inspect-1.0 "${sink%%:*}" >"$root/tmp/properties" 2>&1
  still "auto-multicast of ${sink%%:*}" "${sink#*:}" "$(grep -q '^ *auto-multicast ' "$root/tmp/properties" && echo has || echo has not)"
done
