#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A computer that stands still for a while: what the network had brought meanwhile is read at once, and
# nothing of it is taken for a delay of the network. A sender that begins anew under its SSRC, and one
# that sends frames in another order than they are shown in, are no reason to play later either.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg gst-launch-1.0 pkill

# SECONDS TUNE-ARGUMENTS...: stops it that long when it has played for some seconds, and lets it go on
tune_and_stop() {
  local seconds=$1
  shift
  begin_tuning "$@"
  until_tuned 'seconds > 4' 'all(s["second"]["out"] > 0 for s in streams)'
  pkill -STOP -x lectern-tune
  sleep "$seconds"
  pkill -CONT -x lectern-tune
  before=$(python3 -c 'import json; print(json.loads(open("tune.out").readlines()[-1])["seconds"])')
  until_tuned "seconds > $before + 8 + $seconds" "${after[@]}"
  end_tuning
}

# What a busy computer and its station do besides is not asked for, only that a stop of seconds did
# not leave its mark: it would be one of two seconds. tests/wire/session-held-up-test.c has the exact figures.
recovered='all(s["needed-ms"] <= 1000 and s["restarts"] == 0 and s["discarded"] == 0 and s["lost"] == 0 for s in streams)'

ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=320x240:r=25 -f lavfi -i sine=r=48000 -t 60 \
  -pix_fmt yuv420p -c:v libx264 -preset fast -bf 3 -g 25 -c:a libopus film.mkv
story "stopped for 3 s; three B-frames, and Opus"
send ffmpeg -nostdin -loglevel error -re -i film.mkv -map 0:v -c copy -f rtp "rtp://239.77.19.1:5004?ttl=1" \
  -map 0:a -c copy -f rtp "rtp://239.77.19.1:5006?ttl=1" -sdp_file film.sdp
await film.sdp
after=('pictures[-1] > 5' 'sounds[-1] > 5')
tune_and_stop 3 --decode film.sdp
expect "$recovered" 'video["jitter-ms"] < 60' 'pictures[-1] > 5' 'sounds[-1] > 5'
end_sender

story "stopped for 2 s, with a fixed latency; a thousand packets a second"
send gst-launch-1.0 -q audiotestsrc is-live=true samplesperbuffer=48 ! audio/x-raw,rate=48000,channels=2 ! audioconvert ! \
  rtpL16pay pt=97 min-ptime=1000000 max-ptime=1000000 ! udpsink host=239.77.19.2 port=5004
printf 'v=0\no=- 1 1 IN IP4 %s\ns=studio\nc=IN IP4 239.77.19.2/1\nt=0 0\nm=audio 5004 RTP/AVP 97\na=rtpmap:97 L16/48000/2\n' \
  "$STATION4" >studio.sdp
after=()
tune_and_stop 2 --latency 200 studio.sdp
expect 'audio["restarts"] == 0' 'audio["discarded"] == 0' 'audio["lost"] == 0' 'audio["out"] > 1000'
end_sender
