#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a channel that is let in by the rule that ufw's manual gives for such (ufw allow proto udp to GROUP port
# PORT) plays until somebody ends it.
# What happens: it plays for as long as the network remembers the join, some four minutes (RFC 3376, 8.4), and then
# stops, every time. The rule lets the packets in, but the questions of the querier (IGMP) are still dropped, so that this
# computer never says that it listens still. Nothing is logged. The rules that ufw brings along let the same
# questions in for IPv6 (MLD), and none for IPv4. "ufw allow proto igmp to 224.0.0.0/4" mends it.
# Version: ufw 0.36.2-1, iptables 1.8.9-2 (Debian 12), python3 3.11.2-1+b1.
# Seen on 2026-11-29:
#   no firewall: packet arrives, querier is answered
#   ufw, with the rule for the group: packet arrives, querier is not answered
#   ufw, and IGMP allowed: packet arrives, querier is answered
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ufw=0.36.2-1 iptables=1.8.9-2 iproute2=6.1.0-3 python3=3.11.2-1+b1 procps
# what the package does when it is installed
mkdir -p "$root/etc/ufw"
cp -L "$root"/usr/share/ufw/{ufw.conf,{after,before}.init,{after,before,user}{,6}.rules} "$root/etc/ufw"
for i in iptables ip6tables; do
  for k in "" -save -restore; do ln -sf "xtables-nft-multi" "$root/usr/sbin/$i$k"; done
done
cat >"$root/tmp/hall.py" <<'PYTHON'
import socket, struct, subprocess, time

GROUP, PORT, ALL = "239.1.1.1", 5004, 0x0003


def sum16(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return struct.pack(">H", total ^ 0xFFFF)


def frame(to, protocol, options, payload):
    """What the router, 192.0.2.254, sends."""
    head = struct.pack(">BBHHHBBH", 0x45 + len(options) // 4, 0, 20 + len(options) + len(payload), 1, 0, 1, protocol, 0)
    head += socket.inet_aton("192.0.2.254") + socket.inet_aton(to) + options
    head = head[:10] + sum16(head) + head[12:]
    mac = b"\x01\x00\x5e" + bytes([socket.inet_aton(to)[1] & 127]) + socket.inet_aton(to)[2:]
    return mac + bytes.fromhex("0200000000fe0800") + head + payload


query = struct.pack(">BBH4sBBH", 0x11, 10, 0, socket.inet_aton(GROUP), 2, 125, 0)
query = query[:2] + sum16(query) + query[4:]
media = struct.pack(">HHHH", PORT, PORT, 8 + 12, 0) + b"twelve bytes"
viewer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
viewer.bind((GROUP, PORT))
viewer.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(GROUP) + socket.inet_aton("192.0.2.1"))
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
wire.bind(("end", ALL))
wire.settimeout(0.2)


def is_answer(packet):
    return packet[12:14] == b"\x08\x00" and packet[23] == 2 and socket.inet_aton(GROUP) in packet and packet[26:30] == socket.inet_aton("192.0.2.1")


def look(what):
    end = time.monotonic() + 3  # reports of the join are sent within one second
    while time.monotonic() < end:
        try:
            wire.recv(2000)
        except TimeoutError:
            pass
    wire.send(frame(GROUP, 17, b"", media))
    wire.send(frame(GROUP, 2, b"\x94\x04\x00\x00", query))
    viewer.settimeout(1)
    try:
        arrives = viewer.recv(2000) == b"twelve bytes"
    except TimeoutError:
        arrives = False
    end = time.monotonic() + 4  # the answer comes within the second that the question allows
    answered = False
    while time.monotonic() < end and not answered:
        try:
            answered = is_answer(wire.recv(2000))
        except TimeoutError:
            pass
    print(f"{what}: packet {'arrives' if arrives else 'does not arrive'}, querier is {'answered' if answered else 'not answered'}", flush=True)


def ufw(*words):
    done = subprocess.run(["/usr/sbin/ufw", *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"ufw {' '.join(words)}: {done.stdout} {done.stderr}")


look("no firewall")
ufw("--force", "enable")
ufw("allow", "proto", "udp", "to", GROUP, "port", str(PORT))
look("ufw, with the rule for the group")
ufw("allow", "proto", "igmp", "to", "224.0.0.0/4")
look("ufw, and IGMP allowed")
PYTHON
mapfile -t seen < <(inside python3 /tmp/hall.py)
still "1" "no firewall: packet arrives, querier is answered" "${seen[0]}"
still "2" "ufw, with the rule for the group: packet arrives, querier is not answered" "${seen[1]}"
still "3" "ufw, and IGMP allowed: packet arrives, querier is answered" "${seen[2]}"
