#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""caption-station.py PICTURES.h264|PICTURES.m2v SECONDS [--write FILE | GROUP PORT]

A transport stream with all captions that one may have: CEA-608 in the pictures (CC1 rolls up, CC3 pops
on), two DVB subtitles (English and German, for the hard of hearing) and two teletext pages (888 in
Czech, 889 in Swedish). PICTURES are of 25 a second, each begun by an access unit delimiter or a
picture header, as FFmpeg writes them. Every second there are other words. It is sent in real
time, or written."""
import argparse
import re
import socket
import struct
import time

RATE = 25
PMT, PICTURE, ENGLISH, GERMAN, TELETEXT = 0x100, 0x101, 0x102, 0x103, 0x104
LATENCY = 45000  # [1/90000 s] that time stamps are ahead of the clock


def checksum(data):
    value = 0xFFFFFFFF
    for byte in data:
        for bit in range(7, -1, -1):
            high = (value >> 31) ^ (byte >> bit & 1)
            value = value << 1 & 0xFFFFFFFF
            if high:
                value ^= 0x04C11DB7
    return value


# ---- CEA-608 ----


def parity(byte):
    return byte | (0 if bin(byte).count("1") % 2 else 0x80)


def twice(first, second):
    return [(first, second)] * 2


def letters(text):
    codes = [ord(letter) for letter in text] + [0] * (len(text) % 2)
    return list(zip(codes[::2], codes[1::2]))


def rolled_up(text):  # RU2, CR, row 15
    return twice(0x14, 0x25) + twice(0x14, 0x2D) + twice(0x14, 0x70) + letters(text)


def popped_on(text):  # RCL, ENM, row 15, EOC; of the second field
    return (
        twice(0x15, 0x20) + twice(0x15, 0x2E) + twice(0x15, 0x70) + letters(text) + twice(0x15, 0x2F)
    )


def cc_data(one, other):
    triples = b""
    for field, pair in ((0, one), (1, other)):
        pair = pair or (0, 0)
        triples += bytes([0xFC | field, parity(pair[0]), parity(pair[1])])
    return bytes([0xC2, 0xFF]) + triples + b"\xff"


def in_h264(picture, data):
    """Puts a supplemental message (ATSC A/72) before the first slice."""
    message = b"\xb5\x00\x31GA94\x03" + data
    sei = bytes([4, len(message)]) + message + b"\x80"
    sei = re.sub(rb"\x00\x00(?=[\x00-\x03])", lambda zeros: b"\x00\x00\x03", sei)
    slice_at = re.search(rb"\x00\x00\x01[\x01\x05\x21\x25\x41\x45\x61\x65]", picture).start()
    return picture[:slice_at] + b"\x00\x00\x01\x06" + sei + picture[slice_at:]


def in_mpeg2(picture, data):
    """Puts user data (ATSC A/53) before the first slice."""
    slice_at = picture.index(b"\x00\x00\x01\x01")
    return picture[:slice_at] + b"\x00\x00\x01\xb2GA94\x03" + data + picture[slice_at:]


# ---- DVB subtitles ----

FONT = {
    "E": "111 100 110 100 111", "N": "101 111 111 101 101", "G": "111 100 101 101 111",
    "R": "110 101 110 101 101", "0": "111 101 101 101 111", "1": "010 110 010 010 111",
    "2": "111 001 111 100 111", "3": "111 001 011 001 111", "4": "101 101 111 001 001",
    "5": "111 100 111 001 111", "6": "111 100 111 101 111", "7": "111 001 010 010 010",
    "8": "111 101 111 101 111", "9": "111 101 111 001 111", " ": "000 000 000 000 000",
}
SCALE, HEIGHT = 8, 48


def lines_of(text):
    """The picture of a text, white on a dark ground: its lines, as lists of codes."""
    rows = []
    for y in range(-1, 6):
        row = [2] * SCALE
        for letter in text:
            bits = FONT[letter].split()[y] if 0 <= y < 5 else "000"
            for bit in bits + "0":
                row += [1 if bit == "1" else 2] * SCALE
        rows += [row] * (SCALE if 0 <= y < 5 else SCALE // 2)
    return rows[:HEIGHT]


def runs_of_4(line):
    bits = ""
    while line:
        code, run = line[0], 0
        while run < len(line) and line[run] == code and run < 280:
            run += 1
        line = line[run:]
        if run >= 25:
            bits += "0000" + "1111" + f"{run - 25:08b}{code:04b}"
        elif run >= 9:
            bits += "0000" + "1110" + f"{run - 9:04b}{code:04b}"
        else:
            bits += f"{code:04b}" * run
    bits += "00000000"
    bits += "0" * (-len(bits) % 8)
    return b"\x11" + int(bits, 2).to_bytes(len(bits) // 8, "big") + b"\xf0"


def segment(kind, body):
    return struct.pack(">BBHH", 0x0F, kind, 1, len(body)) + body


def subtitle(text, version):
    """A display set: nothing where there is no text."""
    state = version << 4 | 2 << 2
    if not text:
        return b"\x20\x00" + segment(0x10, bytes([5, state])) + segment(0x80, b"") + b"\xff"
    lines = lines_of(text)
    width = len(lines[0])
    page = bytes([5, state]) + struct.pack(">BBHH", 0, 0, (720 - width) // 2, 500)
    region = struct.pack(
        ">BBHHBBBB", 0, version << 4 | 8, width, HEIGHT, 2 << 5 | 2 << 2, 0, 0, 2 << 4
    )
    region += struct.pack(">HHH", 0, 0, 0)
    clut = bytes([0, version << 4, 1, 0x5F, 235, 128, 128, 0, 2, 0x5F, 16, 128, 128, 60])
    fields = [b"".join(runs_of_4(line) for line in lines[field::2]) for field in (0, 1)]
    pixels = struct.pack(">HBHH", 0, version << 4, *map(len, fields)) + fields[0] + fields[1]
    return (
        b"\x20\x00" + segment(0x10, page) + segment(0x11, region) + segment(0x12, clut)
        + segment(0x13, pixels) + segment(0x80, b"") + b"\xff"
    )


# ---- teletext ----

HAMMING = bytes.fromhex("15 02 49 5e 64 73 38 2f d0 c7 8c 9b a1 b6 fd ea")


def odd(byte):
    return byte | (0 if bin(byte).count("1") % 2 else 0x80)


def packet(magazine, number, body):
    address = bytes([HAMMING[magazine & 7 | (number & 1) << 3], HAMMING[number >> 1]])
    line = address + body
    turned = bytes(int(f"{byte:08b}"[::-1], 2) for byte in line)
    return bytes([3, 44, 0xC0 | 7, 0xE4]) + turned


def page(number, option, text):
    """One page, with a box in double height in row 20; nothing where there is no text."""
    flags = [number & 15, number >> 4 & 15, 0, 8, 0, 8, 0, option]
    header = bytes(HAMMING[flag] for flag in flags) + bytes(odd(32) for _ in range(32))
    units = packet(number >> 8, 0, header)
    if text:
        row = (b"\x0d\x0b\x0b" + text + b"\x0a\x0a").ljust(40)
        units += packet(number >> 8, 20, bytes(odd(byte) for byte in row))
    return units


# ---- transport stream ----


class Stream:
    def __init__(self):
        self.counters = {}
        self.out = b""

    def put(self, pid, payload, starts, clock=None):
        counter = self.counters.get(pid, 0)
        self.counters[pid] = (counter + 1) & 15
        field = b""
        if clock is not None:
            field = bytes([7, 0x10]) + struct.pack(">IH", clock >> 1, (clock & 1) << 15 | 0x7E00)
        room = 184 - len(field)
        piece = payload[:room]
        if len(piece) < room:
            missing = room - len(piece)
            if not field:
                field = bytes([missing - 1]) + (b"\x00" if missing > 1 else b"")
                field = field.ljust(missing, b"\xff")
            else:
                field = bytes([field[0] + missing]) + field[1:] + b"\xff" * missing
        control = 0x30 if field else 0x10
        head = struct.pack(">BHB", 0x47, (0x4000 if starts else 0) | pid, control | counter)
        self.out += head + field + piece
        return payload[room:]

    def put_all(self, pid, payload, clock=None):
        starts = True
        while payload:
            payload = self.put(pid, payload, starts, clock)
            starts, clock = False, None

    def put_table(self, pid, kind, number, body):
        head = struct.pack(">BHHBBB", kind, 0xB000 | len(body) + 9, number, 0xC1, 0, 0)
        section = head + body
        section += struct.pack(">I", checksum(section))
        self.put_all(pid, b"\x00" + section.ljust(183, b"\xff"))

    def put_unit(self, pid, kind, stamp, data, clock=None):
        time_stamp = bytes([
            0x21 | stamp >> 29 & 0x0E, stamp >> 22 & 0xFF, stamp >> 14 & 0xFE | 1,
            stamp >> 7 & 0xFF, stamp << 1 & 0xFE | 1,
        ])
        head = bytes([0x84, 0x80, 5]) + time_stamp
        length = 0 if kind == 0xE0 else len(head) + len(data)
        self.put_all(pid, b"\x00\x00\x01" + struct.pack(">BH", kind, length) + head + data, clock)

    def put_tables(self, video):
        english = b"eng\x10" + struct.pack(">HH", 1, 1)
        german = b"deu\x20" + struct.pack(">HH", 1, 1)
        teletext = b"ces" + bytes([2 << 3, 0x88]) + b"swe" + bytes([2 << 3, 0x89])
        body = struct.pack(">HH", 0xE000 | PICTURE, 0xF000)
        for kind, pid, descriptor in (
            (video, PICTURE, b""),
            (6, ENGLISH, bytes([0x59, len(english)]) + english),
            (6, GERMAN, bytes([0x59, len(german)]) + german),
            (6, TELETEXT, bytes([0x56, len(teletext)]) + teletext),
        ):
            body += struct.pack(">BHH", kind, 0xE000 | pid, 0xF000 | len(descriptor)) + descriptor
        self.put_table(0, 0, 1, struct.pack(">HH", 1, 0xE000 | PMT))
        self.put_table(PMT, 2, 1, body)


def pictures_of(data):
    if not data.startswith(b"\x00\x00\x01\xb3"):
        starts = [match.start() for match in re.finditer(rb"\x00\x00\x00\x01\x09", data)]
    else:  # one begins with its sequence header where it has one
        headers = re.finditer(rb"\x00\x00\x01\xb3|\x00\x00\x01\x00", data)
        headers = [(match.start(), match.group()[3]) for match in headers]
        starts = [at for i, (at, kind) in enumerate(headers)
                  if kind == 0xB3 or i == 0 or headers[i - 1][1] != 0xB3]
    return [data[at:to] for at, to in zip(starts, starts[1:] + [len(data)])]


def make(pictures, seconds):
    """Pieces of the stream, one a picture."""
    is_h264 = not pictures[0].startswith(b"\x00\x00\x01\xb3")
    insert = in_h264 if is_h264 else in_mpeg2
    stream = Stream()
    first, second = [], []
    for i in range(seconds * RATE):
        clock = 90000 + i * 90000 // RATE
        stamp = clock + LATENCY
        number = i // RATE % 10
        if i % RATE == 0:
            first += rolled_up(f"CC1 line {number}")
            second += popped_on(f"CC3 word {number}")
        if i % 10 == 0:
            stream.put_tables(0x1B if is_h264 else 2)
        pairs = [queue.pop(0) if queue else None for queue in (first, second)]
        picture = insert(pictures[i % len(pictures)], cc_data(*pairs))
        stream.put_unit(PICTURE, 0xE0, stamp, picture, clock)
        if i % RATE == 0:
            stream.put_unit(ENGLISH, 0xBD, stamp, subtitle(f"EN {number}", number))
            stream.put_unit(GERMAN, 0xBD, stamp, subtitle(f"GR {number}", number))
            both = page(0x888, 0b0110, f"_e@ {number}".encode())  # řeč
            both += page(0x889, 0b0100, f"R|da tr{{d {number}".encode())  # Röda träd
            stream.put_unit(TELETEXT, 0xBD, stamp, b"\x10" + both)
        yield stream.out
        stream.out = b""


def send(pieces, group, port):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    begun = time.monotonic()
    left = b""
    for i, piece in enumerate(pieces):
        left += piece
        while len(left) >= 7 * 188:
            sender.sendto(left[: 7 * 188], (group, port))
            left = left[7 * 188 :]
        time.sleep(max(0, begun + (i + 1) / RATE - time.monotonic()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pictures")
    parser.add_argument("seconds", type=int)
    parser.add_argument("--write")
    parser.add_argument("group", nargs="?")
    parser.add_argument("port", nargs="?", type=int)
    arguments = parser.parse_args()
    with open(arguments.pictures, "rb") as file:
        pieces = make(pictures_of(file.read()), arguments.seconds)
    if arguments.write:
        with open(arguments.write, "wb") as file:
            file.writelines(pieces)
    else:
        send(pieces, arguments.group, arguments.port)


main()
