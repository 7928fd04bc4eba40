# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a terminal of 80x24, each cell of 10x20 pixels, to a command, and prints what that has
to do with pixels.

    pixel-terminal.py KIND STEP... -- COMMAND...

KIND says how it answers what is asked of it: kitty; sixel, as xterm -ti vt340 does; cells, which
knows neither; dribble, as kitty, a byte at a time; late, as kitty, after the next keys; broken, half
an answer and no more; silent, not at all.  The steps are done one after another: see:TEXT waits until the text has come since
the last type: or size: step, pixels: until a picture was shown since then, asked: until the last question
came, type:KEYS sends keys, size:WxH makes the terminal larger or smaller, gap: waits for longer than
half an answer is held.  Lines that are
printed:

    asked                       the last of the questions came
    typed KEYS, size WxH        a step
    text N                      bytes that came since the step before, but for pictures
    sixel WxH at X,Y bytes N    a picture was drawn, in a cell counted from 0
    send ID WxH bytes N         Kitty's pictures: sent, shown from row TOP for H rows, taken away
    place ID/P TOP+H at X,Y
    remove ID/P
    forget                      and not kept any more
    clear                       anything else

Ends with the command's status, or with 124 when something did not come in 30 seconds.
"""
import base64
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
import zlib

PATIENCE = 30
TIOCGPTN = 0x80045430  # Linux: the number of a terminal
ABOUT = {"kitty": b"\x1b[?62;c", "dribble": b"\x1b[?62;c", "late": b"\x1b[?62;c", "sixel": b"\x1b[?63;1;2;4;6;9;15;22c",
         "cells": b"\x1b[?1;2c"}
STRING = re.compile(rb"\x1b([P_\]])([^\x1b\x07]*)(\x1b\\|\x07)", re.S)
OTHER = re.compile(rb"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[()*+#][ -~]|\x1b[^P_\]\[()*+#]")
MOVES = re.compile(r"\x1b\[[0-9;]*[HfdGABEFCa`]|\r\n?")
REST = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()*+][0-9A-Za-z]|\x1b[ -/]*[0-~]")


class Terminal:
    def __init__(self, kind, fd):
        self.kind, self.fd = kind, fd
        self.rest = b""  # what is not understood yet
        self.at = (0, 0)  # where the cursor was put last
        self.text = b""  # what came since the last step
        self.shown = 0
        self.asked = False
        self.held = b""  # answers that come late
        self.sent = {}  # what was sent to Kitty: its keys and base64, until the last piece
        self.sending = None

    def wait_until_read(self):
        """Half an answer is held from when it was read on, which takes a while on a busy machine."""
        number = struct.unpack("I", fcntl.ioctl(self.fd, TIOCGPTN, b"\0" * 4))[0]
        other = os.open(f"/dev/pts/{number}", os.O_RDWR | os.O_NOCTTY)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and struct.unpack("i", fcntl.ioctl(other, termios.FIONREAD, b"\0" * 4))[0]:
            time.sleep(0.01)
        os.close(other)

    def answer(self, data):
        if self.kind == "broken":
            data = data[:5]
        if self.kind == "late":
            self.held += data
        elif self.kind == "dribble":
            for byte in data:
                os.write(self.fd, bytes((byte,)))
                time.sleep(0.002)
        else:
            os.write(self.fd, data)

    def take(self, data):
        self.rest += data
        while self.rest:
            begin = self.rest.find(b"\x1b")
            if begin != 0:
                end = len(self.rest) if begin < 0 else begin
                self.text += self.rest[:end]
                self.rest = self.rest[end:]
                continue
            string, other = STRING.match(self.rest), OTHER.match(self.rest)
            if not string and not other:
                return
            whole = (string or other).group()
            self.rest = self.rest[len(whole):]
            if string:
                self.take_string(string.group(1), string.group(2), len(whole))
            else:
                self.text += whole
                self.take_sequence(*other.groups())

    def take_sequence(self, parameters, final):
        if final == b"H":
            numbers = [int(n or 1) for n in (parameters or b"1;1").split(b";")]
            self.at = (numbers[1] - 1 if len(numbers) > 1 else 0, numbers[0] - 1)
        elif final == b"J" and parameters == b"2":
            self.sent = {}  # kitty keeps no picture then that is shown nowhere
        elif final == b"t" and parameters == b"16" and self.kind not in ("silent", "broken"):
            self.answer(b"\x1b[6;20;10t")
        elif final == b"S" and parameters == b"?1;1;0" and self.kind == "sixel":
            self.answer(b"\x1b[?1;0;16S")
        elif final == b"c" and not parameters:
            print("asked")
            self.asked = True
            if self.kind in ABOUT:
                self.answer(ABOUT[self.kind])

    def take_string(self, kind, data, size):
        if kind == b"P" and b"q" in data[:12]:
            raster = re.match(rb'[0-9;]*q"1;1;([0-9]+);([0-9]+)', data)
            print(f"sixel {int(raster[1])}x{int(raster[2])} at {self.at[0]},{self.at[1]} bytes {size}")
            self.shown += 1
        elif kind == b"_" and data[:1] == b"G":
            self.take_kitty(data[1:])
        else:
            self.text += data

    def take_kitty(self, data):
        head, _, payload = data.partition(b";")
        keys = dict(pair.split("=") for pair in head.decode().split(","))
        action = keys.get("a")
        if action == "q":
            if self.kind in ("kitty", "dribble", "late", "broken"):
                self.answer(b"\x1b_Gi=31;OK\x1b\\")
        elif action == "t" or self.sending:
            self.sending = self.sending or (keys, [])
            self.sending[1].append(payload)
            if keys.get("m") != "1":
                first, pieces = self.sending
                self.sending = None
                text = b"".join(pieces)
                pixels = zlib.decompress(base64.b64decode(text))
                assert len(pixels) == int(first["s"]) * int(first["v"]) * 4
                self.sent[first["i"]] = pixels
                print(f"send {first['i']} {first['s']}x{first['v']} bytes {len(text)}")
        elif action == "p":
            assert keys["i"] in self.sent, "what was not sent is placed"
            print(f"place {keys['i']}/{keys['p']} {keys['y']}+{keys['h']} at {self.at[0]},{self.at[1]}")
            self.shown += 1
        elif keys["d"] == "i":
            print(f"remove {keys['i']}/{keys['p']}")
        elif keys["d"] == "I":
            self.sent.pop(keys["i"], None)
            print("forget")
        else:
            print("clear")

    def plain(self):
        return REST.sub("", MOVES.sub("\n", self.text.decode("utf-8", "replace")))


def step_is_done(terminal, kind, value):
    """Whether there is nothing to wait for any more."""
    if kind == "see":
        return value in terminal.plain()
    if kind == "pixels":
        return terminal.shown > 0
    if kind == "asked":
        return terminal.asked
    print(f"text {len(terminal.text)}")
    if kind == "gap":
        terminal.wait_until_read()
        time.sleep(1.2)
    elif kind == "size":
        width, _, height = value.partition("x")
        terminal.text, terminal.shown = b"", 0
        print(f"size {value}")
        fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", int(height), int(width), 0, 0))
    elif kind == "type":
        terminal.text, terminal.shown = b"", 0
        print(f"typed {value!r}")
        os.write(terminal.fd, value.encode())
        if terminal.held:
            time.sleep(0.5)  # as long as a line may be
            os.write(terminal.fd, terminal.held)
            terminal.held = b""
    else:
        sys.exit(f"pixel-terminal.py: what is '{kind}'?")
    return True


def main():
    arguments = sys.argv[1:]
    end = arguments.index("--")
    steps = [option.partition(":")[::2] for option in arguments[1:end]]
    command = arguments[end + 1:]
    pid, fd = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # who was started in the background ignores it
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execvp(command[0], command)
    terminal = Terminal(arguments[0], fd)
    deadline = time.monotonic() + PATIENCE
    while True:
        while steps and step_is_done(terminal, *steps[0]):
            deadline = time.monotonic() + PATIENCE
            steps.pop(0)
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            os.kill(pid, signal.SIGKILL)
            print(f"{steps[0] if steps else 'the end'} did not come after:")
            print(terminal.plain())
            return 124
        try:
            data = os.read(fd, 65536)
        except OSError:
            data = b""
        if not data:
            break
        terminal.take(data)
    print(f"text {len(terminal.text)}")
    if steps:
        print(f"it ended before {steps[0]}")
        print(terminal.plain())
        return 124
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


sys.exit(main())
