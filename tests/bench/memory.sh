#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Private memory while a channel of 1280x720, 25 pictures a second, plays in a window, beside mpv's on the same stream.
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs ffmpeg Xvfb dbus-run-session

tests=$(realpath "$lan/..")
export GST_PLUGIN_PATH=$LECTERN_BUILD/src/element GSETTINGS_SCHEMA_DIR=$LECTERN_BUILD/data
ffmpeg -nostdin -loglevel error -f lavfi -i testsrc2=s=1280x720:r=25 -f lavfi -i sine -t 10 -pix_fmt yuv420p \
  -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -b:v 2M -c:a aac -f mpegts film.ts
send "$cast" --loop --write-sdp film.sdp film.ts
await film.sdp

cat >watch <<'END'
unset GSK_RENDERER # it is chosen
name=$1
shift
"$@" >player.log 2>&1 &
player=$!
sleep 15
awk -v name="$name" '/^Private/ { sum += $2 } END { print name ": " int(sum / 1024) " MB private" }' "/proc/$player/smaps_rollup"
[ -z "${SMAPS:-}" ] || cp "/proc/$player/smaps" "$SMAPS-$name"
kill $player
wait $player || :
END
viewer "$tests/ui/with-display" sh watch lectern "$LECTERN_BUILD/app/lectern" film.sdp
if command -v mpv >/dev/null; then
  viewer "$tests/ui/with-display" sh watch mpv mpv --no-config --vo=x11 --ao=null --profile=low-latency film.sdp
else
  echo "mpv: missing"
fi
