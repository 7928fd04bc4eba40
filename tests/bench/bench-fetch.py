#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a fetch of many sources takes, beside `curl --parallel` and the peers that are installed.

    bench-fetch.py BUILDDIR SOURCES RUNS

Every source has an address of its own and answers after a delay; fifty different feeds of about
50 entries of 5 KB stand behind them.  The programs run by turns; medians.  crier is "stored" when the
last source is in the store, and ends when the search index is complete too.  Memory is the peak of
all processes of a program together, each page of it counted once (Pss).
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from rows import row

HERE = os.path.dirname(os.path.abspath(__file__))
FEEDS = 50


def family(pid):
    """A process and all that descend from it."""
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []
    found = [pid]
    for task in tasks:
        try:
            with open(f"/proc/{pid}/task/{task}/children") as file:
                children = file.read().split()
        except OSError:
            children = []
        for child in children:
            found += family(int(child))
    return found


def memory(pid):
    """MiB of a process and its descendants; of those that are there to be read."""
    total = 0
    for one in family(pid):
        try:
            with open(f"/proc/{one}/smaps_rollup") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total / 1024


class Peak(threading.Thread):
    """Looks at the memory of a family ten times a second."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0.0, threading.Event()
        self.start()

    def run(self):
        while True:
            self.most = max(self.most, memory(self.pid))
            if self.over.wait(0.1):
                return

    def end(self):
        self.over.set()
        self.join()
        return self.most


def timed(command, environment=None, sources=0):
    """Wall seconds, CPU seconds, peak MiB, and seconds until all sources were stored."""
    start, seen, stored = time.perf_counter(), 0, 0.0
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peak = Peak(process.pid)
    for line in process.stdout:
        if sources and '"event":"source"' in line:
            seen += 1
            if json.loads(line).get("error"):
                sys.exit("bench-fetch: " + line)
            stored = time.perf_counter() - start
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or seen != sources:
        sys.exit(f"bench-fetch: {command[0]}: status {process.returncode}, {seen} of {sources} sources")
    return wall, used.ru_utime + used.ru_stime, peak.end(), stored


def show(of, program, runs):
    """stored: of a peer the end is when all is stored (or, of curl, here)."""
    wall, cpu, peak, stored = zip(*runs)
    row(f"{of}: stored", program, "s", [until or end for until, end in zip(stored, wall)])
    row(f"{of}: searchable", program, "s", wall)
    row(f"{of}: processor", program, "CPU s", cpu)
    row(f"{of}: peak", program, "MiB", peak)


class Bench:
    def __init__(self, build, folder, port, sources, delay):
        self.folder, self.sources, self.build = folder, sources, build
        self.home = os.path.join(folder, f"home{delay}")
        config = os.path.join(self.home, "config", "crier")
        os.makedirs(config)
        urls = [f"http://127.0.{1 + n // 250}.{1 + n % 250}:{port}/d/{delay}/{n}.xml" for n in range(sources)]
        with open(os.path.join(config, "urls"), "w") as file:
            file.write("\n".join(urls) + "\n")
        self.curl_config = os.path.join(folder, f"curl{delay}")
        with open(self.curl_config, "w") as file:
            file.writelines(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls)
        self.newsraft_config = os.path.join(folder, "newsraft.conf")
        with open(self.newsraft_config, "w") as file:
            file.write("download-max-connections 100\n")
        self.environment = dict(os.environ, HOME=self.home, XDG_CONFIG_HOME=os.path.join(self.home, "config"),
                                XDG_DATA_HOME=os.path.join(self.home, "data"))

    def curl(self, *options):
        return timed(["curl", "--parallel", "--parallel-immediate", "--parallel-max", "300", "-s", "--compressed", *options, "-K", self.curl_config])

    def crier(self, cold):
        if cold:
            shutil.rmtree(os.path.join(self.home, "data"), ignore_errors=True)
        return timed([os.path.join(self.build, "crier-worker"), "fetch", "--all", "--progress=json"], self.environment, self.sources)

    def newsraft(self):
        cache = os.path.join(self.folder, "newsraft.db")
        for name in (cache, cache + "-wal", cache + "-shm"):
            if os.path.exists(name):
                os.remove(name)
        return timed(["newsraft", "-f", os.path.join(self.home, "config", "crier", "urls"), "-c", self.newsraft_config, "-d", cache,
                      "-e", "reload-all"], self.environment)

    def newsboat(self):
        cache = os.path.join(self.folder, "newsboat.db")
        if os.path.exists(cache):
            os.remove(cache)
        return timed(["newsboat", "-q", "-x", "reload", "-c", cache, "-u", os.path.join(self.home, "config", "crier", "urls"),
                      "-C", "/dev/null"], self.environment)


def main():
    build, sources, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if not shutil.which("curl"):
        sys.exit("   (curl is not installed: nothing to measure beside)")
    folder = tempfile.mkdtemp(prefix="crier-fetch.")
    server = None
    try:
        paths, size = [], 0
        for n in range(FEEDS):
            paths.append(os.path.join(folder, f"{n}.xml"))
            with open(paths[-1], "wb") as file:
                subprocess.run([sys.executable, os.path.join(HERE, "make-feed.py"), ("rss", "atom")[n % 2], "0.25", "14", str(n)],
                               stdout=file, check=True)
            size += os.path.getsize(paths[-1])
        server = subprocess.Popen([sys.executable, os.path.join(HERE, "serve-feeds.py"), *paths], stdout=subprocess.PIPE, text=True)
        port = int(server.stdout.readline())
        print(f"   {sources} sources, {size * sources / FEEDS / 1e6:.0f} MB of feeds")
        for delay, cold in ((50, True), (300, True), (50, False)):
            bench = Bench(build, os.path.join(folder, f"{delay}{cold}"), port, sources, delay)
            print(f"-- {'cold' if cold else 'warm: all unchanged'}, {delay} ms")
            if not cold:
                bench.crier(True)
            curl, crier = [], []
            for _ in range(runs if cold else runs * 3):
                curl.append(bench.curl(*([] if cold else ["-H", 'If-None-Match: "v1"'])))
                crier.append(bench.crier(cold))
            of = f"{'cold' if cold else 'warm'}, {delay} ms"
            show(of, "curl", curl)
            for peer in ("newsboat", "newsraft") if cold and delay == 50 else ():
                if shutil.which(peer):
                    show(of, peer, [getattr(bench, peer)()])
                else:
                    print(f"   ({peer} is not installed)")
            show(of, "crier fetch", crier)
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
