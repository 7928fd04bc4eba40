#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The form of the code, for `make lint`: what a packager builds with need not agree on it.
. "${srcdir:-.}/tests/lib.sh"
plan 4
cd "$srcdir" || exit 1
find src tests -name '*.[ch]' | LC_ALL=C sort >"$T/files"

formatter=
for name in clang-format-14 clang-format; do
    if "$name" --version 2>/dev/null | grep -q 'version 14\.'; then
        formatter=$name
        break
    fi
done
if [ -n "$formatter" ]; then
    # shellcheck disable=SC2046 # names have no blanks
    run "$formatter" --dry-run --Werror $(cat "$T/files")
    status_is "the code is laid out as .clang-format says (make format)" 0
else
    result 0 "the code is laid out as .clang-format says # SKIP clang-format 14 is not installed"
fi

# a text that is searched for stays in one line, whatever its length
too_long() {
    xargs python3 -c '
import sys, unicodedata
def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
for name in sys.argv[1:]:
    for number, line in enumerate(open(name, encoding="utf-8"), 1):
        if width(line.rstrip("\n")) > 100 and "\"" not in line:
            print(f"{name}:{number}: {width(line)} columns")
' <"$T/files" | grep . && return 1
    return 0
}
# what details are met by is what parsers write: the longest piece of each form
details() {
    sed -n 's/^DETAIL(N_("\(.*\)"))$/\1/p' "$srcdir/src/base/detail.def" | while read -r form; do
        piece=$(printf '%s' "$form" | sed 's/%s/\n/g; s/: matches/matches/; s/\n: /\n/g' | awk 'length > length(longest) { longest = $0 } END { print longest }')
        grep -rqF -- "$piece" "$srcdir"/src/feed "$srcdir"/src/portal "$srcdir"/src/parse "$srcdir"/src/fetch "$srcdir"/src/base/detail.h || echo "$form"
    done | grep . && return 1
    return 0
}
ok "details are met by what parsers write" details
# and what they write is met: each text that is handed to these functions, with %s for its values
texts() {
    for file in "$srcdir"/src/feed/*.c "$srcdir"/src/portal/*.c "$srcdir"/src/parse/*.c "$srcdir"/src/fetch/*.c; do
        tr '\n' ' ' <"$file" | sed 's/);/);\n/g'
    done | grep -E '(feed_warn|page_warn|problem_newf|g_set_error|why = g_strdup_printf)\(.*"' | grep -v '_("' |
        sed -E 's/.*(feed_warn|page_warn|problem_newf|g_set_error|why = g_strdup_printf)\(//; s/" *[A-Z0-9_]+ *"/zu/g; s/" +"//g; s/"[a-z-]+", *//
            s/[^"]*"([^"]*)".*/\1/; s/%[.0-9]*(zu|u|d|s)/%s/g' | grep '[a-z][a-z]' | LC_ALL=C sort -u
}
unmet() {
    texts >"$T/said"
    test "$(wc -l <"$T/said")" -gt 20 || echo "the texts are not found"
    while read -r text; do
        grep -qF -- "DETAIL(N_(\"$text\"))" "$srcdir/src/base/detail.def" || echo "$text"
    done <"$T/said" | grep . && return 1
    return 0
}
ok "and all that they write is met" unmet
ok "no line is wider than 100 columns, but for texts" too_long
finish
