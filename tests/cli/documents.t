#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Documents are news: kept offline, read by converters inside limits, shown and found.
. "${srcdir:-.}/tests/lib.sh"
need pdftotext
plan 99
export TMPDIR="$T/tmp"
mkdir "$TMPDIR"
serve_documents() {
    rm -f "$T/port"
    python3 "$srcdir/tests/kit/documents.py" "$T/port" 2>"$T/portal.log" &
    portal_pid=$!
    while [ ! -s "$T/port" ]; do
        kill -0 "$portal_pid" 2>/dev/null || { cat "$T/portal.log" >&2; echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
    BASE=http://127.0.0.1:$(cat "$T/port")
}
serve_documents

# finds NAME QUERY TITLE: a search finds the article with the title, and it alone
finds() {
    "$crier" search "$2" --format=tsv >"$out" 2>"$err" || :
    if [ "$(cut -f6 "$out")" = "$3" ]; then
        result 0 "$1"
    else
        result 1 "$1"
        show "$out"
    fi
}

# number TITLE: that of the article
number() {
    "$crier" list --format=tsv | awk -F'\t' -v title="$1" '$6 == title { print $1; exit }'
}

# anew PAGE: a store with nothing but that page, fetched
anew() {
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    "$crier" add --no-discover --tag=list "$BASE/$1" >/dev/null 2>&1
    shift
    run "$crier" "$@" fetch --progress=none
}

# converter FORMATS COMMAND [KEY=VALUE…]: the user's own table: one program for the formats, and no other
converter() {
    printf '[own]\nFormats=%s\nCommand=%s\n' "$1" "$2" >"$CONFIG/converters"
    shift 2
    [ $# = 0 ] || printf '%s\n' "$@" >>"$CONFIG/converters"
}

# --- a list of notices, the server stopped after the fetch -------------------------------------
anew list.html
status_is "a list whose rows are documents is fetched" 0
culvert=$(number "Closure of the culvert in Mill Lane")
run "$crier" show "$culvert"
has "a notice that is a PDF is read, a divided word in one" "$out" "closed for repairs until the end of October."
has "its attachment is named" "$out" "culvert.pdf, pdf, "
run "$crier" show --format=json "$culvert"
has "and kept" "$out" '"kept":true'
run "$crier" show --format=markdown "$culvert"
has "as Markdown its text stands under its name" "$out" "## culvert.pdf"
run "$crier" show --format=html "$culvert"
has "as HTML too" "$out" "<h2>culvert.pdf</h2>"
finds "it is found by a word of its text" culvert "Closure of the culvert in Mill Lane"
finds "Russian is" мосту "О ремонте моста через реку"
finds "Chinese is" 西城区 "关于停水的通知"
finds "a word that the end of a line divides too" 储水准备 "关于停水的通知"
run "$crier" show --format=json "$(number "关于停水的通知")"
has "an indent begins a paragraph" "$out" '全部小区。\n\n恢复供水'
finds "a PDF that is called bytes and has no ending is" bonfires "Decree on the burning of leaves"
finds "a PDF that is called HTML is" flood "Sale of the old fire engine"
finds "a page that is a frame of a PDF is" auditors "Report of the auditors for the year"
finds "what is attached to two lines of text is" crowns "Fees of the cemetery"
run "$crier" search orchids
status_is "what is attached to a long text is not asked for" 4
run "$crier" show --format=json "$(number "Poster of the harvest fair")"
has "a picture is kept" "$out" '"kept":true'
run "$crier" show --format=json "$(number "Poster of the regatta")"
has "and one that is all there is to a page" "$out" 'photo-2.png","title":"Regatta","type":"image","length":'
run "$crier" status --format=json
has "nothing is amiss" "$out" '"warnings":[]'
run "$crier" store check
status_is "the store is sound" 0
run "$crier" store info --format=json
has "and says what it keeps" "$out" '"attachments":9'
run "$crier" list --format=tsv state:revised
status_is "no text of an attachment is a change by the portal" 4
run "$crier" fetch --all --full --progress=none
run "$crier" list --format=tsv state:revised
status_is "neither are attachments that come once more" 4
get "/set?culvert.pdf=The+culvert+is+open+again." >/dev/null 2>&1
run "$crier" fetch --all --full --progress=none
run "$crier" list --format=tsv state:revised
ok "one that the portal has changed is" test "$(cut -f1 "$out")" = "$culvert"
run "$crier" show "$culvert"
has "it says what the portal says now" "$out" "The culvert is open again."
run "$crier" show --revision=1 "$culvert"
has "and what it said before" "$out" "closed for repairs"
run "$crier" diff "$culvert"
ok "diff knows the attachment by its digest" grep -q '^Attachment: .*culvert.pdf.* (sha256 \[-[0-9a-f]*-\]{+[0-9a-f]*+})$' "$out"
has "what is gone of its text" "$out" "[-"
has "and what is new" "$out" "{+"
# --- the reader, without a network ----
anew list.html
kill "$portal_pid" && portal_pid=
culvert=$(number "Closure of the culvert in Mill Lane")
# what a program is given to open, and the bytes of the kept document
printf '#!/bin/sh\ncp "$1" "%s/opened"\necho "$1" >"%s/name"\n' "$T" "$T" >"$T/browser"
chmod +x "$T/browser"
python3 -c 'import sqlite3, sys; sys.stdout.buffer.write(sqlite3.connect(sys.argv[1]).execute("SELECT data FROM files WHERE url LIKE ?", ["%culvert.pdf"]).fetchone()[0])' \
    "$STORE" >"$T/kept"
cat >"$T/script" <<END
size 100 30
keys Enter Enter
dump
keys o
wait opened
keys Tab w ^U
type $T/saved.pdf
keys Enter
dump
END
run "$crier" --set=ui.browser="$T/browser %u" --script "$T/script"
screens "$T/script" "$out"
has "the reader shows the text of the document" "$T/screen.1" "The culvert is open again."
has "and the document" "$T/screen.1" "culvert.pdf, pdf, "
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -s "$T/name" ] || sleep 0.1
done
ok "o opens the kept document" cmp "$T/opened" "$T/kept"
has "under a name of its format" "$T/name" "/culvert.pdf"
ok "w saves it" cmp "$T/saved.pdf" "$T/kept"
rm -rf "$TMPDIR"/crier-*

serve_documents

# what a worker left behind that was killed, and what is in use
mkdir "$TMPDIR/crier-convert-AAAAAA" "$TMPDIR/crier-convert-BBBBBB"
touch "$TMPDIR/crier-convert-AAAAAA/document.pdf"
touch -t 202001010000 "$TMPDIR/crier-convert-AAAAAA"
run "$crier" fetch --all --progress=none
ok "folders that were left behind are removed" test "$(ls "$TMPDIR")" = crier-convert-BBBBBB
rmdir "$TMPDIR/crier-convert-BBBBBB"

# --- settings ---------------------------------------------------------------------------------
anew list.html --set=fetch.attachments=never
run "$crier" show --format=json "$(number "Closure of the culvert in Mill Lane")"
has "with never nothing is kept" "$out" '"kept":false'
anew list.html --set=fetch.attachments=always
finds "with always what is attached to a long text is" orchids "Plan for the meadows by the river"
anew list.html --set=fetch.page-limit=1
for round in 1 2 3 4 5 6 7 8 9 10 11 12; do
    run "$crier" --set=fetch.page-limit=1 fetch --all --progress=none
done
finds "what one fetch may not ask for, the next ones do" crowns "Fees of the cemetery"

# --- a feed -----------------------------------------------------------------------------------
rm -rf "$T/data/crier" "$CONFIG/urls"
mkdir -p "$T/data/crier"
run "$crier" add "$BASE/feed.xml"
run "$crier" fetch --progress=none
finds "of a feed an entry that links to a PDF is read" slates "Tender for the school roof"
finds "and one that has nothing but an enclosure" silence "Minutes of the council in May"
run "$crier" search stalls fountain
status_is "what is enclosed with a long text is not asked for" 4
run "$crier" fetch --all --progress=none
run "$crier" list --format=tsv state:revised
status_is "the feed once more changes nothing" 4
finds "and takes no text away" silence "Minutes of the council in May"

# --- other formats ------------------------------------------------------------------------------
anew office.html
finds "comma-separated values need no program" gymnasium "Polling places of the district"
finds "nor does a page that an office program saved" hoses "Budget of the fire brigade"
run "$crier" show "$(number "Polling places of the district")"
has "they are a table" "$out" "Mill Lane; north"
run "$crier" show "$(number "Slides on the new school")"
has "a format that no program is known for says so" "$out" "no program is installed that reads its text: pptx"
# has_converter NAME PROGRAM… QUERY TITLE: where one of the programs is installed
has_converter() {
    name=$1 any=
    shift
    while [ $# -gt 2 ]; do
        if command -v "$1" >/dev/null 2>&1; then any=1; fi
        shift
    done
    if [ "$any" ]; then
        finds "$name" "$1" "$2"
    else
        result 0 "$name # SKIP no program for it is installed"
    fi
}
has_converter "DOCX is read" pandoc docx2txt hedges "Rules of the allotment gardens"
has_converter "DOCX without type and ending is" pandoc docx2txt twenty "Contract with the bus company"
has_converter "ODT is" pandoc odt2txt ballot "Statute of the youth council"
has_converter "XLSX is" xlsx2csv sauna "Table of fees for the baths"
has_converter "RTF is" unrtf muzzles "Form for holders of dogs"

# --- what goes wrong ------------------------------------------------------------------------------
anew faults.html --set=fetch.attachment-size=1
ok "a notice is listed whatever became of its document" test "$("$crier" list --format=tsv | wc -l)" = 5
run "$crier" show "$(number "Notice that was scanned")"
has "a scan says that it has no text" "$out" "there is no text in it"
run "$crier" status
has "too large a document is told" "$out" "large.pdf: larger than 1 MiB"
has "a document that is gone too" "$out" "gone.pdf: not found"
has "and one that cannot be read" "$out" "broken.pdf: "
anew odd.html
finds "names that a shell would take for more are none" harm "$(printf 'Notice with an odd name\nNotice with an odd path')"
converter docx "sh -c 'unzip -p \"\$0\" word/document.xml | sed \"s/<[^>]*>/ /g\"' {file}" Timeout=5
anew bomb.html
finds "an archive that swells keeps nothing else away" crowns "Fees of the cemetery"
ok "nor is it larger than what is taken" test "$("$crier" store info --format=json | sed 's/.*"bytes":\([0-9]*\).*/\1/')" -lt 20000000
rm "$CONFIG/converters"

converter pdf "no-such-program {file}" Package=a-package
printf '[pdftotext]\nFormats=pdf\nCommand=no-such-pdftotext\n[mutool]\nFormats=pdf\nCommand=no-such-mutool\n' >>"$CONFIG/converters"
anew list.html
culvert=$(number "Closure of the culvert in Mill Lane")
run "$crier" show "$culvert"
has "without a converter the notice says so" "$out" "no program is installed that reads its text: no-such-program (a-package)"
has "and what can be done" "$out" "crier reprocess"
run "$crier" status --format=json
has "status does too" "$out" '"code":"no-converter"'
rm "$CONFIG/converters"
kill "$portal_pid" && portal_pid=
run "$crier" reprocess "$culvert"
status_is "once one is installed, what is kept is read without a network" 0
finds "and found" culvert "Closure of the culvert in Mill Lane"
run "$crier" status --format=json
has_not "of that notice nothing is amiss then" "$out" "culvert.pdf"
run "$crier" list --format=tsv state:revised
status_is "which is no change by the portal" 4

# --- programs that misbehave, over the notice that is kept ----------------------------------------
# rerun: the notice is read again, as if for the first time, and shown
rerun() {
    sqlite "UPDATE files SET text = NULL"
    run "$crier" reprocess "$culvert"
    run "$crier" show "$culvert"
}
# complains NAME TEXT: what a program says is no word of the notice, and kept for who looks after it
complains() {
    has_not "$1: no word of it is in the notice" "$out" "own "
    has "$1: that its text is not there is" "$out" "its text could not be read. The attachment itself can be opened"
    run "$crier" show --format=json "$culvert"
    has "$1: what it said is kept" "$out" "$2"
    has_not "$1: without the folder in which it was" "$out" "crier-convert"
}
sqlite() {
    python3 -c 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(sys.argv[2]); db.commit()' "$STORE" "$1"
}
own() {
    converter "$@"
    printf '[pdftotext]\nFormats=pdf\nCommand=no-such-pdftotext\n[mutool]\nFormats=pdf\nCommand=no-such-mutool\n' >>"$CONFIG/converters"
}
serve_documents
own pdf "sleep 600" Timeout=1
anew list.html
culvert=$(number "Closure of the culvert in Mill Lane")
run "$crier" status --format=json
has "a source is not waited for without end" "$out" "too many documents of this source took too long"
kill "$portal_pid" && portal_pid=
begin=$(date +%s)
rerun
complains "one that hangs is ended" "own did not end within 1 s"
ok "and keeps nobody long" test $(($(date +%s) - begin)) -lt 30
own pdf "sh -c 'sleep 600 & echo \$! >$T/left; echo word'" Timeout=600
rerun
has "one that leaves a child behind is read" "$out" "word"
ok "and the child is ended" sh -c "! kill -0 $(cat "$T/left") || grep -q '^State:.*Z' /proc/$(cat "$T/left")/status"
own pdf "sh -c 'kill -SEGV \$\$'"
rerun
complains "one that crashes" "own was ended by signal 11"
own pdf "sh -c 'echo no luck with \"\$0\" >&2; exit 3' {file}"
rerun
complains "one that fails" "own ended with status 3: no luck with document.pdf"
converter pdf "sh -c 'exit 3'"
rerun
has "where one fails the next is asked" "$out" "closed for repairs"
own pdf "yes a-line-without-an-end"
rerun
has "of one that prints without end the beginning is taken" "$out" "a-line-without-an-end"
has "and it is said" "$out" "not all was taken"
own pdf "sh -c 'while :; do :; done'" Timeout=2
rerun
complains "one that computes without end is ended" "own "
own pdf "sh -c 'head -c 400000000 /dev/zero >big; wc -c <big; echo end'"
rerun
has_not "one that fills the disk cannot" "$out" "400000000"
own pdf "sh -c 'echo HOME \$HOME; pwd; env | sort; ls -l'"
CRIER_SECRET=geheim
export CRIER_SECRET
rerun
has_not "the environment is empty" "$out" "geheim"
has "the document has a name of ours" "$out" "document.pdf"
ok "nothing is left in the folder for temporary files" test -z "$(ls "$TMPDIR")"
own pdf "sh -c 'cp \"\$0\" result' {file}" "Output={folder}/result"
rerun
has "one may write a file instead" "$out" "%PDF"
printf '[own]\nFormats=pdf\nCommand="open quote\n' >"$CONFIG/converters"
run "$crier" reprocess "$culvert"
status_is "a table that is wrong is refused" 1
has "by file and line" "$err" "converters:3: "
rm "$CONFIG/converters"

# --- care -----------------------------------------------------------------------------------------
rerun
"$crier" mark deleted "$culvert"
run "$crier" store purge
run "$crier" store info --format=json
has "an attachment ends with its article" "$out" '"attachments":8'
run "$crier" store check
status_is "the store stays sound" 0
finish
