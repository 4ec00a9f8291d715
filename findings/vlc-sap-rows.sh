#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: in VLC's list of announced stations a lecture that changes (same o=, higher version, another message id hash: RFC 2974, 5
# and RFC 8866, 5.2) changes its row, and one that says that it is over (a deletion, RFC 2974, 4) leaves.
# What happens: a change is a second row beside the first, whose address nobody sends to any more; and no deletion takes
# anything away, neither one with the text of the announcement nor one with its o= line, which is all that is asked
# for. The rows of yesterday's lectures go by a time-out only. Who corrects a title has two lectures in the list.
# Version: vlc-plugin-base 3.0.24-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, rows in the list:
#   announced: Hall rtp://@239.1.1.1:5004
#   new version, title and group: Hall rtp://@239.1.1.1:5004, Yard rtp://@239.1.1.9:6000
#   3 s after deletions of both: Hall rtp://@239.1.1.1:5004, Yard rtp://@239.1.1.9:6000
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libvlc5=3.0.24-0+deb12u1 vlc-plugin-base=3.0.24-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/list.py" <<'PYTHON'
import ctypes, socket, struct, time

vlc = ctypes.CDLL("libvlc.so.5")
POINTER, TEXT = ctypes.c_void_p, ctypes.c_char_p
for name, result, arguments in (
    ("libvlc_new", POINTER, [ctypes.c_int, ctypes.POINTER(TEXT)]),
    ("libvlc_media_discoverer_new", POINTER, [POINTER, TEXT]),
    ("libvlc_media_discoverer_start", ctypes.c_int, [POINTER]),
    ("libvlc_media_discoverer_media_list", POINTER, [POINTER]),
    ("libvlc_media_list_count", ctypes.c_int, [POINTER]),
    ("libvlc_media_list_item_at_index", POINTER, [POINTER, ctypes.c_int]),
    ("libvlc_media_get_meta", TEXT, [POINTER, ctypes.c_int]),
    ("libvlc_media_get_mrl", TEXT, [POINTER]),
):
    getattr(vlc, name).restype, getattr(vlc, name).argtypes = result, arguments

ANNOUNCE, DELETE = 0x20, 0x24
send = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
send.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("192.0.2.1"))
options = (TEXT * 2)(b"--quiet", b"--intf=dummy")
discoverer = vlc.libvlc_media_discoverer_new(vlc.libvlc_new(2, options), b"sap")
assert vlc.libvlc_media_discoverer_start(discoverer) == 0


def say(kind, number, lines):
    header = struct.pack(">BBH4s", kind, 0, number, socket.inet_aton("192.0.2.1")) + b"application/sdp\0"
    send.sendto(header + "".join(line + "\r\n" for line in lines).encode(), ("224.2.127.254", 9875))


def rows():
    items = vlc.libvlc_media_discoverer_media_list(discoverer)
    items = [vlc.libvlc_media_list_item_at_index(items, i) for i in range(vlc.libvlc_media_list_count(items))]
    return [f"{vlc.libvlc_media_get_meta(item, 0).decode()} {vlc.libvlc_media_get_mrl(item).decode()}" for item in items]


def session(version, title, group, port):
    return ["v=0", f"o=- 1 {version} IN IP4 192.0.2.1", f"s={title}", f"c=IN IP4 {group}/5", "t=0 0", f"m=video {port} RTP/AVP 33"]


def wait_for(count):
    until = time.time() + 20
    while len(rows()) < count and time.time() < until:
        yield
        time.sleep(0.5)


first, second = session(1, "Hall", "239.1.1.1", 5004), session(2, "Yard", "239.1.1.9", 6000)
for _ in wait_for(1):
    say(ANNOUNCE, 1, first)
print(", ".join(rows()))
for _ in wait_for(2):
    say(ANNOUNCE, 2, second)
print(", ".join(rows()))
for _ in range(3):
    say(DELETE, 1, first)
    say(DELETE, 1, first[1:2])
    say(DELETE, 2, second)
    say(DELETE, 2, second[1:2])
    time.sleep(1)
print(", ".join(rows()))
PYTHON
mapfile -t seen < <(inside python3 /tmp/list.py)
still announced "Hall rtp://@239.1.1.1:5004" "${seen[0]}"
still "new version, title and group" "Hall rtp://@239.1.1.1:5004, Yard rtp://@239.1.1.9:6000" "${seen[1]}"
still "3 s after deletions of both" "Hall rtp://@239.1.1.1:5004, Yard rtp://@239.1.1.9:6000" "${seen[2]}"
