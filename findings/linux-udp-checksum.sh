#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the drops that a socket tells of itself (SO_MEMINFO) are datagrams for which the computer was too
# slow; what came with a wrong checksum is an error of the network, and counted there alone (InCsumErrors).
# What happens: by the size. Up to 68 bytes of payload the kernel looks at the checksum on arrival, and the socket
# hears nothing of it; of a larger one it is left to the reader, and a wrong one counts as a drop of the socket, as if
# its buffer had been too small. The small packets of the sound accuse the cable, the large ones of the picture the
# computer. Who tells them apart takes the growth of InCsumErrors off, which is that of all sockets together.
# Version: Linux 6.18.44, the machine's own, so another kernel may say otherwise; python3 3.11.2-1+b1.
# Seen on 2026-11-28, one right and ten wrong datagrams of each size, by lo:
#   68 bytes: received 1, drops of the socket 0, InCsumErrors 10
#   69 bytes: received 1, drops of the socket 10, InCsumErrors 10
#   1316 bytes: received 1, drops of the socket 10, InCsumErrors 10
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm python3=3.11.2-1+b1
echo "kernel: $(uname -r)"
cat >"$root/tmp/count.py" <<'PYTHON'
import socket, struct, sys

SO_MEMINFO, DROPS = 55, 8
here = socket.inet_aton("127.0.0.1")
size = int(sys.argv[1])


def checksum_errors():
    names, values = [line.split() for line in open("/proc/net/snmp") if line.startswith("Udp:")]
    return int(values[names.index("InCsumErrors")])


def datagram(to, wrong_by):
    head = struct.pack(">HHH", 5000, to, 8 + size)
    words = struct.unpack(f">{(size + 1) // 2 + 10}H", here + here + struct.pack(">BBH", 0, 17, 8 + size) + head + bytes(2 + size + size % 2))
    total = sum(words)
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return head + struct.pack(">H", (total ^ 0xFFFF or 0xFFFF) ^ wrong_by) + bytes(size)


hear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
hear.bind(("127.0.0.1", 5004))
station = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
for wrong_by in [0] + 10 * [0x1234]:
    station.sendto(datagram(5004, wrong_by), ("127.0.0.1", 0))
hear.settimeout(0)
received = 0
try:
    while hear.recv(2000):
        received += 1
except BlockingIOError:
    pass
drops = struct.unpack_from("9I", hear.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, 36))[DROPS]
print(f"received {received}, drops of the socket {drops}, InCsumErrors {checksum_errors()}")
PYTHON
still "68 bytes" "received 1, drops of the socket 0, InCsumErrors 10" "$(inside python3 /tmp/count.py 68)"
still "69 bytes" "received 1, drops of the socket 10, InCsumErrors 10" "$(inside python3 /tmp/count.py 69)"
still "1316 bytes" "received 1, drops of the socket 10, InCsumErrors 10" "$(inside python3 /tmp/count.py 1316)"
