#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The examples of crier-server(7), crier-output(5) and crier(1) do what they are for, against the demo portal; and
# crier-output(5) names exactly the members that objects have.
. "${srcdir:-.}/tests/lib.sh"
need python3
pages="$srcdir/man/crier-server.7.in $srcdir/man/crier-output.5.in $srcdir/man/crier.1.in"
mkdir "$T/examples"
# shellcheck disable=SC2086 # words are wanted
python3 "$srcdir/tests/kit/examples.py" examples "$T/examples" $pages >"$T/index" || { cat "$T/index"; exit 1; }
plan $(($(wc -l <"$T/index") + 23))
portal_start

# the places and programs that examples name
mkdir -p "$T/bin" "$T/srv/www/feeds" "$T/srv/backup" "$T/var/lib/crier" "$T/var/lib/prometheus/node-exporter" "$T/etc/crier" "$T/.newsboat" "$T/.sfeed"
ln -s "$crier" "$T/bin/crier"
printf '#!/bin/sh\ncat >"$HOME/mail"\n' >"$T/bin/sendmail"
printf '#!/bin/sh\ncat >"$HOME/input"\n[ ! -s "$HOME/input" ] || "$@" <"$HOME/input"\n' >"$T/bin/ifne"
chmod +x "$T/bin/sendmail" "$T/bin/ifne"
PATH=$T/bin:$PATH
printf '%s/en/news/rss.xml\nportal:beiling\n' "$BASE" >"$CONFIG/urls"
"$crier" fetch --progress=none
"$crier" mark read 1
cp -r "$CONFIG/portals" "$T/etc/crier/" && echo "$BASE/ru/news/rss.xml" >"$T/etc/crier/urls"
"$crier" --config="$T/etc/crier" --store="$T/var/lib/crier/articles.db" fetch --progress=none
! command -v sqlite3 >/dev/null 2>&1 || sqlite3 "$T/.newsboat/cache.db" "CREATE TABLE rss_item(guid, url, feedurl, title, unread, flags);
    INSERT INTO rss_item VALUES('beiling-en-105', '$BASE/en/news/105.html', '$BASE/en/news/rss.xml', 'x', 0, '')"
here() {
    sed "s#https://town.example/news/rss.xml#$BASE/en/news/rss.xml#g; s#/\(etc/crier\|var/lib/\|srv/\)#$T/\1#g" "$1"
}

# shipped FILE: the units and files that an administrator's commands name
shipped() {
    grep -oE 'crier-[a-z]+(@[a-z]+)?(\.(timer|service))?|crier\.conf' "$1" | while read -r name; do
        plain=$(echo "$name" | sed 's/@[a-z]*/@/')
        find "$srcdir/data/systemd" -name "$plain" -o -name "$plain.in" -o -name "$plain.service.in" | grep -q . || { echo "$name"; exit 1; }
    done
}
# known FILE: the metrics that rules of a monitor name
known() {
    "$crier" status --format=prometheus >"$T/metrics"
    sed 's/^# TYPE //; s/[{ ].*//' "$T/metrics" | sort -u >"$T/metrics.names"
    grep -oE 'crier_[a-z_]+' "$1" | sort -u | comm -23 - "$T/metrics.names" | grep . && return 1
    ! command -v promtool >/dev/null 2>&1 || promtool check rules "$1"
}
# dropped FILE: a drop-in of the unit of the system
dropped() {
    mkdir -p "$T/units/crier-fetch.service.d"
    sed "s|@bindir[@]/crier|$crier|" "$srcdir/data/systemd/system/crier-fetch.service.in" >"$T/units/crier-fetch.service"
    sed "s|=crier|=$crier|" "$1" >"$T/units/crier-fetch.service.d/here.conf"
    ! command -v systemd-analyze >/dev/null 2>&1 || systemd-analyze verify --man=no "$T/units/crier-fetch.service" || return 1
    sed -n 's/^Exec[A-Za-z]*=//p' "$1" >"$1.sh"
    sh "$1.sh"
}
# tried SCRIPT: it ends as it should
tried() {
    run sh "$1"
    status_is "$where" "$expected"
    [ "$status" = "$expected" ] || show "$err"
}
cd "$T" || exit 1
while read -r example where kind expected needs file; do
    [ "$expected" != - ] || expected=0
    if [ "$needs" != - ] && ! command -v "$needs" >/dev/null 2>&1; then
        result 0 "$where # SKIP $needs is not installed"
        continue
    fi
    here "$example" >"$example.here"
    case $kind in
    admin) ok "$where" shipped "$example" ;;
    rules) ok "$where" known "$example.here" ;;
    unit) ok "$where" dropped "$example.here" ;;
    file)
        cp "$example.here" "$T/$file"
        # what another program is told to run
        sed -n 's/^ *command_line *//p' "$example.here" >"$example.sh"
        tried "$example.sh"
        ;;
    cron)
        sed -E 's/^([^ ]+ +){5}//' "$example.here" >"$example.sh"
        tried "$example.sh"
        ;;
    *) tried "$example.here" ;;
    esac
done <"$T/index"

# the members of objects
python3 "$srcdir/tests/kit/examples.py" fields "$srcdir/man/crier-output.5.in" >"$T/fields"
cat >"$T/compare.py" <<'P'
import json, sys
wanted = json.load(open(sys.argv[1]))[sys.argv[2]]
text = sys.stdin.read()
try:
    objects = [json.loads(text)]
except ValueError:
    objects = [json.loads(line) for line in text.splitlines()]
objects = [o for o in objects if len(sys.argv) < 4 or o.get("event") == sys.argv[3]]
if len(sys.argv) > 3 and "event" not in wanted:
    objects = [{k: v for k, v in o.items() if k != "event"} for o in objects]
if not objects:
    sys.exit("there is none")
for o in objects:
    if set(o) != set(wanted):
        sys.exit(f"printed, not named: {sorted(set(o) - set(wanted))}; named, not printed: {sorted(set(wanted) - set(o))}")
P
# named OBJECT[:EVENT] COMMAND…
named() {
    object=$1
    shift
    "$@" >"$T/printed" 2>/dev/null
    case $object in
    fetch:* | digest:*) python3 "$T/compare.py" "$T/fields" "$object" "${object#*:}" <"$T/printed" ;;
    digest) python3 "$T/compare.py" "$T/fields" "$object" new <"$T/printed" ;;
    *) python3 "$T/compare.py" "$T/fields" "$object" <"$T/printed" ;;
    esac
}
members() { ok "crier-output(5) names the members of $1" named "$@"; }
echo "$BASE/nosuch.xml" >>"$CONFIG/urls"
members fetch:start "$crier" fetch --all --progress=json
members fetch:source "$crier" fetch --all --progress=json
members fetch:progress "$crier" fetch --all --progress=json
members fetch:end "$crier" fetch --all --progress=json
"$crier" mark starred all
members list "$crier" list --format=json
members search "$crier" search --format=json museum
members show "$crier" show --format=json 1 2
members evidence "$crier" show --evidence --format=json 1 2
members export "$crier" export --format=json all
members agenda "$crier" agenda --from=2025-10-01 --format=json
members sources "$crier" sources --format=json
members portal "$crier" portal list --format=json
members status "$crier" status --format=json
members digest "$crier" digest --since=1d --format=json --body=full
members digest:end "$crier" digest --since=1d --format=json
members watch "$crier" watch list --format=json
printf 'machine http://127.0.0.1:1 login ann password none\n' >"$CONFIG/credentials"
chmod 600 "$CONFIG/credentials"
members sync "$crier" sync --server=http://127.0.0.1:1/ --format=json
rm "$CONFIG/credentials"
members state "$crier" export --what=state all
members info "$crier" store info --format=json
members add "$crier" add --dry-run --format=json "$BASE/en/"
members parse "$crier" parse "$srcdir/tests/feed/rss-091.xml"
members extract "$crier" extract "$srcdir/tests/page/news-ru.html"
get "/control/revise?path=/en/notices/204.html" >/dev/null
CRIER_NOW=$((CRIER_NOW + 7200)) "$crier" fetch --all --full --progress=none 2>/dev/null
members diff "$crier" diff --format=json "$("$crier" list --limit=1 --format=tsv is:revised | cut -f 1)"
finish
