#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Our own station: everything arrives, loss is counted, and the wrong interface hears nothing.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

story "the test lecture"
send "$cast" --test --to 239.77.1.1 --write-sdp a.sdp --write-asx a.asx
await a.asx
tune_until 'len(streams) == 3' 'video["received"] > 60' 'decoded["video"] > 25' 'decoded["audio"] > 80' -- --decode a.sdp
expect 'status == 0' 'all(s["lost"] == 0 and s["late"] == 0 for s in streams)' 'all(0 <= s["first-packet-ms"] < 500 for s in streams)'

story "the same through an ASX"
tune_until 'len(streams) == 3' 'streams[0]["out"] > 0' -- a.asx
expect 'status == 0' 'channel["title"] == "Test lecture"'

story "an interface that is not connected to the station"
viewer ip link add eth1 type veth peer name far
viewer ip link set eth1 up
viewer ip link set far up
viewer ip addr add 10.78.0.1/24 dev eth1
tune --for 1 --interface eth1 a.sdp
expect 'status == 3' 'all(s["received"] == 0 for s in streams)'
viewer ip link del eth1
kill "$sender"
wait "$sender" || fail "the station ended with status $?"

story "one packet in five is not sent"
send "$cast" --test --to 239.77.1.2 --drop 20 --seed 7 --write-sdp b.sdp
await b.sdp
tune_until 'audio["lost"] > 10' 'audio["lost"] + audio["received"] > 140' -- b.sdp
expect 'status == 0' '0.1 < audio["lost"] / (audio["lost"] + audio["received"]) < 0.32' \
  'audio["lost-local"] == 0'
