#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: rtpulpfecenc with percentage=100 sends a packet of ULPFEC for each packet of sound, as it does for each of a
# picture, and a lost packet of the lecturer's voice comes back.
# What happens: it sends one at the start, and then never again. With "multipacket", which is on by default, repair is made at
# a marker bit only, the end of a picture, for all packets since the last. Sound has the marker on the first packet
# after a silence and nowhere else (RFC 3551, 4.1). multipacket=false cures it.
# Version: gstreamer1.0-plugins-good 1.22.0-5+deb12u4 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28, 200 packets each, percentage=100, packets of repair:
#   PCMU: 1
#   OPUS: 1
#   PCMU, multipacket=false: 200
#   VP8, 200 pictures: 200 or more
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 \
  python3-gi=3.42.2-3+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import gi, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

REPAIR = 122
SENDERS = {
    "PCMU": "audiotestsrc num-buffers=200 samplesperbuffer=160 ! audio/x-raw,rate=8000 ! mulawenc ! rtppcmupay",
    "OPUS": "audiotestsrc num-buffers=200 samplesperbuffer=960 ! audio/x-raw,rate=48000 ! opusenc ! rtpopuspay",
    "VP8": "videotestsrc num-buffers=200 ! video/x-raw,width=64,height=64,framerate=25/1 ! vp8enc deadline=1 ! rtpvp8pay",
}
Gst.init(None)
pipeline = Gst.parse_launch(f"{SENDERS[sys.argv[1]]} ! rtpulpfecenc pt={REPAIR} percentage=100 {' '.join(sys.argv[2:])} ! fakesink name=out sync=false")
kinds = []


def note(pad, info):
    kinds.append(info.get_buffer().extract_dup(1, 1)[0] & 127)
    return Gst.PadProbeReturn.OK


pipeline.get_by_name("out").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, note)
pipeline.set_state(Gst.State.PLAYING)
end = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
pipeline.set_state(Gst.State.NULL)
assert end.type == Gst.MessageType.EOS and len(kinds) - kinds.count(REPAIR) >= 200
print(kinds.count(REPAIR))
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still PCMU 1 "$(inside python3 /tmp/send.py PCMU 2>"$root/tmp/warnings")"
still OPUS 1 "$(inside python3 /tmp/send.py OPUS 2>"$root/tmp/warnings")"
still "PCMU, multipacket=false" 200 "$(inside python3 /tmp/send.py PCMU multipacket=false 2>"$root/tmp/warnings")"
n=$(inside python3 /tmp/send.py VP8 2>"$root/tmp/warnings")
still "VP8, 200 pictures" "200 or more" "$( ((n >= 200)) && echo 200 or more || echo "$n")"
