# SPDX-License-Identifier: GPL-3.0-or-later
"""get.py URL [REST…]: what a server on 127.0.0.1 answers, to standard output; fails when that is not 200.

With more than one word each further one is asked for behind the first.  Tests ask servers of theirs
hundreds of times: it imports no more than it needs, and starts in a quarter of the time that urllib takes.
"""
import socket
import sys


def get(url):
    host, _, path = url.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port))) as connection:
        connection.sendall(b"GET /%s HTTP/1.0\r\nHost: %s\r\n\r\n" % (path.encode(), host.encode()))
        answer = b""
        while piece := connection.recv(1 << 16):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.partition(b"\r\n")[0]:
        sys.exit("%s: %s" % (url, head.partition(b"\r\n")[0].decode()))
    sys.stdout.buffer.write(body)


base, *rest = sys.argv[1:]
for what in rest or [""]:
    get(base + what)
