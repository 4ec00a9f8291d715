#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: 5.1 channels as L16 in RTP come out of the loudspeakers that they were made for; without a name for their order
# (channel-order of RFC 3190) they stand as in memory, as FFmpeg sends them, or as in RFC 3551, 4.1; with the name as it says.
# What happens: GStreamer's depayloader does it the other way round. Without a name it takes six channels for DV.LRLsRsCS
# (left, right, surrounds, centre, low), so the centre, where the lecturer speaks, comes out of the left surround, and the
# surround out of the centre. With that name it leaves them as they come, and again the centre is at the side. Its own
# payloader names the order for speakers at the sides, and none for those at the back, its usual kind: both come out wrong.
# Versions: gstreamer1.0-plugins-good 1.22.0-5+deb12u4, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12). In 1.26 (Debian 13) the order
# that is named is right, the one that is not is as here.
# Seen on 2026-11-28, what comes out in the places FL FR FC LFE SL SR:
#   FFmpeg's 5.1: a=rtpmap:97 L16/48000/6, a=fmtp none: FL FR BL BR FC LFE
#   GStreamer's 5.1, back: order None: FL FR BL BR FC LFE
#   GStreamer's 5.1, side: order DV.LRLsRsCS: FL FR SL SR FC LFE
#   the same, the order not named: FL FR FC LFE SL SR
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 \
  gir1.2-gstreamer-1.0=1.22.0-2+deb12u1 python3-gi=3.42.2-3+b1
cat >"$root/tmp/play.py" <<'PYTHON'
import gi, re, socket, struct, subprocess

gi.require_version("Gst", "1.0")
from gi.repository import Gst

FRONT = ["FL", "FR", "FC", "LFE"]
BACK, SIDE = FRONT + ["BL", "BR"], FRONT + ["SL", "SR"]


def run(elements, data):
    pipeline = Gst.parse_launch(f"appsrc name=in format=time {elements} ! appsink name=out sync=false")
    buffer = Gst.Buffer.new_wrapped(data)
    buffer.pts = 0
    pipeline.set_state(Gst.State.PLAYING)
    pipeline.get_by_name("in").emit("push-buffer", buffer)
    pipeline.get_by_name("in").emit("end-of-stream")
    sample = pipeline.get_by_name("out").emit("pull-sample")
    pipeline.set_state(Gst.State.NULL)
    return sample.get_buffer().extract_dup(0, 2000), sample.get_caps().to_string()


def of_ffmpeg():
    hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hear.bind(("127.0.0.1", 5004))
    # each channel has a level of its own
    sound = "-f lavfi -i aevalsrc=0.01|0.02|0.03|0.04|0.05|0.06:c=5.1:s=48000 -t 0.1 -c:a pcm_s16be -f rtp rtp://127.0.0.1:5004"
    sender = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *sound.split()], capture_output=True, text=True, check=True)
    lines = sender.stdout.splitlines()
    return hear.recv(2000), *([line for line in lines if line.startswith(name)] for name in ("a=rtpmap:", "a=fmtp:"))


def of_gstreamer(mask):
    data = struct.pack(">6h", *(round(level * 327.67) for level in range(1, 7))) * 40
    caps = f"audio/x-raw,format=S16BE,layout=interleaved,rate=48000,channels=6,channel-mask=(bitmask){mask:#x}"
    packet, said = run(f"caps={caps} ! rtpL16pay pt=97", data)
    order = re.search(r"channel-order=\(string\)([\w.]+)", said)
    return packet, order and order[1]


def played(packet, names, order=None):
    caps = "application/x-rtp,media=audio,clock-rate=48000,encoding-name=L16,payload=97,encoding-params=(string)6"
    data, said = run(f"caps={caps}{f',channel-order={order}' if order else ''} ! rtpL16depay", packet)
    assert "channel-mask=(bitmask)0x0000000000000c0f" in said
    return " ".join(names[round(level / 327.67) - 1] for level in struct.unpack_from(">6h", data))


Gst.init(None)
packet, rtpmap, fmtp = of_ffmpeg()
print(f"{' '.join(rtpmap)}, a=fmtp {' '.join(fmtp) or 'none'}: {played(packet, BACK)}")
for names, mask in ((BACK, 0x3F), (SIDE, 0xC0F)):
    packet, order = of_gstreamer(mask)
    print(f"order {order}: {played(packet, names, order)}")
print(played(packet, names))
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
mapfile -t seen < <(inside python3 /tmp/play.py 2>"$root/tmp/warnings")
still "FFmpeg's 5.1" "a=rtpmap:97 L16/48000/6, a=fmtp none: FL FR BL BR FC LFE" "${seen[0]}"
still "GStreamer's 5.1, back" "order None: FL FR BL BR FC LFE" "${seen[1]}"
still "GStreamer's 5.1, side" "order DV.LRLsRsCS: FL FR SL SR FC LFE" "${seen[2]}"
still "the same, the order not named" "FL FR FC LFE SL SR" "${seen[3]}"
