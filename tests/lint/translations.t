#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Catalogues: complete, valid, and of every string there is.
. "${srcdir:-.}/tests/lib.sh"
need msgfmt xgettext msgcmp python3
cd "$srcdir" || exit 1
languages=$(grep -v '^#' po/LINGUAS)
plan $((3 * $(echo "$languages" | wc -w) + 6))
find src -name '*.c' -print0 | xargs -0 grep -lE '\b(_|N_|C_|ngettext) ?\(' | sort >"$T/files"
find src -name '*.def' -print0 | xargs -0 grep -lE 'N_\(' | sort >>"$T/files"
grep -v '^#' po/POTFILES.in >"$T/listed"
ok "POTFILES.in lists every file with strings" diff -u "$T/listed" "$T/files"
xargs xgettext --language=C --from-code=UTF-8 -cTRANSLATORS: -k_ -kN_ -kC_:1c,2 -kngettext:1,2 -o "$T/crier.pot" <"$T/files"
for language in $languages; do
    ok "$language: the catalogue is valid" msgfmt -c -o /dev/null "po/$language.po"
    ok "$language: and has every string" msgcmp --use-untranslated "po/$language.po" "$T/crier.pot"
    ok "$language: translated, none fuzzy" sh -c '! msgfmt --statistics -o /dev/null "$1" 2>&1 | grep -E "fuzzy|untranslated"' sh "po/$language.po"
done
# shellcheck disable=SC2046 # words are wanted
# shellcheck disable=SC2046,SC2086 # words are wanted
ok "what must be short is" python3 tests/kit/limits.py "$T/crier.pot" $(printf 'po/%s.po ' $languages)
# shellcheck disable=SC2046,SC2086 # words are wanted
ok "each stands in the catalogue of its language" python3 tests/kit/letters.py $(printf 'po/%s.po ' $languages)
# what is short in one place is so in all of them: else a place with room gets the abbreviation
for kind in c def; do
    grep "\.$kind\$" "$T/files" | xargs xgettext --language=C --from-code=UTF-8 -cTRANSLATORS: -k_ -kN_ -kC_:1c,2 -kngettext:1,2 -o "$T/$kind.pot"
done
ok "what must be short in a table stands in no sentence" python3 tests/kit/limits.py --apart "$T/def.pot" "$T/c.pot"
ok "nor the other way round" python3 tests/kit/limits.py --apart "$T/c.pot" "$T/def.pot"
if command -v po4a-updatepo >/dev/null 2>&1; then
    masters=
    for page in crier.1 crier-faq.7 crier-output.5 crier-portal.5 crier-server.7 crier-tutorial.7 crier-urls.5 crier.conf.5; do
        manual=$builddir/man/$page
        [ -f "$manual" ] || manual=$srcdir/man/$page
        # the version and the date of the heading change with each release
        sed 's/^\(\.TH [^ ]* [0-9]\) "[^"]*" "[^"]*"/\1 "2026-11-22" "crier 0.1.0"/' "$manual" >"$T/$page"
        masters="$masters -m $T/$page"
    done
    # shellcheck disable=SC2086 # words are wanted
    po4a-updatepo -f man -M UTF-8 $masters -p "$T/man.pot" >/dev/null 2>&1
    ok "the manual's catalogues have every paragraph" sh -c 'msgcmp man/po/ru.po "$1" && msgcmp man/po/zh_CN.po "$1"' sh "$T/man.pot"
else
    result 0 "the manual's catalogues have every paragraph # SKIP po4a is not installed"
fi
finish
