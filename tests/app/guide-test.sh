#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What lectern-guide prints and how it exits. Usage: guide-test.sh LECTERN-GUIDE DATA-FOLDER
guide=$1
data=$2
count=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# is STORY EXPECTED-EXIT ARGUMENT...: runs the program, keeps what it prints
is() {
  story=$1
  expected=$2
  shift 2
  count=$((count + 1))
  "$guide" "$@" >"$scratch/out" 2>"$scratch/err"
  got=$?
  if [ "$got" -eq "$expected" ]; then
    echo "ok $count $story"
  else
    echo "not ok $count $story: exit $got, not $expected"
    sed 's/^/# /' "$scratch/out" "$scratch/err"
  fi
}

# has STORY STREAM FIXED-TEXT: looks at what the last run printed
has() {
  count=$((count + 1))
  if grep -qF -e "$3" "$scratch/$2"; then
    echo "ok $count $1"
  else
    echo "not ok $count $1: nothing like: $3"
    sed 's/^/# /' "$scratch/$2"
  fi
}

# silent STORY STREAM: the last run printed nothing there
silent() {
  count=$((count + 1))
  if [ -s "$scratch/$2" ]; then
    echo "not ok $count $1"
    sed 's/^/# /' "$scratch/$2"
  else
    echo "ok $count $1"
  fi
}

# json STORY PYTHON: the last run printed one object a line, and of the first one (o) this is true
json() {
  count=$((count + 1))
  if python3 -c "
import json, sys
lines = open(sys.argv[1], encoding='utf-8').read().splitlines()
objects = [json.loads(line) for line in lines]
o = objects[0]
assert $2, o" "$scratch/out" 2>"$scratch/python"; then
    echo "ok $count $1"
  else
    echo "not ok $count $1"
    sed 's/^/# /' "$scratch/python"
  fi
}

good=$data/sdp/vlc3-sap-es.sdp
bad=$data/bad/bad-version-1.sdp
printf 'v=0\ns=H\366rsaal\nc=IN IP4 239.1.1.1\nm=video 5004 RTP/AVP 32\n' >"$scratch/hall 3.sdp"

is 'an announcement' 0 "$good"
has 'its title' out 'Lecture Hall 2 (ES)'
has 'its group' out '239.255.20.3:5004 ttl 255'
has 'its format' out '32: MPV, 90000 Hz'
silent 'no error' err
is 'a refused one' 1 "$bad"
has 'the sentence begins with the file' err "lectern-guide: $bad: it is written in version 1"
silent 'nothing else' out
is 'one of two refused' 1 "$bad" "$good"
has 'the other one is printed' out 'Lecture Hall 2 (ES)'
is 'an address' 0 udp://10.0.0.1@232.1.1.1:1234
has 'its source' out '232.1.1.1:1234 from 10.0.0.1'
is 'a name with a blank' 0 "$scratch/hall 3.sdp"
has 'a note' out 'note: the text is not in UTF-8'
is 'no such file' 1 "$scratch/nothing"
has 'says so' err 'there is no such file'

is 'JSON' 0 --json "$good"
json 'the form of a channel' "set(o) == {'input', 'format', 'channels'} and o['format'] == 'sdp'"
json 'absent facts are absent' "set(o['channels'][0]) == {'id', 'title', 'description', 'more-info', 'alternatives'}"
json 'a leg' "o['channels'][0]['alternatives'][0]['streams'][0]['legs'] == [{'group': '239.255.20.3', 'port': 5004, 'ttl': 255, 'rtcp-port': 5005}]"
json 'a payload type' "o['channels'][0]['alternatives'][0]['streams'][1]['payloads'] == [{'payload': 14, 'encoding': 'MPA', 'clock-rate': 90000}]"
is 'JSON of a refusal' 1 --json "$bad"
json 'error instead of channels' "set(o) == {'input', 'error'} and set(o['error']) == {'code', 'message'}"
json 'the sentence without the file' "o['error']['message'].startswith('it is written') and o['error']['code'] == 'unsupported'"
is 'JSON of several' 1 --json "$good" "$bad" rtp://239.1.1.1:5004
json 'one object each' "len(objects) == 3 and objects[2]['format'] == 'address'"
is 'JSON of Latin-1' 0 --json "$scratch/hall 3.sdp"
json 'is UTF-8' "o['channels'][0]['title'] == 'Hörsaal' and o['warnings']"
is 'JSON of a source filter' 0 --json "$data/sdp/gst-source-filter-two.sdp"
json 'sources' "o['channels'][0]['alternatives'][0]['streams'][0]['legs'][0]['sources'] == ['127.0.0.1', '127.0.0.2']"
is 'JSON of parameters' 0 --json "$data/sdp/ffmpeg5-sap-h264-aac.sdp"
json 'parameters' "o['channels'][0]['alternatives'][0]['streams'][1]['payloads'][0]['parameters']['mode'] == 'AAC-hbr'"
is 'JSON of repair' 0 --json "$data/sdp/fec-ulpfec-rfc5109.sdp"
json 'repair' "o['channels'][0]['alternatives'][0]['streams'][1]['repair'] == [{'scheme': 'ulpfec', 'group': '224.2.17.13', 'port': 30004}]"
is 'JSON of times' 0 --json "$data/sdp/mbone-ietf39-1997.sdp"
json 'times' "o['channels'][0]['starts'] == '1997-08-11T07:00:00Z' and o['channels'][0]['ends'] == '1997-08-16T07:00:00Z'"
is 'JSON of a playlist' 0 --json "$data/asx/moonlight/ref-with-duration.asx"
json 'an alternative to open' "(lambda a: a['kind'] == 'uri' and a['duration'] == 15 and a['start'] == 0 and 'streams' not in a)(o['channels'][0]['alternatives'][0])"

is 'help' 0 --help
has 'names its exit codes' out 'Exits with 0'
is 'version' 0 --version
has 'is printed' out 'lectern-guide '
is 'no argument' 2
silent 'nothing on standard output' out
is 'an unknown option' 2 --nonsense

echo "1..$count"
