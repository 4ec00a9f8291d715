#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A head-end of multicat, which sends, and minisapserver, which announces; and announcers that go
# without a goodbye.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg cvlc multicat ingests

ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=160x120:r=12 -f lavfi -i sine=r=48000 -t 60 \
  -pix_fmt yuv420p -c:v libx264 -preset ultrafast -bf 0 -g 12 -b:v 100k -c:a mp2 film.ts
ingests -p 256 film.ts >sender.log 2>&1
[[ -s film.aux ]] || fail "no clock of the film"
plays=('decoded["video"] > 20' 'decoded["audio"] > 50')
whole='video["lost"] == video["late"] == video["discarded"] == ts["lost"] == 0'

# NAME TYPE GROUP
program() { printf '[program]\ntype=%s\nname=%s\nuser=hall\nmachine=%s\nsite=http://hall.example\naddress=%s\nport=5004\n' "$2" "$1" "$STATION4" "$3"; }

somebody=(unshare --user --map-user=1000 --map-group=1000)
"${somebody[@]}" true 2>/dev/null ||
  somebody=(setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent)
"${somebody[@]}" true 2>/dev/null ||
  skip "VLC does not run as root, and there is no way to be somebody else here"
chmod 755 . && chmod 644 film.ts

# Whoever listens all the time learns when an announcer falls silent.
nsenter --net="$folder/net/viewer" -- timeout -s KILL 230 "$bin/lectern-guide" --listen 220 --json >listened.json 2>>sender.log </dev/null &
listener=$!
until_true viewer grep -qi FFFFFFEF /proc/net/igmp

# Debian 13 has no minisapserver.
titles=('From FFmpeg' 'From VLC')
if command -v sapserver >/dev/null; then
  { printf '[global]\nsap_delay=3\n' && program "In RTP" rtp 239.255.21.1 && program Raw udp 239.255.21.2; } >sap.cfg
  send sapserver -f sap.cfg
  announcer=$sender
  titles+=('In RTP' Raw)
else
  echo "there is no minisapserver here: what multicat sends is opened by its address"
fi
send ffmpeg -nostdin -loglevel error -re -stream_loop -1 -i film.ts -map 0 -c copy -metadata title="From FFmpeg" -f sap 'sap://239.255.21.3:5004?ttl=1'
announcers=("$sender")
send "${somebody[@]}" cvlc --no-dbus -q --loop --sap-interval 3 film.ts --sout '#rtp{dst=239.255.21.4,port=5004,mux=ts,ttl=1,sap,name="From VLC"}' --sout-keep
announcers+=("$sender")
began=$SECONDS

story "RTP: as announced, and by its address"
send multicat -t 1 -u film.ts 239.255.21.1:5004
inputs=(rtp://239.255.21.1:5004)
if [[ -n ${announcer:-} ]]; then
  viewer python3 "$lan/announced.py" 40 'In RTP' Raw || fail "see above"
  inputs+=("In RTP.sdp")
fi
for input in "${inputs[@]}"; do
  tune_until "${plays[@]}" -- --decode "$input"
  expect 'status == 0' "$whole" 'video["ssrc"] == 0'
done

story "it starts again, under SSRC 0 as ever"
begin_tuning --decode rtp://239.255.21.1:5004
until_tuned "${plays[@]}"
before=$(python3 -c 'import json; print(json.loads(open("tune.out").readlines()[-1])["latency-ms"])')
for i in 1 2; do
  end_sender
  send multicat -t 1 -u film.ts 239.255.21.1:5004
  until_tuned "video['restarts'] >= $i" 'video["second"]["out"] > 5'
done
until_tuned 'pictures[-1] > 5' 'sounds[-1] > 20'
end_tuning
expect 'status == 0' 'video["restarts"] == 2' "report['latency-ms'] <= $before + 10"
end_sender

story "without RTP"
send multicat -t 1 -u -U film.ts 239.255.21.2:5004
inputs=(udp://239.255.21.2:5004)
[[ -z ${announcer:-} ]] || inputs+=(Raw.sdp)
for input in "${inputs[@]}"; do
  tune_until "${plays[@]}" -- --decode "$input"
  expect 'status == 0' "$whole" 'video["found"] == "announced"'
done
end_sender

story "all are listed; who goes without a goodbye is not received half a minute later"
viewer python3 "$lan/announced.py" 40 "${titles[@]}" || fail "see above"
# each has been announced twice then
(("$SECONDS" - began > 12)) || sleep 6
viewer timeout -s KILL 30 "$bin/lectern-guide" --listen 7 --json >tune.json 2>>sender.log
status=0
for title in "${titles[@]}"; do expect "[c['state'] for c in channels if c['title'] == '$title'] == ['now']"; done
kill -KILL "${announcers[@]}" ${announcer:+"$announcer"}
sleep 31
kill "$listener"
wait "$listener" || fail "the list ended with status $?"
cp listened.json tune.json
for title in "${titles[@]}"; do expect "[c['state'] for c in channels if c['title'] == '$title'] == ['not-reaching']"; done
