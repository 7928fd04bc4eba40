#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a full-screen program makes its user wait for, measured in a pty of 120x40.

    bench-screen.py OF RUNS STEP… -- COMMAND…

OF says of what the rows are.  Steps, each a row of the bench (rows.py) or more:

    first=TEXT       from exec until TEXT is on the screen; bytes so far
    wait=TEXT        the same, no row
    type=KEYS        keys, then quiet; \\r is Enter
    until=KEYS=TEXT  from the keys to TEXT
    keys=KEYS[=MS]   from the keys to the end of the reaction, and what of it was its own work; MS: what it should take
    paced=KEY=N      one key N times, each after the reaction to the last: milliseconds, bytes
    mix=KEYS=N[=MS]  these keys in turn, N in all, paced; \\r is Enter: the same; MS: what 99 % should take
                     and what the program itself works for them
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
import tempfile
import termios
import time

from rows import row

CONTROL = re.compile(rb"\x1b\[[0-9;?>= ]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78DEHM]|[\x0e\x0f]")
QUIET = 0.08


class Program:
    def __init__(self, command):
        # how the reader was left is for no later run
        self.state = tempfile.TemporaryDirectory()
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", XDG_STATE_HOME=self.state.name)
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

    def works(self):
        """Whether it computes: what it has painted is not all, then."""
        with open(f"/proc/{self.pid}/stat") as f:
            return f.read().rpartition(")")[2].split()[0] in "RD"

    def spent(self):
        """Milliseconds on a processor, and waiting for one: what it worked, however busy the machine is."""
        with open(f"/proc/{self.pid}/schedstat") as f:
            return [int(field) / 1e6 for field in f.read().split()[:2]]

    def settle(self, quiet=QUIET):
        while self.read(quiet) or self.works():
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
        self.state.cleanup()


def share(values, part):
    return sorted(values)[int(len(values) * part)]


def do(program, step):
    """[(name, value, unit, limit)] of a step."""
    name, _, rest = step.partition("=")
    if name == "first":
        taken = program.wait(rest) - program.started
        program.settle()
        return [("first paint", taken * 1000, "ms", None), ("first paint, written", len(program.out), "bytes", None)]
    if name == "wait":
        program.wait(rest)
        program.settle()
        return []
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
        return [(f"{keys} to {text}", taken * 1000, "ms", None)]
    if name == "keys":
        rest, _, most = rest.partition("=")
        limit, worked = float(most) if most else None, program.spent()[0]
        begun = program.write(rest)
        program.read(60)
        taken = (program.settle() - begun) * 1000
        return [(rest, taken, "ms", limit), (f"{rest}, its own work", program.spent()[0] - worked, "CPU ms", limit)]
    key, count, limit = (rest.split("=") + ["", ""])[:3]
    if name in ("paced", "mix"):
        times, works, waits, before = [], [], [], len(program.out)
        keys = key.replace("\\r", "\r") if name == "mix" else [key]
        for number in range(int(count)):
            worked, waited = program.spent()
            begun = program.write(keys[number % len(keys)])
            program.read(1)
            painted = program.settle(0.02)
            if painted > begun:  # else the key has changed nothing
                times.append((painted - begun) * 1000)
            after = program.spent()
            works.append(after[0] - worked)
            waits.append(after[1] - waited)
        if len(times) < int(count) / 2:
            sys.exit(f"bench-screen: {key} was answered {len(times)} times of {count}")
        size = (len(program.out) - before) / int(count)
        slow = float(limit) if limit else None
        return [(f"{key}, paced", statistics.median(times), "ms", None), (f"{key}, 95 %", share(times, 0.95), "ms", None),
                (f"{key}, 99 %", share(times, 0.99), "ms", slow), (f"{key}, the slowest", max(times), "ms", None),
                (f"{key}, 99 % of its own work", share(works, 0.99), "CPU ms", slow),
                (f"{key}, 99 % waiting for a processor", share(waits, 0.99), "ms", None),
                (f"{key}, written a key", size, "bytes", None)]
    if name == "burst":
        begun = program.write(key * int(count))
        return [(f"{count} x {key} at once", (program.settle(0.25) - begun) * 1000, "ms", None)]
    return [("memory", program.memory(), "MiB", None)]


def main():
    split = sys.argv.index("--")
    of, runs, steps, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:split], sys.argv[split + 1:]
    results = {}
    for _ in range(runs):
        program = Program(command)
        for number, step in enumerate(steps):
            for part, (name, value, unit, limit) in enumerate(do(program, step)):
                results.setdefault((number, part, name, unit, limit), []).append(value)
        program.end()
    seen = {}
    for (_, _, name, unit, limit), values in results.items():
        seen[name] = seen.get(name, 0) + 1  # the same step again is a row of its own
        again = f", {seen[name]}" if seen[name] > 1 else ""
        row(f"{of}: {name}{again}", os.path.basename(command[0]), unit, values, limit)


main()
