#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# MPEG transport streams, over RTP and in bare UDP.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg

lecture=(ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=320x240:r=25 -re -f lavfi -i sine=r=48000
  -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -c:a aac)

story "over RTP"
send "${lecture[@]}" -f rtp_mpegts "rtp://239.77.3.1:5004?ttl=1"
sleep 1
tune --for 3 --decode rtp://239.77.3.1:5004
expect 'status == 0' 'streams[0]["lost"] == 0' 'decoded["video"] > 15' 'decoded["audio"] > 25'
kill "$sender"

story "in bare UDP"
send "${lecture[@]}" -f mpegts "udp://239.77.3.2:1234?ttl=1&pkt_size=1316"
sleep 1
tune --for 3 --decode udp://@239.77.3.2:1234
expect 'status == 0' 'decoded["video"] > 15' 'decoded["audio"] > 25'
