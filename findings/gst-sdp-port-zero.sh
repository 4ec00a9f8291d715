#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a medium with port 0, switched off as RFC 3264, 6 has it and as servers describe what only RTSP
# can set up, is left out, and the other media of the description play.
# What happens: sdpdemux opens sockets for it all the same, on any port for RTP and on port 1 (0 + 1) for RTCP. Only
# root may have that port; for everybody else the whole description ended with "pipeline doesn't want to
# play" in 4 of 7 runs, and played in the others.
# Versions: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28, a description with sound on port 5006:
#   open ports, sound only: 5006 5007
#   open ports, sound and a picture on port 0, as root: 1 5006 5007
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1
cat >"$root/tmp/play" <<'SCRIPT'
# play MEDIUM...: prints the ports below the range that the kernel gives away
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 192.0.2.1" s=Hall "c=IN IP4 239.1.1.1/1" "t=0 0" "$@" >/tmp/hall.sdp
gst-launch-1.0 filesrc location=/tmp/hall.sdp ! sdpdemux ! fakesink >/tmp/said 2>&1 &
for i in {1..100}; do
  sleep 0.2
  ports=$(sed -n 's/^ *[0-9]*: [0-9A-F]*:\([0-9A-F]*\) .*/\1/p' /proc/net/udp | sort)
  [[ $ports != *138F* ]] || break
done
for port in $ports; do
  ((0x$port > 30000)) || printf '%d ' "0x$port"
done
kill $!
SCRIPT
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
seen=$(inside bash /tmp/play "m=audio 5006 RTP/AVP 10")
still "open ports, sound only" "5006 5007" "${seen% }"
seen=$(inside bash /tmp/play "m=video 0 RTP/AVP 33" "m=audio 5006 RTP/AVP 10")
still "open ports, sound and a picture on port 0, as root" "1 5006 5007" "${seen% }"
