#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What to do about an error: the keys that advice names do it where it is read, and are those that are bound;
# what has no keys names none.
. "${srcdir:-.}/tests/lib.sh"
plan 33
mkdir -p "$T/site" "$T/share"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Lindow News</title><link>@BASE@/home</link>
<item><title>The bridge reopens</title><link>@BASE@/bridge</link><pubDate>Fri, 24 Oct 2025 09:00:00 GMT</pubDate></item>
</channel></rss>
END
sed 's/Lindow/Altdorf/; s/bridge/school/g' "$T/site/feed.xml" >"$T/site/other.xml"
serve "$T/site"
cd "$T" || exit 1
subscribe() {
    rm -rf "$T/data" "$T/opened"
    printf '%s/feed.xml\n%s/gone.xml "~Altdorf"\n' "$BASE" "$BASE" >"$CONFIG/urls"
    "$crier" fetch --progress=none 2>/dev/null
}
# play: runs the script on standard input; $T/screen.1, .2 … are what it dumps
play() {
    { echo "size 80 24"; cat; } >"$T/script"
    run "$crier" --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
# on N NAME TEXT: the text is on that screen, be it in several lines
on() {
    tr -s '\n ' '  ' <"$T/screen.$1" >"$T/flat"
    has "$2" "$T/flat" "$3"
}
# opened NAME ADDRESS
opened() {
    echo "$2" >"$T/wanted"
    same "$1" "$T/wanted" "$T/opened"
}

# --- in the sections
subscribe
play <<'END'
keys j j o
wait opened:
dump
END
on 1 "o opens the site of a source" "opened: $BASE/home"
opened "which is not its feed" "$BASE/home"
play <<'END'
keys j j j o
wait opened:
END
opened "what is at the address of one that fails" "$BASE/gone.xml"

# --- in its list, where there is no article
play <<'END'
keys j j j Enter
dump
keys o
wait opened:
dump
keys D
dump
keys y
dump
END
on 1 "an empty list says what to do" "look for the new one"
on 1 "with which keys" "o opens its page in the browser, D unsubscribes from it, a"
on 2 "o does" "opened: $BASE/gone.xml"
on 3 "D asks" "Unsubscribe from Altdorf? (y/n)"
on 4 "and does" "unsubscribed"
ok "its line is gone" test "$(wc -l <"$CONFIG/urls")" = 1

# --- on the page of errors
subscribe
play <<'END'
keys e
dump
keys o
wait opened:
dump
keys r
wait idle
dump
keys Enter
dump
keys q D y
dump
keys u
dump
END
on 1 "the errors say it too" "o opens its page in the browser, D unsubscribes from it, a"
on 2 "o does it there" "opened: $BASE/gone.xml"
on 3 "r does" "failed"
on 4 "Enter goes to its list" "not found (HTTP 404)"
on 5 "D does" "unsubscribed; u undoes it"
ok "and the page is another one" sh -c '! grep -q "failed: not found" "$1"' sh "$T/screen.5"
on 6 "u undoes it there" "back again: Altdorf"

# --- on the information page
subscribe
play <<'END'
keys j j j i
dump
keys o
wait opened:
dump
keys D
dump
END
on 1 "the information says it too" "o opens its page in the browser"
on 2 "o does it there" "opened: $BASE/gone.xml"
on 3 "D asks" "Unsubscribe from Altdorf? (y/n)"
play <<'END'
keys ? o
dump
keys D
dump
keys r
dump
END
on 1 "a page about no source says so" "there is no source here whose page could be opened"
on 2 "to D as well" "there is no source here to unsubscribe from"
on 3 "and to r" "there is no source here that could be fetched"

# --- other keys
subscribe
cat >"$CONFIG/crier.conf" <<'END'
[keys page]
o=none
O=browser
D=none
END
play <<'END'
keys e
dump
END
on 1 "the keys are those that are bound" "O opens its page in the browser, :remove unsubscribes from it, a"
rm "$CONFIG/crier.conf"

cat >"$CONFIG/crier.conf" <<'END'
[keys list]
s=none
^A=toggle-star
u=none
U=undo
END
play <<'END'
keys Enter D
dump
END
on 1 "other texts name them too" "1 article deleted; U undoes it"
rm "$CONFIG/crier.conf"
"$crier" mark undeleted all >/dev/null

# --- line by line
printf 'e\n2\no\n' | "$crier" --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' --plain >"$out" 2>&1
has "who listens hears the advice" "$out" "o opens its page in the browser"
has "and opens the page from the source's list" "$out" "opening: $BASE/gone.xml"
ok "no row of it is without words" sh -c '! grep -qE "^[0-9]+\. *$" "$1"' sh "$out"

# --- without keys
run "$crier" fetch --all --progress=lines
cat "$out" >>"$err"
has "a command tells the error" "$err" "not found (HTTP 404)"
has_not "and no key" "$err" "unsubscribes"
printf 'machine http://127.0.0.1:9 login reader password wrong\n' >"$CONFIG/credentials"
chmod 600 "$CONFIG/credentials"
run "$crier" sync --server=http://127.0.0.1:9/
status_is "a server that is not there" 3
has "what to do about it" "$err" "the next fetch tries again"
ok "without a key" sh -c '! grep -qE "\\br does|\\{" "$1"' sh "$err"
has_not "nor the name of one" "$err" "tries it now"
finish
