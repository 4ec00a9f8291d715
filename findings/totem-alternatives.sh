#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: of a lecture with two addresses, multicast and for who cannot have that a server's, GNOME's players get both, or the
# first: two REFs of an ASX entry are to be tried in order, and of several locations of an XSPF track one is to be played.
# What happens: totem-pl-parser hands on one address, the first of an ASX entry and the last of an XSPF track. By ASX nobody
# without multicast ever comes to the server, which the list was written for; by XSPF everybody is at the server, and
# the multicast that should spare it is joined by none. The order that is right for one is wrong for the other.
# Version: libtotem-plparser18 3.26.6-1+b1 (Debian 12), shared-mime-info 2.2-1, python3-gi 3.42.2-3+b1.
# Seen on 2026-11-29, rtp://239.1.1.2:5004, then http://192.0.2.1/hall:
#   ASX: rtp://239.1.1.2:5004
#   XSPF: http://192.0.2.1/hall
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libtotem-plparser18=3.26.6-1+b1 gir1.2-totemplparser-1.0=3.26.6-1+b1 shared-mime-info=2.2-1 python3-gi=3.42.2-3+b1
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
inside update-mime-database /usr/share/mime 2>"$root/tmp/warnings"
mapfile -t seen < <(inside python3 /tmp/read.py 2>"$root/tmp/warnings")
still ASX rtp://239.1.1.2:5004 "${seen[0]}"
still XSPF http://192.0.2.1/hall "${seen[1]}"
