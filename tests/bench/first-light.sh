#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# From a cold start to a window and to the first picture on the X display, and how long after the first
# complete key frame that the player could have had, of each kind of sender; beside Celluloid's
# window and mpv's picture, one after the other in several rounds.
#
#   first-light.sh [ROUNDS] [SENDER...]
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs Xvfb dbus-run-session ffmpeg gst-launch-1.0

ROUNDS=${1:-3}
senders=("${@:2}")
[[ ${#senders[@]} -gt 0 ]] || senders=(h264 ts rtp-ts jpeg)
here=$LECTERN_BUILD/tests/bench
export GSETTINGS_BACKEND=memory NO_AT_BRIDGE=1 GTK_A11Y=none GSETTINGS_SCHEMA_DIR=$LECTERN_BUILD/data
unset GST_REGISTRY_UPDATE WAYLAND_DISPLAY
export GST_REGISTRY=$folder/registry
viewer gst-inspect-1.0 fakesink >/dev/null # the second start of a day, not the first of all

mkdir -p /tmp/.X11-unix
mount -t tmpfs -o mode=1777 none /tmp/.X11-unix
export DISPLAY=:77
Xvfb $DISPLAY -screen 0 1280x800x24 -nolisten tcp -nolock -noreset >/dev/null 2>&1 &
xvfb=$!
until_true test -S "/tmp/.X11-unix/X${DISPLAY#:}"

GROUP=239.77.17.1
picture=(videotestsrc is-live=true pattern=solid-color foreground-color=0xffff00ff ! "video/x-raw,format=I420,width=1280,height=720,framerate=25/1")
encoder=(x264enc tune=zerolatency speed-preset=superfast key-int-max=25)
to=(udpsink "host=$GROUP" port=5004 sync=false async=false multicast-iface=eth0)

session() { # MEDIA-LINES
  printf 'v=0\r\no=- 1 1 IN IP4 %s\r\ns=Light\r\nc=IN IP4 %s/1\r\nt=0 0\r\n%b' "$STATION4" $GROUP "$1" >it.sdp
}

begin() { # SENDER
  case $1 in
    h264)
      session 'm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n'
      send gst-launch-1.0 -q "${picture[@]}" ! "${encoder[@]}" ! rtph264pay config-interval=-1 pt=96 ! "${to[@]}"
      ;;
    jpeg)
      session 'm=video 5004 RTP/AVP 26\r\n'
      send gst-launch-1.0 -q "${picture[@]}" ! jpegenc ! rtpjpegpay pt=26 ! "${to[@]}"
      ;;
    ts)
      session 'm=video 5004 UDP 33\r\na=rtpmap:33 MP2T/90000\r\n'
      printf 'udp://@%s:5004\n' $GROUP >it.m3u
      send ffmpeg -nostdin -loglevel error -re -f lavfi -i color=magenta:s=1280x720:r=25 -pix_fmt yuv420p -c:v libx264 \
        -preset superfast -tune zerolatency -g 25 -f mpegts "udp://$GROUP:5004?ttl=1&pkt_size=1316&localaddr=$STATION4"
      ;;
    rtp-ts)
      session 'm=video 5004 RTP/AVP 33\r\n'
      send gst-launch-1.0 -q "${picture[@]}" ! "${encoder[@]}" ! mpegtsmux alignment=7 ! rtpmp2tpay pt=33 ! "${to[@]}"
      ;;
    *) fail "no sender $1" ;;
  esac
}

light() { # NAME SECONDS COMMAND...
  viewer "$here/first-light" "${@:2}" >>"$1.light" 2>>player.log || true
  sleep 0.3 # for the keys
}

announced() { # SENDER
  [[ $1 == ts ]] && echo "udp://@$GROUP:5004" || echo it.sdp
}

has_mpv=$(command -v mpv || true)
has_celluloid=$(command -v celluloid || true)
[[ -n $has_mpv ]] || echo "mpv is missing"
[[ -n $has_celluloid ]] || echo "celluloid is missing"

for sender_kind in "${senders[@]}"; do
  begin "$sender_kind"
  nsenter --net="$folder/net/viewer" -- python3 "$lan/../bench/key-frames.py" "$sender_kind" $GROUP 5004 >"$sender_kind.keys" &
  listener=$!
  sleep 2
  for ((round = 1; round <= ROUNDS; round++)); do
    sleep "0.$((round * 37 % 10))"
    light "$sender_kind-lectern" 15 dbus-run-session -- "$bin/lectern" "$(announced "$sender_kind")"
    [[ -z $has_mpv ]] || light "$sender_kind-mpv" 15 mpv --no-config --vo=x11 --no-terminal "$(announced "$sender_kind")"
  done
  kill "$listener"
  end_sender
done
for ((round = 1; round <= ROUNDS; round++)); do
  light empty-lectern 3 dbus-run-session -- "$bin/lectern"
  [[ -z $has_celluloid ]] || light empty-celluloid 3 dbus-run-session -- celluloid
done
kill "$xvfb"
python3 "$lan/../bench/first-light.py" "${senders[@]}"
