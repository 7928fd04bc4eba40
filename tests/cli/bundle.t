#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Articles, bytes and portal files on their way to a machine without a network, and signatures of them.
. "${srcdir:-.}/tests/lib.sh"
plan 78
portal_start

# the other machine: a home of its own, and, where the kernel lets us, no network
there() {
    HOME=$T/there XDG_CONFIG_HOME=$T/there/config XDG_DATA_HOME=$T/there/data XDG_CACHE_HOME=$T/there/cache "$@"
}
apart=
if unshare -rn true 2>/dev/null; then apart="unshare -rn"; fi
offline() {
    # shellcheck disable=SC2086
    there $apart "$crier" "$@"
}
# all that a store holds, but its index
contents() {
    python3 - "$T/there/data/crier/articles.db" <<'PY'
import hashlib, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for table in ("sources", "articles", "documents", "pages", "responses", "attachments", "editions", "changes", "files", "marks"):
    rows = db.execute(f"SELECT * FROM {table}").fetchall()
    print(table, len(rows), hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest())
PY
}
mkdir -p "$T/there"

run "$crier" bundle
status_is "what is done has to be said" 1
run "$crier" bundle create "$T/x"
status_is "a cursor or a query is needed" 1
run "$crier" bundle create all "$T/x"
status_is "without a store there is nothing" 1

run "$crier" add beiling
sed -i '/beiling/s/$/ "my-source"/' "$CONFIG/urls"
ok "its line has a tag" grep -q my-source "$CONFIG/urls"
echo 'a secret of mine' >"$T/secret"
run "$crier" fetch --full --progress=none
number=$("$crier" list --format=tsv --limit=1 | cut -f1)
"$crier" mark starred "$number"
"$crier" mark +mine "$number"
run "$crier" bundle create nothing-has-this-word "$T/none"
status_is "a query without hits" 4
ok "makes no file" test ! -e "$T/none"

CRIER_NOW=1761350460
run "$crier" bundle create --cursor=tram "$T/one"
status_is "the first bundle of a cursor" 0
total=$("$crier" list --limit=0 --format=tsv | wc -l)
has "holds all" "$out" "articles: $total"
run "$crier" bundle create --cursor=tram "$T/two"
status_is "and the next what came since" 4
ok "of which there is nothing" test ! -e "$T/two"
python3 - "$STORE" >"$T/cursors" <<'PY'
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT name FROM cursors").fetchall())
PY
has "its cursor is none of a digest" "$T/cursors" "[('bundle:tram',)]"
if command -v zstd >/dev/null 2>&1 && command -v tar >/dev/null 2>&1 && command -v sha256sum >/dev/null 2>&1; then
    mkdir "$T/apart"
    zstd -dcq "$T/one" | tar -xf - -C "$T/apart"
    ok "tar and sha256sum know it" sh -c "cd '$T/apart' && sha256sum -c --quiet SHA256SUMS"
    ok "the portal file is in it" cmp "$T/apart/portals/beiling.portal" "$CONFIG/portals/beiling.portal"
    ok "marks and tags are not" sh -c "test -d '$T/apart/articles' && test -d '$T/apart/sources' && ! grep -rqE 'mine|my-source' '$T/apart'"
else
    result 0 "tar and sha256sum know it # SKIP they are not installed"
    result 0 "the portal file is in it # SKIP"
    result 0 "marks and tags are not # SKIP"
fi

# --- applied ---
kill "$portal_pid" && portal_pid=
run offline bundle apply "$T/one"
status_is "it is applied where there is no network" 0
has "and all is new" "$out" "articles: $total new, 0 changed, 0 as they were"
has "with the portal file" "$out" "portal files: 1 new"
ok "which is the same" cmp "$T/there/config/crier/portals/beiling.portal" "$CONFIG/portals/beiling.portal"
contents >"$T/first"
run offline bundle apply "$T/one"
status_is "applied twice" 0
has "nothing is new" "$out" "articles: 0 new, 0 changed, $total as they were"
contents >"$T/second"
same "nothing has changed" "$T/first" "$T/second"
run offline store check
status_is "the store is sound" 0
"$crier" list --limit=0 --format=tsv --sort=title | cut -f2- | sed 's/^[A-Z-]*//' | sort >"$T/here.list"
offline list --limit=0 --format=tsv --sort=title | cut -f2- | sed 's/^[A-Z-]*//' | sort >"$T/there.list"
same "the lists are the same" "$T/here.list" "$T/there.list"
run offline list --format=tsv is:starred
status_is "no mark has come" 4
run offline search 镕喆堃
status_is "they are found" 0
number=$(offline list --format=tsv 镕喆堃 | cut -f1)
run offline show "$number"
has "and can be read" "$out" "镕喆堃"
run offline reprocess --charset=koi8-r "$number"
status_is "the bytes have come too" 0
run offline show "$number"
has_not "so that they can be read wrongly" "$out" "镕喆堃"
run offline reprocess "$number"
run offline show "$number"
has "and rightly again" "$out" "镕喆堃"

# --- what is there already ---
echo "# mine" >>"$T/there/config/crier/portals/beiling.portal"
run offline bundle apply "$T/one"
has "a portal file of one's own is kept" "$err" "'beiling.portal' is there already and differs: yours is kept"
has "as it is" "$T/there/config/crier/portals/beiling.portal" "# mine"
victim=$(offline list --format=tsv --limit=1 | cut -f1)
offline mark deleted "$victim"
run offline bundle apply "$T/one"
run offline list --format=tsv "id:$victim"
status_is "what was deleted is not undeleted" 4
offline store purge >/dev/null
run offline bundle apply "$T/one"
has "and what was purged stays away" "$out" "0 new, 0 changed, $((total - 1)) as they were, 1 purged before"

# --- what is new, and older bundles after newer ones ---
contents >"$T/before"
python3 - "$STORE" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE articles SET withdrawn = 1761350500 WHERE id = 2")
db.execute("INSERT INTO changes(article, kind, revision, at, evidence, status) VALUES(2, 2, 1, 1761350500, 1, 410)")
db.execute("UPDATE pages SET fetched = 1761350600 WHERE article = 3")
db.commit()
PY
CRIER_NOW=1761350700
run "$crier" bundle create --cursor=tram "$T/two"
status_is "what was withdrawn and what came again is told" 0
has "and nothing else" "$out" "articles: 2, sources: "
run offline bundle apply "$T/two"
has "and is taken" "$out" "0 new, 2 changed"
run offline list --format=tsv state:withdrawn
status_is "as withdrawn" 0
contents >"$T/newer"
run offline bundle apply "$T/one"
has "an older bundle changes nothing" "$out" "0 new, 0 changed"
contents >"$T/older"
same "of what a newer one brought" "$T/newer" "$T/older"
run "$crier" bundle create all - --cursor=other
status_is "it can be written to standard output" 0
cp "$out" "$T/three"
run offline bundle apply "$T/three"
status_is "and be applied" 0

# --- handed on: from here to b, from b to c ---
at() {
    home=$1
    shift
    HOME=$T/$home XDG_CONFIG_HOME=$T/$home/config XDG_DATA_HOME=$T/$home/data XDG_CACHE_HOME=$T/$home/cache "$crier" "$@"
}
# what a store has of articles and bytes, whatever their numbers
holds() {
    python3 - "$T/$1/data/crier/articles.db" <<'PY'
import hashlib, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for sql in ("SELECT a.key, d.revision, d.data FROM documents d JOIN articles a ON a.id = d.article",
            "SELECT a.key, p.url, p.fetched, p.data FROM pages p JOIN articles a ON a.id = p.article",
            "SELECT s.url, r.url, r.fetched, r.data FROM responses r JOIN sources s ON s.id = r.source",
            "SELECT url, sha256, data FROM files", "SELECT key, title, withdrawn FROM articles"):
    rows = db.execute(sql).fetchall()
    print(len(rows), hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest())
PY
}
mkdir -p "$T/b" "$T/c"
CRIER_NOW=1761350650
run at b bundle apply "$T/one"
status_is "b takes what was made here" 0
has "and is told what is not subscribed to" "$out" "6 sources of it are not subscribed to, but their articles are there"
has "and how that is done" "$out" "    crier add portal:beiling"
ok "by one line" test "$(grep -c 'crier add' "$out")" = 1
printf 'size 60 12\ndump\n' >"$T/script"
run at b --script "$T/script"
ok "the reader counts them there as it does in all articles" test "$(grep -cE "(All articles|Not subscribed) +11/11" "$out")" = 2
run at b bundle create --cursor=c "$T/b1"
status_is "and makes one of its own" 0
run at c bundle apply "$T/b1"
has "which brings c all" "$out" "articles: $total new"
ok "with the portal file" cmp "$T/c/config/crier/portals/beiling.portal" "$CONFIG/portals/beiling.portal"
holds b >"$T/b.holds"
holds c >"$T/c.holds"
same "and c has what b has" "$T/b.holds" "$T/c.holds"
CRIER_NOW=1761350700
at b bundle apply "$T/two" >/dev/null
run at b bundle create --cursor=c "$T/b2"
has "what came for articles that were there is handed on, older than the cursor" "$out" "articles: 2, sources: "
run at c bundle apply "$T/b2"
has "to c" "$out" "0 new, 2 changed"
holds b >"$T/b.holds"
holds c >"$T/c.holds"
same "which has what b has" "$T/b.holds" "$T/c.holds"
run at b bundle create --cursor=c "$T/b3"
status_is "and once is enough, but for that second" 0
sed -i 's|^Body=.*|Body=//h1|' "$T/c/config/crier/portals/beiling.portal"
run at c reprocess all
has_not "c reads again by the portal's rules" "$out" "changed: 0"
run at c add beiling
status_is "and subscribes by what it was told" 0
run at c bundle apply "$T/b2"
has_not "which is not told any more" "$out" "subscribe"

# --- what is none ---
run offline bundle apply "$T/missing"
status_is "a file that is not there" 1
head -c 3000 "$T/one" >"$T/cut"
run offline bundle apply "$T/cut"
status_is "one that was cut" 2
has "is told of" "$err" "it ends too early"
cp "$T/one" "$T/altered"
printf x | dd of="$T/altered" bs=1 seek=2000 conv=notrunc 2>/dev/null
run offline bundle apply "$T/altered"
status_is "one that was altered" 2
has "too" "$err" "'$T/altered'"
run offline bundle apply "$T/secret"
has "any other file is none" "$err" "it is not a bundle"
contents >"$T/after"
same "nothing was written of them" "$T/newer" "$T/after"

# --- signatures, by programs that know one key ---
mkdir -p "$T/tools"
cat >"$T/tools/minisign" <<'SH'
#!/bin/sh
mode=$1 key= sig= file=
while [ $# -gt 0 ]; do
    case $1 in -s | -p | -P) key=$2; shift ;; -x) sig=$2; shift ;; -m) file=$2; shift ;; -t) shift ;; esac
    shift
done
sum=$(cksum <"$file")
case $mode in
-S) echo "$key $sum" >"$sig" ;;
-V) [ "$(cat "$sig")" = "$key $sum" ] ;;
esac
SH
cat >"$T/tools/gpg" <<'SH'
#!/bin/sh
out= key=ABCDEF0123456789ABCDEF0123456789ABCDEF01 verify=
while [ $# -gt 1 ]; do
    case $1 in --output) out=$2; shift ;; --verify) verify=1 ;; --) [ -z "$verify" ] || { out=$2; shift; } ;; esac
    shift
done
sum=$(cksum <"$1")
[ -n "$verify" ] || { echo "$sum" >"$out"; exit; }
[ "$(cat "$out")" = "$sum" ] || exit 1
if [ -e "${0%/*}/revoked" ]; then
    # two signatures: a good one of somebody else beside one of a key that was revoked
    echo "[GNUPG:] NEWSIG"
    echo "[GNUPG:] GOODSIG 4567 mallory"
    echo "[GNUPG:] VALIDSIG 9999999999999999999999999999999999999999 2025-10-25 0 0 4 0 1 10 00 9999999999999999999999999999999999999999"
    echo "[GNUPG:] NEWSIG"
    echo "[GNUPG:] REVKEYSIG 0123 somebody"
    echo "[GNUPG:] VALIDSIG $key 2025-10-25 0 0 4 0 1 10 00 $key"
    echo "[GNUPG:] NEWSIG"
    echo "[GNUPG:] GOODSIG 4567 mallory"
    exit
fi
echo "[GNUPG:] NEWSIG"
echo "[GNUPG:] GOODSIG 0123 somebody"
echo "[GNUPG:] VALIDSIG $key 2025-10-25 0 0 4 0 1 10 00 $key"
SH
chmod +x "$T/tools/minisign" "$T/tools/gpg"
PATH=$T/tools:$PATH
run "$crier" bundle create all "$T/signed" --sign=minisign:key
status_is "a bundle is signed" 0
ok "beside it" test -s "$T/signed.minisig"
run offline bundle apply --verify=minisign:key "$T/signed"
status_is "and applied when it is" 0
run offline --set=bundle.verify=minisign:other bundle apply --verify= "$T/signed"
status_is "no empty option turns that off" 1
mkdir -p "$T/there/cache/crier"
touch "$T/there/cache/crier/bundle.KILLED"
touch -t 202001010000 "$T/there/cache/crier/bundle.KILLED"
run offline bundle apply --verify=minisign:other "$T/signed"
status_is "but not with the key of another" 2
has "which is said" "$err" "the signature is not one of 'other'"
run offline bundle apply --verify=minisign:key "$T/one"
has "nor without a signature" "$err" "is not signed: there is no '$T/one.minisig'"
run "$crier" bundle create all "$T/signed" --sign=gpg:me
status_is "gpg signs too" 0
run offline --set=bundle.verify="gpg:abcdef0123456789abcdef0123456789abcdef01" bundle apply "$T/signed"
status_is "and is believed by the fingerprint" 0
run offline bundle apply --verify=gpg:0000000000000000000000000000000000000000 "$T/signed"
status_is "by no other" 2
: >"$T/tools/revoked"
run offline bundle apply --verify=gpg:ABCDEF0123456789ABCDEF0123456789ABCDEF01 "$T/signed"
status_is "nor by one that was revoked, beside a good one of another" 2
rm "$T/tools/revoked"
run offline bundle apply --verify=gpg:ABCD "$T/signed"
has "which is a whole one" "$err" "not the whole fingerprint"
printf x >>"$T/signed"
run offline --set=bundle.verify="gpg:ABCDEF0123456789ABCDEF0123456789ABCDEF01" bundle apply "$T/signed"
status_is "what was altered is not what was signed" 2
ok "no copy is left behind" sh -c "! ls '$T'/there/cache/crier/bundle.* 2>/dev/null"
finish
