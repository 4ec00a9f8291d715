#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: of a lecture with two addresses, multicast and for who cannot have that a server's, GNOME's players and VLC get both, or
# the first: two REFs of an ASX entry are to be tried in order, and of several locations of an XSPF track one is to be played.
# What happens: totem-pl-parser hands on one address, the first of an ASX entry and the last of an XSPF track. By ASX nobody
# without multicast ever comes to the server, which the list was written for; by XSPF everybody is at the server, and
# the multicast that should spare it is joined by none. VLC takes the last location too, and makes two entries of one in ASX:
# the same lecture stands there twice, and plays twice where all is played. No order is right for both forms.
# Versions: libtotem-plparser18 3.26.6-1+b1, shared-mime-info 2.2-1, vlc-plugin-base 3.0.24-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, rtp://239.1.1.2:5004, then http://192.0.2.1/hall:
#   totem-pl-parser, ASX: rtp://239.1.1.2:5004
#   totem-pl-parser, XSPF: http://192.0.2.1/hall
#   VLC, ASX: 1. Hall rtp://239.1.1.2:5004, 2. Hall http://192.0.2.1/hall
#   VLC, XSPF: Hall http://192.0.2.1/hall
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libtotem-plparser18=3.26.6-1+b1 gir1.2-totemplparser-1.0=3.26.6-1+b1 shared-mime-info=2.2-1 \
  python3-gi=3.42.2-3+b1 libvlc5=3.0.24-0+deb12u1 vlc-plugin-base=3.0.24-0+deb12u1
cat >"$root/tmp/hall.asx" <<'ASX'
<asx version="3.0"><entry><title>Hall</title><ref href="rtp://239.1.1.2:5004"/><ref href="http://192.0.2.1/hall"/></entry></asx>
ASX
cat >"$root/tmp/hall.xspf" <<'XSPF'
<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track><title>Hall</title>
<location>rtp://239.1.1.2:5004</location><location>http://192.0.2.1/hall</location></track></trackList></playlist>
XSPF
cat >"$root/tmp/read.py" <<'PYTHON'
import gi

gi.require_version("TotemPlParser", "1.0")
from gi.repository import TotemPlParser

for name in ("hall.asx", "hall.xspf"):
    addresses = []
    parser = TotemPlParser.Parser()
    parser.set_property("recurse", False)
    parser.connect("entry-parsed", lambda parser, address, facts: addresses.append(address))
    assert parser.parse(f"file:///tmp/{name}", False) == TotemPlParser.ParserResult.SUCCESS
    print(*addresses)
PYTHON
cat >"$root/tmp/open.py" <<'PYTHON'
import ctypes, time

vlc = ctypes.CDLL("libvlc.so.5")
POINTER, TEXT, NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
for name, result, arguments in (
    ("new", POINTER, [NUMBER, ctypes.POINTER(TEXT)]),
    ("media_new_path", POINTER, [POINTER, TEXT]),
    ("media_parse_with_options", NUMBER, [POINTER, NUMBER, NUMBER]),
    ("media_get_parsed_status", NUMBER, [POINTER]),
    ("media_subitems", POINTER, [POINTER]),
    ("media_list_count", NUMBER, [POINTER]),
    ("media_list_item_at_index", POINTER, [POINTER, NUMBER]),
    ("media_get_meta", TEXT, [POINTER, NUMBER]),
    ("media_get_mrl", TEXT, [POINTER]),
):
    getattr(vlc, f"libvlc_{name}").restype, getattr(vlc, f"libvlc_{name}").argtypes = result, arguments
player = vlc.libvlc_new(2, (TEXT * 2)(b"--quiet", b"--intf=dummy"))
for name in (b"/tmp/hall.asx", b"/tmp/hall.xspf"):
    media = vlc.libvlc_media_new_path(player, name)
    vlc.libvlc_media_parse_with_options(media, 2, 20000)
    until = time.time() + 30
    while not vlc.libvlc_media_get_parsed_status(media) and time.time() < until:
        time.sleep(0.1)
    entries = vlc.libvlc_media_subitems(media)
    entries = [vlc.libvlc_media_list_item_at_index(entries, i) for i in range(vlc.libvlc_media_list_count(entries))]
    print(", ".join(f"{vlc.libvlc_media_get_meta(entry, 0).decode()} {vlc.libvlc_media_get_mrl(entry).decode()}" for entry in entries))
PYTHON
inside update-mime-database /usr/share/mime 2>"$root/tmp/warnings"
mapfile -t seen < <(inside python3 /tmp/read.py 2>"$root/tmp/warnings")
still "totem-pl-parser, ASX" rtp://239.1.1.2:5004 "${seen[0]}"
still "totem-pl-parser, XSPF" http://192.0.2.1/hall "${seen[1]}"
mapfile -t seen < <(inside python3 /tmp/open.py)
still "VLC, ASX" "1. Hall rtp://239.1.1.2:5004, 2. Hall http://192.0.2.1/hall" "${seen[0]}"
still "VLC, XSPF" "Hall http://192.0.2.1/hall" "${seen[1]}"
