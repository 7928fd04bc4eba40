#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is said where there is nothing to see: all lines of urls are broken, a feed is of this hour, an article without a date, a command that has begun.
. "${srcdir:-.}/tests/lib.sh"
plan 11

printf '%s\n' 'one' 'exec:two' 'three' >"$CONFIG/urls"
play <<END
dump
keys e
dump
END
on 1 "where no line can be used the first view says so" "No line of urls can be used"
ok "all are told" test "$(grep -c 'urls:[1-3]:' "$T/screen.2")" = 3
ok "each once" sh -c '! grep -q "Messages of this session" "$1"' - "$T/screen.2"

{
    printf '<rss version="2.0"><channel><title>Town</title><item><title>Undated</title><guid>u</guid></item>'
    for n in 1 2 3 4 5 6 7 8 9; do
        printf '<item><title>Notice %s</title><guid>%s</guid><pubDate>%s</pubDate></item>' "$n" "$n" "$(date -u -R -d "2025-10-24 $((20 - n)):00")"
    done
    printf '</channel></rss>'
} >"$T/town.xml"
printf '<rss version="2.0"><channel><title>Nothing</title></channel></rss>' >"$T/nothing.xml"
printf '%s\n' "file://$T/town.xml" "file://$T/nothing.xml" >"$CONFIG/urls"
"$crier" fetch --progress=none 2>"$err"
play <<END
keys j j i
dump
keys q j i
dump
keys q g Enter i
dump
keys q G i
dump
END
run "$crier" show "$("$crier" list --format=tsv Undated | cut -f1)"
has "an article without a date says when it was first seen" "$out" "first seen 2025-10-25"
on 1 "the gap between articles of hours is told in hours" "1.0 hours"
on 2 "where there are no articles, none is unread" "Articles"
ok "and that is not said" sh -c '! grep -q "of them unread" "$1"' - "$T/screen.2"
ok "one of two articles says that it has no date" sh -c 'cat "$1" "$2" | grep -q "no date is stated, or none that can be true"' - "$T/screen.3" "$T/screen.4"
ok "the other has one" sh -c 'cat "$1" "$2" | grep -q "Published *2025"' - "$T/screen.3" "$T/screen.4"

mkfifo "$T/gate"
printf '[command slow]\nexec=sh -c "read line <%s"\n' "$T/gate" >"$CONFIG/crier.conf"
play <<END
keys Enter !
type slow
keys Enter
dump
END
on 1 "a command that has begun says so" "slow: started"
run "$crier" config --check
status_is "and all of that is fine" 0
timeout 5 sh -c 'echo >"$1"' - "$T/gate" || :
finish
