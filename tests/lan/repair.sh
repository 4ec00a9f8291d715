#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Repair that is described, sent or both, by GStreamer and FFmpeg: the media play, and nothing is
# said to be lost.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg gst-launch-1.0

picture=(videotestsrc is-live=true ! "video/x-raw,width=160,height=120,framerate=25/1" ! x264enc tune=zerolatency
  speed-preset=ultrafast key-int-max=25 ! rtph264pay pt=96 config-interval=1)
sound=(audiotestsrc is-live=true samplesperbuffer=160 ! "audio/x-raw,rate=8000,channels=1" ! mulawenc !
  rtppcmupay pt=0 max-ptime=20000000)

describe() { # FILE GROUP LINE...
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=repair\nc=IN IP4 %s/1\nt=0 0\n' "$STATION4" "$2" >"$1"
  printf '%s\n' "${@:3}" >>"$1"
}
check() { # FILE EXPRESSION...
  tune_until "${@:2}" -- --decode "$1"
  expect 'status == 0' 'streams[0]["lost"] == 0' 'streams[0]["gaps"] == 0' 'streams[0]["discarded"] == 0' \
    'verdict == "Everything sent has arrived"' 'len(streams) == 1' "${@:2}"
}

story "ULPFEC among the packets (RFC 5109), and in redundant ones (RFC 2198)"
send gst-launch-1.0 -q "${picture[@]}" ! rtpulpfecenc pt=122 percentage=50 ! udpsink host=239.77.10.1 port=5004
send gst-launch-1.0 -q "${picture[@]}" ! rtpulpfecenc pt=122 percentage=50 ! rtpredenc pt=121 allow-no-red-blocks=true ! \
  udpsink host=239.77.10.2 port=5004
describe named.sdp 239.77.10.1 'm=video 5004 RTP/AVP 96 122' 'a=rtpmap:96 H264/90000' 'a=rtpmap:122 ulpfec/90000'
describe silent.sdp 239.77.10.1 'm=video 5004 RTP/AVP 96' 'a=rtpmap:96 H264/90000'
describe red.sdp 239.77.10.2 'm=video 5004 RTP/AVP 96 121 122' 'a=rtpmap:96 H264/90000' 'a=rtpmap:121 red/90000' \
  'a=rtpmap:122 ulpfec/90000'
for file in named silent red; do
  check $file.sdp 'decoded["video"] > 10' 'streams[0]["aside"] > 20'
done
mapfile -t senders < <(jobs -p)
kill "${senders[@]}"

story "sound that is sent twice (RFC 2198), described in full or by its static type alone"
send gst-launch-1.0 -q "${sound[@]}" ! rtpredenc pt=121 distance=2 allow-no-red-blocks=false ! udpsink host=239.77.10.3 port=5004
describe listed.sdp 239.77.10.3 'm=audio 5004 RTP/AVP 121 0' 'a=rtpmap:121 red/8000' 'a=fmtp:121 0/0/0'
describe unlisted.sdp 239.77.10.3 'm=audio 5004 RTP/AVP 121' 'a=rtpmap:121 red/8000/1' 'a=fmtp:121 0/0/0'
for file in listed unlisted; do
  check $file.sdp 'decoded["audio"] > 40'
done

story "retransmission and FlexFEC that nobody asks for, with the parity packets of SMPTE 2022-1 on other ports"
send gst-launch-1.0 -q "${picture[@]}" ! rtprtxsend payload-type-map="application/x-rtp-pt-map,96=(uint)97" ! \
  udpsink host=239.77.10.4 port=5004
describe rtx.sdp 239.77.10.4 'm=video 5004 RTP/AVPF 96 97 98' 'a=rtpmap:96 H264/90000' 'a=rtpmap:97 rtx/90000' \
  'a=fmtp:97 apt=96;rtx-time=500' 'a=rtpmap:98 flexfec-03/90000' 'a=fmtp:98 repair-window=10000000' 'a=ssrc-group:FEC-FR 1 2'
check rtx.sdp 'decoded["video"] > 10'
send ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=160x120:r=25 -c:v libx264 -preset ultrafast -tune zerolatency -g 25 \
  -f rtp_mpegts -fec prompeg=l=4:d=4 "rtp://239.77.10.5:5004?ttl=1"
describe prompeg.sdp 239.77.10.5 'a=group:FEC-FR 1 2 3' 'm=video 5004 RTP/AVP 33' 'a=mid:1' \
  'm=application 5006 RTP/AVP 96' 'a=rtpmap:96 1d-interleaved-parityfec/90000' 'a=fmtp:96 L=4;D=4' 'a=mid:2' \
  'm=application 5008 RTP/AVP 97' 'a=rtpmap:97 1d-interleaved-parityfec/90000' 'a=fmtp:97 L=4' 'a=mid:3'
check prompeg.sdp 'decoded["video"] > 10'
kill "$sender"
send gst-launch-1.0 -q videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=25/1 ! \
  x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! mpegtsmux alignment=7 ! rtpmp2tpay ssrc=0 ! \
  rtpst2022-1-fecenc name=fec rows=4 columns=4 enable-row-fec=true ! udpsink host=239.77.10.5 port=5004 \
  fec.fec_0 ! udpsink host=239.77.10.5 port=5006 async=false fec.fec_1 ! udpsink host=239.77.10.5 port=5008 async=false
check prompeg.sdp 'decoded["video"] > 10'
