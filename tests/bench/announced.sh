#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# 10000 channels are announced by 20 hosts, repeated, changed, searched, scrolled through, fall silent and are
# withdrawn, with the window open. Prints for each what private memory the window has beyond what it had before, and
# the longest times that its main loop was busy: passed, and worked.
#
#   announced.sh [NUMBER [RATE]]
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs Xvfb dbus-run-session xdotool

NUMBER=${1:-10000} RATE=${2:-1500}
tests=$(realpath "$lan/..")
export GST_PLUGIN_PATH=$LECTERN_BUILD/src/element GSETTINGS_SCHEMA_DIR=$LECTERN_BUILD/data

hosts=()
for i in {11..30}; do
  station ip addr add "10.77.0.$i/24" dev eth0
  hosts+=("10.77.0.$i")
done
mkfifo orders answers
export NUMBER TURNS=$folder/turns
# shellcheck disable=SC2016  # bash opens both
send bash -c 'exec python3 "$0" "$@" <orders >answers' "$tests/bench/announcements.py" "$NUMBER" "$RATE" "${hosts[@]}"

cat >watch <<'WATCH'
set -eu
unset GSK_RENDERER # it is chosen
exec 3>orders 4<answers
LD_PRELOAD=$LECTERN_BUILD/tests/bench/libturns.so LECTERN_TURNS=$TURNS "$LECTERN_BUILD/app/lectern" >player.log 2>&1 &
player=$!
trap 'kill $player; wait $player || :' EXIT

private() { awk '/^Private_Dirty/ { print $2 }' "/proc/$player/smaps_rollup"; }

order() { # COMMAND...
  echo "$*" >&3
  read -r _ <&4
}

tell() { # WHAT
  awk -v seen="$seen" -v what="$1" -v kb="$(($(private) - before))" '
    NR > seen { n++; passed = $2 > passed ? $2 : passed; worked = $3 > worked ? $3 : worked; over += $3 > 16; all += $3 }
    END {
      printf "%-16s %5.1f MB more, busy %5.1f ms at most, worked %5.1f ms at most, %2d times above 16, %4.1f s in all\n",
        what, kb / 1024, passed, worked, over, all / 1000
    }
  ' "$TURNS"
  seen=$(wc -l <"$TURNS")
}

until [ -s "$TURNS" ]; do sleep 0.1; done
sleep 8
before=$(private) seen=$(wc -l <"$TURNS")
xdotool mousemove 9999 9999
xdotool search --sync --onlyvisible --class lectern windowfocus
order announce lecture 1
sleep 6
tell "announced"
order announce lecture 1
sleep 4
tell "announced again"
xdotool key ctrl+f
xdotool type --delay 150 "history 77"
sleep 2
tell "searched"
xdotool key Escape
sleep 2
tell "search ended"
xdotool key End
sleep 1
xdotool key --delay 30 --repeat 100 Page_Up
xdotool key Home
sleep 1
xdotool key --delay 30 --repeat 100 Page_Down
sleep 1
tell "scrolled"
order announce seminar 2
sleep 6
tell "all changed"
order announce seminar 2
sleep 45
tell "all silent"
order announce seminar 2
sleep 6
tell "all back"
order delete
sleep 6
tell "all withdrawn"
sleep 95
tell "all gone"
WATCH
viewer "$tests/ui/with-display" bash watch
