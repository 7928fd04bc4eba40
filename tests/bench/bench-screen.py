#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a full-screen program makes its user wait for, measured in a pty of 120x40.

    bench-screen.py RUNS STEP… -- COMMAND…

Steps, each printing the median over the runs:

    first=TEXT       from exec until TEXT is on the screen; bytes so far
    type=KEYS        keys, then quiet; \\r is Enter
    until=KEYS=TEXT  from the keys to TEXT
    keys=KEYS        from the keys to the end of the reaction
    paced=KEY=N      one key N times, each after the reaction to the last: milliseconds, bytes
    mix=KEYS=N       these keys in turn, N in all, paced; \\r is Enter: milliseconds, the slowest, bytes
    burst=KEY=N      N keys at once, to the end of the reaction
    memory           resident MiB now
"""
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import sys
import termios
import time

CONTROL = re.compile(rb"\x1b\[[0-9;?>= ]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78DEHM]|[\x0e\x0f]")
QUIET = 0.08


class Program:
    def __init__(self, command):
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.out = b""
        self.last = self.started

    def read(self, timeout):
        """Whether anything came within the time."""
        if not select.select([self.fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            sys.exit("bench-screen: the program ended:\n" + CONTROL.sub(b"", self.out)[-500:].decode(errors="replace"))
        self.out += data
        self.last = time.perf_counter()
        return True

    def wait(self, text, start=0, limit=120):
        """The moment at which text came, in what was painted since start."""
        wanted, end = text.encode(), time.perf_counter() + limit
        while wanted not in CONTROL.sub(b"", self.out[start:]):
            if not self.read(1) and time.perf_counter() > end:
                sys.exit(f"bench-screen: no '{text}' in\n" + CONTROL.sub(b"", self.out[-3000:]).decode(errors="replace"))
        return self.last

    def settle(self, quiet=QUIET):
        while self.read(quiet):
            pass
        return self.last

    def write(self, keys):
        os.write(self.fd, keys.replace("\\r", "\r").encode())
        return time.perf_counter()

    def memory(self):
        with open(f"/proc/{self.pid}/status") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1]) / 1024

    def end(self):
        os.close(self.fd)
        try:
            os.kill(self.pid, 15)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)


def do(program, step):
    """[(name, value, unit)] of a step."""
    name, _, rest = step.partition("=")
    if name == "first":
        taken = program.wait(rest) - program.started
        program.settle()
        return [("first paint", taken * 1000, "ms"), ("  bytes", len(program.out), "")]
    if name == "type":
        program.write(rest)
        program.settle()
        return []
    if name == "until":
        keys, _, text = rest.partition("=")
        start = len(program.out)
        begun = program.write(keys)
        taken = program.wait(text, start) - begun
        program.settle()
        return [(f"{keys} to {text}", taken * 1000, "ms")]
    if name == "keys":
        begun = program.write(rest)
        program.read(60)
        return [(f"{rest}", (program.settle() - begun) * 1000, "ms")]
    key, _, count = rest.partition("=")
    if name in ("paced", "mix"):
        times, before = [], len(program.out)
        keys = key.replace("\\r", "\r") if name == "mix" else [key]
        for number in range(int(count)):
            begun = program.write(keys[number % len(keys)])
            program.read(1)
            times.append((program.settle(0.02) - begun) * 1000)
        times.sort()
        size = (len(program.out) - before) / int(count)
        return [(f"{key}, paced", statistics.median(times), "ms"), ("  95 %", times[int(len(times) * 0.95)], "ms"),
                ("  the slowest", times[-1], "ms"), ("  bytes a key", size, "")]
    if name == "burst":
        begun = program.write(key * int(count))
        return [(f"{count} x {key} at once", (program.settle(0.25) - begun) * 1000, "ms")]
    return [("memory", program.memory(), "MiB")]


def main():
    split = sys.argv.index("--")
    runs, steps, command = int(sys.argv[1]), sys.argv[2:split], sys.argv[split + 1:]
    results = {}
    for _ in range(runs):
        program = Program(command)
        for number, step in enumerate(steps):
            for part, (name, value, unit) in enumerate(do(program, step)):
                results.setdefault((number, part, name, unit), []).append(value)
        program.end()
    for (_, _, name, unit), values in results.items():
        print(f"   {name:28} {statistics.median(values):10.1f} {unit}")


main()
