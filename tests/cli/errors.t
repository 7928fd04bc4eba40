#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Bad input: a clear error with file and line, a status of the table, nothing lost.
. "${srcdir:-.}/tests/lib.sh"
plan 83
portal_start

run "$crier" nonsense
status_is "an unknown command" 1
has "is named" "$err" "there is no command 'nonsense'"
run "$crier" list --nonsense
status_is "an unknown option" 1
run "$crier" list --format=xml
status_is "an unknown format" 1
has "is named with what there is" "$err" "'xml' is not one of table, tsv, json"
run "$crier" list 'is:odd'
status_is "a wrong query" 1
has "is explained" "$err" "is not one of unread"
run "$crier" list '(a'
has "a missing parenthesis is named" "$err" "a ')' is missing"
run "$crier" --set=fetch.interval=never list
status_is "a wrong setting" 1
has "says what it needs" "$err" "'never' is not a number from 1 to 10080"
run "$crier" --set=nonsense=1 list
has "an unknown setting is named" "$err" "unknown setting 'nonsense'"
run "$crier" show 1
status_is "an article that is not there" 1
run "$crier" --version
has "the version" "$out" "crier "
run "$crier" --help
has "the help lists the commands" "$out" "subscribe to a feed"
run "$crier" fetch --help
has "the worker's commands have theirs" "$out" "--dry-run"

# urls
cat >"$CONFIG/urls" <<URLS
# a comment
$BASE/en/news/rss.xml "city" "~City"
ftp://example.org/feed
exec:rm -rf /
"unclosed
portal:nowhere
portal:beiling/xx
URLS
run "$crier" fetch --progress=none
status_is "a broken line in urls" 2
has "is named with file and line" "$err" "$CONFIG/urls:3: 'ftp://example.org/feed' is neither"
has "a command is refused" "$err" ":4: 'exec:rm' would run a command"
has "an open quotation mark" "$err" ":5: a quotation mark is missing"
has "an unknown portal" "$err" ":6: there is no portal file 'nowhere.portal'"
has "an unknown edition" "$err" ":7: portal 'beiling' has no edition 'xx'"
ok "the good line is fetched" test "$("$crier" list --format=tsv 2>/dev/null | wc -l)" = 5
printf '\377\376\n%s/en/news/rss.xml\n' "$BASE" >"$CONFIG/urls"
run "$crier" sources
has "a line that is not UTF-8" "$err" ":1: the line is not UTF-8"

run "$crier" show one
has "a number that is none" "$err" "'one' is not the number of an article"

# crier.conf and portal files
echo "$BASE/en/news/rss.xml" >"$CONFIG/urls"
printf '[settings]\nfetch.interval=60\nfetch.intervall=1\n' >"$CONFIG/crier.conf"
run "$crier" list
status_is "a misspelt setting in crier.conf" 1
has "is named with file and line" "$err" "crier.conf:3: unknown setting 'fetch.intervall'"
printf '[settings]\nfetch.depth=1\nfetch.depth=2\n' >"$CONFIG/crier.conf"
run "$crier" list
has "a setting given twice" "$err" ":3: key 'fetch.depth' stands in line 2 already"
printf '[keys list]\nx=explode\n' >"$CONFIG/crier.conf"
run "$crier" keys
has "an unknown action" "$err" "crier.conf:2: unknown action 'explode'"
rm "$CONFIG/crier.conf"
printf '[Portal]\nName=X\n[Edition en]\n[Section en/a]\nUrl=http://x.example/\nLisst=//li\n' >"$CONFIG/portals/bad.portal"
run "$crier" portal show bad
status_is "a misspelt rule in a portal file" 1
has "is named with file, line and key" "$err" "bad.portal:6: unknown key 'Lisst' in [Section en/a]"
rm "$CONFIG/portals/bad.portal"

# the store
printf 'this is not a database, and it is long enough to be read as one: %2000s' x >"$T/bad.db"
run "$crier" --store="$T/bad.db" list
status_is "a file that is no store" 74
has "is said to be none" "$err" "is damaged or no store"
ok "and is left alone" grep -q "this is not a database" "$T/bad.db"
cp "$STORE" "$T/new.db"
run "$crier" --store="$T/new.db" store check
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version=99")' "$T/new.db"
run "$crier" --store="$T/new.db" list
status_is "a store of a newer crier" 74
has "is refused" "$err" "was written by a newer crier"

"$crier" fetch --progress=none --all
before=$("$crier" list --format=tsv | wc -l)
get "/control/edit?path=/en/news/103.html" >/dev/null
printf '%s/en/news/rss.xml\nportal:beiling\n' "$BASE" >"$CONFIG/urls"
pages=$(($(wc -c <"$STORE") / 4096 + 4))
CRIER_TEST_MAX_PAGES=$pages run "$crier" fetch --all --full --progress=none
status_is "a full disk" 74
has "is named" "$err" "the disk is full"
ok "nothing already stored is lost" test "$("$crier" list --format=tsv --limit=0 | wc -l)" -ge "$before"
run "$crier" store check
status_is "and the store is sound" 0

# read-only, as an ordinary user and in a C locale
"$crier" fetch --progress=none --all
chmod a-w "$STORE" "$STORE"* "$T/data/crier"
chmod -R a+rX "$T/config" "$T/data"
export LC_ALL=C
run as_user list --format=tsv
status_is "a store that cannot be written is read" 0
has "in a C locale too" "$out" "北岭机场开通至三座城市的冬季航线"
run as_user mark read is:unread
status_is "marks are refused" 74
run as_user fetch --progress=none
status_is "a fetch is refused" 74
has "and says why" "$err" "cannot"
chmod -R u+w "$T/data"
# --- what may be meant, and words that are said once
run "$crier" lst
has "the command that may be meant" "$err" "there is no command 'lst'; did you mean 'list'?"
for word in rm:remove ls:list unsubscribe:remove subscribe:add update:fetch; do
    run "$crier" "${word%:*}"
    has "what other programs call it: ${word%:*}" "$err" "there is no command '${word%:*}'; did you mean '${word#*:}'?"
done
run "$crier" fetch --quiet
has "a quiet fetch" "$err" "there is no option '--quiet'; did you mean '--progress=none'?"
run "$crier" --help
cp "$out" "$T/help"
run "$crier" help
same "'help' is --help" "$T/help" "$out"
for command in list fetch parse; do
    run "$crier" "$command" --help
    cp "$out" "$T/help"
    run "$crier" help "$command"
    same "'help $command' is '$command --help'" "$T/help" "$out"
done
run "$crier" help rm
status_is "of what is no command there is none" 1
has "but what may be meant" "$err" "did you mean 'remove'?"
run "$crier" list --formt=tsv
has "the option" "$err" "there is no option '--formt'; did you mean '--format'?"
run "$crier" --verbos list
has "the global one" "$err" "there is no option '--verbos'; did you mean '--verbose'?"
run "$crier" list soruce:x
has "the field of a query" "$err" "unknown field 'soruce:'; did you mean 'source'?"
run "$crier" config ui.thme
has "the setting" "$err" "unknown setting 'ui.thme'; did you mean 'ui.theme'?"
# faults NAME TEXT LINES…: crier.conf says them; the sentence has the whole path, the line and TEXT
faults() {
    # shellcheck disable=SC2059 # the lines are a format
    printf "$3" >"$CONFIG/crier.conf"
    run "$crier" keys
    has "$1" "$err" "$CONFIG/crier.conf:$2"
}
faults "a group" "1: unknown group [setings]; did you mean 'settings'?" '[setings]\nui.theme=dark\n'
faults "a context" "2: unknown context 'lst'; there are sections, list, reader, page and choice; did you mean 'list'?" '[keys lst]\nx=quit\n'
faults "a key" "2: 'Entr' can never be typed, since 'E' does something by itself; did you mean 'Enter'?" '[keys list]\nEntr=quit\n'
faults "what a watch has" "3: a watch has no 'exce', but query, exec, mail and empty; did you mean 'exec'?" '[watch a]\nquery=x\nexce=y\n'
faults "what a command has" "2: a command has no 'exce', but exec, input and terminal; did you mean 'exec'?" '[command a]\nexce=y\n'
faults "keys that cannot be typed" "2: 'gg' can never be typed, since 'g' does something by itself" '[keys list]\ngg=last\n'
status_is "are an error" 1
faults "whichever is stated first" "3: ',a' can never be typed" '[keys]\n,=quit\n,a=help\n'
faults "keys that take others away" "2: with 'S' the keys 'Sd' cannot be typed any more" '[keys list]\nS=quit\n'
status_is "are not" 0
has_not "and none that does nothing is listed" "$out" "Sd"
run "$crier" config --check
status_is "but a check tells of them" 2
printf '[keys list]\ng=none\ngg=last\n' >"$CONFIG/crier.conf"
run "$crier" config --check
status_is "what makes room is no fault" 0
printf '[keys]\nq=qiut\n' >"$CONFIG/crier.conf"
run "$crier" keys
has "the action of a key" "$err" "unknown action 'qiut'; did you mean 'quit'?"
printf '[command x]\nexec=\n' >"$CONFIG/crier.conf"
run "$crier" keys
has "a command without a program lacks it" "$err" ":2: a program is missing"
rm "$CONFIG/crier.conf"
run "$crier" --set=ui.languages=@@ list
has "what is no language" "$err" "'@@' are no languages"
run "$crier" --script "$T/nowhere"
printf "crier: cannot read '%s': No such file or directory\n" "$T/nowhere" >"$T/wanted"
same "a file that is not there is named once" "$T/wanted" "$err"
run "$crier" portal show nowhere
has "a portal is looked for in folders" "$err" "in '$CONFIG/portals' or '"
ln -s "$T/nowhere/else" "$T/dangling"
run "$crier" --store="$T/dangling/articles.db" fetch
has "a folder that cannot be made is what is wrong" "$err" "cannot create '$T/dangling': "
run "$crier" portal list --country=ZZ
status_is "a catalogue without such a portal is no error" 0
has "but is said" "$err" "nothing matched"
run python3 "$srcdir/tests/kit/terminal.py" -- "$crier" digest --help
ok "lines of help are wrapped on a terminal" sh -c '! grep -q "^.\{81\}" "$1"' sh "$out"
finish
