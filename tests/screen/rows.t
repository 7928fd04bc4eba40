#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rows of the first view: each key does something on each of them or says why not; what is unsubscribed
# from is back byte for byte after u.
. "${srcdir:-.}/tests/lib.sh"
plan 8
portal_start
mkdir -p "$T/share/portals"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share"
cat >"$CONFIG/urls" <<'END'
# mine
portal:beiling   "water"  "~Beiling"

"query:Bridges:bridge"  # kept
portal:beiling/ru/news "roads"
# the end
END
printf '%s/en/news/rss.xml' "$BASE" >>"$CONFIG/urls"
cp "$CONFIG/urls" "$T/urls"
"$crier" fetch --progress=none 2>/dev/null
# play [OPTION…]: runs the script on standard input; $T/screen.1, .2 … are what it dumps
play() {
    { echo "size 80 24"; cat; } >"$T/script"
    run "$crier" "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
on() {
    has "$2" "$T/screen.$1" "$3"
}

# --- undoing, byte for byte
play <<'END'
keys j j j j D y
dump
END
on 1 "one section of several is unsubscribed from" "unsubscribed"
ok "the others of its line stand there for it" test "$(grep -c '^portal:beiling/' "$CONFIG/urls")" -gt 3
cp "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j j j D y u
dump
END
on 1 "u brings it back" "back again"
same "the file is what it was, byte for byte" "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j D y G D y u u
dump
END
same "in several steps too, be it a query or the last line" "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j j j D y u ^R u
dump
END
same "and back and forth" "$T/urls" "$CONFIG/urls"
# somebody else writes meanwhile
cp "$T/urls" "$CONFIG/urls"
play --set=ui.browser='sh -c "echo \# another hand >>'"$CONFIG"'/urls"' <<'END'
keys j j j j D y o
wait opened:
keys u
dump
END
on 1 "u brings it back where another hand has written" "back again"
has "and leaves what that wrote" "$CONFIG/urls" "# another hand"
finish
