#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The form of the catalogue: ids, names, addresses and evidence in its tables and portal files.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 8
cat >"$T/form.py" <<'END'
import datetime, glob, os, re, sys, unicodedata

folder, fault = sys.argv[1], sys.argv[2]
COLUMNS = ["Id", "Kind", "Region", "Name", "Name[en]", "Name[ru]", "Name[zh]", "Spellings", "Home", "Sections", "Origin", "Verified"]
KINDS = {"city", "region", "nation", "ministry", "agency", "press"}
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d+)?/?[^\s\"<>\\^`{|}]*$")
ORIGIN = re.compile(r"([\w.-]+/[\w.-]+@[0-9a-f]{7,40}:.+|https?://\S+)$")
faults = {}

def wrong(what, where, text):
    faults.setdefault(what, []).append(f"{where}: {text}")

words = {}
for line in open(f"{folder}/words.tsv", encoding="utf-8").read().splitlines():
    if line and not line.startswith("#"):
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            wrong("words", "words.tsv", line)
        elif cells[1] in words.setdefault(cells[0], {}):
            wrong("words", "words.tsv", f"{cells[0]} has {cells[1]} twice")
        else:
            words[cells[0]][cells[1]] = cells[2]
for thing, names in words.items():
    if thing.startswith(("section.", "country.", "region.")):
        for language in ("en", "ru", "zh", "zh-Hant", "de", "es", "fr", "ja", "kk", "ko", "uk"):
            if language not in names:
                wrong("words", "words.tsv", f"{thing} has no {language}")

ids, addresses = {}, {}
def take_id(identifier, where):
    if identifier in ids:
        wrong("ids", where, f"{identifier} is in {ids[identifier]} too")
    ids[identifier] = where

def take_address(address, where):
    if not ADDRESS.match(address):
        wrong("addresses", where, address)
    if address in addresses:
        wrong("addresses", where, f"{address} is of {addresses[address]} too")
    addresses[address] = where

def take_name(name, where):
    if name != unicodedata.normalize("NFC", name) or name != " ".join(name.split()) or any(unicodedata.category(c) in ("Cc", "Cf") for c in name):
        wrong("names", where, ascii(name))

def take_evidence(origin, verified, where):
    if not ORIGIN.match(origin):
        wrong("evidence", where, f"origin '{origin}'")
    try:
        # nothing was seen before there was a web, nor after a day that is sure to be past
        if not "1994" < verified <= "2026-11-26":
            wrong("evidence", where, f"verified {verified}")
        datetime.date.fromisoformat(verified)
    except ValueError:
        wrong("evidence", where, f"verified {verified}")

for path in sorted(glob.glob(f"{folder}/[A-Z][A-Z].tsv")):
    country, name = os.path.basename(path)[:2], os.path.basename(path)
    if f"country.{country}" not in words:
        wrong("countries", name, "words.tsv has no such country")
    lines = open(path, encoding="utf-8").read().splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    if rows[0] != COLUMNS:
        wrong("columns", name, "the first line names other columns")
    if [row[0] for row in rows[1:]] != sorted(row[0] for row in rows[1:]):
        wrong("ids", name, "they are not in order")
    for row in rows[1:]:
        where = f"{name}: {row[0]}"
        if len(row) != len(COLUMNS):
            wrong("columns", where, f"{len(row)} columns")
            continue
        cell = dict(zip(COLUMNS, row))
        if not re.match(rf"{country.lower()}-[a-z0-9]+(-[a-z0-9]+)*$", cell["Id"]):
            wrong("ids", where, "not COUNTRY-NAME")
        take_id(cell["Id"], name)
        if cell["Kind"] not in KINDS:
            wrong("columns", where, f"kind '{cell['Kind']}'")
        if not cell["Name"]:
            wrong("names", where, "no name")
        spellings = cell["Spellings"].split("; ") if cell["Spellings"] else []
        for text in [cell[column] for column in COLUMNS[2:7]] + spellings:
            take_name(text, where)
        if len(set(spellings)) != len(spellings) or "" in spellings:
            wrong("names", where, f"spellings '{cell['Spellings']}'")
        for column in COLUMNS[4:7]:
            if cell[column] == cell["Name"]:
                wrong("names", where, f"{column} says what Name says")
        if cell["Home"] and not ADDRESS.match(cell["Home"]):
            wrong("addresses", where, cell["Home"])
        sections = cell["Sections"].split(" ")
        if not sections[0] or len(sections) % 3:
            wrong("columns", where, "sections")
            continue
        for i in range(0, len(sections), 3):
            language, _, section = sections[i].partition("/")
            if f"language.{language}" not in words or f"section.{section}" not in words:
                wrong("words", where, f"words.tsv lacks '{sections[i]}'")
            if sections[i + 1] not in ("list", "feed"):
                wrong("columns", where, sections[i + 1])
            take_address(sections[i + 2], where)
        take_evidence(cell["Origin"], cell["Verified"], where)

for path in sorted(glob.glob(f"{folder}/*.portal")):
    where, keys = os.path.basename(path), {}
    for line in open(path, encoding="utf-8").read().splitlines():
        key, equals, value = line.partition("=")
        if equals and key in ("Country", "Kind", "Spellings", "Origin", "Verified"):
            keys.setdefault(key, value)
    take_id(where[:-len(".portal")], where)
    if f"country.{keys.get('Country')}" not in words:
        wrong("countries", where, f"country '{keys.get('Country')}'")
    if keys.get("Kind") not in KINDS and "Kind" in keys:
        wrong("columns", where, f"kind '{keys['Kind']}'")
    for text in keys.get("Spellings", "").split("; "):
        take_name(text, where)
    if "Verified" in keys:
        take_evidence(keys.get("Origin", ""), keys["Verified"], where)

print("\n".join(faults.get(fault, [])))
sys.exit(bool(faults.get(fault)))
END
check() {
    ok "$2" python3 "$T/form.py" "$srcdir/data/portals" "$1"
}
check ids "ids are COUNTRY-NAME, in order and of one portal each"
check countries "every country has its code and its names"
check columns "every line has the columns, a kind and sections"
check names "names are there, composed (NFC) and of one line; spellings say something else"
check addresses "addresses are of the web, and each is of one section"
check words "sections, languages and countries have words in English, Russian and Chinese"
check evidence "each entry says from where its addresses are known, and of when"
python3 - "$srcdir/data/portals" >"$T/counts" <<'END'
import glob, os, sys
tables = glob.glob(sys.argv[1] + "/[A-Z][A-Z].tsv")
rows = sum(sum(1 for line in open(t, encoding="utf-8") if line.strip() and not line.startswith("#")) - 1 for t in tables)
print(len(tables) >= 30 and rows >= 300)
END
ok "at least 300 entries in 30 countries" grep -qx True "$T/counts"
finish
