#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: two computers whose sound PipeWire sends with the settings it comes with are two stations; ports
# and the message id hash of SAP are random, and the originating source is the computer's address.
# What happens: they send to the same group and the same port, and announce it under the same hash, 0x6745,
# and originating source, 0.0.0.0: the "random" numbers begin equal at every start. Who listens hears both
# mixed up, and a list that goes by RFC 2974 has one row. When one ends, it deletes the other's row as well.
# Version: pipewire-bin 0.3.65-3+deb12u1 (Debian 12).
# Seen on 2026-11-28, two starts one after the other, of all that is sent to the group of SAP:
#   SAP header, media and group, first start: 2000674500000000 m=audio 46162 RTP/AVP 127 c=IN IP4 224.0.0.56/1
#   SAP header, media and group, second start: 2000674500000000 m=audio 46162 RTP/AVP 127 c=IN IP4 224.0.0.56/1
#   deletion: 2400674500000000
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm pipewire-bin=0.3.65-3+deb12u1 libpipewire-0.3-modules=0.3.65-3+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/pipewire.conf" <<'CONF'
context.properties = { core.daemon = true core.name = pipewire-0 }
context.spa-libs = { audio.convert.* = audioconvert/libspa-audioconvert support.* = support/libspa-support }
context.modules = [
  { name = libpipewire-module-protocol-native }
  { name = libpipewire-module-client-node }
  { name = libpipewire-module-adapter }
  { name = libpipewire-module-spa-node-factory }
  { name = libpipewire-module-rtp-sink args = { sess.name = Hall } }
]
context.objects = [ { factory = spa-node-factory args = { factory.name = support.node.driver node.name = driver } } ]
CONF
cat >"$root/tmp/hear.py" <<'PYTHON'
import os, socket, subprocess

os.environ["XDG_RUNTIME_DIR"] = "/tmp"
# at the other end of the cable, as PipeWire does not let its own computer hear it
end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
end.bind(("end", 0))
end.settimeout(20)


def announcement():
    while True:
        frame = end.recv(2000)
        if frame[30:34] == socket.inet_aton("224.0.0.56") and frame[36:38] == (9875).to_bytes(2, "big"):
            return frame[42:]


for _ in range(2):
    station = subprocess.Popen(["pipewire", "-c", "/tmp/pipewire.conf"], stderr=subprocess.DEVNULL)
    heard = announcement()
    lines = heard[8:].decode().splitlines()
    print(heard[:8].hex(), *[line for line in lines if line[:2] == "m="], *[line for line in lines if line[:2] == "c="])
    station.terminate()
    while not (last := announcement())[0] & 4:
        pass
    station.wait()
print(last[:8].hex())
PYTHON
mapfile -t seen < <(inside python3 /tmp/hear.py)
still "SAP header, media and group, first start" "2000674500000000 m=audio 46162 RTP/AVP 127 c=IN IP4 224.0.0.56/1" "${seen[0]}"
still "SAP header, media and group, second start" "2000674500000000 m=audio 46162 RTP/AVP 127 c=IN IP4 224.0.0.56/1" "${seen[1]}"
still deletion 2400674500000000 "${seen[2]}"
