# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs crier in a pseudo-terminal of 80x24, sends keys, prints what came out as UTF-8.

    in-pty.py CHARSET UNTIL KEYS COMMAND...

Keys are sent one by one after the first output; it ends when UNTIL has been seen after
them, or fails after a minute.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

charset, until, keys, command = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = os.environ.get("PTY_TERM", "xterm")
    os.execvp(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = b""
sent = 0
end = time.time() + 60
found = False
while time.time() < end:
    ready, _, _ = select.select([fd], [], [], 0.3)
    if ready:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
        continue
    if until in seen.decode(charset, "replace") and sent == len(keys):
        found = True
        break
    if sent < len(keys):
        os.write(fd, keys[sent].encode())
        sent += 1
try:
    os.write(fd, b"Q")
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(seen.decode(charset, "replace").encode())
sys.exit(0 if found else 1)
