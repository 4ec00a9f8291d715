#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The list of channels is what is announced: by FFmpeg, by VLC, by our own station, and by hand.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg cvlc

# Listens on the viewer, in the background; what it reports is for heard.
listen() {
  nsenter --net="$folder/net/viewer" -- timeout -s KILL 80 "$bin/lectern-guide" --listen 70 --json >guide.out 2>tune.err </dev/null &
  listener=$!
  until_true viewer grep -qi FFFFFFEF /proc/net/igmp # it has joined 239.255.255.255
}

is_read() { viewer cat /proc/net/udp /proc/net/udp6 | awk '$2 ~ /:2693$/ && $5 !~ /:0+$/ { bad = 1 } END { exit bad }'; }

# What was sent until now is read, and then all that was heard is told.
heard() { # EXPRESSION...
  until_true is_read
  sleep 0.5
  kill "$listener"
  status=0
  wait "$listener" || status=$?
  cp guide.out tune.json
  expect 'status == 0' "$@"
}

by_hand() { station python3 "$lan/announcer.py" "$STATION4" "$@"; }
station ip addr add 10.77.0.9/24 dev eth0
export titles='sorted(c["title"] for c in channels)'

story "every envelope, every group"
listen
by_hand various rubbish
heard "$titles == sorted(['Plain', 'Compressed', 'Signed', 'Without type', 'Global', 'House', 'Pipe', 'Six', 'Six on the link', 'Far scope', 'In the far scope'])" \
  'all(c["state"] == "now" for c in channels)' \
  '{c["announcer"] for c in channels if ":" not in c["announcer"]} == {"10.77.0.1"}' \
  'len(warnings) >= 3' 'all("10.77.0.1" in w for w in warnings)'
viewer grep -qi '0103FFEF\|0203FFEF\|1003' /proc/net/igmp && fail "a channel was joined that nobody has opened"

story "updates, deletions, forgeries"
listen
by_hand changes
heard "$titles == ['Forged', 'Moves', 'New', 'Stays']" \
  '[c["announcer"] for c in channels if c["title"] == "Forged"] == ["10.77.0.9"]' \
  '[c["announcer"] for c in channels if c["title"] == "New"] == ["10.77.0.1"]' \
  '[c["alternatives"][0]["streams"][0]["legs"][0]["group"] for c in channels if c["title"] == "Moves"] == ["239.255.3.24"]'

story "a flood beside a station"
listen
by_hand changes flood
heard '4095 <= len(channels) <= 4096' '{"New", "Stays", "Moves"} <= {c["title"] for c in channels}' \
  'any("too many" in w for w in warnings)'

story "stations that we did not write"
ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=160x120:r=10 -f lavfi -i sine=r=48000 -t 60 \
  -c:v libx264 -preset ultrafast -g 10 -c:a aac lecture.mp4
ffmpeg -nostdin -loglevel error -i lecture.mp4 -c:v copy -c:a mp2 lecture.ts
somebody=(unshare --user --map-user=1000 --map-group=1000)
"${somebody[@]}" true 2>/dev/null ||
  somebody=(setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent)
"${somebody[@]}" true 2>/dev/null ||
  skip "VLC does not run as root, and there is no way to be somebody else here"
chmod 755 . && chmod 644 lecture.ts lecture.mp4
await_announced() { viewer python3 "$lan/announced.py" 60 "$@" || fail "see above"; }
listen
send ffmpeg -nostdin -loglevel error -re -i lecture.mp4 -c copy -metadata title="From FFmpeg" -f sap 'sap://239.255.20.1:5004?ttl=1'
ffmpeg_sender=$sender
send "${somebody[@]}" cvlc --no-dbus -q --sap-interval 3 lecture.ts \
  --sout '#rtp{dst=239.255.20.2,port=5004,mux=ts,ttl=1,sap,name="From VLC"}' vlc://quit
send "${somebody[@]}" cvlc --no-dbus -q --sap-interval 3 lecture.mp4 \
  --sout '#rtp{dst=239.255.20.3,port=5004,ttl=1,sap,name="From VLC in parts"}' vlc://quit
send "$cast" --test --to 239.255.20.4 --announce --title "From Lectern" --write-sdp own.sdp
own=$sender
await_announced 'From FFmpeg' 'From Lectern' 'From VLC' 'From VLC in parts'
heard "$titles == ['From FFmpeg', 'From Lectern', 'From VLC', 'From VLC in parts']" \
  'all(c["state"] == "now" for c in channels)' \
  '[len(c["alternatives"][0]["streams"]) for c in channels if c["title"] == "From VLC in parts"] == [2]'

story "a station that says goodbye"
listen
kill "$own"
wait "$own" || fail "the station ended with status $?"
heard "'From Lectern' not in $titles"
kill "$ffmpeg_sender"
