#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: who asks a Windows Media server over HTTP to play says from which millisecond on, in digits
# ([MS-WMSP], section 2.2.1.4.28), and that the connection ends with the answer, in a line of its own.
# What happens: FFmpeg's mmsh writes no end of line between the two. The server reads a time that is no number, and
# nothing of the connection; one that takes the time strictly refuses, or begins anywhere.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Seen on 2026-11-29, lines of the second request of `ffmpeg -i mmsh://…`:
#   Pragma: no-cache,rate=1.000000,stream-time=0Connection: Close
#   lines that begin with "Connection: Close": 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm ffmpeg=7:5.1.9-0+deb12u1 python3=3.11.2-1+b1
cat >"$root/tmp/server.py" <<'PYTHON'
import socket, struct, subprocess

make = "ffmpeg -nostdin -v error -f lavfi -i testsrc=s=64x48:r=5 -t 1 -c:v wmv2 -f asf -y /tmp/x.asf"
subprocess.run(make.split(), check=True)
file = open("/tmp/x.asf", "rb").read()
header = file[:struct.unpack("<Q", file[16:24])[0] + 50]
piece = b"$H" + struct.pack("<HIBBH", len(header) + 8, 0, 0, 12, len(header) + 8) + header
server = socket.create_server(("127.0.0.1", 0))
server.settimeout(30)
address = f"mmsh://127.0.0.1:{server.getsockname()[1]}/x"
player = subprocess.Popen(["ffmpeg", "-nostdin", "-v", "quiet", "-i", address, "-f", "null", "-"])
for _ in range(2):
    connection, _ = server.accept()
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(4096)
    connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: application/x-mms-framed\r\n\r\n" + piece)
    connection.close()
player.kill()
lines = request.decode().split("\r\n")
print(next(line for line in lines if "stream-time" in line))
print(sum(line == "Connection: Close" for line in lines))
PYTHON
mapfile -t seen < <(inside python3 /tmp/server.py)
still "time to play from" "Pragma: no-cache,rate=1.000000,stream-time=0Connection: Close" "${seen[0]}"
still "lines about the connection" 0 "${seen[1]}"
