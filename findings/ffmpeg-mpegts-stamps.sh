#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the RTP time stamps of a transport stream are the times at which its packets are meant to be sent, of one clock that
# only goes forward (RFC 2250, 2: "target transmission time of the first byte"), the same as the PCR's.
# What happens: FFmpeg's rtp_mpegts takes the presentation time of whatever picture or sound was written last. Pictures
# are further ahead than sound, and B-frames change places, so almost every third stamp lies before the one in front of it,
# by up to hundreds of milliseconds. By the formula of RFC 3550 (6.4.1) that is a jitter of tens of ms on a
# network that adds none, and who plays by these stamps instead of the PCR plays the bytes in a wrong order.
# Versions: ffmpeg 7:5.1.9-0+deb12u1 with libx264-164 2:0.164.3095+gitbaee400-3 (Debian 12); the same in 7.1 (Debian 13).
# Seen on 2026-11-29, 4 s of picture and sound over lo:
#   stamps that lie before the one in front: more than 20 of 100
#   the farthest back: over 50 ms
#   interarrival jitter: over 30 ms
#   the PCR in the same packets: never back
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 libx264-164=2:0.164.3095+gitbaee400-3 python3=3.11.2-1+b1
cat >"$root/tmp/stamps.py" <<'PYTHON'
import socket, struct, subprocess, time

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
media = "-re -f lavfi -i testsrc=s=320x240:r=25 -f lavfi -i sine=r=48000 -t 4 -c:v libx264 -preset ultrafast -bf 2 -c:a aac"
sender = subprocess.Popen(["ffmpeg", "-nostdin", "-v", "error", *media.split(), "-f", "rtp_mpegts", "rtp://127.0.0.1:5004"])
hear.settimeout(20)
stamps, clocks = [], []
while sender.poll() is None or not stamps:
    try:
        packet = hear.recv(2000)
    except TimeoutError:
        break
    now = time.monotonic()
    hear.settimeout(1)
    if packet[1] & 127 != 33:
        continue
    stamps.append((now, struct.unpack_from(">I", packet, 4)[0]))
    for at in range(12, len(packet), 188):
        if packet[at + 3] & 0x20 and packet[at + 4] and packet[at + 5] & 0x10:
            clocks.append(struct.unpack_from(">I", packet, at + 6)[0])


def step(new, old):
    return (new - old + (1 << 31)) % (1 << 32) - (1 << 31)


steps = [step(new, old) for (_, old), (_, new) in zip(stamps, stamps[1:])]
back = [-each for each in steps if each < 0]
jitter = 0.0
for (before, old), (now, new) in zip(stamps, stamps[1:]):
    jitter += (abs((now - before) * 90000 - step(new, old)) - jitter) / 16
assert len(stamps) > 40 and len(clocks) > 10
print("more than 20 of 100" if 5 * len(back) > len(steps) else len(back))
print("over 50 ms" if max(back, default=0) > 4500 else max(back, default=0))
print("over 30 ms" if jitter > 2700 else jitter)
print("never back" if all(step(new, old) >= 0 for old, new in zip(clocks, clocks[1:])) else "back")
PYTHON
mapfile -t seen < <(inside python3 /tmp/stamps.py)
still "stamps that lie before the one in front" "more than 20 of 100" "${seen[0]}"
still "the farthest back" "over 50 ms" "${seen[1]}"
still "interarrival jitter" "over 30 ms" "${seen[2]}"
still "the PCR in the same packets" "never back" "${seen[3]}"
