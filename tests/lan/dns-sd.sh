#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What Avahi knows is in the list: RTSP servers, RAVENNA sessions; and without Avahi all else is.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs avahi-daemon avahi-publish dbus-daemon

# A system bus of our own, on which everybody may do everything.
cat >bus.conf <<TEXT
<busconfig>
  <type>system</type>
  <listen>unix:path=$folder/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
  </policy>
</busconfig>
TEXT
printf '[server]\nhost-name=hall\nuse-ipv6=no\n[rlimits]\n' >avahi.conf
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$folder/bus
mkdir -p /run/avahi-daemon
mount -t tmpfs none /run/avahi-daemon

# EXPRESSION...: of what is listened to, until it is so; one listening is over after some seconds.
heard() { # SECONDS EXPRESSION...
  local seconds=$1 i
  shift
  for ((i = 0; i < 10; i++)); do
    status=0
    viewer timeout -s KILL 30 "$bin/lectern-guide" --listen "$seconds" --json >tune.json 2>tune.err || status=$?
    ! python3 "$lan/expect.py" is "$status" "$@" >/dev/null || break
  done
  expect 'status == 0' "$@"
}

publish() {
  nsenter --net="$folder/net/viewer" -- avahi-publish "$@" >>sender.log 2>&1 </dev/null &
  publisher=$!
}

story "no bus, no daemon"
heard 0.5 'channels == []'

story "a daemon, and what it knows"
on viewer dbus-daemon --config-file=bus.conf --nofork >>sender.log 2>&1 </dev/null &
until_true test -S bus
heard 0.5 'channels == []'
on viewer avahi-daemon -f "$folder/avahi.conf" --no-drop-root --no-chroot --no-rlimits >>sender.log 2>&1 </dev/null &
until_true grep -q 'Server startup complete' sender.log
publish -s "Hall 3 (stage left)" _rtsp._tcp 8554 path=/live/hall3
hall=$publisher
publish -s --subtype _ravenna_session._sub._rtsp._tcp "Mikro 1" _rtsp._tcp 80
until_true grep -q "Established under name 'Mikro 1'" sender.log
until_true grep -q "Established under name 'Hall 3" sender.log
heard 3 '[c["title"] for c in channels] == ["Hall 3 (stage left)", "Mikro 1"]' \
  'channels[0]["alternatives"][0]["uri"].endswith(":8554/live/hall3")' \
  'channels[1]["alternatives"][0]["uri"].endswith(":80/by-name/Mikro%201")' \
  'all(c["announcer"] == "hall.local" and c["state"] == "now" for c in channels)'

story "one that goes"
kill "$hall"
until_true eval '! viewer avahi-browse -pt _rtsp._tcp | grep -q Hall'
heard 2 '[c["title"] for c in channels] == ["Mikro 1"]'
