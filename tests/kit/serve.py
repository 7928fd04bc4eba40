# SPDX-License-Identifier: GPL-3.0-or-later
"""serve.py FOLDER PORT_FILE: serves the files of a folder on 127.0.0.1 and writes the port, when it listens.

@BASE@ in a file stands for the server's own address.  The lines of NAME.headers are headers of NAME,
with a Location it redirects; what is
asked for is added to requests.log, a path a line, if there is such a file.
"""
import http.server
import os
import sys

TYPES = {".json": "application/feed+json", ".html": "text/html", ".png": "image/png", ".txt": "text/plain; charset=utf-8"}
folder, port_file = sys.argv[1:]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = os.path.join(folder, os.path.basename(self.path.rstrip("/")))
        log = os.path.join(folder, "requests.log")
        if os.path.isfile(log):
            with open(log, "a") as lines:
                lines.write(self.path + "\n")
        if not os.path.isfile(path):
            self.send_error(404)
            return
        with open(path, "rb") as file:
            body = file.read().replace(b"@BASE@", b"http://127.0.0.1:%d" % self.server.server_port)
        lines = []
        if os.path.isfile(path + ".headers"):
            with open(path + ".headers") as file:
                lines = [line.rstrip("\n").split(": ", 1) for line in file]
        self.send_response(302 if any(name == "Location" for name, _ in lines) else 200)
        self.send_header("Content-Type", TYPES.get(os.path.splitext(path)[1], "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        for name, value in lines:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(port_file + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(port_file + ".new", port_file)
server.serve_forever()
