#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What lectern-guide prints and how it exits. Usage: guide-test.sh LECTERN-GUIDE DATA-FOLDER
export LC_ALL=C.UTF-8 LANGUAGE=
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
json 'absent facts are absent' "set(o['channels'][0]) == {'id', 'title', 'description', 'details', 'email', 'more-info', 'alternatives'}"
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
json 'repair' "o['channels'][0]['alternatives'][0]['streams'][1]['repair'] == [{'scheme': 'ulpfec', 'group': '224.2.17.13', 'port': 30004, 'payload': 101, 'clock-rate': 8000}]"
is 'JSON of times' 0 --json "$data/sdp/mbone-ietf39-1997.sdp"
json 'times' "o['channels'][0]['starts'] == '1997-08-11T07:00:00Z' and o['channels'][0]['ends'] == '1997-08-16T07:00:00Z'"
is 'JSON of a playlist' 0 --json "$data/asx/moonlight/ref-with-duration.asx"
json 'an alternative to open' "(lambda a: a['kind'] == 'uri' and a['duration'] == 15 and a['start'] == 0 and 'streams' not in a)(o['channels'][0]['alternatives'][0])"

is 'JSON of a station' 0 --json "$data/nsc/bbcone-wms9.nsc"
json 'its format' "(lambda a: a['kind'] == 'msb' and a['msb']['format-ids'] == [586] and a['msb']['source'] == '132.185.224.90' and a['msb']['fec-span'] == 10 and a['msb']['buffer-ms'] == 3000 and a['msb']['formats'] == [{'id': 586, 'packet-size': 1444, 'preroll-ms': 5000, 'codecs': ['WMA 2', 'WMV3']}])(o['channels'][0]['alternatives'][0])"
is 'JSON of an endless list' 0 --json "$data/asx/somafm-secretagent.asx"
json 'what is repeated' "o['repeat-forever'] == [0, 3]"
is 'JSON of an event' 0 --json "$data/asx/moonlight/event-with-name-and-whendone-break.asx"
json 'events' "o['events'] == [{'name': 'event name', 'when-done': 'break', 'channels': []}] and o['title'] == 'My Test Playlist'"
is 'JSON of an IPTV list' 0 --json "$data/playlist/campus.m3u8"
json 'headings and details' "o['format'] == 'm3u' and o['channels'][0]['category'] == 'Lectures' and o['channels'][0]['details']['tvg-id'] == 'hall3.example' and o['channels'][0]['logo'] == 'http://tv.example/hall3.png'"
printf '#EXTM3U\n#EXTINF:-1,A\n#EXTVLCOPT:program=1102\nudp://@239.9.9.9:1234\n#EXTINF:-1,B\nudp://@239.9.9.9:1234?program=1101\n' >"$scratch/programs.m3u"
is 'JSON of programs of one stream' 0 --json "$scratch/programs.m3u"
json 'each is a channel' "[c['alternatives'][0]['program'] for c in o['channels']] == [1102, 1101] and len({c['id'] for c in o['channels']}) == 2"
is 'programs of one stream' 0 "$scratch/programs.m3u"
has 'which one, for a person' out 'program 1102'
is 'conversion of programs' 0 --convert m3u "$scratch/programs.m3u"
has 'in the words of VLC' out '#EXTVLCOPT:program=1101'
cp "$scratch/out" "$scratch/again.m3u"
is 'which reads' 0 --json "$scratch/again.m3u"
json 'as the same programs' "[c['alternatives'][0]['program'] for c in o['channels']] == [1102, 1101]"
is 'a station' 0 "$data/nsc/bbcone-wms9.nsc"
has 'its format for a person' out 'format 586, header of 2793 bytes'
has 'what it is coded as' out 'WMA 2, WMV3 in packets of 1444 bytes'
is 'markers and flags' 0 "$data/asx/moonlight/endmarker-with-name-and-number.asx"
has 'a marker' out 'to marker “234”'

is 'conversion to sdp' 0 --convert sdp "$good"
has 'has the groups' out 'c=IN IP4 239.255.20.3/255'
cp "$scratch/out" "$scratch/again.sdp"
is 'which reads' 0 --json "$scratch/again.sdp"
json 'as the same channel' "o['channels'][0]['title'] == 'Lecture Hall 2 (ES)' and len(o['channels'][0]['alternatives'][0]['streams']) == 2"
full() { "$guide" "$@" >/dev/full; }
count=$((count + 1))
if ! full "$good" 2>"$scratch/err" && ! full --json "$good" 2>>"$scratch/err" && ! full --convert sdp "$good" 2>>"$scratch/err" &&
  [ "$(grep -c 'lectern-guide: the text cannot be written to standard output' "$scratch/err")" = 3 ]; then
  echo "ok $count no room for what is printed"
else
  echo "not ok $count no room for what is printed"
fi
mkfifo "$scratch/pipe"
cat "$scratch/pipe" >"$scratch/piped" &
is 'conversion into a pipe' 0 --convert sdp --output "$scratch/pipe" "$good"
wait
count=$((count + 1))
if [ -p "$scratch/pipe" ] && cmp -s "$scratch/piped" "$scratch/again.sdp"; then
  echo "ok $count which stays one, and has carried it"
else
  echo "not ok $count which stays one, and has carried it"
fi
is 'conversion into a folder' 1 --convert sdp --output "$scratch" "$good"
has 'says why it cannot' err "Cannot write $scratch: Is a directory"
is 'conversion of an address to sdp' 0 --convert sdp udp://@239.9.9.9:1234
has 'has its group' out 'c=IN IP4 239.9.9.9'
is 'conversion of a server to sdp' 1 --convert sdp "$data/asx/one-line.asx"
has 'says what else' err 'write an .asx or .m3u list instead'
is 'conversion to nsc' 0 --convert nsc "$data/nsc/bbcone-wms9.nsc"
has 'is the same text' out 'IP Address=0200000000000UCW0p03C0BW0n0380CW0k0380CW0t02u0DG0n0000'
is 'conversion to a file' 0 --convert asx -o "$scratch/list.asx" "$data/playlist/campus.m3u8" udp://@239.9.9.9:1234
silent 'nothing on standard output' out
is 'which can be read' 0 --json "$scratch/list.asx"
json 'with the channels of both' "[c['title'] for c in o['channels']] == ['Hall 3, Analysis', 'Hall 4', 'Campus FM', '239.9.9.9:1234']"
is 'conversion of one channel' 0 --convert m3u --channel 2 "$data/playlist/campus.m3u8"
has 'which is that one' out 'rtp://10.0.0.4@232.20.0.4:5004'
is 'conversion of what has no address' 1 --convert m3u "$data/sdp/vlc3-sap-es.sdp"
has 'says why' err 'cannot be named in an .m3u playlist: it has several streams'
silent 'and writes nothing' out
is 'conversion of several to one' 1 --convert nsc "$data/playlist/campus.m3u8"
has 'asks which one' err 'choose it with --channel 1 to 3'
is 'conversion of no station' 1 --convert nsc --channel 1 "$data/playlist/campus.m3u8"
has 'says what else' err 'write it as .sdp'
is 'a channel that is not there' 1 --convert m3u --channel 9 "$data/playlist/campus.m3u8"
has 'says which are' err 'there is no channel 9: choose one from 1 to 3'
is 'conversion of what is refused' 1 --convert asx "$good" "$bad"
silent 'writes nothing' out
is 'conversion to a folder that is not there' 1 --convert asx -o "$scratch/no/x.asx" udp://@239.9.9.9:1234
is 'an unknown format' 2 --convert doc "$good"
is 'a channel without conversion' 2 --channel 1 "$good"
is 'conversion of nothing' 2 --convert asx

# the language is that of who reads: a person's, and English for programs
mkdir -p "$scratch/locale/de/LC_MESSAGES"
printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\nmsgid "there is no such file"\nmsgstr "diese Datei fehlt"\n' |
  msgfmt -o "$scratch/locale/de/LC_MESSAGES/lectern.mo" -
# C.UTF-8 by a name under which glibc 2.41 has other languages, too
export LECTERN_LOCALEDIR="$scratch/locale" LC_ALL=C_ZZ.UTF-8 LANGUAGE=de
is 'a refusal in another language' 1 /nonexistent/x.sdp
has 'is translated' err '/nonexistent/x.sdp: diese Datei fehlt'
is 'a refusal as JSON' 1 --json /nonexistent/x.sdp
json 'stays English' "o['error'] == {'code': 'unreachable', 'message': 'there is no such file'}"
unset LECTERN_LOCALEDIR
LANGUAGE=

is 'help' 0 --help
has 'names its exit codes' out 'Exits with 0'
is 'version' 0 --version
has 'is printed' out 'lectern-guide '
is 'no argument' 2
silent 'nothing on standard output' out
is 'an unknown option' 2 --nonsense

echo "1..$count"
