#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# VLC's transport stream over RTP, and what its RTSP server sends.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg cvlc

story "VLC: a transport stream over RTP"

ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=320x240:r=25 -f lavfi -i sine=r=48000 -t 20 \
  -c:v libx264 -preset ultrafast -g 25 -c:a mp2 lecture.ts
# VLC does not run as root, which it is in our namespace: a further one, in which it is not, or,
# for real root, somebody who owns nothing
somebody=(unshare --user --map-user=1000 --map-group=1000)
"${somebody[@]}" true 2>/dev/null ||
  somebody=(setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent)
"${somebody[@]}" true 2>/dev/null ||
  skip "VLC does not run as root, and there is no way to be somebody else here"
chmod 755 . && chmod 644 lecture.ts
send "${somebody[@]}" cvlc --no-dbus -q lecture.ts \
  --sout '#rtp{dst=239.77.4.1,port=5004,mux=ts,ttl=1}' vlc://quit
tune_until 'decoded["video"] > 15' 'decoded["audio"] > 25' -- --decode rtp://239.77.4.1:5004
expect 'status == 0' 'streams[0]["lost"] == 0'

for rtp in '' 'dst=239.77.9.1,port=5004,ttl=1,' 'dst=239.77.9.2,port=5004,ttl=1,mux=ts,'; do
  story "its RTSP server: ${rtp:-to each viewer alone}"
  send "${somebody[@]}" cvlc --no-dbus -q --loop lecture.ts --sout "#rtp{${rtp}sdp=rtsp://:8554/hall}" --sout-keep
  until_true eval 'station ss -Hltn | grep -q :8554'
  tune_until 'decoded["video"] > 15' 'decoded["audio"] > 25' -- --decode "rtsp://$STATION4:8554/hall"
  expect 'status == 0' 'all(s["lost"] == 0 for s in streams)'
  end_sender
done
