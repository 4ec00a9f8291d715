#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The station dies, a file on a web server takes its place, and the station comes back: the reason is
# told, and there is a picture at all times but while it is found out that the station is dead.
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib.sh"
needs ffmpeg
unset http_proxy HTTP_PROXY no_proxy NO_PROXY # of whoever runs the test
export GIO_USE_PROXY_RESOLVER=dummy

group=239.77.0.9
ffmpeg -v error -f lavfi -i testsrc=s=160x120:r=25 -f lavfi -i sine=300 -t 60 -c:v libvpx -deadline realtime -cpu-used 8 -g 25 -c:a libvorbis web.webm
# python's own http.server asks for its name first, and there is nobody to ask
station python3 -c '
import http.server, socketserver, sys
http.server.SimpleHTTPRequestHandler.protocol_version = "HTTP/1.0"
socketserver.ThreadingTCPServer((sys.argv[1], 8080), http.server.SimpleHTTPRequestHandler).serve_forever()
' "$STATION4" >web.log 2>&1 &
send "$cast" --test --to $group:5004 --interface eth0 --write-sdp x.sdp
await x.sdp
cat >x.asx <<END
<ASX VERSION="3.0"><ENTRY><REF HREF="x.sdp"/><REF HREF="http://$STATION4:8080/web.webm"/></ENTRY></ASX>
END

: >told
nsenter --net="$folder/net/viewer" -- "$LECTERN_BUILD/tests/lan/rollover" x.asx >told 2>told.err &
player=$!
trap 'cat told; leave' EXIT
state_is() { [[ $(tail -n 1 told) == "$1|"* ]]; }
notice_is() { [[ $(tail -n 1 told) == *"|$1" ]]; }
# there may be no sound device, which is told as well
is_multicast() { state_is $PLAYING && [[ $(tail -n 1 told) != *Multicast* ]]; }
PLAYING=2
notice="Multicast does not arrive here ($group:5004): playing from http://$STATION4:8080/web.webm"

until_true is_multicast
sleep 1 # of pictures
kill -KILL "$sender"
until_true notice_is "$notice"
viewer ip maddr show dev eth0 | grep -q $group && fail "it is still joined to the dead station"
send "$cast" --test --to $group:5004 --interface eth0 --write-sdp again.sdp
until_true is_multicast
viewer ip maddr show dev eth0 | grep -q $group || fail "it is not joined to the station that is back"
sleep 1
kill "$player"
wait "$player" || fail "the player has ended badly"

# The longest gap before the rollover: 3 s of silence and what it takes to open the file; and from
# then on none that a viewer would take for one.
python3 - told <<'END'
import sys
lines = [line.split('|') for line in open(sys.argv[1], encoding='utf-8').read().splitlines()]
rolled = next(i for i, line in enumerate(lines) if 'playing from' in line[3])
gaps = [int(line[1]) for line in lines]
print('before the rollover', max(gaps[:rolled + 1]), 'ms; from then on', max(gaps[rolled + 1:]), 'ms')
assert max(gaps[:rolled + 1]) < 8000
assert max(gaps[rolled + 1:]) < 1500
END
