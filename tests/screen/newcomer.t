#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a newcomer meets: one key reads on from any screen, the own language comes first, menus take
# keys, and an empty list says why it is empty and what to do.
. "${srcdir:-.}/tests/lib.sh"
need localedef
need python3
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 70
export LOCPATH="$builddir/tests/locales"
mkdir "$T/share"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share"
portal_start
interrupt=$(printf '\003')

# lists have a row for each language: what one key reads next is of the order alone then
# play [OPTION…]: runs the script on standard input; $T/screen.1, .2 … are what it dumps
play() {
    { echo "size 80 24"; cat; } >"$T/script"
    run "$crier" --set=list.fold-editions=no --set=read.all-editions=no "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
# line N TEXT: the text is on that line of the first screen
line() {
    sed -n "$1p" "$T/screen.1" | grep -qF -- "$2" || { sed 's/^/# /' "$T/screen.1"; false; }
}

# --- reading on
"$crier" add beiling >/dev/null
for source in 1 2 3 4 5 6; do "$crier" fetch --progress=none $source; done
play <<'END'
keys j j j Enter e n
dump
END
on 1 "n reads from a page too, from where the sections are" "老火车站改建为城市博物馆"
run "$crier" --set=list.fold-editions=no --set=read.all-editions=no --plain <<'END'
n
END
has "line by line too" "$out" "almost a hundred years old, becomes"
run "$crier" --plain <<'END'
search museum
1
beside
END
has_not "two editions are read out without breaks" "$out" '^city; the dome\|^museum of the'
"$crier" mark unread all >/dev/null
play <<'END'
keys n
dump
keys n
dump
keys q q j j j Space
dump
END
on 1 "n reads from the first screen" "Old railway station becomes the museum of the city"
on 2 "and goes on" "Старый вокзал станет музеем города"
on 3 "Space does where all is seen, in what the cursor is on" "老火车站改建为城市博物馆"
play <<'END'
keys j j j Enter Space
dump
END
on 1 "and in a list that is seen whole" "北岭机场开通至三座城市的冬季航线"
play --set=read.next=no <<'END'
keys Space
dump
END
on 1 "unless read.next says no" "crier: municipal news"
play <<'END'
keys Enter M q n
dump
keys Space
dump
END
on 1 "where all is read that is said" "no more unread articles here"
on 2 "and Space goes down" "0 unread"
for language in ru_RU zh_CN en_US C; do
    case $language in
    ru*) first="Русский" ;;
    en*) first="English" ;;
    *) first="中文" ;;
    esac
    LC_ALL=$language.UTF-8 play <<'END'
dump
END
    ok "$first comes first in $language" line 4 " · $first"
done

# --- menus
rm -rf "$T/data/crier" "$CONFIG/urls"
mkdir -p "$T/data/crier"
play <<'END'
type beil
keys Enter
dump
keys j j k ?
dump
keys q q
dump
END
on 1 "a menu numbers what there is" "  1 Beiling (demo portal), English"
on 2 "its letters are keys: help" "leave without choosing"
on 3 "and leaving" "Portal or URL: beil"
ok "nothing was subscribed to" test ! -s "$CONFIG/urls"
play <<'END'
type beil
keys Enter о
dump
keys й
dump
END
on 1 "on a Russian keyboard too" "2/4"
on 2 "for leaving also" "Portal or URL: beil"
printf 'portal:beiling/en\nportal:beiling/zh/news\n' >"$CONFIG/urls"
play <<'END'
keys a
type beil
dump
keys Enter
dump
END
on 1 "of a portal of the catalogue it is said how much of it is there" "Beiling (demo portal)  subscribed to in part · beiling"
on 2 "so it is of an edition" "1 Beiling (demo portal), English  subscribed to already"
on 2 "of which there is a part, too" "中文  subscribed to in part"
ok "of another one nothing is said" grep -q "Русский *$" "$T/screen.2"
printf '%s\n' a beil 1 . . >"$T/lines"
"$crier" --plain <"$T/lines" >"$out" 2>&1
has "who listens hears it" "$out" "Beiling (demo portal), English, subscribed to already"
rm "$CONFIG/urls"
mv "$CONFIG/portals/beiling.portal" "$T" # the addresses below are of no portal
for keys in n н 否 2; do
    play <<END
type $BASE/en/news/rss.xml
keys Enter
wait Subscribe and fetch
keys $keys
dump
END
    on 1 "$keys does not subscribe" "Portal or URL"
done
ok "it did not" test ! -s "$CONFIG/urls"
play <<END
type $BASE/en/news/rss.xml
keys Enter
wait Subscribe and fetch
keys д
wait new articles
dump
END
on 1 "д subscribes and fetches" "5 new articles"
play <<'END'
keys G D
dump
keys z y
dump
keys u
dump
END
on 1 "a question" "Unsubscribe from"
on 2 "is answered by one key" "unsubscribed; its articles stay"
on 3 "and the answer can be undone" "back again: Beiling"
ok "also in urls" grep -q "en/news/rss.xml" "$CONFIG/urls"
play <<END
keys a
type $BASE/en/news/rss.xml
keys Enter
wait Do not subscribe
dump
END
on 1 "what is subscribed to is said to be" "You are subscribed to it already."
has_not "and not offered" "$T/screen.1" "Subscribe and fetch"

# --- what is left of it
play <<'END'
keys G D y
dump
keys G Enter
dump
keys s q D
dump
keys y
dump
keys G D
dump
keys u
dump
END
on 1 "what nobody subscribes to any more has a row" "Not subscribed                                                            5/5"
on 2 "with all of its articles" "Old railway station"
on 3 "which can be deleted, but what has a star" "Delete 4 articles without a subscription, but none with a star? (y/n)"
on 4 "at once" "4 articles deleted; u undoes it"
on 5 "the star stays" "these have a star"
on 6 "and all of it can be undone" "5/5"
"$crier" list --format=tsv --limit=0 is:former >"$T/former"
ok "is:former finds it" test "$(wc -l <"$T/former")" = 5
run "$crier" list -- -is:former
has_not "and what is not" "$out" "railway"

# --- the first article of an address that is pasted, in five keys
for address in "$BASE/" "$BASE/en/news/rss.xml"; do
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    play <<END
type $address
keys Enter
wait Subscribe and fetch
keys Enter
wait new articles
keys Enter Enter
dump
END
    on 1 "four keys after the paste of $address" "$BASE/"
    on 1 "is its first article, which goes on" "Space read on"
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    play <<END
type $address
keys Enter
wait Subscribe and fetch
keys Enter
wait new articles
keys n
dump
END
    on 1 "or three" "Space read on"
done

mv "$T/beiling.portal" "$CONFIG/portals"

# --- line by line
rm -rf "$T/data/crier" "$CONFIG/urls"
mkdir -p "$T/data/crier"
run python3 "$srcdir/tests/kit/terminal.py" "see:> " "type:beiling
" "see:> " "type:1
" "see:In which language" "see:> " "type:$interrupt" "see:nothing was done" "see:> " "type:$interrupt" "see:nothing was done" \
    "see:Nothing is subscribed to yet. a chooses" "see:> " "type:Q
" -- "$crier" --plain
status_is "^C leaves a menu, and the first choice" 0
keys="A number opens that row, n the next unread article; ? helps, Q quits."
printf '%s\n' beil nowhere elsewhere beil 1 1 a . | "$crier" --plain >"$out" 2>&1
ok "what a choice takes is told once" test "$(grep -c '^A number chooses, other text narrows down' "$out")" = 2
ok "and what, where nothing is left" test "$(grep -c '^Other text looks for something else' "$out")" = 1
ok "after the first subscription it is told how one goes on" test "$(grep -cxF "$keys" "$out")" = 1
printf '%s\n' a beil 1 1 '?' 9 | "$crier" --plain >"$out" 2>&1
has_not "after that no more" "$out" "$keys"
ok "an error in a choice says in which one still is" sh -c 'grep -A 1 "is subscribed to already" "$1" | grep -qxF "still to be chosen: Beiling (demo portal); a full stop leaves, ? reads it again"' - "$out"
ok "a row that is not there, too" sh -c 'grep -A 1 "there is no number 9 here" "$1" | grep -qF "still to be chosen: Beiling"' - "$out"
ok "and all of it can be heard again" test "$(grep -c '^Beiling (demo portal): 1 to 4 of 4' "$out")" = 2
printf '%s\n' 'D 3' y u 'D 4' y u | "$crier" --plain >"$out" 2>&1
ok "an edition that is back is the row on which one is" sh -c 'grep -A 1 "^> back again: Beiling" "$1" | grep -qF "3 of 5: Beiling (demo portal), English"' - "$out"
ok "so is a section" sh -c 'grep -A 1 "^> back again: Local News" "$1" | grep -qF "4 of 5: Local News"' - "$out"

# --- empty lists
rm -rf "$T/data/crier" "$CONFIG/urls"
mkdir -p "$T/data/crier"
# why PATH FAULT LANGUAGE TEXT…: what the list of a source says that never brought anything
why() {
    path=$1 fault=$2 language=$3
    shift 3
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    get "/control/set?path=$path&fault=$fault" >/dev/null
    "$crier" add --no-discover "$BASE$path" >/dev/null
    "$crier" fetch --progress=none 2>"$T/failed"
    LC_ALL=$language.UTF-8 play <<'END'
keys j j Enter
dump
END
    for text; do
        on 1 "$fault in $language" "$text"
    done
    get "/control/set?path=$path" >/dev/null
}
why /en/news/rss.xml 500 C "the server has a fault (HTTP 500)" "The portal has a fault of its own"
why /en/news/rss.xml 404 ru_RU "не найдено (HTTP 404)"
why /en/news/rss.xml 429 zh_CN "HTTP 429"
why /en/news/rss.xml empty C "the document is empty" "$BASE/en/news/rss.xml"
# what parsers remark is in the language of who reads, whatever that of the fetch was
printf 'portal:beiling/zh/notices\n' >"$CONFIG/urls"
sed -i "s|^Rows=.*|Rows=//table[@id='gone']/tr|" "$CONFIG/portals/beiling.portal"
"$crier" fetch --all --progress=none 2>/dev/null
LC_ALL=ru_RU.UTF-8 "$crier" status >"$out" 2>&1
ok "a rule that fits nothing is told in Russian" grep -q "beiling.portal:[0-9]*: правило Rows ничего не находит на этой странице" "$out"
ok "so is how a charset was decided on" grep -q "кодировка .* (объявлено: " "$out"
sed -i "s|^Rows=.*|Rows=//table[@id='gone'|" "$CONFIG/portals/beiling.portal"
LC_ALL=ru_RU.UTF-8 "$crier" portal check --offline "$CONFIG/portals/beiling.portal" >"$out" 2>&1
has "and what is wrong with an XPath" "$out" "Rows: //table[@id='gone': не закрыта скобка"
finish
