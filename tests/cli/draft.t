#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A draft of a portal file from the page of a list: its rules give what the page shows, and what is doubtful is said.
. "${srcdir:-.}/tests/lib.sh"
plan 29
mkdir "$T/site"
rows() {
    for n in 1 2 3 4 5; do
        printf '<tr><td>2025-10-0%s</td><td>%s %s of the town council on roads</td><td><a href="paper-%s.html">View</a></td></tr>' "$n" "$1" "${2:-$n}" "$n"
        printf '<html><head><title>Paper</title></head><body><h1>Paper %s of the council</h1><p>The council has met in the town hall and has decided on the roads of the town.</p><p>What it has decided can be read in the town hall, on every day but Sunday.</p></body></html>' "$n" >"$T/site/paper-$n.html"
    done
}
page() { printf '<html lang="en"><head><title>%s - Town</title></head><body><h1>Skip to what matters</h1><h1>%s</h1>%s</body></html>' "$2" "$2" "$3" >"$T/site/$1.html"; }
page meetings "Council meetings" "<table class='striped list-of-meetings'><tr><th>Day</th><th>Meeting</th><th>Papers</th></tr>$(rows Meeting)</table>
<p class='pager'><a class='next-page' href='meetings-2.html'>Next</a></p>"
page same "Council meetings" "<table class='meetings'>$(rows Meeting 1)</table>"
page undated "Forms of the town" "<ul class='forms'>$(for n in 1 2 3 4; do printf '<li><a href="paper-%s.html">Application number %s for a permit of the town council</a></li>' "$n" "$n"; done)</ul>"
page british "Notices" "<ul class='notices'>$(for n in 1 2 3 4; do printf '<li><a href="paper-%s.html">Application number %s for a permit of the town council</a> <i>0%s/08/2025</i></li>' "$n" "$n" "$n"; done)</ul>"
sed -i 's/lang="en"/lang="en-GB"/' "$T/site/british.html"
page menu "Town" "<ul class='a'><li><a href='/x1'>Roads and bridges</a></li><li><a href='/x2'>Water and waste</a></li><li><a href='/x3'>Schools and libraries</a></li></ul>"
page empty "Town" "<p>Nothing</p>"
serve "$T/site"

# draft PAGE: a draft of it, and its check
draft() {
    run "$crier" portal new "$BASE/$1.html"
    cp "$out" "$T/draft.portal"
    cp "$err" "$T/draft.err"
}
draft meetings
status_is "a list page is drafted" 0
has "as a section of its name" "$T/draft.portal" "Name=Council meetings"
has "with its address" "$T/draft.portal" "Url=$BASE/meetings.html"
has "rows by a class that stays" "$T/draft.portal" "Rows=//table[contains(concat(' ',normalize-space(@class),' '),' list-of-meetings ')]"
has "the title" "$T/draft.portal" "Title=./td[2]"
has "the day" "$T/draft.portal" "Date=./td[1]"
has "the next page" "$T/draft.portal" "Next=//a[contains(concat(' ',normalize-space(@class),' '),' next-page ')]/@href"
has_not "nothing is doubted" "$T/draft.portal" "# ?"
ok "nor said" test ! -s "$T/draft.err"
run "$crier" portal check "$T/draft.portal"
status_is "the check passes" 0
has "with all rows" "$out" "entries: 5 (rows)"
has_not "and doubts nothing" "$out" "warnings"
mkdir -p "$CONFIG/portals"
cp "$T/draft.portal" "$CONFIG/portals/town.portal"
run "$crier" add town
run "$crier" fetch --progress=none
run "$crier" list --format=tsv
has "what it fetches are the rows" "$out" "2025-10-05"
has "by their titles" "$out" "Meeting 5 of the town council on roads"

draft same
status_is "a list with one title is drafted too" 0
has "the doubt stands in the file" "$T/draft.portal" "# ? entries with the same title: 5 of 5; 'Meeting 1 of the town council on roads'"
has "and is said" "$T/draft.err" "/same: entries with the same title"
run "$crier" portal check "$T/draft.portal"
status_is "doubts are no faults" 0
has "the check has them too" "$out" "? entries with the same title: 5 of 5"
draft undated
has "days that are not there are a doubt" "$T/draft.portal" "# ? entries without a day: 4 of 4"

draft british
has "a country is kept, for the order of day and month" "$T/draft.portal" "Language=en-GB"
run "$crier" portal check "$T/draft.portal"
has_not "which the rules read as the page does" "$out" "    ?"

# nothing that is surely a list
draft menu
status_is "rows that may be a menu are no list" 2
has "but are offered" "$T/draft.portal" "# 3: Roads and bridges"
has "with their path" "$T/draft.portal" "#Rows=//ul["
has "which is said" "$T/draft.err" "the draft offers 1 kind of rows"
sed 's/^#\([^ ]\)/\1/' "$T/draft.portal" >"$T/chosen.portal"
cp "$T/chosen.portal" "$CONFIG/portals/chosen.portal"
run "$crier" portal show chosen
has "without the signs it is a portal file" "$out" "portal:chosen/en/menu"
draft empty
status_is "where nothing repeats there is nothing" 2
ok "not even a draft" test ! -s "$T/draft.portal"
finish
