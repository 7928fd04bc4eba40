#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A fetch with a wrong clock does no harm that a right one does not mend.
. "${srcdir:-.}/tests/lib.sh"
plan 26
portal_start
RIGHT=$CRIER_NOW
cat >"$CONFIG/urls" <<END
$BASE/en/news/rss.xml
$BASE/en/notices/index.html list
END
# the list of a store that no wrong clock has seen
"$crier" fetch --progress=none
"$crier" list --limit=0 --format=tsv | cut -f3- | sort >"$T/right"

# wrong SECONDS: a fresh store, fetched into at that time
wrong() {
    rm -f "$STORE"*
    CRIER_NOW=$1 run "$crier" fetch --progress=none
}
right() {
    CRIER_NOW=$((RIGHT + ${1:-0})) run "$crier" fetch --progress=lines
    "$crier" list --limit=0 --format=tsv | cut -f3- | sort >"$T/list"
    "$crier" list --format=json --limit=0 >"$T/json"
    "$crier" status --format=json >"$T/status"
}

wrong 1000
status_is "a clock that is not set fetches" 0
has "and says so" "$err" "the clock of this machine is not set"
right
same "its dates are those of the portal" "$T/right" "$T/list"
has_not "nothing was seen in 1970" "$T/json" '"first_seen":"1970'
has_not "nor fetched" "$T/status" '"last_success":"1970'

wrong 2208988800
status_is "a clock in 2040" 0
right
ok "what is due in 2040 is due now" grep -q '"last_success":"2025-10-25' "$T/status"
same "the dates are right" "$T/right" "$T/list"
has_not "nothing was seen in 2040" "$T/json" '"first_seen":"2040'
has_not "nor fetched" "$T/status" 2040

# behind by years, but not unset: dates were refused for being in the future
wrong 1740000000
"$crier" list --limit=0 --format=tsv | cut -f3- | sort >"$T/list"
ok "a clock that is late refuses dates" sh -c '! cmp -s "$1" "$2"' sh "$T/right" "$T/list"
right
same "and they are judged again" "$T/right" "$T/list"

# a day late, as a machine without a battery may be until its clock is set
wrong $((RIGHT - 4 * 86400))
right
same "by days too" "$T/right" "$T/list"

# what is old by a clock that cannot be right is not ended
wrong "$RIGHT"
"$crier" mark read is:unread
CRIER_NOW=2208988800 "$crier" --set=store.keep=30 fetch --all --progress=none
CRIER_NOW=2209988800 "$crier" --set=store.keep=30 fetch --all --progress=none
right 100000
same "no article is ended for being old in 2040" "$T/right" "$T/list"

# nor by a few weeks
wrong "$RIGHT"
"$crier" mark read is:unread
CRIER_NOW=$((RIGHT + 40 * 86400)) "$crier" --set=store.keep=45 fetch --all --progress=none
right 100000
same "nor in a month that has not come" "$T/right" "$T/list"

# a clock that goes back says nothing against the dates of the portals
wrong "$RIGHT"
get "/control/set?path=/en/news/rss.xml&fault=500" >/dev/null # what is lost does not come again
get "/control/set?path=/en/notices/index.html&fault=500" >/dev/null
for seconds in 1000 $((RIGHT - 200 * 86400)); do
    CRIER_NOW=$seconds run "$crier" fetch --all --progress=none
    [ "$seconds" = 1000 ] || has "that the clock is behind is said" "$err" "is behind the articles: it says 2025-04"
    right 60
    same "at $seconds no date is lost" "$T/right" "$T/list"
    has_not "at $seconds nothing was seen then" "$T/json" '"first_seen":"1970'
    has_not "at $seconds nor fetched" "$T/status" '"last_attempt":"20[01]'
done
get "/control/set?path=/en/news/rss.xml" >/dev/null
get "/control/set?path=/en/notices/index.html" >/dev/null
CRIER_NOW=$((RIGHT - 200 * 86400)) "$crier" fetch --all --progress=none
CRIER_NOW=$((RIGHT - 200 * 86400 + 1800)) run "$crier" fetch --dry-run
ok "under a clock that is behind a source is not due before its time" test ! -s "$out"
CRIER_NOW=$((RIGHT - 200 * 86400 + 3700)) run "$crier" fetch --dry-run
ok "and then it is" test "$(wc -l <"$out")" = 2

# Retry-After under a wrong clock
echo "$BASE/fault/429" >"$CONFIG/urls"
wrong 2208988800
right
has "a wait until 2040 is none" "$err" "too many requests"
CRIER_NOW=$((RIGHT + 60)) run "$crier" fetch --all
has "one until later is" "$err" "1 source waits until 2025-10-25T02:00:00Z"

finish
