#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The pictures of an article in cells: nothing is asked for before the key, what came is kept, the
# key hides it again and that is remembered, and who wants none reads their words.
. "${srcdir:-.}/tests/lib.sh"
grep -q "^#define WITH_PICTURES 1" "$builddir/config.h" || skip_all "built without pictures"
plan 41
portal_start
"$crier" add "$BASE/en/news/rss.xml" >/dev/null
"$crier" --set=fetch.pages=always fetch --progress=none
cp -r "$T/data" "$T/fresh"

# play WIDTH OPTION…: in the article with a picture, of which the left half is bright
play() {
    width=$1
    shift
    { printf 'size %s 30\nkeys Enter /\ntype Bird watching\nkeys Enter Enter\n' "$width"; cat; } >"$T/script"
    run "$crier" "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
asked() {
    get /control/log >"$T/log"
    [ "$(grep -c "cranes.png" "$T/log")" = "$1" ]
}
words="[picture: Cranes above the wetland]"

play 80 <<'END'
dump
END
has "a picture is said by its words" "$T/screen.1" "$words"
ok "nothing was asked for" asked 0

play 80 <<'END'
keys P
wait P hides
dump
keys P
dump
keys P
wait ██
dump
END
has "the key shows it" "$T/screen.1" "██████"
has "above its words" "$T/screen.1" "$words"
has "and says how it goes away" "$T/screen.1" "P hides the pictures again"
ok "it was asked for once" asked 1
has_not "the key hides it" "$T/screen.2" "██"
has "its words stay" "$T/screen.2" "$words"
has "and the key is named" "$T/screen.2" "pictures are hidden; P shows them again"
has "the key shows it again" "$T/screen.3" "██████"
ok "out of the store" asked 1
grep "██" "$T/screen.1" | sed "s,[^█],,g" | sort | uniq -c >"$T/shape"
has "its left half alone is bright, in proportion" "$T/shape" "16 ████████████████████████████████"

play 40 --set=ui.pictures=yes <<'END'
wait ██
dump
END
has "a setting shows it at once, in 40 columns" "$T/screen.1" "█████"
ok "and asks for nothing" asked 1
ok "no line is wider than the screen" sh -c '! grep -E "^.{41}" "$1"' sh "$T/screen.1"

play 80 --set=ui.pictures=yes --set=ui.ascii=yes <<'END'
wait idle
dump
END
has_not "in ASCII" "$T/screen.1" "█"
has "it stands there as well" "$T/screen.1" "$words"

# another store knows no picture: with fetch.pictures=opened it is asked for by itself
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play 80 --set=ui.pictures=yes <<'END'
wait idle
dump
END
has_not "pictures that are shown are not fetched" "$T/screen.1" "██"
ok "by opening an article" asked 1
play 80 --set=ui.pictures=yes --set=fetch.pictures=opened <<'END'
wait ██
dump
END
has "unless one says so" "$T/screen.1" "██"
ok "then they are" asked 2

rm -r "$T/data"
cp -r "$T/fresh" "$T/data"
play 80 <<'END'
keys P ?
wait idle
dump
END
has_not "in front of another view, where the key does nothing, it is not named" "$T/screen.1" "hides the pictures"

# what is none, or does not come
get "/control/set?path=/files/cranes.png&fault=404" >/dev/null
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play 80 <<'END'
keys P
wait cannot be shown
dump
END
has "what does not come is said" "$T/screen.1" "1 picture cannot be shown"
has "and its words stay" "$T/screen.1" "$words"

printf 'Enter\n' | "$crier" --plain >"$T/plain" 2>&1 || :
has_not "the linear mode shows none" "$T/plain" "█"
"$crier" list --format=tsv "Bird watching" >"$T/list"
run "$crier" show "$(cut -f1 "$T/list" | head -n 1)"
has "nor does show" "$out" "Cranes above the wetland"

# what draws is told nothing of the network
mkdir "$T/libexec"
real=$builddir/crier-picture
ln -s "$builddir/crier-transfer" "$T/libexec/crier-transfer"
printf '#!/bin/sh\nenv >"%s"\nexec "%s"\n' "$T/environment" "$real" >"$T/libexec/crier-picture"
chmod 755 "$T/libexec/crier-picture"
get "/control/set?path=/files/cranes.png" >/dev/null
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
export CRIER_TRANSFER="$T/libexec/crier-transfer" https_proxy=http://me:secret@127.0.0.1:9/
play 80 <<'END'
keys P
wait ██
dump
END
unset CRIER_TRANSFER https_proxy
has "a program between is no hindrance" "$T/screen.1" "██████"
has_not "and is told no proxy" "$T/environment" "secret"
has "but where programs are" "$T/environment" "PATH="

# an article with many pictures, and one with some that are elsewhere
kill "$portal_pid"
mkdir "$T/files"
python3 - "$T/files/1.png" <<'END'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 16, 8, 0, 0, 0, 0)) +
                              chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 32 + bytes(32)) * 16)) + chunk(b"IEND", b""))
END
many=
i=1
while [ $i -le 42 ]; do
    [ $i = 1 ] || cp "$T/files/1.png" "$T/files/$i.png"
    many="$many<p>Number $i</p><img src='@BASE@/$i.png' alt='picture $i'>"
    i=$((i + 1))
done
cp "$T/files/1.png" "$T/files/elsewhere.png"
echo "<html>not found</html>" >"$T/files/page.png"
: >"$T/files/requests.log"
serve "$T/files"
elsewhere="http://localhost:${BASE##*:}/elsewhere.png"
cat >"$T/files/feed.xml" <<END
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Town</title><link>@BASE@/</link>
<item><title>Many of them</title><guid>many</guid><content:encoded><![CDATA[<p>There are forty-two.</p>$many]]></content:encoded></item>
<item><title>Three of them</title><guid>three</guid><content:encoded><![CDATA[<p>Here, elsewhere, and none.</p><img src="@BASE@/1.png" alt="here">
<p>And</p><img src="$elsewhere" alt="elsewhere"><p>and</p><img src="@BASE@/page.png" alt="none">]]></content:encoded></item></channel></rss>
END
rm -rf "$T/data"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none "$BASE/feed.xml"
rm -rf "$T/fresh"
cp -r "$T/data" "$T/fresh"

# article WORDS OPTION…: the script on standard input, in that article
article() {
    { printf 'size 80 30\nkeys Enter /\ntype %s\nkeys Enter Enter\n' "$1"; cat; } >"$T/script"
    shift
    : >"$T/files/requests.log"
    run "$crier" "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
requests() {
    [ "$(grep -c "$1" "$T/files/requests.log")" = "$2" ]
}

article "Three of them" <<'END'
keys P
wait cannot be shown
dump
END
has "what is no picture, or in a private network elsewhere, cannot be shown" "$T/screen.1" "2 pictures cannot be shown"
has "what is on the portal's own host can" "$T/screen.1" "██████"
ok "which opens no way to others" requests elsewhere 0
ok "what is no picture is not kept" python3 -c 'import sqlite3, sys; kept = sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM pictures WHERE data IS NOT NULL").fetchone()[0]; sys.exit(kept != 1)' "$STORE"

article "Many of them" <<'END'
keys P
size 60 30
wait P hides
dump
keys P
dump
keys P
wait ██
dump
END
has "another size meanwhile ends nothing" "$T/screen.1" "P hides the pictures again"
has "and they are drawn" "$T/screen.1" "██████"
has_not "with more than are fetched the key hides them as well" "$T/screen.2" "██"
ok "as many as are fetched are kept" python3 -c 'import sqlite3, sys; kept = sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM pictures WHERE data IS NOT NULL").fetchone()[0]; sys.exit(kept != 41)' "$STORE"

# the text of an article in front of one gets a picture
sed "s,<p>There are forty-two.</p>.*alt='picture 42'>,<p>There is none.</p>," "$T/files/feed.xml" >"$T/files/feed.new"
mv "$T/files/feed.xml" "$T/files/feed.full"
mv "$T/files/feed.new" "$T/files/feed.xml"
rm -rf "$T/data"
"$crier" --set=fetch.pages=never fetch --progress=none
mv "$T/files/feed.full" "$T/files/feed.xml"
article "Many of them" --set=ui.pictures=yes --set=fetch.pictures=opened --set=fetch.pages=never <<'END'
dump
keys R
wait ██
dump
END
has "a text without pictures" "$T/screen.1" "There is none."
has "which gets some while it is read shows them" "$T/screen.2" "██████"

# nobody is subscribed any more
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
"$crier" remove "$BASE/feed.xml" >/dev/null
article "Three of them" <<'END'
keys P
wait cannot be shown
dump
END
has "of a source of former times only what anybody may see is asked for" "$T/screen.1" "3 pictures cannot be shown"
"$crier" --version >"$T/version"
has "what is built in is told" "$T/version" "pictures: PNG JPEG"
finish
