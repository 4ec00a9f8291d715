#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A switch that forwards for seven seconds after each report, and nobody asks for reports: it cuts off
# once, reception comes back by itself, is not cut off again, and the reason is told.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs bridge

new_host switch
switch() { on switch "$@"; }
switch sysctl -qw net.ipv6.conf.all.disable_ipv6=1 2>/dev/null || true
# its querier asks once, as it is switched on: for the sake of this switch alone there must be one
switch ip link add switch type bridge mcast_snooping 1 mcast_querier 0 mcast_igmp_version 3 \
  mcast_query_response_interval 10 mcast_startup_query_interval 10 mcast_query_interval 1000000 mcast_membership_interval 700
station ip link del eth0
for host in station viewer; do
  on "$host" ip link add eth0 type veth peer name "$host"
  on "$host" ip link set "$host" netns "$folder/net/switch"
  switch ip link set "$host" master switch
  switch ip link set "$host" up
done
plug_in station "$STATION4" "$STATION6"
plug_in viewer "$VIEWER4" fd77::2
switch ip link set switch up
switch bridge link set dev viewer mcast_flood off
switch ip link set switch type bridge mcast_querier 1
sleep 1

send "$cast" --test --interface eth0 --to 239.77.9.1 --write-sdp a.sdp
await a.sdp
begin_tuning --interface eth0 a.sdp
until_tuned 'network["cut-offs"] == 1'
# fifty a second, and for longer than the switch forwards by itself
before=$(python3 -c 'import json; print(json.loads(open("tune.out").readlines()[-1])["streams"][-1]["received"])')
until_tuned "audio['received'] > $before + 50 * 11"
end_tuning
expect 'status == 0' 'network["cut-offs"] == 1' '"no IGMP querier" in verdict' '"sysctl" not in verdict' \
  "audio['received'] > $before + 50 * 11" 'audio["restarts"] <= 1'
