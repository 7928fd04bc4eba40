#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Programs that open an address are watched: what fails is told with its words, and the address
# stays on the screen, whole.  One that runs in the terminal gets it, and gives it back.
. "${srcdir:-.}/tests/lib.sh"
plan 35
mkdir "$T/site"
long=$(printf 'https://notices.example.org/%0100d/end' 7)
cat >"$T/site/feed.xml" <<END
<rss version="2.0"><channel><title>Notices</title><link>https://notices.example.org/</link>
<item><title>The bridge is open</title><guid>1</guid><link>$long</link><description>Since Monday.</description>
<enclosure url="https://notices.example.org/plan.pdf" type="application/pdf" length="9"/>
<enclosure url="https://notices.example.org/view?id=2" type="Text/HTML; charset=utf-8"/>
<enclosure url="https://notices.example.org/notes.TXT?id=3"/>
<enclosure url="https://notices.example.org/bridge" type="application/xhtml+xml"/>
<enclosure url="https://notices.example.org/bridge.jpg" type="image/jpeg"/></item>
</channel></rss>
END
serve "$T/site"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none
unset DISPLAY WAYLAND_DISPLAY

program() {
    cat >"$T/$1"
    chmod +x "$T/$1"
}
program fine <<'END'
#!/bin/sh
exit 0
END
program fails <<'END'
#!/bin/sh
echo "looking for a browser" >&2
echo "no method available for opening '$1'" >&2
exit 3
END
program killed <<'END'
#!/bin/sh
kill -9 $$
END
program waits <<END
#!/bin/sh
exec 9>&-
: >"$T/waits.began"
read line <"$T/fifo"
END

# play BROWSER: as the others have it, with o in the list of articles
play() {
    { printf 'size 80 24\nkeys Enter o\n'; cat; } >"$T/script"
    run "$crier" --set=ui.browser="$1" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
play "$T/fine %u" <<'END'
wait opened: https://notices.example.org/
dump
END
on 1 "what ended well has opened it" "opened: https"
play "$T/fails %u" <<'END'
wait ended with status 3
dump
keys h
dump
END
on 1 "a failure is a page of its own" "The address could not be opened"
on 1 "with the status and the words" "fails ended with status 3: no method available"
on 1 "with the setting" "ui.browser"
ok "with the whole address" sh -c 'tr -d "\n " <"$1" | grep -qF "$2"' sh "$T/screen.1" "$long"
ok "which is never said to have opened" sh -c '! grep -q "opened:" "$1"' sh "$T/screen.1"
on 2 "from which one goes back" "The bridge is open"
play "$T/killed %u" <<'END'
wait was ended by signal 9
END
status_is "a signal is told" 0
play "$T/nosuch %u" <<'END'
wait there is no such program
END
status_is "a program that is not there is told" 0
play "$T/fails %u" <<'END'
keys q
wait ended with status 3
dump
END
on 1 "who has gone on is not interrupted" "All articles"
mkfifo "$T/fifo"
play "$T/waits %u" <<'END'
dump
keys j
dump
END
on 1 "a program that runs on is not waited for" "opening: https"
exec 9<>"$T/fifo"
echo >&9
exec 9>&-

# --- the default, where its program is not there
mkdir "$T/empty"
printf '%s\n' 1 'o 1' j >"$T/lines"
env PATH="$T/empty" DISPLAY=:9 "$crier" --plain <"$T/lines" >"$T/all" 2>&1
awk '/^> / { n++ } n == 2' "$T/all" >"$T/told"
has "a program that is not there is told at once" "$T/told" "error: cannot start 'xdg-open': there is no such program"
has_not "and not said to open anything" "$T/all" "opening:"
ok "what it did not show is unread" test "$("$crier" list --format=tsv is:unread | wc -l)" = 1

# --- in the terminal
if ! command -v python3 >/dev/null; then
    for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do result 0 "the terminal # SKIP python3 is not installed"; done
    finish
    exit
fi
program tb <<END
#!/bin/sh
test -t 0 && test -t 1 || exit 9
stty -a | grep -q -- ' icanon' || exit 8
echo "PAGE OF \$1"
read line
echo "\$line" >"$T/read"
exit \${STATUS:-0}
END
cp "$T/tb" "$T/w3m"
reader() {
    run python3 "$srcdir/tests/kit/terminal.py" --patience=30 "$@"
}
enter=$(printf '\r')
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" "type:quit$enter" "see:opened: https" "see:The bridge is open" type:Q -- \
    "$crier" --set=ui.browser="$T/tb %u"
status_is "without a display a program gets the terminal" 0
[ "$status" = 0 ] || show "$err"
has "and reads from it" "$T/read" quit
rm -f "$T/read"
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" "type:x$enter" "see:ended with status 4" "see:The address could not" type:Q -- \
    env STATUS=4 "$crier" --set=ui.browser="$T/tb %u"
status_is "what fails there is told too" 0
[ "$status" = 0 ] || show "$err"
DISPLAY=:9
export DISPLAY
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" "type:w$enter" "see:opened: https" type:Q -- \
    "$crier" --set=ui.browser="$T/w3m %u"
status_is "with a display those do whose name says so" 0
[ "$status" = 0 ] || show "$err"
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:ended with status 9" type:Q -- \
    "$crier" --set=ui.browser="$T/tb %u"
status_is "and no others" 0
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" "type:y$enter" "see:opened: https" type:Q -- \
    "$crier" --set=ui.browser="$T/tb %u" --set=ui.browser-terminal=yes
status_is "but where the settings say so" 0
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" "type:$(printf '\003')" "see:ended by signal 2" type:Q -- \
    "$crier" --set=ui.browser="$T/w3m %u"
status_is "^C ends the program, not the reader" 0
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" size:60x20 "type:y$enter" "see:opened: https" "see:q close" type:Q -- \
    "$crier" --set=ui.browser="$T/w3m %u"
status_is "a size that changed meanwhile is noticed" 0

# --- what stands in for the default
mkdir "$T/path"
sed '2s,^,PATH=/usr/bin:/bin; ,' "$T/tb" >"$T/path/w3m"
chmod +x "$T/path/w3m"
for display in "" :9; do
    reader "see:> " "type:1$enter" "see:> " "type:o 1$enter" "see:w3m gets the terminal" "see:PAGE OF https" "type:p$enter" "see:opened: https" "type:Q$enter" -- \
        env PATH="$T/path" DISPLAY=$display "$crier" --plain
    status_is "a browser of the terminal is used, and named (display: ${display:-none})" 0
    [ "$status" = 0 ] || show "$out"
done
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:PAGE OF https" "type:x$enter" "see:w3m ended with status 4" type:Q -- \
    env PATH="$T/path" STATUS=4 "$crier"
status_is "on the screen, too" 0
[ "$status" = 0 ] || show "$out"
reader "see:All articles" "type:$enter" "see:The bridge is open" type:o "see:cannot start 'xdg-open'" type:Q -- env PATH="$T/path" "$crier" --set=ui.browser-terminal=no
status_is "but where the settings give no program the terminal" 0
[ "$status" = 0 ] || show "$out"

# --- attachments, which browsers of terminals do not show
reader "see:All articles" "type:$enter" "see:The bridge is open" "type:$enter" "see:Since Monday" "type:	$enter" "see:shows no documents; w saves it, o opens" \
    type:w "see:Save attachment as: plan.pdf" "type:$(printf '\033')" "see:q close" type:o "see:PAGE OF https" "type:z$enter" "see:opened: https" type:Q -- \
    "$crier" --set=ui.browser="$T/w3m %u"
status_is "an attachment is saved, or opened where that is meant" 0
[ "$status" = 0 ] || show "$out"
for link in "view?id=2" notes.TXT bridge; do
    tabs="${tabs:-	}	"
    reader "see:All articles" "type:$enter" "see:The bridge is open" "type:$enter" "see:Since Monday" "type:$tabs$enter" "see:PAGE OF https://notices.example.org/$link" \
        "type:z$enter" "see:opened: https" type:Q -- "$crier" --set=ui.browser="$T/w3m %u"
    status_is "a page or a text is given to it ($link)" 0
    [ "$status" = 0 ] || show "$out"
done
cp "$T/tb" "$T/cha"
reader "see:All articles" "type:$enter" "see:The bridge is open" "type:$enter" "see:Since Monday" "type:$tabs	$enter" "see:shows no documents; w saves it" type:Q -- \
    "$crier" --set=ui.browser="$T/w3m %u"
status_is "a picture is not" 0
reader "see:All articles" "type:$enter" "see:The bridge is open" "type:$enter" "see:Since Monday" "type:$tabs	$enter" "see:PAGE OF https://notices.example.org/bridge.jpg" \
    "type:z$enter" "see:opened: https" type:Q -- "$crier" --set=ui.browser="$T/cha %u"
status_is "but where the browser draws pictures" 0
[ "$status" = 0 ] || show "$out"
printf 'size 80 24\nkeys Enter Enter Tab Enter\nwait opened:\n' >"$T/script"
run "$crier" --set=ui.browser="$T/fine %u" --script "$T/script"
status_is "a program in a window gets it at once" 0
reader "see:All articles" "type:$enter" "see:The bridge is open" "type:$enter" "see:Since Monday" "type:	$enter" "see:PAGE OF https" "type:z$enter" "see:opened: https" type:Q -- \
    "$crier" --set=ui.browser="$T/tb %u" --set=ui.browser-terminal=yes
status_is "so does one of one's own" 0
reader "see:> " "type:1$enter" "see:> " "type:1$enter" "see:Since Monday" "type:1$enter" "see:w 1 saves it, o 1 opens it" "type:quit$enter" -- \
    "$crier" --plain --set=ui.browser="$T/w3m %u"
status_is "who listens is told the number, too" 0
[ "$status" = 0 ] || show "$out"
finish
