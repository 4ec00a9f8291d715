#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What lectern-tune refuses before it joins anything, and how. LECTERN_TUNE is the program.
set -euo pipefail

tune=${LECTERN_TUNE:?}
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cd "$folder"
export LC_ALL=C.UTF-8 LANGUAGE=

fail() {
  echo "failed: $*"
  cat out err 2>/dev/null || true
  exit 1
}

# STATUS WORDS ARGUMENTS...: it refuses with that status and these words, which a program finds as
# the verdict where it is no matter of how it was called.
refuses() {
  local status=0 wanted=$1 words=$2
  shift 2
  timeout -s KILL 10 "$tune" --json "$@" >out 2>err || status=$?
  [[ $status == "$wanted" ]] || fail "status $status, not $wanted, for: $*"
  grep -qF -- "$words" err || fail "no \"$words\" for: $*"
  if [[ $wanted == 2 ]]; then
    [[ ! -s out ]] || fail "something on standard output for: $*"
    return
  fi
  python3 - "$words" <<'PYTHON' || fail "no verdict for: $*"
import json, sys
last = [json.loads(line) for line in open("out", encoding="utf-8")][-1]
assert sys.argv[1] in last["verdict"] and last["streams"] == [] and last["diagnosis"]["severity"] == "fatal", last
PYTHON
}

printf 'v=0\no=- 1 1 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 47123 RTP/AVP 0\n' >a.sdp
# pcap of raw IP: a datagram of one byte to 127.0.0.1:47123
{
  printf '\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\xff\xff\0\0\x65\0\0\0'
  printf '\1\0\0\0\0\0\0\0\x1d\0\0\0\x1d\0\0\0'
  printf '\x45\0\0\x1d\0\0\0\0\x40\x11\0\0\x7f\0\0\1\x7f\0\0\1\x10\0\xb8\x13\0\x09\0\0x'
} >a.pcap
cp a.pcap kept.pcap
ln a.pcap linked.pcap
echo kept >b.mkv

refuses 2 "Name one announcement"
refuses 2 "Name one announcement" ""
refuses 2 "Name one announcement" a.sdp a.sdp
for seconds in -1 nan 2000000; do refuses 2 "--for takes" --for "$seconds" a.sdp; done
for station in hall 239.1.1.1 ff15::1 1.2.3; do refuses 2 "--station takes" --station "$station" a.sdp; done
refuses 2 "--latency takes" --latency -1 a.sdp
refuses 2 "--program takes" --program 65536 a.sdp
refuses 2 "--repair takes" --repair maybe a.sdp

refuses 1 "there is no such file" b.sdp
refuses 1 "Cannot read “b.pcap”: No such file or directory" --replay b.pcap a.sdp
refuses 1 "Cannot read “$folder”: this is not a regular file" --replay "$folder" a.sdp
refuses 1 "Cannot write “no/x.mkv”" --record no/x.mkv a.sdp
refuses 1 "“b.mkv” exists already" --record b.mkv a.sdp
refuses 1 "the name must end in .mkv, .ts or .wmv" --record x.mp3 a.sdp
# one file for two things would be the end of what is in it
refuses 1 "“./x.mkv” is named twice" --record x.mkv --dump ./x.mkv a.sdp
refuses 1 "“a.pcap” is named twice" --overwrite --replay a.pcap --dump a.pcap a.sdp
refuses 1 "“linked.pcap” is named twice" --overwrite --replay a.pcap --record linked.pcap a.sdp
cmp -s a.pcap kept.pcap || fail "the capture is another one"
[[ $(cat b.mkv) == kept ]] || fail "b.mkv is another one"
[[ ! -e x.mkv && ! -e x.mp3 ]] || fail "an empty file is left"

# a name in another encoding than that of the terminal
name=$'h\xf6rsaal.sdp'
cp a.sdp "$name"
status=0
"$tune" --json --replay a.pcap --for 0 "$name" >out 2>err || status=$?
[[ $status == 3 ]] || fail "status $status, not 3, for a name that is not in UTF-8"
refuses 1 "there is no such file" $'k\xf6rsaal.sdp'

# nobody is to take an empty file for the report
status=0
"$tune" --json --replay a.pcap --for 0 a.sdp >/dev/full 2>err || status=$?
[[ $status == 1 ]] || fail "status $status, not 1, for a full disk"
grep -qF "lectern-tune: the text cannot be written to standard output" err || fail "no sentence of a full disk"
