#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: iperf, with which technicians try multicast in a hall (iperf -s -u -B GROUP), counts what was lost since
# it joined.
# What happens: it counts from the first datagram that the sender ever sent. Whoever joins while the sender runs, as
# every viewer of a live lecture does, is told of a loss as large as his delay, in the first second and in the total:
# at half time "50 %" over a cable that loses nothing. Only the seconds after the first are true.
# Version: iperf 2.1.8+dfsg-1 (Debian 12).
# Seen on 2026-11-29, 125 datagrams a second for 8 s, of which the listener heard the last 4, by a cable without loss:
#   told as lost: about half of all
#   in the first second: all of it
#   in the seconds after: 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm iperf=2.1.8+dfsg-1
cat >"$root/tmp/hall" <<'SH'
iperf -c 239.1.1.1 -u -b 1m -l 1000 -t 8 -T 1 >/dev/null 2>&1 &
sleep 4
timeout 6 iperf -s -u -B 239.1.1.1 -i 1
SH
# each line with a loss ends in LOST/TOTAL (PERCENT); the last one is the total
inside bash /tmp/hall >"$root/tmp/lines" || true
lost=$(sed -nE 's|.* ([0-9]+)/ *([0-9]+) \(.*|\1 \2|p' "$root/tmp/lines")
read -r first _ <<<"$lost"
read -r all total <<<"$(tail -n 1 <<<"$lost")"
after=$(sed '1d;$d' <<<"$lost" | awk '{ sum += $1 } END { print sum + 0 }')
echo "told: $all of $total"
still "told as lost" "about half of all" "$([[ $total -gt 0 && $((100 * all / total)) -ge 40 && $((100 * all / total)) -le 60 ]] && echo about half of all || echo "$all of $total")"
still "in the first second" "all of it" "$([[ $first == "$all" ]] && echo all of it || echo "$first")"
still "in the seconds after" 0 "$after"
