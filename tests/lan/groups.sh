#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Two groups on one port are two channels, and never mixed: also where both are joined at once.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

for i in 1 2; do
  gst-launch-1.0 -q audiotestsrc num-buffers=100 samplesperbuffer=4800 ! "audio/x-raw,rate=48000,channels=$i" ! wavenc ! filesink location="$i.wav"
  send "$cast" --loop --interface eth0 --to "239.77.6.$i:5004" --write-sdp "$i.sdp" "$i.wav"
done
send "$cast" --loop --interface eth0 --to '[ff15::77:6]:5004' --write-sdp 6.sdp 1.wav
await 1.sdp
await 2.sdp
await 6.sdp

# another program of the same host has joined the second group
mkdir other
cd other
begin_tuning ../2.sdp
other=$tuner
until_tuned 'audio["received"] > 20'
cd ..
story "the first of two"
tune_until 'audio["received"] > 100' -- 1.sdp
# ten milliseconds of mono are 972 bytes with the header: stereo would be more
expect 'status == 0' 'audio["discarded"] == 0' 'audio["lost"] == 0' \
  '900 <= audio["bytes"] / audio["received"] <= 1000'
story "IPv6 on the same port"
tune_until 'audio["received"] > 100' -- 6.sdp
expect 'status == 0' 'audio["discarded"] == 0' 'audio["lost"] == 0'
tuner=$other
cd other
end_tuning
expect 'status == 0' 'audio["received"] > 100' 'audio["discarded"] == 0' 'audio["lost"] == 0'
