#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What leaves the reader: the clipboard by OSC 52, programs of one's own, macros.
. "${srcdir:-.}/tests/lib.sh"
plan 63
need python3
mkdir -p "$T/site" "$T/bin"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Lindow News</title>
<item><title>$(touch pwned) `touch pwned` "Bridge"; touch pwned</title><link>@BASE@/bridge?a=1&amp;b=$(touch%20pwned)</link>
<pubDate>Fri, 24 Oct 2025 09:00:00 GMT</pubDate>
<description>&lt;p&gt;The bridge reopens on Monday.&lt;/p&gt;&lt;p&gt;Buses go round by Mill Lane.&lt;/p&gt;</description></item>
<item><title>Second &amp;#27;]52;c;AAAA&amp;#7; notice</title><link>@BASE@/second</link><pubDate>Thu, 23 Oct 2025 09:00:00 GMT</pubDate>
<description>&lt;p&gt;Nothing else.&lt;/p&gt;</description></item>
</channel></rss>
END
serve "$T/site"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none
cat >"$T/bin/note" <<'END'
#!/bin/sh
{ env | grep '^CRIER_[TULSDN]' | sort; printf 'args: %s\n' "$#"; for a; do printf 'arg: %s\n' "$a"; done; cat; } >"$T/noted"
echo "noted it"
END
cat >"$T/bin/fails" <<'END'
#!/bin/sh
echo "no room left" >&2
exit 3
END
chmod +x "$T/bin/note" "$T/bin/fails"
export PATH="$T/bin:$PATH" T
cat >"$CONFIG/crier.conf" <<'END'
[command note]
exec=note 'two words' %u
input=text
[command bookmark]
exec=note
[command fails]
exec=fails
[command loud]
exec=sh -c 'printf "on the terminal: %s\n" "$CRIER_TITLE"'
terminal=yes
[keys list]
,s=toggle-star; tag water; run note
,x=run nothing; toggle-star
END
cd "$T" || exit 1

# reader STEP…: in a terminal; the bytes that came out are in $out
reader() {
    run python3 "$srcdir/tests/kit/terminal.py" --raw "$@" -- "$crier"
}
# held TEXT: what OSC 52 has put into the clipboard
held() {
    printf '\033]52;c;%s\007' "$(printf '%s' "$1" | base64 -w0)" >"$T/sequence"
    python3 -c 'import sys; sys.exit(open(sys.argv[1], "rb").read() not in open(sys.argv[2], "rb").read())' "$T/sequence" "$out"
}
# open: the steps to the first article
title='$(touch pwned) `touch pwned` "Bridge"; touch pwned'
link="$BASE/bridge?a=1&b=\$(touch%20pwned)"

unset TMUX STY
reader "see:unread" "type:j" "see:Starred" "type:k" "see:All" "type:
" "see:Bridge" "type:yy" "see:copied: http" "type:Q"
status_is "the address is copied in a list" 0
ok "by OSC 52" held "$link"
reader "see:unread" "type:
" "see:Bridge" "type:
" "see:reopens" "type:yt" "see:copied: " "type:yb" "see:the text" "type:yq" "see:copied: The" "type:Q"
ok "the title, of which nothing is interpreted" held "$title"
ok "the text" held "The bridge reopens on Monday.

Buses go round by Mill Lane."
# shellcheck disable=SC1111
ok "a quotation says its source" held "“The bridge reopens on Monday.”
— $title, Lindow News, 2025-10-24 09:00, $link
"
reader "see:unread" "type:
" "see:Bridge" "type:jyt" "see:copied: Sec" "type:Q"
ok "a title cannot end the sequence or begin one" python3 - "$out" <<'END'
import base64, re, sys
out = open(sys.argv[1], "rb").read()
found = re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)[\x07\x1b]", out)
print(found)
sys.exit(not (len(found) == 1 and b"\x1b" not in base64.b64decode(found[0]) and b"AAAA" in base64.b64decode(found[0])))
END

export TMUX=/tmp/none,1,0
reader "see:unread" "type:
" "see:Bridge" "type:yt" "see:copied" "type:Q"
ok "tmux gets it for itself" held "$title"
ok "and wrapped, to be handed on" python3 - "$out" "$title" <<'END'
import base64, sys
inner = b"\x1b\x1b]52;c;" + base64.b64encode(sys.argv[2].encode()) + b"\x07"
sys.exit(b"\x1bPtmux;" + inner + b"\x1b\\" not in open(sys.argv[1], "rb").read())
END
unset TMUX
export STY=1.pts
reader "see:unread" "type:
" "see:Bridge" "type:
" "see:reopens" "type:yq" "see:copied" "type:Q"
ok "screen gets it in pieces that it takes" python3 - "$out" <<'END'
import base64, re, sys
out = open(sys.argv[1], "rb").read()
pieces = re.findall(rb"\x1bP((?:\x1b[^\\]|[^\x1b])*)\x1b\\", out)
whole = b"".join(pieces)
inner = re.fullmatch(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", whole)
sys.exit(not (inner and len(pieces) > 1 and max(map(len, pieces)) <= 250 and b"reopens" in base64.b64decode(inner.group(1))))
END
unset STY

# on a Linux console ncurses loads libgpm where there is one, and that leaks
run env TERM=linux ASAN_OPTIONS=detect_leaks=0 python3 "$srcdir/tests/kit/terminal.py" --raw "see:unread" "type:
" "see:Bridge" "type:yt" "see:no clipboard" "type:Q" -- "$crier"
status_is "a console says that it has none" 0
ok "and gets no sequence" python3 -c 'import sys; sys.exit(b"\x1b]52" in open(sys.argv[1], "rb").read())' "$out"
printf 'cat >"$T/clip"\n' >"$T/bin/clip"
sed -i '1i #!/bin/sh' "$T/bin/clip"
chmod +x "$T/bin/clip"
cat >"$T/script" <<'END'
keys Enter y t
wait copied
dump
END
run "$crier" --set=ui.clipboard=clip --script "$T/script"
has "a program takes it in place of the terminal" "$out" "copied: "
printf '%s' "$title" >"$T/expected"
same "byte by byte" "$T/expected" "$T/clip"

cat >"$T/script" <<'END'
keys :
type set ui.clipboard=clip
keys Enter
dump
keys Esc :
type set fetch.header.Cookie=a=b
keys Enter
dump
END
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "it is named where other processes read it" "$T/screen.1" "ui.clipboard can be changed in crier.conf and by --set only"
has "as all is that they do" "$T/screen.2" "fetch.header.Cookie can be changed in crier.conf"

cat >"$T/script" <<'END'
size 120 24
keys Enter j Enter
dump
keys U
dump
keys Enter
wait opened:
dump
END
run "$crier" --set=ui.browser=true --script "$T/script"
screens "$T/script" "$out"
has "an article shows its address" "$T/screen.1" "$BASE/second"
has "which stands among its links" "$T/screen.2" "the page of the article"
has "and is opened from there" "$T/screen.3" "opened: $BASE/second"

# --- commands
cat >"$T/script" <<'END'
size 120 24
keys Enter !
type note
keys Enter
wait noted it
dump
END
rm -f "$T/noted"
run "$crier" --script "$T/script"
status_is "a command runs" 0
has "what it says is said" "$out" "note: noted it"
has "it has the title" "$T/noted" "CRIER_TITLE=$title"
has "the address" "$T/noted" "CRIER_URL=$link"
has "the source and the date" "$T/noted" "CRIER_DATE=2025-10-24"
has "an argument is one, whatever is in it" "$T/noted" "arg: $link"
has "and there are two" "$T/noted" "args: 2"
has "the article comes by its standard input" "$T/noted" "The bridge reopens"
ok "nothing of it was run" test ! -e "$T/pwned"
printf 'keys Enter !\ndump\ntype fails\nkeys Enter\nwait fails failed:\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "the prompt names them" "$out" "Run (note, bookmark, fails, loud)"
has "a failure is told with its words" "$out" "fails failed: no room left"
printf 'size 120 24\nkeys Enter B\nwait noted\ndump\n' >"$T/script"
rm -f "$T/noted"
run "$crier" --script "$T/script"
has "a bookmark is the command of that name" "$T/noted" "CRIER_URL=$link"
has "which gets nothing else" "$T/noted" "args: 0"
printf 'size 120 24\nkeys Enter\ntype :run loud\nkeys Enter\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "a command may have the terminal" "$out" "on the terminal: $title"
has "and the reader comes back" "$out" "loud: done"
reader "see:unread" "type:
" "see:Bridge" "type:||" "see:a shell runs it" "type:cat >$T/piped; echo got it
" "see:got it" "see:back to crier" "type:
" "see:Bridge" "type:Q"
status_is "the article is piped to what is typed" 0
has "as text" "$T/piped" "Buses go round by Mill Lane."
reader "see:unread" "type:
" "see:Bridge" "type:|h" "see:a shell runs it" "type:cat >$T/piped
" "see:back to crier" "type:
" "see:Bridge" "type:||" "see:a shell" "type:
" "see:Bridge" "type:Q"
status_is "nothing typed is nothing run" 0
escape=$(printf '\033')
bell=$(printf '\007')
rubout=$(printf '\177')
for leave in "$escape" "$bell"; do
    reader "see:unread" "type:
" "see:Bridge" "type:||" "see:a shell runs it" "type:echo left >$T/left" "see:left >" "type:$leave" "see:Bridge" "type:q" "see:unread" "type:Q"
    status_is "Esc and ^G leave the question, as every other" 0
done
ok "and nothing is run" test ! -e "$T/left"
reader "see:unread" "type:
" "see:Bridge" "type:||" "see:a shell runs it" "type:echo gone${escape}[D${escape}OA$(printf '\027')улица$rubout$rubout$rubout$rubout$rubout>$T/lefty$rubout
" "see:back to crier" "type:$escape" "see:Bridge" "type:Q"
status_is "arrows are not Esc, the end of the line is taken back, and Esc comes back from what was run" 0
ok "what is left of it is run" test -e "$T/left"
has "as HTML" "$T/piped" "<!DOCTYPE html>"
run python3 "$srcdir/tests/kit/terminal.py" "see:unread" "type:1
1
" "see:Buses go round" "type:|| wc -c
" "see:asks for the command by itself" "type:||
" "see:a shell runs it): [a full stop: not at all] " "type:.
" "see:nothing was done" "type:||
" "see:a shell runs it" "type:wc -c; exit 3
" "see:status 3" "type:pipe
" "see:a shell runs it" "type:grep -c Mill
" "see:done" "type:Q
" -- "$crier" --plain
status_is "line by line a command is asked for by itself, and a full stop leaves" 0
has_not "nothing is said to have changed nothing" "$out" "changes nothing here"
has_not "and no line is asked for to come back" "$out" "back to crier"
ok "and still nothing of the article was run" test ! -e "$T/pwned"

# --- macros
printf 'size 120 24\nkeys Enter , s\nwait noted\ndump\nkeys ?\ndump\n' >"$T/script"
rm -f "$T/noted"
run "$crier" --script "$T/script"
has "a macro does one thing after the other" "$T/noted" "CRIER_TITLE"
"$crier" list --starred >"$T/starred" 2>/dev/null || "$crier" list 'is:starred' >"$T/starred"
has "the first too" "$T/starred" "Bridge"
"$crier" list 'tag:water' >"$T/tagged"
has "with what its action would ask for" "$T/tagged" "Bridge"
printf '1\n,s\n,x\nQ\n' | "$crier" --plain >"$out" 2>&1
tr '\n' '~' <"$out" >"$T/line"
has "line by line each step is said" "$T/line" "; u undoes it~tagged already: water~note: started~"
has "up to the one that fails" "$T/line" "~> error: crier.conf has no [command nothing] yet"
printf 'size 120 24\nkeys Enter j , x\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "it stops where one fails" "$out" "has no [command nothing]"
"$crier" list 'is:starred' >"$T/starred"
ok "and does not go on" sh -c '! grep -q Second "$1"' sh "$T/starred"
printf '[keys list]\n,w=set ui.layout=1; open\n' >"$CONFIG/wide.conf"
cat "$CONFIG/crier.conf" "$CONFIG/wide.conf" | awk '!($0 == "[keys list]" && seen++)' >"$CONFIG/new"
mv "$CONFIG/new" "$CONFIG/crier.conf"
printf 'size 120 24\nkeys Enter , w\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "one goes on after it has set something" "$out" "The bridge reopens on Monday."
printf '1\n,\nq\nQ\n' | "$crier" --plain >"$out" 2>&1
has "line by line a key that begins macros says how it goes on" "$out" "run note, x run nothing; toggle-star, w set ui.layout=1; open"
printf '[command a-program-of-a-long-name]\nexec=true\n[command another-of-a-long-name]\nexec=seq 1 100000\n' >>"$CONFIG/crier.conf"
printf 'size 40 12\nkeys Enter !\ntype loudest\ndump\nkeys Esc\ntype :run another-of-a-long-name\nkeys Enter\nwait 100000\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "what is typed is seen, however many commands there are" "$out" "): loudest"
has "the last line of a talkative one is told" "$out" "another-of-a-long-name: 100000"
printf '[keys reader]\n,y=copy-title; next\n' >>"$CONFIG/crier.conf"
printf 'size 120 24\nkeys Enter Enter , y\ndump\nkeys ?\ndump\n' >"$T/script"
run "$crier" --set=ui.keymap=newsboat --script "$T/script"
screens "$T/script" "$out"
has "newsboat's comma begins macros" "$T/screen.1" "Nothing else."
run "$crier" --set=ui.keymap=newsboat keys
has "which are listed with the keys" "$out" "copy-title; next	,y"
printf '[keys list]\n,s=toggle-star; toggle-moon\n' >"$CONFIG/crier.conf"
run "$crier" keys
has "a macro is checked when it is read" "$err" "unknown action 'toggle-moon'"
printf '[command x]\nexec=sh -c "lynx %%u"\n' >"$CONFIG/crier.conf"
run "$crier" keys
has "no address becomes a part of a command" "$err" "is a word of its own"

# --- a reader that quits while a program takes its time
printf '[command slow]\nexec=slow\ninput=text\n' >"$CONFIG/crier.conf"
python3 - "$T/site/feed.xml" <<'END'
import sys
text = open(sys.argv[1]).read()
long = "<item><title>Long notice</title><link>@BASE@/long</link><pubDate>Sat, 25 Oct 2025 09:00:00 GMT</pubDate><description>%s and the end.</description></item>"
open(sys.argv[1], "w").write(text.replace("</channel>", long % ("A word of many. " * 20000) + "</channel>"))
END
"$crier" fetch --all --progress=none
mkfifo "$T/gate" "$T/taken"
cat >"$T/bin/slow" <<'END'
#!/bin/sh
read -r line <"$T/gate"
tail -c 20 | tr '\n' ' ' >"$T/taken"
END
chmod +x "$T/bin/slow"
printf 'size 120 24\nkeys Enter\ntype :run slow\nkeys Enter Q\n' >"$T/script"
run "$crier" --script "$T/script"
status_is "the reader does not wait for it" 0
{ timeout 20 sh -c 'echo go >"$1"' sh "$T/gate" & }
timeout 20 cat "$T/taken" >"$T/got" || true
has "and it gets its article to the end" "$T/got" "and the end."
finish
