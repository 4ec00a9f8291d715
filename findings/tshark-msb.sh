#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: tshark knows no dissector for Windows Media multicast ([MS-MSB]) and shows plain UDP, all packets of a
# station alike.
# What happens: where the lowest byte of the packet id is below 64 it is shown as TAPA, tunnels of wireless access points: 64
# packets in 256, again and again, on any port. Who filters by protocol, or counts them, finds an
# access point in the lecture room, and holes in the lecture.
# Version: tshark 4.0.17-0+deb12u3 (Debian 12).
# Seen on 2026-11-28, 512 packets of one station, ids 0 to 511:
#   protocols: 1 Pathport, 128 TAPA, 383 UDP
#   the first: Tunnel - V=0, T=Type 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm tshark=4.0.17-0+deb12u3 python3=3.11.2-1+b1
cat >"$root/tmp/station.py" <<'PYTHON'
import socket, struct

# one data packet of ASF with one payload: a whole object of 1000 bytes, then padding
payload = bytes([0x81, 0]) + struct.pack("<IBII", 0, 8, 1000, 3100) + bytes(1000)
head = bytes([0x82, 0, 0, 0x10, 0x5D])
padding = 1444 - len(head) - 2 - 6 - len(payload)
asf = head + struct.pack("<HIH", padding, 0, 40) + payload + bytes(padding)
capture = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
for number in range(512):
    station = struct.pack("<IHH", number, 0x24A, 8 + len(asf)) + asf
    udp = struct.pack(">HHHH", 5000, 9000, 8 + len(station), 0) + station
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), number, 0, 1, 17, 0, socket.inet_aton("192.0.2.1"), socket.inet_aton("239.1.2.3"))
    frame = bytes.fromhex("01005e010203 020000000001 0800") + ip + udp
    capture += struct.pack("<IIII", number // 25, number % 25 * 40000, len(frame), len(frame)) + frame
open("/tmp/station.pcap", "wb").write(capture)
PYTHON
inside python3 /tmp/station.py
seen=$(inside tshark -r /tmp/station.pcap -T fields -e _ws.col.Protocol 2>/dev/null | sort | uniq -c | sed 's/^ *//')
still protocols "1 Pathport, 128 TAPA, 383 UDP" "${seen//$'\n'/, }"
still "the first" "Tunnel - V=0, T=Type 0" "$(inside tshark -r /tmp/station.pcap -c 1 -T fields -e _ws.col.Info 2>/dev/null)"
