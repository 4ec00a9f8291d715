# SPDX-License-Identifier: LGPL-2.1-or-later
"""Waits until each channel has been announced on the wire: announced.py SECONDS TITLE..."""
import socket
import struct
import sys
import time

GROUPS = ("224.2.127.254", "239.255.255.255", "239.195.255.255", "224.0.0.56")

ears = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ears.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ears.bind(("", 9875))
for group in GROUPS:
    interface = struct.pack("@4s4si", socket.inet_aton(group), bytes(4), socket.if_nametoindex("eth0"))
    ears.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, interface)
end, missing = time.monotonic() + float(sys.argv[1]), set(sys.argv[2:])
while missing:
    ears.settimeout(max(0.001, end - time.monotonic()))
    try:
        text = ears.recv(65536).decode(errors="replace")
    except TimeoutError:
        sys.exit(f"not announced: {missing}")
    missing -= {line[2:] for line in text.splitlines() if line.startswith("s=")}
