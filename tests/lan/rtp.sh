#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Other people's RTP: ffmpeg's with its own SDP, GStreamer's, and live555's form of SDP.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg gst-launch-1.0

story "ffmpeg: H.264 and Opus, and the SDP that it writes itself"
send ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=320x240:r=25 -re -f lavfi -i sine=r=48000 \
  -map 0 -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -f rtp "rtp://239.77.2.1:5004?ttl=1" \
  -map 1 -c:a libopus -f rtp "rtp://239.77.2.1:5006?ttl=1" -sdp_file ffmpeg.sdp
await ffmpeg.sdp
tune_until 'video["received"] > 50' 'audio["received"] > 80' 'decoded["video"] > 15' 'decoded["audio"] > 25' -- --decode ffmpeg.sdp
expect 'status == 0' 'video["lost"] == 0' 'audio["lost"] == 0'

story "live555's form of SDP: the address in the media section only"
{
  printf 'v=0\r\no=- 1 1 IN IP4 %s\r\ns=Session streamed by a test\r\nt=0 0\r\na=tool:LIVE555\r\na=type:broadcast\r\n' "$STATION4"
  printf 'm=video 5004 RTP/AVP 96\r\nc=IN IP4 239.77.2.1/255\r\nb=AS:500\r\na=rtpmap:96 H264/90000\r\n'
  printf 'a=fmtp:96 packetization-mode=1\r\na=control:track1\r\n'
} >live555.sdp
tune_until 'decoded["video"] > 20' -- --decode live555.sdp
expect 'status == 0' 'len(streams) == 1' 'video["lost"] == 0'
end_sender

story "gst-launch: VP8 and L16"
send gst-launch-1.0 -q \
  videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 ! vp8enc deadline=1 keyframe-max-dist=25 ! \
  rtpvp8pay pt=96 ! udpsink host=239.77.2.2 port=5004 \
  audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! audioconvert ! rtpL16pay pt=97 ! udpsink host=239.77.2.2 port=5006
{
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=gst\nc=IN IP4 239.77.2.2/1\nt=0 0\n' "$STATION4"
  printf 'm=video 5004 RTP/AVP 96\na=rtpmap:96 VP8/90000\nm=audio 5006 RTP/AVP 97\na=rtpmap:97 L16/48000/2\n'
} >gst.sdp
tune_until 'decoded["video"] > 15' 'decoded["audio"] > 25' -- --decode gst.sdp
expect 'status == 0' 'video["lost"] == 0' 'audio["lost"] == 0'
