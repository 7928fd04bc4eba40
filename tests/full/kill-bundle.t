#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A bundle that is killed at each step of making and of applying it: the cursor stands until the file is there, the store is
# sound, and the next try does it.
. "${srcdir:-.}/tests/lib.sh"
portal_start
plan 7
echo portal:beiling >"$CONFIG/urls"
"$crier" fetch --full --progress=none
cp "$STORE" "$T/whole.db"
there() {
    env HOME="$T/there" XDG_CONFIG_HOME="$T/there/config" XDG_DATA_HOME="$T/there/data" XDG_CACHE_HOME="$T/there/cache" "$@"
}

# --- making it ---
killed=0 lost=0 half=0 step=1
while [ "$step" -le 10 ]; do
    rm -f "$STORE"* "$T/made"
    cp "$T/whole.db" "$STORE"
    status=0
    CRIER_TEST_KILL_AT=$step "$crier" bundle create --cursor=c "$T/made" >/dev/null 2>&1 || status=$?
    [ "$status" != 0 ] || break
    killed=$((killed + 1))
    # what is there under its name is whole
    if [ -e "$T/made" ]; then
        rm -rf "$T/there"
        there "$crier" bundle apply "$T/made" >/dev/null 2>&1 || half=$((half + 1))
    fi
    "$crier" bundle create --cursor=c "$T/made" >/dev/null 2>&1 || lost=$((lost + 1))
    step=$((step + 1))
done
ok "it is killed at each step of making it" test "$killed" -ge 3
ok "what is there under its name is whole" test "$half" = 0
ok "and nothing is lost for the next" test "$lost" = 0

# --- applying it ---
contents() {
    python3 - "$T/there/data/crier/articles.db" <<'PY'
import hashlib, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for table in ("sources", "articles", "documents", "pages", "responses", "attachments", "editions", "changes", "files"):
    rows = db.execute(f"SELECT * FROM {table}").fetchall()
    print(table, len(rows), hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest())
PY
}
rm -rf "$T/there"
there "$crier" bundle apply "$T/made" >/dev/null
contents >"$T/whole"
killed=0 unsound=0 other=0 step=1
while [ "$step" -le 100 ]; do
    rm -rf "$T/there"
    status=0
    there env CRIER_TEST_KILL_AT="$step" "$crier" bundle apply "$T/made" >/dev/null 2>&1 || status=$?
    [ "$status" != 0 ] || break
    killed=$((killed + 1))
    [ ! -e "$T/there/data/crier/articles.db" ] || there "$crier" store check >/dev/null 2>&1 || unsound=$((unsound + 1))
    there "$crier" bundle apply "$T/made" >/dev/null 2>&1 || unsound=$((unsound + 1))
    contents >"$T/after"
    cmp -s "$T/whole" "$T/after" || other=$((other + 1))
    step=$((step + 1))
done
ok "it is killed at each step of applying it" test "$killed" -ge 3
ok "the last one comes to its end" test "$status" = 0
ok "the store is sound after each" test "$unsound" = 0
ok "and the next try makes of it what it was to be" test "$other" = 0
finish
