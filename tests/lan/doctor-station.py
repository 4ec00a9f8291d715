# SPDX-License-Identifier: LGPL-2.1-or-later
"""Stations that are no good example, each until it is ended.

doctor-station.py reports GROUP PORT   sends only sender reports, one every half second
doctor-station.py damaged GROUP PORT   sends RTP with wrong UDP checksums
doctor-station.py bursts GROUP PORT    sends RTP as if over a way that loses ten packets at a time
doctor-station.py narrow GROUP PORT    sends RTP as if over a way that lets 2.5 Mbit/s through
doctor-station.py flood GROUP PORT     sends 4000 packets of 1200 bytes a second
doctor-station.py HOW GROUP PORT       sends two streams, at PORT and two above, and of the second one
                                       nothing any more after SIGUSR1; which its reports say
                                       (rests), or not (muffled), or it sends none (mute)
"""
import itertools
import random
import signal
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


def half():
    """Fifty packets a second of each, and two reports."""
    packets, due, told = [0, 0], time.monotonic(), []
    signal.signal(signal.SIGUSR1, lambda *_: told.append(True))
    for n in itertools.count():
        goes_on = not told
        for i in (0, 1):
            head = struct.pack("!BBHII", 0x80, 96 + i, n & 0xFFFF, n * (1800, 960)[i] & 0xFFFFFFFF, 7 + i)
            if i == 0 or goes_on:
                sock.sendto(head + bytes([0x41]) * 200, (group, port + 2 * i))
            packets[i] += i == 0 or goes_on or kind == "muffled"
            if n % 25 == 12 and (i == 0 or goes_on or kind != "mute"):
                ntp = int((time.time() + 2208988800) * 2**32)
                report = struct.pack("!BBHIQIII", 0x80, 200, 6, 7 + i, ntp, n * (1800, 960)[i] & 0xFFFFFFFF, packets[i], 0)
                sock.sendto(report, (group, port + 2 * i + 1))
        due += 0.02
        time.sleep(max(due - time.monotonic(), 0))


def flood():
    due = time.monotonic()
    for burst in itertools.count():
        for number in range(40 * burst, 40 * burst + 40):
            head = struct.pack("!BBHII", 0x80, 96, number & 0xFFFF, burst * 900 & 0xFFFFFFFF, 7)
            sock.sendto(head + bytes([0x41]) * 1188, (group, port))
        due += 0.01
        time.sleep(max(due - time.monotonic(), 0))


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


bursts = lambda: varied(lambda number, _: number % 160 >= 10)
kinds = dict(reports=reports, flood=flood, damaged=damaged, bursts=bursts, narrow=narrow, rests=half, muffled=half, mute=half)
kinds[kind]()
