#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# MPEG transport streams, over RTP and in bare UDP.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg

lecture=(ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=320x240:r=25 -re -f lavfi -i sine=r=48000
  -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -c:a aac)

story "over RTP"
send "${lecture[@]}" -f rtp_mpegts "rtp://239.77.3.1:5004?ttl=1"
sleep 1
tune --for 3 --decode rtp://239.77.3.1:5004
expect 'status == 0' 'streams[0]["lost"] == 0' 'decoded["video"] > 15' 'decoded["audio"] > 25'
kill "$sender"

story "in bare UDP"
send "${lecture[@]}" -f mpegts "udp://239.77.3.2:1234?ttl=1&pkt_size=1316"
sleep 1
tune --for 3 --decode udp://@239.77.3.2:1234
expect 'status == 0' 'decoded["video"] > 15' 'decoded["audio"] > 25'
kill "$sender"

story "in bare UDP, filled without regard to packets, as FFmpeg and OBS do"
send "${lecture[@]}" -b:v 2M -f mpegts "udp://239.77.3.3:1234?ttl=1"
sleep 1
tune --for 3 --decode udp://239.77.3.3:1234
expect 'status == 0' 'decoded["video"] > 15' 'decoded["audio"] > 25' \
  'video["lost"] == video["discarded"] == ts["lost"] == 0' 'video["found"] == "announced"'
story "the same, where RTP was said"
tune --for 3 --decode rtp://239.77.3.3:1234
expect 'status == 0' 'decoded["video"] > 15' 'decoded["audio"] > 25' 'ts["lost"] == 0' \
  'advice == "The announcement says RTP; the station sends a transport stream without RTP"'
kill "$sender"

story "neither RTP nor a transport stream"
send "${lecture[@]}" -map 1 -f adts "udp://239.77.3.4:1234?ttl=1"
sleep 1
for scheme in rtp udp; do
  tune --for 2 --decode "$scheme://239.77.3.4:1234"
  expect 'status == 3' 'video["foreign"] == "adts" and video.get("encoding") != "PCMU"' \
    'verdict.startswith("What comes is plain AAC (ADTS), with neither RTP nor a transport stream around it")'
done
kill "$sender"
send "${lecture[@]}" -c:a mp2 -f mpeg "udp://239.77.3.5:1234?ttl=1"
sleep 1
tune --for 2 --decode rtp://239.77.3.5:1234
expect 'status == 3' 'video["foreign"] == "program-stream"' 'verdict.startswith("What comes is plain MPEG-PS")'
kill "$sender"

# shellcheck source=ts-stories.sh
. "$(dirname "${BASH_SOURCE[0]}")/ts-stories.sh"

story "what is in it"
tell plain
tune --for 3 "udp://$group:1234"
expect 'status == 0' "$clean" 'ts["has-pat"] and ts["has-pmt"]' 'ts["program"] == 1' \
  '[s["codec"] for s in program["streams"]] == ["H.264", "AAC"]' '0.3e6 < ts["bit-rate"] < 3e6' \
  'ts["table-changes"] == 0' '0 <= ts["null-share"] < 0.5' \
  'all(s["packets"] > 0 and s["units"] > 0 and s["scrambled"] == 0 for s in program["streams"])' \
  'program["streams"][0]["random-access"] >= 2'
kill "$sender"

story "datagrams that are lost, change places, or come twice"
tell plain --lose 0.05
tune --for 8 "udp://$group:1234"
expect 'status == 0' '0.02 < video["lost"] / (video["lost"] + video["received"]) < 0.09' \
  'ts["lost"] > 0' 'video["duplicate"] == 0' 'verdict.startswith("The network lost")'
kill "$sender"
tell plain --swap 10
tune --for 4 "udp://$group:1234"
# where the very first of a PID change places, nobody can know
expect 'status == 0' 'video["lost"] <= 1' 'video["reordered"] > 10' 'ts["lost"] < 16'
kill "$sender"
tell plain --twice
tune --for 4 --decode "udp://$group:1234"
expect 'status == 0' 'video["lost"] == 0' 'video["duplicate"] == video["out"] > 50' 'ts["lost"] == 0' \
  'decoded["video"] > 50'
kill "$sender"
