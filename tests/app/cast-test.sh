#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# lectern-cast, by what it prints, writes and sends on loopback. LECTERN_CAST is the program.
set -euo pipefail

cast=${LECTERN_CAST:?}
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cd "$folder"
export XDG_RUNTIME_DIR=$folder LC_ALL=C.UTF-8 LANGUAGE=

fail() {
  echo "failed: $*"
  cat out err 2>/dev/null || true
  exit 1
}

# STATUS WORDS ARGUMENTS...: it refuses with that status and one sentence with these words.
refuses() {
  local status=0 wanted=$1 words=$2
  shift 2
  timeout 10 "$cast" "$@" >out 2>err || status=$?
  [[ $status == "$wanted" ]] || fail "status $status, not $wanted, for: $*"
  grep -qF -- "$words" err || fail "no \"$words\" for: $*"
  [[ $(wc -l <err) == 1 ]] || fail "more than one line for: $*"
  [[ ! -s out ]] || fail "something on standard output for: $*"
  if grep -qE 'Internal|GStreamer error|CRITICAL' err; then fail "an internal message for: $*"; fi
}

# SECONDS ARGUMENTS...: it runs for SECONDS, is interrupted, and ends its session in time.
runs() {
  local seconds=$1 status=0 i pid before
  shift
  : >out # what another one has said before must not be taken for what this one says
  "$cast" --interface lo "$@" >out 2>err &
  pid=$!
  # until then an interrupt would be ignored, as the shell has it for what runs in the background
  for ((i = 0; i < 600; i++)); do
    grep -qs '^Announcement: ' out && break
    sleep 0.1
  done
  grep -qs '^Announcement: ' out || { kill -KILL "$pid"; fail "no announcement in a minute for: $*"; }
  sleep "$seconds"
  before=$(date +%s%N)
  kill -INT "$pid"
  wait "$pid" || status=$?
  [[ $status == 0 ]] || fail "status $status after Ctrl-C for: $*"
  (($(date +%s%N) - before < 1500000000)) || fail "took too long to say goodbye: $*"
  grep -q '^Announcement: ' out || fail "no announcement for: $*"
}

has() { grep -qE -- "$2" "$1" || { cat "$1"; fail "no $2 in $1"; }; }

echo "no media here" >notes.txt
refuses 2 "Nothing to send"
refuses 2 "not both" --test notes.txt
refuses 2 "not a numeric address" --test --to example.org
for nowhere in 0.0.0.0 0.0.0.0:5004 :: '[::]:5004' 255.255.255.255; do refuses 2 "not a valid destination" --test --to "$nowhere"; done
refuses 2 "99999 is not a valid port" --test --to 239.1.2.3:99999
refuses 2 "--ttl" --test --ttl 256
refuses 2 "--drop" --test --drop 101
refuses 2 "--fec takes" --test --fec 2022-1:5x3
refuses 2 "--fec-span" --test --write-nsc a.nsc --fec ulp
refuses 2 "--drop" --test --drop many
refuses 2 "--announce" --test --announce --to 127.0.0.1
refuses 2 "--loop" --test --loop
refuses 2 "--bogus" --bogus
refuses 2 "--fec-span works with --write-nsc only" --test --fec-span 3
refuses 2 "--slides works with --write-nsc only" --test --slides
refuses 2 "--reorder works with --write-nsc only" --test --reorder 3
refuses 2 "--write-sdp describes RTP" --test --write-nsc x.nsc --write-sdp x.sdp
refuses 2 "--announce describes RTP" --test --write-nsc x.nsc --announce
refuses 2 "--fec-span takes a number from 0 to 15" --test --write-nsc x.nsc --fec-span 16
refuses 2 "--beacons takes" --test --write-nsc x.nsc --beacons -1
refuses 2 "--duplicate takes a percentage" --test --write-nsc x.nsc --duplicate some
refuses 2 "--slides applies to the test lecture" --write-nsc x.nsc --slides notes.txt
refuses 1 "missing.wmv" --interface lo --write-nsc x.nsc missing.wmv
refuses 1 "notes.txt is not a Windows Media (ASF) file" --interface lo --write-nsc x.nsc notes.txt
refuses 1 "no network interface nowhere" --test --interface nowhere
refuses 1 "missing.mp4" --interface lo missing.mp4
refuses 1 "Is a directory" --interface lo "$folder"
refuses 1 "notes.txt is not a media file" --interface lo notes.txt
refuses 1 "Cannot write $folder/no/folder.sdp" --test --interface lo --write-sdp "$folder/no/folder.sdp"

runs 0.5 --test --to 239.255.77.1:6004 --ttl 3 --title 'Physics & co' --write-sdp x.sdp --write-asx x.asx
has x.sdp '^s=Physics & co'
has x.sdp '^o=- [0-9]+ [0-9]+ IN IP4 127.0.0.1'
has x.sdp '^c=IN IP4 239.255.77.1/3'
has x.sdp '^m=video 6004 RTP/AVP 96'
has x.sdp '^m=video 6014 RTP/AVP 97'
has x.sdp '^m=audio 6024 RTP/AVP 98'
has x.sdp '^a=fmtp:96 .*sprop-parameter-sets='
has x.asx 'HREF="x.sdp"'
has x.asx 'Physics &amp; co'
[[ $(grep -vc $'\r$' x.sdp) == 0 ]] || fail "a line of the SDP without its end"

# a pipe is written to, and stays one
mkfifo pipe
cat pipe >piped.sdp &
runs 0.3 --test --to 239.255.77.1:6004 --write-sdp pipe
[[ -p pipe ]] || fail "the pipe has gone"
has piped.sdp '^c=IN IP4 239.255.77.1/1'
rm pipe

# Windows Media: what the test lecture promises, what a file does, and where the slides lie
guide=$(dirname "$cast")/lectern-guide
runs 0.3 --test --to 239.255.77.1:6004 --ttl 3 --title 'Physics & co' --write-nsc x.nsc --write-asx y.asx --slides --unicast-url http://hall.example/live
has y.asx 'HREF="x.nsc"'
for i in 01 12; do [[ -s x-$i.png ]] || fail "no slide $i"; done
"$guide" x.nsc >out || fail "the station file is not understood"
for words in 'Physics & co' '239.255.77.1:6004 ttl 3' 'for every 10 packets' 'sent from 127.0.0.1' http://hall.example/live; do
  grep -qF -- "$words" out || { cat out; fail "no \"$words\" of x.nsc"; }
done

# one title, sent as both at the same time
runs 0.3 --test --title Twice --write-sdp both.sdp
runs 0.3 --test --title Twice --write-nsc both.nsc
group=$(sed -n 's/^c=IN IP4 \(.*\)\/1\r/\1/p' both.sdp)
"$guide" both.nsc >out
has out ' 239\.255\..*:5004'
[[ -n $group ]] || fail "no group in both.sdp"
! grep -qF " $group:" out || fail "RTP and Windows Media share $group"

gst-launch-1.0 -q audiotestsrc num-buffers=47 samplesperbuffer=1024 ! audio/x-raw,rate=48000,channels=2 ! avenc_wmav2 ! asfmux packet-size=1441 ! filesink location=one.wma
start=$(date +%s%N)
timeout 20 "$cast" --interface lo --write-nsc one.nsc --fec-span 2 --beacons 1 one.wma >out 2>err || fail "status $? for an ASF file"
(($(date +%s%N) - start > 1700000000)) || fail "a second of beacons and one of sound were sent in less"
[[ ! -s err ]] || fail "words on standard error for an ASF file"
"$guide" one.nsc >out
has out 'for every 2 packets'

# without a place to write to there is one, and it is empty afterwards
runs 0 --test
has out "^Announcement: $folder/lectern/test-lecture.sdp"
[[ ! -e $folder/lectern/test-lecture.sdp ]] || fail "the announcement outlived the station"

# a file ends by itself; a loop does not
gst-launch-1.0 -q audiotestsrc num-buffers=20 samplesperbuffer=4800 ! audio/x-raw,rate=48000,channels=2 ! wavenc ! filesink location=two.wav
start=$(date +%s%N)
timeout 20 "$cast" --interface lo two.wav >out 2>err || fail "status $? for a file"
(($(date +%s%N) - start > 1800000000)) || fail "two seconds were sent in less"
[[ ! -s err ]] || fail "words on standard error for a file"
runs 3 --loop two.wav --write-sdp loop.sdp
has loop.sdp '^a=rtpmap:96 L16/48000/2'

# started again, it is the same session in a newer version
origin() { sed -n 's/^o=- \([0-9]*\) \([0-9]*\) .*/\1 \2/p' "$1"; }
read -r session version <<<"$(origin loop.sdp)"
runs 3 --loop two.wav --write-sdp again.sdp
read -r session2 version2 <<<"$(origin again.sdp)"
[[ $session == "$session2" ]] || fail "another session after a restart: $session2, not $session"
((version2 > version)) || fail "version $version2 after $version"
