#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: figures of this machine, now.  Each stands beside a limit or a peer of the
# same run; peers that are not installed are left out and named.
set -eu
builddir=${builddir:-$(pwd)}
srcdir=${srcdir:-.}
T=$(mktemp -d "${TMPDIR:-/tmp}/crier-bench.XXXXXX")
trap 'rm -rf "$T"' EXIT
command -v python3 >/dev/null || { echo "bench: python3 is not installed" >&2; exit 1; }

# rate FILE COMMAND…: the best of five, in MB per CPU second, and the peak of its memory
rate() {
    python3 - "$@" <<'EOF'
import os, resource, subprocess, sys
path, command = sys.argv[1], sys.argv[2:]
best, peak = None, 0
for _ in range(5):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(path, "rb") as f:
        process = subprocess.Popen(command, stdin=f, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]}: status {status}")
    cpu = used.ru_utime + used.ru_stime
    best = cpu if best is None else min(best, cpu)
    peak = max(peak, used.ru_maxrss // 1024)
print(f"{os.path.getsize(path) / 1e6 / best:8.1f} MB/s  peak {peak:4} MiB  {os.path.basename(command[0])} {' '.join(command[1:])}".replace(path, "FILE"))
EOF
}

for kind in rss atom; do
    python3 "$srcdir/tests/bench/make-feed.py" "$kind" 50 >"$T/$kind.xml"
    echo "== $kind, 50 MB: bytes to entries"
    "$builddir/tests/bench/bench-feed" "$T/$kind.xml" 5
    if command -v xmllint >/dev/null; then
        rate "$T/$kind.xml" xmllint --stream --noout "$T/$kind.xml"
    else
        echo "   (xmllint is not installed)"
    fi
    if command -v sfeed >/dev/null; then
        rate "$T/$kind.xml" sfeed
    elif command -v sfeed_parse >/dev/null; then
        rate "$T/$kind.xml" sfeed_parse
    else
        echo "   (sfeed is not installed)"
    fi
    rate "$T/$kind.xml" "$builddir/crier-parser" parse "$T/$kind.xml"
done

echo "== pages: bytes to an article, CPU with process start"
corpora=${CRIER_CORPORA:-$srcdir/../shared}
sets=$corpora/corpora/extraction-visible.tar.xz
if [ -f "$sets" ]; then
    mkdir "$T/pages"
    tar -C "$T/pages" -xJf "$sets"
    pages=$T/pages
elif [ -d "$corpora/corpora/portals" ]; then
    pages=$corpora/corpora/portals
else
    pages=$srcdir/tests/fuzz/corpus/fuzz-page
    echo "   (no corpora beside the repository: a few small pages of its own)"
fi
set -- "$builddir/crier-parser extract --url=http://page.example/a/b.html -"
if command -v w3m >/dev/null; then set -- "$@" "w3m -dump -T text/html"; else echo "   (w3m is not installed)"; fi
if command -v xmllint >/dev/null; then set -- "$@" "xmllint --html --noout --recover -"; fi
python3 "$srcdir/tests/bench/bench-pages.py" "$pages" "$@"

for articles in 10000 100000; do
    echo "== the reader, $articles articles of three languages in $((articles / 100)) sources"
    "$builddir/tests/bench/make-store" "$T/home$articles" "$articles" $((articles / 100)) 700
    export XDG_CONFIG_HOME="$T/home$articles/config" XDG_DATA_HOME="$T/home$articles/data" CRIER_NOW=1761350400
    python3 "$srcdir/tests/bench/bench-screen.py" 5 "first=All articles" memory "keys=\r" "paced=j=100" "burst=j=200" "keys=G" \
        "keys=g" "keys=\\wine" "keys=\r" memory -- "$builddir/crier"
done
