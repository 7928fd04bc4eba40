#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Small promises of the command line: articles for other programs, settings that name something, the stopped clock.
. "${srcdir:-.}/tests/lib.sh"
plan 35
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --full --progress=none
number=$("$crier" list --format=tsv title:railway | cut -f1)
other=$("$crier" list --format=tsv lang:ru --limit=1 | cut -f1)

# articles for other programs
run "$crier" show --format=markdown "$number"
has "Markdown begins with the title" "$out" "# Old railway station becomes the museum of the city"
has "then the date and the source" "$out" "2025-10-24 16:30 · "
has "and the address" "$out" "]($BASE/en/news/105.html)"
run "$crier" show --format=markdown "$number" "$other"
ok "two are kept apart" test "$(grep -c '^---$' "$out"):$(grep -c '^# ' "$out")" = 1:2
run "$crier" show --format=html "$number" "$other"
ok "HTML is one document" python3 -c '
import html.parser, sys
class Reader(html.parser.HTMLParser):
    open, seen, articles = [], {}, 0
    def handle_starttag(self, tag, attributes):
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if tag == "meta": assert ("charset", "utf-8") in attributes
        if tag not in ("meta", "br", "img", "hr"): self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
text = sys.stdin.buffer.read().decode("utf-8")
assert text.startswith("<!DOCTYPE html>\n"), text[:40]
r = Reader(); r.feed(text); r.close()
assert not r.open, r.open
assert (r.seen["html"], r.seen["title"], r.seen["meta"], r.seen["article"], r.seen["h1"]) == (1, 1, 1, 2, 2), r.seen
' <"$out"
has "with the language of each" "$out" '<article lang="ru">'
has "and dates" "$out" "<p>2025-10-24 16:30 · "
has "and addresses" "$out" "<a href=\"$BASE/en/news/105.html\">"
LC_ALL=C run "$crier" show --format=html "$other"
ok "in UTF-8 as it says, whatever the locale" python3 -c 'import sys; sys.exit(not any("Ѐ" <= c <= "ӿ" for c in sys.stdin.buffer.read().decode()))' <"$out"
run "$crier" show --format=html 999999
ok "nothing of an article that is not there" test "$status:$(wc -c <"$out")" = 1:0
run "$crier" status --format=json
ok "rates have two digits" sh -c '! grep -qE "\"per_day\":[0-9]+\.[0-9]{3}" "$1"' sh "$out"

# settings that name something
for setting in ui.theme=nosuch ui.theme=../dark ui.keymap=nosuch; do
    for command in list "list --help" fetch keys config; do
        case $command in *help) expected=0 ;; *) expected=1 ;; esac
        # shellcheck disable=SC2086 # words are wanted
        run "$crier" "--set=$setting" $command
        [ "$status" = "$expected" ] || break
    done
    status_is "--set=$setting is an error" "$expected"
done
has "which names what there is" "$err" "there is no 'nosuch'; there are crier, newsboat"
for setting in ui.theme=dark ui.theme=default ui.keymap=crier ui.keymap=newsboat; do
    run "$crier" "--set=$setting" keys
    status_is "--set=$setting is none" 0
done
mkdir -p "$T/own/themes"
cp "$srcdir/data/themes/dark.theme" "$T/own/themes/mine.theme"
run "$crier" --set=ui.theme=mine list --config="$T/own"
ok "nor is one of the user's own" test "$status" != 1
printf '[settings]\nui.theme=nosuch\n' >"$CONFIG/crier.conf"
run "$crier" list
ok "crier.conf is told with its line" test "$status:$(grep -c "crier.conf:2: ui.theme: there is no 'nosuch'" "$err")" = 1:1
cat >"$CONFIG/crier.conf" <<'END'
[source http://typo.example/]
fetch.interval=30
[section nosuch]
fetch.interval=30
[source portal:beiling/en/news]
fetch.interval=30
END
run "$crier" config fetch.interval
status_is "groups that nothing falls under" 0
has "are named" "$err" ":1: [source http://typo.example/] is of nothing that is subscribed to"
has "of sources and of tags" "$err" ":3: [section nosuch] is of nothing"
has_not "and no others" "$err" "line 5"
rm "$CONFIG/crier.conf"

# the clock
for now in abc 12x -1 1e9 99999999999999999999; do
    CRIER_NOW=$now run "$crier" list
    status_is "CRIER_NOW=$now is no time" 1
done
has "which is said" "$err" "CRIER_NOW: '99999999999999999999' is not a number of seconds"
CRIER_NOW='' run "$crier" list
status_is "an empty one is none" 0
CRIER_NOW=abc run "$(dirname "$crier")/crier-worker" fetch
status_is "the worker says so too" 1
CRIER_NOW=abc run "$(dirname "$crier")/crier-parser" parse /dev/null
status_is "and the parser" 1

# saving
printf 'keys Enter Enter w ^U\ntype saved.html\nkeys Enter\n' >"$T/script"
(cd "$T" && umask 027 && run "$crier" --script "$T/script")
ok "a saved article has the mode that the user wants" test "$(stat -c %a "$T/saved.html" 2>/dev/null)" = 640
finish
