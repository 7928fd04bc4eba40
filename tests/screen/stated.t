#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What :set does to what is open, what it refuses; and keys that let go of what was begun.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 19
mkdir -p "$T/www"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
{"id": "1", "title": "Bridge closed", "url": "@BASE@/1.html", "date_published": "2025-10-20T08:00:00Z", "content_text": "One."},
{"id": "2", "title": "Archive opened", "url": "@BASE@/2.html", "date_published": "2025-10-19T08:00:00Z", "content_text": "Two."},
{"id": "3", "title": "Concert moved", "url": "@BASE@/3.html", "date_published": "2025-10-18T08:00:00Z", "content_text": "Three."}]}
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none

# shows NAME TEXT: a script on standard input; TEXT is on its last screen
shows() {
    {
        echo "size 80 24"
        cat
        echo "dump"
    } >"$T/script"
    run "$crier" --script "$T/script"
    tail -n 24 "$out" >"$T/screen"
    [ "$status" = 0 ] || show "$err"
    has "$1" "$T/screen" "$2"
}
# rows TITLE…: titles stand in this order on the last screen
rows() {
    python3 - "$T/screen" "$@" <<'END'
import sys
text = open(sys.argv[1], encoding="utf-8").read()
places = [text.find(title) for title in sys.argv[2:]]
sys.exit(-1 in places or places != sorted(places))
END
}

# --- a theme that there is not
shows "a theme that there is not is refused" "unknown theme 'nosuch'" <<'END'
keys :
type set ui.theme=nosuch
keys Enter
END
shows "and the old one stays" "ui.theme=default (" <<'END'
keys :
type set ui.theme=nosuch
keys Enter Esc :
type set ui.theme
keys Enter
END
printf '[Styles]\nheading=no colour at all\n' >"$T/broken"
mkdir -p "$XDG_CONFIG_HOME/crier/themes"
cp "$T/broken" "$XDG_CONFIG_HOME/crier/themes/broken.theme"
shows "so is one that cannot be read" "broken.theme" <<'END'
keys :
type set ui.theme=broken
keys Enter
END
# in TYPED… TEXT: on a terminal
in_terminal() {
    run python3 "$srcdir/tests/kit/terminal.py" "$@" -- "$crier"
    [ "$status" = 0 ] || show "$out"
}
enter=$(printf '\r')
clear=$(printf '\025') # what was refused is still there
in_terminal "see:Notices" "type::set ui.theme=nosuch$enter" "see:unknown theme" "type:${clear}set ui.dates=local$enter" "see:ui.dates=local" "type:Q"
status_is "the next setting is told as done" 0
printf '[settings]\nui.theme=broken\n' >"$XDG_CONFIG_HOME/crier/crier.conf"
in_terminal "see:broken.theme" "type::set ui.dates=local$enter" "see:ui.dates=local" "type:Q"
status_is "a theme of crier.conf that cannot be read is told once" 0
rm "$XDG_CONFIG_HOME/crier/crier.conf"

# --- the order of the list that is open
shows "a list takes the order that is set" "by title" <<'END'
keys Enter :
type set list.sort=title
keys Enter
END
ok "at once" rows "Archive opened" "Bridge closed" "Concert moved"
shows "also one that keys have put in another" "ui.dates" <<'END'
keys Enter S t :
type set list.sort=date
keys Enter :
type set ui.dates
keys Enter
END
ok "by date again" rows "Bridge closed" "Archive opened" "Concert moved"
shows "and what is opened later" "Notices" <<'END'
keys Enter S d :
type set list.sort=title
keys Enter Left Enter
END
ok "stands so, too" rows "Archive opened" "Bridge closed" "Concert moved"
shows "a search keeps its own" "Search" <<'END'
keys Backslash
type opened OR closed OR moved
keys Enter :
type set list.sort=title
keys Enter
END
has_not "as no key gave it that" "$T/screen" "by title"
# --- what was begun
shows "Esc lets go of a number, and leaves nothing" "1/3" <<'END'
keys Enter 3 Esc
END
shows "of which nothing is left" "2/3" <<'END'
keys Enter 3 Esc j
END
shows "so does ^G" "2/3" <<'END'
keys Enter 3 ^G j
END
shows "and ^C, which says how to leave" "press Q to quit" <<'END'
keys Enter 3 ^C
END
in_terminal "see:Notices" "type:$(printf '\003')" "see:press Q to quit" "type:$enter" "see:Archive" "type:$(printf '\003')" "see:press Q to quit" "type:Q"
status_is "^C says it on a terminal" 0
in_terminal "see:Notices" "type:\\" "see:Search all" "type:$(printf 'x\003')" "type:?" "see:Help" "type:Q"
status_is "and closes a line there" 0
finish
