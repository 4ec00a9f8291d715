# SPDX-License-Identifier: LGPL-2.1-or-later
"""announced.py SECONDS TITLE...: waits until each channel has been announced on the wire, and writes
its description to TITLE.sdp, without the slashes that a title may have."""
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
        packet = ears.recv(65536)
    except TimeoutError:
        sys.exit(f"not announced: {missing}")
    start = packet.find(b"v=0")
    for line in packet.decode(errors="replace").splitlines():
        title = line[2:]
        if line.startswith("s=") and title in missing and start > 0:
            with open(title.replace("/", "") + ".sdp", "wb") as file:
                file.write(packet[start:])
            missing.remove(title)
