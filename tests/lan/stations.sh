#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Two stations that send a lecture each, picture and sound, to the same group.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs gst-launch-1.0

OTHER4=10.77.0.3
station ip addr add $OTHER4/24 dev eth0

# ADDRESS: picture and sound from there, with reports
lecture() {
  send gst-launch-1.0 -q rtpbin name=r \
    videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=25/1 ! x264enc tune=zerolatency key-int-max=12 ! rtph264pay config-interval=-1 pt=96 ! r.send_rtp_sink_0 \
    r.send_rtp_src_0 ! udpsink host=239.77.11.1 port=5004 bind-address="$1" ttl-mc=9 \
    r.send_rtcp_src_0 ! udpsink host=239.77.11.1 port=5005 bind-address="$1" ttl-mc=9 sync=false async=false \
    audiotestsrc is-live=true ! audio/x-raw,rate=8000 ! mulawenc ! rtppcmupay ! r.send_rtp_sink_1 \
    r.send_rtp_src_1 ! udpsink host=239.77.11.1 port=5006 bind-address="$1" ttl-mc=9 \
    r.send_rtcp_src_1 ! udpsink host=239.77.11.1 port=5007 bind-address="$1" ttl-mc=9 sync=false async=false
}

# ORIGIN FILE
announce() {
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=hall\nc=IN IP4 239.77.11.1/9\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\nm=audio 5006 RTP/AVP 0\n' "$1" >"$2"
}
announce 127.0.0.1 nobody.sdp
announce "$STATION4" first.sdp
announce $OTHER4 second.sdp

lecture "$STATION4"
first=$sender
lecture $OTHER4
second=$sender

# on a busy computer the station itself may start its sound anew, once; what is mixed of two starts all the time
story "the first one that is heard, picture and sound; the other one is named"
tune_until 'len(report["stations"]) == 2' 'all(s["other-stations"] > 0 for s in streams)' \
  'decoded["video"] > 0 and decoded["audio"] > 0' -- --decode nobody.sdp
expect 'status == 0' 'len({s["sender"] for s in streams}) == 1' \
  'all(s["restarts"] <= 1 and s["lost"] == 0 for s in streams)' 'all(s["ttl"] == 9 for s in streams)' \
  '[s["address"] for s in report["stations"] if not s["played"]][0] in verdict' 'all(s["interface"] == "eth0" for s in report["stations"])'

story "each announcement plays its own"
both='len(report["stations"]) == 2 and all(s["out"] > 50 for s in streams)'
tune_until "$both" -- first.sdp
expect 'status == 0' "{s['sender'] for s in streams} == {'$STATION4'}"
tune_until "$both" -- second.sdp
expect 'status == 0' "{s['sender'] for s in streams} == {'$OTHER4'}"

story "the viewer's choice comes before the announcement's"
tune_until "$both" -- --station "$STATION4" second.sdp
expect 'status == 0' "{s['sender'] for s in streams} == {'$STATION4'}"

story "one ends, and the other one is heard"
begin_tuning first.sdp
until_tuned "{s['sender'] for s in streams} == {'$STATION4'}"
kill "$first"
until_tuned "{s['sender'] for s in streams} == {'$OTHER4'}" 'len(report["stations"]) == 1'
end_tuning
expect 'status == 0' "{s['sender'] for s in streams} == {'$OTHER4'}" 'len(report["stations"]) == 1'
kill "$second"
