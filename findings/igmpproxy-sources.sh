#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: behind igmpproxy, which brings multicast into many a house and hall, who asks for one source of a group
# (IGMPv3, RFC 4607) goes on doing so; at least for groups of 232/8, which are for nothing else.
# What happens: it asks for members in IGMPv2 only. From its first question the computers of the hall speak IGMPv2 too, which
# has no sources: the one that asked for one sender of 232.1.1.1 asks for the group, whoever sends. A rival's packets
# cross the hall's network and end in the kernel of each viewer, at the viewer's cost; and a router that gives
# 232/8 only to who names a source forwards nothing. /proc/net/igmp shows it as V2 in the line of the interface.
# Version: igmpproxy 0.3-1 (Debian 12), python3 3.11.2-1+b1; Linux 6.18.44, the machine's own.
# Seen on 2026-11-29:
#   before: 232.1.1.1 is reported to 224.0.0.22 in IGMPv3, with the source: 203.0.113.5
#   igmpproxy asks: IGMPv2 query
#   after: 232.1.1.1 is reported to 232.1.1.1 in IGMPv2, without a source
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm igmpproxy=0.3-1 iproute2=6.1.0-3 python3=3.11.2-1+b1
echo "kernel: $(uname -r)"
printf 'phyint lan upstream ratelimit 0 threshold 1\nphyint hall downstream ratelimit 0 threshold 1\n' >"$root/etc/igmpproxy.conf"
# a cable from the router (hall) to a computer (desk), both here, so that each takes what comes from the other
cat >"$root/tmp/hall" <<'SH'
ip link add hall type veth peer name desk
ip link set hall up && ip link set desk up
ip addr add 198.51.100.1/24 dev hall && ip addr add 198.51.100.2/24 dev desk
for i in all desk; do
  echo 1 >/proc/sys/net/ipv4/conf/$i/accept_local
  echo 0 >/proc/sys/net/ipv4/conf/$i/rp_filter
done
exec python3 /tmp/hall.py
SH
cat >"$root/tmp/hall.py" <<'PYTHON'
import socket, subprocess, time

ADD_SOURCE, IGMP_ALL = 39, 0x0003
group, desk, source = (socket.inet_aton(i) for i in ("232.1.1.1", "198.51.100.2", "203.0.113.5"))
listen = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(IGMP_ALL))
listen.bind(("hall", IGMP_ALL))
listen.settimeout(0.2)


def hear(seconds, kind, about):
    """The first IGMP message of that type in which the bytes stand, as (destination, message); None: there is none."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            frame = listen.recv(2000)
        except TimeoutError:
            continue
        packet = frame[14:]
        if frame[12:14] == b"\x08\x00" and packet[9] == 2:
            message = packet[4 * (packet[0] & 15):int.from_bytes(packet[2:4], "big")]
            if message[0] == kind and about in message:
                return socket.inet_ntoa(packet[16:20]), message
    return None


viewer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
viewer.setsockopt(socket.IPPROTO_IP, ADD_SOURCE, group + desk + source)
to, report = hear(5, 0x22, group)
print(f"before: 232.1.1.1 is reported to {to} in IGMPv3, with the source: {socket.inet_ntoa(report[16:20])}")
proxy = subprocess.Popen(["igmpproxy", "-n", "/etc/igmpproxy.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, query = hear(20, 0x11, bytes(4))
print("igmpproxy asks:", "IGMPv2 query" if len(query) == 8 and query[1] > 0 else f"{len(query)} octets")
to, report = hear(20, 0x16, group)
print(f"after: 232.1.1.1 is reported to {to} in IGMPv2, without a source")
proxy.kill()
PYTHON
mapfile -t seen < <(inside bash /tmp/hall)
still before "before: 232.1.1.1 is reported to 224.0.0.22 in IGMPv3, with the source: 203.0.113.5" "${seen[0]}"
still asked "igmpproxy asks: IGMPv2 query" "${seen[1]}"
still after "after: 232.1.1.1 is reported to 232.1.1.1 in IGMPv2, without a source" "${seen[2]}"
