#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The cable is pulled and put back: reception goes on, and the loss is counted.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

send "$cast" --test --interface eth0 --to 239.77.7.1 --write-sdp a.sdp
await a.sdp
joined() { viewer cat /proc/net/igmp | grep -qi '01074DEF'; }

begin_tuning a.sdp
until_tuned 'audio["received"] > 20'
joined || fail "239.77.7.1 was not joined on eth0"
began=$EPOCHREALTIME
station ip link set eth0 down
sleep 1
station ip link set eth0 up
station ip route replace default dev eth0
ended=$EPOCHREALTIME
until_tuned 'audio["received"] > 150' 'audio["out"] > 150' 'audio["lost"] > 20'
end_tuning
# fifty are sent in a second; a cable does not carry again at once
expect 'status == 0' 'audio["received"] > 150' "20 < audio['lost'] < 50 * ($ended - $began + 1.4)" 'audio["restarts"] == 0' 'audio["out"] > 150'
if joined; then fail "the group was not left"; fi
