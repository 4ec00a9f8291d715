#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Receiver reports: a station that is not ours reads them where it has asked for them, and nothing at
# all is sent where nobody has.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

peer=$LECTERN_BUILD/tests/lan/reports-peer
group=239.77.3.1

describe() { # LINE...: of the media section
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=reports\nc=IN IP4 %s/3\nt=0 0\n' "$STATION4" "$group"
  printf 'm=audio 5004 RTP/AVP 97\na=rtpmap:97 L16/48000/2\n'
  (($# == 0)) || printf '%s\n' "$@"
}

# Datagrams that the viewer has sent so far; memberships are not among them.
sent() { viewer sed -n 's/^Udp: [0-9]* [0-9]* [0-9]* \([0-9]*\) .*/\1/p' /proc/net/snmp; }

# What the viewer sends, as it arrives at the station: destination, port and TTL of each datagram.
watch() {
  station python3 - "$VIEWER4" >seen.txt <<'PYTHON' &
import socket, sys
ears = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
while True:
    packet = ears.recv(2048)
    if packet[9] == 17 and socket.inet_ntoa(packet[12:16]) == sys.argv[1]:
        at = (packet[0] & 15) * 4
        port = int.from_bytes(packet[at + 2:at + 4], "big")
        print(socket.inet_ntoa(packet[16:20]), port, packet[8], flush=True)
PYTHON
  watcher=$!
}

silently() { # WHY TUNE-ARGUMENT...
  local why=$1 before i
  shift
  watch
  before=$(sent)
  tune_until 'audio["received"] > 700' -- "$@"
  expect 'status == 0'
  # what it sends to itself, to try the firewall while a busy station pauses, is counted but not seen
  for ((i = 0; i < 20; i++)); do
    [[ $(sent) != "$before" && ! -s seen.txt ]] || break
    sleep 0.1
  done
  kill "$watcher"
  [[ ! -s seen.txt ]] || fail "something was sent although $why: $(tr '\n' ';' <seen.txt)"
}

send "$peer" "$group" 5004 20
describe >unsaid.sdp
describe b=RR:0 >none.sdp
describe b=AS:1600 b=RS:1000 >senders.sdp
describe b=RR:8000 >asked.sdp
describe b=RR:8000 "a=rtcp:5005 IN IP4 $STATION4" >unicast.sdp

story "silence is the rule"
silently "nobody asked" unsaid.sdp
silently "it was forbidden" none.sdp
silently "only senders were asked" senders.sdp
silently "the viewer does not want it" --silent asked.sdp
silently "reports would go to a host that a file names" unicast.sdp

story "asked for: the station reads what arrives, to the group and no further than it said"
watch
before=$(sent)
: >sender.log
tune --for 14 asked.sdp
until_true grep -q '^bye ' sender.log
kill "$watcher"
expect 'status == 0'
cat sender.log seen.txt
(($(sent) > before)) || fail "what is sent is not counted"
python3 - sender.log seen.txt "$group" <<'PYTHON' || fail "these are not the reports that were asked for"
import re, sys
log, seen = open(sys.argv[1]).read(), open(sys.argv[2]).read().split("\n")[:-1]
reports = re.findall(r"report (\w+) from (\S+): fraction (\d+) lost (\d+) highest (\d+) jitter (\d+) lsr (\d+) dlsr (\d+) named (\S+)", log)
assert 2 <= len(reports) <= 6, len(reports)
assert len({r[0] for r in reports}) == 1 # one name too; the first report comes just before it
assert len({r[8] for r in reports} - {"(null)"}) == 1
ssrc, source, fraction, lost, highest, jitter, lsr, dlsr, name = reports[-1]
assert source.startswith("10.77.0.2:"), source
assert 6 <= int(fraction) <= 20, fraction      # one in twenty
assert 20 <= int(lost) <= 200, lost            # of two hundred a second
assert int(jitter) < 48 * 20, jitter           # 20 ms
assert int(lsr) != 0 and int(dlsr) < 10 * 65536, (lsr, dlsr)
assert re.fullmatch(r"[A-Za-z0-9+/]{16}", name), name
assert re.search(r"^bye " + ssrc, log, re.M), "no goodbye"
assert seen and set(seen) == {sys.argv[3] + " 5005 3"}, seen
PYTHON
end_sender

story "the same with IPv6"
: >sender.log
send "$peer" ff15::77:3 5004
{
  printf 'v=0\no=- 1 1 IN IP6 %s\ns=reports\nc=IN IP6 ff15::77:3\nt=0 0\n' "$STATION6"
  printf 'm=audio 5004 RTP/AVP 97\na=rtpmap:97 L16/48000/2\nb=RR:8000\n'
} >six.sdp
tune_until 'audio["received"] > 100' 'audio["reports-sent"] > 1' -- six.sdp
expect 'status == 0'
until_true grep -q '^bye ' sender.log
grep -q '^report .*lost 0 ' sender.log || fail "the station has heard no report"
