#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where an article is saved: a folder takes it by the name that was proposed, Tab completes, and what is refused stays to be changed.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 17
mkdir -p "$T/www" "$T/papers/old"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
{"id": "1", "title": "Bridge closed", "url": "@BASE@/1.html", "date_published": "2025-10-20T08:00:00Z", "content_text": "One."}]}
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
cd "$T" || exit 1

# saves NAME TEXT [KEYS]: `w` with a text that is typed instead of the name, and keys; the screen has it
saves() {
    {
        echo "size 80 24"
        echo "keys Enter Enter w ^U"
        cat
        echo "dump"
    } >"$T/script"
    run "$crier" --set=fetch.auto=no --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    has "$1" "$out" "$2"
}
saves "a folder takes it by the name that was proposed" "papers/Bridge closed.txt" <<'END'
type papers/
keys Enter
END
ok "which lies there" test -s "papers/Bridge closed.txt"
saves "without a slash, too" "papers/old/Bridge closed.txt" <<'END'
type papers/old
keys Enter
END
saves "what is there already is not written over" "papers/old/Bridge closed (2).txt" <<'END'
type papers/old/
keys Enter
END
saves "~ is the home folder" "/Bridge closed.txt" <<'END'
type ~/
keys Enter
END
ok "the file is in it" test -s "$HOME/Bridge closed.txt"

saves "Tab completes a folder" "Save as (.txt .md .html): papers/" <<'END'
type pap
keys Tab
END
saves "and what is in it" "Save as (.txt .md .html): papers/old/" <<'END'
type pap
keys Tab Tab
keys Tab
END
saves "below a whole path" "papers/Bridge closed.txt" <<END
type $T/papers/Br
keys Tab
END
mkdir "$T/.hidden" "$T/.hidden/inner"
saves "nothing of hidden folders" "Save as (.txt .md .html): .hidden/" <<'END'
type .hidden/
keys Tab
END
has_not "where nothing may be saved" "$out" "inner"

saves "a folder that there is not is refused" "cannot write '/nonexist/out.txt'" <<'END'
type /nonexist/out.txt
keys Enter
END
has "and what was typed stays" "$out" "Save as (.txt .md .html): /nonexist/out.txt"
saves "so is a hidden name" "nothing is saved under names that begin with a dot" <<'END'
type .hid.txt
keys Enter
END
has "which stays, too" "$out" "Save as (.txt .md .html): .hid.txt"
saves "to be put right" "seen.txt" <<'END'
type .hid.txt
keys Enter Home Delete Delete Delete Delete
type seen
keys Enter
END
ok "and saved" test -s seen.txt
finish
