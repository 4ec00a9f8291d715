#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# From a flash at the station to the flash on the X display: the player, as it is ten seconds after it was
# opened, beside a pipeline made by hand and mpv's low-latency profile, one after the other in
# several rounds on the same stream. For ours also says in which stage the time passes.
#
#   latency.sh [ROUNDS]
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs Xvfb dbus-run-session

ROUNDS=${1:-3}
SETTLE=10 # [s] until ours is looked at
SETTLE_PEER=4
LOOK=7 # [s]
here=$LECTERN_BUILD/tests/bench
export GST_PLUGIN_PATH=$here GSETTINGS_BACKEND=memory NO_AT_BRIDGE=1 GTK_A11Y=none
export GSETTINGS_SCHEMA_DIR=$LECTERN_BUILD/data
unset GST_REGISTRY_UPDATE
export GST_REGISTRY=$folder/registry

# Xvfb takes the number of one whose process it does not see, which may be in another namespace.
mkdir -p /tmp/.X11-unix
mount -t tmpfs -o mode=1777 none /tmp/.X11-unix
export DISPLAY=:77
Xvfb $DISPLAY -screen 0 1280x800x24 -nolisten tcp -nolock -noreset >/dev/null 2>&1 &
xvfb=$!
until_true test -S "/tmp/.X11-unix/X${DISPLAY#:}"
unset WAYLAND_DISPLAY

session() { # STREAM...
  printf 'v=0\r\no=- 1 1 IN IP4 %s\r\ns=Flashes\r\nc=IN IP4 239.77.16.1/1\r\nt=0 0\r\n' "$STATION4"
  printf '%b' "$@"
}
video='m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n'
audio='m=audio 5006 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n'
session "$video" "$audio" >both.sdp
session "$video" >video.sdp

send "$here/flash-station" 239.77.16.1 "$STATION4" 5004 $((ROUNDS * 60 + 60))
viewer timeout 20 gst-inspect-1.0 stages >/dev/null || true # no one has to make the registry later

look() { # NAME SETTLE COMMAND...
  local name=$1 settle=$2 program
  shift 2
  nsenter --net="$folder/net/viewer" -- "$@" >>player.log 2>&1 </dev/null &
  program=$!
  sleep "$settle"
  if kill -0 "$program" 2>/dev/null; then
    "$here/watch-display" "$LOOK" >>"seen.$name"
  else
    echo "-- $name has ended by itself:"
    tail -n 3 player.log
  fi
  [[ -z ${LECTERN_PICTURES:-} ]] || import -window root "$LECTERN_PICTURES/$name.png" || true
  kill "$program" 2>/dev/null || true
  wait "$program" 2>/dev/null || true
}

has_mpv=$(command -v mpv || true)
has_ximagesink=$(gst-inspect-1.0 ximagesink 2>/dev/null || true)
[[ -n $has_mpv ]] || echo "mpv is missing"
[[ -n $has_ximagesink ]] || echo "ximagesink is missing: gstreamer1.0-x"
for ((round = 1; round <= ROUNDS; round++)); do
  if [[ -n $has_ximagesink ]]; then
    look hand-made $SETTLE_PEER gst-launch-1.0 -q filesrc location=video.sdp ! sdpdemux latency=50 ! \
      decodebin ! videoconvert ! ximagesink
  fi
  GSK_RENDERER=cairo GST_TRACERS=stages LECTERN_STAGES=$folder/stages.$round look lectern $SETTLE dbus-run-session -- \
    "$bin/lectern" --fullscreen both.sdp
  if [[ -n $has_mpv ]]; then
    look mpv $SETTLE_PEER mpv --no-config --vo=x11 --profile=low-latency --untimed --no-terminal \
      --force-window --fs both.sdp
  fi
done
kill "$xvfb"
end_sender
python3 "$lan/../bench/latency.py" sender.log stages.* -- seen.*
