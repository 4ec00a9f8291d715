#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the list of announced stations in VLC shows every lecture that is announced by SAP; at
# worst one that it cannot play stands there and fails.
# What happens: Debian builds VLC without live555, and then what has picture and sound on two ports is left
# out of the list, without a word to the user. That is the ordinary lecture, and also what FFmpeg and VLC
# themselves announce. The same picture announced alone is listed.
# Version: vlc-plugin-base 3.0.24-0+deb12u1 (Debian 12), announced by ffmpeg 7:5.1.9-0+deb12u1.
# Seen on 2026-11-28, both announced at the same time:
#   announced: 1 medium: Yard, 2 media: Hall
#   listed: Yard
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libvlc5=3.0.24-0+deb12u1 vlc-plugin-base=3.0.24-0+deb12u1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/list.py" <<'PYTHON'
import ctypes, socket, struct, subprocess, time

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
):
    getattr(vlc, name).restype, getattr(vlc, name).argtypes = result, arguments

options = (TEXT * 2)(b"--quiet", b"--intf=dummy")
discoverer = vlc.libvlc_media_discoverer_new(vlc.libvlc_new(2, options), b"sap")
assert vlc.libvlc_media_discoverer_start(discoverer) == 0
time.sleep(1)

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
hear.bind(("224.2.127.254", 9875))
lan = struct.pack("4s4si", socket.inet_aton("224.2.127.254"), bytes(4), socket.if_nametoindex("lan"))
hear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, lan)
hear.settimeout(20)

picture = "-re -f lavfi -i testsrc=s=160x120:r=5".split()
sound = "-re -f lavfi -i sine=r=8000".split()
stations = [
    subprocess.Popen(["ffmpeg", "-nostdin", "-v", "error", *media, "-t", "8", "-metadata", f"title={title}", "-f", "sap", url])
    for title, media, url in (("Hall", picture + sound, "sap://239.1.1.1"), ("Yard", picture, "sap://239.1.1.2"))
]
announced = set()
while len(announced) < 2:
    text = hear.recv(2000)[8:].decode()
    media = text.count("\nm=")
    announced.add(f"{media} medi{'um' if media == 1 else 'a'}: {text.split('s=')[1].split(chr(13))[0]}")
for station in stations:
    station.wait()
time.sleep(1)
print("announced: " + ", ".join(sorted(announced)))
listed = vlc.libvlc_media_discoverer_media_list(discoverer)
items = [vlc.libvlc_media_list_item_at_index(listed, i) for i in range(vlc.libvlc_media_list_count(listed))]
print("listed: " + ", ".join(vlc.libvlc_media_get_meta(item, 0).decode() for item in items))
PYTHON
mapfile -t seen < <(inside python3 /tmp/list.py)
still announced "1 medium: Yard, 2 media: Hall" "${seen[0]#announced: }"
still listed Yard "${seen[1]#listed: }"
