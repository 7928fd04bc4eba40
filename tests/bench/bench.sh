#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench [BENCH="feeds pages html fetch reader search live store growth bombs"] [ARTICLES="10000 100000 1000000"]
# [FETCHED=1000] [HOMES=FOLDER] [GROWTH="ARTICLES/SOURCES…"] [RESULT=FILE]: figures of this machine, now, printed and put into
# FILE (bench.tsv).  Each stands beside a limit or a peer of the same run; peers that are not installed are left
# out and named.  All are printed by rows.py, and README.md beside this file says how to read them.
set -eu
builddir=${builddir:-$(pwd)}
srcdir=${srcdir:-.}
here=$srcdir/tests/bench
T=$(mktemp -d "${TMPDIR:-/tmp}/crier-bench.XXXXXX")
trap 'rm -rf "$T"' EXIT
command -v python3 >/dev/null || { echo "bench: python3 is not installed" >&2; exit 1; }
export CRIER_NOW=1761350400 TZ=UTC srcdir BENCH_RESULT="${RESULT:-$builddir/bench.tsv}" PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1

there() {
    command -v "$1" >/dev/null || { echo "   ($1 is not installed)"; return 1; }
}

# row NAME PROGRAM UNIT VALUE… [limit=N] [note=TEXT]: prints a figure and records it, with the ratios to the
# peers that were measured before under the same name
row() {
    python3 "$here/rows.py" row "$@"
}

# rows: the same of standard input, NAME, PROGRAM, UNIT and values between tabs
rows() {
    python3 "$here/rows.py" read
}

# rate NAME PROGRAM FILE COMMAND…: five runs, MB per CPU second, and the peak of its memory
rate() {
    python3 - "$@" <<'EOF'
import os, subprocess, sys
from measure import peak_until_end
from rows import row
name, program, path, command = *sys.argv[1:4], sys.argv[4:]
rates, peaks = [], []
for _ in range(5):
    with open(path, "rb") as f:
        process = subprocess.Popen(command, stdin=f, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peaks.append(peak_until_end(process.pid))
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]}: status {status}")
    rates.append(os.path.getsize(path) / 1e6 / (used.ru_utime + used.ru_stime))
row(name, program, "MB/s", rates)
row(name + ", peak", program, "MiB", peaks)
EOF
}

feeds() {
    for kind in rss atom; do
        python3 "$here/make-feed.py" "$kind" 50 >"$T/$kind.xml"
        echo "== feeds: $kind, 50 MB, bytes to entries, per CPU second"
        there xmllint && rate "$kind" "xmllint --stream" "$T/$kind.xml" xmllint --stream --noout "$T/$kind.xml"
        there sfeed && rate "$kind" sfeed "$T/$kind.xml" sfeed
        rate "$kind" "crier parse" "$T/$kind.xml" "$builddir/crier-parser" parse "$T/$kind.xml"
        "$builddir/tests/bench/bench-feed" "$T/$kind.xml" 5 "$kind" | rows
        rm "$T/$kind.xml"
    done
}

pages() {
    echo "== pages: bytes to an article, CPU with process start"
    corpora=${CRIER_CORPORA:-$srcdir/../shared}
    sets=$corpora/corpora/extraction-visible.tar.xz
    if [ -f "$sets" ]; then
        mkdir "$T/pages"
        tar -C "$T/pages" -xJf "$sets"
        saved=$T/pages
    elif [ -d "$corpora/corpora/portals" ]; then
        saved=$corpora/corpora/portals
    else
        saved=$srcdir/tests/fuzz/corpus/fuzz-page
        echo "   (no corpora beside the repository: a few small pages of its own)"
    fi
    set --
    there w3m && set -- "$@" "w3m -dump -T text/html"
    there xmllint && set -- "$@" "xmllint --html --noout --recover -"
    set -- "$@" "$builddir/crier-parser extract --url=http://page.example/a/b.html -"
    python3 "$here/bench-pages.py" "$saved" "$@"
}

html() {
    echo "== html: in one warm process, CPU a page"
    python3 "$here/make-page.py" 20000 >"$T/20k.html"
    python3 "$here/make-page.py" 10000000 >"$T/10m.html"
    "$builddir/tests/bench/bench-page" "$T/20k.html" "$T/10m.html" | rows
    echo "-- the 10 MB page, processes"
    there w3m && rate "10 MB to text" "w3m -dump" "$T/10m.html" w3m -dump -T text/html
    there xmllint && rate "10 MB to text" "xmllint --html" "$T/10m.html" xmllint --html --noout --recover -
    rate "10 MB to text" "crier extract" "$T/10m.html" "$builddir/crier-parser" extract --format=text -
}

fetch() {
    echo "== fetch: ${FETCHED:-1000} sources"
    python3 "$here/bench-fetch.py" "$builddir" "${FETCHED:-1000}" 3
}

# home ARTICLES: a store of a part's own, of those that lie in $HOMES or are made for it once; XDG_… lead to it
home() {
    export XDG_CONFIG_HOME="$T/home$1/config" XDG_DATA_HOME="$T/home$1/data"
    [ ! -d "$T/home$1" ] || return 0
    made=${HOMES:-$T/homes}
    if [ ! -f "$made/text$1" ]; then
        mkdir -p "$made"
        "$builddir/tests/bench/make-store" "$made/home$1" "$1" "$(($1 >= 100000 ? 1000 : 100))" 1000 >"$T/text"
        mv "$T/text" "$made/text$1"
    fi
    cp -R "$made/home$1" "$made/text$1" "$T"
}

reader() {
    for articles in ${ARTICLES:-10000 100000}; do
        home "$articles"
        echo "== reader: $articles articles of three languages"
        echo "-- one pane, then two of them: the article under the cursor is shown beside the list"
        for panes in 1 2; do
            python3 "$here/bench-screen.py" "$articles, panes $panes" 5 "first=All articles" memory "keys=\r" "paced=j=100" "burst=j=200" "keys=G" memory \
                "mix=$MIXED=300" -- "$builddir/crier" --set=fetch.auto=no --set=ui.layout=$panes
        done
        echo "-- an article of 1 MB, then one of 100 KB: the first rows, wherever the cursor was left"
        python3 "$here/bench-screen.py" "$articles, 1 MB" 5 "first=All articles" "keys=\r" "type=g" "keys=\r" "paced=j=50" "keys=G" memory -- "$builddir/crier" --set=fetch.auto=no
        python3 "$here/bench-screen.py" "$articles, 100 KB" 5 "first=All articles" "keys=\r" "type=g" "keys=j" "keys=\r" "paced=j=50" "keys=G" -- "$builddir/crier" --set=fetch.auto=no
        echo "-- search, Enter to painted"
        # one, two and three Chinese characters, a Russian prefix, an English word
        for words in 丁 墂丆 奁乼一 гопра wine; do
            hits=$("$builddir/crier" search --limit=0 --format=tsv "$words" | wc -l)
            echo "   ($words: $hits hits)"
            python3 "$here/bench-screen.py" "$articles, $words" 5 "wait=All articles" "type=\\$words" \
                "keys=\r" -- "$builddir/crier" --set=fetch.auto=no
        done
    done
}

# filters OF: what filters and sorts cost, from the last key to painted; their counts are shown with them; in one pane, as the
# first article, which another one would show, is one of 1 MB
filters() {
    for query in is:unread is:read lang:ru lang:de 'is:unread lang:zh' source:500 'is:unread has:attachment'; do
        last=${query#"${query%?}"}
        python3 "$here/bench-screen.py" "$1, filter $query" 5 "wait=All articles" "keys=\r" "type=f${query%?}" \
            "keys=$last=20" -- "$builddir/crier" --set=fetch.auto=no --set=ui.layout=1
    done
    python3 "$here/bench-screen.py" "$1, saved is:unread" 5 "wait=All articles" "type=jj" "keys=\r=20" -- "$builddir/crier" --set=fetch.auto=no --set=ui.layout=1
    for sort in s u t; do
        python3 "$here/bench-screen.py" "$1, sort $sort" 5 "wait=All articles" "keys=\r" "type=S" "keys=$sort=50" -- "$builddir/crier" --set=fetch.auto=no --set=ui.layout=1
    done
    # the 20th article by date is one somewhere in the middle by title, where the list is read anew after a mark
    python3 "$here/bench-screen.py" "$1, sort t at 20" 5 "wait=All articles" "keys=\r" "type=20gS" "keys=t=50" "keys=m=50" -- "$builddir/crier" --set=fetch.auto=no --set=ui.layout=1
}

search() {
    for articles in ${ARTICLES:-10000 100000}; do
        home "$articles"
        echo "== search: $articles articles, words from Enter to painted"
        # one character, two, four that stand in a third of all articles, three that stand in few; beginnings of
        # words, of many and of few; a word of many; one of none
        for words in 丁 墂丆 伡交偅仠 奁乼一 ba гопра wine baba zzz; do
            python3 "$here/bench-screen.py" "$articles, $words" 5 "wait=All articles" "type=\\$words" "keys=\r=50" -- "$builddir/crier" --set=fetch.auto=no
        done
        echo '"query:Unread:is:unread"' >>"$XDG_CONFIG_HOME/crier/urls"
        echo "-- filters and sorts, all unread"
        filters "$articles unread"
        "$builddir/crier" mark read "before:2025-10-20 -id:7 -id:77" >/dev/null
        echo "-- the same, the last days' and two old ones unread"
        filters "$articles mostly read"
        python3 "$here/bench-screen.py" "$articles mostly read, hidden" 5 "wait=All articles" "keys=\r" "keys=H=50" "keys=G" \
            "mix=kmm=30=50" -- "$builddir/crier" --set=fetch.auto=no
    done
}

# pages, ends, unread, marks and their undoing, sorting, opening and reading on; each changes something, or what a fetch
# brings next would be taken for its answer
MIXED='jjjk bGgnmuSdsuj\rq'

live() {
    home 100000
    echo "== live: keys beside a fetch of 1000 sources, 100000 articles in the store, two panes"
    for n in 0 1 2 3 4 5 6 7 8 9; do
        python3 "$here/make-feed.py" rss 0.25 >"$T/live$n.xml"
    done
    python3 "$here/serve-feeds.py" "$T"/live?.xml >"$T/port" &
    server=$!
    while [ ! -s "$T/port" ]; do sleep 0.1; done
    port=$(cat "$T/port")
    n=0
    while [ $n -lt 1000 ]; do
        echo "http://127.0.$((1 + n / 250)).$((1 + n % 250)):$port/d/50/$n.xml"
        n=$((n + 1))
    done >"$XDG_CONFIG_HOME/crier/urls"
    "$builddir/crier" sources >/dev/null
    nice -n 10 "$builddir/crier" fetch --all --progress=none & # as the reader does
    fetching=$!
    python3 "$here/bench-screen.py" "beside a fetch" 1 "first=All articles" "keys=\r" "mix=mjsjmmss=200=20" "mix=$MIXED=200=16" -- "$builddir/crier" --set=fetch.auto=no --set=ui.layout=2
    kill -0 "$fetching" 2>/dev/null || echo "   (the fetch ended before the keys did)"
    wait "$fetching" || :
    kill "$server"
}

store() {
    for articles in ${ARTICLES:-10000 100000}; do
        home "$articles"
        echo "== store: $articles articles"
        python3 - "$XDG_DATA_HOME/crier/articles.db" "$T/text$articles" "$builddir/crier" "$articles" <<'EOF'
import os, resource, subprocess, sys
from rows import row
path, crier, articles = sys.argv[1], sys.argv[3], int(sys.argv[4])
text = int(open(sys.argv[2]).read().split()[0])


def size(when):
    bytes_ = os.path.getsize(path)
    row(f"{articles}, {when}", "crier", "x the text", [bytes_ / text])
    row(f"{articles}, {when}, an article of {text / articles:.0f}", "crier", "bytes", [bytes_ / articles])


def run(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


size("with its index")
row(f"{articles}, to index an article", "crier", "CPU ms", [run(crier, "store", "rebuild") / articles * 1e3])
row(f"{articles}, to compact", "crier", "CPU s", [run(crier, "store", "compact")])
size("compacted")
EOF
        echo "-- keys while the index is made anew"
        "$builddir/crier" store rebuild >/dev/null &
        rebuilding=$!
        python3 "$here/bench-screen.py" "$articles, indexing" 1 "first=All articles" "keys=\r" "paced=j=200" "keys=s" "paced=j=200" -- "$builddir/crier" --set=fetch.auto=no
        wait "$rebuilding"
    done
}

growth() {
    echo "== growth: a store that grows, articles and sources"
    mkdir "$T/growth"
    # shellcheck disable=SC2086 # sizes are several words
    python3 "$here/bench-growth.py" "$builddir" "$T/growth" ${GROWTH:-10000/300 30000/1000 100000/3000 300000/10000}
}

bombs() {
    echo "== bombs: bodies of 20 MB that are built to cost, beside 10 CPU s and 300 MiB"
    python3 "$srcdir/tests/kit/bombs.py" list | while read -r name command; do
        python3 "$srcdir/tests/kit/bombs.py" "$name" 20 >"$T/bomb"
        case $command in parse) ;; *) command="$command --url=http://town.example/n/1.html" ;; esac
        # shellcheck disable=SC2086 # a command is several words
        python3 - "$name" "$builddir/crier-parser" $command "$T/bomb" <<'EOF'
import os, re, subprocess, sys, threading
from measure import peak_until_end
from rows import row
name, command = sys.argv[1], sys.argv[2:]
process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
said = []
reading = threading.Thread(target=lambda: said.append(process.stdout.read()))
reading.start()
peak = peak_until_end(process.pid)
_, status, used = os.wait4(process.pid, 0)
reading.join()
cpu = used.ru_utime + used.ru_stime
codes = sorted(set(re.findall(rb'"code":"([a-z-]+)"', said[0])))
row(name, "crier " + command[1], "CPU s", [cpu], limit=10,
    note=f"status {os.waitstatus_to_exitcode(status)}, {b', '.join(codes).decode() or 'nothing to say'}")
row(name + ", peak", "crier " + command[1], "MiB", [peak], limit=300)
EOF
    done
}

python3 "$here/rows.py" begin
for part in ${BENCH:-feeds pages html fetch reader search live store growth bombs}; do
    export BENCH_PART="$part"
    rm -rf "$T"/home[0-9]* # what a part has read, marked and fetched is no beginning of the next
    case $part in
    feeds | pages | html | fetch | reader | search | live | store | growth | bombs) $part ;;
    *) echo "bench: there is no part '$part'" >&2; exit 1 ;;
    esac
done
echo "== in $BENCH_RESULT; make bench-compare A=FILE B=FILE shows two such files"
