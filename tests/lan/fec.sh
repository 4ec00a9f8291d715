#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the network loses comes back: foreign senders with parity of every scheme, on a network that
# drops each 25th datagram before anybody sees it. All rows side by side, each with a group of its own.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg gst-launch-1.0 nft

row_patience=30
# shellcheck source=lossy.sh
. "$lan/lossy.sh"
film=(-nostdin -loglevel error -re -f lavfi -i testsrc=s=160x120:r=25 -c:v libx264 -preset ultrafast -tune zerolatency
  -g 25 -b:v 1M -minrate 1M -maxrate 1M -bufsize 200k -x264-params nal-hrd=cbr -f rtp_mpegts)
picture=(videotestsrc is-live=true pattern=snow ! "video/x-raw,width=160,height=120,framerate=25/1" ! x264enc tune=zerolatency
  speed-preset=ultrafast key-int-max=25 bitrate=1000)
payload=(! rtph264pay pt=96 config-interval=1 mtu=600 !)

send ffmpeg "${film[@]}" -fec prompeg=l=5:d=5 "rtp://239.77.21.1:5004?ttl=1"
describe prompeg.sdp 239.77.21.1 'a=group:FEC-FR 1 2 3' 'm=video 5004 RTP/AVP 33' 'a=mid:1' \
  'm=application 5006 RTP/AVP 96' 'a=rtpmap:96 1d-interleaved-parityfec/90000' 'a=fmtp:96 L=5;D=5' 'a=mid:2' \
  'm=application 5008 RTP/AVP 97' 'a=rtpmap:97 1d-interleaved-parityfec/90000' 'a=fmtp:97 L=5' 'a=mid:3'
send gst-launch-1.0 -q "${picture[@]}" ! mpegtsmux alignment=7 ! rtpmp2tpay ssrc=0 ! \
  rtpst2022-1-fecenc name=fec rows=5 columns=5 enable-row-fec=true ! udpsink host=239.77.21.2 port=5004 \
  fec.fec_0 ! udpsink host=239.77.21.2 port=5006 async=false fec.fec_1 ! udpsink host=239.77.21.2 port=5008 async=false
send gst-launch-1.0 -q "${picture[@]}" "${payload[@]}" rtpulpfecenc pt=122 percentage=50 ! udpsink host=239.77.21.3 port=5004
describe ulpfec.sdp 239.77.21.3 'm=video 5004 RTP/AVP 96 122' 'a=rtpmap:96 H264/90000' 'a=rtpmap:122 ulpfec/90000'
send gst-launch-1.0 -q "${picture[@]}" "${payload[@]}" rtpulpfecenc pt=122 percentage=50 ! \
  rtpredenc pt=121 allow-no-red-blocks=true ! udpsink host=239.77.21.4 port=5004
describe red.sdp 239.77.21.4 'm=video 5004 RTP/AVP 96 121 122' 'a=rtpmap:96 H264/90000' 'a=rtpmap:121 red/90000' \
  'a=rtpmap:122 ulpfec/90000'

# Our own station, and on the same packets what GStreamer's decoder makes of them: of its numbers fewer are
# missing than on the wire; how many fewer is a matter of its time.
send "$cast" --test --to 239.77.21.5 --fec 2022-1:5x5 --write-sdp station.sdp
await station.sdp
peer() {
  local rtp='application/x-rtp,media=video,encoding-name=H264,clock-rate=90000,payload=96'
  viewer timeout 12 gst-launch-1.0 -q rtpst2022-1-fecdec name=dec size-time=2000000000 ! rtpjitterbuffer latency=1000 ! \
    rtpstreampay ! filesink location=peer.rtp \
    udpsrc address=239.77.21.5 port=5004 caps="$rtp" ! tee name=t ! queue ! dec.sink \
    t. ! queue ! rtpstreampay ! filesink location=wire.rtp \
    udpsrc address=239.77.21.5 port=5006 caps=application/x-rtp,payload=96 ! queue ! dec.fec_0 \
    udpsrc address=239.77.21.5 port=5008 caps=application/x-rtp,payload=96 ! queue ! dec.fec_1 >peer.log 2>&1 || true
  python3 - <<'END'
def missing(path):
    data, at, numbers = open(path, "rb").read(), 0, []
    while at + 2 <= len(data):
        size = int.from_bytes(data[at:at + 2], "big")
        numbers.append(int.from_bytes(data[at + 4:at + 6], "big"))
        at += 2 + size
    begin, steps = numbers[0], {(n - numbers[0]) & 0xFFFF for n in numbers}
    return len(range(max(n for n in steps if n < 32768) + 1)) - len({n for n in steps if n < 32768}), len(numbers)
wire, peer = missing("wire.rtp"), missing("peer.rtp")
print("missing of all: on the wire", wire, "behind GStreamer's decoder", peer)
assert wire[0] >= 2 and peer[0] < wire[0]
END
}

send "$cast" --test --to 239.77.21.6 --fec flex:5x5 --write-sdp flex.sdp
await flex.sdp

rebuilt='streams[0]["recovered"] >= 12' mostly='streams[0]["recovered"] > 2 * streams[0]["lost"]'
row announced "$rebuilt" "$mostly" 'decoded["video"] > 10' 'streams[0]["repaired-2022-1"] == streams[0]["recovered"]' \
  'streams[0]["repair-ms"] > 0' -- --decode ../prompeg.sdp
row convention "$rebuilt" "$mostly" -- --dump capture.pcap rtp://239.77.21.1:5004
row off 'streams[0]["lost"] >= 12' 'streams[0]["recovered"] == 0' -- --repair off ../prompeg.sdp
row gstreamer "$rebuilt" "$mostly" 'decoded["video"] > 10' -- --decode rtp://239.77.21.2:5004
row ulpfec "$rebuilt" "$mostly" 'decoded["video"] > 10' 'streams[0]["repaired-ulpfec"] == streams[0]["recovered"]' -- --decode ../ulpfec.sdp
row station 'streams[2]["recovered"] >= 12' 'streams[2]["lost"] <= 2' -- ../station.sdp
row flexfec 'streams[2]["repaired-flexfec"] >= 12' 'streams[2]["lost"] <= 2' -- ../flex.sdp
(peer) >peer.all 2>&1 &
rows+=("$! peer")
row red "$rebuilt" "$mostly" -- ../red.sdp

await_rows peer.all || exit 1

story "what was captured then is repaired as well when it is played again"
tune --replay convention/capture.pcap rtp://239.77.21.1:5004
expect "$rebuilt" "$mostly"
