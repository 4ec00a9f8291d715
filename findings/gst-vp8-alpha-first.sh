#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the decoder for VP8 is the first in the list of those whose pads may have video/x-vp8, sorted by rank.
# What happens: the first is vp8alphadecodebin, which takes only what has a transparent layer (codec-alpha=true) and refuses
# the picture of every camera: "not negotiated". It ranks above vp8dec, and caps that say nothing of a layer
# intersect with both. Only where the list is asked for a subset (the last argument of
# gst_element_factory_list_filter) is vp8dec the first. In the list for VP9 vp9alphadecodebin stands in the same place.
# Versions: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8, -good 1.22.0-5+deb12u4, -base 1.22.0-3+deb12u7 (Debian 12);
# the same in 1.26 (Debian 13).
# Seen on 2026-11-28, 20 pictures of vp8enc:
#   first by intersection, and what it makes of them: vp8alphadecodebin, not-negotiated
#   first for VP9 by intersection: vp9alphadecodebin
#   first by subset, and what it makes of them: vp8dec, 20 pictures
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/choose.py" <<'PYTHON'
import gi, re, sys

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
decoders = Gst.ElementFactory.list_get_elements(Gst.ELEMENT_FACTORY_TYPE_DECODER, Gst.Rank.MARGINAL)


def first(caps, subset):
    able = Gst.ElementFactory.list_filter(decoders, Gst.Caps.from_string(caps), Gst.PadDirection.SINK, subset)
    return max(able, key=lambda factory: factory.get_rank()).get_name()


chosen = first("video/x-vp8", sys.argv[1] == "subset")
pipeline = Gst.parse_launch(f"videotestsrc num-buffers=20 ! vp8enc deadline=1 ! {chosen} ! fakesink name=sink sync=false")
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.ERROR | Gst.MessageType.EOS)
if message.type == Gst.MessageType.ERROR:
    seen = re.search(r"reason (\S+)", message.parse_error().debug).group(1)
else:
    seen = f"{pipeline.get_by_name('sink').get_property('stats').get_value('rendered')} pictures"
pipeline.set_state(Gst.State.NULL)
print(f"{chosen}, {seen}")
print(first("video/x-vp9", False))
PYTHON
# makes the list of plug-ins, which says what it cannot load
inside python3 -c 'import gi; gi.require_version("Gst", "1.0"); from gi.repository import Gst; Gst.init(None)' 2>"$root/tmp/plugins"
mapfile -t seen < <(inside python3 /tmp/choose.py intersection 2>"$root/tmp/warnings")
still "first by intersection, and what it makes of them" "vp8alphadecodebin, not-negotiated" "${seen[0]}"
still "first for VP9 by intersection" vp9alphadecodebin "${seen[1]}"
mapfile -t seen < <(inside python3 /tmp/choose.py subset 2>"$root/tmp/warnings")
still "first by subset, and what it makes of them" "vp8dec, 20 pictures" "${seen[0]}"
