#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reader's fetches: what is asked for while one runs is fetched after it, also when another
# program runs it; what is due is fetched without being asked for.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 57
stop_server() {
    kill "$portal_pid"
    wait "$portal_pid" 2>/dev/null
    portal_pid=
}
transfers_start
requests() { grep -c "^GET [^ ]* $1 " "$T/log"; }

fresh() {
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    : >"$T/log"
    for url; do
        "$crier" add --no-discover "$url" >/dev/null
    done
}

# --- while one's own fetch runs
fresh "$BASE/slow/15/first"
play <<END
keys R a
type $BASE/feed/second
keys Enter
wait Subscribe and fetch
keys Enter
dump
keys R
dump
wait idle
dump
END
on 1 "what is subscribed to meanwhile is said to wait" "subscribed: Feed second; it is fetched after the fetch that runs"
on 2 "so is another request" "a fetch is running; this one follows it"
on 3 "and what was subscribed to was fetched" "Feed second                                                               2/2"
ok "all of it once more, as R asked" test "$(requests /slow/15/first)" = 2

# --- it takes what keys leave of the processors; one that a command runs is as other commands
mkdir "$T/bin"
ln -s "$(cd "$(dirname "$crier")" && pwd)/crier-worker" "$T/bin"
cat >"$T/bin/crier-transfer" <<END
#!/bin/sh
nice >"$T/nice"
exec "$(cd "$(dirname "$crier")" && pwd)/crier-transfer"
END
chmod +x "$T/bin/crier-transfer"
export CRIER_TRANSFER="$T/bin/crier-transfer"
fresh "$BASE/feed/first"
play <<END
keys R
wait idle
END
ok "a fetch of the reader's gives way to who reads" test "$(cat "$T/nice")" = $(($(nice) + 10 > 19 ? 19 : $(nice) + 10))
run "$crier" fetch --all --progress=none
ok "one by a command does not" test "$(cat "$T/nice")" = "$(nice)"
unset CRIER_TRANSFER

# --- who leaves the question does not wait for its answer, and what asks for one page is stopped as a fetch is
fresh "$BASE/feed/first"
play <<END
keys a
type $BASE/drip
keys Enter
dump
keys Esc
dump
wait idle
keys R
wait idle
keys a
type $BASE/drip
keys Enter ^G
keys ^G
dump
END
on 1 "an address is being looked at" "Looking at the address."
on 2 "leaving stops that and says so" "the portal is not asked any longer"
has_not "and nothing goes on" "$T/screen.2" "asking the portal"
on 3 "nor has ^G anything left to stop then" "no fetch is running"
has_not "and nothing is asked" "$T/screen.3" "asking the portal"

printf '[keys]\nA = add\na =\n' >"$CONFIG/crier.conf"
fresh "$BASE/feed/first"
play <<END
keys A
type $BASE/slow/1/second
keys Enter F1
wait found:
dump
END
on 1 "who has gone on to something else is told of the key that is bound" "found: Feed second; A and its address again subscribe to it"
rm "$CONFIG/crier.conf"

printf '<rss version="2.0"><channel><title>Slow</title><item><title>A page that drips</title><link>%s</link></item></channel></rss>' "$BASE/drip" >"$T/drip.xml"
fresh "file://$T/drip.xml"
"$crier" fetch --progress=none
play <<END
keys Enter Enter x
dump
keys ^G
dump
END
on 1 "an article's page is asked for" "asking the portal"
on 2 "^G stops that, too" "the portal is not asked any longer"

# --- how far what is stopped came, and what waited for it
fresh "$BASE/feed/first" "$BASE/feed/second" "$BASE/slow/600/third"
play <<'END'
keys R
wait fetching 2/3
keys ^G
dump
wait idle
dump
keys ^G
dump
END
on 1 "a fetch is stopped" "the fetch is being stopped; what it has stored stays"
on 2 "which says how far it came" "stopped: 2 of 3 sources were fetched; what was stored stays"
on 3 "and no other is" "no fetch is running"
ok "what it has stored is there" test "$("$crier" list all | wc -l)" = 4
play <<'END'
size 120 24
keys R
wait fetching 2/3
keys 3 g r ^G
dump
wait idle
dump
keys R
wait fetching 2/3
keys ^G
wait stopped:
dump
END
on 1 "what was to follow it is dropped" "what was asked for meanwhile is dropped"
on 2 "which is told at the end, too" "stopped: 2 of 3 sources were fetched; what was stored stays; what was asked for meanwhile is not fetched"
on 3 "of that fetch alone" "stopped: 2 of 3 sources were fetched; what was stored stays  "
ok "and it is not fetched" test "$(requests /feed/first)" = 3
fresh "$BASE/feed/first" "$BASE/status/404" "$BASE/status/410" "$BASE/slow/600/third"
play <<'END'
size 120 24
keys R
wait HTTP 410
keys ^G
wait stopped:
dump
END
on 1 "what failed was not fetched" "stopped: 1 of 4 sources were fetched; what was stored stays; 2 sources failed; e tells why; 2 new articles"

# --- a sync is stopped by the same key
fresh "$BASE/feed/first"
printf 'machine %s login reader password secret\n' "$BASE" >"$CONFIG/credentials"
chmod 600 "$CONFIG/credentials"
play --set=sync.server="$BASE/slow/600/sync" <<'END'
keys Y ^G
dump
wait idle
dump
keys ^G
dump
END
on 1 "a sync is stopped" "the sync is being stopped"
on 2 "which ends by it" "the sync was stopped; what both sides agreed on stays"
on 3 "and no other is" "no fetch is running"
rm "$CONFIG/credentials"

# --- a source during a fetch of all, in three languages
for locale in C.UTF-8 ru_RU.UTF-8 zh_CN.UTF-8; do
    case $locale in
    ru*) said="этот запрос выполнится после неё" ;;
    zh*) said="本次请求将在其后执行" ;;
    *) said="this one follows it" ;;
    esac
    if [ $locale != C.UTF-8 ] && ! sh "$srcdir/tests/make-locales" "$builddir/tests/locales" >/dev/null 2>&1; then
        result 0 "a request that waits, in $locale # SKIP localedef cannot make the locales"
        continue
    fi
    fresh "$BASE/slow/5/first" "$BASE/feed/other"
    LOCPATH="$builddir/tests/locales" LC_ALL=$locale LANGUAGE='' play <<END
keys R 4 g r
dump
wait idle
END
    on 1 "a request that waits, in $locale" "$said"
done
ok "only what was asked for is fetched again" test "$(requests /feed/other)-$(requests /slow/5/first)" = 2-1

# --- while another program's fetch runs
fresh "$BASE/slow/15/first"
"$crier" fetch --progress=none &
other=$!
while [ "$(requests /slow/15/first)" = 0 ]; do sleep 0.02; done
play <<END
keys a
type $BASE/feed/second
keys Enter
wait Subscribe and fetch
keys Enter
dump
wait idle
dump
END
wait $other
on 1 "the other fetch is waited for" "subscribed: Feed second"
on 2 "and what it did not know of is fetched" "2 new articles"
ok "once" test "$(requests /feed/second)" = 2 # one look, one fetch

# what follows it is stopped without it, at once and at the end
fresh "$BASE/hold/held" "$BASE/feed/second"
"$crier" fetch --progress=none &
other=$!
while ! "$crier" list | grep -q .; do sleep 0.02; done
play <<'END'
size 120 24
keys R
dump
keys ^G
dump
wait idle
dump
keys ^G
dump
END
on 1 "who asks for a fetch then is told at once behind what it is" "another fetch: 1/2; this one follows it"
on 2 "who lets it be that the other goes on" "nothing is fetched after the fetch of the other program any more; that one goes on"
on 3 "which is the last word" "nothing is fetched after the fetch of the other program any more; that one goes on"
on 4 "and that it cannot be stopped here" "another program fetches; it can only be stopped there"
get /open/held >/dev/null
wait $other
ok "nor is it" test "$("$crier" list | wc -l)" = 4

# --- what is due
fresh "$BASE/feed/first" "$BASE/feed/second"
play <<END
due
wait idle
dump
due
wait idle
END
on 1 "what is due is fetched" "4 new articles"
ok "and not again while it is not" test "$(requests /feed/first)" = 1
CRIER_NOW=$((CRIER_NOW + 3600))
"$crier" fetch --progress=none "$BASE/feed/first"
: >"$T/log"
play <<END
due
wait idle
keys j
dump
END
ok "later only what is due then" test "$(requests /feed/first)-$(requests /feed/second)" = 0-1
ok "of which nothing is said where nothing is new" sh -c '! grep -q "0 new" "$1"' sh "$T/screen.1"
CRIER_NOW=$((CRIER_NOW + 7200))
: >"$T/log"
play --set=fetch.auto=no <<END
due
wait idle
END
ok "fetch.auto=no: nothing" test ! -s "$T/log"
stop_server
play <<END
due
wait idle
dump
due
wait idle
dump
END
on 1 "what fails is said in one sentence" "2 sources failed; e tells why"
on 1 "and marked" "✗ Feed first"
ok "without a word in the messages of the session" sh -c '! grep -q "cannot connect" "$1"' sh "$T/screen.1"
play <<END
keys R ?
wait idle
dump
END
on 1 "on a page that has no key for errors, too" "2 sources failed"
has_not "without one" "$T/screen.1" "tells why"

# --- a page for which one asks, in place of what its feed says of it
mkdir "$T/site"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Lindow News</title><item><title>The bridge</title><link>@BASE@/bridge.html</link>
<description>In short: it is open again.</description></item></channel></rss>
END
{
    echo '<html><body><article><h1>The bridge</h1>'
    for part in one two three; do
        echo "<p>The council has decided in its meeting that the bridge over the river is repaired, part $part of the notice.</p>"
    done
    echo '</article></body></html>'
} >"$T/site/bridge.html"
serve "$T/site"
fresh "$BASE/feed.xml"
"$crier" --set=fetch.pages=never fetch --progress=none
play --set=fetch.pages=never <<'END'
keys Enter Enter
dump
keys x
wait idle
dump
END
on 1 "an article has what its feed says" "In short: it is open again."
on 2 "and its page, once that was fetched, at once" "part two of the notice"
# --- line by line
stop_server
transfers_start
fresh "$BASE/slow/600/first"
printf 'R\ncancel\nj\ncancel\nquit\n' | timeout 50 "$crier" --plain >"$out" 2>&1
has "cancel is taken while a fetch runs" "$out" "the fetch is being stopped"
ok "which ends by it, however far it was" grep -qE "^(the fetch was stopped|stopped: 0 of 1 source was fetched; what was stored stays)$" "$out"
has "where none runs, that is said" "$out" "no fetch is running"
printf 'add %s/slow/600/second\ncancel\nq\nquit\n' "$BASE" | timeout 50 "$crier" --plain >"$out" 2>&1
ok "so is a look at an address" test $? = 0
# terminal STEP…: the same where somebody types
terminal() {
    run python3 "$srcdir/tests/kit/terminal.py" "$@" -- "$crier" --set=fetch.auto=no --plain
}
fresh "$BASE/slow/600/first"
terminal "see:> " "type:R
" "see:; 'cancel' stops it" "type:s
" "see:; what you type is answered after it, but for 'cancel'" "signal:15" "see:the fetch was stopped; crier ends"
status_is "who ends crier while it fetches hears that both end" 143
ok "and no question that nobody answers" sh -c 'sed "1,/crier ends/d" "$1" | grep -q ">" && exit 1; exit 0' sh "$out"
terminal "see:> " "type:add $BASE/slow/600/second
" "see:the address is being looked at; 'cancel' stops it" "type:cancel
" "see:the portal is not asked any longer" "type:q
Q
"
status_is "a look at an address says that it lasts, and how it is stopped" 0
[ "$status" = 0 ] || show "$out"
finish
