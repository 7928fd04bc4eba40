#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Articles that are a document or a picture: stored with what they have, and no failure of their source.
. "${srcdir:-.}/tests/lib.sh"
plan 10
mkdir "$T/site"
cat >"$T/site/list.html" <<'HTML'
<html><body><ul>
<li><a href="plan.html">The plan for the winter of the town</a> 2025-10-20</li>
<li><a href="budget.pdf">The budget of the town for the year</a> 2025-10-19</li>
<li><a href="fair.html">The fair on the market square</a> 2025-10-18</li>
<li><a href="bridge.html">The bridge over the river is open again</a> 2025-10-17</li>
</ul></body></html>
HTML
cat >"$T/site/plan.html" <<'HTML'
<html><body><main><h1>The plan for the winter of the town</h1><iframe src="plan-2025.pdf"></iframe></main></body></html>
HTML
cat >"$T/site/fair.html" <<'HTML'
<html><body><main><h1>The fair on the market square</h1><p><img src="poster.jpg" alt="Poster"></p></main></body></html>
HTML
cat >"$T/site/bridge.html" <<'HTML'
<html><body><main><h1>The bridge over the river is open again</h1><p>After two years of work, the old bridge over the river is
open again, the mayor said on Friday; lorries have to wait until spring, when the last pillar is done.</p></main></body></html>
HTML
printf '%%PDF-1.4 binary' >"$T/site/budget.pdf"
serve "$T/site"
echo "$BASE/list.html list" >"$CONFIG/urls"

run "$crier" fetch --progress=none
status_is "such pages are no failures" 0
run "$crier" status
ok "and nothing is said of them" test "$(grep -c 'no article text\|no HTML page' "$out")" = 0
run "$crier" list --format=json has:attachment
ok "two have documents, and one a picture that is all of its page" test "$(wc -l <"$out")" = 3
run "$crier" show --links=none "$("$crier" list --format=tsv title:plan | cut -f1)"
status_is "one can be shown" 0
has "with the document that its page shows" "$out" "plan-2025.pdf"
run "$crier" show --format=json "$("$crier" list --format=tsv title:budget | cut -f1)"
has "what is itself a document has its own address" "$out" "$BASE/budget.pdf"
run "$crier" show --format=markdown "$("$crier" list --format=tsv title:fair | cut -f1)"
has "a poster is a picture" "$out" "poster.jpg"
run "$crier" show "$("$crier" list --format=tsv title:bridge | cut -f1)"
has "and text is text" "$out" "lorries have to wait"
run "$crier" fetch --all --progress=none --verbose
ok "none is asked for again" test "$(grep -c 'plan.html\|budget.pdf\|fair.html' "$err")" = 0
run "$crier" reprocess before:2030-01-01
status_is "they can be read again" 0
finish
