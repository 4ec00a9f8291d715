#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: SO_REUSEPORT shares the datagrams of one port out among the sockets that have it (socket(7): "better distribution of
# incoming datagrams"), so a receiver of a fast multicast stream takes four sockets and four threads, each with a quarter.
# What happens: of multicast each socket gets every datagram. Four threads do the work four times, each counts the whole stream, and
# the kernel makes four copies where it made one; what is written per socket is there four times. Only unicast is shared
# out, by address and port of the sender, so one sender's stream stays on one socket there too.
# Version: Linux 6.18.44, the machine's own, so another kernel may say otherwise; python3 3.11.2-1+b1.
# Seen on 2026-11-29, 100 datagrams from 100 ports, four sockets:
#   to a group: 100 100 100 100
#   to an address: 100 in all
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm python3=3.11.2-1+b1
cat >"$root/tmp/share.py" <<'PYTHON'
import socket, struct, time

GROUP, HERE = "239.1.1.1", "192.0.2.1"


def listener(address):
    hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    hear.bind((address, 5004))
    if address == GROUP:
        hear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(HERE)))
    hear.setblocking(False)
    return hear


def count(hear):
    n = 0
    try:
        while hear.recv(100):
            n += 1
    except BlockingIOError:
        return n


for address in (GROUP, HERE):
    listeners = [listener(address) for _ in range(4)]
    for _ in range(100):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as send:
            send.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(HERE))
            send.sendto(b"lecture", (address, 5004))
    time.sleep(0.5)
    counts = [count(hear) for hear in listeners]
    print(*counts if address == GROUP else [f"{sum(counts)} in all"])
PYTHON
mapfile -t seen < <(inside python3 /tmp/share.py)
still "to a group" "100 100 100 100" "${seen[0]}"
still "to an address" "100 in all" "${seen[1]}"
