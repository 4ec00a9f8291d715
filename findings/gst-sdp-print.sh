#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: GstSDPMessage reads a session description and prints it again, with the same meaning.
# What happens: the times of the session are neither kept nor printed, every session becomes "t=0 0",
# permanent; and the line end after the title of a medium (i=) is missing, so the connection or the
# bandwidth of that medium becomes a part of its title, and is gone for whoever reads the print.
# Versions: libgstreamer-plugins-base1.0-0 1.22.0-3+deb12u7 (Debian 12); the same in 1.26.2-1 (Debian 13).
# Seen on 2026-11-28:
#   installed: libgstreamer-plugins-base1.0-0=1.22.0-3+deb12u7 gir1.2-gst-plugins-base-1.0=1.22.0-3+deb12u7 python3-gi=3.42.2-3+b1
#   times read: 0
#   printed: v=0|o=- 1 1 IN IP4 192.0.2.1|s=Lecture|t=0 0|m=video 5004 RTP/AVP 33|i=Slidesc=IN IP4 239.1.1.1/5|
#   read again: title Slidesc=IN IP4 239.1.1.1/5, connections 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libgstreamer-plugins-base1.0-0=1.22.0-3+deb12u7 gir1.2-gst-plugins-base-1.0=1.22.0-3+deb12u7 python3-gi=3.42.2-3+b1
seen=$(inside python3 - <<'PYTHON'
import gi

gi.require_version("GstSdp", "1.0")
from gi.repository import GstSdp

text = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Lecture", "t=3981974400 3981981600", "m=video 5004 RTP/AVP 33", "i=Slides",
        "c=IN IP4 239.1.1.1/5", ""]
read = GstSdp.SDPMessage.new_from_text("\r\n".join(text))[1]
print(read.times_len())
printed = read.as_text()
print(printed.replace("\r\n", "|"))
again = GstSdp.SDPMessage.new_from_text(printed)[1]
medium = again.get_media(0)
print(f"title {medium.get_information()}, connections {medium.connections_len()}")
PYTHON
)
mapfile -t seen <<<"$seen"
still "times read" 0 "${seen[0]}"
still printed "v=0|o=- 1 1 IN IP4 192.0.2.1|s=Lecture|t=0 0|m=video 5004 RTP/AVP 33|i=Slidesc=IN IP4 239.1.1.1/5|" "${seen[1]}"
still "read again" "title Slidesc=IN IP4 239.1.1.1/5, connections 0" "${seen[2]}"
