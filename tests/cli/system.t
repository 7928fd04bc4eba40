#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The configuration of the system below the user's: settings, keys, sources that all users have.
. "${srcdir:-.}/tests/lib.sh"
plan 44
CONF=$CONFIG/crier.conf
SYSTEM=$T/etc/crier
mkdir -p "$SYSTEM" "$T/feeds"
export CRIER_SYSCONFDIR="$SYSTEM"
for name in one two three; do
    printf '<rss version="2.0"><channel><title>%s</title><item><title>Item %s</title><guid>%s</guid></item></channel></rss>' \
        $name $name $name >"$T/feeds/$name.xml"
done
ONE=file://$T/feeds/one.xml TWO=file://$T/feeds/two.xml THREE=file://$T/feeds/three.xml

# --- settings ---
printf '[settings]\nfetch.interval=90\nread.measure=70\n[section all]\nfetch.depth=4\n[keys list]\nx=quit\n' >"$SYSTEM/crier.conf"
printf '[settings]\nread.measure=66\n' >"$CONF"
run "$crier" config
has "a setting of the system holds" "$out" "fetch.interval=90	# $SYSTEM/crier.conf:2"
has "under the user's" "$out" "read.measure=66	# crier.conf:2"
run "$crier" --set=fetch.interval=5 config fetch.interval
has "and that of the command line" "$out" "fetch.interval=5	# --set"
run "$crier" keys
ok "keys too" grep -q "^list	quit	.*x" "$out"
run "$crier" config fetch.interval=30
has "what is set is the user's" "$CONF" "fetch.interval=30"
has_not "and not the system's" "$SYSTEM/crier.conf" "=30"
run "$crier" config --unset=fetch.interval
status_is "taken out" 0
run "$crier" config fetch.interval
has "that of the system holds again" "$out" "fetch.interval=90"
run "$crier" config --check
status_is "a group of the system that is of nothing" 2
has "is found with its file" "$err" "$SYSTEM/crier.conf:4: [section all] is of nothing"
printf '[settings]\nfetch.interval=never\n' >"$SYSTEM/crier.conf"
run "$crier" config
status_is "a fault in it is one" 1
has "of that file" "$err" "$SYSTEM/crier.conf:2:"
rm "$SYSTEM/crier.conf"

# --- sources ---
printf '%s "~First" "all"\n%s "all"\nportal:nosuch\n"query:Unread:is:unread"\n' "$ONE" "$TWO" >"$SYSTEM/urls"
printf '%s\n' "$THREE" >"$CONFIG/urls"
run timeout 60 "$crier" fetch
status_is "those of the system are fetched with the user's; a line that is wrong is told" 2
has "with its file" "$err" "$SYSTEM/urls:3:"
printf '%s "~First" "all"\n%s "all"\n"query:Unread:is:unread"\n' "$ONE" "$TWO" >"$SYSTEM/urls"
run timeout 60 "$crier" fetch --all
status_is "without it all is well" 0
run "$crier" list --format=tsv
has "both kinds bring articles" "$out" "Item one"
has "the user's too" "$out" "Item three"
run "$crier" sources
has "those of the system are shown as such" "$out" "one.xml ($SYSTEM/urls)"
has_not "the user's are not" "$out" "three.xml ("
run "$crier" sources --format=json
has "machines are told the file" "$out" "\"file\":\"$SYSTEM/urls\""
has "also of the user's" "$out" "\"file\":\"$CONFIG/urls\""
run "$crier" status --format=json
has "status says it" "$out" "\"file\":\"$SYSTEM/urls\""
run "$crier" remove "$ONE"
status_is "they cannot be removed" 1
has "which names the file" "$err" "is subscribed to for all users by '$SYSTEM/urls'"
has "and what hides it" "$err" "a line \"-$ONE\" in '$CONFIG/urls' hides it"
run "$crier" add "$ONE"
status_is "nor added once more" 1
printf '%s "~Mine" "own"\n%s\n-%s\n' "$ONE" "$THREE" "$TWO" >"$CONFIG/urls"
run "$crier" config --check
status_is "a line hides one, and another takes the place of one" 0
run "$crier" sources
has "by the title that the user gave" "$out" "Mine"
has_not "in place of the system's" "$out" "First"
has_not "what is hidden is not there" "$out" "two.xml"
run "$crier" list --format=tsv
has "its articles stay" "$out" "Item two"
run "$crier" export --what=sources --format=urls
has_not "what hides is no source" "$out" "-file:"
printf -- '-%s\n' "$THREE" >"$CONFIG/urls"
run "$crier" config --check
status_is "a line that hides nothing is found" 2
has "and told" "$err" "hides nothing"
run timeout 60 "$crier" fetch --all
status_is "but hurts nobody" 0

# --- portals, in part ---
cat >"$CONFIG/portals/town.portal" <<END
[Portal]
Name=Town
Home=https://town.example/
[Edition en]
Home=https://town.example/en/
[Section en/news]
Name=News
Kind=feed
Url=https://town.example/en/news.xml
[Section en/works]
Name=Works
Kind=feed
Url=https://town.example/en/works.xml
END
echo portal:town >"$SYSTEM/urls"
printf -- '-portal:town/en/works\n' >"$CONFIG/urls"
run "$crier" sources --format=tsv
has "a portal of the system" "$out" portal:town/en/news
has_not "but for a section" "$out" portal:town/en/works
printf -- '-portal:town\n' >"$CONFIG/urls"
run "$crier" sources --format=tsv
has_not "or wholly hidden" "$out" portal:town

# --- what is not for everybody ---
echo "$ONE" >"$SYSTEM/urls"
printf '[settings]\nfetch.interval=90\n' >"$SYSTEM/crier.conf"
: >"$CONFIG/urls"
chmod 600 "$SYSTEM/urls" "$SYSTEM/crier.conf"
[ "$(id -u)" = 0 ] || chmod 0 "$SYSTEM/urls" "$SYSTEM/crier.conf"
run as_user --verbose config fetch.interval
status_is "a file of the system that one may not read is passed over" 0
has "with what it says" "$out" "fetch.interval=60"
has "which is told to who asks" "$err" "'$SYSTEM/crier.conf' cannot be read"

# --- where it lies ---
unset CRIER_SYSCONFDIR
mkdir -p "$T/xdg/crier" "$T/xdg2/crier"
printf '[settings]\nfetch.interval=11\nfetch.depth=3\n' >"$T/xdg2/crier/crier.conf"
printf '[settings]\nfetch.interval=12\n' >"$T/xdg/crier/crier.conf"
XDG_CONFIG_DIRS="$T/xdg:relative:$T/xdg2" run "$crier" config
has "the first of XDG_CONFIG_DIRS has the say" "$out" "fetch.interval=12	# $T/xdg/crier/crier.conf:2"
has "over the others" "$out" "fetch.depth=3	# $T/xdg2/crier/crier.conf:3"
CRIER_SYSCONFDIR="" XDG_CONFIG_DIRS="$T/xdg" run "$crier" config
has "an empty CRIER_SYSCONFDIR is none" "$out" "fetch.interval=60	# default"
finish
