#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Which edition of an article somebody gets whose languages the portal has not.
. "${srcdir:-.}/tests/lib.sh"
plan 7
portal_start
for edition in zh ru en; do
    "$crier" add "portal:beiling/$edition/news" >/dev/null
    "$crier" fetch --progress=none # one after the other: which article came first decides among equals
done
english="Passenger ferry between Beiling and Songhe resumes"
chinese="北岭至松河客运渡轮恢复通航"
# reads NAME LOCALE TITLE [OPTION]: the one row for all editions of an article
reads() {
    title=$(LC_ALL=$2 LANGUAGE='' "$crier" ${4+"$4"} list --fold --format=tsv "ferry OR Паром OR 客运渡轮" 2>/dev/null | cut -f6)
    ok "$1" test "$title" = "$3"
}
reads "who has none of the portal's languages gets English before its first one" de_DE.UTF-8 "$english"
reads "whatever the locale" ja_JP.UTF-8 "$english"
reads "in the locale C it is English" C.UTF-8 "$english"
reads "one's own language comes first" zh_CN.UTF-8 "$chinese"
reads "languages that are stated are all of them" de_DE.UTF-8 "$chinese" --set=ui.languages=de
reads "and English stands where it is put" de_DE.UTF-8 "$chinese" "--set=ui.languages=de zh en"
printf 'size 80 24\nkeys Enter\ndump\n' >"$T/script"
LC_ALL=de_DE.UTF-8 "$crier" --set=fetch.auto=no --script "$T/script" >"$T/dump"
has "the reader's list has that edition, too" "$T/dump" "Passenger ferry"
finish
