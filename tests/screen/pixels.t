#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures as pixels on terminals that answer that they show them: what they are asked, and when,
# that their answers are no keys and keys no answers, and what a scrolled line costs.
. "${srcdir:-.}/tests/lib.sh"
grep -q "^#define WITH_PICTURES 1" "$builddir/config.h" || skip_all "built without pictures"
plan 44
unset TMUX STY TERM_PROGRAM || :

mkdir "$T/files"
python3 - "$T/files/hills.png" <<'END'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
width, height = 700, 320
rows = b"".join(b"\0" + b"".join(bytes(((x * 255 // width), (y * 255 // height), (x * y // 97) & 255)) for x in range(width))
                for y in range(height))
open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                              chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
END
more=
i=1
while [ $i -le 30 ]; do
    more="$more<p>Paragraph $i of the article.</p>"
    i=$((i + 1))
done
cat >"$T/files/feed.xml" <<END
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Town</title><link>@BASE@/</link>
<item><title>The hills</title><guid>hills</guid><content:encoded><![CDATA[<p>Seen from the tower.</p>
<img src="@BASE@/hills.png" alt="hills">$more]]></content:encoded></item></channel></rss>
END
serve "$T/files"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
printf 'size 80 30\nkeys Enter Enter P\nwait P hides\n' >"$T/script"
"$crier" --script "$T/script"
cp -r "$T/data" "$T/fresh"

# terminal KIND STEP…: crier in the article, in such a terminal; VARIABLE=VALUE before it, options in $options
options="--set=ui.pictures=yes"
terminal() {
    kind=$1
    shift
    # nobody has read it, and nothing is left of another session
    rm -rf "$T/data" "$T/.local" "$T/state"
    cp -r "$T/fresh" "$T/data"
    # shellcheck disable=SC2086
    run python3 "$srcdir/tests/kit/pixel-terminal.py" "$kind" "see:Town" "type:$(printf '\r')" "see:The hills" \
        "type:$(printf '\r')" "$@" -- "$crier" --set=ui.layout=1 $options
    [ "$status" = 0 ] || show "$out"
}
# lines PATTERN N: so many lines of what the terminal tells
lines() {
    [ "$(grep -c "$1" "$out")" = "$2" ] || { sed 's/^/# /' "$out"; false; }
}
# after N LIMIT: what came as text after the Nth key j is no more than so many bytes
after() {
    text=$(awk -v n="$1" '/^typed .j/ { seen++ } /^text/ && seen == n { print $2; exit }' "$out")
    [ "$text" -le "$2" ] || { sed 's/^/# /' "$out"; false; }
}
open_article="see:Seen from the tower"

terminal kitty "$open_article" pixels: type:j pixels: type:j pixels: type:Q
status_is "as kitty" 0
ok "it is asked once" lines "^asked" 1
ok "a picture is sent once" lines "^send [0-9]* 612x280" 1
ok "and shown, and again after each line that is scrolled" lines "^place" 3
ok "by a line" lines "^place [0-9]*/1 0+280 at 2,4" 1
ok "from where it was it is taken away" lines "^remove" 2
ok "a line that is scrolled costs little" after 1 1000
ok "and the next" after 2 1000
ok "at the end nothing is kept" lines "^forget" 1

terminal kitty "$open_article" pixels: type:jjjjjj pixels: "type:P" "see:pictures are hidden" type:Q
ok "of one that is half gone the rest is shown" lines "^place [0-9]*/1 [1-9][0-9]*+[0-9]* at 2,1" 1
ok "and nothing when pictures are hidden" lines "^remove" 2

terminal sixel "$open_article" pixels: type:j pixels: type:j pixels: type:Q
status_is "as xterm -ti vt340" 0
ok "a picture is drawn when it rests" lines "^sixel 612x280 at 2,[456] bytes [0-9]\{5\}$" 3
ok "a line that is scrolled costs what cells do" after 1 25000
ok "and the next" after 2 25000

terminal sixel "$open_article" pixels: type:/ "see:/" "type:tower$(printf '\r')" see:1/ type:Q
ok "what does not move is not drawn again" lines "^sixel" 1

terminal kitty "$open_article" pixels: size:60x20 pixels: type:Q
status_is "a terminal that becomes smaller" 0
ok "gets the picture in its new size" lines "^send [0-9]*" 2
terminal sixel "$open_article" pixels: size:100x30 pixels: type:Q
ok "one that becomes larger, too" lines "^sixel" 2
options="$options --set=ui.hyperlinks=yes"
terminal kitty "$open_article" pixels: type:j pixels: type:Q
ok "addresses that can be clicked on leave pictures alone" lines "^place" 2
options="--set=ui.pictures=yes"

# a reader that is all there is in its terminal has no shell that would go on
terminal kitty "$open_article" pixels: "type:$(printf '\032')j" pixels: type:Q
status_is "what stops programs, where nobody could go on with it" 0
ok "leaves the picture" lines "^forget" 1
ok "which moves with its text" lines "^send" 1

terminal dribble "$open_article" pixels: type:j pixels: type:Q
status_is "answers that dribble" 0
ok "are answers" lines "^place" 2

terminal cells "$open_article" asked: see:▀▀▀ type:jG see:30 type:Q
status_is "as a terminal without pixels" 0
ok "it is asked" lines "^asked" 1
ok "and shown cells" lines "^\(send\|place\|sixel\)" 0

terminal silent "$open_article" asked: type:j see:▀▀▀ "type:$(printf '\033')" "see:The hills" "type:$(printf '\r')" "see:Seen" type:Q
status_is "as a terminal that does not answer" 0
ok "keys are keys, the escape key too" lines "^\(send\|place\|sixel\)" 0

terminal broken "$open_article" asked: gap: type:j see:▀▀▀ type:q "see:The hills" type:Q
status_is "as a terminal that ends in the middle of an answer" 0
ok "and no picture is shown by it" lines "^\(send\|place\|sixel\)" 0

# who leaves before the answers come does not leave them to the shell
real=$crier
printf '%s\n' '#!/bin/sh' '"$CRIER" "$@"' 'stty -icanon -echo min 0 time 10' 'echo "left: $(dd bs=100 count=1 2>/dev/null | wc -c)."' >"$T/shell"
chmod 755 "$T/shell"
crier=$T/shell
export CRIER="$real"
terminal late "$open_article" asked: type:Q "see:left: 0."
status_is "one that answers late" 0
crier=$real

# where nothing is asked
unasked() {
    name=$1
    terminal kitty "$open_article" see:▀▀▀ type:Q
    ok "$name: not asked" lines "^\(asked\|send\|place\)" 0
}
TMUX=/tmp/tmux,1,0 unasked "in tmux"
STY=1.pts unasked "in screen"
TERM=tmux-256color unasked "in tmux elsewhere"
TERM=linux unasked "on the console"
NO_COLOR=1 unasked "without colours"
options="--set=ui.pictures=cells" unasked "ui.pictures=cells"
options="--set=ui.pictures=no"
terminal kitty "$open_article" type:Q
ok "nor without pictures" lines "^asked" 0
options=
terminal kitty "$open_article" type:P pixels: type:P see:hidden type:P pixels: type:Q
ok "but by the key" lines "^asked" 1
ok "which shows them again as they were sent" lines "^place" 2
printf 'The hills\nEnter\nQ\n' | "$crier" --plain --set=ui.pictures=yes >"$T/plain" 2>&1 || :
ok "--plain asks nothing" sh -c '! grep -q "$(printf "\033")" "$1"' sh "$T/plain"
"$crier" config ui.pictures=on
options=
terminal kitty "$open_article" pixels: type:Q
ok "what said yes says so still" lines "^place" 1
finish
