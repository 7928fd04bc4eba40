#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whose an article is, wherever articles of several sources stand; and what is said of a date that was refused.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 12
python3 - "$T" <<'END'
import sys
for name, title in (("town", "Town Hall"), ("works", "Water Works")):
    items = "".join(f"<item><title>Notice {n} of {name}</title><guid>{name}{n}</guid><pubDate>{date}</pubDate>"
                    f"<description>On November {n}, 2025 the hearing takes place.</description></item>"
                    for n, date in ((1, "Fri, 24 Oct 2025 08:00:00 GMT"), (2, "Mon, 24 Oct 2033 08:00:00 GMT")))
    open(f"{sys.argv[1]}/{name}.xml", "w").write(f'<rss version="2.0"><channel><title>{title}</title><language>en</language>{items}</channel></rss>')
END
printf 'file://%s\n' "$T/town.xml" "$T/works.xml" >"$CONFIG/urls"
export CRIER_NOW=1761350400
"$crier" fetch --progress=none

play <<'END'
size 200 12
dump
keys A
dump
size 120 12
dump
size 80 12
dump
size 40 12
dump
END
on 1 "a list beside an article names the source" "Notice 1 of town                               Town Hall"
on 2 "so does the agenda there" "Notice 1 of town                      Town Hall"
on 3 "below its rows where it has few cells" " · On November 1, 2025"
on 4 "and beside them where it is alone" "Town Hall"
has_not "but not twice" "$T/screen.4" " · On"
on 5 "in few cells below them" " · On November 1, 2025"
printf '%s\n' agenda q >"$T/typed"
"$crier" --plain <"$T/typed" >"$T/lines" 2>&1
has "in lines each says it" "$T/lines" "Notice 1 of town, Town Hall"
has "and the others theirs" "$T/lines" "Notice 1 of works, Water Works"

# --- dates that were refused
play <<'END'
keys Enter
dump
keys / 2 Space o f Space t o w n Enter Enter
dump
keys i
dump
keys q J
dump
END
on 2 "an article says which date was refused" "The stated date 2033-10-24 cannot be true"
on 3 "and its information, too" "The stated date 2033-10-24 cannot be true"
"$crier" show 2 >"$T/shown"
has "another article" "$T/shown" "Notice 1"
has_not "what has a date says nothing of one" "$T/shown" "cannot be true"
finish
