#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Captures of real senders, replayed: tests/data/capture says whose.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
captures=$lan/../data/capture

players=()

story() { title=$*; }
replay() { # FILE INPUT
  capture=$1 input=$2
  [[ ! -f $input ]] || input=$(realpath "$input")
}

# EXPRESSION...: plays it, without a network, in a folder of its own; four are played at the same time
judge() {
  local name=${#players[@]}
  mkdir "$name"
  (
    cd "$name"
    echo "== $title"
    status=0
    unshare --net timeout -s KILL 60 "$bin/lectern-tune" --json --decode --replay "$captures/$capture" "$input" \
      >tune.out 2>tune.err || status=$?
    tail -n 1 tune.out >tune.json
    echo "-- lectern-tune --replay $capture $input: status $status"
    expect "$@"
  ) >"$name.log" 2>&1 &
  players+=("$!")
  ((${#players[@]} < 4)) || wait "${players[-4]}" || true
}

describe() { # GROUP PAYLOAD RTPMAP
  printf 'v=0\r\no=- 1 1 IN IP4 10.77.0.1\r\ns=x\r\nc=IN IP4 %s/4\r\nt=0 0\r\nm=video 5004 RTP/AVP %s\r\na=rtpmap:%s %s\r\n' \
    "$1" "$2" "$2" "$3"
}

# all of it is there, but what is before the first key frame
whole='video["lost"] == video["late"] == video["discarded"] == ts["lost"] == ts["discontinuities"] == 0'
# a decoder of several threads keeps its last pictures to itself
plays='status == 0 and decoded["video"] > 20 and decoded["audio"] > 100'

story "FFmpeg without pkt_size"
replay ffmpeg-udp.pcap udp://239.82.0.1:5004
judge "$plays" "$whole" 'video["found"] == "announced"' 'verdict == "Everything sent has arrived"'

story "the same, where RTP was announced"
replay ffmpeg-udp.pcap rtp://239.82.0.1:5004
judge "$plays" 'ts["lost"] == 0' 'video["found"] == "ts-without-rtp"' 'video["encoding"] == "MP2T"' \
  'advice == "The announcement says RTP; the station sends a transport stream without RTP"'

story "the same, where H.264 was announced"
describe 239.82.0.1 96 H264/90000 >h264.sdp
replay ffmpeg-udp.pcap h264.sdp
judge "$plays" 'ts["lost"] == 0' 'video["found"] == "ts-without-rtp"'

story "FFmpeg, datagrams of 1000 bytes"
replay ffmpeg-udp-1000.pcap udp://239.82.0.2:5004
judge "$plays" "$whole"

story "FFmpeg, packets of 192 bytes"
replay ffmpeg-m2ts.pcap udp://239.82.0.3:5004
judge 'decoded["video"] > 25' "$whole"

story "multicat without RTP, where it was announced"
replay multicat-udp.pcap rtp://239.82.0.4:5004
judge "$plays" 'ts["lost"] == 0' 'video["found"] == "ts-without-rtp"'

story "GStreamer, a payload type that nobody has announced"
replay gst-rtp-96.pcap rtp://239.82.0.6:5004
judge "$plays" 'ts["lost"] == 0' 'video["found"] == "ts"' \
  'advice == "The announcement does not say so, but the station sends a transport stream (payload type 96)"'

story "the same, where that was announced as H.264"
describe 239.82.0.6 96 H264/90000 >gst-h264.sdp
replay gst-rtp-96.pcap gst-h264.sdp
judge "$plays" 'ts["lost"] == 0' 'video["found"] == "ts"'

story "the same, where a transport stream without RTP was announced"
replay gst-rtp-96.pcap udp://239.82.0.6:5004
judge "$plays" "$whole" 'video["found"] == "rtp"'

# each as its sender has announced it, or as a viewer would describe it
sounds='status == 0 and audio["lost"] == audio["late"] == audio["discarded"] == 0 and audio["latency-ms"] <= 150'
while read -r name expected; do
  story "$name"
  replay "$name.pcap" "$captures/$name.sdp"
  judge "$expected" 'verdict == "Everything sent has arrived"'
done <<TEXT
pulseaudio $sounds and decoded["audio"] > 30
pulseaudio-opus $sounds and decoded["audio"] > 100
pipewire $sounds and decoded["audio"] > 100
mediastream status == 0 and audio["lost"] == audio["late"] == 0 and audio["latency-ms"] <= 150 and decoded["audio"] > 100
vlc $sounds and decoded["video"] > 15 and decoded["audio"] > 100
vlc-ts status == 0 and video["lost"] == ts["lost"] == 0 and decoded["video"] > 10 and decoded["audio"] > 50 and report["latency-ms"] <= 150
TEXT

story "dvblast, whose SSRC is 0"
replay dvblast.pcap rtp://239.255.40.3:5004
judge 'status == 0' 'video["lost"] == ts["lost"] == 0' 'decoded["video"] > 10' 'decoded["audio"] > 50' 'video["ssrc"] == 0' 'report["latency-ms"] <= 150'

failed=0
for i in "${!players[@]}"; do
  wait "${players[i]}" || failed=1
  cat "$i.log"
done
[[ $failed == 0 ]] || fail "some of the stories"
