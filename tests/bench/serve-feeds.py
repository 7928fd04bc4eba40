#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""serve-feeds.py FILE…: serves files of feeds, compressed, with an ETag, and prints its port.

/d/MS/N.xml is file N modulo their number, MS milliseconds after the request; every address of
127.0.0.0/8 answers.
"""
import asyncio
import gzip
import sys

NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'
BODIES = []


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            delay = int(head.split(b"/", 3)[2]) / 1000
            asyncio.get_running_loop().call_later(delay, self.answer, head)

    def answer(self, head):
        if self.transport.is_closing():
            return
        if b'\r\nif-none-match: "v1"' in head.lower():
            self.transport.write(NOT_MODIFIED)
            return
        body = BODIES[int(head.split(b"/", 4)[3].split(b".")[0]) % len(BODIES)]
        self.transport.write(b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nContent-Type: application/xml\r\nContent-Encoding: gzip\r\n'
                             b"Content-Length: %d\r\n\r\n" % len(body) + body)


async def main():
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            BODIES.append(gzip.compress(file.read(), 6))
    server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
