#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# channelsrc in other people's pipelines, as its documentation has them: before a decodebin3, alone and
# with others. Some depayloaders know their caps by the first parameter sets only.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs gst-launch-1.0

# The caps of payloaders, which an announcement needs, are printed.
send gst-launch-1.0 -v \
  videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! tee name=v \
  v. ! queue ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! \
  rtph264pay name=h264 pt=96 config-interval=1 ! udpsink host=239.77.2.3 port=5000 \
  v. ! queue ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! \
  rtph265pay pt=97 config-interval=1 ! udpsink host=239.77.2.3 port=5002 \
  audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! tee name=a \
  a. ! queue ! audioconvert ! opusenc ! rtpopuspay pt=98 ! udpsink host=239.77.2.3 port=5004 \
  a. ! queue ! audioconvert ! avenc_aac ! aacparse ! rtpmp4gpay name=aac pt=99 ! udpsink host=239.77.2.3 port=5006

# FIELD: what a payloader says of it in its caps, as `field`
await_field() {
  local i
  for ((i = 0; i < 600; i++)); do
    field=$(grep -m 1 -o "$1=(string)[^;]*" sender.log | sed -E 's/^[^)]*\)//; s/\\//g; s/"([^"]*)".*/\1/; s/, [a-z].*//') || true
    [[ -z $field ]] || return 0
    sleep 0.1
  done
  fail "no payloader has told of $1"
}
await_field sprop-parameter-sets
sprop=$field
await_field config
declare -A media=(
  [H264]='video 5000 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1'
  [H264-with-sets]="video 5000 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1;sprop-parameter-sets=$sprop"
  [H265]='video 5002 RTP/AVP 97\na=rtpmap:97 H265/90000'
  [Opus]='audio 5004 RTP/AVP 98\na=rtpmap:98 opus/48000/2'
  [AAC]="audio 5006 RTP/AVP 99\na=rtpmap:99 mpeg4-generic/48000/2\na=fmtp:99 streamtype=5;profile-level-id=2;mode=AAC-hbr;config=$field;sizelength=13;indexlength=3;indexdeltalength=3"
)

announce() { # MEDIUM...: as x.sdp
  local medium
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=pipelines\nc=IN IP4 239.77.2.3/1\nt=0 0\n' "$STATION4" >x.sdp
  for medium in "$@"; do printf 'm=%b\n' "${media[$medium]}" >>x.sdp; done
}

play() { # DESCRIPTION: of what is behind channelsrc
  G_DEBUG=fatal-criticals viewer "$LECTERN_BUILD/tests/lan/launch" 20 "channelsrc name=c location=x.sdp $1" 2>tune.err ||
    fail "status $?: $1"
}

for medium in "${!media[@]}"; do
  story "$medium through a decodebin3"
  announce "$medium"
  play "! decodebin3 ! fakesink"
done

for medium in H264 H264-with-sets H265; do
  story "$medium, depayloaded before"
  announce "$medium"
  depayloader=${medium,,}
  play "! rtp${depayloader%%-*}depay ! decodebin3 ! fakesink"
done

for pair in "H264 Opus" "Opus H264-with-sets" "H265 AAC"; do
  story "$pair through one decodebin3"
  # shellcheck disable=SC2086  # two words
  announce $pair
  play "c.stream_0 ! decodebin3 name=d c.stream_1 ! d.sink_1 d. ! video/x-raw ! fakesink d. ! audio/x-raw ! fakesink"
done
