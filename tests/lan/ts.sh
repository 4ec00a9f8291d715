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
plays=('decoded["video"] > 15' 'decoded["audio"] > 25')
tune_until "${plays[@]}" -- --decode rtp://239.77.3.1:5004
expect 'status == 0' 'streams[0]["lost"] == 0'
end_sender

story "in bare UDP"
send "${lecture[@]}" -f mpegts "udp://239.77.3.2:1234?ttl=1&pkt_size=1316"
tune_until "${plays[@]}" -- --decode udp://@239.77.3.2:1234
expect 'status == 0'
end_sender

story "in bare UDP, filled without regard to packets, as FFmpeg and OBS do"
send "${lecture[@]}" -b:v 2M -f mpegts "udp://239.77.3.3:1234?ttl=1"
tune_until "${plays[@]}" -- --decode udp://239.77.3.3:1234
expect 'status == 0' 'video["lost"] == video["discarded"] == ts["lost"] == 0' 'video["found"] == "announced"'
story "the same, where RTP was said"
tune_until "${plays[@]}" -- --decode rtp://239.77.3.3:1234
expect 'status == 0' 'ts["lost"] == 0' \
  'advice == "The announcement says RTP; the station sends a transport stream without RTP"'
end_sender

story "neither RTP nor a transport stream"
send "${lecture[@]}" -map 1 -f adts "udp://239.77.3.4:1234?ttl=1"
for scheme in rtp udp; do
  begin_tuning --decode "$scheme://239.77.3.4:1234"
  until_tuned 'message.startswith("What comes is plain AAC")'
  end_tuning
  expect 'status == 3' 'video["foreign"] == "adts" and video.get("encoding") != "PCMU"' \
    'verdict.startswith("What comes is plain AAC (ADTS), with neither RTP nor a transport stream around it")'
done
end_sender
send "${lecture[@]}" -c:a mp2 -f mpeg "udp://239.77.3.5:1234?ttl=1"
begin_tuning --decode rtp://239.77.3.5:1234
until_tuned 'message.startswith("What comes is plain MPEG-PS")'
end_tuning
expect 'status == 3' 'video["foreign"] == "program-stream"' 'verdict.startswith("What comes is plain MPEG-PS")'
end_sender

# shellcheck source=ts-stories.sh
. "$lan/ts-stories.sh"

story "what is in it"
tell plain
tune_until 'program["streams"][0]["random-access"] >= 2' -- "udp://$group:1234"
expect 'status == 0' "$clean" 'ts["has-pat"] and ts["has-pmt"]' 'ts["program"] == 1' \
  '[s["codec"] for s in program["streams"]] == ["H.264", "AAC"]' '0.3e6 < ts["bit-rate"] < 3e6' \
  'ts["table-changes"] == 0' '0 <= ts["null-share"] < 0.5' \
  'all(s["packets"] > 0 and s["units"] > 0 and s["scrambled"] == 0 for s in program["streams"])'
end_sender

story "datagrams that are lost, change places, or come twice"
tell plain --lose 0.05
tune_until 'video["received"] > 400' 'ts["lost"] > 0' -- "udp://$group:1234"
expect 'status == 0' '0.02 < video["lost"] / (video["lost"] + video["received"]) < 0.09' \
  'video["duplicate"] == 0' 'verdict.startswith("The network lost")'
end_sender
tell plain --swap 10
begin_tuning "udp://$group:1234"
# where the very first change places, nobody can know
until_tuned 'video["received"] > 40'
kill -USR1 "$sender"
until_tuned 'video["reordered"] > 10'
end_tuning
expect 'status == 0' 'video["lost"] == ts["lost"] == 0' 'video["reordered"] > 10'
end_sender
tell plain --twice
tune_until 'decoded["video"] > 50' 'video["out"] > 50' -- --decode "udp://$group:1234"
expect 'status == 0' 'video["lost"] == 0' 'video["out"] - video["duplicate"] in (0, 1)' 'ts["lost"] == 0'
end_sender
