#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server for each of many certificates.

    certificates.py FILE LOG NAME...

NAME.pem in the folder of FILE holds the key and the certificate of one; it is read anew for every
connection, so that a test may change it.  A NAME that ends in "-old" speaks TLS 1.1 at most,
one that ends in "-plain" no TLS; one that
ends in "-client" wants a certificate that those in clients.crt vouch for.  FILE appears when all listen: a line "NAME PORT" for each.
Each request is a line "NAME PATH" of LOG.

    /feed         a feed of one entry
    /go/CODE/URL  a redirect
"""

import http.server
import os
import ssl
import sys
import threading
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # of old versions, which are wanted
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title>
<item><title>Fair on Friday</title><guid>fair</guid><link>http://town.example/fair</link>
<description>All day.</description></item></channel></rss>"""


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        with open(LOG, "a", encoding="utf-8") as log:
            log.write(f"{self.server.label} {self.path}\n")
        if self.path.startswith("/go/"):
            _, _, code, target = self.path.split("/", 3)
            self.send_response(int(code))
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = FEED.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    label = ""

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ALL:@SECLEVEL=0")  # whoever refuses what is weak, it is not the server
        if self.label.endswith("-client"):
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(FOLDER + "/clients.crt")
        if self.label.endswith("-old"):
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.load_cert_chain(os.path.join(FOLDER, self.label + ".pem"))
        return context

    def finish_request(self, request, client_address):
        """In a thread of its own: the handshake too."""
        if self.label.endswith("-plain"):
            super().finish_request(request, client_address)
            return
        try:
            with self.context().wrap_socket(request, server_side=True) as secure:
                super().finish_request(secure, client_address)
        except (OSError, ssl.SSLError):
            pass


FILE, LOG = sys.argv[1:3]
FOLDER = os.path.dirname(FILE)
with open(FILE + ".new", "w", encoding="utf-8") as file:
    for name in sys.argv[3:]:
        server = Server(("127.0.0.1", 0), Handler)
        server.label = name
        threading.Thread(target=server.serve_forever, daemon=True).start()
        file.write(f"{name} {server.server_port}\n")
os.rename(FILE + ".new", FILE)
threading.Event().wait()
