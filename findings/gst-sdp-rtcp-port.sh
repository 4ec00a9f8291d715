#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: where a description names the RTCP port (a=rtcp, RFC 3605), GStreamer listens there.
# What happens: sdpdemux keeps the attribute in the caps and opens the next port after the media's. Sender reports
# never arrive: picture and sound are put together by arrival, and the end of a station (BYE) is not heard.
# minisapserver writes the attribute for each odd port, and then port + 1 is right by chance.
# Versions: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8 (Debian 12); the same in 1.26 (Debian 13).
# Seen on 2026-11-28:
#   description: m=audio 5006 RTP/AVP 10, a=rtcp:5010
#   open ports: 5006 5007
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 gstreamer1.0-plugins-good=1.22.0-5+deb12u4 \
  gstreamer1.0-plugins-base=1.22.0-3+deb12u7 gstreamer1.0-tools=1.22.0-2+deb12u1
printf '%s\r\n' v=0 "o=- 1 1 IN IP4 192.0.2.1" s=Hall "c=IN IP4 239.1.1.1/1" "t=0 0" "m=audio 5006 RTP/AVP 10" a=rtcp:5010 >"$root/tmp/hall.sdp"
echo "description: m=audio 5006 RTP/AVP 10, a=rtcp:5010"
cat >"$root/tmp/play" <<'SCRIPT'
gst-launch-1.0 filesrc location=/tmp/hall.sdp ! sdpdemux ! fakesink >/tmp/said 2>&1 &
for i in {1..100}; do
  ports=$(sed -n 's/^ *[0-9]*: [0-9A-F]*:\([0-9A-F]*\) .*/\1/p' /proc/net/udp | sort)
  [[ -z $ports ]] || break
  sleep 0.2
done
sleep 1
sed -n 's/^ *[0-9]*: [0-9A-F]*:\([0-9A-F]*\) .*/\1/p' /proc/net/udp | sort | while read -r port; do
  printf '%d ' "0x$port"
done
kill $!
SCRIPT
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true
seen=$(inside bash /tmp/play)
still "open ports" "5006 5007" "${seen% }"
