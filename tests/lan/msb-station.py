#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A station of Windows Media multicast ([MS-MSB]), independent of ours: msb-station.py --help

Sends ASF files (FFmpeg makes them) one behind the other, each an entry with its own format, paced by
their send times; writes the .nsc that announces them; varies what real servers and encoders vary, and
spoils what networks spoil. Ends with the last entry, or with a signal, and prints what it has sent as
JSON. A FILE may also be an .nsc: then it is decoded and shown."""
import argparse
import json
import math
import random
import re
import signal
import socket
import struct
import sys
import time
import uuid
import zlib


def guid(text):
    return uuid.UUID(text).bytes_le


HEADER = guid("75b22630-668e-11cf-a6d9-00aa0062ce6c")
FILE_PROPERTIES = guid("8cabdca1-a947-11cf-8ee4-00c00c205365")
STREAM_PROPERTIES = guid("b7dc0791-a9b7-11cf-8ee6-00c00c205365")
SCRIPT_COMMAND = guid("1efb1a30-0b62-11d0-a39b-00a0c90348f6")
COMMAND_MEDIA = guid("59dacfc0-59e6-11d0-a3ac-00a0c90348f6")
NO_CORRECTION = guid("20fb5700-5b55-11cf-a8fd-00805f5c442b")
RESERVED = guid("4b1acbe3-100b-11d0-a39b-00a0c90348f6")
DATA_START = 50  # bytes of the Data Object in front of its packets
WIDTH = (0, 1, 2, 4)  # bytes of a field, by its length type
BEACON = b"MSB "
PAYLOAD_HEAD = 17  # bytes, of one among several, without what extends its replicated data


# --- the .nsc ---------------------------------------------------------------------------------

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz{}"


def encode(key, data):
    body = struct.pack(">II", key, len(data)) + data
    check = 0
    for byte in body:
        check ^= byte
    block = bytes([check]) + body
    bits = int.from_bytes(block, "big")
    length = len(block) * 8
    bits <<= -length % 6
    count = (length + 5) // 6
    return "02" + "".join(ALPHABET[bits >> 6 * (count - 1 - i) & 63] for i in range(count))


def encode_text(text):
    return encode(0, (text + "\0").encode("utf-16-le"))


def decode(value):
    """(key, bytes) of an encoded value"""
    bits = 0
    for letter in value[2:]:
        bits = bits << 6 | ALPHABET.index(letter)
    count = len(value[2:]) * 6 // 8
    block = (bits >> len(value[2:]) * 6 - count * 8).to_bytes(count, "big")
    key, length = struct.unpack_from(">II", block, 1)
    return key, block[9 : 9 + length]


def print_nsc(options, entries):
    lines = ["[Address]"]
    texts = {
        "Name": options.name,
        "NSC Format Version": "3.0",
        "Multicast Adapter": options.source,
        "IP Address": options.group,
        "IP Port": options.port,
        "Time To Live": options.ttl,
        "Default Ecc": options.span,
        "Log URL": options.log_url,
        "Unicast URL": options.unicast_url,
        "Allow Splitting": 1,
        "Allow Caching": 1,
        "Cache Expiration Time": 86400,
        "Network Buffer Time": options.buffer,
    }
    for key, value in texts.items():
        if isinstance(value, int):
            lines.append(f"{key}=0x{value:08X}")
        elif value is not None:
            lines.append(f"{key}={encode_text(value)}")
    lines.append("[Formats]")
    for number, entry in enumerate(entries, 1):
        lines.append(f"Format{number}={encode(entry.format, entry.header)}")
        lines.append(f"Description{number}={encode_text(entry.path)}")
    return "\r\n".join(lines) + "\r\n"


def show_nsc(path):
    for line in open(path, encoding="ascii"):
        key, _, value = line.strip("\r\n\0").partition("=")
        if value.startswith("02") and len(value) >= 14:
            number, data = decode(value)
            value = f"id {number}, {len(data)} bytes" if key.startswith("Format") else data.decode("utf-16-le").rstrip("\0")
        print(key, value)


# --- reading ASF ------------------------------------------------------------------------------


class Header:
    """Header Object and the start of the Data Object"""

    def __init__(self, data):
        if data[:16] != HEADER:
            sys.exit("not an ASF file")
        self.size = struct.unpack_from("<Q", data, 16)[0]
        self.bytes = bytearray(data[: self.size + DATA_START])
        self.streams = set()
        at = 30
        while at + 24 <= self.size:
            size = struct.unpack_from("<Q", data, at + 16)[0]
            if data[at : at + 16] == FILE_PROPERTIES:
                self.file = at
            if data[at : at + 16] == STREAM_PROPERTIES:
                self.streams.add(data[at + 72] & 127)
            at += size
        self.preroll = struct.unpack_from("<Q", data, self.file + 80)[0]
        self.packet_size = struct.unpack_from("<I", data, self.file + 92)[0]
        self.packets = struct.unpack_from("<Q", data, self.size + 40)[0]

    def add(self, item):
        """One more object."""
        self.bytes[self.size : self.size] = item
        self.size += len(item)
        struct.pack_into("<Q", self.bytes, 16, self.size)
        struct.pack_into("<I", self.bytes, 24, struct.unpack_from("<I", self.bytes, 24)[0] + 1)

    def add_command_stream(self):
        number = max(self.streams) + 1
        self.streams.add(number)
        self.add(STREAM_PROPERTIES + struct.pack("<Q", 78) + COMMAND_MEDIA + NO_CORRECTION + struct.pack("<QIIHI", 0, 0, 0, number, 0))
        return number

    def add_commands(self, commands):
        """What is known beforehand: (ms, type, parameter)"""
        kinds = sorted({kind for _, kind, _ in commands})
        body = RESERVED + struct.pack("<HH", len(commands), len(kinds))
        for kind in kinds:
            body += struct.pack("<H", len(kind)) + kind.encode("utf-16-le")
        for when, kind, parameter in commands:
            body += struct.pack("<IHH", when + self.preroll, kinds.index(kind), len(parameter)) + parameter.encode("utf-16-le")
        self.add(SCRIPT_COMMAND + struct.pack("<Q", 24 + len(body)) + body)

    def go_live(self):
        """As Windows Media Services writes it: seekable, with nothing counted"""
        struct.pack_into("<Q", self.bytes, self.file + 40, len(self.bytes))
        struct.pack_into("<QQQ", self.bytes, self.file + 56, 0, 0, 0)
        struct.pack_into("<I", self.bytes, self.file + 88, 2)
        struct.pack_into("<Q", self.bytes, self.size + 16, DATA_START)
        struct.pack_into("<Q", self.bytes, self.size + 40, 0)


def field(data, at, kind):
    """(value, behind it) of a field of a length type"""
    width = WIDTH[kind & 3]
    return int.from_bytes(data[at : at + width], "little"), at + width


class Packet:
    """An ASF data packet, taken apart; `payloads` are dictionaries."""

    def __init__(self, data):
        self.data = data
        self.flags = 1 + (data[0] & 15) if data[0] & 0x80 else 0  # where the Length Type Flags are
        self.length_flags, self.property_flags = data[self.flags], data[self.flags + 1]
        self.length_at = self.flags + 2
        self.length, at = field(data, self.length_at, self.length_flags >> 5)
        _, self.padding_at = field(data, at, self.length_flags >> 1)
        self.padding, self.send_at = field(data, self.padding_at, self.length_flags >> 3)
        self.send, self.duration = struct.unpack_from("<IH", data, self.send_at)
        self.end = (self.length or len(data)) - self.padding
        self.payloads = []
        at, count, kind = self.send_at + 6, 1, 0
        if self.length_flags & 1:
            count, kind, at = data[at] & 63, data[at] >> 6, at + 1
        for _ in range(count):
            at = self.read_payload(at, kind)

    def read_payload(self, at, kind):
        data, flags = self.data, self.property_flags
        payload = {"stream": data[at] & 127, "key": data[at] >> 7}
        payload["number"], at = field(data, at + 1, flags >> 4)
        offset_at = at
        payload["offset"], at = field(data, at, flags >> 2)
        replicated, at = field(data, at, flags)
        payload["time_at"] = at + 4 if replicated >= 8 else None
        if replicated == 1:  # compressed: the offset is the time
            payload["time"], payload["time_at"] = payload["offset"], offset_at
        if replicated >= 8:
            payload["size"], payload["time"] = struct.unpack_from("<II", data, at)
        at += replicated
        end = self.end
        if self.length_flags & 1:
            length, at = field(data, at, kind)
            end = at + length
        payload["data"] = data[at:end]
        self.payloads.append(payload)
        return end


class Object:
    """A media object: a picture, a piece of sound, a command"""

    def __init__(self, stream, key, when, send, data):
        self.stream, self.key, self.time, self.send, self.data = stream, key, when, send, data


def read_objects(packets):
    objects, open_ones = [], {}
    for packet in map(Packet, packets):
        for payload in packet.payloads:
            name = payload["stream"], payload["number"]
            if payload["offset"] == 0:
                open_ones[name] = Object(payload["stream"], payload["key"], payload["time"], packet.send, b"")
                objects.append(open_ones[name])
            if name in open_ones:
                open_ones[name].data += payload["data"]
    return objects


# --- writing ASF packets ----------------------------------------------------------------------


class Form:
    """How an encoder writes its packets."""

    def __init__(self, extension=0, correction=True, packet_length=False, sequence=False, wide=False, single=True):
        self.extension = extension  # bytes of payload extension
        self.correction = correction  # error correction bytes in front
        self.packet_length, self.sequence = packet_length, sequence  # has these fields
        self.wide = wide  # padding length has two bytes even where one is enough
        self.single = single  # writes one payload as one


FORMS = {
    "real": Form(),
    "extended": Form(extension=2),
    "extended4": Form(extension=4),
    "asfmux": Form(correction=False, packet_length=True, wide=True, single=False),
    "sequence": Form(sequence=True, wide=True),
}


def head(form, size, multiple, send, padding):
    """In front of the payloads; @padding counts bytes behind them, or is None while that is unknown."""
    wide = form.wide or padding is None or padding > 255
    flags = int(multiple) | (2 if wide else 1) << 3
    data = b"\x82\0\0" if form.correction else b""
    flags |= (2 << 5 if form.packet_length else 0) | (2 << 1 if form.sequence else 0)
    data += bytes([flags, 0x5D])
    data += struct.pack("<H", size) if form.packet_length else b""
    data += b"\0\0" if form.sequence else b""
    data += (padding or 0).to_bytes(2 if wide else 1, "little")
    return data + struct.pack("<IH", send & 0xFFFFFFFF, 0)


def payload_head(form, item, offset, number):
    data = struct.pack("<BBI", item.stream | item.key << 7, number, offset)
    data += bytes([8 + form.extension]) + struct.pack("<II", len(item.data), item.time & 0xFFFFFFFF)
    return data + b"\x21" * form.extension


def finish(form, size, send, payloads):
    """A whole packet of (head, data)"""
    multiple = len(payloads) > 1 or not form.single
    body = bytes([len(payloads) | 2 << 6]) if multiple else b""
    for front, data in payloads:
        body += front + (struct.pack("<H", len(data)) if multiple else b"") + data
    # the width of the padding's length depends on the padding
    padding = max(0, size - len(head(form, size, multiple, send, 0)) - len(body))
    if padding > 255 and not form.wide:
        padding -= 1
        if padding == 255:  # which would then fit into one byte: the other one is padded
            return head(Form(**dict(vars(form), wide=True)), size, multiple, send, 255) + body + bytes(255)
    return head(form, size, multiple, send, padding) + body + bytes(padding)


def pack(objects, size, form):
    """Media objects to packets, each sent no more than 100 ms after its first object is due."""
    numbers, packets, payloads, room, send = {}, [], [], 0, 0
    front = len(head(form, size, True, 0, None)) + 1

    def flush():
        if payloads:
            packets.append(finish(form, size, send, payloads))
            payloads.clear()

    for item in objects:
        numbers[item.stream] = number = numbers.get(item.stream, -1) + 1 & 255
        if payloads and item.send > send + 100:
            flush()
        if is_short_command(item):
            flush()
            packets.append(finish(form, size, item.send, [short_command(item, number)]))
            continue
        offset = 0
        while offset < len(item.data):
            if payloads and (room < PAYLOAD_HEAD + form.extension + 16 or len(payloads) == 63):
                flush()
            if not payloads:
                room, send = size - front, max(send, item.send)
            piece = item.data[offset : offset + room - PAYLOAD_HEAD - form.extension]
            payloads.append((payload_head(form, item, offset, number), piece))
            room -= PAYLOAD_HEAD + form.extension + len(piece)
            offset += len(piece)
    flush()
    return packets


def is_short_command(item):
    return item.key is None and len(item.data) <= 255


def short_command(item, number):
    """As a compressed payload: the offset is the time, a byte the length of what follows."""
    return struct.pack("<BBIBB", item.stream, number, item.time & 0xFFFFFFFF, 1, 0), bytes([len(item.data)]) + item.data


def make_commands(commands, stream, header, ahead):
    """Media objects of (ms, type, parameter). Long ones have no key frames, but the bit is set as ever."""
    objects = []
    for when, kind, parameter in commands:
        data = (kind + "\0" + parameter + "\0").encode("utf-16-le")
        key = None if len(data) <= 255 else 1
        objects.append(Object(stream, key, when + header.preroll, max(0, when + header.preroll - ahead), data))
    return objects


def insert(packets, objects, size):
    """Puts packets with @objects alone between those of a file, by send time."""
    new = pack(objects, size, FORMS["real"])
    return sorted(packets + new, key=lambda data: Packet(data).send)


def move_times(data, shift_send, shift_all):
    """The same packet at another time."""
    packet, data = Packet(data), bytearray(data)
    struct.pack_into("<I", data, packet.send_at, packet.send + shift_send + shift_all & 0xFFFFFFFF)
    for payload in packet.payloads:
        if payload["time_at"]:
            when = payload["time"] + shift_all & 0xFFFFFFFF
            struct.pack_into("<I", data, payload["time_at"], when)
    return bytes(data)


# --- what a station does to packets -----------------------------------------------------------


def strip(data, way):
    """Without padding; `keep` leaves the field at 0, `remove` takes it out, `none` leaves all"""
    packet = Packet(data)
    width = packet.send_at - packet.padding_at
    if way == "none" or not width:
        return data
    out = bytearray(data[: packet.end])
    if way == "keep":
        out[packet.padding_at : packet.send_at] = bytes(width)
    else:
        del out[packet.padding_at : packet.send_at]
        out[packet.flags] &= ~0x18
    set_length(out, packet, packet.length_at)
    return bytes(out)


def set_length(out, packet, at):
    width = WIDTH[packet.length_flags >> 5 & 3]
    if width:
        out[at : at + width] = len(out).to_bytes(width, "little")


def with_correction(data):
    """With error correction bytes, where the encoder wrote none: three bytes more."""
    packet, out = Packet(data), bytearray(b"\x82\0\0" + data)
    set_length(out, packet, packet.length_at + 3)
    return bytes(out)


def xor(packets):
    total = bytearray(max(map(len, packets)))
    for data in packets:
        for at, byte in enumerate(data):
            total[at] ^= byte
    return bytes(total)


class Entry:
    """One file: its header, its packets with the times at which they are due"""

    def __init__(self, path, number, options):
        data = open(path, "rb").read()
        header = Header(data)
        size = header.packet_size
        packets = [data[at : at + size] for at in range(header.size + DATA_START, len(data) - size + 1, size)]
        packets = packets[: header.packets or None]
        self.path = path
        command_stream = header.add_command_stream() if options.script else None
        if options.header_script:
            header.add_commands(options.header_script)
        commands = make_commands(options.script, command_stream, header, options.ahead) if options.script else []
        if options.form or options.mute:
            objects = [item for item in read_objects(packets) if item.stream not in options.mute]
            packets = pack(sorted(objects + commands, key=lambda item: item.send), size, FORMS[options.form or "real"])
        elif commands:
            packets = insert(packets, commands, size)
        if options.lead:
            packets = vary(packets, *options.lead)
        if options.parity != "none" and not all(data[0] & 0x80 for data in packets):
            packets = [with_correction(data) for data in packets]
            size += 3
            struct.pack_into("<II", header.bytes, header.file + 92, size, size)
        # what the encoder calls time, modulo 2^32
        self.packets = [(Packet(data).send, move_times(data, 0, options.time_base)) for data in packets]
        self.packets = [(due, data) for due, data in self.packets if due >= options.skip * 1000]
        if options.header == "live":
            header.go_live()
        self.header, self.size = bytes(header.bytes), size
        self.format = options.format_id + number if options.format_id is not None else zlib.crc32(self.header) & 0x7FF


def vary(packets, least, most):
    """As real encoders do: presentation − send time wanders between @least and @most [ms]."""
    middle, swing, before, out = (least + most) / 2, (most - least) / 2, 0, []
    for data in packets:
        packet = Packet(data)
        times = [p["time"] for p in packet.payloads if p["time_at"]]
        if times:
            lead = middle + swing * math.sin(packet.send / (7 * swing) * 2 * math.pi) if swing else middle
            before = max(before, int(min(times) - lead))
        out.append(move_times(data, before - packet.send, 0))
    return out


class Station:
    def __init__(self, options):
        self.options, self.chance = options, random.Random(options.seed)
        self.socket = open_socket(options)
        self.id = options.first_id
        self.cycle = options.first_cycle
        self.toggle = 0
        self.span, self.held = [], None
        self.counts = dict(data=0, dropped=0, parity=0, beacons=0, unknown=0, entries=0, doubled=0, swapped=0, lies=0)
        self.last_beacon = 0.0

    def put(self, datagram):
        self.socket.sendto(datagram, (self.options.group, self.options.port))

    def beacon(self):
        self.put(BEACON)
        self.counts["beacons"] += 1
        self.last_beacon = time.monotonic()

    def wait(self, until):
        """Until it is time; a Windows 2000 server sends beacons even between packets."""
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return
            if self.options.always_beacons and time.monotonic() - self.last_beacon > 1:
                self.beacon()
            time.sleep(min(left, 0.5))

    def idle(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.beacon()
            time.sleep(min(self.options.beacon_interval, max(0, until - time.monotonic())))

    def send_msb(self, stream, data, held_back=False):
        datagram = struct.pack("<IHH", self.id & 0xFFFFFFFF, stream, 8 + len(data)) + data
        if held_back:
            self.held = datagram
            return
        self.put(datagram)
        if self.options.twice:
            self.put(datagram)
            self.counts["doubled"] += 1
        if self.held:
            self.put(self.held)
            self.held = None

    def mark(self, data, kind, number):
        """Error correction data: type, place in the span, cycle"""
        if self.options.parity != "numbered":
            number = 1
        low, high = (kind, number) if self.options.type_nibble == "low" else (number, kind)
        return bytes([0x92 if kind == 2 else 0x82, low | high << 4, self.cycle & 255]) + data[3:]

    def send_data(self, stream, data):
        options, counts = self.options, self.counts
        has_parity = options.parity != "none"
        data = strip(data, options.strip)
        if has_parity:
            data = self.mark(data, 1, len(self.span) + 1)
            self.span.append(data[3:])
        counts["data"] += 1
        if options.drop and counts["data"] % options.drop == 0 and counts["data"] > options.drop_after:
            counts["dropped"] += 1
        else:
            swapped = bool(options.swap and counts["data"] % options.swap == 0 and not self.held)
            counts["swapped"] += swapped
            self.send_msb(stream, data, swapped)
        if len(self.span) == options.span:
            self.send_parity(stream)
        self.id += 1
        if options.unknown and counts["data"] % options.unknown == 0:
            counts["unknown"] += 1
            self.put(struct.pack("<IHH", 7, 0x7FF & ~stream, 8 + len(data)) + data)

    def send_parity(self, stream):
        self.counts["parity"] += 1
        parity = xor(self.span)
        if self.options.lie and self.counts["parity"] % self.options.lie == 0:
            self.counts["lies"] += 1
            parity = self.chance.randbytes(len(parity))
        self.send_msb(stream, self.mark(b"\0\0\0" + parity, 2, len(self.span) + 1))
        self.span = []
        self.cycle += 1

    def play(self, entry):
        """One entry, from now on"""
        options, start = self.options, time.monotonic()
        stream = entry.format | self.toggle << 15
        self.counts["entries"] += 1
        self.span = []
        if options.ids == "restart":
            self.id = options.first_id
        first = entry.packets[0][0]
        for due, data in entry.packets:
            if options.entry_seconds and due - first > options.entry_seconds * 1000:
                break
            self.wait(start + (due - first) / 1000 / options.speed)
            self.send_data(stream, data)
        self.toggle ^= 1


def open_socket(options):
    family = socket.AF_INET6 if ":" in options.group else socket.AF_INET
    out = socket.socket(family, socket.SOCK_DGRAM)
    if family == socket.AF_INET6:
        out.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, options.ttl)
    else:
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, options.ttl)
    if options.interface and family == socket.AF_INET6:
        out.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(options.interface))
    elif options.interface:
        mreqn = struct.pack("@4s4si", bytes(4), bytes(4), socket.if_nametoindex(options.interface))
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, mreqn)
    return out


def parse_script(text):
    match = re.fullmatch(r"([0-9.]+)\|([^|]*)\|(.*)", text, re.DOTALL)
    if not match:
        raise argparse.ArgumentTypeError("write it as 1.5|TEXT|Hello")
    return int(float(match[1]) * 1000), match[2], match[3]


def parse_lead(text):
    return tuple(int(part) for part in text.split(".."))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE")
    add("--to", default="239.77.12.1:9000", metavar="GROUP:PORT")
    add("--interface", help="send there")
    add("--ttl", type=int, default=1)
    add("--write-nsc", metavar="F", help="write the announcement")
    add("--only-nsc", action="store_true", help="send nothing")
    add("--name", default="Python station")
    add("--source", help="Multicast Adapter: the address it claims to send from")
    add("--log-url")
    add("--unicast-url")
    add("--buffer", type=int, metavar="MS", help="Network Buffer Time")
    add("--format-id", type=int, help="of the first file, the next has the next (default: made of its header)")
    add("--header", choices=["live", "stored"], default="live", help="as a server writes it, or with the counts of the file")
    add("--strip", choices=["keep", "remove", "none"], default="keep", help="padding: field kept at 0, field removed, padding sent")
    add("--parity", choices=["numbered", "unnumbered", "none"], default="numbered")
    add("--type-nibble", choices=["low", "high"], default="low", help="which half of the error correction byte is the type")
    add("--span", type=int, default=10)
    add("--lie", type=int, default=0, metavar="K", help="each K-th parity packet is noise")
    add("--drop", type=int, default=0, metavar="K", help="each K-th data packet is lost")
    add("--drop-after", type=int, default=0, metavar="N", help="the first N data packets are not lost")
    add("--swap", type=int, default=0, metavar="K", help="each K-th data packet comes after the next datagram")
    add("--twice", action="store_true", help="each packet comes twice")
    add("--unknown", type=int, default=0, metavar="K", help="after each K-th, a packet of a format that is not announced")
    add("--first-id", type=lambda text: int(text, 0), default=0)
    add("--first-cycle", type=int, default=0)
    add("--ids", choices=["continue", "restart"], default="continue", help="packet numbers at a new entry")
    add("--beacons", type=float, default=0, metavar="S", help="nothing but beacons for S seconds first")
    add("--beacon-interval", type=float, default=1)
    add("--always-beacons", action="store_true", help="also between packets, as Windows 2000 does")
    add("--gap", type=float, default=0, metavar="S", help="beacons for S seconds between entries")
    add("--loop", action="store_true", help="begin again after the last file, for ever")
    add("--entry-seconds", type=float, default=0, metavar="S", help="so much of each file")
    add("--skip", type=float, default=0, metavar="S", help="begin at second S of each file")
    add("--speed", type=float, default=1)
    add("--form", choices=sorted(FORMS), help="pack the media anew, as other encoders write packets (default: as they are)")
    add("--lead", type=parse_lead, metavar="A..B", help="presentation minus send time wanders from A to B ms")
    add("--time-base", type=lambda text: int(text, 0), default=0, metavar="MS", help="added to all times, modulo 2^32")
    add("--mute", type=int, action="append", default=[], metavar="N", help="stream N is declared and sends nothing")
    add("--script", type=parse_script, action="append", default=[], metavar="S|TYPE|PARAMETER", help="a command in a stream, at second S")
    add("--ahead", type=int, default=3000, metavar="MS", help="so much before its time a command is sent")
    add("--header-script", type=parse_script, action="append", default=[], metavar="S|TYPE|PARAMETER", help="a command in the header")
    add("--seed", type=int, default=1)
    options = parser.parse_args()
    group, _, port = options.to.rpartition(":")
    options.group, options.port = group.strip("[]"), int(port)
    return options


def stop(*_):
    raise KeyboardInterrupt


def run(options, station, entries):
    station.idle(options.beacons)
    while True:
        for number, entry in enumerate(entries):
            if number or station.counts["entries"]:
                station.idle(options.gap)
            station.play(entry)
        if not options.loop:
            return


def main():
    options = read_options()
    if options.files[0].endswith(".nsc"):
        return show_nsc(options.files[0])
    entries = [Entry(path, number, options) for number, path in enumerate(options.files)]
    if options.write_nsc:
        with open(options.write_nsc, "w", encoding="ascii", newline="") as file:
            file.write(print_nsc(options, entries))
    if options.only_nsc:
        return None
    signal.signal(signal.SIGTERM, stop)
    station = Station(options)
    try:
        run(options, station, entries)
    except KeyboardInterrupt:
        pass
    print(json.dumps(dict(station.counts, next_id=station.id, cycle=station.cycle)), flush=True)


if __name__ == "__main__":
    main()
