#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whoever takes a program over where it begins to read what is foreign does not get out of its fence;
# without one he would.
. "${srcdir:-.}/tests/lib.sh"
escape=$builddir/tests/kit/escape.so
[ -e "$escape" ] || skip_all "tests/kit/escape.so is not built"
! grep -q '^#define WITH_SANITIZE 1' "$builddir/config.h" || skip_all "the sanitizers are not preloaded with"
grep -q '^#define WITH_SECCOMP 1' "$builddir/config.h" || skip_all "built without a fence"
grep -q '^#define WITH_LANDLOCK 1' "$builddir/config.h" || skip_all "built without a fence"
"$crier" --version >"$T/version"
grep -q 'here: landlock .*, seccomp$' "$T/version" || skip_all "this machine lets no process be fenced: $(sed 1d "$T/version")"

mkdir -p "$T/.ssh" "$T/site"
echo secret >"$T/.ssh/id"
printf '<html><head><title>Bridge</title></head><body><h1>The bridge is open</h1><p>It was closed for a year, and is open again since Monday morning.</p></body></html>' >"$T/site/page.html"
printf '<rss version="2.0"><channel><title>City</title><item><title>The bridge is open</title><link>http://a.example/1</link><description>Again.</description></item></channel></rss>' >"$T/site/feed.xml"
printf 'keys Enter\ndump\n' >"$T/script"
serve "$T/site"
export CRIER_TEST_ESCAPE_SECRET="$T/.ssh/id" CRIER_TEST_ESCAPE_OUTSIDE="$T/outside" CRIER_TEST_ESCAPE_PORT="${BASE##*:}"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none

# tries PROGRAM PLACE WHAT COMMAND…: what an attempt says in $T/tried; whether it got out
tries() {
    program=$1
    place=$2
    what=$3
    shift 3
    rm -f "$T/outside"
    CRIER_TEST_ESCAPE=$what CRIER_TEST_ESCAPE_FROM=$program CRIER_TEST_ESCAPE_AT=$place LD_PRELOAD=$escape "$@" >/dev/null 2>"$T/tried" </dev/null
    grep -q "escape: $what: out" "$T/tried"
}

# what a machine may forbid to all that run on it is tried, but need not work without a fence
may_be_forbidden="ptrace memory namespace"
attempts="read write tcp udp unix fork exec ptrace kill memory mount namespace code io-uring"

# kept NAME PROGRAM PLACE EXCEPT COMMAND…: no attempt gets out, all but EXCEPT; without a fence each does
kept() {
    name=$1
    program=$2
    place=$3
    except=$4
    shift 4
    bad=
    for what in $attempts; do
        case " $except " in *" $what "*) continue ;; esac
        tries "$program" "$place" "$what" "$@" && bad="$bad $what"
        # killed, it says nothing: but it was there
        CRIER_TEST_NO_FENCE=1 tries "$program" "$place" "$what" "$@" && continue
        case " $may_be_forbidden " in *" $what "*) continue ;; esac
        bad="$bad (not-tried:$what)"
    done
    [ -z "$bad" ] || echo "# not kept in, or not tried:$bad"
    ok "$name" test -z "$bad"
}

transfer=$builddir/crier-transfer
plan 16
kept "a page does not get out of crier-parser" crier-parser html "" "$crier" extract "$T/site/page.html"
kept "nor does a feed" crier-parser xml "" "$crier" parse "$T/site/feed.xml"
kept "a store does not get out of a command" crier sqlite "" "$crier" list
kept "nor out of the reader" crier sqlite "" "$crier" --script "$T/script"

# the processes of a fetch; what is told of the environment to crier-transfer is little
printf '#!/bin/sh\nLD_PRELOAD="%s" exec "%s"\n' "$escape" "$transfer" >"$T/transfer"
chmod +x "$T/transfer"
kept "nor out of who writes it" crier-worker sqlite "" "$crier" fetch --all
may_be_forbidden="$may_be_forbidden exec" # by its limits
kept "a feed does not get out of who reads it in a fetch" crier-worker xml "" "$crier" fetch --all
python3 "$srcdir/tests/kit/greader.py" "$T/greader" &
greader=$!
while [ ! -s "$T/greader" ]; do sleep 0.02; done
printf 'machine http://127.0.0.1:%s login reader password secret\n' "$(cat "$T/greader")" >"$CONFIG/credentials"
chmod 600 "$CONFIG/credentials"
kept "nor does the server of a sync out of who has the store" crier-sync sqlite "" "$crier" sync --server="http://127.0.0.1:$(cat "$T/greader")/"
kill $greader
export CRIER_TRANSFER="$T/transfer"
kept "a server reaches the network alone" crier-transfer curl "tcp udp" "$crier" fetch --all
if grep -q '^#define WITH_PICTURES 1' "$builddir/config.h"; then
    # in its folder crier-picture is looked for
    sed 's/crier-transfer/crier-picture/' "$T/transfer" >"$T/crier-picture"
    chmod +x "$T/crier-picture"
    python3 -c 'import struct, sys, zlib
def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress(bytes(33 * 32))) + chunk(b"IEND", b""))' >"$T/site/map.png"
    printf '<rss version="2.0"><channel><title>Maps</title><item><title>A map</title><description>Map: &lt;img src="%s/map.png"&gt;</description></item></channel></rss>' "$BASE" >"$T/site/maps.xml"
    "$crier" add --no-discover "$BASE/maps.xml" >/dev/null
    "$crier" fetch --progress=none
    map=$("$crier" list --format=tsv "title:map" | cut -f1)
    "$builddir/crier-worker" pictures "$map" 40 20 2 1 0 10 20 255 fetch >/dev/null
    kept "nor does a picture get out of who decodes it" crier-picture png "" "$builddir/crier-worker" pictures "$map" 40 20 2 1 0 10 20 255
else
    result 0 "nor does a picture get out of who decodes it # SKIP built without pictures"
fi
unset CRIER_TRANSFER

# what the fence leaves to be done is done
run "$crier" status
has "status tells what holds" "$out" "fence: landlock"
run "$crier" status --format=json
has "in JSON too" "$out" '"sandbox":{"landlock":'
run "$crier" --version
ok "the first line of --version is the version alone" sh -c 'sed -n 1p "$1" | grep -qxE "crier [0-9.]+"' sh "$out"
CRIER_TEST_NO_FENCE=1 "$crier" status >"$out"
has "without a fence it says so" "$out" "fence: no landlock, no seccomp"

# who keeps configuration and store elsewhere, with links to them
mkdir -p "$T/kept/crier" "$T/disk" "$T/links" "$T/links-data/crier"
touch "$T/kept/urls"
ln -s ../urls "$T/kept/crier/urls"
ln -s "$T/kept/crier" "$T/links/crier"
ln -s "$T/disk/articles.db" "$T/links-data/crier/articles.db"
linked() {
    XDG_CONFIG_HOME="$T/links" XDG_DATA_HOME="$T/links-data" "$crier" "$@"
}
linked add "file://$T/site/feed.xml" >/dev/null
linked fetch --progress=none
linked list >"$out"
has "links lead on" "$out" "The bridge is open"

# a kernel that tells no files from one another: what parsers may need of them is loaded before
printf '<?xml version="1.0" encoding="GB18030"?><rss version="2.0"><channel><title>City</title><item><title>\307\305</title><link>http://a.example/q</link></item></channel></rss>' >"$T/site/old.xml"
printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fair\r\nDTSTART;TZID=Asia/Vladivostok:20261201T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >"$T/site/fair.ics"
for name in old.xml fair.ics; do
    "$crier" add --no-discover "$BASE/$name" >/dev/null
done
CRIER_TEST_LANDLOCK_ABI=0 "$crier" fetch --all --progress=none
"$crier" list --format=json >"$out"
has "old charsets are read without Landlock" "$out" '"title":"桥"'
has "and the zones that calendars name" "$out" '"starts":"2026-12-01T10:00:00+10:00"'
finish
