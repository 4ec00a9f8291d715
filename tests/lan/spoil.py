#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""spoil.py PORT GROUP=DAMAGE...

Takes what a sender on this host sends to the loopback ports PORT to PORT + 3 (a medium, its RTCP, a
second medium, its RTCP) and sends it on to the same ports of each GROUP; when it does, there is a file
PORT.ready. For 3 s after SIGUSR1 it spoils the first medium on its way; what is before and after is
whole. DAMAGE is one of

  none
  random/SHARE      that share of the RTP packets: half of them have random bytes for a payload, in
                    half of them some bytes are random
  nal/BYTES         every 1.2 s the payload of one packet begins with BYTES
  once/BYTES        one packet more, whose payload is BYTES
  ts/SHARE          that share of the packets of a transport stream has random bytes, some of them in
                    their header
  table/PID/BYTES   a table more, every 0.1 s
"""
import pathlib
import random
import selectors
import signal
import socket
import sys
import time

SPOILT = 3.0  # [s]
RTP, TS = 12, 188


class Damage:
    """What happens to the first medium on its way to one group. What is random is seeded by the group."""

    def __init__(self, group, name, *options):
        self.chance, self.options = random.Random(group), options
        self.way, self.due, self.more = getattr(self, "do_" + name), 0.0, 0
        self.tables = 0

    def spoil(self, packet, now):
        """The packets that go on in place of `packet`. now: [s] since it was told to begin"""
        if 0 <= now < SPOILT:
            return self.way(packet, now)
        return [self.number(packet)]

    def number(self, packet):
        """Room was made for what has been put in."""
        if self.more:
            packet[2:4] = (int.from_bytes(packet[2:4], "big") + self.more & 0xFFFF).to_bytes(2, "big")
        return packet

    def is_due(self, now, every):
        if now < self.due:
            return False
        self.due = now + every
        return True

    def scatter(self, packet, begin, end):
        if self.chance.random() < 0.5:
            packet[begin:end] = self.chance.randbytes(end - begin)
            return
        for _ in range(1 + (end - begin) // 50):
            packet[self.chance.randrange(begin, end)] = self.chance.randrange(256)

    def do_none(self, packet, now):
        return [packet]

    def do_random(self, packet, now):
        if self.chance.random() < float(self.options[0]) and len(packet) > RTP:
            self.scatter(packet, RTP, len(packet))
        return [packet]

    def do_nal(self, packet, now):
        data = bytes.fromhex(self.options[0])
        if len(packet) > 100 and self.is_due(now, 1.2):
            packet[RTP : RTP + len(data)] = data
        return [packet]

    def do_once(self, packet, now):
        if not self.is_due(now, SPOILT):
            return [self.number(packet)]
        extra = self.number(packet[:RTP] + bytes.fromhex(self.options[0]))
        extra[1] &= 0x7F  # it ends no picture
        self.more += 1
        return [extra, self.number(packet)]

    def do_ts(self, packet, now):
        for at in range(0, len(packet), TS):
            if self.chance.random() < float(self.options[0]):
                self.scatter(packet, at + self.chance.choice([1, 4]), at + TS)
        return [packet]

    def do_table(self, packet, now):
        if not self.is_due(now, 0.1):
            return [packet]
        pid, self.tables = int(self.options[0]), self.tables + 1
        head = bytes([0x47, 0x40 | pid >> 8, pid & 255, 0x10 | self.tables & 15, 0])
        return [(head + bytes.fromhex(self.options[1])).ljust(TS, b"\xff"), packet]


def main():
    port, groups = int(sys.argv[1]), []
    for argument in sys.argv[2:]:
        group, damage = argument.split("=", 1)
        groups.append((group, Damage(group, *damage.split("/"))))
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    selector, begun = selectors.DefaultSelector(), []
    signal.signal(signal.SIGUSR1, lambda *_: begun.append(time.monotonic()))
    for number in range(4):
        ingress = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        ingress.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        ingress.bind(("127.0.0.1", port + number))
        selector.register(ingress, selectors.EVENT_READ, number)
    pathlib.Path(f"{port}.ready").write_text("ready")
    while True:
        for key, _ in selector.select():
            packet = key.fileobj.recv(65536)
            now = time.monotonic() - begun[0] if begun else -1
            for group, damage in groups:
                whole = [bytearray(packet)]
                for piece in whole if key.data else damage.spoil(whole[0], now):
                    out.sendto(piece, (group, port + key.data))


if __name__ == "__main__":
    main()
