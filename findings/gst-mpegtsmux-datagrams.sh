#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: `mpegtsmux ! udpsink` sends seven packets of 188 bytes in a datagram, as every receiver of
# transport streams knows them; the muxer's alignment is "automatic" by default.
# What happens: automatic means one packet for each datagram. The same lecture is seven times as many packets
# on the network, a fifth of it headers. With `rtpmp2tpay` between, which gathers seven, nobody notices.
# Versions: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8, -good 1.22.0-5+deb12u4 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28, a tone of four seconds in AAC:
#   as it comes: 188 bytes each
#   alignment=7: 1316 bytes each
#   with rtpmp2tpay: 1328 bytes each
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-libav=1.22.0-2 gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import socket, subprocess, sys

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
sound = "audiotestsrc num-buffers=200 ! avenc_aac !"
sender = subprocess.Popen(["gst-launch-1.0", "-q", *sound.split(), *sys.argv[1:], "!", "udpsink", "host=127.0.0.1", "port=5004"])
hear.settimeout(1)
sizes = []
while True:
    try:
        sizes.append(len(hear.recv(65536)))
    except TimeoutError:
        if sender.poll() is not None:
            break
# the last one may be shorter
print(f"{' '.join(map(str, sorted(set(sizes[:-1]))))} bytes each")
PYTHON
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
still "as it comes" "188 bytes each" "$(inside python3 /tmp/send.py mpegtsmux)"
still "alignment=7" "1316 bytes each" "$(inside python3 /tmp/send.py mpegtsmux alignment=7)"
still "with rtpmp2tpay" "1328 bytes each" "$(inside python3 /tmp/send.py mpegtsmux '!' rtpmp2tpay)"
