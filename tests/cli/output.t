#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Results that cannot be written are never a success; the reader of a pipe that goes is no failure.
. "${srcdir:-.}/tests/lib.sh"
[ -c /dev/full ] || skip_all "there is no /dev/full"
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --full --progress=none
number=$("$crier" list --format=tsv --limit=1 | cut -f1)
page=$srcdir/tests/fuzz/corpus/fuzz-page/article-en.html
get /en/news/rss.xml >"$T/feed.xml"
printf '<opml version="2.0"><body><outline text="a" xmlUrl="http://a.example/f"/></body></opml>' >"$T/list.opml"
printf 'size 80 24\ndump\n' >"$T/script"

# each command of the three programs that prints anything
cat >"$T/commands" <<END
--version
--help
list --help
fetch --help
extract --help
list
list --format=tsv --limit=0
list --format=json
search library
show $number
show --format=markdown $number
show --format=html $number
show --format=json $number
sources
sources --format=tsv
sources --format=json
status
status --format=json
digest --since=2025-01-01
digest --since=2025-01-01 --format=mail
digest --since=2025-01-01 --format=json
digest --cursor=NUMBER --start=all
config
config fetch.interval
keys
portal list
portal show beiling
portal check $CONFIG/portals/beiling.portal
portal new $BASE/en/
fetch --dry-run --all
fetch --progress=json --all
reprocess all
store check
store info
store info --format=json
store rebuild
store compact
store purge
store backup $T/copy.db
store restore $T/copy.db
parse $T/feed.xml
opml $T/list.opml
extract $page
extract --format=text $page
entries $srcdir/tests/fuzz/corpus/fuzz-page/list-en.html
parse $T/letters
add --no-discover http://a.example/NUMBER
remove http://a.example/NUMBER
--script $T/script
END
echo letters >"$T/letters"
plan $(($(wc -l <"$T/commands") + 10))
while read -r line; do
    command=$(printf '%s' "$line" | sed "s/NUMBER/full/")
    # shellcheck disable=SC2086 # words are wanted
    "$crier" $command >/dev/full 2>"$err" </dev/null
    full=$?
    said=$(grep -c 'cannot write to standard output' "$err")
    command=$(printf '%s' "$line" | sed "s/NUMBER/closed/")
    # shellcheck disable=SC2086
    "$crier" $command >&- 2>/dev/null </dev/null
    closed=$?
    command=$(printf '%s' "$line" | sed "s/NUMBER/piped/")
    # the reader goes before a byte is written: it ends by SIGPIPE, or with what it would have ended with, and says nothing
    # shellcheck disable=SC2086
    python3 -c 'import os, subprocess, sys
r, w = os.pipe()
os.close(r)
p = subprocess.run(sys.argv[1:], stdout=w, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
sys.stderr.buffer.write(p.stderr)
sys.exit(0 if p.returncode in (-13, 141, 0) and b"cannot write" not in p.stderr and b"signal" not in p.stderr else 1)' "$crier" $command 2>"$T/pipe"
    piped=$?
    if [ "$full:$said:$closed:$piped" = 74:1:74:0 ]; then
        result 0 "$line"
    else
        result 1 "$line"
        echo "# full: $full ($said), closed: $closed, a pipe without reader: $piped"
        show "$err"
        show "$T/pipe"
    fi
done <"$T/commands"

# what prints nothing has nothing to lose
"$crier" mark read all >/dev/full 2>"$err"
status=$?
status_is "a command without results" 0
"$crier" fetch --progress=none >&- 2>"$err"
status=$?
status_is "a fetch" 0
"$crier" list nothingofthesort >/dev/full 2>/dev/null
status=$?
status_is "no hits" 4
# no file gets the number of a closed stream
before=$("$crier" list --limit=0 --format=tsv | md5sum)
"$crier" list --limit=0 --format=json >&- 2>&- <&-
status=$?
status_is "with all streams closed" 74
ok "the store is what it was" test "$("$crier" list --limit=0 --format=tsv | md5sum)" = "$before"
"$crier" store check >"$T/check"
ok "and sound" grep -q sound "$T/check"
# more than one buffer, on a small disk
# shellcheck disable=SC2046 # words are wanted
python3 - "$crier" show --format=json $(for i in 1 2 3 4 5 6; do "$crier" list --limit=0 --format=tsv | cut -f1; done) <<'EOF' >"$out"
import resource, subprocess, sys
import signal
def quiet():
    resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000)) # room for what SQLite makes beside the store
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import tempfile
with tempfile.TemporaryFile() as f:
    p = subprocess.run(sys.argv[1:], stdout=f, stderr=subprocess.PIPE, preexec_fn=quiet)
    sys.stdout.write("%d %s" % (p.returncode, p.stderr.decode()))
    sys.exit(0 if p.returncode == 74 and b"File too large" in p.stderr else 1)
EOF
ok "a result that is cut in its middle" grep -q "^74 .*File too large" "$out"
# a reader that has had enough
"$crier" list --limit=0 --format=json 2>"$err" | head -n 1 >"$out"
ok "is no matter" test "$(wc -l <"$out"):$(wc -c <"$err")" = 1:0
printf '? \nq\n' | "$crier" --plain 2>"$err" | head -n 1 >/dev/null
ok "in the linear mode neither" test "$(wc -c <"$err")" = 0
printf 'q\n' | "$crier" --plain >/dev/full 2>"$err"
status=$?
status_is "which tells what is not written" 74
finish
