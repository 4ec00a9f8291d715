#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Our own station of Windows Media: the test lecture and a file, over a network that is not good.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg

story "the test lecture, of which some is lost, late and double"
send "$cast" --test --to 239.77.13.1 --write-nsc a.nsc --slides --fec-span 5 --drop 8 --reorder 10 --duplicate 10 --seed 3
await a.nsc
tune_until 'decoded["video"] > 25' 'decoded["audio"] > 25' 'video["recovered"] > 0' 'video["reordered"] > 0' 'video["duplicate"] > 0' -- --decode a.nsc
expect 'status == 0' 'video["discarded"] == 0' 'video["late"] == 0' 'channel["title"] == "Test lecture"'
end_sender

story "a file, through an ASX; then nobody sends"
ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=160x120:r=12 -f lavfi -i sine=r=44100 -t 6 \
  -c:v wmv1 -b:v 150k -g 6 -c:a wmav1 -b:a 64k -packet_size 1400 -f asf film.asf
send "$cast" --to 239.77.13.2 --write-nsc b.nsc --write-asx b.asx --title "The film" film.asf
await b.asx
tune_until 'decoded["video"] > 10' 'decoded["audio"] > 15' -- --decode b.asx
expect 'status == 0' 'video["lost"] == video["recovered"] == video["discarded"] == 0' 'channel["title"] == "The film"'
end_sender
tune --for 1 b.asx
expect 'status == 3' 'video["received"] == 0'
