#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Windows Media multicast from a station that is not ours: it plays, and what is lost comes from parity.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg

film() { # FILE SIZE SECONDS
  ffmpeg -nostdin -loglevel error -f lavfi -i "testsrc=s=$2:r=15" -f lavfi -i sine=r=44100 -t "$3" \
    -c:v wmv2 -b:v 500k -g 8 -c:a wmav2 -b:a 64k -packet_size 1444 -f asf "$1"
}
film a.wmv 320x240 20
film b.wmv 176x144 10

port=9000
# ARGUMENT...: another station, on a port of its own, as `station.nsc`; its lead is shorter than FFmpeg's
station_sends() {
  port=$((port + 2))
  rm -f station.nsc
  send python3 "$lan/msb-station.py" --to "239.77.12.1:$port" --source "$STATION4" --write-nsc station.nsc --lead 200..700 "$@"
  await station.nsc
}
plays=('decoded["video"] > 15' 'decoded["audio"] > 25')
whole='video["lost"] == video["late"] == video["discarded"] == video["gaps"] == 0'

story "beacons, and then all of it"
station_sends --beacons 1.5 --form real a.wmv
tune_until "${plays[@]}" -- --decode station.nsc
expect 'status == 0' "$whole" 'video["received"] > 20' 'video["recovered"] == video["duplicate"] == 0'
end_sender

# Whoever joins amid a span does not know where it began: losses begin later than that.
story "1 in 11 lost, neighbours swapped, everything twice"
station_sends --form extended --drop 11 --drop-after 40 --swap 7 --twice a.wmv
tune_until "${plays[@]}" 'video["recovered"] > 2' 'video["reordered"] > 2' 'video["duplicate"] > 20' -- --decode station.nsc
expect 'status == 0' "$whole"
end_sender

story "1 in 11 lost, parity is not numbered, padding fields are gone"
station_sends --form asfmux --drop 11 --drop-after 40 --parity unnumbered --strip remove a.wmv
tune_until "${plays[@]}" 'video["recovered"] > 2' -- --decode station.nsc
expect 'status == 0' "$whole"
end_sender

story "another film every other second, and numbers begin anew"
station_sends --loop --entry-seconds 2 --ids restart --parity none a.wmv b.wmv
tune_until 'video["switches"] > 1' 'pictures[-1] > 3' 'sounds[-1] > 5' -- --decode station.nsc
expect 'status == 0' 'video["lost"] == video["discarded"] == 0'
