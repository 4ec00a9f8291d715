#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Texts that are typed while the channel goes on (RFC 4103), redundant and not, beside sound and
# alone.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs gst-launch-1.0
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")

describe() { # FILE LINE...
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=text\nc=IN IP4 239.77.11.1/1\nt=0 0\n' "$STATION4" >"$1"
  printf '%s\n' "${@:2}" >>"$1"
}
text=(
  'm=text 5010 RTP/AVP 100 98' 'a=rtpmap:98 t140/1000' 'a=fmtp:98 cps=200' 'a=rtpmap:100 red/1000'
  'a=fmtp:100 98/98/98'
)
describe alone.sdp "${text[@]}"
describe both.sdp 'm=audio 5004 RTP/AVP 0' "${text[@]}"

story "two packets in eight are lost, and nothing is missing"
send python3 "$here/typist.py" 239.77.11.1 5010 red 2 "one two three four five"
tune_until 'decoded["text"] > 20' 'streams[0]["lost"] > 2' -- --decode alone.sdp
expect 'status == 0' '"one two three four five" in report["caption"]' \
  '"\ufffd" not in report["caption"]' 'report["tracks"][0]["codec"] == "T.140"'

story "beside sound, which goes on when nobody types any more"
send gst-launch-1.0 -q audiotestsrc is-live=true samplesperbuffer=160 ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! \
  rtppcmupay pt=0 ! udpsink host=239.77.11.1 port=5004
tune_until 'decoded["audio"] > 20' 'decoded["text"] > 20' -- --decode both.sdp
expect 'status == 0' '"one two three four five" in report["caption"]'
kill %1
tune_until 'decoded["audio"] > 100' -- --decode both.sdp
expect 'status == 0' 'decoded["text"] == 0' 'verdict == "Everything sent has arrived"'

story "not redundant: what is lost is shown as missing"
send python3 "$here/typist.py" 239.77.11.1 5010 plain 1 "one two three four five"
tune_until 'decoded["text"] > 20' -- --decode alone.sdp
expect 'status == 0' '"\ufffd" in report["caption"]'
