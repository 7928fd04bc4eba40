#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What rules of a portal file say of an article beside its text: elements whose change is none, and
# the number of the document, which labels of the page say too.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 20
mkdir "$T/town"
serve "$T/town"
mkdir -p "$CONFIG/portals"
cat >"$CONFIG/portals/town.portal" <<END
[Portal]
Name=Town
Home=$BASE/
TimeZone=+08:00
[Edition ru]
[Edition zh]
[Section ru/acts]
Url=$BASE/ru.html
Rows=//li
[Section zh/acts]
Url=$BASE/zh.html
Rows=//li
[Article ru]
Body=//div[@class='text']
Ignore.Elements=//span[@class='rate']
Ignore.Elements.2=//table
Number=concat('№ ', //b[@id='n'], ' от ', //b[@id='d'])
Number.Capture=(№ \d.*)
END
# page NAME BODY [ABOVE]
page() { printf '<html><body><h1>%s</h1>%s<div class="text">%s</div></body></html>' "$1" "${3:-}" "$2"; }
list() { for name; do printf '<li><a href="%s.html">%s</a> 2025-06-02</li>' "$name" "$name"; done; }
rates() {
    page "Курсы валют" "<p>Банк города меняет валюту каждый день, доллар сегодня стоит <span class=\"rate\">$1</span> рубля.</p><p>$2</p><table><tr><td>USD</td><td>$1</td></tr></table>" >"$T/town/rates.html"
}
{ echo '<ul>'; list rates law change; echo '</ul>'; } >"$T/town/ru.html"
{ echo '<ul>'; list act note; echo '</ul>'; } >"$T/town/zh.html"
rates 90,1 "Касса открыта с девяти до пяти."
page "О порядке уборки улиц" "<p>Утвердить порядок уборки улиц города и назначить ответственных за это.</p>" '<p><b id="n">345-п</b> <b id="d">12.03.2025</b></p>' >"$T/town/law.html"
page "Порядок уборки улиц изменён" "<p>Внести изменения в постановление от 12 марта 2025 г. № 345-п, говорится в решении.</p>" >"$T/town/change.html"
text="各区人民政府，市政府各部门：为保障城市供水安全，提高供水服务质量，现就加强供水管理工作通知如下。"
page "加强供水管理的通知" "<p>$text</p>" "<table><tr><td>发文字号：</td><td>北政办〔2025〕17号</td></tr></table>" >"$T/town/act.html"
page "供水管理有新规定" "<p>根据北政办〔2025〕17号文件，各区要加强巡查，发现问题及时处理，确保居民用水不受影响。</p>" >"$T/town/note.html"
fetch() {
    CRIER_NOW=$((CRIER_NOW + 7200))
    export CRIER_NOW
    run "$crier" fetch --all --full --progress=none
}
number() { "$crier" list --limit=0 --format=tsv | awk -F '\t' -v link="/$1.html" 'index($7, link) { print $1 }'; }
run "$crier" portal check "$CONFIG/portals/town.portal"
has "portal check asks the rule for the number" "$out" "Number"
has "and that for what is ignored" "$out" "Ignore.Elements"
"$crier" add portal:town >/dev/null
fetch
status_is "the pages are read" 0
ok "all of them" test "$("$crier" list --limit=0 --format=tsv | wc -l)" = 5

# --- elements whose change is none ---
rates=$(number rates)
rates 91,7 "Касса открыта с девяти до пяти."
fetch
run "$crier" diff "$rates"
status_is "an element that is ignored is no revision when it changes" 4
run "$crier" show "$rates"
has "the text is shown with it, as it was read" "$out" "стоит 90,1 рубля"
has "the table too" "$out" "USD │ 90,1"
ok "nothing is revised" test -z "$("$crier" list --format=tsv is:revised)"
rates 92,3 "Касса открыта с десяти до пяти."
fetch
ok "what stands beside it is compared" test "$("$crier" list --format=tsv is:revised | cut -f1)" = "$rates"
run "$crier" diff "$rates"
has "and told" "$out" "[-девяти-]{+десяти+}"
has_not "that alone" "$out" "92,3+"

# --- numbers ---
law=$(number law) change=$(number change) act=$(number act) note=$(number note)
run "$crier" list "related:$law" --format=tsv
ok "a rule says the number that the text does not have" test "$(cut -f1 "$out")" = "$change"
run "$crier" show --related "$law"
has "it is its own" "$out" "№ 345-п от 12.03.2025"
has "who cites it is told" "$out" "№ 345-п от 12.03.2025  $change  change"
run "$crier" list "related:$act" --format=tsv
ok "a label says it without a rule" test "$(cut -f1 "$out")" = "$note"
run "$crier" show --format=json "$act"
has "in JSON" "$out" '"number":"北政办〔2025〕17号","own":true'
sed -i '/^Number/d' "$CONFIG/portals/town.portal"
run "$crier" reprocess all
run "$crier" fetch --all --progress=none
run "$crier" list "related:$law" --format=tsv
ok "without the rule it is none any more" test ! -s "$out"
ok "the store is sound" "$crier" store check

# --- where no rule says which is the body ---
sed -i '/^Body/d' "$CONFIG/portals/town.portal"
rates 94,5 "Касса открыта с одиннадцати до пяти."
fetch
ok "without a rule for the body it is compared" test "$("$crier" list --format=tsv changed:1h | cut -f1)" = "$rates"
rates 95,6 "Касса открыта с одиннадцати до пяти."
fetch
ok "and what is ignored is" test -z "$("$crier" list --format=tsv changed:1h)"
finish
