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

folder=$(mktemp -d)
leave() {
  umount -l "$folder"/net/* "$folder/net" 2>/dev/null || true
  rm -rf -- "$folder"
}
trap leave EXIT
cd "$folder"
# what reads the settings or the session of a person must not find them
export HOME=$folder XDG_RUNTIME_DIR=$folder GST_REGISTRY_UPDATE=no LC_ALL=C.UTF-8
bin=${LECTERN_BUILD:?}/app
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

# Waits for a file that a sender writes.
await() {
  local i
  for ((i = 0; i < 100; i++)); do
    [[ ! -s $1 ]] || return 0
    sleep 0.1
  done
  fail "$1 was not written"
}

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
  viewer timeout -s KILL 30 "$bin/lectern-tune" --json "$@" >tune.out 2>tune.err || status=$?
  tail -n 1 tune.out >tune.json
  echo "-- lectern-tune $*: status $status"
}

# EXPRESSION...: each is Python, and true of the last report: `status`, `streams`, `decoded`,
# `verdict`, `channel`, and `video` and `audio`, the first streams of that kind; `ts`, what is inside
# the first, and `program`, what is played of that; `picture` and `sound`, the first tracks of that
# kind, and `pictures` and `sounds`, what was decoded of them all in each second since the first.
expect() {
  python3 - "$status" tune.json "$@" <<'PYTHON' || fail "see above"
import itertools, json, os, sys
status, text = int(sys.argv[1]), open(sys.argv[2]).read()
report = json.loads(text) if text.startswith("{") else {}
names = dict(status=status, streams=[], network={}, decoded={"video": 0, "audio": 0}, verdict="", channel={}, channels=[], warnings=[])
names.update(report)
names["report"] = report
for kind in ("video", "audio"):
    names[kind] = next((s for s in names["streams"] if s["media"] == kind), {})
names["ts"] = next((s["ts"] for s in names["streams"] if "ts" in s), {})
names["program"] = next((p for p in names["ts"].get("programs", []) if p["number"] == names["ts"].get("program")), {})
lines = [json.loads(line) for line in open("tune.out") if line.startswith("{")] if os.path.exists("tune.out") else []
def count(line, kind):
    return sum(t["decoded"] for t in line.get("tracks", []) if t["media"] == kind)
for name, names_, kind in (("picture", "pictures", "video"), ("sound", "sounds", "audio")):
    names[name] = next((t for t in report.get("tracks", []) if t["media"] == kind), {})
    grown = [count(b, kind) - count(a, kind) for a, b in zip(lines[1:-1], lines[2:-1])]
    names[names_] = list(itertools.dropwhile(lambda n: n == 0, grown))
def holds(expression):
    try:
        return eval(expression, names)
    except (KeyError, IndexError):
        return False
bad = [e for e in sys.argv[3:] if not holds(e)]
for e in bad:
    print("not so:", e)
if bad:
    print(text)
sys.exit(bool(bad))
PYTHON
}

# A heading for what follows.
story() { echo "== $*"; }

make_lan
