#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs of a transport stream: which one is played, and tables that change on the way.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg
# shellcheck source=ts-stories.sh
. "$(dirname "${BASH_SOURCE[0]}")/ts-stories.sh"

story "tables that change on the way: a demuxer that has begun goes on"
for what in programme-number everything-moves video-pid; do
  tell "$what"
  # without what comes after the change it is 70 pictures at most
  tune --for 7 --decode "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["table-changes"] == 0' 'decoded["video"] > 80' 'decoded["audio"] > 150'
  kill "$sender"
done

story "streams that join and leave"
for what in sound-joins sound-leaves; do
  tell "$what"
  # what has left is missed by nobody, however long it has been away
  tune --for 9 --decode "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["table-changes"] == 1' 'decoded["video"] > 150' 'decoded["audio"] > 50'
  kill "$sender"
done

story "a picture that joins, and others of another codec in the place of these"
tell picture-joins
tune --for 7 --decode "udp://$group:1234"
expect 'status == 0' "$clean" 'pictures[-1] > 15' 'all(sounds)'
kill "$sender"
for part in "0 3 libx264 -preset ultrafast -tune zerolatency -c:a aac" "3 5 mpeg2video -c:a mp2"; do
  read -r begin length codec <<<"$part"
  # shellcheck disable=SC2086  # words are meant
  ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=320x240:r=25 -f lavfi -i sine=r=48000 -t "$length" \
    -output_ts_offset "$begin" -b:v 800k -g 25 -c:v $codec -f mpegts -
done >parts.ts
file=parts.ts tell other-codecs
tune --for 7 --decode "udp://$group:1234"
expect 'status == 0' 'ts["table-changes"] == 1' 'pictures[-1] > 15' 'sounds[-1] > 20' \
  'picture["codec"].startswith("MPEG-2")' 'sound["codec"].startswith("MPEG-1")'
kill "$sender"

story "which program"
for what in scrambled-first dead-first; do
  tell "$what"
  tune --for 4 --decode "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["program"] == 2' 'len(ts["programs"]) == 2' 'decoded["video"] > 25'
  kill "$sender"
done
for what in two-programmes one-pid; do
  tell "$what"
  tune --for 2 --decode --program 1102 "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["program"] == 1102' 'decoded["video"] == 0' 'decoded["audio"] > 20'
  printf '#EXTM3U\n#EXTINF:-1,A\n#EXTVLCOPT:program=1101\nudp://@%s:1234\n' "$group" >list.m3u
  tune --for 2 --decode list.m3u
  expect 'status == 0' 'ts["program"] == 1101' 'decoded["video"] > 5'
  kill "$sender"
done

story "what cannot be played is known"
tell scrambled
tune --for 2 "udp://$group:1234"
expect 'program["ca-name"] == "Irdeto"' 'not program["playable"]' \
  'all(s["scrambled"] == s["packets"] > 0 for s in program["streams"])'
kill "$sender"
tell unknown-video
tune --for 2 "udp://$group:1234"
expect 'program["streams"][0]["type"] == 0xd7' '"codec" not in program["streams"][0]' \
  'program["streams"][0]["media"] == "video"'
kill "$sender"

story "in RTP all the same"
tell two-programmes --rtp
printf 'v=0\no=- 1 1 IN IP4 %s\ns=ts\nc=IN IP4 %s/1\nt=0 0\nm=video 1234 RTP/AVP 33\n' "$STATION4" "$group" >x.sdp
tune --for 2 --decode --program 1102 x.sdp
expect 'status == 0' 'ts["program"] == 1102' 'decoded["video"] == 0' 'decoded["audio"] > 20'
