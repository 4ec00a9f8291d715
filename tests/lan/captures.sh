#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Captures of real senders, replayed: tests/data/capture says whose.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
captures=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../data/capture

# FILE INPUT: as lib.sh's tune, without a network
replay() {
  status=0
  unshare --net timeout -s KILL 40 "$bin/lectern-tune" --json --decode --replay "$captures/$1" "$2" \
    >tune.out 2>tune.err || status=$?
  tail -n 1 tune.out >tune.json
  echo "-- lectern-tune --replay $1 $2: status $status"
}

describe() { # GROUP PAYLOAD RTPMAP
  printf 'v=0\r\no=- 1 1 IN IP4 10.77.0.1\r\ns=x\r\nc=IN IP4 %s/4\r\nt=0 0\r\nm=video 5004 RTP/AVP %s\r\na=rtpmap:%s %s\r\n' \
    "$1" "$2" "$2" "$3"
}

# all of it is there, but what is before the first key frame
whole='video["lost"] == video["late"] == video["discarded"] == ts["lost"] == ts["discontinuities"] == 0'
plays='status == 0 and decoded["video"] > 25 and decoded["audio"] > 100'

story "FFmpeg without pkt_size"
replay ffmpeg-udp.pcap udp://239.82.0.1:5004
expect "$plays" "$whole" 'video["found"] == "announced"' 'verdict == "Everything sent has arrived"'

story "the same, where RTP was announced"
replay ffmpeg-udp.pcap rtp://239.82.0.1:5004
expect "$plays" 'ts["lost"] == 0' 'video["found"] == "ts-without-rtp"' 'video["encoding"] == "MP2T"' \
  'advice == "The announcement says RTP; the station sends a transport stream without RTP"'

story "the same, where H.264 was announced"
describe 239.82.0.1 96 H264/90000 >h264.sdp
replay ffmpeg-udp.pcap h264.sdp
expect "$plays" 'ts["lost"] == 0' 'video["found"] == "ts-without-rtp"'

story "FFmpeg, datagrams of 1000 bytes"
replay ffmpeg-udp-1000.pcap udp://239.82.0.2:5004
expect "$plays" "$whole"

story "FFmpeg, packets of 192 bytes"
replay ffmpeg-m2ts.pcap udp://239.82.0.3:5004
expect 'decoded["video"] > 25' "$whole"

story "multicat without RTP, where it was announced"
replay multicat-udp.pcap rtp://239.82.0.4:5004
expect "$plays" 'ts["lost"] == 0' 'video["found"] == "ts-without-rtp"'

story "GStreamer, a payload type that nobody has announced"
replay gst-rtp-96.pcap rtp://239.82.0.6:5004
expect "$plays" 'ts["lost"] == 0' 'video["found"] == "ts"' \
  'advice == "The announcement does not say so, but the station sends a transport stream (payload type 96)"'

story "the same, where that was announced as H.264"
describe 239.82.0.6 96 H264/90000 >h264.sdp
replay gst-rtp-96.pcap h264.sdp
expect "$plays" 'ts["lost"] == 0' 'video["found"] == "ts"'

story "the same, where a transport stream without RTP was announced"
replay gst-rtp-96.pcap udp://239.82.0.6:5004
expect "$plays" "$whole" 'video["found"] == "rtp"'
