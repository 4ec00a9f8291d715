#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: tsdemux hands on a picture as soon as the last packet of it has come, or says at least in its caps that what it
# hands on is cut at pictures.
# What happens: where the PES packet does not say how long it is (as it may with video, and FFmpeg never says), the picture waits
# for the beginning of the next one, 40 ms at 25 a second; and the caps of H.264 name no alignment, so that h264parse
# waits for the one after that. A packet of the same PID that begins a PES packet, and has no start code, lets the picture go at
# once, and does no harm to the next one, whose continuity counter may be the same.
# Version: gstreamer1.0-plugins-bad 1.22.0-4+deb12u8 (Debian 12).
# Seen on 2026-11-29, after four pictures of two packets each, with nothing behind:
#   handed on: 3
#   handed on, with such a packet behind each: 4
#   alignment in the caps: none
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm gstreamer1.0-tools=1.22.0-2+deb12u1 gstreamer1.0-plugins-bad=1.22.0-4+deb12u8 python3=3.11.2-1+b1
cat >"$root/tmp/send.py" <<'PYTHON'
import sys
import time

PMT, VIDEO = 0x20, 0x40
counters = {}


def crc(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    return value.to_bytes(4, "big")


def packet(pid, begins, payload, clock=None, counter=None):
    if counter is None:
        counter = counters[pid] = (counters.get(pid, -1) + 1) % 16
    field = b"" if clock is None else b"\x10" + (clock << 15 | 0x7E00).to_bytes(6, "big")
    filling = 184 - len(payload)
    if filling:
        field = bytes([filling - 1]) + (field or (b"\0" if filling > 1 else b"")).ljust(filling - 1, b"\xff")
    head = bytes([0x47, (0x40 if begins else 0) | pid >> 8, pid & 0xFF, (0x30 if filling else 0x10) | counter])
    return head + field + payload


def table(pid, body):
    section = body[:1] + (0xB000 | len(body) + 1).to_bytes(2, "big") + body[3:]
    return packet(pid, True, (b"\0" + section + crc(section)).ljust(184, b"\xff"))


out = table(0, b"\0\0\0\0\1\xc1\0\0\0\1" + (0xE000 | PMT).to_bytes(2, "big"))
out += table(PMT, b"\2\0\0\0\1\xc1\0\0" + (0xE000 | VIDEO).to_bytes(2, "big") + b"\xf0\0\x1b"
             + (0xE000 | VIDEO).to_bytes(2, "big") + b"\xf0\0")
for picture in range(4):
    stamp = 90000 + 3600 * picture
    pts = bytes([0x21 | stamp >> 29 & 0xE, stamp >> 22 & 0xFF, 1 | stamp >> 14 & 0xFE, stamp >> 7 & 0xFF, 1 | stamp << 1 & 0xFE])
    out += packet(VIDEO, True, b"\0\0\1\xe0\0\0\x80\x80\5" + pts + bytes(162), clock=stamp)
    out += packet(VIDEO, False, bytes(100))
    if sys.argv[1] == "ended":
        out += packet(VIDEO, True, bytes(184), counter=(counters[VIDEO] + 1) % 16)
sys.stdout.buffer.write(out)
sys.stdout.buffer.flush()
time.sleep(4)
PYTHON
cat >"$root/tmp/count" <<'SH'
python3 /tmp/send.py "$1" | timeout 3 gst-launch-1.0 -v fdsrc ! video/mpegts,systemstream=true,packetsize=188 ! tsdemux ! fakesink silent=false sync=false >/tmp/log 2>&1
grep -c 'chain   \*' /tmp/log
grep -q 'video/x-h264.*alignment' /tmp/log && echo some || echo none
SH
mapfile -t plain < <(inside bash /tmp/count plain)
mapfile -t ended < <(inside bash /tmp/count ended)
still "handed on" 3 "${plain[0]}"
still "handed on, with such a packet behind each" 4 "${ended[0]}"
still "alignment in the caps" none "${plain[1]}"
