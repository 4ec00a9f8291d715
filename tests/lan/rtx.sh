#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the network loses is asked for, and sent again: by GStreamer's sender and by our own station, on a
# network that drops each 25th datagram before anybody sees it. All rows side by side, each with a group of its own.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs gst-launch-1.0 nft python3

row_patience=60
# shellcheck source=lossy.sh
. "$lan/lossy.sh"

# Requests are heard where they are sent to: in the group, or at the station alone.
gstreamer() { # GROUP ADDRESS-OF-RTCP
  send gst-launch-1.0 -q rtpsession name=s rtp-profile=avpf \
    videotestsrc is-live=true pattern=snow ! "video/x-raw,width=160,height=120,framerate=25/1" ! \
    x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=1000 ! \
    rtph264pay pt=96 ssrc=1234 config-interval=1 mtu=600 ! \
    rtprtxsend payload-type-map="application/x-rtp-pt-map,96=(uint)97" max-size-packets=1000 ! s.send_rtp_sink \
    s.send_rtp_src ! udpsink host="$1" port=5004 s.send_rtcp_src ! udpsink host="$1" port=5005 sync=false async=false \
    udpsrc address="$2" port=5005 caps=application/x-rtcp ! s.recv_rtcp_sink
}
inside=('m=video 5004 RTP/AVPF 96 97' 'a=rtpmap:96 H264/90000' 'a=rtpmap:97 rtx/90000' 'a=fmtp:97 apt=96;rtx-time=1000')
gstreamer 239.77.22.1 239.77.22.1
describe group.sdp 239.77.22.1 "${inside[@]}" 'a=rtcp-fb:* nack'
describe silent.sdp 239.77.22.1 "${inside[@]}"
gstreamer 239.77.22.2 "$STATION4"
describe unicast.sdp 239.77.22.2 "${inside[@]}" 'a=rtcp-fb:96 nack' 'a=rtcp-unicast:rsi' "a=rtcp:5005 IN IP4 $STATION4"
# its port of RTCP is another one: GStreamer's stations hear what is sent to each other's groups
key=0123456789abcdefghijklmnopqrst
send "$LECTERN_BUILD/tests/lan/encrypted-peer" 239.77.22.4 "$key"
describe encrypted.sdp 239.77.22.4 "${inside[@]/AVPF/SAVPF}" 'a=rtcp-fb:* nack' a=rtcp:5007 \
  "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:$(printf %s "$key" | base64)"
send "$cast" --test --to 239.77.22.3 --rtx --write-sdp station.sdp
await station.sdp

# What is asked for, as the station hears it: requests, and the different packets in them.
station python3 - >heard.txt <<'END' &
import socket, struct, time
group, heard, packets = "239.77.22.3", 0, set()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((group, 5025))
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton("10.77.0.1"))
s.settimeout(0.2)
end = time.time() + 90
while time.time() < end and len(packets) < 8:
    try:
        data = s.recv(2048)
    except TimeoutError:
        continue
    at = 0
    while at + 4 <= len(data):
        size = 4 * struct.unpack("!H", data[at + 2:at + 4])[0] + 4
        if data[at + 1] == 205:
            heard += 1
            for field in range(at + 12, at + size, 4):
                first, more = struct.unpack("!HH", data[field:field + 4])
                packets |= {first} | {(first + 1 + bit) & 65535 for bit in range(16) if more >> bit & 1}
        at += size
print(heard, "requests for", len(packets), "packets")
# six viewers miss each of them; on a busy machine more than one is quick
assert len(packets) >= 8 and heard <= 3 * len(packets)
END
rows+=("$! heard")

# What GStreamer's own receiver makes of our station: of its numbers few are missing, while on the wire each
# 25th is. It wants to be told the source.
peer() {
  local ssrc rtp
  ssrc=$(viewer timeout 20 python3 - <<'END'
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("239.77.22.3", 5004))
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.77.22.3") + socket.inet_aton("10.77.0.2"))
print(int.from_bytes(s.recv(2000)[8:12], "big"))
END
  )
  rtp="application/x-rtp,media=video,encoding-name=H264,clock-rate=90000,payload=96,ssrc=(uint)$ssrc,rtcp-fb-nack=(boolean)true"
  viewer timeout 10 gst-launch-1.0 -q rtpsession name=s rtp-profile=avpf bandwidth=2000000 rtcp-min-interval=100000000 \
    udpsrc address=239.77.22.3 port=5004 caps="$rtp" ! tee name=t ! queue ! s.recv_rtp_sink \
    t. ! queue ! rtpstreampay ! filesink location=wire.rtp \
    s.recv_rtp_src ! funnel name=f ! rtprtxreceive payload-type-map="application/x-rtp-pt-map,96=(uint)126" ! \
    rtpssrcdemux name=d "d.src_$ssrc" ! rtpjitterbuffer do-retransmission=true latency=2000 ! rtpstreampay ! \
    filesink location=peer.rtp udpsrc address=239.77.22.3 port=5010 caps="$rtp" ! queue ! f. \
    s.send_rtcp_src ! udpsink host=239.77.22.3 port=5005 sync=false async=false \
    udpsrc address=239.77.22.3 port=5005 caps=application/x-rtcp ! s.recv_rtcp_sink >gst.log 2>&1 || true
  python3 - <<'END'
def missing(path):
    data, at, numbers = open(path, "rb").read(), 0, []
    while at + 2 <= len(data):
        size = int.from_bytes(data[at:at + 2], "big")
        numbers.append(int.from_bytes(data[at + 4:at + 6], "big"))
        at += 2 + size
    steps = {(n - numbers[0]) & 0xFFFF for n in numbers}
    steps = {n for n in steps if n < 32768}
    return max(steps) + 1 - len(steps), len(numbers)
wire, peer = missing("wire.rtp"), missing("peer.rtp")
print("missing of all: on the wire", wire, "behind GStreamer's receiver", peer)
assert wire[0] >= 1 and peer[0] * 3 <= wire[0]
END
}
(peer) >peer.log 2>&1 &
rows+=("$! peer")

repaired='streams[0]["repaired-rtx"] >= 12' mostly='streams[0]["recovered"] > 4 * streams[0]["lost"]'
row group "$repaired" "$mostly" 'decoded["video"] > 10' 'streams[0]["requests"] > 0' 'streams[0]["repair-ms"] > 0' \
  'streams[0]["repaired-rtx"] == streams[0]["recovered"]' -- --decode ../group.sdp
row unicast "$repaired" "$mostly" 'streams[0]["requests"] > 0' -- ../unicast.sdp
row encrypted "$repaired" "$mostly" 'streams[0]["requests"] > 0' -- ../encrypted.sdp
# what others ask for is good for all, for as long as they are there; and who is not to ask does not
row others 'streams[0]["repaired-rtx"] >= 3' 'streams[0]["requests"] == 0' -- ../silent.sdp
row off 'streams[0]["lost"] >= 12' 'streams[0]["requests"] == 0' 'streams[0]["recovered"] == 0' -- --repair off ../group.sdp
for i in 1 2 3 4 5 6; do
  row "hall$i" 'streams[2]["repaired-rtx"] >= 8' 'streams[2]["recovered"] > 3 * streams[2]["lost"]' -- ../station.sdp
done

await_rows heard.txt peer.log || exit 1
cat heard.txt peer.log
