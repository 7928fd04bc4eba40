#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Words are found without their accents and with them, before they are indexed and after.
. "${srcdir:-.}/tests/lib.sh"
plan 15
mkdir "$T/site"
cat >"$T/site/feed.xml" <<'XML'
<rss version="2.0"><channel><title>City</title>
<item><title>One</title><guid>1</guid><description>A café in Łódź, near Zürich and İzmir</description></item>
<item><title>Two</title><guid>2</guid><description>the cafe of the Strasse; йод и ёлка</description></item>
</channel></rss>
XML
serve "$T/site"
echo "$BASE/feed.xml" >"$CONFIG/urls"
run "$crier" fetch --progress=none
status_is "the feed is fetched" 0

finds() {
    run "$crier" search "$1"
    ok "$1: $2" test "$(wc -l <"$out")" = "$2"
}

finds cafe 2
finds café 2
finds CAFÉ 2
finds zurich 1
finds Zürich 1
finds lodz 1
finds izmir 1
finds straße 1
finds йод 1
finds иод 0
finds елка 1
finds ёлка 1
run "$crier" store rebuild
status_is "the index is made anew" 0
finds cafe 2
finish
