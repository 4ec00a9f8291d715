#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the file [Reference] that a Windows Media server answers with leads GNOME's players to the http address
# written in it, or to the second one where the first fails.
# What happens: totem-pl-parser makes mmsh:// of it, and drops the second. Debian's GStreamer has no source for that
# scheme (its mms plug-in is not built), so the station is "missing plug-in" in all that goes by this library.
# Versions: libtotem-plparser18 3.26.6-1+b1, gstreamer1.0-plugins-bad 1.22.0-4+deb12u8 (Debian 12).
# Seen on 2026-11-28, Ref1=http://one.example/hall?MSWMExt=.asf and Ref2=http://192.0.2.9/hall?MSWMExt=.asf:
#   entries: mmsh://one.example/hall?MSWMExt=.asf
#   GStreamer, for mmsh: No URI handler for the mmsh protocol found
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libtotem-plparser18=3.26.6-1+b1 gir1.2-totemplparser-1.0=3.26.6-1+b1 shared-mime-info=2.2-1 \
  gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-ugly=1.22.0-2+deb12u2 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-libav=1.22.0-2 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
inside update-mime-database /usr/share/mime
printf '%s\r\n' '[Reference]' 'Ref1=http://one.example/hall?MSWMExt=.asf' 'Ref2=http://192.0.2.9/hall?MSWMExt=.asf' >"$root/tmp/hall.asx"
cat >"$root/tmp/read.py" <<'PYTHON'
import gi

gi.require_version("Gst", "1.0")
gi.require_version("TotemPlParser", "1.0")
from gi.repository import GLib, Gst, TotemPlParser

parser = TotemPlParser.Parser()
entries = []
parser.connect("entry-parsed", lambda parser, uri, metadata: entries.append(uri))
parser.parse("file:///tmp/hall.asx", False)
print(*entries)
Gst.init(None)
try:
    print(Gst.Element.make_from_uri(Gst.URIType.SRC, entries[0], None).get_name())
except GLib.Error as error:
    print(error.message)
PYTHON
mapfile -t seen < <(inside python3 /tmp/read.py 2>"$root/tmp/warnings")
still entries "mmsh://one.example/hall?MSWMExt=.asf" "${seen[0]}"
still "GStreamer, for mmsh" "No URI handler for the mmsh protocol found" "${seen[1]}"
