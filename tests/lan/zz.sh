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
  lamp=drawbox=x=iw*.8:w=iw*.2:h=ih/3:t=fill:color
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
asf=('status == 0' 'decoded["video"] >= 20' 'decoded["audio"] >= 15')

for how in "" --as-one; do
  story "Windows Media: sound, picture and captions in step ${how:-each stream by itself}"
  # shellcheck disable=SC2086 # none, or one
  serve_asf --captions $how
  viewer timeout 25 "$LECTERN_BUILD/tests/lan/av-offset" "$address" 4 >apart.txt 2>captions.txt || fail "no four pairs of flash and beep: $(<captions.txt)"
  cat apart.txt captions.txt
  awk '$1 > 40 || $1 < -40 { bad = 1 } END { exit bad }' apart.txt || fail "more than 40 ms apart"
  awk '$2 == "TEXT" && $3 == "second" { n++; if (0 + $1 > 350 && $1 < 850) bad = 1 } END { exit bad || n < 3 }' captions.txt || true
  end
done

