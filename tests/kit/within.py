#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and fails when it needs more than it may.

    within.py CPU-SECONDS MIB COMMAND…      what the command prints goes on; its exit status too
"""
import os
import sys

seconds, mebibytes, command = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
pid = os.posix_spawnp(command[0], command, os.environ)
_, status, used = os.wait4(pid, 0)
cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
if cpu > seconds or peak > mebibytes:
    print(f"within: {cpu:.1f} s and {peak} MiB, of {seconds:.0f} s and {mebibytes} MiB", file=sys.stderr)
    sys.exit(99)
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
