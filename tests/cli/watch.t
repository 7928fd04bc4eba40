#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `crier watch`: queries whose new hits are told to programs and by mail after each fetch; whatever fails,
# nothing is lost.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 103
mkdir "$T/town" "$T/bin"
serve "$T/town"
PATH=$T/bin:$PATH
conf=$CONFIG/crier.conf

# item NAME TITLE: one more in the feed
item() {
    printf '<item><guid isPermaLink="false">%s</guid><title>%s</title><link>@BASE@/%s.html</link><description>%s is told at length.</description></item>\n' \
        "$1" "$2" "$1" "$2" >"$T/item.$1"
    { printf '<rss version="2.0"><channel><title>Beiling Town</title><language>en</language>\n'; cat "$T"/item.*; printf '</channel></rss>\n'; } >"$T/town/feed.xml"
}
later() { CRIER_NOW=$((CRIER_NOW + 3600)); export CRIER_NOW; }
fetch() { later; run "$crier" fetch --all --progress=none; }
# program NAME: a script of the test in PATH, from standard input
program() {
    { echo '#!/bin/sh'; cat; } >"$T/bin/$1"
    chmod +x "$T/bin/$1"
}
# what a program got: "event title" a line, and the end
got() {
    python3 -c 'import json, sys
for line in open(sys.argv[1]):
    o = json.loads(line)
    print(o["event"], o["title"] if o["event"] != "end" else "%d+%d" % (o["count"], o["more"]))' "$1" >"$T/told"
}
failing() {
    python3 -c 'import json, sys
for line in sys.stdin:
    o = json.loads(line)
    if "watch" in o: print(o["watch"], o["state"], o["failures"], o["last_error"]["code"], o["last_error"]["number"])' <"$out"
}

# --- written by hand, and by us ---
printf '# kept\n[settings]\nfetch.interval=90\n' >"$conf"
item first "Water is off"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
run "$crier" watch add water 'water OR gas'
status_is "a watch is added before the first fetch" 0
fetch
run "$crier" watch add bridges bridge --exec='take-hits one "two three"'
status_is "one with a program" 0
cat >"$T/expected" <<'END'
# kept
[settings]
fetch.interval=90

[watch water]
query=water OR gas

[watch bridges]
query=bridge
exec=take-hits one "two three"
END
same "crier.conf has them, and keeps the rest" "$T/expected" "$conf"
run "$crier" watch add water roads
status_is "a name that is there is refused" 1
has "by name" "$err" "there is a watch 'water' already"
same "and changes nothing" "$T/expected" "$conf"
for name in "" Water "a b" ../x "$(printf '%065d' 0)"; do
    run "$crier" watch add "$name" roads
    status_is "the name '$name' is refused" 1
done
run "$crier" watch add roads 'lang:'
status_is "a query that is none is refused" 1
run "$crier" watch add roads
status_is "so is none" 1
run "$crier" watch add roads road --mail="$(printf 'a@example.org\nBcc: b@example.org')"
status_is "a line break in an address is refused" 1
run "$crier" watch add roads road --exec='take "'
status_is "and a command line that ends within a quotation" 1
same "nothing of it was written" "$T/expected" "$conf"
run "$crier" watch list --format=tsv
printf 'water\twater OR gas\t\t\nbridges\tbridge\ttake-hits one "two three"\t\n' >"$T/expected"
same "they are listed" "$T/expected" "$out"
run "$crier" watch list --format=json
ok "as JSON too" python3 -c 'import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
assert [row["name"] for row in rows] == ["water", "bridges"], rows
assert rows[0]["exec"] is None and rows[0]["mail"] is None and rows[1]["exec"].startswith("take-hits"), rows
assert rows[0]["failures"] == 0 and rows[0]["error"] is None, rows' "$out"
run "$crier" watch list
has "and for people" "$out" "    program: take-hits one"
run "$crier" watch remove nosuch
status_is "an unknown one cannot be removed" 1
run "$crier" watch run nosuch
status_is "nor run" 1
run "$crier" watch frob
status_is "nothing else can be done" 1
run "$crier" watch list --exec=x
status_is "options are of their action" 1

# --- what the program gets ---
program take-hits <<END
printf '%s\n' "\$@" >"$T/argv"
env >"$T/env"
cat >"$T/hits"
END
item bridge1 "Bridge opens"
item market "Market moves"
fetch
status_is "a fetch with a watch" 0
ok "says nothing of it with --progress=none" test ! -s "$out" -a ! -s "$err"
got "$T/hits"
printf '%s\n' "new Bridge opens" "end 1+0" >"$T/expected"
same "the program got the hit and the end" "$T/expected" "$T/told"
printf '%s\n' one "two three" >"$T/expected"
same "its arguments are those of the command line" "$T/expected" "$T/argv"
ok "its environment names the watch" grep -qx CRIER_WATCH=bridges "$T/env"
ok "and how many there are" grep -qx CRIER_WATCH_COUNT=1 "$T/env"
ok "nothing that came from outside is in it" sh -c "! grep -i 'opens\|feed.xml\|CRIER_FETCHED\|CRIER_REPORT' '$T/env'"
mv "$T/hits" "$T/told.json"
fetch
ok "nothing new: the program is not run" test ! -e "$T/hits"
"$crier" list --format=json --limit=1 >"$T/listed"
ok "the objects have the fields of list" python3 -c 'import json, sys
listed, told = json.loads(open(sys.argv[1]).readline()), json.loads(open(sys.argv[2]).readline())
assert set(listed) <= set(told), set(listed) - set(told)' "$T/listed" "$T/told.json"

# --- without a program: counted, and kept until asked for ---
item gas "Gas main"
item road "Road works"
later
run "$crier" fetch --all --progress=lines
ok "a line after the fetch" grep -qx "watch water: 1 new" "$out"
item gas2 "Gas again"
later
run "$crier" fetch --all --progress=json
ok "among events it is on the other stream" grep -qx "watch water: 1 new" "$err"
has_not "not among them" "$out" "watch"
fetch
ok "what an earlier fetch has brought is not counted again" test ! -s "$out" -a ! -s "$err"
run "$crier" watch run --dry-run water
has "--dry-run shows all that was not told" "$out" "Gas main"
run "$crier" watch run water
status_is "run tells it" 0
has "as a digest" "$out" "• Gas again"
has "all of it" "$out" "2 new articles"
run "$crier" watch run water
status_is "once" 4
ok "and then nothing" test ! -s "$out" -a ! -s "$err"
item gas3 "Gas for ever"
fetch
( "$crier" watch run water >/dev/full ) 2>/dev/null
run "$crier" watch run water
has "what could not be written is told again" "$out" "Gas for ever"

# --- failures keep the cursor, and are shown ---
program take-hits <<END
cat >"$T/hits"
echo "grumble" >&2
exit 3
END
item bridge2 "Bridge closes"
later
run "$crier" fetch --all --progress=none
status_is "a fetch whose watch fails ends as it would" 0
has "its errors say so" "$err" "watch bridges: take-hits: it ended with status 3"
has "what the program says is heard" "$err" "grumble"
run "$crier" status --format=json
printf 'bridges failing 1 hook-status 3\n' >"$T/expected"
failing >"$T/failing"
same "status knows in JSON" "$T/expected" "$T/failing"
run "$crier" status
has "and for people" "$out" "watch bridges"
has "with the reason" "$out" "    error: take-hits: it ended with status 3"
run "$crier" status --exit
status_is "--exit counts it" 2
item bridge3 "Bridge again"
fetch
run "$crier" status --format=json
printf 'bridges failing 2 hook-status 3\n' >"$T/expected"
failing >"$T/failing"
same "it is counted how often" "$T/expected" "$T/failing"
run "$crier" watch list --format=json
has "the list knows too" "$out" '"failures":2'
rm "$T/bin/take-hits"
run "$crier" watch run bridges
status_is "a program that is not there" 2
has "is told by name" "$err" "watch bridges: take-hits: it cannot be started"
printf 'not a program' >"$T/bin/take-hits"
run "$crier" watch run bridges
status_is "nor one that cannot be run" 2
program take-hits <<END
kill -ABRT \$\$
END
run "$crier" watch run bridges
has "one that a signal ends" "$err" "watch bridges: take-hits: signal 6 ended it"
program take-hits <<END
trap '' TERM
sleep 600 &
echo \$! >"$T/sleeper"
while :; do wait; sleep 0.1; done
END
run "$crier" --set=watch.timeout=1 watch run bridges
status_is "one that does not end" 2
has "has its time" "$err" "watch bridges: take-hits: it had not ended after 1 s"
ok "what it has started ends with it" sh -c "! kill -0 $(cat "$T/sleeper") 2>/dev/null || grep -q '^State:.Z' /proc/$(cat "$T/sleeper")/status"
program take-hits <<END
cat >"$T/hits"
END
run "$crier" watch run bridges
status_is "when it works again" 0
got "$T/hits"
printf '%s\n' "new Bridge closes" "new Bridge again" "end 2+0" >"$T/expected"
ok "all that it missed is told" test "$(sort "$T/told")" = "$(sort "$T/expected")"
run "$crier" status --format=json
failing >"$T/failing"
ok "and the failure is forgotten" test ! -s "$T/failing"
program take-hits <<END
exit 0
END
item bridge4 "Bridge unread"
fetch
ok "a program need not read" test ! -s "$err"

# --- many ---
i=0
while [ $i -lt 60 ]; do
    i=$((i + 1))
    item "many$i" "Bridge number $i"
done
program take-hits <<END
cat >>"$T/many"
END
fetch
got "$T/many"
ok "fifty are told at once" test "$(grep -c '^new' "$T/told")" = 50
has "the rest is a count" "$T/told" "end 50+10"
fetch
got "$T/many"
ok "and comes the next time" test "$(grep '^new' "$T/told" | sort -u | wc -l)" = 60
ok "once" test "$(grep -c '^new' "$T/told")" = 60

# --- mail ---
program fake-sendmail <<END
printf '%s ' "\$@" >"$T/mail.argv"
cat >"$T/mail"
END
"$crier" config mail.sendmail='fake-sendmail -t -i'
"$crier" watch add letters letter --mail='Ann <ann@example.org>'
item letter "A letter to all"
fetch
ok "mail goes to sendmail" test "$(cat "$T/mail.argv" 2>/dev/null)" = "-t -i "
ok "as a message" python3 -c 'import email, email.policy, sys
m = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
assert m["to"] == "Ann <ann@example.org>", m["to"]
assert m["subject"] == "letters: 1 new article", m["subject"]
assert "A letter to all" in m.get_body(("plain",)).get_content()' "$T/mail"
rm "$T/mail"
fetch
ok "once" test ! -e "$T/mail"
"$crier" config mail.sendmail='no-such-sendmail'
item letter2 "Another letter"
fetch
has "one that is not there is told" "$err" "watch letters: no-such-sendmail: it cannot be started"

# --- addresses ---
run "$crier" watch add home --address='улица Ленина, 24' --address='站前大街128号'
status_is "a watch of addresses needs no other query" 0
"$crier" watch add works 'water OR works' --address='24 Main Street'
run "$crier" watch list --format=tsv
has "they are terms of the query" "$out" "home	address:\"улица Ленина, 24\" OR address:\"站前大街128号\""
has "beside what else is asked for" "$out" "works	(water OR works) address:\"24 Main Street\""
run "$crier" watch add nowhere --address=24
status_is "an address without a street is refused" 1
item lenina1 "Отключение: ул. Ленина, 20–36 (чётные)"
item lenina2 "Отключение: ул. Ленина, 124"
item zhan "站前大街126、128号停水"
item main "Works at 22, 24 and 26 Main Street"
item main2 "A party at 24 Main Street"
fetch
run "$crier" watch run home
grep '^• ' "$out" | sort >"$T/told"
printf '• %s\n' "Отключение: ул. Ленина, 20–36 (чётные)" "站前大街126、128号停水" | sort >"$T/expected"
same "what concerns the addresses is told" "$T/expected" "$T/told"
run "$crier" watch run works
grep '^• ' "$out" >"$T/told"
printf '• Works at 22, 24 and 26 Main Street\n' >"$T/expected"
same "where all of the query holds" "$T/expected" "$T/told"
run "$crier" list --format=tsv 'address:"ул. Ленина, 124"'
ok "lists know the term too" test "$(wc -l <"$out")" = 1
run "$crier" list --format=tsv '-address:"ул. Ленина, 124"' отключение
ok "and its negation" test "$(wc -l <"$out")" = 1

# --- killed at any moment: nothing is lost ---
# the program notes a hit and kills who started it, at first before, then after it has read all
for when in before after; do
    "$crier" watch add "kill-$when" "kill$when" --exec="killer $when"
    program killer <<END
[ \$1 = before ] || cat >>"$T/killed.\$1"
if [ ! -e "$T/once.\$1" ]; then
    : >"$T/once.\$1"
    kill -9 \$(cat "$T/runner")
    sleep 5
fi
cat >>"$T/killed.\$1"
END
    item "kill$when" "kill$when"
    later
    "$crier" fetch --all --progress=none --set=watch.timeout=9 2>/dev/null >/dev/null &
    echo $! >"$T/runner"
    wait $! 2>/dev/null
    status=75
    while [ "$status" = 75 ]; do run "$crier" watch run "kill-$when"; done # the one that ends holds the cursor
    ok "killed $when it was told: it is told again" grep -q "\"title\":\"kill$when\"" "$T/killed.$when"
done

# --- crier.conf that is wrong ---
cp "$conf" "$T/conf"
printf '[watch bad]\nquery=lang:\n' >>"$conf"
run "$crier" config --check
status_is "--check finds a query that is none" 2
has "by line and name" "$err" "[watch bad]: query: 'lang:' needs a value"
run "$crier" watch run bad
status_is "which cannot be run" 2
cp "$T/conf" "$conf"
printf '[watch bad]\nquery=x\nprogram=y\n' >>"$conf"
run "$crier" config --check
status_is "and a key that a watch has not" 2
cp "$T/conf" "$conf"

# --- removed ---
run "$crier" watch remove water
status_is "a watch is removed" 0
has_not "from crier.conf" "$conf" "[watch water]"
has "and the rest stays" "$conf" "# kept"
cp "$conf" "$T/conf"
printf '\n# of the works\n[watch last]\nquery=x\n# said of it\nmail=a@example.org\n\n# of the list\n[section list]\nfetch.interval=5\n' >>"$conf"
run "$crier" watch remove last
{ cat "$T/conf"; printf '\n# of the works\n# of the list\n[section list]\nfetch.interval=5\n'; } >"$T/expected"
same "what stands above another group stays with it" "$T/expected" "$conf"
cp "$T/conf" "$conf"
item gas4 "Gas unseen"
fetch
"$crier" watch add water 'water OR gas'
run "$crier" watch run water
status_is "one of the same name begins anew" 4

# --- on a store that is another's ---
own() { "$crier" --set=store.marks=own "$@"; }
run own watch run bridges
status_is "a cursor of one's own begins with what comes" 4
item bridge6 "Bridge of others"
fetch
program take-hits <<END
exit 7
END
run own watch run bridges
status_is "its failure" 2
run own status --format=json
printf 'bridges failing 1 hook-status 7\n' >"$T/expected"
failing >"$T/failing"
same "is kept where the marks are" "$T/expected" "$T/failing"
run "$crier" status --format=json
failing >"$T/failing"
has_not "and nowhere else" "$T/failing" bridges
program take-hits <<END
cat >"$T/hits"
END
run own watch run bridges
status_is "and what it missed" 0
got "$T/hits"
has "is told" "$T/told" "new Bridge of others"
run own status --format=json
failing >"$T/failing"
ok "then it is forgotten" test ! -s "$T/failing"

# --- the reader ---
"$crier" watch remove letters
item water2 "Water is back"
program take-hits <<END
cat >"$T/hits"
exit 5
END
item bridge5 "Bridge ends"
later
printf 'keys R\nwait idle\ndump\n' >"$T/keys"
run "$crier" --script "$T/keys"
got "$T/hits"
has "a fetch of the reader runs them too" "$T/told" "new Bridge ends"
has "and shows what failed" "$out" "watch bridges: take-hits: it ended with status 5"
program take-hits <<END
cat >"$T/hits"
END
item water3 "Water is off again"
later
run "$crier" --script "$T/keys"
has "or what is new" "$out" "watch water: "

# --- after each fetch, also one that brings nothing
program each <<END
printf '%s %s %s\\n' "\$CRIER_WATCH" "\$CRIER_WATCH_COUNT" "\$(wc -l)" >>"$T/each"
END
printf '[watch every]\nquery=all\nexec=each\nempty=yes\n' >"$conf"
fetch
item last "One more"
fetch
fetch
printf '%s\n' "every 0 1" "every 1 2" "every 0 1" >"$T/expected"
same "a program runs after each fetch" "$T/expected" "$T/each"
run "$crier" watch run
status_is "without one there is nothing to tell" 4
printf '[watch every]\nquery=all\nexec=each\nempty=perhaps\n' >"$conf"
run "$crier" watch list
has "yes or no" "$err" "empty is yes or no, not 'perhaps'"
finish
