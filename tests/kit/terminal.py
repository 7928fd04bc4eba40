# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command in a pseudo-terminal of 80x24 and prints what came out, as UTF-8.

    terminal.py [--charset=C] [--patience=S] [--raw] [see:TEXT | type:KEYS | hangup:]... -- COMMAND...

The steps are done one after another: see: waits until the text has come out since keys were sent
last, type: sends keys at once, hangup: closes the terminal.  Escape sequences are left out, both of what is searched and of
what is printed, except with --raw; where the cursor was put elsewhere there is a line's end.
Ends with the command's status (128 + n for signal n), or with 124 when a text did not come within
S seconds (20), or the command did not end within that time after the last step.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

MOVES = re.compile(r"\x1b\[[0-9;]*[HfdGABEFa`]|\x1bM|\r\n?|\x1b\[[0-9;]*[JKLMP]")
RIGHT = re.compile(r"\x1b\[[0-9]*C")
REST = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[()*+][0-9A-Za-z]|\x1b[ -/]*[0-~]|[\x00-\x08\x0b-\x1f]")


def plain(text):
    return REST.sub("", RIGHT.sub(" ", MOVES.sub("\n", text)))


def hang_up(pid, fd, patience):
    os.close(fd)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    sys.stderr.write("terminal.py: it did not end with its terminal\n")
    return 124


def main():
    arguments = sys.argv[1:]
    end = arguments.index("--")
    options, command = arguments[:end], arguments[end + 1:]
    charset, raw, steps, patience = "utf-8", False, [], 20
    for option in options:
        name, _, value = option.partition(":")
        if option == "--raw":
            raw = True
        elif option.startswith("--charset="):
            charset = option.partition("=")[2]
        elif option.startswith("--patience="):
            patience = int(option.partition("=")[2])
        elif name in ("see", "type", "hangup"):
            steps.append((name, value))
        else:
            sys.exit(f"terminal.py: what is '{option}'?")
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execvp(command[0], command)
    out, seen_to, late = b"", 0, None
    deadline = time.monotonic() + patience
    while True:
        while steps:
            kind, value = steps[0]
            if kind == "hangup":
                return hang_up(pid, fd, patience)
            if kind == "type":
                os.write(fd, value.encode(charset))
                seen_to = len(out)
            elif value not in plain(out[seen_to:].decode(charset, "replace")):
                break
            deadline = time.monotonic() + patience
            steps.pop(0)
        left = deadline - time.monotonic()
        if left <= 0:
            late = f"'{steps[0][1]}' did not come" if steps else "it did not end"
            os.kill(pid, signal.SIGKILL)
            break
        if not select.select([fd], [], [], left)[0]:
            continue
        try:
            data = os.read(fd, 65536)
        except OSError:
            data = b""
        if not data:
            if steps:
                late = f"it ended before '{steps[0][1]}'"
            break
        out += data
    os.close(fd)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    text = out.decode(charset, "replace")
    sys.stdout.buffer.write((text if raw else plain(text)).encode())
    if late:
        sys.stderr.write(f"terminal.py: {late}\n")
        return 124
    return status


result = main()
sys.exit(result if result >= 0 else 128 - result)
