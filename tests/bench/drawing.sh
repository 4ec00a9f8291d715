#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What playing costs: the CPU that the player and the X server take for 720p25, with mpv beside it, in
# windows of several sizes. In pairs, one after the other, so that what else this computer does meets both.
#
#   drawing.sh [PAIRS] [WIDTHxHEIGHT...]
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs Xvfb dbus-run-session ffmpeg

PAIRS=${1:-3} SETTLE=6 SECONDS_EACH=8
sizes=("${@:2}")
[[ ${#sizes[@]} -gt 0 ]] || sizes=(1280x720 700x500)
unset WAYLAND_DISPLAY
export NO_AT_BRIDGE=1 GTK_A11Y=none GSETTINGS_SCHEMA_DIR=$LECTERN_BUILD/data
export GSETTINGS_BACKEND=keyfile XDG_CONFIG_HOME=$folder/config
viewer gst-inspect-1.0 fakesink >/dev/null

mkdir -p /tmp/.X11-unix
mount -t tmpfs -o mode=1777 none /tmp/.X11-unix
export DISPLAY=:77
Xvfb $DISPLAY -screen 0 1400x1000x24 -nolisten tcp -nolock -noreset >/dev/null 2>&1 &
xvfb=$!
until_true test -S "/tmp/.X11-unix/X${DISPLAY#:}"

ffmpeg -nostdin -loglevel error -f lavfi -i testsrc2=s=1280x720:r=25 -t 10 -pix_fmt yuv420p -c:v libx264 -preset ultrafast \
  -tune zerolatency -g 25 -b:v 2M -f mpegts film.ts
send "$cast" --loop --write-sdp film.sdp film.ts
await film.sdp

ticks() { # PID...: CPU that they have taken
  local pid sum=0 stat
  for pid in "$@"; do
    stat=$(<"/proc/$pid/stat")
    # shellcheck disable=SC2086  # its fields, behind the name
    set -- ${stat##*)}
    sum=$((sum + ${12} + ${13}))
  done
  echo "$sum"
}

# How much of a core PROGRAM and the X server take, in hundredths of a percent.
watch() { # NAME PROGRAM COMMAND...
  local player own both
  viewer dbus-run-session -- "${@:3}" >>player.log 2>&1 &
  sleep "$SETTLE"
  player=$(pgrep -x -n "$2") || fail "$1 does not run: $(tail -n 3 player.log)"
  own=$(ticks "$player") both=$(ticks "$player" "$xvfb")
  sleep "$SECONDS_EACH"
  own=$(($(ticks "$player") - own)) both=$(($(ticks "$player" "$xvfb") - both))
  kill "$player"
  wait $! || true
  echo "$own $both" >>"$1.ticks"
}

report() { # SIZE
  python3 - "$1" "$SECONDS_EACH" <<'END'
import os, statistics, sys
size, seconds = sys.argv[1], float(sys.argv[2])
rows = {name: [list(map(int, line.split())) for line in open(f"{name}.ticks")] if os.path.exists(f"{name}.ticks") else []
        for name in ("lectern", "mpv")}
hertz = os.sysconf("SC_CLK_TCK")
for at, what in enumerate(("by itself", "with the X server")):
    shares = {name: statistics.median(row[at] for row in found) / hertz / seconds * 100 for name, found in rows.items() if found}
    said = ", ".join(f"{name} {share:.1f} %" for name, share in shares.items())
    pairs = [ours[at] / peer[at] for ours, peer in zip(rows["lectern"], rows["mpv"])]
    goal = ""
    if pairs:
        ratio = statistics.median(pairs)
        goal = f": {ratio:.2f} times ({', '.join(f'{pair:.2f}' for pair in sorted(pairs))}; {'reached' if ratio <= 1 else 'NOT REACHED'}: 1.0)"
    print(f"{size} {what}: {said} of a core{goal}")
END
  rm -f lectern.ticks mpv.ticks
}

has_mpv=$(command -v mpv || true)
[[ -n $has_mpv ]] || echo "mpv is missing"
for size in "${sizes[@]}"; do
  width=${size%x*} height=${size#*x}
  mkdir -p config/glib-2.0/settings
  printf '[org/lectern/Lectern]\nwindow-width=%s\nwindow-height=%s\n' "$width" "$height" >config/glib-2.0/settings/keyfile
  for ((pair = 1; pair <= PAIRS; pair++)); do
    watch lectern lectern "$bin/lectern" film.sdp
    [[ -z $has_mpv ]] || watch mpv mpv mpv --no-config --vo=x11 --ao=null --no-terminal --profile=low-latency \
      --keepaspect-window=no "--geometry=$size+0+0" film.sdp
  done
  report "$size"
done
end_sender
kill "$xvfb"
