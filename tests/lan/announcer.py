# SPDX-License-Identifier: LGPL-2.1-or-later
"""Announces by hand what programs do not: announcer.py SOURCE STORY..."""
import ipaddress
import socket
import struct
import sys
import time
import zlib

SOURCE = sys.argv[1]


def sdp(number, version, title, group):
    kind = "IP6" if ":" in group else "IP4"
    ttl = "" if ":" in group else "/1"
    return (
        f"v=0\r\no=- {number} {version} IN IP4 {SOURCE}\r\ns={title}\r\nc=IN {kind} {group}{ttl}\r\n"
        f"t=0 0\r\nm=audio 5004 RTP/AVP 96\r\na=rtpmap:96 L16/48000/1\r\n"
    ).encode()


def packet(text, flags=0x20, identifier=None, source=SOURCE, kind=b"application/sdp\0", authentication=b""):
    address = ipaddress.ip_address(source)
    identifier = zlib.crc32(text) & 0xFFFF if identifier is None else identifier
    flags |= 0x10 if address.version == 6 else 0
    body = kind + text
    if flags & 1:
        body = zlib.compress(body)
    head = struct.pack("!BBH", flags, len(authentication) // 4, identifier)
    return head + address.packed + authentication + body


def send(data, to="239.255.255.255", via=SOURCE):
    if ":" in to:
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex("eth0"))
    else:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(via))
        s.bind((via, 0))
    s.sendto(data, (to, 9875))
    s.close()


def various():
    send(packet(sdp(1, 1, "Plain", "239.255.3.1")))
    send(packet(sdp(2, 1, "Compressed", "239.255.3.2"), flags=0x21))
    send(packet(sdp(3, 1, "Signed", "239.255.3.3"), authentication=b"12345678"))
    send(packet(sdp(4, 1, "Without type", "239.255.3.4"), kind=b""))
    send(packet(sdp(5, 1, "Global", "224.2.3.5")), to="224.2.127.254")
    send(packet(sdp(6, 1, "House", "239.192.3.6")), to="239.195.255.255")
    send(packet(sdp(7, 1, "Pipe", "239.255.3.7")), to="224.0.0.56")
    send(packet(sdp(8, 1, "Six", "ff15::3:8"), source="fd77::1"), to="ff05::2:7ffe")
    send(packet(sdp(9, 1, "Six on the link", "ff12::3:9"), source="fd77::1"), to="ff02::2:7ffe")
    # a scope of the house's own: known from one channel, heard on its address from then on
    send(packet(sdp(10, 1, "Far scope", "239.123.3.10")))
    time.sleep(0.5)
    send(packet(sdp(11, 1, "In the far scope", "239.123.3.11")), to="239.123.255.255")


def rubbish():
    send(b"")
    send(b"\x20")
    send(packet(b"<html>", kind=b"text/html\0"))
    send(packet(b"v=0\r\ns=Nothing\r\n"))
    send(packet(sdp(50, 1, "Secret", "239.255.3.50"), flags=0x22))
    send(packet(b"a" * 64 * 1024 * 1024, flags=0x21, kind=b"v=0\r\n"))


def changes():
    send(packet(sdp(20, 1, "Old", "239.255.3.20")))
    send(packet(sdp(21, 1, "Stays", "239.255.3.21")))
    send(packet(sdp(22, 1, "Goes", "239.255.3.22")))
    send(packet(sdp(23, 1, "Moves", "239.255.3.23")))
    time.sleep(0.3)
    send(packet(sdp(20, 2, "New", "239.255.3.20")))
    send(packet(sdp(20, 1, "Old", "239.255.3.20")))
    send(packet(sdp(23, 2, "Moves", "239.255.3.24")))
    send(packet(sdp(22, 1, "Goes", "239.255.3.22"), flags=0x24))
    # from another address, in the name of the station
    send(packet(sdp(21, 1, "Stays", "239.255.3.21"), flags=0x24), via="10.77.0.9")
    send(packet(sdp(20, 3, "Forged", "239.255.3.66")), via="10.77.0.9")


def flood():
    for i in range(10000):
        send(packet(sdp(1000 + i, 1, f"Flood {i}", f"239.{i >> 8}.{i & 255}.7"), source="10.77.0.9"), via="10.77.0.9")
        if i % 50 == 49:
            time.sleep(0.01)


for story in sys.argv[2:]:
    globals()[story]()
