#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An RTSP server of Windows Media ([MS-RTSP]), independent of ours: wms-rtsp.py --help

Serves an ASF file (FFmpeg makes it) as rtsp://…/hall: each of its streams as an RTP stream of its own,
or all as one, paced by their send times, over UDP or the connection. What is asked of it goes to its
output. Ends with a signal."""
import argparse
import base64
import importlib.util
import pathlib
import random
import re
import socket
import struct
import threading
import time

spec = importlib.util.spec_from_file_location("msb_station", pathlib.Path(__file__).with_name("msb-station.py"))
asf = importlib.util.module_from_spec(spec)
spec.loader.exec_module(asf)

KINDS = {asf.COMMAND_MEDIA: "application", asf.guid("f8699e40-5b4d-11cf-a8fd-00805f5c442b"): "audio", asf.guid("bc19efc0-5b4d-11cf-a8fd-00805f5c442b"): "video"}
PIECE = 1300  # bytes of a packet in one of RTP


class Film:
    """The header, and for each RTP stream its name, medium, number and packets"""

    def __init__(self, path, as_one, captions, chapters):
        data = open(path, "rb").read()
        header = asf.Header(data)
        size = header.packet_size
        packets = [data[at : at + size] for at in range(header.size + asf.DATA_START, len(data) - size + 1, size)]
        objects = asf.read_objects(packets[: header.packets or None])
        for item in objects:  # FFmpeg sends each a whole preroll ahead; sound is sent later than pictures
            item.send = max(0, item.time - (2500 if item.stream == 1 else 700))
        if captions:
            commands = [(1000 * i, "TEXT", f"second {i}") for i in range(1, 20)]
            objects += asf.make_commands(commands, header.add_command_stream(), header, 1500)
        if chapters:
            header.add_commands([(1000 * i + 500, "TEXT", f"chapter {i}") for i in range(1, 20)])
        self.config = base64.b64encode(header.bytes).decode()
        self.streams = []
        groups = [("stream", "application", None)] if as_one else self.find_streams(header)
        for name, medium, number in groups:
            own = [item for item in objects if number in (None, item.stream)]
            own.sort(key=lambda item: item.send)
            self.streams.append((name, medium, number, asf.pack(own, size, asf.FORMS["real"])))

    @staticmethod
    def find_streams(header):
        found, at, data = [], 30, header.bytes
        while at + 24 <= header.size:
            if data[at : at + 16] == asf.STREAM_PROPERTIES:
                medium, number = KINDS[bytes(data[at + 24 : at + 40])], data[at + 72] & 127
                found.append((medium, medium, number))
            at += struct.unpack_from("<Q", data, at + 16)[0]
        return found

    def describe(self):
        text = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=Hall\r\nc=IN IP4 0.0.0.0\r\nb=AS:600\r\na=maxps:1444\r\nt=0 0\r\na=control:*\r\n"
        text += "a=etag:{1}\r\na=range:npt=0.000-\r\na=type:broadcast\r\na=recvonly\r\n"
        text += f"a=pgmpu:data:application/vnd.ms.wms-hdr.asfv1;base64,{self.config}\r\n"
        for name, medium, number, _ in self.streams:
            text += f"m={medium} 0 RTP/AVP 96\r\na=rtpmap:96 x-asf-pf/1000\r\na=control:{name}\r\n"
            text += f"a=stream:{number}\r\n" if number else ""
        return text + "m=application 0 RTP/AVP 96\r\na=rtpmap:96 x-wms-rtx/1000\r\na=control:rtx\r\na=stream:65536\r\n"


class Sender:
    """One RTP stream on its way to a client"""

    def __init__(self, options, packets, put):
        self.options, self.put = options, put
        self.packets = [(asf.Packet(data).send, asf.strip(data, "keep"), any(p["key"] for p in asf.Packet(data).payloads)) for data in packets]
        self.ssrc, self.sequence, self.sent, self.held = random.getrandbits(32), random.getrandbits(16), 0, None

    def send(self, marker, when, payload):
        head = struct.pack(">BBHII", 0x80, 96 | marker << 7, self.sequence, when & 0xFFFFFFFF, self.ssrc)
        self.sequence, self.sent = self.sequence + 1 & 0xFFFF, self.sent + 1
        if self.options.drop and self.sent % self.options.drop == 0:
            return
        # the last piece of a packet would be overtaken by the next packet only, and be late by its distance
        if self.options.swap and self.sent % self.options.swap == 0 and not marker:
            self.held = head + payload
            return
        self.put(head + payload)
        if self.held:
            self.put(self.held)
            self.held = None

    def send_packet(self, when, data, key):
        """In the form of Windows Media Services: lengths are those of all, and pieces have offsets."""
        first = int(key) << 7
        if len(data) <= PIECE:
            self.send(1, when, struct.pack(">I", (first | 0x40) << 24 | len(data) + 4) + data)
            return
        for at in range(0, len(data), PIECE):
            self.send(int(at + PIECE >= len(data)), when, struct.pack(">I", first << 24 | at) + data[at : at + PIECE])


def play(senders, stopped, is_file):
    begun, shift = time.monotonic(), 0 if is_file else random.getrandbits(31)
    queue = sorted(((when, index, data, key) for index, sender in enumerate(senders) for when, data, key in sender.packets), key=lambda item: item[:2])
    for when, index, data, key in queue:
        if stopped.wait(max(0, begun + when / 1000 - time.monotonic())):
            return
        senders[index].send_packet(when + shift, asf.move_times(data, 0, shift), key)


def answer(status, cseq, lines=(), body=""):
    text = f"RTSP/1.0 {status}\r\nCSeq: {cseq}\r\nServer: WMServer/9.1.1.3841\r\n" + "".join(line + "\r\n" for line in lines)
    if body:
        text += f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n"
    return (text + "\r\n" + body).encode()


class Client:
    def __init__(self, options, film, connection, peer):
        self.options, self.film, self.connection, self.peer = options, film, connection, peer
        self.chosen, self.stopped, self.lock = [], threading.Event(), threading.Lock()

    def put_udp(self, port):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((self.options.address, 0))
        return sock.getsockname()[1], lambda data: sock.sendto(data, (self.peer, port))

    def put_tcp(self, channel):
        def put(data):
            with self.lock:
                self.connection.sendall(struct.pack(">BBH", 0x24, channel, len(data)) + data)

        return put

    def set_up(self, cseq, path, transport):
        if self.options.refuse:
            return answer("453 Not Enough Bandwidth", cseq)
        packets = [packets for name, _, _, packets in self.film.streams if path.endswith("/" + name)]
        ports = re.search(r"client_port=(\d+)", transport)
        channels = re.search(r"interleaved=(\d+)", transport)
        if not packets:
            return answer("404 Not Found", cseq)
        if "multicast" in transport or (self.options.tcp and not channels):
            return answer("461 Unsupported Transport", cseq)
        if channels:
            put, chosen = self.put_tcp(int(channels[1])), f"RTP/AVP/TCP;unicast;interleaved={channels[1]}-{int(channels[1]) + 1}"
        else:
            port, put = self.put_udp(int(ports[1]))
            chosen = f"RTP/AVP/UDP;unicast;source={self.options.address};client_port={ports[1]}-{int(ports[1]) + 1};server_port={port}-{port + 1}"
        self.chosen.append(Sender(self.options, packets[0], put))
        return answer("200 OK", cseq, [f"Transport: {chosen}", "Session: 7;timeout=60"])

    def ask(self, method, path, head):
        cseq = re.search(r"(?im)^cseq: *(\d+)", head)[1]
        transport = re.search(r"(?im)^transport: *(.*)", head)
        print(method.lower(), flush=True)
        if method == "DESCRIBE":
            return answer("200 OK", cseq, [f"Content-Base: rtsp://{self.options.address}:{self.options.port}/hall/"], self.film.describe())
        if method == "SETUP":
            return self.set_up(cseq, path, transport[1] if transport else "")
        if method == "PLAY":
            threading.Thread(target=play, args=(self.chosen, self.stopped, self.options.chapters), daemon=True).start()
        if method == "TEARDOWN":
            self.stopped.set()
        return answer("200 OK", cseq, ["Session: 7"])

    def serve(self):
        buffer = b""
        while data := self.connection.recv(65536):
            buffer += data
            while buffer[:1] == b"$" and len(buffer) >= 4 and len(buffer) >= 4 + struct.unpack_from(">H", buffer, 2)[0]:
                buffer = buffer[4 + struct.unpack_from(">H", buffer, 2)[0] :]
            while b"\r\n\r\n" in buffer and buffer[:1] != b"$":
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                text = head.decode("latin-1")
                method, path = text.split()[:2]
                reply = self.ask(method, path, text)
                with self.lock:
                    self.connection.sendall(reply)

    def run(self):
        try:
            self.serve()
        except OSError:
            pass
        self.stopped.set()
        self.connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ready", help="file that is written when it can be asked")
    parser.add_argument("file")
    parser.add_argument("--address", required=True)
    parser.add_argument("--port", type=int, default=8554)
    parser.add_argument("--as-one", action="store_true", help="all streams of the file in one of RTP")
    parser.add_argument("--tcp", action="store_true", help="over the connection only")
    parser.add_argument("--captions", action="store_true", help="one a second, as script commands")
    parser.add_argument("--chapters", action="store_true", help="likewise, half a second later, of the header; times begin at 0, as those of a file")
    parser.add_argument("--refuse", action="store_true", help="describes it, but sends nothing")
    parser.add_argument("--drop", type=int, help="lose 1 in so many packets of RTP")
    parser.add_argument("--swap", type=int, help="let 1 in so many be overtaken by the next one of the same packet")
    options = parser.parse_args()
    film = Film(options.file, options.as_one, options.captions, options.chapters)
    server = socket.create_server((options.address, options.port))
    pathlib.Path(options.ready).write_text("ready")
    while True:
        connection, (peer, *_) = server.accept()
        threading.Thread(target=Client(options, film, connection, peer).run, daemon=True).start()


main()
