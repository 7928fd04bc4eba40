#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is said of what failed: of a page or an attachment while the list works; when a source that failed is
# fetched again, and that trying by hand does not put that off.
. "${srcdir:-.}/tests/lib.sh"
plan 33
portal_start
fault() { get "/control/set?path=$1&fault=$2" >/dev/null; }
line() { ok "$1" grep -qE -- "$3" "$2"; }
is() { ok "$1" test "$2" = "$3"; }
# flat FILE: in one line, as a text that is wrapped
flat() { tr -s '\n ' '  ' <"$1" >"$T/flat"; }

# --- parts of a source
printf '[own]\nFormats=docx\nCommand=sh -c "echo this is no document! >&2; exit 2" {file}\n' >"$CONFIG/converters"
for page in 202 203; do fault /en/notices/$page.html 404; done
fault /en/news/101.html 500
fault /files/tender.pdf 404
"$crier" add portal:beiling/en/news >/dev/null
"$crier" add portal:beiling/en/notices >/dev/null
"$crier" --set=fetch.attachments=always fetch --progress=none
printf 'e\n' | "$crier" --plain >"$out" 2>&1
has_not "a page that is gone is no reason to unsubscribe" "$out" "unsubscribes"
has_not "nor is the address of the source another one" "$out" "look for the new one"
line "who listens hears the list works" "$out" "^The list itself works. Of an article whose page cannot be read crier keeps what it has; 'crier fetch --full' asks for the page again.$"
is "once for all pages that are gone" "$(grep -c "'crier fetch --full' asks for the page" "$out")" 1
is "each in a line of its own" "$(grep -cE "(^|: )warning: $BASE/en/notices/20[23]\.html: not found \(HTTP 404\)$" "$out")" 2
is "what may come back is tried again" "$(grep -A1 "news/101.html: the server has a fault" "$out" | grep -c "the next fetch tries the page again.$")" 1
line "a converter has its own words" "$out" "this is no document!$"
line "with its own advice" "$out" "^The attachment itself can be opened"
has "an attachment that is gone is told as one" "$out" "The article is there without this attachment; 'crier fetch --full' asks for it again."
ok "and no stop behind a stop" sh -c '! grep -qE "[.!?]\.( |$)|\.\." "$1"' sh "$out"
is "each source is one row" "$(grep -cE '^[0-9]+\. .*: warning: ' "$out")" 2
printf 'e\n2\n' | "$crier" --plain >"$out" 2>&1
has "which opens its list" "$out" "Public Notices (6 unread)"
play <<'END'
size 100 40
keys e
dump
keys q j j j j i
dump
END
flat "$T/screen.1"
has_not "the page of errors does not say to unsubscribe" "$T/flat" "unsubscribes"
has "but that the list works" "$T/flat" "The list itself works."
flat "$T/screen.2"
has "so does the information" "$T/flat" "What to do The list itself works."
run "$crier" status
line "so does the command" "$out" "^        The list itself works. Of an article whose page cannot be read crier keeps what it has; 'crier"
is "once" "$(grep -c "'crier fetch --full' asks for the page" "$out")" 1
is "and once for all that may come back" "$(grep -c "the next fetch tries the page again.$" "$out")" 1
number=$("$crier" list --format=tsv "title:tenders" | cut -f1)
run "$crier" show "$number"
has "an article says what its attachment lacks" "$out" "its text could not be read. The attachment itself can be opened"

# --- a source that fails
rm -rf "$T/data/crier" "$CONFIG/urls" "$CONFIG/converters"
for page in /en/notices/202.html /en/notices/203.html /en/news/101.html; do fault $page ""; done
fault /en/notices/index.html 500
"$crier" add portal:beiling/en/notices >/dev/null
errors() { printf 'e\n' | "$crier" --set=fetch.auto=no --plain >"$out" 2>&1; }
due() { "$crier" fetch --dry-run | wc -l; }
start=$CRIER_NOW
export CRIER_NOW
for i in 1 2 3 4 5 6; do
    CRIER_NOW=$((start + i))
    run "$crier" fetch --all --progress=none
done
status_is "it fails each time" 3
is "and is not due before its time" "$(due)" 0
errors
has "what fails is tried by a key" "$out" "the next fetch tries again. r tries it now."
has_not "of a time that is near nothing is said" "$out" "is due at"
CRIER_NOW=$((start + 3601))
is "six fetches by hand have not put it off" "$(due)" 1
run "$crier" fetch --progress=none
run "$crier" status
line "who has waited in vain waits longer" "$out" "; next fetch 2025-10-25T0[23]:"
errors
line "which is said, with the key" "$out" "the next fetch tries again. Its next fetch is due at 2025-10-25 0[0-9]:[0-9]*; r tries it now.$"
printf '[keys page]\nr=none\nT=fetch\n' >"$CONFIG/crier.conf"
errors
line "be it another one" "$out" "; T tries it now.$"
rm "$CONFIG/crier.conf"
play --set=fetch.auto=no <<'END'
size 100 40
keys j j j Enter
dump
END
flat "$T/screen.1"
has "an empty list says it too" "$T/flat" "Its next fetch is due at 2025-10-25"

# --- what a server asks for
fault /en/notices/index.html 429
CRIER_NOW=$((CRIER_NOW + 4 * 3600))
run "$crier" fetch --progress=none
asked=$("$crier" status --format=json | grep -o '"next_due":"[^"]*"')
errors
line "the time that it asks for is told" "$out" "Its next fetch is due at 2025-10-25 [0-9:]*\.$"
has_not "without a key, which does nothing before" "$out" "tries it now"
run "$crier" fetch --all --progress=none
is "nor does a fetch of all" "$("$crier" status --format=json | grep -o '"next_due":"[^"]*"')" "$asked"
fault /en/notices/index.html ""
CRIER_NOW=$((CRIER_NOW + 86400))
run "$crier" fetch --progress=none
status_is "then it is fetched" 0
run "$crier" status
has_not "and fails no more" "$out" "failing since"
finish
