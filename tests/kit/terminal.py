# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command in a pseudo-terminal of 80x24 and prints what came out, as UTF-8.

    terminal.py [--charset=C] [--patience=S] [--raw] [STEP]... -- COMMAND...

The steps are done one after another: see:TEXT waits until the text has come out since the last step
that did something, type:KEYS sends keys at once, run:COMMAND has the shell do something beside,
size:COLUMNSxLINES changes the terminal's, signal:NUMBER sends a signal, quiet:S waits until strace has seen the
command and its children make no system call for S seconds, hangup: closes the terminal.  Escape sequences are left out, both of what is searched and of
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
import subprocess
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


def family(pid):
    """A process and all that descend from it."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        children = file.read().split()
    return [pid] + [one for child in children for one in family(int(child))]


def wait_for_quiet(pid, fd, seconds, patience):
    """What came out meanwhile, and whether nothing was called for so many seconds, or what was."""
    out, called, deadline = b"", b"", time.monotonic() + patience
    attach = [word for one in family(pid) for word in ("-p", str(one))]
    with subprocess.Popen(["strace", "-f", "-q", *attach], stderr=subprocess.PIPE) as strace:
        trace, quiet_at = strace.stderr.fileno(), time.monotonic() + seconds
        while time.monotonic() < min(quiet_at, deadline):
            ready = select.select([fd, trace], [], [], min(quiet_at, deadline) - time.monotonic())[0]
            if fd in ready:
                out += os.read(fd, 65536)
            if trace in ready:
                data = os.read(trace, 65536)
                if not data:
                    return out, called + b"\nstrace ended"
                called, quiet_at = (called + data)[-2000:], time.monotonic() + seconds
        strace.terminate()
        strace.stderr.read()
    return out, None if time.monotonic() >= quiet_at else called


def act(pid, fd, kind, value, charset):
    """Does a step that waits for nothing."""
    if kind == "type":
        os.write(fd, value.encode(charset))
    elif kind == "run":
        subprocess.run(value, shell=True, check=True, stdout=subprocess.DEVNULL)
    elif kind == "signal":
        os.kill(pid, int(value))
    else:
        columns, lines = value.split("x")
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", int(lines), int(columns), 0, 0))


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
        elif name in ("see", "type", "run", "size", "signal", "quiet", "hangup"):
            steps.append((name, value))
        else:
            sys.exit(f"terminal.py: what is '{option}'?")
    pid, fd = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # who was started in the background ignores it
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execvp(command[0], command)
    out, seen_to, late = b"", 0, None
    deadline = time.monotonic() + patience
    while True:
        while steps:
            kind, value = steps[0]
            if kind == "hangup":
                return hang_up(pid, fd, patience)
            if kind == "quiet":
                more, called = wait_for_quiet(pid, fd, float(value), patience)
                out += more
                if called is not None:
                    os.kill(pid, signal.SIGKILL)
                    sys.stderr.write(f"terminal.py: it was never quiet:\n{called.decode(errors='replace')}\n")
                    return 124
            elif kind != "see":
                act(pid, fd, kind, value, charset)
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
