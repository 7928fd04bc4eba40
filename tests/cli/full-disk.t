#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# On a disk without room a store is only read, for SQLite can keep no file beside it: that is said, once.
. "${srcdir:-.}/tests/lib.sh"
need unshare mount strace python3
unshare -rm sh -c 'mount -t tmpfs none "$1"' sh "$T/data" 2>/dev/null || skip_all "no file system can be mounted here"
plan 30
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --all --progress=none
cp "$STORE" "$T/store"
cat >"$T/inside" <<'END'
size=$(stat -c %s "$T/store")
mount -t tmpfs -o "size=$((size + 200000))" none "$T/data" || exit 99
mkdir "$T/data/crier"
cp "$T/store" "$STORE"
"$crier" mark starred id:1 >/dev/null
"$crier" list --limit=0 >"$T/before"
dd if=/dev/zero of="$T/data/fill" bs=1k count=100000 2>/dev/null
n=0
for command in "list --limit=0" "show 1" "status" "search winter" "agenda" "sources" "digest --since=900d" "store check" "store info" \
    "mark read id:2" "fetch --all --progress=none"; do
    n=$((n + 1))
    # shellcheck disable=SC2086
    "$crier" $command >"$T/$n.out" 2>"$T/$n.err"
    echo "$?" >"$T/$n.status"
done
"$crier" list --format=tsv is:starred >"$T/starred" 2>/dev/null
printf '1\n1\ns\nQ\n' | "$crier" --plain >"$T/plain.out" 2>"$T/plain"
echo "$?" >"$T/plain.status"
refill="dd if=/dev/zero of=$T/data/fill bs=1k count=100000 2>/dev/null; true"
python3 "$srcdir/tests/kit/terminal.py" "see:marks are not kept" "quiet:2" "type:Q" -- "$crier" --set=fetch.auto=no >"$T/quiet" 2>&1
echo "$?" >"$T/quiet.status"
python3 "$srcdir/tests/kit/terminal.py" "see:marks are not kept" "type:1
" "see:1 to" "run:rm $T/data/fill; '$crier' mark unread id:2; '$crier' mark deleted id:1" "type:s 2
" "see:room on the disk again" "type:f is:unread
" "see:is:unread" "run:$refill" "type:Q
" -- "$crier" --plain --set=fetch.auto=no >"$T/stays" 2>&1
echo "$?" >"$T/stays.status"
"$crier" list --format=tsv is:starred >"$T/starred.after" 2>/dev/null
rm "$T/data/fill"
"$crier" mark read id:2 >/dev/null 2>"$T/after"
echo "$?" >"$T/after.status"
END
export T crier STORE
run unshare -rm sh "$T/inside"
ok "what is there is listed" cmp "$T/before" "$T/1.out"
full="the disk is full: the store is only read, and marks are not kept"
ok "and said once to be only read" test "$(grep -c "$full" "$T/1.err"):$(wc -l <"$T/1.err")" = 1:1
n=0
for command in list show status search agenda sources digest check info; do
    n=$((n + 1))
    ok "$command reads" test "$(cat "$T/$n.status"):$(grep -c "I/O" "$T/$n.err")" = 0:0
done
ok "marks are those of the store" test -s "$T/starred"
ok "a mark is refused" test "$(cat "$T/10.status")" = 74
ok "which was said once" test "$(grep -c "$full" "$T/10.err"):$(wc -l <"$T/10.err")" = 1:1
ok "so is a fetch" test "$(cat "$T/11.status"):$(grep -c "the disk is full" "$T/11.err")" = 74:1
has "the reader says it, too" "$T/plain.out" "$full"
ok "with room again marks are kept" test "$(cat "$T/after.status"):$(cat "$T/after")" = 0:
ok "a reader sleeps meanwhile" test "$(cat "$T/quiet.status")" = 0
ok "a reader that stays open takes the store up" test "$(cat "$T/stays.status")" = 0
has "says so" "$T/stays" "there is room on the disk again: marks are kept"
ok "sees what others did" grep -q "ferry between Beiling and Songhe resumes.*also in: Русский.\{0,1\}$" "$T/stays"
ok "keeps marks" test "$(wc -l <"$T/starred.after")" -ge 1
has_not "and nothing is damaged" "$T/stays" "damaged"

# a fetch that fills the disk
cat >"$T/inside" <<'END'
mount -t tmpfs -o size=4m none "$T/data" || exit 99
mkdir "$T/data/crier"
dd if=/dev/zero of="$T/data/fill" bs=64k count=44 2>/dev/null
cp "$T/urls" "$CONFIG/urls"
"$crier" fetch --progress=none 2>"$T/fetch"
echo "$?" >"$T/fetch.status"
"$crier" status >"$T/status" 2>&1
"$crier" --script "$T/script" >"$T/screen" 2>&1
END
for n in 1 2; do
    printf '<rss version="2.0"><channel><title>Small %s</title><item><title>Notice</title><guid>%s</guid></item></channel></rss>' "$n" "$n" >"$T/small$n.xml"
done
awk 'BEGIN {
    print "<rss version=\"2.0\"><channel><title>Large</title>"
    for (n = 0; n < 6000; n++)
        printf "<item><title>Notice %d of the town</title><guid>%d</guid><description>Text %d %s</description></item>\n", n, n, n, n * 7919 % 10007
    print "</channel></rss>"
}' >"$T/large.xml"
printf '%s\n' "file://$T/small1.xml" "file://$T/large.xml" >"$T/urls"
printf 'size 80 24\ndump\nkeys e\ndump\n' >"$T/script"
export CONFIG
run unshare -rm sh "$T/inside"
ok "a fetch that fills it ends so" test "$(cat "$T/fetch.status")" = 74
has "says that not all is there" "$T/fetch" "the disk is full: '$STORE' did not take all of it"
has_not "and not that nothing was changed" "$T/fetch" "was not changed"
has "the source has failed" "$T/status" "error: what came could not be stored: the disk is full"
has_not "no fetch runs" "$T/screen" "another fetch"
has "the first view shows which" "$T/screen" "✗"
has "and the errors tell why" "$T/screen" "failed: what came could not be stored: the disk is full"
finish
