#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The linear mode answers each line in words: every key that its help offers, in every view; keys of
# other views, by themselves and one after the other; and an empty line where nothing follows.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 37
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# said LINE…: what the last of them is answered by, without what is said before
said() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --set=ui.browser=true --plain >"$T/all" 2>&1
    awk -v lines=$# '{ text = $0; while (sub(/^> /, "", text)) n++; if (n == lines) print text }' "$T/all" >"$out"
}
said Sd
has "a sequence of another view is told where it acts" "$out" "'Sd' does nothing here; it acts in: a list of articles (sort-date)"
said S
has "so is the beginning of one" "$out" "'S' does nothing here; it acts in: a list of articles"
said 1 1 yq Sd
has "and in an article" "$out" "'Sd' does nothing here; it acts in: a list of articles (sort-date)"
said E
has "what acts in two views is told with both" "$out" "a list of articles (fold-editions), an article (beside)"
said yt
has "what does the same in several is named once" "$out" "it acts in: a list of articles, an article, the agenda (copy-title)"
said tag
has "so is the name of an action" "$out" "'tag' does nothing here; it acts in: a list of articles, an article"
said :tag
has "also behind a colon" "$out" "'tag' does nothing here; it acts in: a list of articles, an article"
for line in shift-left :shift-left; do
    said 1 $line
    has_not "what only a screen has is not sent elsewhere: $line" "$out" "it acts in"
done
said .
has "a full stop where nothing is asked says so" "$out" "nothing is asked that a full stop leaves"
for way in 1 '1 1' e; do
    # shellcheck disable=SC2086
    said $way .
    has "and after '$way' how one gets back" "$out" "nothing is asked that a full stop leaves; h leads back"
done
said 1 ,
has "a key that only a screen has is told so from other views, too" "$out" "',' (shift-left) acts on a screen only"
said 1 1 '| wc'
has "what begins as a sequence is told how it goes on" "$out" "|: | text, m Markdown, h HTML"
said 1 1 P
has "what only a screen has is said to be so" "$out" "'P' (pictures) acts on a screen only"

said '?' ''
has "an empty line at the end of a page says that it is the end" "$out" "this is the end of the text; n: next unread article; h: back"
has_not "and does not repeat what was read" "$out" "Words search"
said e '' ''
has "so does the next one" "$out" "this is the end of the text; n: next unread article; h: back"
said 1 ''
has "and one at the end of a list" "$out" "this is the end of the list; n: next unread article; h: back"
said ''
has "in the first view there is no way back" "$out" "this is the end of the list; n: next unread article"
has_not "and none is told" "$out" "h: back"
said M 1 1 ''
has "there may be no article to go on to" "$out" "no more unread articles here"

said 1 1 '?'
has_not "the help of the linear mode offers no pictures" "$out" "pictures of articles"
has "but sequences, which are lines too" "$out" "yt, copy-title: "

# What its help offers, in every view: a fault is no answer, or the row or line that was read already.
cat >"$T/offered.py" <<'PY'
import re, shutil, subprocess, sys
crier, home = sys.argv[1], sys.argv[2]
views = {"the first view": [], "a list": ["1"], "an article": ["1", "4"], "the texts of an article": ["1", "4", "v"],
         "two editions": ["1", "4", "E"], "a page": ["e"]}


def answer(lines):
    for name in ("data", "state"):
        shutil.rmtree(home + "/" + name, ignore_errors=True)
    shutil.copytree(home + "/fresh", home + "/data")
    run = subprocess.run([crier, "--set=ui.browser=true", "--set=fetch.auto=no", "--plain"], input="".join(l + "\n" for l in lines),
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=60)
    return run.stdout


for view, way in views.items():
    before = answer(way)[:-1]
    lines = before.split("\n")
    read = {re.sub("^1[.] ", "", l) for l in lines if l.startswith("1. ")} | {lines[-2]}
    for line in answer(way + ["?"])[len(before):].split("\n"):
        names = line.partition(": ")[0].split(", ")
        name = names[-1]
        if ": " not in line or " " in name or not name.islower() or name in ("quit", "close"):
            continue
        for key in names if len(names) == 2 else [name]:
            said = answer(way + [key])[len(before):]
            words = [l.lstrip("> ") for l in said.split("\n") if l.strip(" >")]
            row = re.sub("^[0-9]+ of [0-9]+: ", "", words[0]) if len(words) == 1 else ""
            if not words or name not in ("first", "last", "up", "down", "page-up", "previous-link") and row in read:
                print("%s: %s: %r" % (view, key, said))
PY
ok "every key that the help offers is answered in every view" sh -c '
    python3 "$1" "$2" "$3" >"$3/silent" 2>&1; cat "$3/silent"; [ ! -s "$3/silent" ]' - "$T/offered.py" "$crier" "$T"
said 1 '/ Call for' '/ Call for'
has "a row that is found where one is is said with its place" "$out" "1 of 1
4 of 11: Call for tenders"
said 1 '/ nosuch' n
has_not "what is not found leaves n to the articles" "$out" "not found"
said zz Sd e
has_not "a slip of typing is nothing that went wrong" "$out" "zz"
printf '[keys list]\nX=toggle-star; toggle-read\n' >"$CONFIG/crier.conf"
said 1 '?'
has "macros are in the help" "$out" "X: "
rm "$CONFIG/crier.conf"
said k
has "a motion that leads nowhere says so" "$out" "this is the beginning of the list"
said D
has "what cannot be removed too" "$out" "this row is no subscription: it cannot be removed"
said h
has "what changes nothing is said to" "$out" "this is the first view; q quits"
said 1 1 l
has "a link is followed by its number" "$out" "the number of a link follows it"
said e b
has "a page is read again" "$out" "Nothing is wrong."
cat >"$T/clip" <<'END'
#!/bin/sh
cat >"${0}ped"
END
chmod +x "$T/clip"
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
printf '1\n4\ng\nj 4\nyq\nG\n\nquit\n' | "$crier" --set=ui.clipboard="$T/clip" --plain >"$out" 2>&1
has "what is quoted is what was read last" "$T/clipped" "The procurement centre"
has "and what is read on then is the next article" "$out" "City library to stay open"
finish
