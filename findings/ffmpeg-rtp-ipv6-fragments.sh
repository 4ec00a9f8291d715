#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: FFmpeg's RTP packets fit into an Ethernet frame, as over IPv4, where its 1472 bytes are
# what is left of 1500.
# What happens: over IPv6, whose header is 20 bytes longer, it sends the same 1472: each full packet
# becomes two fragments. One lost fragment loses both, and switches and firewalls that drop fragments of
# multicast drop the picture and let the sound through. pkt_size=1452 in the address cures it.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-28, one second to a group on a link of 1500 bytes:
#   IPv4: largest payload 1472, packets sent in fragments: 0
#   IPv6: largest payload 1472, packets sent in fragments: some
#   IPv6 with pkt_size=1452: largest payload 1452, packets sent in fragments: 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import socket, struct, subprocess, sys

group, url = sys.argv[1:]
lan = socket.if_nametoindex("lan")
if ":" in group:
    hear = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    hear.bind((group, 5004))
    hear.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, group) + struct.pack("I", lan))
else:
    hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear.bind((group, 5004))
    hear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("4s4si", socket.inet_aton(group), bytes(4), lan))
film = "-f lavfi -i testsrc=s=320x240:r=25 -t 1 -c:v mpeg2video -q:v 2 -f rtp".split()
subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *film, url], check=True, stdout=subprocess.DEVNULL)
hear.settimeout(0)
largest = 0
try:
    while True:
        largest = max(largest, len(hear.recv(65536)))
except BlockingIOError:
    pass
if ":" in group:
    counters = dict(line.split() for line in open("/proc/net/snmp6"))
    fragmented = counters["Ip6FragOKs"]
else:
    names, values = [line.split() for line in open("/proc/net/snmp") if line.startswith("Ip:")]
    fragmented = values[names.index("FragOKs")]
print(f"largest payload {largest}, packets sent in fragments: {'some' if int(fragmented) else 0}")
PYTHON
still IPv4 "largest payload 1472, packets sent in fragments: 0" "$(inside python3 /tmp/send.py 239.1.1.1 rtp://239.1.1.1:5004)"
still IPv6 "largest payload 1472, packets sent in fragments: some" "$(inside python3 /tmp/send.py ff15::1 'rtp://[ff15::1]:5004')"
still "IPv6 with pkt_size=1452" "largest payload 1452, packets sent in fragments: 0" \
  "$(inside python3 /tmp/send.py ff15::1 'rtp://[ff15::1]:5004?pkt_size=1452')"
