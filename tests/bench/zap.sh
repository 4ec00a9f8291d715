#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# From the key to the picture of the next channel, on a display of its own: three channels of 1280x720, 25
# pictures and a key frame a second. Prints it with channels joined ahead, and without.
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs ffmpeg Xvfb dbus-run-session

tests=$(realpath "$lan/..")
export GST_PLUGIN_PATH=$LECTERN_BUILD/src/element GSETTINGS_SCHEMA_DIR=$LECTERN_BUILD/data

for colour in red green blue; do
  ffmpeg -nostdin -loglevel error -f lavfi -i testsrc2=s=1280x720:r=25 -t 10 \
    -vf "drawbox=340:160:600:400:$colour:fill" -pix_fmt yuv420p \
    -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -b:v 2M -f mpegts "$colour.ts"
  send "$cast" --announce --loop --title "Channel $colour" --write-sdp "$colour.sdp" "$colour.ts"
  await "$colour.sdp"
done

# The player knows how fast its cable is only where it sees the interfaces of its own network.
cat >watch <<'END'
set -eu
unset GSK_RENDERER # it is chosen
mount -t sysfs none /sys
mkdir -p "$XDG_CONFIG_HOME/glib-2.0/settings"
printf '[org/lectern/Lectern]\njoin-ahead=%s\n' "$1" >"$XDG_CONFIG_HOME/glib-2.0/settings/keyfile"
export GSETTINGS_BACKEND=keyfile
"$LECTERN_BUILD/app/lectern" red.sdp >player.log 2>&1 &
player=$!
trap 'kill $player; wait $player || :' EXIT
status=0
"$LECTERN_BUILD/tests/bench/zap" "${ZAPS:-20}" 3000 || status=$?
exit $status
END

for joins in true false; do
  story "$([[ $joins == true ]] && echo joined ahead || echo not joined ahead)"
  viewer unshare --mount sh "$tests/ui/with-display" sh watch $joins || { cat player.log; fail "see above"; }
done
