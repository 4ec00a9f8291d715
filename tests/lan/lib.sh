# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034  # its variables are for who sources it
# A LAN for one test: a station and a viewer, each a network namespace with one cable between them.
#
# Sourced by each test as its first act. The test then starts anew inside namespaces of its own, as
# root or through a user namespace, and everything in them ends with it. LECTERN_BUILD is the
# build folder.
set -euo pipefail

STATION4=10.77.0.1 VIEWER4=10.77.0.2 STATION6=fd77::1
export STATION4 VIEWER4 STATION6

# Where namespaces are forbidden there is nothing to test with, and on CI that is a failure.
skip() {
  echo "skipped: $1"
  [[ -z ${LECTERN_TESTS_REQUIRED:-} ]] || exit 1
  exit 77
}

needs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || skip "there is no $program; data/install-dependencies --test installs it"
  done
}

if [[ ${LECTERN_LAN:-} != inside ]]; then
  needs unshare nsenter ip python3
  how=(--net --mount --pid --fork --kill-child --mount-proc)
  [[ $(id -u) == 0 ]] || how+=(--user --map-root-user)
  unshare "${how[@]}" true 2>/dev/null ||
    skip "network namespaces are not permitted here (neither as root nor through a user namespace)"
  LECTERN_LAN=inside exec unshare "${how[@]}" -- bash "$0" "$@"
fi

lan=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
folder=$(mktemp -d)
leave() {
  umount -l "$folder"/net/* "$folder/net" 2>/dev/null || true
  rm -rf -- "$folder"
}
trap leave EXIT
cd "$folder"
# what reads the settings or the session of a person must not find them
export HOME=$folder XDG_RUNTIME_DIR=$folder LC_ALL=C.UTF-8
bin=${LECTERN_BUILD:?}/app
# what plugins there are is looked up once, and not by each program of each test while time counts
export GST_REGISTRY=$LECTERN_BUILD/tests/lan/gst-registry.bin
flock "$GST_REGISTRY.lock" gst-inspect-1.0 --exists fakesink || true
export GST_REGISTRY_UPDATE=no
cast=$bin/lectern-cast

on() { # HOST COMMAND...
  local host=$1
  shift
  nsenter --net="$folder/net/$host" -- "$@"
}
station() { on station "$@"; }
viewer() { on viewer "$@"; }

new_host() { # NAME
  touch "$folder/net/$1"
  unshare --net="$folder/net/$1" true
  on "$1" sh -c 'echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad' 2>/dev/null || true
  on "$1" ip link set lo up
}

plug_in() { # NAME IPV4 IPV6
  on "$1" ip addr add "$2/24" dev eth0
  on "$1" ip link set eth0 up
  on "$1" ip -6 addr add "$3/64" dev eth0 nodad
  on "$1" ip route add default dev eth0
  on "$1" ip -6 route add default dev eth0
}

make_lan() {
  mkdir "$folder/net"
  mount -t tmpfs none "$folder/net"
  mount --make-private "$folder/net"
  new_host station
  new_host viewer
  station ip link add eth0 type veth peer name peer
  station ip link set peer netns "$folder/net/viewer" name eth0
  plug_in station "$STATION4" "$STATION6"
  plug_in viewer "$VIEWER4" fd77::2
}

# Runs a sender on the station in the background.
send() {
  nsenter --net="$folder/net/station" -- "$@" >>sender.log 2>&1 </dev/null &
  sender=$!
}

# Ends the last sender; whoever sends to its group is another one then.
end_sender() {
  kill "$sender" 2>/dev/null || true
  wait "$sender" 2>/dev/null || true
}

# COMMAND...: waits until it succeeds.
until_true() {
  local i
  for ((i = 0; i < 400; i++)); do
    ! "$@" >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  fail "in vain: $*"
}

# Waits for a file that a sender writes.
await() { until_true test -s "$1"; }

fail() {
  echo "FAILED: $*"
  [[ ! -s sender.log ]] || tail -n 15 sender.log
  [[ ! -s tune.err ]] || tail -n 15 tune.err
  exit 1
}

# Tunes in on the viewer; what it reports is for expect.
tune() {
  status=0
  # one that does not end has failed, and need not hold up the others
  viewer timeout -s KILL 60 "$bin/lectern-tune" --json "$@" >tune.out 2>tune.err || status=$?
  tail -n 1 tune.out >tune.json
  echo "-- lectern-tune $*: status $status"
}

# The same in the background, as `tuner`, until end_tuning.
begin_tuning() {
  : >tune.out # what it has told before is not to be taken for what it tells now
  nsenter --net="$folder/net/viewer" -- timeout -s KILL 90 "$bin/lectern-tune" --json "$@" >tune.out 2>tune.err </dev/null &
  tuner=$!
}

# EXPRESSION...: as expect's; waits until what is reported in a second is so, with PATIENCE seconds of
# patience. How fast this computer is decides how long that takes, but not whether it comes to be so.
until_tuned() {
  timeout "${patience:-40}" python3 "$lan/expect.py" await "$tuner" "$@" || echo "-- in vain: $*"
}

end_tuning() {
  kill "$tuner" 2>/dev/null || true
  status=0
  wait "$tuner" || status=$?
  tail -n 1 tune.out >tune.json
  echo "-- lectern-tune: status $status"
}

# EXPRESSION... -- TUNE-ARGUMENT...: tunes in until all that is so, and expects it.
tune_until() {
  local -a wanted=()
  while [[ $1 != -- ]]; do
    wanted+=("$1")
    shift
  done
  shift
  echo "-- lectern-tune $*, until: ${wanted[*]}"
  begin_tuning "$@"
  until_tuned "${wanted[@]}"
  end_tuning
  expect "${wanted[@]}"
}

# EXPRESSION...: each is Python, and true of the last report: `status`, `streams`, `decoded`,
# `verdict`, `channel`, and `video` and `audio`, the first streams of that kind; `ts`, what is inside
# the first, and `program`, what is played of that; `picture` and `sound`, the first tracks of that
# kind, and `pictures` and `sounds`, what was decoded of them all in each second since the first.
expect() {
  python3 "$lan/expect.py" is "$status" "$@" || fail "see above"
}

# FILE: whether sound and picture are in step, by what av-offset has written. A busy computer leaves out
# the picture of a flash now and then, whose next one counts; what is out of step is so all the time.
are_in_step() {
  cat "$1"
  awk '{ bad += $1 > 40 || $1 < -40 } END { exit 2 * bad >= NR }' "$1" || fail "more than 40 ms apart"
}

# A heading for what follows.
story() { echo "== $*"; }

make_lan
