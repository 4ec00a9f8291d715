#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A source-specific channel: from the right source everything comes, from a wrong one nothing. And
# what is joined is what was announced.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# GROUP SOURCE: an SDP for the sender below
announce() {
  local family=IP4 ttl=/1
  [[ $1 != *:* ]] || family=IP6 ttl=
  printf 'v=0\no=- 1 1 IN %s %s\ns=ssm\nc=IN %s %s%s\nt=0 0\na=source-filter: incl IN %s %s %s\n' \
    "$family" "$2" "$family" "$1" "$ttl" "$family" "$1" "$2"
  printf 'm=audio 5004 RTP/AVP 96\na=rtpmap:96 L16/48000/1\n'
}
gst-launch-1.0 -q audiotestsrc num-buffers=200 samplesperbuffer=4800 ! audio/x-raw,rate=48000,channels=1 ! wavenc ! filesink location=a.wav

story "IPv4: the right source"
send "$cast" --loop --to 232.77.5.1 --interface eth0 --write-sdp x.sdp a.wav
await x.sdp
announce 232.77.5.1 "$STATION4" >right.sdp
announce 232.77.5.1 10.77.0.9 >wrong.sdp
begin_tuning right.sdp
until_tuned 'audio["received"] > 80'
# mcfilter lists group and source as hexadecimal numbers
viewer cat /proc/net/mcfilter | grep -qi 'eth0.*0xe84d0501 0x0a4d0001 *[1-9][0-9]* *0' || fail "no source-specific join of 232.77.5.1"
end_tuning
expect 'status == 0' 'audio["received"] > 80' 'audio["lost"] == 0'
viewer cat /proc/net/igmp | grep -qi '01054DE8' && fail "the group was not left"

story "IPv4: the wrong source"
tune --for 2 wrong.sdp
expect 'status == 3' 'all(s["received"] == 0 for s in streams)'
end_sender

story "IPv6: the right source"
send "$cast" --loop --to '[ff35::77:5]' --interface eth0 --write-sdp y.sdp a.wav
await y.sdp
announce ff35::77:5 "$STATION6" >right6.sdp
announce ff35::77:5 fd77::9 >wrong6.sdp
tune_until 'audio["received"] > 80' -- right6.sdp
expect 'status == 0' 'audio["lost"] == 0'

story "IPv6: the wrong source"
tune --for 1 wrong6.sdp
expect 'status == 3' 'all(s["received"] == 0 for s in streams)'
