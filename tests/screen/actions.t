#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every action by its key: what it does to the screen.  tests/lint/docs.t holds this file to the
# table of actions.
. "${srcdir:-.}/tests/lib.sh"
plan 174
portal_start
mkdir -p "$T/share/portals"
cp "$srcdir/data/portals/qiqihar.portal" "$T/share/portals/"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share"
"$crier" add beiling >/dev/null
for source in 1 2 3 4 5 6; do # one after the other: the newest articles are the English ones
    "$crier" fetch --progress=none $source
done
cp -r "$T/data" "$T/fresh"
cd "$T" || exit 1

# action NAME TEXT: a script on standard input, in a home as it was after the fetch; TEXT is on the last screen.
# Lists have a row for each edition of an article, unless E makes them one, and each is read for itself.
action() {
    rm -rf "$T/data"
    cp -r "$T/fresh" "$T/data"
    {
        echo "size 80 24"
        cat
        echo "dump"
    } >"$T/script"
    run "$crier" --set=list.fold-editions=no --set=read.all-editions=no --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' --script "$T/script"
    tail -n 24 "$out" >"$T/screen"
    [ "$status" = 0 ] || show "$err"
    has "$1" "$T/screen" "$2"
}
# screen TEXT: also on that screen
screen() {
    has "$1" "$T/screen" "$2"
}

# --- moving
action down "3/33" <<'END'
keys Enter j Down
END
action up "1/33" <<'END'
keys Enter j j k Up
END
action page-down "21/33" <<'END'
keys Enter Space
END
action page-up "1/33" <<'END'
keys Enter Space b
END
action half-down "11/33" <<'END'
keys Enter ^D
END
action half-up "1/33" <<'END'
keys Enter ^D ^U
END
action first "1/33" <<'END'
keys Enter G g
END
action "first, with a count" "7/33" <<'END'
keys Enter 7 g
END
action last "33/33" <<'END'
keys Enter G
END
action open "Beiling Daily" <<'END'
keys Enter 1 Enter
END
action back "3/33" <<'END'
keys Enter 3 Enter h
END
action close "crier: municipal news" <<'END'
keys Enter q
END
printf 'keys Enter Q\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
ok quit test "$status" = 0 -a ! -s "$out"
action next-pane "1/33" <<'END'
size 90 24
keys z z Tab
END
screen "both panes are seen" "│●"
action previous-pane "32 unread" <<'END'
size 120 24
keys Enter m S-Tab
END
action layout "3 panes" <<'END'
size 120 24
keys z
END
action next-unread "本地要闻 › 老火车站改建" <<'END'
keys Enter j m g j n
END
action "next-unread, in the next source" "the next source: 通知公告" <<'END'
keys j j j Enter M n
END
action "next-unread, of an article" "通知公告 › 关于开展流感疫苗接种的公告" <<'END'
keys j j j Enter M Enter n
END
action previous-unread "1/33" <<'END'
keys Enter j m N
END
action next "Старый вокзал" <<'END'
keys Enter Enter ]
END
action "next, of sources" "通知公告" <<'END'
keys j j j Enter ]
END
action previous "本地要闻" <<'END'
keys j j j j Enter [
END

# --- sections
action fold "▸ Beiling" <<'END'
keys j j j j -
END
action group "nothing has a tag yet" <<'END'
keys t
END
action "hide-read, of sections" "what is read is hidden" <<'END'
keys H
END

# --- out of the reader; tests/screen/hands.t has what comes out
action copy-link "copied: http" <<'END'
keys Enter y y
END
action "each action that may follow is named once" " l link  t title" <<'END'
keys Enter y
END
action copy-title "copied: Old railway" <<'END'
keys Enter y t
END
action copy-text "copied: the text" <<'END'
keys Enter Enter y b
END
action copy-quotation "copied: " <<'END'
keys Enter Enter y q
END
action pipe "a command can be typed on a terminal only" <<'END'
keys Enter | |
END
action pipe-markdown "a command can be typed on a terminal only" <<'END'
keys Enter | m
END
action pipe-html "a command can be typed on a terminal only" <<'END'
keys Enter Enter | h
END
action run "crier.conf has no command yet" <<'END'
keys Enter !
END
action bookmark "crier.conf has no [command bookmark]" <<'END'
keys Enter B
END
action "an edition has no information of its own" "only sources have information to show" <<'END'
keys j j i
END
action mail "subject=Old" <<'END'
keys Enter @
wait opened:
END

# a browser of the terminal has a form for mail that sends nothing
for browser in "xdg-open %u" "w3m %u"; do
    printf 'size 80 24\nkeys Enter @\ndump\n' >"$T/script"
    run env -u DISPLAY -u WAYLAND_DISPLAY "$crier" --set=ui.browser="$browser" --script "$T/script"
    has "mail, where only $browser is there" "$out" "crier.conf has no [command mail] yet"
done
run env DISPLAY=:9 "$crier" --set=ui.browser="w3m %u" --script "$T/script"
has "nor with a display" "$out" "crier.conf has no [command mail] yet"

# --- links
action next-link "[1] http://127.0.0.1" <<'END'
keys Backslash
type tenders
keys Enter Enter Tab
END
action previous-link "[1] http://127.0.0.1" <<'END'
keys Backslash
type tenders
keys Enter Enter S-Tab
END
action links "[1] attachment: Tender documents" <<'END'
keys Backslash
type tenders
keys Enter Enter U
END
case $("$crier" --version) in
*"pictures: none"*) said="this crier was built without pictures" ;;
*) said="there are no pictures in this article" ;;
esac
action pictures "$said" <<'END'
keys Backslash
type tenders
keys Enter Enter P
END
rm -f "$T/opened"
action browser "opened: http" <<'END'
keys Enter o
wait opened:
END
action save "saved: $T/saved.md" <<'END'
keys Enter Enter w ^U
type saved.md
keys Enter
END
has "as Markdown" "$T/saved.md" "# Old railway station becomes the museum of the city"
action "save does not overwrite" "'saved.md' exists already" <<'END'
keys Enter Enter w ^U
type saved.md
keys Enter
END
action "another name is offered" "saved: $T/saved (2).md" <<'END'
keys Enter Enter w ^U
type saved.md
keys Enter Enter
END
action "and one more" "saved: $T/saved (3).md" <<'END'
keys Enter Enter w ^U
type saved (2).md
keys Enter Enter
END
action "what it is saved as, where its name means something else" "saved as plain text: $T/saved.pdf; .md and .html are" <<'END'
keys Enter Enter w ^U
type saved.pdf
keys Enter
END
action "a long name leaves its end, the words of the question" "of the city.txt' exists already; save as: " <<'END'
keys Enter w Enter w Enter
END
screen "and room for what is typed" "the city (2).txt"
action "where both have no room the question stands above" "of the city.txt' exists already; save" <<'END'
size 40 24
keys Enter w Enter
END
ok "and what is typed has its line" grep -qx '\.\.\.comes the museum of the city (2)\.txt' "$T/screen"
action "a question of one key is shortened in what it names, too" "Unsubscribe from" <<'END'
size 20 24
keys G D
END
screen "as little as needs be" "(y/n)"
action "save hides nothing" "nothing is saved under names that begin with a dot" <<'END'
keys Enter Enter w ^U
type .profile
keys Enter
END
ok "and writes nothing" test ! -e "$T/.profile"
action "save an attachment" "saved: $T/tender.pdf" <<'END'
keys Backslash
type tenders
keys Enter Enter Tab w
keys Enter
wait idle
END
ok "with all its bytes" test -s "$T/tender.pdf"
action shift-right "──────────" <<'END'
size 40 24
keys Backslash
type lang:en interruption
keys Enter Enter . . . .
END
action shift-left "│" <<'END'
size 40 24
keys Backslash
type lang:en interruption
keys Enter Enter . . ,
END
action shift-reset "Day: 16 October" <<'END'
size 24 24
keys Backslash
type lang:en interruption
keys Enter Enter . <
END

# --- fetching
action fetch-page "the page was fetched" <<'END'
keys Enter 3 Enter x
wait idle
END
action fetch "0 new articles" <<'END'
keys j j j r
wait idle
END
action fetch-all "0 new articles" <<'END'
keys R
wait idle
END
action sync "there is no server to sync with" <<'END'
keys Y
END
action cancel "1/33" <<'END'
keys Enter V j ^G g
END

# --- marks
action toggle-read "2/33" <<'END'
keys Enter m
END
action mark-all-read "33 articles marked as read; u undoes it" <<'END'
keys Enter M
END
action toggle-star "★" <<'END'
keys Enter s
END
action tag "1 article tagged home" <<'END'
keys Enter t
type home
keys Enter
END
action "tag, taken away" "tag taken away: home" <<'END'
keys Enter t
type home
keys Enter t
type -home
keys Enter
END
action delete "1 article deleted; u undoes it" <<'END'
keys Enter D
END
screen "and it is gone from the list" "1/32"
action select "3 selected, 3/33" <<'END'
keys Enter V j j
END
action "a selection is marked at once" "3 articles starred; u undoes it" <<'END'
keys Enter V j j s
END
action select-row "2 selected, 4/33" <<'END'
keys Enter * j *
END
action undo "undone: 3 changes" <<'END'
keys Enter V j j s u
END
action redo "redone: 3 changes" <<'END'
keys Enter V j j s u ^R
END
action "undo of a tag" "undone: Old railway" <<'END'
keys Enter t
type home
keys Enter u
END

# --- finding and filtering
action find "Find: lib" <<'END'
keys Enter /
type lib
END
screen "while one types" "13/33"
action "find, then the next" "13/33" <<'END'
keys Enter /
type library
keys Enter n
END
action filter "Filter: lang:ru вода" <<'END'
keys Enter f
type lang:ru вода
END
screen "while one types" "Плановое отключение воды"
action "filter, given up" "1/33" <<'END'
keys Enter f
type lang:ru
keys Esc
END
action clear-filter "2/33" <<'END'
keys Enter f
type lang:ru
keys Enter F
END
action save-query "  Russian" <<'END'
keys Enter f
type lang:ru
keys Enter = ^U
type Russian
keys Enter q
END
action "a kept query lists" "1/11" <<'END'
keys j j Enter
END
action "and is removed, which can be undone" "back again: Russian" <<'END'
keys j j D y u
END
has "in urls" "$CONFIG/urls" "query:Russian:"
action "and done again" "removed again: Russian" <<'END'
keys j j D y u ^R
END
has_not "and is not in urls" "$CONFIG/urls" "query:"
cp "$CONFIG/urls" "$T/urls"
action "a question is answered in Russian" "unsubscribed; its articles stay in the last row" <<'END'
keys j j j D д
END
action "in Chinese" "back again: 通知公告" <<'END'
keys j j j D 是 u
END
cp "$T/urls" "$CONFIG/urls"
action "what is no answer leaves it, and no takes it back" "33 unread" <<'END'
keys j j j D x
keys н
END
action "deleting an article shows the next one" "Старый вокзал станет музеем города" <<'END'
keys Enter Enter D
END
screen "and says so" "1 article deleted; u undoes it"
action "undoing it in a list puts the cursor there" "5/33" <<'END'
keys Enter 5 g D G u
END
screen "by its name" "undone: Началась прививка от гриппа"
action hide-read "2/32" <<'END'
keys Enter j m H
END
action "what is read then stays in sight" "1/33" <<'END'
keys Enter H m k
END
action sort-date "1/33" <<'END'
keys Enter S t S d
END
action sort-title "All articles › by title" <<'END'
keys Enter S t
END
action sort-source "All articles › by source" <<'END'
keys Enter S s
END
action sort-unread "●   2025-10-10 Bird watching" <<'END'
keys Enter V 1 6 j m S u g
END
action sort-rank "what fits best first" <<'END'
keys Backslash
type library
keys Enter S d S r
END
action search "Search › library" <<'END'
keys Backslash
type library
keys Enter
END

# --- the rest
action edition "Новости города" <<'END'
keys j j j Enter L
END
action "edition, of an article" "建成近百年的老火车站" <<'END'
keys Enter Enter L
END
action "edition, in the order in which they stand above" "Вечерний Бэйлин" <<'END'
keys Enter Enter L L
END
screen "which is that of the corner" "中文 · Русский · English"
action "edition, which is that of all others, too" "Also in: 中文 · Русский" <<'END'
keys Enter Enter L L L
END
action "edition, offered by the list of a section" "L language" <<'END'
size 120 24
keys j j j Enter
END
action "edition, where it is of no portal" "this list has no other language" <<'END'
keys Enter L
END
printf 'size 120 24\nkeys Enter\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "edition, of all articles" "$out" "All articles"
has_not "edition, offered there" "$out" "L language"
action info "Charset" <<'END'
keys j j j i
END
action agenda "Old railway station becomes the mu" <<'END'
keys A
END
action related "nothing is related to it" <<'END'
keys Enter C
END
action errors "Nothing is wrong." <<'END'
keys e
END
action add "Qiqihar  qiqihar" <<'END'
keys a
END
action remove "Unsubscribe from" <<'END'
keys G D
END
action choose "Qiqihar, English" <<'END'
keys a
type qiqi
keys Enter
END
action next-choice "2/2" <<'END'
keys a Down
END
action previous-choice "1/2" <<'END'
keys a Down Up
END
action next-choices "2/2" <<'END'
keys a PgDn
END
action previous-choices "1/2" <<'END'
keys a PgDn PgUp
END
action leave "33 unread" <<'END'
keys a Esc
END
action command "ui.layout=1" <<'END'
keys :
type set ui.layo
keys Tab
type 1
keys Enter
END
action "command, completed by the themes there are" ":set ui.theme=dark" <<'END'
keys :
type set ui.theme=d
keys Tab
END
action "command, a name and then its values" ":set ui.theme=dark" <<'END'
keys :
type set ui.th
keys Tab Tab
END
action "command, nothing that it refuses" ":set ui.clip" <<'END'
keys :
type set ui.clip
keys Tab
END
has_not "is offered" "$T/screen" "clipboard="
action "command, brought back" ":set ui.layout=1" <<'END'
keys :
type set ui.layout=1
keys Enter : Up
END
# --- one article in several languages
action fold-editions "1/11" <<'END'
keys Enter E
END
screen "which are named at the end of its row" "  zh ru  Local News"
action "fold-editions, and back, where one was" "2/33" <<'END'
keys Enter E E j
END
action "fold-editions, in a list of one edition" "this list is of one edition" <<'END'
keys j j j Enter E
END
action "read in one, read in all, undone in one step" "undone: Old railway station" <<'END'
keys :
type set read.all-editions=yes
keys Enter Enter E m u
END
action "what is marked is counted as it is shown" "11 articles marked as read; u undoes it (with editions: 33)" <<'END'
keys Enter E M
END
action "what is deleted, too" "1 article deleted; u undoes it (with editions: 3)" <<'END'
keys Enter E D
END
action "undoing it names the article" "undone: Old railway station" <<'END'
keys Enter E D u
END
action "an article takes its editions along, as its row does" "1 article deleted; u undoes it (with editions: 3)" <<'END'
keys Enter E Enter D
END
screen "and the next article comes" "Flu vaccination begins"
action "undo brings back what was deleted, whatever came in its place" "undone: Old railway station" <<'END'
keys Enter Enter D u
END
action "deleted in a list of one edition, it is one, however others are shown" "1 article deleted; u undoes it" <<'END'
keys Enter E q j j j Enter D
END
ok "and no other edition is spoken of" sh -c '! grep -q "with editions" "$1"' sh "$T/screen"
action "an edition that was deleted alone" "老火车站改建为城市博物馆" <<'END'
keys j j j Enter D q g Enter E Enter L
END
run "$crier" list is:deleted
has "which the store says, too" "$out" "老火车站改建为城市博物馆"
action "is restored, and nothing else deleted" "1 article restored; u undoes it" <<'END'
keys j j j Enter D q g Enter E Enter L D
END
run "$crier" list is:deleted
ok "in the store too" test ! -s "$out"
action "undo leads to the row that stands for another edition" "1/11" <<'END'
keys Enter E Enter L m q G u
END
action "behind a range that is deleted one reads on" "1/8" <<'END'
keys Enter E V j j D
END
action "undo leads back to where it began" "1/11" <<'END'
keys Enter E V j j D u
END
action beside "│ 建成近百年的老火车站将改建为城市博物馆" <<'END'
keys Enter Enter E
END
action "beside, with the next one" "Старый вокзал станет музеем города" <<'END'
keys Enter Enter E L
END
action help "In the first view" <<'END'
keys ?
END
action menu "All articles › by title" <<'END'
keys Enter F10
type by title
keys Enter
END
action theme "as it is now" <<'END'
keys T Down
END
action redraw "33 unread" <<'END'
keys ^L
END
# --- keys that come faster than pictures
action "a search right after a mark" "Find: o" <<'END'
keys Enter Enter
type s/o
END
action "the next hit right after a mark" "Old railway station becomes the museum of the city" <<'END'
keys Enter Enter /
type o
keys Enter
type mn
END
action "the next hit right after the next article" "Старый вокзал станет музеем города" <<'END'
keys Enter Enter /
type o
keys Enter
type ]n
END
# --- what the portal has changed
get "/control/revise?path=/en/notices/204.html" >/dev/null
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
CRIER_NOW=$((CRIER_NOW + 7200)) "$crier" fetch --all --full --progress=none
rm -rf "$T/fresh"
cp -r "$T/data" "$T/fresh"
action revisions "  2  2025-10-25 02:00  blocks +3 −3, words +4 −4" <<'END'
keys Backslash
type is:revised lang:en
keys Enter v
END
screen "with the first one" "the first text"
has_not "without their origin, which is the same of all" "$out" "page"
action next-change "Households: [-2105-]{+2310+}" <<'END'
size 80 8
keys Backslash
type is:revised lang:en
keys Enter v Enter n
END
action previous-change "Hours: 8:00–[-12:00-]{+14:00+}" <<'END'
size 80 8
keys Backslash
type is:revised lang:en
keys Enter v Enter n p
END
action "a preview that was laid out for a low window" "связанные с железной дорогой" <<'END'
size 120 1
keys Enter z j
dump
size 120 24
END
finish
