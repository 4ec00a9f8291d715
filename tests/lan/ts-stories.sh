# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034  # its variables are for who sources it
# Transport streams made anew on the way, sourced after lib.sh; ts-station.py says how each story goes.
ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=320x240:r=25 -f lavfi -i sine=r=48000 -t 14 \
  -c:v libx264 -preset ultrafast -tune zerolatency -b:v 800k -g 25 -c:a aac -f mpegts lecture.ts
scripts=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
next=10
# STORY [OPTION...]: sends it to a group of its own, `group`; `file` is another than the lecture
tell() {
  local what=$1
  shift
  group=239.77.3.$((next++))
  send python3 "$scripts/ts-station.py" "${file:-lecture.ts}" "$what" "$group" 1234 "$@"
  sleep 0.3
}
clean='video["lost"] == video["reordered"] == video["duplicate"] == ts["lost"] == 0'
