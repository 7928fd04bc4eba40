#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Words of queries as people type them: in any case, AND and NOT, days by name, houses; and sources by what lasts.
. "${srcdir:-.}/tests/lib.sh"
plan 35
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
list() { "$crier" list --format=tsv --limit=0 "$@" 2>"$err"; }
alike() { # NAME, QUERY, the same as it is written in the manual
    list "$3" >"$T/one"
    list "$2" >"$T/two"
    ok "$1" sh -c 'test -s "$1" && cmp "$1" "$2"' - "$T/one" "$T/two"
}
refused() { # NAME, QUERY, what is said
    run "$crier" list "$2"
    ok "$1" test "$status" = 1
    has "$1: it says why" "$err" "$3"
}
alike "a field in capitals" LANG:ru lang:ru
alike "a field that begins a sentence" Lang:ru lang:ru
alike "a value in capitals" is:UNREAD is:unread
alike "both" HAS:Attachment has:attachment
alike "a portal" portal:BEILING portal:beiling
alike "a unit" since:3650D since:3650d
refused "a field that is nearly one" Lnag:ru "unknown field 'lnag:'; did you mean 'lang'?"
alike "AND is what a blank is" "water AND lang:en" "water lang:en"
alike "before parentheses, too" "lang:en AND (news OR water)" "lang:en (news OR water)"
alike "the word is written as a phrase" '"and" lang:en' "and lang:en"
refused "AND with nothing behind it" "bridge AND" "a term is missing"
refused "AND with nothing before it" "AND OR bridge" "a term is missing"
refused "NOT is a minus" "bridge NOT water" "-water"
refused "NOT before parentheses" "NOT (bridge OR water)" "minus"
refused "a day that is none" since:yesterday-ish "nor yesterday, today or tomorrow"
has "with all that can be said" "$err" "12h, 3d, 2w, 5m (months), 1y"
alike "a day by its name" before:tomorrow all
export CRIER_NOW=1761350400
alike "which is one of the calendar" before:TODAY before:2025-10-25
alike "as is the day before" before:yesterday before:2025-10-24
run "$crier" agenda --from=tomorrow
ok "the agenda knows them" sh -c 'test "$1" != 1' - "$status"
run "$crier" agenda --from=2026-12-10 --to=2026-12-01
status_is "an agenda that ends before it begins is wrong use" 1
has "which it says" "$err" "--to=2026-12-01 ends before --from=2026-12-10 begins"
refused "an address has a house" address:Riverside "a house is missing in 'Riverside'"
alike "or is a whole street, by its kind" 'address:"Riverside Road"' 'title:Planned lang:en water address:"riverside rd"'
run "$crier" watch add near --address=foo
ok "of a watch, too" test "$status:$(cat "$err")" = "1:crier: query: a house is missing in 'foo'"
run "$crier" config 'near.addresses=24 Main Street; foo'
ok "and of a setting" sh -c 'test "$1" = 1 && grep -qF "a house is missing in '\''foo'\''" "$2"' - "$status" "$err"

# sources by what lasts
first=$("$crier" sources --format=tsv | awk 'NR == 1 { print $2 }')
printf '"query:Mine:(source:1 OR -source:\\"1\\") source:11 source:1x \\"source:1\\""\n' >>"$CONFIG/urls"
run "$crier" export --what=sources --format=urls
has "exported queries name sources by their addresses" "$out" "query:Mine:(source:$first OR -source:$first) source:11 source:1x \\\"source:1\\\""
"$crier" export --what=sources --output="$T/x.opml"
has "in OPML as well" "$T/x.opml" "source:$first OR"
finish
