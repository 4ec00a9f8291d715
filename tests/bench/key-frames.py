#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Listens to a group beside a player, and says when the player has joined and when each key frame was complete.

  key-frames.py h264|jpeg|ts|rtp-ts GROUP PORT

Prints `key US` for each and `joined US` when somebody else joins, monotonic time."""
import select
import socket
import struct
import sys
import time

kind, group, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
GROUP_IN_TABLE = "%08X" % struct.unpack("<I", socket.inet_aton(group))
state = {"pid": None, "is_key": False, "last": 0, "key": False}


def users():
    for line in open("/proc/net/igmp"):
        words = line.split()
        if words and words[0] == GROUP_IN_TABLE:
            return int(words[1])
    return 0


def tell(what, at):
    print(what, at, flush=True)


def h264(packet, now):
    kind = packet[12] & 0x1F
    if kind == 28:
        kind = packet[13] & 0x1F
    if kind == 5 and packet[1] & 0x80:
        tell("key", now)


def jpeg(packet, now):
    if packet[1] & 0x80:
        tell("key", now)


def ts(packets, now):
    """A key frame is one whose first packet may be begun with (random access); it is complete when the next one begins."""
    for at in range(0, len(packets) - 187, 188):
        packet = packets[at:at + 188]
        pid, begins = (packet[1] & 0x1F) << 8 | packet[2], packet[1] & 0x40
        payload = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
        if begins and packet[payload:payload + 4] == b"\0\0\1\xe0":
            state["pid"] = pid
            if state["is_key"]:
                tell("key", state["last"])
            state["is_key"] = bool(packet[3] & 0x20 and packet[4] and packet[5] & 0x40)
        if pid == state["pid"]:
            state["last"] = now


sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind((group, port))
sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + struct.pack("I", 0))
before = users()
while True:
    if select.select([sock], [], [], 0.002)[0]:
        packet, now = sock.recv(65536), time.monotonic_ns() // 1000
        if len(packet) < 14:  # a player that tries its firewall
            continue
        {"h264": h264, "jpeg": jpeg, "ts": ts, "rtp-ts": lambda p, n: ts(p[12:], n)}[kind](packet, now)
    is_joined = users() > before
    if is_joined and not state["key"]:
        tell("joined", time.monotonic_ns() // 1000)
    state["key"] = is_joined
