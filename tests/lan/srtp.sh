#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# FFmpeg's encrypted channel: with the key of its announcement it plays, with another one a sentence
# says so, and the key is nowhere to be read.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg

key=MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0
send ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=320x240:r=25 -c:v libx264 -preset ultrafast \
  -g 25 -bf 0 -f rtp -srtp_out_suite AES_CM_128_HMAC_SHA1_80 -srtp_out_params "$key" \
  -sdp_file x.sdp 'srtp://239.77.6.1:5004?ttl=1'
until_true grep -q '^a=crypto:.*[^ ]$' x.sdp
# FFmpeg writes the address of its own route
sed -i 's/^c=.*/c=IN IP4 239.77.6.1\/1/' x.sdp
grep -q '^a=crypto:' x.sdp || fail "FFmpeg announces no key"

story "the right key"
tune_until 'video["received"] > 60' 'decoded["video"] > 25' -- --decode x.sdp
expect 'status == 0' 'video["lost"] == 0' 'video["undeciphered"] == 0'
! grep -q "$key" tune.out tune.err || fail "the key was printed"

story "another key"
sed 's/inline:MDEy/inline:MDEz/' x.sdp >wrong.sdp
tune_until 'video["received"] > 60' -- wrong.sdp
expect 'status == 3' 'video["undeciphered"] == video["received"]' \
  '"announced key" in verdict'

story "no key"
grep -v '^a=crypto' x.sdp | sed 's/RTP\/AVP/RTP\/SAVP/' >none.sdp
tune --for 1 none.sdp
expect 'status == 1'
grep -qi 'encrypted' tune.err || fail "nothing is said of the encryption"
