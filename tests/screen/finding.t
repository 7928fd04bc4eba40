#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What / finds: one rule in every order of a list, from whichever row on, with blanks or without.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 14
mkdir "$T/files"
python3 - "$T/files/feed.xml" <<'END'
import sys
titles = ["Notice of roads", "Tice street is closed", "Roads and (tice) again", "Justice", "街道通知", "Water"]
items = "".join(f"<item><title>{t}</title><guid>{n}</guid><pubDate>Sat, 25 Oct 2025 1{9 - n}:00:00 GMT</pubDate><description>A notice of it.</description></item>" for n, t in enumerate(titles))
open(sys.argv[1], "w", encoding="utf-8").write(f'<rss version="2.0"><channel><title>Town</title>{items}</channel></rss>')
END
serve "$T/files"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none

# found WANTED TYPED…: each of them by date, by source and in what is filtered, from the last row on
found() {
    wanted=$1
    shift
    {
        for before in "keys S d" "keys S s" "keys S t f
type town OR notice
keys Enter"; do
            for typed; do
                printf 'keys Enter\n%s\nkeys G /\ntype %s\ndump\nkeys Esc q\n' "$before" "$typed"
            done
        done
    } >"$T/keys"
    play --set=ui.layout=1 <"$T/keys"
    find "$T" -name "screen.*" | wc -l >"$T/all"
    grep -l -- "$wanted" "$T"/screen.* | wc -l >"$T/got"
    same "$wanted: $*" "$T/all" "$T/got"
    cmp -s "$T/all" "$T/got" || show "$(grep -L -- "$wanted" "$T"/screen.* | head -n 1)"
}
found "/2[ ,]" tice " tice" "tice " TICE roads
found "1/1[ ,]" "roads tice" " tice  roads" 通知 notice
found "not found" otice " otice"
# in a text blanks at its ends are none of it, either
play --set=ui.layout=1 <<'END'
keys Enter Enter /
type otice
dump
keys ^U
type  otice 
dump
END
on 1 "in a text what is typed is found anywhere" "1/2"
on 2 "and blanks are none of it" "1/2"
# the bar of keys says where n leads
play --set=ui.layout=1 <<'END'
keys Enter Enter /
type otice
keys Enter
dump
keys Esc
dump
keys T
type zzz
keys Enter
dump
END
on 1 "while something is searched for n leads to the next of it" "n next"
on 2 "and then to what is unread" "n unread"
grep -c "Nothing matches" "$T/screen.3" >"$out"
has "who chooses nothing is told that nothing matches" "$out" 2

# in the help stand the names that views carry
{
    echo 'keys Enter Enter ?'
    for name in agenda themes "errors and warnings" information menu texts changes links help; do
        printf 'keys /\ntype %s\nkeys Enter\ndump\n' "$name"
    done
} >"$T/keys"
play --set=ui.layout=1 <"$T/keys"
grep -c "^ [0-9]*/[0-9]" "$T"/screen.[1-9] | grep -v ":1$" >"$out"
has_not "the help finds views by their names" "$out" :

# the match on which one is looks unlike the others, where the text does not scroll either
play --set=ui.layout=1 <<'END'
keys Enter Enter /
type otice
keys Enter
styles
keys n
styles
looks 0
dump
END
matches() {
    sed -n 's/[^mM]//g; /./p' "$T/screen.$1" | tr '\n' ' ' >"$out"
}
matches 1
has "the first match is set off from the other" "$out" "mmmmm MMMMM"
matches 2
has "and then the second one" "$out" "MMMMM mmmmm"
grep '^[mM] ' "$T/screen.3" | cut -d: -f2 | sort -u | wc -l >"$out"
has "without colours, too" "$out" 2
# so it does where the text is laid out in other lines
cat >"$T/files/feed.xml" <<'END'
<rss version="2.0"><channel><title>Notices</title><language>en</language><item><title>Wide</title><guid>wide</guid>
<description><![CDATA[<p>A notice, and ten or eleven words more in a line, otice.</p><p>Another otice.</p><p>And an otice.</p>]]></description></item></channel></rss>
END
"$crier" fetch --all --progress=none
play --set=ui.layout=1 <<'END'
keys Backslash
type title:wide
keys Enter Enter /
type otice
keys Enter n n
styles
size 24 24
styles
keys n
styles
END
for n in 1 2 3; do matches $n; cat "$out"; echo; done >"$T/marks"
{ echo "MMMMM MMMMMMMMMM mmmmm MMMMM "; echo "MMMMM MMMMM MMMMM mmmmm MMMMM "; echo "MMMMM MMMMM MMMMM MMMMM mmmmm "; } | diff - "$T/marks" >"$out"
ok "the match on which one was is still that in a narrower text, and one goes on from there" test ! -s "$out"
printf '%s\n' 1 "find  otice " | "$crier" --plain >"$out" 2>&1
has_not "nor in lines" "$out" "2 of"
finish
