#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What several lines of urls bring is one head and goes from all of them.
. "${srcdir:-.}/tests/lib.sh"
plan 10
portal_start
urls=$CONFIG/urls

# --- an edition and its portal
printf 'portal:beiling/en "mine"\nportal:beiling\n' >"$urls"
cp "$urls" "$T/before"
"$crier" fetch --progress=none >/dev/null
play <<'END'
size 80 30
keys / L o c a l Space N Enter D y
dump
keys u
wait Local News
dump
END
on 1 "what one unsubscribes from is of no subscription any more" "Not subscribed"
ok "in no row and no line" sh -c '! grep -q "Local News" "$1"' sh "$T/screen.1"
on 2 "and comes back" "Local News"
same "with the lines that brought it, byte for byte" "$T/before" "$urls"
"$crier" remove portal:beiling/en/news >/dev/null
run "$crier" sources
has_not "the same by a command" "$out" "portal:beiling/en/news"
has "which takes out nothing else" "$out" "portal:beiling/en/notices"
has "of both lines" "$out" "portal:beiling/ru/news"

printf 'portal:beiling/en/notices\nportal:beiling/zh/news\nportal:beiling\n' >"$urls"
play <<'END'
size 80 40
keys j j j
dump
END
ok "an edition has one head" test "$(grep -c "^ .*) · English" "$T/screen.1"):$(grep -c "^ .*) · 中文" "$T/screen.1")" = 1:1
ok "and is named once in the corner" sh -c 'sed 1q "$1" | grep -q "English" && ! sed 1q "$1" | grep -q "English.*English"' sh "$T/screen.1"
ok "with the name of its portal" test "$(grep -c "beiling · " "$T/screen.1")" = 0
finish
