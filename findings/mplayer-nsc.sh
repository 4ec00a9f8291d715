#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: MPlayer, the only player of Debian that reads NetShow stations (.nsc) with encoded
# values, joins the group that the station names.
# What happens: it makes http:// of the group and asks for the lecture by TCP; no group is joined and
# nothing is ever sent to it, so it can play no multicast station. A unicast URL beside it wins always.
# Version: mplayer 2:1.5+svn38408-1 (Debian 12).
# Seen on 2026-11-28:
#   what it opens: http://239.1.2.3:9000
#   groups joined: 0
#   with a unicast URL it opens: http://127.0.0.1:9/hall
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm mplayer=2:1.5+svn38408-1
# values in the encoding of [MS-MSB], 2.2.1.3: 02, then checksum, key, length, UTF-16, six bits a character
cat >"$root/tmp/station.py" <<'PYTHON'
import struct, sys

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz{}"


def encoded(text):
    payload = (text + "\0").encode("utf-16-le")
    head = struct.pack(">II", 0, len(payload))
    checksum = 0
    for byte in head + payload:
        checksum ^= byte
    raw = bytes([checksum]) + head + payload
    bits = "".join(f"{byte:08b}" for byte in raw)
    return "02" + "".join(DIGITS[int(bits[at : at + 6].ljust(6, "0"), 2)] for at in range(0, len(bits), 6))


print("[Address]\nName=" + encoded("Hall") + "\nNSC Format Version=" + encoded("3.0"))
print("IP Address=" + encoded("239.1.2.3") + "\nIP Port=0x00002328")
print("Unicast URL=" + encoded(sys.argv[1]))
PYTHON
cat >"$root/tmp/open" <<'SCRIPT'
python3 /tmp/station.py "$1" >/tmp/hall.nsc
mplayer -vo null -ao null -playlist /tmp/hall.nsc </dev/null >/tmp/log 2>&1 &
while kill -0 $! 2>/dev/null; do
  cat /proc/net/igmp
  sleep 0.1
done | grep -c 030201EF >/tmp/joined
sed -n 's/^Playing \(.*\)\.$/\1/p' /tmp/log
SCRIPT
still "what it opens" http://239.1.2.3:9000 "$(inside bash /tmp/open "")"
still "groups joined" 0 "$(cat "$root/tmp/joined")"
still "with a unicast URL it opens" http://127.0.0.1:9/hall "$(inside bash /tmp/open http://127.0.0.1:9/hall)"
