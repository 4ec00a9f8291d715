#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Lectures: what is to be read is there in all its kinds, each when it is chosen; of four pictures and
# two sounds all is decoded, and another sound leaves no gap in the pictures.
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib.sh"
needs ffmpeg

: >told
mkfifo wishes
watch() {
  : >told
  nsenter --net="$folder/net/viewer" -- "$LECTERN_BUILD/tests/lan/lecture" "$1" <wishes >>told 2>told.err &
  player=$!
  exec 7>wishes
}
trap 'cat told told.err 2>/dev/null; leave' EXIT
told() { grep -qE "^$1\$" told; }
# wish WISH LINE: what is told after it
wish() {
  : >told
  echo "$1" >&7
  until_true told "$2"
}

# ---- both are on the air from the beginning ----

hall=239.77.0.32
outputs=()
{
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=Hall\nc=IN IP4 %s/1\nt=0 0\n' "$STATION4" $hall
  for i in 0 1 2 3; do
    printf 'm=video %d RTP/AVP 96\na=rtpmap:96 VP8/90000\n' $((6000 + 2 * i))
  done
  printf 'm=audio 6010 RTP/AVP 0\na=lang:de\nm=audio 6012 RTP/AVP 0\na=lang:en\n'
} >hall.sdp
for i in 0 1 2 3; do
  outputs+=(-map 0:v -c:v libvpx -deadline realtime -cpu-used 8 -g 75 -payload_type 96 -f rtp "rtp://$hall:$((6000 + 2 * i))?ttl=1")
done
for port in 6010 6012; do
  outputs+=(-map 1:a -c:a pcm_mulaw -ar 8000 -ac 1 -payload_type 0 -f rtp "rtp://$hall:$port?ttl=1")
done
send ffmpeg -nostdin -v error -re -f lavfi -i testsrc=s=160x120:r=25 -f lavfi -i sine=300 -t 90 "${outputs[@]}"

# ---- captions of a transport stream ----

group=239.77.0.31
ffmpeg -v error -f lavfi -i testsrc=s=160x120:r=25 -t 4 -c:v libx264 -preset ultrafast -bf 0 -g 25 -pix_fmt yuv420p -bsf:v h264_metadata=aud=insert -f h264 pictures.h264
send python3 "$lan/caption-station.py" pictures.h264 90 $group 5004
watch udp://@$group:5004
until_true told 'caption-kinds 14' # CC1 and CC3
! told 'caption [^ ].*' || fail 'captions that nobody has chosen'
wish 'captions 2' 'caption CC1 line [0-9] / CC1 line [0-9]'
wish 'captions 4' 'caption CC3 word [0-9]'
wish 'subtitles 0' 'image 136 48'
told 'chosen eng 1' || fail 'the first subtitles are not the English ones'
wish 'subtitles 1' 'image 136 48'
told 'chosen deu 1' || fail 'the second subtitles are not the German ones'
wish 'subtitles 2' 'caption řeč [0-9]'
wish 'subtitles 3' 'caption Röda träd [0-9]'
: >told
echo 'captions 8' >&7 # off
until_true told 'caption '
echo gap >&7
until_true told 'gap [0-9]+'
read -r _ gap < <(grep ^gap told)
[ "$gap" -lt 1500 ] || fail "captions left a gap of $gap ms in the pictures"
exec 7>&-
kill $player
wait $player || fail 'the player'

# ---- many pictures, two sounds ----

watch hall.sdp
until_true told 'pictures f'
echo gap >&7
sleep 1
: >told
echo 'sound 1' >&7
sleep 1
echo gap >&7
until_true told 'gap [0-9]+'
read -r _ gap < <(grep ^gap told)
[ "$gap" -lt 1500 ] || fail "another sound left a gap of $gap ms in the pictures"
kill $player
wait $player || fail 'the player'
echo 'all captions, all pictures, another sound'
