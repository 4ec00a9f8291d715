#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs of a transport stream: which one is played, and tables that change on the way.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg
# shellcheck source=ts-stories.sh
. "$lan/ts-stories.sh"

story "tables that change on the way: a demuxer that has begun goes on"
for what in programme-number everything-moves video-pid; do
  tell "$what"
  # without what comes after the change it is 70 pictures at most
  tune_until 'decoded["video"] > 80' 'decoded["audio"] > 150' -- --decode "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["table-changes"] == 0'
  end_sender
done

story "streams that join and leave"
for what in sound-joins sound-leaves; do
  tell "$what"
  # what has left is missed by nobody, however long it has been away
  tune_until 'decoded["video"] > 150' 'decoded["audio"] > 50' 'ts["table-changes"] == 1' -- --decode "udp://$group:1234"
  expect 'status == 0' "$clean"
  end_sender
done

story "a picture that joins, and others of another codec in the place of these"
tell picture-joins
tune_until 'sum(pictures) > 30' 'len(sounds) > 4' -- --decode "udp://$group:1234"
expect 'status == 0' "$clean" 'all(sounds)'
end_sender
for part in "0 3 libx264 -preset ultrafast -tune zerolatency -c:a aac" "3 5 mpeg2video -c:a mp2"; do
  read -r begin length codec <<<"$part"
  # shellcheck disable=SC2086  # words are meant
  ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=320x240:r=25 -f lavfi -i sine=r=48000 -t "$length" \
    -output_ts_offset "$begin" -b:v 800k -g 25 -c:v $codec -f mpegts -
done >parts.ts
file=parts.ts tell other-codecs
tune_until 'ts["table-changes"] == 1' 'picture["codec"].startswith("MPEG-2")' 'sound["codec"].startswith("MPEG-1")' \
  'pictures[-1] > 15' 'sounds[-1] > 20' -- --decode "udp://$group:1234"
expect 'status == 0'
end_sender

story "which program"
for what in scrambled-first dead-first; do
  tell "$what"
  tune_until 'decoded["video"] > 25' -- --decode "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["program"] == 2' 'len(ts["programs"]) == 2'
  end_sender
done
for what in two-programmes one-pid; do
  tell "$what"
  tune_until 'decoded["audio"] > 20' -- --decode --program 1102 "udp://$group:1234"
  expect 'status == 0' "$clean" 'ts["program"] == 1102' 'decoded["video"] == 0'
  printf '#EXTM3U\n#EXTINF:-1,A\n#EXTVLCOPT:program=1101\nudp://@%s:1234\n' "$group" >list.m3u
  tune_until 'decoded["video"] > 5' -- --decode list.m3u
  expect 'status == 0' 'ts["program"] == 1101'
  end_sender
done

story "what cannot be played is known"
tell scrambled
tune_until 'all(s["packets"] > 0 for s in program["streams"])' -- "udp://$group:1234"
expect 'program["ca-name"] == "Irdeto"' 'not program["playable"]' 'report["diagnosis"]["code"] == "scrambled"' \
  'all(s["scrambled"] == s["packets"] for s in program["streams"])'
end_sender
tell unknown-video
tune_until 'program["streams"][0]["type"] == 0xd7' -- "udp://$group:1234"
expect '"codec" not in program["streams"][0]' \
  'program["streams"][0]["media"] == "video"'
end_sender

story "in RTP all the same"
tell two-programmes --rtp
printf 'v=0\no=- 1 1 IN IP4 %s\ns=ts\nc=IN IP4 %s/1\nt=0 0\nm=video 1234 RTP/AVP 33\n' "$STATION4" "$group" >x.sdp
tune_until 'decoded["audio"] > 20' -- --decode --program 1102 x.sdp
expect 'status == 0' 'ts["program"] == 1102' 'decoded["video"] == 0'
