#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Streams that are spoilt on their way, or not what was announced: each costs itself only, and comes
# back. Stories run side by side, each with a group of its own; spoil.py says what the damage is.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg
port=5004 next=10 groups=() watchers=() relays=()
picture=(-f lavfi -i testsrc=s=160x120:r=25)
beep=(-f lavfi -i sine=r=48000)
h264=(-pix_fmt yuv420p -c:v libx264 -preset ultrafast -tune zerolatency -b:v 400k -g 25)
h265=(-pix_fmt yuv420p -c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=25)

# A station whose streams go nowhere yet: its description is NAME.sdp.
station_of() { # NAME FFMPEG-OPTIONS...
  name=$1
  shift
  port=$((port + 10)) groups=()
  send ffmpeg -nostdin -loglevel error -re "$@" -sdp_file "$name.raw"
}

# Watches what comes of the damage, in a folder of its own; `edit` changes the description by sed.
spoilt() { # DAMAGE EXPRESSION...
  local group=239.77.4.$((next++)) damage=$1
  shift
  groups+=("$group=$damage")
  (
    mkdir "$group"
    cd "$group"
    sed "s/\r//; s/^c=.*/c=IN IP4 $group\/1/; /^SDP:/d; ${edit:-}" "../$name.raw" >"$name.sdp"
    tune --for 10 --decode "$name.sdp"
    expect "$@"
  ) >"$group.log" 2>&1 &
  watchers+=("$! $group $name $damage")
}

# Lets the streams of the last station go to the groups of its stories.
relay() {
  send python3 "$lan/spoil.py" "$port" "${groups[@]}"
  relays+=("$sender")
  await "$port.ready"
}

# Begins the damage when all are watching, and waits for what comes of it.
finish() {
  local watcher pid group story failed=0
  for watcher in "${watchers[@]}"; do
    read -r pid group story <<<"$watcher"
    await "$group/tune.out"
  done
  kill -USR1 "${relays[@]}"
  for watcher in "${watchers[@]}"; do
    read -r pid group story <<<"$watcher"
    echo "== $story"
    wait "$pid" || failed=1
    cat "$group.log"
  done
  [[ $failed == 0 ]] || fail "some of the stories"
  watchers=() relays=()
}

# A picture and a sound, of which the first named is spoilt.
two() { # NAME OPTIONS... -- OPTIONS...
  local what=$1 first=() scheme=${scheme:-rtp}
  shift
  while [[ $1 != -- ]]; do
    first+=("$1")
    shift
  done
  shift
  station_of "$what" "${picture[@]}" "${beep[@]}" "${first[@]}" -f rtp "$scheme://127.0.0.1:$((port + 10))" \
    "$@" -f rtp "$scheme://127.0.0.1:$((port + 12))"
  await "$what.raw"
}

# over two seconds, as what is late comes in the next
both='status == 0 and sum(pictures[-2:]) > 25 and sum(sounds[-2:]) > 40'
by_share() { # EXPRESSION...
  local share
  for share in 0.05 0.3 0.6; do spoilt "random/$share" "$both" "$@"; done
  relay
}

story "damaged parameter sets, where whole ones stand in the description only; units that nobody knows"
two h264 -map 0 "${h264[@]}" -flags:v +global_header -- -map 1 -c:a aac
for payload in 68ff 68 6800 67ff 67 6742c01f; do
  spoilt "once/$payload" "$both" 'all(sounds)' 'pictures.count(0) <= 2' 'picture["damaged"] > 0'
done
relay
two h264-types -map 0 "${h264[@]}" -- -map 1 -c:a aac
for type in 19 1a 1b 1e 7f; do
  spoilt "nal/$type" "$both" 'all(sounds)' 'all(pictures)' 'picture["rebuilds"] <= 3'
done
relay
two h265-types -map 0 "${h265[@]}" -- -map 1 -c:a libopus
for type in 5201 6401 6601 7e01; do
  spoilt "nal/$type" "$both" 'all(sounds)' 'all(pictures)' 'picture["rebuilds"] <= 3'
done
relay
finish

story "payloads that are spoilt"
two h264-random -map 0 "${h264[@]}" -flags:v +global_header -- -map 1 -c:a aac
by_share 'all(sounds)'
two h265-random -map 0 "${h265[@]}" -- -map 1 -c:a libopus
by_share 'all(sounds)'
two vp8-random -map 0 -pix_fmt yuv420p -c:v libvpx -deadline realtime -g 25 -- -map 1 -c:a mp2
by_share 'all(sounds)'
finish
two aac-random -map 1 -c:a aac -- -map 0 "${h264[@]}"
by_share 'all(pictures)'
two opus-random -map 1 -c:a libopus -- -map 0 "${h264[@]}"
by_share 'all(pictures)'
two mp2-random -map 1 -c:a mp2 -- -map 0 "${h264[@]}"
by_share 'all(pictures)'
finish

story "a transport stream that is spoilt, and tables that are forged"
name=ts port=$((port + 10)) groups=()
printf 'v=0\no=- 1 1 IN IP4 %s\ns=ts\nc=IN IP4 0\nt=0 0\nm=video %s UDP 33\n' "$STATION4" "$port" >ts.raw
send ffmpeg -nostdin -loglevel error -re "${picture[@]}" "${beep[@]}" "${h264[@]}" -c:a aac -f mpegts "udp://127.0.0.1:$port?pkt_size=1316"
for share in 0.05 0.3 0.6; do spoilt "ts/$share" "$both"; done
# with a checksum that is wrong
for table in 0/00b00d0001c300000001f123deadbeef 4096/02b0120001c30000e1fff0001be1fff000deadbeef; do
  spoilt "table/$table" "$both" 'all(pictures)' 'all(sounds)'
done
relay
finish

story "one medium that is described wrongly, or not, or has no decoder, or is encrypted"
two described -map 0 "${h264[@]}" -- -map 1 -c:a libopus
edit='s/opus.48000.2/X-NONE\/48000/' spoilt none 'status == 4' 'all(pictures)' '"X-NONE" in verdict'
edit='s/opus.48000.2/MPA\/90000/' spoilt none 'status == 4' 'all(pictures)' '"sound" in verdict'
edit='s/H264.90000/H265\/90000/' spoilt none 'status == 4' 'all(sounds)' '"picture" in verdict'
edit='s/H264.90000/VP8\/90000/' spoilt none 'status == 4' 'all(sounds)' '"picture" in verdict'
GST_PLUGIN_FEATURE_RANK=opusdec:NONE,avdec_opus:NONE spoilt none 'status == 4' 'all(pictures)' \
  '"(Opus). Install the package gstreamer1.0-plugins-base (as it is called on Debian and Ubuntu)" in verdict'
GST_PLUGIN_FEATURE_RANK=avdec_h264:NONE,openh264dec:NONE spoilt none 'status == 4' 'all(sounds)' \
  '"(H.264). Install the package gstreamer1.0-libav (as it is called on Debian and Ubuntu)" in verdict'
relay
two described-aac -map 0 "${h264[@]}" -- -map 1 -c:a aac
edit='s/MPEG4-GENERIC/MP4A-LATM/' spoilt none 'status == 4' 'all(pictures)' '"sound" in verdict'
edit='/^a=fmtp:97/d' spoilt none 'status == 4' 'all(pictures)' '"sound" in verdict'
relay
cipher=(-srtp_out_suite AES_CM_128_HMAC_SHA1_80 -srtp_out_params MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw)
scheme=srtp two srtp -map 0 "${h264[@]}" "${cipher[@]}" -- -map 1 -c:a libopus "${cipher[@]}"
edit='/^a=crypto/d' spoilt none 'status > 2' '"encrypted (SRTP)" in verdict' 'video["encrypted"] and audio["encrypted"]'
relay
finish
