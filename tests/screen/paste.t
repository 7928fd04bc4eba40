#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is pasted is text where one types and nothing anywhere else, in a terminal that frames it.
. "${srcdir:-.}/tests/lib.sh"
plan 25
. "$srcdir/tests/kit/town.sh"
cp "$XDG_CONFIG_HOME/crier/urls" "$T/urls"
on="${escape}[200~"
off="${escape}[201~"
unchanged() {
    all_unread && cmp -s "$XDG_CONFIG_HOME/crier/urls" "$T/urls"
}

keyed "type:${on}Dy${enter}Q$off" "see:what is pasted is text" "type:Q"
status_is "in a list it is said that it is no keys" 0
ok "and nothing was done" unchanged
keyed "type:GD" "see:(y/n)" "type:${on}y$off" "type:n" "see:Enter open" "type:Q"
status_is "a question is not answered by it" 0
ok "and nothing was done" unchanged
keyed "type:\\" "see:Search all" "type:${on}one${enter}two${escape}[A$enter$off" "see:one two" "type:$escape" "type:Q"
status_is "in a prompt its lines are one, which is not run" 0
ok "and nothing was done" unchanged
keyed "type:${on}$BASE/feed.xml${enter}$off" "see:Portal or URL: $BASE/feed.xml" "type:$escape" see:Town "type:Q"
status_is "an address is put where addresses are typed, and not looked at" 0

# the same in a script, for what a picture shows
printf '%s\n' 'size 60 12' 'keys :' 'paste set ui.\ntheme=x' 'dump' 'keys Home' 'paste A' 'dump' >"$T/script"
run "$crier" --set=ui.layout=1 --script "$T/script"
grep '^:' "$T/out" >"$T/lines"
same_text() { # NAME FILE TEXT
    printf '%s\n' "$3" >"$T/expected"
    same "$1" "$2" "$T/expected"
}
sed -n 1p "$T/lines" | cut -c1-60 | sed 's/ *$//' >"$T/first"
sed -n 2p "$T/lines" | cut -c1-60 | sed 's/ *$//' >"$T/second"
same_text "it is where the cursor is" "$T/first" ":set ui. theme=x"
same_text "and the cursor behind it" "$T/second" ":Aset ui. theme=x"
printf '%s\n' 'size 60 12' 'keys a' 'paste Qiqi' 'paste har' 'dump' 'paste  \n ' 'dump' >"$T/script"
run "$crier" --set=ui.layout=1 --script "$T/script"
grep -c 'Portal or URL: Qiqihar' "$T/out" >"$T/count" || :
same_text "what is pasted goes on where one types" "$T/count" 2
printf '%s\n' 'size 60 12' 'paste \n\t ' 'dump' >"$T/script"
run "$crier" --set=ui.layout=1 --script "$T/script"
ok "blanks are nothing" sh -c "! grep -q 'no keys' '$T/out'"
long=$(printf '%05000d' 0)
printf '%s\n' 'size 60 12' 'keys Backslash' "paste $long" 'keys End' 'dump' 'keys Esc' >"$T/script"
run "$crier" --set=ui.layout=1 --script "$T/script"
status_is "what is longer than a line may be is cut" 0
printf '%s\n' 'size 60 12' 'keys :' 'paste \033[31m\001x\342\200\256y' 'dump' >"$T/script"
run "$crier" --set=ui.layout=1 --script "$T/script"
grep '^:' "$T/out" | sed 's/ *$//' >"$T/clean"
same_text "what is no text is left out" "$T/clean" ":[31mxy"

# several lines
cat >"$T/files/other.xml" <<'END'
<rss version="2.0"><channel><title>Village</title><link>http://village.example/</link>
<item><title>The mill</title><guid>mill</guid></item></channel></rss>
END
cat >"$T/script" <<END
size 76 12
keys a
paste $BASE/other.xml\\nA village and its news\\n
dump
END
run "$crier" --set=ui.layout=1 --script "$T/script"
ok "beside an address its description is left out" grep -q "Portal or URL: $BASE/other.xml *$" "$out"
has "which is said" "$out" "the address alone was taken"
cat >"$T/script" <<END
size 76 12
paste $BASE/ot\\n her.xml
dump
END
run "$crier" --set=ui.layout=1 --script "$T/script"
has "the rest of an address that was broken is not" "$out" "Portal or URL: $BASE/ot her.xml"
cat >"$T/script" <<END
size 76 12
paste $BASE/other.xml\\r\\n$BASE/feed.xml\\r\\n
dump
keys n
dump
END
run "$crier" --set=ui.layout=1 --script "$T/script"
has "of several addresses it is asked" "$out" "Subscribe to the 2 addresses that were pasted? (y/n)"
ok "and nothing done for no" unchanged
cat >"$T/script" <<END
size 76 12
keys a
paste $BASE/other.xml\\n$BASE/feed.xml\\n$BASE/nothing.xml\\n
keys y
wait subscribed to 2 of 3
dump
keys e
dump
END
run "$crier" --set=ui.layout=1 --set=fetch.pages=never --script "$T/script"
status_is "each is looked at" 0
has "what could not be is told" "$out" "subscribed to 2 of 3 addresses; e tells why not to the others"
has "and why" "$out" "nothing.xml"
ok "the others are subscribed to once" sh -c '[ "$(grep -c "other.xml" "$1")$(grep -c "feed.xml" "$1")" = 11 ]' - "$XDG_CONFIG_HOME/crier/urls"
printf '%s\n' "$BASE/feed.xml" >"$XDG_CONFIG_HOME/crier/urls"
cp "$XDG_CONFIG_HOME/crier/urls" "$T/urls"
"$crier" list >/dev/null

# after crier the frame is gone: the terminal was told
cat >"$T/record.py" <<'END'
import os, pty, sys
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
seen = b""
try:
    while chunk := os.read(master, 65536):
        seen += chunk
        if b"Town" in seen:
            os.write(master, b"Q")
except OSError:
    pass
_, status = os.waitpid(pid, 0)
print(seen.count(b"\033[?2004h"), seen.count(b"\033[?2004l"), seen.rfind(b"\033[?2004l") > seen.rfind(b"\033[?2004h"))
END
TERM=xterm-256color python3 "$T/record.py" "$crier" --set=ui.layout=1 >"$T/modes"
same_text "the terminal is told before and after" "$T/modes" "1 1 True"
TERM=linux python3 "$T/record.py" "$crier" --set=ui.layout=1 >"$T/modes"
same_text "one that may print what it does not know is not" "$T/modes" "0 0 False"
ok "and nothing was done" unchanged
finish
