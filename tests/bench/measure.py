#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process has used, for the scripts of the bench.

The ru_maxrss of a child begins with that of the program that started it, since the memory before exec() counts: the
peak is looked at while the process runs.
"""
import os
import time


def peak_until_end(pid):
    """The most memory of a process, in MiB, until it ends; its status is left to be waited for."""
    peak = 0
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        try:
            with open(f"/proc/{pid}/status", encoding="ascii") as file:
                peak = max([peak] + [int(line.split()[1]) for line in file if line.startswith("VmHWM:")])
        except OSError:
            pass
        time.sleep(0.002)
    return peak / 1024
