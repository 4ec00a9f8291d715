# SPDX-License-Identifier: LGPL-2.1-or-later
"""announcements.py NUMBER RATE HOSTS: announces NUMBER sessions of HOSTS addresses by SAP.

For each line that it reads it sends one announcement of each session, RATE a second, and then prints `sent`:
`announce TITLE VERSION`, or `delete`. Sessions are as encoders for a hall describe them: H.264 and AAC with their
parameter sets, a title, a sentence, a person.
"""
import socket
import sys
import time
import zlib

number, rate, hosts = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
GROUP, PORT = "224.2.127.254", 9875
HALLS = ["Anatomy", "Botany", "Chemistry", "Drama", "Economics", "French", "Geology", "History", "Irish", "Jazz"]

SESSION = """v=0\r
o=- {id} {version} IN IP4 {host}\r
s={title}\r
i=Lecture {index} of the {hall} department, from hall {room}\r
e=Professor {index} <p{index}@example.org>\r
c=IN IP4 239.{a}.{b}.{c}/16\r
t=0 0\r
a=tool:encoder 4.1\r
a=type:broadcast\r
a=source-filter: incl IN IP4 * {host}\r
m=video 5004 RTP/AVP 96\r
b=AS:2500\r
a=rtpmap:96 H264/90000\r
a=fmtp:96 packetization-mode=1;profile-level-id=42C01F;sprop-parameter-sets=Z0LAH9oBQBbsBEAAAAMAQAAADIPGDKg=,aM48gA==\r
m=audio 5006 RTP/AVP 97\r
b=AS:128\r
a=rtpmap:97 MPEG4-GENERIC/48000/2\r
a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1190\r
"""


def describe(index, title, version):
    hall = HALLS[index % len(HALLS)]
    return SESSION.format(
        id=700000 + index, version=version, host=hosts[index % len(hosts)], title=f"{hall} {title} {index}", index=index,
        hall=hall, room=index % 97, a=192 + index // 65536, b=index // 256 % 256, c=index % 256).encode()


def packet(index, kind, text):
    host = hosts[index % len(hosts)]
    mark = zlib.crc32(text) & 0xffff or 1
    return bytes([0x20 | kind, 0, mark >> 8, mark & 255]) + socket.inet_aton(host) + b"application/sdp\0" + text


def make_socket(host):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(host))
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    s.bind((host, 0))
    return s


sockets = [make_socket(host) for host in hosts]
title, version = "lecture", 1
for line in sys.stdin:
    command = line.split()
    if command[0] == "announce":
        title, version = command[1], int(command[2])
    begin = time.monotonic()
    for index in range(number):
        time.sleep(max(0.0, begin + index / rate - time.monotonic()))
        text = describe(index, title, version)
        sockets[index % len(sockets)].sendto(packet(index, 4 if command[0] == "delete" else 0, text), (GROUP, PORT))
    print("sent", flush=True)
