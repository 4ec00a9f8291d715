#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: what FFmpeg sends by RTP it also describes, or refuses ("Unsupported codec"), as it does with AC-3 or FLAC.
# What happens: linear sound of 8 bits, and of 16 with the low octet first, as every WAV file has it, is sent under payload type 97
# and described by "m=audio 5004 RTP/AVP 97" alone. There is no a=rtpmap, which a dynamic type must have (RFC 8866,
# 6.6), no warning, and status 0. Nobody can know what it is, FFmpeg neither. -c:a pcm_s16be is what is meant.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); the same in 7.1 (Debian 13).
# Seen on 2026-11-28, a tone in stereo, 48000 Hz:
#   pcm_s16be: payload type 97, a=rtpmap:97 L16/48000/2, FFmpeg takes it for pcm_s16be
#   pcm_u8: payload type 97, no rtpmap, FFmpeg takes it for unknown
#   pcm_s8: payload type 97, no rtpmap, FFmpeg takes it for unknown
#   pcm_s16le: payload type 97, no rtpmap, FFmpeg takes it for unknown
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import re, socket, subprocess, sys

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
sound = f"-re -f lavfi -i sine=r=48000 -ac 2 -c:a {sys.argv[1]} -f rtp -sdp_file /tmp/hall.sdp rtp://127.0.0.1:5004"
sender = subprocess.Popen(["ffmpeg", "-nostdin", "-v", "warning", *sound.split()], stderr=subprocess.PIPE, text=True)
hear.settimeout(20)
kind = hear.recv(2000)[1] & 127
hear.close()
text = open("/tmp/hall.sdp").read()
assert f"m=audio 5004 RTP/AVP {kind}" in text
rtpmap = re.search("a=rtpmap:[^\r\n]*", text)
show = "-v quiet -analyzeduration 1000000 -protocol_whitelist file,udp,rtp -show_entries stream=codec_name -of csv=p=0 /tmp/hall.sdp"
taken = subprocess.run(["ffprobe", *show.split()], capture_output=True, text=True, timeout=40).stdout.split()
sender.terminate()
said = sender.communicate()[1]
assert not said, said
print(f"payload type {kind}, {rtpmap.group() if rtpmap else 'no rtpmap'}, FFmpeg takes it for {' '.join(taken)}")
PYTHON
still pcm_s16be "payload type 97, a=rtpmap:97 L16/48000/2, FFmpeg takes it for pcm_s16be" "$(inside python3 /tmp/send.py pcm_s16be)"
for codec in pcm_u8 pcm_s8 pcm_s16le; do
  still $codec "payload type 97, no rtpmap, FFmpeg takes it for unknown" "$(inside python3 /tmp/send.py $codec)"
done
