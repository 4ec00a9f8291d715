#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What an RTSP server sends is played, in whichever way it sends it. VLC's server is in vlc.sh.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs gst-inspect-1.0 ffmpeg
server=$LECTERN_BUILD/tests/lan/rtsp-station
address=rtsp://$STATION4:8554/hall

serve() { # WAY [TIMEOUT [SCHEME]]
  rm -f ready
  nsenter --net="$folder/net/station" -- "$server" ready "$@" >asked 2>>sender.log </dev/null &
  sender=$!
  await ready
}
end() {
  kill "$sender"
  wait "$sender" 2>/dev/null || true
}
asked() { grep -cx "$1" asked || true; }

plays=('status == 0' 'decoded["video"] >= 20' 'decoded["audio"] >= 50' 'all(s["lost"] == 0 for s in streams)')

for way in multicast unicast tcp; do
  story "a server that offers $way only"
  serve $way
  tune_until "${plays[@]}" -- --decode "$address"
  expect "${plays[@]}" 'channel["alternatives"][0]["rtsp"] == "'"$address"'"' \
    'max(s["latency-ms"] for s in streams) <= 150'
  [[ $(asked play) == 1 && $(asked teardown) == 1 ]] || fail "asked: $(<asked)"
  end
done

story "all ways: rtspt asks for TCP; what is promised is said without anything being set up"
serve all
tune_until 'status == 0' 'decoded["video"] >= 10' 'decoded["audio"] >= 10' -- --decode "rtspt${address#rtsp}"
expect 'channel["alternatives"][0]["rtsp"].startswith("rtspt:")'
viewer "$bin/lectern-guide" --json "$address" >tune.json
status=$?
expect 'status == 0' 'channels[0]["alternatives"][0]["rtsp"] == "'"$address"'"' \
  '[s["media"] for s in channels[0]["alternatives"][0]["streams"]] == ["video", "audio"]'

end

story "a session is kept alive, and set up anew when its server has forgotten it"
serve unicast 4
tune_until "${plays[@]}" 'decoded["video"] >= 140' -- --decode "$address"
[[ $(asked get-parameter) -ge 2 && $(asked forgotten) == 0 ]] || fail "asked: $(<asked)"
end

story "a server that goes, and comes back"
serve tcp
begin_tuning --decode "$address"
until_tuned 'decoded["video"] >= 20' 'decoded["audio"] >= 20'
end
until_tuned 'not any(pictures[-1:])'
serve tcp
before=$(python3 -c 'import json; print(json.loads(open("tune.out").readlines()[-1])["decoded"]["video"])')
until_tuned "decoded['video'] >= $before + 40" 'pictures[-1] > 0' 'sounds[-1] > 0'
end_tuning
expect 'status == 0' "decoded['video'] >= $before + 40"
end

for scheme in basic digest; do
  story "a password, proved by $scheme"
  serve unicast 0 $scheme
  tune_until 'status == 0' 'decoded["video"] >= 10' 'decoded["audio"] >= 10' -- --decode "rtsp://hall:o%3Apen@$STATION4:8554/hall"
  if grep -q 'o:pen\|o%3Apen' tune.out tune.err; then fail "the password is shown"; fi
  tune --for 1 "$address"
  expect 'status == 1'
  grep -q 'asks for a password' tune.err || fail "not said"
  tune --for 1 "rtsp://hall:wrong@$STATION4:8554/hall"
  grep -q 'does not accept the name and password' tune.err || fail "not said"
  if grep -q 'wrong@' tune.out tune.err; then fail "the password is shown"; fi
  end
done

story "one that refuses is an alternative like any other"
serve tcp
printf '<asx version="3.0"><entry><ref href="%s"/><ref href="%s"/></entry></asx>' "rtsp://$STATION4:8554/nothing" "$address" >x.asx
tune_until 'decoded["video"] >= 10' 'decoded["audio"] >= 10' -- --decode x.asx
expect 'status == 0' 'alternative == 1'
end

story "channelsrc by itself"
serve unicast
viewer timeout -s KILL 20 "$LECTERN_BUILD/tests/lan/launch" 3 "channelsrc location=$address ! decodebin3 ! fakesink" >launch.out 2>&1 || fail "$(<launch.out)"
[[ $(asked teardown) == 1 ]] || fail "asked: $(<asked)"
end

lamp='drawbox=x=iw*.8:w=iw*.2:h=ih/3:t=fill:color'
ffmpeg -nostdin -loglevel error -f lavfi -i "testsrc=s=320x240:r=15,$lamp=black,$lamp=white:enable='lt(mod(t,1),.2)'" \
  -f lavfi -i 'aevalsrc=if(lt(mod(t\,1)\,.2)\,.8*sin(6283*t)\,0):s=44100' -t 20 \
  -c:v wmv2 -b:v 500k -g 8 -c:a wmav2 -b:a 64k -packet_size 3200 -f asf a.wmv
# ARGUMENT...: a server of Windows Media, in which pictures are sent 2.5 s ahead and sound 0.7 s
serve_asf() {
  rm -f ready
  nsenter --net="$folder/net/station" -- python3 "$lan/wms-rtsp.py" ready a.wmv --address "$STATION4" "$@" >asked 2>>sender.log </dev/null &
  sender=$!
  await ready
}

story "Windows Media: each stream by itself, packets in pieces, some of which overtake"
serve_asf --swap 7
# the picture waits for the sound, which comes 1.8 s after it, and goes on
tune_until 'pictures[-1] >= 10' 'sounds[-1] >= 10' 'decoded["video"] >= 40' -- --decode "$address"
expect 'status == 0' 'all(s["lost"] == s["gaps"] == 0 for s in streams)' 'max(s["reordered"] for s in streams) > 0' 'len(streams) == 2'
[[ $(asked setup) -ge 2 && $(asked teardown) == 1 ]] || fail "asked: $(<asked)"
end

for how in --chapters --as-one; do
  story "Windows Media: sound, picture and captions in step, ${how#--}"
  serve_asf --captions "$how"
  viewer timeout 25 "$LECTERN_BUILD/tests/lan/av-offset" "$address" 4 >apart.txt 2>captions.txt || fail "no four pairs of flash and beep: $(<captions.txt)"
  are_in_step apart.txt
  cat captions.txt
  # a busy computer shows one late, but not most
  awk '$2 == "TEXT" && $3 == "second" { n++; bad += $1 % 1000 > 300 && $1 % 1000 < 700 } END { exit 2 * bad > n || n < 3 }' captions.txt || fail "captions out of step"
  [[ $how != --chapters ]] || awk '$3 == "chapter" { n++; bad += $1 % 1000 < 200 || $1 % 1000 > 800; again += seen[$4]++ } END { exit again || 2 * bad > n || n < 3 }' captions.txt ||
    fail "what the header has is told out of step, or twice"
  end
done

story "Windows Media: all in one, over the connection, some of it lost"
serve_asf --as-one --tcp --drop 40
tune_until 'decoded["video"] >= 10' 'decoded["audio"] >= 20' 'streams[0]["lost"] > 0' 'pictures[-1] > 0' -- --decode "rtspt${address#rtsp}"
expect 'status == 0'
end

story "Windows Media: one that describes it and then refuses is asked over HTTP"
serve_asf --refuse
tune --decode --for 5 "$address"
expect 'status != 0' 'channel["alternatives"][1]["uri"].startswith("mmsh:")'
end
