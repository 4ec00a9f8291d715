#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What lectern-tune says each second and at the end: to a person, and to programs.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs gst-launch-1.0

# PYTHON: is true of `lines`, all that was printed, and of `last`.
lines() {
  python3 - "$1" <<'PYTHON' || fail "see above"
import json, sys
lines = [json.loads(line) for line in open("tune.out")]
last = lines[-1]
if not eval(sys.argv[1]):
    print("not so:", sys.argv[1])
    print(json.dumps(lines, indent=1))
    sys.exit(1)
PYTHON
}

story "an object each second, and the whole at the end"
send "$cast" --test --to 239.77.8.1 --drop 10 --seed 3 --write-sdp a.sdp
await a.sdp
cp a.sdp b.sdp # the station takes its own away
tune_until 'len(streams) == 3' 'seconds >= 2.5' 'all(s["received"] > 40 and s["lost"] > 0 for s in streams)' -- a.sdp
expect 'status == 0' '"verdict" in dir()' 'alternative == 0' 'verdict.startswith("The network lost")'
lines 'all("verdict" not in line for line in lines[:-1])'
lines '1 < len(lines) - 1 <= last["seconds"] + 1 and all(0.5 < b["seconds"] - a["seconds"] < 3 for a, b in zip(lines[:-2], lines[1:-1]))'
# a stream is told with the same names each second as at the end
lines 'all(set(a) | {"second"} >= set(b) for line in lines[1:-1] for a, b in zip(line["streams"], last["streams"]))'
# what came in a second is what the counters have grown by
lines 'all(b["second"][key] == b[key] - a[key] for one, next in zip(lines[:-2], lines[1:-1])
  for a, b in zip(one["streams"], next["streams"]) for key in ("received", "lost", "bytes", "out", "gaps", "restarts"))'
lines 'all(0.01 < stream["second"]["mbit/s"] < 20 for stream in lines[1]["streams"])'
# the contract of the last line
lines 'all(key in stream for stream in last["streams"] for key in ("media", "encoding", "ssrc", "received", "lost",
  "lost-local", "late", "duplicate", "reordered", "recovered", "discarded", "out", "gaps", "restarts", "bytes",
  "jitter-ms", "latency-ms", "needed-ms", "drift-ppm", "first-packet-ms", "delay-ms", "wanted-ms", "held", "stalls", "legs"))'
# all that is shown together is played out at one time; what one stream needs may be less
lines 'all(stream["latency-ms"] == last["latency-ms"] and 0 < stream["needed-ms"] for stream in last["streams"])'
lines 'last["streams"][0]["legs"][0]["group"] == "239.77.8.1" and last["streams"][0]["legs"][0]["received"] > 20'

story "a line each second"
nsenter --net="$folder/net/viewer" -- timeout -s KILL 60 "$bin/lectern-tune" a.sdp >tune.out 2>tune.err </dev/null &
tuner=$!
until_true grep -qE '^ *[0-9]+ s  [0-9.]+ Mbit/s  delay [0-9]+/[0-9]+ ms  H264 lost [0-9]+/[0-9]+ jitter [0-9.]+ ms' tune.err
kill "$tuner"
wait "$tuner" || fail "status $?"
! grep -q $'\033' tune.err || fail "colours where there is no terminal"
grep -q '^Test lecture, [0-9.]* s' tune.out || fail "no heading: $(cat tune.out)"
grep -qE '^  audio OPUS: received [0-9]+, lost [0-9]+,.* latency [0-9]+ ms, drift [+-][0-9]+ ppm, from 10\.77\.0\.1, on eth0' tune.out ||
  fail "no audio: $(cat tune.out)"
tail -n 1 tune.out | grep -q '^The network lost' || fail "no verdict: $(cat tune.out)"
end_sender

story "nobody sends"
tune --for 2.5 b.sdp
expect 'status == 3' 'all(s["received"] == 0 and s["first-packet-ms"] == -1 for s in streams)'
lines 'lines[0]["message"].startswith("Waiting for 239.77.8.1:5004")'

story "a capture is played as if it came now, where there is no network at all"
send "$cast" --test --to 239.77.8.5 --drop 10 --seed 3 --write-sdp c.sdp
await c.sdp
cp c.sdp d.sdp
tune_until 'audio["lost"] > 5' 'seconds > 3.5' -- --dump live.pcap c.sdp
end_sender
cp tune.json live.json
status=0
unshare --net timeout -s KILL 30 "$bin/lectern-tune" --json --replay live.pcap d.sdp >tune.out 2>tune.err || status=$?
tail -n 1 tune.out >tune.json
expect 'status == 0' 'len(streams) == 3' 'audio["lost"] > 0' 'verdict.startswith("The network lost")' \
  'network.get("rejoins", 0) == 0' 'all(s["first-packet-ms"] >= 0 and not s.get("interfaces") for s in streams)'
# all that is in the file is received, and no less than was when it was written
python3 - <<'PYTHON' || fail "not what was captured"
import collections, json, struct, sys
file = open("live.pcap", "rb").read()
count, at, times = collections.Counter(), 24, []
scale = 1e9 if struct.unpack_from("=I", file)[0] == 0xA1B23C4D else 1e6
while at < len(file):
    second, fraction, kept = struct.unpack_from("=III", file, at)
    times.append(second + fraction / scale)
    count[".".join(map(str, file[at + 32:at + 36])), struct.unpack_from(">H", file, at + 38)[0]] += 1
    at += 16 + kept
live, again = (json.load(open(name)) for name in ("live.json", "tune.json"))
# as fast as it came, and two seconds for what waits at the end
if not times[-1] - times[0] + 1 < again["seconds"] < times[-1] - times[0] + 4:
    sys.exit(f"{again['seconds']} s, not {times[-1] - times[0]}")
live, again = live["streams"], again["streams"]
for a, b in zip(live, again):
    leg = b["legs"][0]
    print(b["media"], a["received"], b["received"], count[leg["group"], leg["port"]], a["lost"], b["lost"])
    if b["received"] != count[leg["group"], leg["port"]] or b["received"] < a["received"] or b["ssrc"] != a["ssrc"] \
            or b["lost"] < a["lost"] or b["late"] or b["restarts"]:
        sys.exit("not so")
PYTHON
status=0
unshare --net timeout -s KILL 30 "$bin/lectern-tune" --decode --replay live.pcap d.sdp >tune.out 2>tune.err || status=$?
((status == 0)) || fail "not decoded: $(cat tune.err)"
status=0
unshare --net "$bin/lectern-tune" --replay d.sdp d.sdp >tune.out 2>tune.err || status=$?
[[ $status -eq 1 && $(cat tune.err) == "lectern-tune: Cannot play “d.sdp”: this is not a capture file (pcap)" ]] ||
  fail "status $status: $(cat tune.err)"

story "two legs, of which one is cut"
{
  printf 'v=0\r\no=- 1 1 IN IP4 %s\r\ns=Twice\r\nt=0 0\r\na=group:DUP one two\r\n' "$STATION4"
  printf 'm=audio 5004 RTP/AVP 0\r\nc=IN IP4 239.77.8.2/1\r\na=mid:one\r\n'
  printf 'm=audio 5004 RTP/AVP 0\r\nc=IN IP4 239.77.8.3/1\r\na=mid:two\r\n'
} >twice.sdp
send gst-launch-1.0 -q audiotestsrc is-live=true samplesperbuffer=160 ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! \
  rtppcmupay pt=0 ! multiudpsink clients=239.77.8.2:5004,239.77.8.3:5004
tune_until 'all(leg["received"] > 60 and leg["bytes"] > 10000 for leg in audio["legs"])' -- twice.sdp
expect 'status == 0' 'len(streams) == 1' 'len(audio["legs"]) == 2' 'audio["lost"] == 0' \
  '[leg["group"] for leg in audio["legs"]] == ["239.77.8.2", "239.77.8.3"]' 'verdict.startswith("Everything sent has arrived")'
end_sender
send gst-launch-1.0 -q audiotestsrc is-live=true samplesperbuffer=160 ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! \
  rtppcmupay pt=0 ! multiudpsink clients=239.77.8.2:5004
tune_until 'audio["received"] > 100' -- twice.sdp
expect 'status == 0' 'audio["lost"] == 0' 'audio["legs"][1]["received"] == 0' 'audio["legs"][1]["silent-ms"] == -1' \
  'verdict.startswith("Everything has arrived, but 1 of 2 redundant paths deliver nothing")'

story "a station that falls silent without a goodbye"
end_sender
send "$cast" --test --to 239.77.8.7 --write-sdp g.sdp
await g.sdp
begin_tuning --decode g.sdp
until_tuned 'audio["received"] > 50' 'decoded["video"] > 5' 'decoded["audio"] > 50' 'len([t for t in report["tracks"] if t["decoded"] > 0]) == 3'
kill -KILL "$sender"
until_tuned 'all(s["silent-ms"] > 5000 for s in streams)'
end_tuning
expect 'status == 4' '"either the station is silent, or" in verdict' 'audio["received"] > 50'
rm g.sdp # nobody has taken it away

story "what cannot be written is said at once, and what is there stays"
send "$cast" --test --to 239.77.8.6 --write-sdp f.sdp
await f.sdp
mkdir small
mount -t tmpfs -o size=16k none small
tune_until '"problem" in report' -- --record small/x.mkv f.sdp
expect 'status == 1' 'problem == "Recording to “small/x.mkv” failed: No space left on device"'
# while it goes on, to a program and to a person
lines '"problem" in lines[-2]'
[[ $(grep -c 'lectern-tune: Recording to “small/x.mkv” failed: No space left on device' tune.err) == 1 ]] || fail "not told once"
rm small/x.mkv
tune_until '"problem" in report' 'audio["received"] > 50' -- --dump small/x.pcap f.sdp
expect 'status == 1' 'problem == "Writing the packets to “small/x.pcap” failed: No space left on device"'
lines '"problem" in lines[-2]'
umount small
echo precious >there.mkv
tune --for 30 --record there.mkv f.sdp
expect 'status == 1' 'not streams'
grep -q 'lectern-tune: “there.mkv” exists already; it is replaced only with --overwrite' tune.err || fail "not refused"
[[ $(cat there.mkv) == precious ]] || fail "overwritten"
tune_until 'audio["received"] > 100' -- --overwrite --record there.mkv f.sdp
expect 'status == 0'
! grep -q precious there.mkv || fail "not overwritten"
tune_until 'decoded["audio"] > 10' -- --decode there.mkv
printf '#EXTM3U\nthere.mkv\n' >there.m3u
tune --for 30 --decode there.m3u
expect 'status == 1' '"a file of this computer is only played when you open it yourself" in verdict'
tune --for 30 --record f.avi f.sdp
expect 'status == 1' 'not streams'
[[ ! -e f.avi ]] || fail "an empty file is left"
ln -s target link.pcap
tune --for 30 --overwrite --dump link.pcap f.sdp
expect 'status == 1' 'not streams'
[[ ! -e target ]] || fail "through a link"

# hang_up NAME CONDITION COMMAND...: closes its terminal, as it were, once that is so; its status is to be 0
ignoring=(env --default-signal=HUP)
hang_up() {
  local name=$1 condition=$2 process
  shift 2
  : >hup.out
  : >hup.err
  # where the tests are run under nohup, what they start would not hear of it
  "${ignoring[@]}" nsenter --net="$folder/net/$name" -- "$@" >hup.out 2>hup.err </dev/null &
  process=$!
  until_true eval "$condition"
  kill -HUP "$process"
  status=0
  wait "$process" || status=$?
  ((status == 0)) || fail "status $status of $*: $(cat hup.err)"
}

story "a report for whoever helps"
viewer "$bin/lectern-tune" --report --for 3 f.sdp >report.txt 2>tune.err || fail "no report"
grep -q '^diagnosis: ' report.txt || fail "no diagnosis: $(cat report.txt)"
grep -q '^stream: media video, .* received [1-9]' report.txt || fail "no figures: $(cat report.txt)"
! viewer "$bin/lectern-tune" --report --json f.sdp >report.txt 2>&1 || fail "two forms at once"

story "the terminal is closed"
# shellcheck disable=SC2016  # it is for later
hang_up viewer '[[ $(grep -c Mbit/s hup.err) -gt 2 ]]' "$bin/lectern-tune" --record hup.mkv f.sdp
grep -q '^Test lecture, ' hup.out || fail "no summary: $(cat hup.out)"
python3 - <<'PYTHON' || fail "the file is not complete"
import struct
file = open("hup.mkv", "rb").read()
at = file.index(b"\x44\x89\x88") # the duration, in milliseconds, of eight bytes
assert struct.unpack_from(">d", file, at + 3)[0] > 500
PYTHON
hang_up viewer 'viewer grep -qi FFFFFFEF /proc/net/igmp' "$bin/lectern-guide" --listen 60
hang_up station 'test -s g.sdp' "$cast" --test --to 239.77.8.7 --write-sdp g.sdp
# who has asked that it goes on without one is not left alone
(trap '' HUP && ignoring=() && hang_up viewer 'grep -q streams hup.out' "$bin/lectern-tune" --for 3 --json f.sdp)
[[ $(python3 -c 'import json; print(json.loads(open("hup.out").readlines()[-1])["seconds"] > 2.8)') == True ]] || fail "it ended"
