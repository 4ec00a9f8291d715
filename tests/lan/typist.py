#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Types a text into a group as RFC 4103 says, each packet with the two before it, and loses some.

    typist.py GROUP PORT plain|red LOST TEXT

LOST packets in a row are not sent, after every sixth. The text is typed over and over, each time on a
line of its own."""
import socket
import struct
import sys
import time

GENERATIONS = 2
T140, RED = 98, 100
INTERVAL_MS = 50  # RFC 4103 recommends 300; a test has less time


def payload(blocks, times, now, red):
    if not red:
        return blocks[-1]
    heads = b"".join(
        struct.pack("!BBH", 0x80 | T140, (now - t) >> 6, ((now - t) & 0x3F) << 10 | len(b))
        for b, t in zip(blocks[:-1], times[:-1])
    )
    return heads + bytes([T140]) + b"".join(blocks)


def main():
    group, port, kind, lost, text = sys.argv[1:]
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    blocks, times = [b""] * (GENERATIONS + 1), [0] * (GENERATIONS + 1)
    words = text.split(" ")
    for number in range(10**6):
        now = number * INTERVAL_MS
        word = words[number % len(words)]
        ends = "\u2028" if number % len(words) == len(words) - 1 else " "
        blocks = blocks[1:] + [(word + ends).encode()]
        times = times[1:] + [now]
        if number % (6 + int(lost)) < 6:
            head = struct.pack("!BBHII", 0x80, RED if kind == "red" else T140, number & 0xFFFF, now, 7)
            out.sendto(head + payload(blocks, times, now, kind == "red"), (group, int(port)))
        time.sleep(INTERVAL_MS / 1000)


main()
