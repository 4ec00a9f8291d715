#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Each format that is played and that other tests do not send, from GStreamer or FFmpeg: it is really
# decoded. Many channels at once, each with its own group.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg gst-launch-1.0
gst-inspect-1.0 fakesink >/dev/null # so that not all of them look for plugins at once

channels=()

# NAME LINES: a channel with a group of its own, and these lines in its SDP
channel() {
  group=239.77.9.$((${#channels[@]} + 1))
  channels+=("$1")
  mkdir "$1"
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=%s\nc=IN IP4 %s/1\nt=0 0\n%s\n' "$STATION4" "$1" "$group" "$2" >"$1/it.sdp"
}

# NAME MEDIA RTPMAP FMTP ELEMENTS...: by GStreamer, to port 5004
gst() {
  channel "$1" "m=$2 5004 RTP/AVP 96
a=rtpmap:96 $3
a=fmtp:96 $4"
  shift 4
  send gst-launch-1.0 -q "$@" ! udpsink host="$group" port=5004
}

# NAME OPTIONS...: by FFmpeg, with the SDP that it writes
ffmpeg_sends() {
  local name=$1
  shift
  channel "$name" ""
  send ffmpeg -nostdin -loglevel error -re "$@" -f rtp -sdp_file "$name/ffmpeg.sdp" "rtp://$group:5004?ttl=1"
}

# MEDIA LEAST: tunes in to all channels, a few at a time, and looks at what was decoded of each
check() {
  local name pids=()
  for name in "${channels[@]}"; do
    if [[ $name == *-ffmpeg ]]; then
      await "$name/ffmpeg.sdp"
      sed '/^SDP:/d' "$name/ffmpeg.sdp" >"$name/it.sdp"
    fi
    (
      cd "$name"
      tune_until "decoded['$1'] >= $2" 'streams[0]["lost"] == 0' -- --decode it.sdp
    ) &
    pids+=($!)
    [[ ${#pids[@]} -lt 4 ]] || await_all "${pids[@]}"
    [[ ${#pids[@]} -lt 4 ]] || pids=()
  done
  await_all "${pids[@]}"
}

await_all() {
  local pid
  for pid in "$@"; do
    wait "$pid"
  done
}

tone=(audiotestsrc is-live=true ! "audio/x-raw,rate=8000,channels=1" ! audioconvert)
picture=(videotestsrc is-live=true pattern=ball ! "video/x-raw,width=160,height=120,framerate=10/1" ! videoconvert)
story "sound"
for rate in 16 24 32 40; do
  # GStreamer's packs as AAL2 unless told
  gst "g726-$rate" audio "G726-$rate/8000" "" "${tone[@]}" ! avenc_g726 bitrate=${rate}000 ! rtpg726pay pt=96 mtu=112 force-aal2=false
done
gst g726-aal2 audio AAL2-G726-32/8000 "" "${tone[@]}" ! avenc_g726 bitrate=32000 ! rtpg726pay pt=96 mtu=112
ffmpeg_sends g726-ffmpeg -f lavfi -i sine=r=8000 -c:a g726 -b:a 32k
ffmpeg_sends g726le-ffmpeg -f lavfi -i sine=r=8000 -c:a g726le -b:a 32k
gst speex audio speex/8000 "" "${tone[@]}" ! speexenc ! rtpspeexpay pt=96
ffmpeg_sends speex-ffmpeg -f lavfi -i sine=r=16000 -c:a libspeex
gst gsm audio GSM/8000 "" "${tone[@]}" ! gsmenc ! rtpgsmpay pt=96
gst amr audio AMR/8000 octet-align=1 "${tone[@]}" ! amrnbenc ! rtpamrpay pt=96
gst amr-wb audio AMR-WB/16000 octet-align=1 audiotestsrc is-live=true ! audio/x-raw,rate=16000,channels=1 ! voamrwbenc ! rtpamrpay pt=96
gst l8 audio L8/8000/1 "" "${tone[@]}" ! audio/x-raw,format=U8 ! rtpL8pay pt=96 mtu=112
gst ac3 audio AC3/48000 "" audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! audioconvert ! avenc_ac3 ! rtpac3pay pt=96
gst multiopus audio multiopus/48000/6 "channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2" \
  audiotestsrc is-live=true ! "audio/x-raw,rate=48000,channels=6,channel-mask=(bitmask)0x3f" ! opusenc ! rtpopuspay pt=96
ffmpeg_sends vorbis-ffmpeg -f lavfi -i sine=r=48000 -ac 2 -c:a libvorbis
check audio 8

mapfile -t senders < <(jobs -p)
kill "${senders[@]}"
channels=()
story "pictures"
gst h261 video H261/90000 "" videotestsrc is-live=true ! video/x-raw,width=176,height=144,framerate=10/1 ! avenc_h261 gop-size=8 ! rtph261pay pt=96
gst jpeg2000 video jpeg2000/90000 "sampling=YCbCr-4:2:0" "${picture[@]}" ! video/x-raw,format=I420 ! openjpegenc ! rtpj2kpay pt=96
gst raw video raw/90000 "sampling=YCbCr-4:2:2;width=160;height=120;depth=8;colorimetry=BT601-5" "${picture[@]}" ! video/x-raw,format=UYVY ! rtpvrawpay pt=96
ffmpeg_sends raw-ffmpeg -f lavfi -i testsrc=s=160x120:r=10 -pix_fmt uyvy422 -c:v rawvideo
gst dv video DV/90000 "encode=SD-VCR/625-50;audio=none" videotestsrc is-live=true ! video/x-raw,format=I420,width=720,height=576,framerate=25/1 ! \
  avenc_dvvideo ! capssetter caps=video/x-dv,systemstream=true ! rtpdvpay pt=96
ffmpeg_sends theora-ffmpeg -f lavfi -i testsrc=s=160x120:r=10 -c:v libtheora -g 10
ffmpeg_sends h263-ffmpeg -f lavfi -i testsrc=s=176x144:r=10 -c:v h263 -g 10
check video 10
