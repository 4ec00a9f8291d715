#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: rtpulpfecenc with percentage-important=100 protects the important packets, those of the key frames, with as
# many packets of ULPFEC (RFC 5109), and leaves the rest alone: repair where a loss costs most, for little rate.
# What happens: no packet is ever important, and no repair is made at all; nothing says so. What is important it is told by the
# flag NON_DROPPABLE of a buffer, and none of the payloaders sets it, for H.264, VP8, VP9 or MPEG-4, though
# they know the key frames. Only "percentage", for all packets alike, has an effect; both together are as that alone.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, -ugly 1.22.0-2+deb12u2 (x264enc), -libav 1.22.0-2 (avenc_mpeg4),
# -base 1.22.0-3+deb12u7 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28, 100 pictures, a key frame every 10:
#   percentage-important=100: H264 0, VP8 0, VP9 0, MP4V-ES 0 packets of repair
#   percentage=20: H264 some, VP8 some, VP9 some, MP4V-ES some packets of repair
#   VP8, the same packets put in by hand: 0 packets of repair
#   and with the flag on those of the key frames: some packets of repair
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-ugly=1.22.0-2+deb12u2 gstreamer1.0-libav=1.22.0-2 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

REPAIR = 122
PICTURE = "videotestsrc num-buffers=100 ! video/x-raw,width=160,height=120,framerate=25/1"
SENDERS = {
    "H264": "x264enc key-int-max=10 speed-preset=ultrafast ! rtph264pay",
    "VP8": "vp8enc deadline=1 keyframe-max-dist=10 ! rtpvp8pay",
    "VP9": "vp9enc deadline=1 keyframe-max-dist=10 ! rtpvp9pay",
    "MP4V-ES": "avenc_mpeg4 gop-size=10 ! rtpmp4vpay",
}


def through(elements, packets=()):
    """What comes out of the elements: times and bytes of all packets."""
    pipeline = Gst.parse_launch(f"{elements} ! appsink name=out sync=false")
    pipeline.set_state(Gst.State.PLAYING)
    if packets:
        for time, data, flags in packets:
            packet = Gst.Buffer.new_wrapped(data)
            packet.pts = time
            packet.set_flags(flags)
            pipeline.get_by_name("in").emit("push-buffer", packet)
        pipeline.get_by_name("in").emit("end-of-stream")
    out = []
    while sample := pipeline.get_by_name("out").emit("pull-sample"):
        packet = sample.get_buffer()
        out.append((packet.pts, packet.extract_dup(0, packet.get_size())))
    pipeline.set_state(Gst.State.NULL)
    assert out
    return out


def some(packets):
    count = sum(data[1] & 127 == REPAIR for _, data in packets)
    return "some" if count > 4 else count


Gst.init(None)
for setting in ("percentage-important=100", "percentage=20"):
    repair = f"rtpulpfecenc pt={REPAIR} {setting}"
    print(", ".join(f"{name} {some(through(f'{PICTURE} ! {sender} ! {repair}'))}" for name, sender in SENDERS.items()))
packets = through(f"{PICTURE} ! {SENDERS['VP8']}")
caps = "application/x-rtp,media=video,clock-rate=90000,encoding-name=VP8,payload=96"
repair = f"appsrc name=in format=time caps={caps} ! rtpulpfecenc pt={REPAIR} percentage-important=100"
for flag in (Gst.BufferFlags(0), Gst.BufferFlags.NON_DROPPABLE):
    print(some(through(repair, [(time, data, flag if time // (40 * Gst.MSECOND) % 10 == 0 else Gst.BufferFlags(0)) for time, data in packets])))
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/send.py 2>"$root/tmp/warnings")
still "percentage-important=100, packets of repair" "H264 0, VP8 0, VP9 0, MP4V-ES 0" "${seen[0]}"
still "percentage=20, packets of repair" "H264 some, VP8 some, VP9 some, MP4V-ES some" "${seen[1]}"
still "VP8, the same packets put in by hand, packets of repair" 0 "${seen[2]}"
still "and with the flag on those of the key frames, packets of repair" some "${seen[3]}"
