#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the compiler does not check: the rule of the rooms, who links what, file sizes,
# the list of tests, licences.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 23
cd "$srcdir" || exit 1

# A file includes its own room and rooms below it.
cat >"$T/rooms.awk" <<'AWK'
BEGIN {
    below["base"] = "base"
    below["fence"] = "base fence"
    below["text"] = "base fence text"
    below["config"] = "base fence text config"
    below["document"] = "base fence text config document"
    below["store"] = below["document"] " store"
    below["feed"] = below["document"] " feed"
    below["portal"] = below["feed"] " portal"
    below["transfer"] = "base fence text transfer"
    below["parse"] = below["portal"] " store parse"
    below["fetch"] = below["parse"] " transfer fetch"
    below["sync"] = below["fetch"] " sync"
    below["picture"] = below["parse"] " picture"
    below["worker"] = below["fetch"] " worker"
    below["reader"] = below["store"] " reader"
    below["cli"] = below["reader"] " cli"
    below["ui"] = below["reader"] " ui"
}
FNR == 1 { n = split(FILENAME, parts, "/"); room = (n > 2) ? parts[2] : "" }
room != "" && /^#include "[a-z]+\// {
    other = $2; gsub(/"/, "", other); sub(/\/.*/, "", other)
    if ((" " below[room] " ") !~ (" " other " ")) { print FILENAME ": " $0; bad = 1 }
}
END { exit bad }
AWK
ok "no room reaches above itself" sh -c 'find src -name "*.[ch]" | xargs awk -f "$1"' sh "$T/rooms.awk"
ok "no more than two files lead to one another by #include" python3 tests/kit/circles.py includes .
if [ -n "$(find "$builddir/src" -name '*.o' 2>/dev/null | head -n 1)" ] && command -v nm >/dev/null 2>&1; then
    ok "nor by what they call" python3 tests/kit/circles.py symbols "$builddir" .
else
    result 0 "nor by what they call # SKIP nm is not installed"
fi
ok "curses is in ui/term.c and ui/term-keys.c alone" sh -c '! grep -lE "#include <(curses|ncurses|term\\.h)" -r src | grep -vE "^src/ui/term(-keys)?\.c$"'
ok "SQL is in the store alone" sh -c '! grep -lE "sqlite3|store/db.h|SELECT |INSERT INTO" -r src --include=*.[ch] | grep -v "^src/store/"'
ok "libcurl is in the transfer room alone" sh -c '! grep -lE "#include <curl" -r src | grep -v "^src/transfer/"'
ok "libxml2 is on the worker's side alone" sh -c '! grep -lE "#include <libxml" -r src | grep -vE "^src/(document/html|feed/|portal/)"'
# base/number.h reads numbers that others wrote; strings have their length with them
ok "no function that overflows or fails in silence" sh -c '! grep -nE "(^|[^a-z_0-9])(g_ascii_)?(ato[fil]|atoll|strto(d|l|ll|ul|ull|k)|v?sprintf|sscanf|str(n?cpy|n?cat)|gets)[[:space:]]*\\(" -r src | grep -vE "g_ascii_strtod"'
ok "the process with the store parses nothing that came" sh -c '! grep -nE "(^|[^a-z_])(parse_(feed|list|article|token|any)|attachment_read|convert_run|page_open|feed_parse|list_extract|article_(extract|of_file|is_file)|charset_decode|html_import[a-z_]*)[[:space:]]*\\(" -r src/fetch'
# commas and colons between words are the language's; --script speaks to tests, and mail is sorted by its subjects
ok "parts are joined as the language joins them" sh -c '! grep -nE "(^|[^_])(\\(|\\? |: |, )(\", \"|\": \"|\"[^\"]*%s(, |: )%s\"|\", %s\"|\": %s\"|\"%s: \")" -r src/ui src/reader --include=*.c | grep -vE "_\\(\"(, |: )\"\\)|g_string_replace|ui/script.c|reader/digest-mail.c|/\* of a program"'
ok "what is wrong with a file stands behind its name as the language has it" sh -c '! grep -nE "message_(error|warning)\\(\"[^\"]*%s[^\"]*: %s\"" -r src'
ok "what parsers say is for machines first" sh -c '! grep -nE "(^|[^N])_\(\"" -r src/feed src/portal'
# FNR is 3 only where the first two lines did not have it
ok "each source starts with its licence" sh -c '! find src tests scripts -name "*.[ch]" -o -name "*.t" -o -name "*.py" -o -name "*.awk" -o -name "*.def" | xargs awk "FNR == 1 { has = 0 } /SPDX-License-Identifie[r]: GPL-3.0-or-later/ { has = 1 } FNR == 3 && !has { print FILENAME } FNR >= 3 { nextfile }" | grep .'
ok "no file is over 800 lines" sh -c '! find src tests -name "*.[ch]" | xargs wc -l | awk "\$2 != \"total\" && \$1 > 800" | grep .'
ok "no test is forgotten" sh -c '! find tests -name "*.t" | while read -r f; do grep -q "$f" Makefile.am || echo "$f"; done | grep .'
# links_none PROGRAM LIBRARIES: it is linked with none of these (an ERE)
links_none() {
    needed=$(readelf -d "$(dirname "$crier")/$1" 2>/dev/null | grep NEEDED)
    if [ -n "$needed" ]; then
        ok "$1 links none of $2" sh -c '! printf "%s" "$1" | grep -E "lib($2)"' sh "$needed" "$2"
    else
        result 0 "$1 links none of $2 # SKIP readelf is not installed"
    fi
}
links_none crier "curl|xml2|chafa|png|jpeg|webp|gif"
links_none crier-worker "curl|chafa|png|jpeg|webp|gif"
if grep -q "^#define WITH_PICTURES 1" "$builddir/config.h"; then
    links_none crier-picture "curl|xml2|sqlite3|ical|zstd"
else
    result 0 "crier-picture links nothing else # SKIP built without pictures"
fi
ok "what decodes pictures is in their room alone" sh -c '! grep -lE "#include <(chafa|png|jpeglib|webp|gif_lib)" -r src | grep -v "^src/picture/"'
links_none crier-parser curl
links_none crier-transfer "xml2|sqlite3|ical|zstd"
links_none crier-sync "curl|xml2|ical"
if command -v shellcheck >/dev/null 2>&1; then
    # a few at a time, and without what they include: all at once, each with it, take ten times as long
    ok "shellcheck has nothing to say" sh -c 'ls bootstrap scripts/coverage scripts/demo scripts/fill-metainfo scripts/translate-man \
        tests/make-locales tests/lib.sh tests/*/*.t | xargs -n 10 shellcheck -s sh -e SC1090,SC1091,SC2154,SC2034,SC2016,SC2317'
else
    result 0 "shellcheck has nothing to say # SKIP shellcheck is not installed"
fi
finish
