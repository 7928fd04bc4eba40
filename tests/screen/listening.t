#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who listens to --plain misses nothing: an empty line goes on behind what was really read out, and
# what is chosen was meant.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 16
mkdir "$T/www"
python3 - "$T/www" <<'PY'
import json, sys
def feed(name, count, body):
    items = [{"id": "%s%d" % (name, n), "title": "%s %d." % (name, n), "content_html": body, "url": "@BASE@/%s%d.html" % (name, n),
              "date_published": "2025-%02d-%02dT08:00:00Z" % (9 - n // 28, 28 - n % 28)} for n in range(1, count + 1)]
    with open("%s/%s.json" % (sys.argv[1], name), "w") as f:
        json.dump({"version": "https://jsonfeed.org/version/1.1", "title": name, "items": items}, f)
feed("Notice", 33, "".join("<p>Paragraph %d.</p>" % n for n in range(1, 13)))
feed("Other", 3, "<p>Short.</p>")
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/Notice.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# said [OPTION…] -- LINE…: what the last of them is answered by, without what is said before
said() {
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | "$crier" --set=ui.browser=true $options --plain >"$T/all" 2>&1
    awk -v lines=$# '{ text = $0; while (sub(/^(an empty line reads on )?> /, "", text)) n++; if (n == lines) print text }' "$T/all" >"$out"
}

# --- rows
said -- 1 j ''
has "an empty line goes on behind the last row that was read" "$out" "21 to 33 of 33"
has "wherever the cursor stands" "$out" "21. Notice 21."
said -- 1 2 h ''
has "also when one was in an article" "$out" "21 to 33 of 33"
said -- 1 'find Notice 15.' ''
has "or found a row" "$out" "21 to 33 of 33"
said -- 1 'find Notice 25.' ''
has "from one further down it goes on there" "$out" "26 to 33 of 33"
said -- 1 '' ''
has "at the end it says so" "$out" "this is the end of the list"
said -- 1 '' b
has "the rows before are read" "$out" "1 to 20 of 33"
said -- 1 b
has "at the beginning the same again" "$out" "20. Notice 20."
has "which is said" "$out" "this is the beginning of the list"
said -- 1 '' ''
has "the end says how to hear them again" "$out" "b: the rows once more, or those before"

# --- pages
said --set=plain.page=5 -- 1 s ''
has "what a page had no room for is still to be read" "$out" "4 to 23 of 33"
said --set=plain.page=5 -- 1 1 j
has "of a text, too" "$out" "Paragraph"
has_not "which is not at its end" "$out" "this is the end"
said --set=plain.page=5 -- 1 1 e h ''
has "nor after another page" "$out" "Paragraph 1."
said --set=plain.page=5 -- 1 1 G ''
has "what was read whole is" "$out" "Notice 2."

# --- what is new
printf 'a\n%s/Other.json\n1\nquit\n' "$BASE" | "$crier" --plain >"$out" 2>&1
has "new rows of the first view are read" "$out" "4. Other: 3 unread of 3"
finish
