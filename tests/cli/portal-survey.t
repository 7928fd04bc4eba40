#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Finding a city in the catalogue, by its tables; and whether its sections still answer.
. "${srcdir:-.}/tests/lib.sh"
plan 35
mkdir -p "$T/site" "$T/share/portals"
cp "$srcdir/data/portals/words.tsv" "$T/share/portals/"
export CRIER_DATADIR="$T/share"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Havnby</title>
<item><title>The ferry resumes</title><link>@BASE@/n/2.html</link></item>
<item><title>The harbour office moves</title><link>@BASE@/n/1.html</link></item></channel></rss>
END
cat >"$T/site/list.html" <<'END'
<html><body><ul class="news">
<li><a href="/n/3.html">The harbour office moves to Quay Lane</a> <span>2025-10-03</span></li>
<li><a href="/n/2.html">The ferry resumes with four crossings a day</a> <span>2025-10-02</span></li>
<li><a href="/n/1.html">Water is cut off in Mill Street on Friday</a> <span>2025-10-01</span></li>
</ul></body></html>
END
cat >"$T/site/index.html" <<'END'
<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml" title="News of Nyby"></head><body></body></html>
END
serve "$T/site"
line() { # line CELL…: one line of a table
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@"
}
{
    line Id Kind Region Name 'Name[en]' 'Name[ru]' 'Name[zh]' Spellings Home Sections Origin Verified
    line dk-havnby city Sjælland 'Havnby på Øen' Harbourtown Гаванск 港城 'havnby; Gangcheng; gang cheng' "$BASE/" \
        "da/news feed $BASE/feed.xml da/notices list $BASE/list.html" 'someone/list@0123456:a.json' 2025-01-02
    line dk-nyby city Fyn Nyby '' Новград '' '' "$BASE/index.html" "da/news feed $BASE/gone.xml" 'someone/list@0123456:a.json' 2025-01-02
} >"$T/share/portals/DK.tsv"
{
    line Id Kind Region Name 'Name[en]' 'Name[ru]' 'Name[zh]' Spellings Home Sections Origin Verified
    line tw-office ministry '' 港務部 'Harbour Office' '' '' Gangwubu "$BASE/" "zh-Hant/news list $BASE/list.html?of=tw" 'someone/list@0123456:b.json' 2024-05-06
} >"$T/share/portals/TW.tsv"

run "$crier" portal list
status_is "tables can be read" 0
ok "a portal a line" test "$(wc -l <"$out")" = 3
has "with its country and region" "$out" "dk-havnby  DK  da"
for typed in havnby 'HAVNBY PA OEN' harbourtown гаванск 港城 gangcheng 'gang cheng' денмарк; do
    run "$crier" portal list "$typed"
    case $typed in
    денмарк) ok "no country is called so: $typed" test ! -s "$out" ;;
    *) ok "found by $typed" grep -q '^dk-havnby' "$out" ;;
    esac
done
run "$crier" portal list 港务部
ok "the other script of Chinese" grep -q '^tw-office' "$out"
run "$crier" portal list Дания
ok "by the name of the country" test "$(wc -l <"$out")" = 2
run "$crier" portal list --country=dk
ok "of a country" test "$(wc -l <"$out")" = 2
run "$crier" portal list --kind=ministry
ok "of a kind" test "$(cut -d' ' -f1 "$out")" = tw-office
run "$crier" portal list --format=json havnby
has "JSON has the country, the region and the kind" "$out" '"country":"DK","region":"Sjælland","kind":"city"'
has "and the evidence" "$out" '"origin":"someone/list@0123456:a.json","verified":"2025-01-02"'
run "$crier" portal show dk-havnby
has "sections have names in the edition's language" "$out" "portal:dk-havnby/da/notices  Dansk: Bekendtgørelser (list)"

# one subscribes to such a portal as to any
run "$crier" add dk-havnby
status_is "it can be subscribed to" 0
run "$crier" fetch --all --progress=none
run "$crier" list
has "and read" "$out" "The ferry resumes"
run "$crier" add dk-nowhere
status_is "what is in no table is not" 1

# a user's own line hides an installed one
{
    line Id Kind Region Name 'Name[en]' 'Name[ru]' 'Name[zh]' Spellings Home Sections Origin Verified
    line dk-nyby city Fyn 'My Nyby' '' '' '' '' '' "da/news feed $BASE/feed.xml" '' ''
    line dk-wrong city Fyn Wrong '' '' '' '' '' "da/news feed ftp://example.org/" '' ''
} >"$CONFIG/portals/DK.tsv"
run "$crier" portal list --country=DK
status_is "a line that is wrong is told" 2
has "with its number" "$err" "DK.tsv:3: "
has "and the others are listed, one's own first" "$out" "My Nyby"
rm "$CONFIG/portals/DK.tsv"

run "$crier" portal check dk-havnby
has "a line is checked by its id" "$out" "entries: 2 (rss)"
run "$crier" portal check --all --country=DK
status_is "a section that is gone is some failure" 2
has "what answers is counted" "$out" "ok     dk-havnby/da/news  2  $BASE/feed.xml"
has "lists too" "$out" "ok     dk-havnby/da/notices  3  $BASE/list.html"
has "what is gone is told" "$out" "gone   dk-nyby/da/news"
has "with what the home page announces now" "$out" "its home page announces $BASE/feed.xml  News of Nyby"
run "$crier" portal check --sample=1
ok "a sample is drawn" grep -q 'portals: 1, ' "$out"

# without a network no portal is gone
kill "$portal_pid"
portal_pid=
run "$crier" portal check --all --country=DK
status_is "nothing can be reached" 3
ok "which is said once" test "$(wc -l <"$err")" = 1
has "of the network" "$err" "there is no network"
has_not "and of no portal" "$out" gone
finish
