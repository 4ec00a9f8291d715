# SPDX-License-Identifier: LGPL-2.1-or-later
"""Stations that are no good example, each until it is ended.

doctor-station.py reports GROUP PORT   sends only sender reports, one every half second
doctor-station.py damaged GROUP PORT   sends RTP with wrong UDP checksums
doctor-station.py bursts GROUP PORT    sends RTP as if over a way that loses ten packets at a time
doctor-station.py narrow GROUP PORT    sends RTP as if over a way that lets 2.5 Mbit/s through
"""
import itertools
import random
import socket
import struct
import sys
import time

kind, group, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)


def reports():
    for n in itertools.count():
        ntp = int((time.time() + 2208988800) * 2**32)
        sock.sendto(struct.pack("!BBHIQIII", 0x80, 200, 6, 7, ntp, 45000 * n, 0, 0), (group, port))
        time.sleep(0.5)


def damaged():
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
    raw.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    for number in itertools.count():
        rtp = struct.pack("!BBHII", 0x80, 96, number & 0xFFFF, number * 900 & 0xFFFFFFFF, 7) + bytes(1000)
        raw.sendto(struct.pack("!HHHH", 5000, port, 8 + len(rtp), 1) + rtp, (group, 0))
        time.sleep(0.01)


def varied(passes):
    """340 to 480 packets of 1000 bytes in a second, as a picture that moves."""
    chance, due, number = random.Random(1), time.monotonic(), 0
    while True:
        rate = chance.randrange(340, 480)
        for n in range(rate):
            head = struct.pack("!BBHII", 0x80, 96, number & 0xFFFF, number * 225 & 0xFFFFFFFF, 7)
            if passes(number, n / rate):
                sock.sendto(head + bytes([0x41]) * 1000, (group, port))
            number += 1
            due += 1 / rate
            time.sleep(max(due - time.monotonic(), 0))


def narrow():
    """A bucket that is filled 312 times a second, with room for three."""
    state = dict(level=0.0, then=0.0)

    def passes(_, part):
        state["level"] = min(state["level"] + (part - state["then"]) % 1.0 * 312, 3.0)
        state["then"] = part
        if state["level"] < 1:
            return False
        state["level"] -= 1
        return True

    varied(passes)


{"reports": reports, "damaged": damaged, "bursts": lambda: varied(lambda number, _: number % 160 >= 10), "narrow": narrow}[kind]()
