#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the message id hash of a SAP announcement changes with its text, and hash and
# originating source together name one announcement (RFC 2974, 3); o= names one session (RFC 8866, 5.2).
# What happens: the first programme of every minisapserver, on any computer, has the hash 0x1242, the
# originating source 1.2.3.4 and the session id 16914, version 1; a changed title changes nothing of that.
# Who keeps announcements by these has one row for two stations, and its title changes every second.
# Version: minisapserver 0.3.6-1.2 (Debian 12).
# Seen on 2026-11-28, two servers with nothing in common but the name of the user:
#   title, SAP header, origin: Hall 2000124201020304 o=x 16914 1 IN IP4 north.example
#   title, SAP header, origin: Yard 2000124201020304 o=x 16914 1 IN IP4 south.example
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm minisapserver=0.3.6-1.2
for i in Hall:239.1.5.1:north Yard:239.1.6.7:south; do
  IFS=: read -r name group machine <<<"$i"
  printf '[global]\nsap_delay=1\n[program]\nname=%s\naddress=%s\nuser=x\nmachine=%s.example\nsite=http://%s.example\nport=5004\n' \
    "$name" "$group" "$machine" "$machine" >"$root/tmp/$name.cfg"
done
cat >"$root/tmp/hear.py" <<'PYTHON'
import socket, struct, subprocess

hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("224.2.127.254", 9875))
lan = struct.pack("4s4si", socket.inet_aton("224.2.127.254"), bytes(4), socket.if_nametoindex("lan"))
hear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, lan)
hear.settimeout(20)
servers = [subprocess.Popen(["sapserver", "-c", f"/tmp/{name}.cfg"], stdout=subprocess.DEVNULL) for name in ("Hall", "Yard")]
heard = set()
while len(heard) < 2:
    packet = hear.recv(2000)
    lines = packet[8 + len("application/sdp") + 1:].decode().split("\r\n")
    heard.add(f"{lines[2][2:]} {packet[:8].hex()} {lines[1]}")
print("\n".join(sorted(heard)))
for server in servers:
    server.kill()
PYTHON
mapfile -t seen < <(inside python3 /tmp/hear.py)
still "title, SAP header, origin" "Hall 2000124201020304 o=x 16914 1 IN IP4 north.example" "${seen[0]}"
still "title, SAP header, origin" "Yard 2000124201020304 o=x 16914 1 IN IP4 south.example" "${seen[1]}"
