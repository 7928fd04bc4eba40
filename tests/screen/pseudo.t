#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program in a language that nobody speaks (tests/kit/pseudo.py): what it says is all translated, and a
# text that is longer by 40 % still ends where there is room for it.  pseudo.known says what stays as it is.
. "${srcdir:-.}/tests/lib.sh"
need localedef msgfmt xgettext python3
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 10
pseudo=$srcdir/tests/kit/pseudo.py
known=$srcdir/tests/screen/pseudo.known
mkdir -p "$T/locale/qps/LC_MESSAGES" "$T/share/portals"
(cd "$srcdir" && grep -v '^#' po/POTFILES.in |
    xargs xgettext --language=C --from-code=UTF-8 -k_ -kN_ -kC_:1c,2 -kngettext:1,2 -o "$T/crier.pot")
python3 "$pseudo" make "$T/crier.pot" >"$T/qps.po"
ok "the catalogue is valid: no directive is lost" msgfmt -c -o "$T/locale/qps/LC_MESSAGES/crier.mo" "$T/qps.po"
# shellcheck disable=SC2016 # what is run reads its own arguments
ok "what is not of that language is found, and what does not end" sh -c \
    '[ "$(printf "⟦ạ⟧ never\\n⟦ạ ḅ\\n⟧\\n⟦ạḅ\\n" | python3 "$1" look "$2" it | grep -cE "not translated: .never|not end: ⟦ạḅ")" = 2 ]' \
    sh "$pseudo" "$known"
portal_start
# one edition, in whose text there is no Latin letter
sed -i '/^\[Edition ru\]/,/^$/d; /^\[Edition en\]/,/^$/d; /^\[Section ru/,/^$/d; /^\[Section en/,/^$/d
    s/^Name=.*demo portal.*/Name=北岭市/; s/^Home=.*en\/$/Home='"$(echo "$BASE" | sed 's|/|\\/|g')"'\/zh\//' "$CONFIG/portals/beiling.portal"
cp "$srcdir/data/portals/words.tsv" "$T/share/portals/"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
sed -i '/^Name\[/d; s/^Name=.*/Name=主题/' "$T"/share/themes/*.theme
export CRIER_DATADIR="$T/share" CRIER_LOCALEDIR="$T/locale" LOCPATH="$builddir/tests/locales" LC_ALL=en_US.UTF-8 LANGUAGE=qps
cd "$T" || exit 1

# views NAME: a script on standard input; each of its screens, which is also dumped in a wide terminal
views() {
    { echo "size 80 24"; sed 's/^dump$/dump\nsize 200 50\ndump\nsize 80 24/'; } >"$T/script"
    run "$crier" --set=ui.browser=true --script "$T/script"
    status_is "$1" 0
    [ -z "${SHOW:-}" ] || cat "$out" >&2
    sed "s|$BASE|http://127.0.0.1|g; s|$T|/home|g" "$out" >"$T/seen"
    ok "$1: translated, and not cut" python3 "$pseudo" look "$known" "$1" "$T/script" <"$T/seen"
}
# says COMMAND…: what it prints and complains about is put to what is looked at
says() {
    "$crier" "$@" >>"$T/said" 2>&1 || :
}
# said NAME
said() {
    [ -z "${SHOW:-}" ] || cat "$T/said" >&2
    sed "s|$BASE|http://127.0.0.1|g; s|$T|/home|g" "$T/said" >"$T/seen"
    ok "$1" python3 "$pseudo" look "$known" "$1" <"$T/seen"
    rm -f "$T/said"
}

says --help
says --version
for command in add remove sources fetch list search show diff mark sync status digest watch agenda export import \
    store reprocess portal config keys parse opml extract entries; do
    says $command --help
done
said "help of all commands"

views "nothing subscribed to" <<'END'
dump
type zzz
dump
END

says list
says add beiling
says add beiling
says add zzz
says fetch --progress=lines
says fetch --progress=lines
says status
says watch add zzz zzz
says watch list
says list zzz
says list 'is:zzz'
says list --limit=zzz
says show 9999
says diff 1
says store info
says store check
says store zzz
says zzz
says mark read source:zzz
says agenda
said "commands and errors"

views "the reader" <<'END'
dump
keys ?
dump
keys G
dump
keys q T
dump
keys Esc e
dump
keys q A
dump
keys q a
dump
keys Esc F10
dump
keys Esc j j j j i
dump
keys q D
dump
keys Esc :
dump
type zzz
keys Enter
dump
keys Backslash
dump
keys Esc g Enter
dump
keys ?
dump
keys G
dump
keys q i
dump
keys q F10
dump
keys Esc t
dump
keys Esc f
dump
type zzzz
dump
keys Esc =
dump
keys Esc m
dump
keys s
dump
keys u
dump
keys u u u u
dump
keys ^R
dump
keys M
dump
keys u
dump
keys H
dump
keys H E
dump
keys L
dump
keys S t
dump
keys S s
dump
keys S u
dump
keys S d V j
dump
keys ^G D
dump
keys u C
dump
keys v
dump
END
views "an article" <<'END'
keys Backslash
type has:attachment
keys Enter Enter
dump
keys ?
dump
keys G
dump
keys q F10
dump
keys Esc U
dump
keys Esc i
dump
keys q /
dump
type zzz
keys Enter
dump
keys w
dump
keys Esc | |
dump
keys Esc !
dump
keys Esc y t
dump
keys y l
dump
keys t
dump
keys Esc E
dump
keys v
dump
keys C
dump
keys ]
dump
keys [
dump
keys n
dump
keys Tab
dump
END
finish
