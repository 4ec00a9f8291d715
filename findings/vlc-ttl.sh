#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the time to live in a description (c=IN IP4 239.1.1.1/255) is that with which the packets are sent (RFC 8866,
# 5.7), so that a viewer behind a router or two knows whether they can come to him.
# What happens: VLC describes 255 always. It sends what "ttl" of the chain says, or else 1, the operating system's value: the
# lecture ends at the first router, and by its description it reaches the whole world. In the same connection SETUP
# is answered with the true value.
# Version: vlc-plugin-base 3.0.24-0+deb12u1 (Debian 12), a tone by ffmpeg 7:5.1.9-0+deb12u1.
# Seen on 2026-11-28, the description, the answer to SETUP, the IP packets:
#   #rtp{dst=239.1.1.1}: c=IN IP4 239.1.1.1/255, ttl=1, 1
#   #rtp{dst=239.1.1.1,ttl=7}: c=IN IP4 239.1.1.1/255, ttl=7, 7
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libvlc5=3.0.24-0+deb12u1 vlc-plugin-base=3.0.24-0+deb12u1 ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
inside ffmpeg -nostdin -v error -f lavfi -i sine -t 60 -c:a mp2 -f mpegts /tmp/hall.ts
cat >"$root/tmp/send.py" <<'PYTHON'
import ctypes, re, socket, sys, time

vlc = ctypes.CDLL("libvlc.so.5")
POINTER, TEXT = ctypes.c_void_p, ctypes.c_char_p
for name, result, arguments in (
    ("libvlc_new", POINTER, [ctypes.c_int, ctypes.POINTER(TEXT)]),
    ("libvlc_media_new_path", POINTER, [POINTER, TEXT]),
    ("libvlc_media_add_option", None, [POINTER, TEXT]),
    ("libvlc_media_player_new_from_media", POINTER, [POINTER]),
    ("libvlc_media_player_play", ctypes.c_int, [POINTER]),
):
    getattr(vlc, name).restype, getattr(vlc, name).argtypes = result, arguments

# at the other end of the cable
end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
end.bind(("end", 0))
end.settimeout(20)
media = vlc.libvlc_media_new_path(vlc.libvlc_new(2, (TEXT * 2)(b"--quiet", b"--intf=dummy")), b"/tmp/hall.ts")
vlc.libvlc_media_add_option(media, f":sout=#rtp{{{sys.argv[1]},port=5004,sdp=rtsp://127.0.0.1:8554/hall}}".encode())
assert vlc.libvlc_media_player_play(vlc.libvlc_media_player_new_from_media(media)) == 0
while True:
    frame = end.recv(2000)
    if frame[30:34] == socket.inet_aton("239.1.1.1") and frame[36:38] == (5004).to_bytes(2, "big"):
        break


def ask(request, wanted):
    """What the group in wanted takes of the answer."""
    with socket.create_connection(("127.0.0.1", 8554), 20) as connection:
        connection.sendall(f"{request}\r\n\r\n".encode())
        answer = ""
        while not (found := re.search(wanted, answer)):
            data = connection.recv(65536)
            assert data, answer
            answer += data.decode()
    return found[1]


described = ask("DESCRIBE rtsp://127.0.0.1:8554/hall RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp", "(c=.*)\r\n")
answered = ask("SETUP rtsp://127.0.0.1:8554/hall/trackID=0 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP;multicast", r"(ttl=\d+)")
print(f"{described}, {answered}, {frame[22]}")
PYTHON
still "#rtp{dst=239.1.1.1}" "c=IN IP4 239.1.1.1/255, ttl=1, 1" "$(inside python3 /tmp/send.py dst=239.1.1.1 2>"$root/tmp/said")"
still "#rtp{dst=239.1.1.1,ttl=7}" "c=IN IP4 239.1.1.1/255, ttl=7, 7" "$(inside python3 /tmp/send.py dst=239.1.1.1,ttl=7 2>"$root/tmp/said")"
