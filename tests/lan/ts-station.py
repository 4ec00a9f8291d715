#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""ts-station.py FILE.ts STORY GROUP PORT [--rtp] [--lose SHARE] [--twice] [--swap N]

Sends a transport stream in real time, by its own PCR, in datagrams of seven packets; on the way its
tables and PIDs are made anew as STORY says, before and after the third second. Of N datagrams, two
change places from SIGUSR1 on. FILE is what FFmpeg's mpegts muxer writes by default: one program, its
PMT on PID 4096, picture on 256, sound on 257."""
import argparse
import random
import signal
import socket
import struct
import time

SIZE, PMT, PICTURE, SOUND = 188, 4096, 256, 257
H264, MPEG2, AAC, MP2, UNKNOWN = 0x1B, 0x02, 0x0F, 0x03, 0xD7
IRDETO = bytes([9, 4, 6, 4, 0xE1, 0])
TURN = 3.0  # [s] before things change


def checksum(data):
    value = 0xFFFFFFFF
    for byte in data:
        for bit in range(7, -1, -1):
            high = (value >> 31) ^ (byte >> bit & 1)
            value = value << 1 & 0xFFFFFFFF
            if high:
                value ^= 0x04C11DB7
    return value


class Program:
    """One program: its number, where its PMT lies, and (stream type, PID in FILE, PID sent)."""

    def __init__(self, number, pmt, streams, scrambled=False, mute=False, version=0):
        self.number, self.pmt, self.streams = number, pmt, streams
        self.scrambled, self.mute, self.version = scrambled, mute, version

    def section(self):
        clock = self.streams[0][2]
        descriptors = IRDETO if self.scrambled else b""
        body = struct.pack(">HH", 0xE000 | clock, 0xF000 | len(descriptors)) + descriptors
        for kind, _, pid in self.streams:
            body += struct.pack(">BHH", kind, 0xE000 | pid, 0xF000)
        return finish(2, self.number, body, self.version)


def finish(table, extension, body, version):
    length = len(body) + 9
    head = struct.pack(">BHHBBB", table, 0xB000 | length, extension, 0xC1 | (version & 31) << 1, 0, 0)
    return head + body + struct.pack(">I", checksum(head + body))


BOTH = [(H264, PICTURE, PICTURE), (AAC, SOUND, SOUND)]
OTHER = [(MPEG2, PICTURE, PICTURE), (MP2, SOUND, SOUND)]
MOVED = [(H264, PICTURE, 456), (AAC, SOUND, 457)]


def tell(story, late):
    """The programs and the version of the PAT; both before (late=0) and after (late=1)."""
    one = {
        "plain": [Program(1, PMT, BOTH)],
        "programme-number": [Program(7 if late else 1, PMT, BOTH)],
        "everything-moves": [Program(2, 500, MOVED) if late else Program(1, PMT, BOTH)],
        "video-pid": [Program(1, PMT, [(H264, PICTURE, 301 if late else PICTURE), BOTH[1]], version=late)],
        "sound-joins": [Program(1, PMT, BOTH if late else BOTH[:1], version=late)],
        "sound-leaves": [Program(1, PMT, BOTH[:1] if late else BOTH)],
        "other-codecs": [Program(1, PMT, OTHER if late else BOTH, version=late)],
        "picture-joins": [Program(1, PMT, BOTH if late else BOTH[1:], version=late)],
        "unknown-video": [Program(1, PMT, [(UNKNOWN, PICTURE, PICTURE), BOTH[1]])],
        "scrambled": [Program(1, PMT, BOTH, scrambled=True)],
        "scrambled-first": [Program(1, 200, MOVED, scrambled=True), Program(2, PMT, BOTH)],
        "dead-first": [Program(1, 200, MOVED, mute=True), Program(2, PMT, BOTH)],
        "two-programmes": [Program(1101, 200, BOTH), Program(1102, PMT, [(AAC, SOUND, 357)])],
        "one-pid": [Program(1101, 200, BOTH), Program(1102, 200, [(AAC, SOUND, 357)])],
    }
    return one[story], late


class Mux:
    def __init__(self, story):
        self.story, self.counters = story, {}

    def put(self, pid, section):
        data, out, first = b"\0" + section, b"", 0x40
        while data:
            count = self.counters.get(pid, -1) + 1 & 15
            self.counters[pid] = count
            out += bytes([0x47, first | pid >> 8, pid & 255, 0x10 | count]) + data[:184].ljust(184, b"\xff")
            data, first = data[184:], 0
        return out

    def tables(self, late):
        programs, version = tell(self.story, late)
        body = b"".join(struct.pack(">HH", p.number, 0xE000 | p.pmt) for p in programs)
        return self.put(0, finish(0, 1, body, version)) + b"".join(self.put(p.pmt, p.section()) for p in programs)

    def packet(self, packet, late):
        pid = (packet[1] & 31) << 8 | packet[2]
        if pid == 0:
            return self.tables(late)
        if pid in (PMT, 17):
            return b""
        out = b""
        for program in tell(self.story, late)[0]:
            for _, source, target in program.streams:
                if source == pid and not program.mute and target not in out_pids(out):
                    scrambling = 0x80 if program.scrambled else 0
                    out += bytes([0x47, packet[1] & 0xE0 | target >> 8, target & 255, packet[3] | scrambling]) + packet[4:]
        return out or bytes([0x47, 0x1F, 0xFF, 0x10]) + b"\xff" * 184


def out_pids(out):
    return [(out[i + 1] & 31) << 8 | out[i + 2] for i in range(0, len(out), SIZE)]


def clock_of(packet):
    """[s] of its PCR, None without one."""
    if packet[3] & 0x20 and packet[4] >= 7 and packet[5] & 0x10:
        return (int.from_bytes(packet[6:10], "big") << 1 | packet[10] >> 7) / 90000
    return None


def datagrams(options):
    """(second when it is due, bytes)"""
    data = open(options.file, "rb").read()
    mux, pending, first, now = Mux(options.story), b"", None, 0.0
    for at in range(0, len(data) - SIZE + 1, SIZE):
        packet = data[at : at + SIZE]
        clock = clock_of(packet)
        if clock is not None:
            first = clock if first is None else first
            now = clock - first
        pending += mux.packet(packet, int(now >= TURN))
        while len(pending) >= 7 * SIZE:
            yield now, pending[: 7 * SIZE]
            pending = pending[7 * SIZE :]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("story")
    parser.add_argument("group")
    parser.add_argument("port", type=int)
    parser.add_argument("--rtp", action="store_true")
    parser.add_argument("--lose", type=float, default=0)
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--swap", type=int, default=0)
    options = parser.parse_args()
    chance, out = random.Random(7), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    start, held, told = time.monotonic(), None, []
    signal.signal(signal.SIGUSR1, lambda *_: told.append(True))
    for number, (due, piece) in enumerate(datagrams(options)):
        time.sleep(max(0, start + due - time.monotonic()))
        if options.rtp:
            piece = struct.pack(">BBHII", 0x80, 33, number & 0xFFFF, int(due * 90000) & 0xFFFFFFFF, 7) + piece
        if chance.random() < options.lose:
            continue
        if told and number % options.swap == options.swap - 1:
            held = piece
            continue
        for _ in range(2 if options.twice else 1):
            out.sendto(piece, (options.group, options.port))
        if held:
            out.sendto(held, (options.group, options.port))
            held = None


if __name__ == "__main__":
    main()
