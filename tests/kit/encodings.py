#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""encodings.py DECODE FOLDER: TAP of whether fixtures decode as their manifest says.

FOLDER holds manifest.tsv and the files under _encodings/.  Each is decoded alone, and
those that declare an encoding also with an HTTP header that contradicts it.
"""
import csv
import os
import subprocess
import sys
import tempfile

CODECS = {"gb2312": "gb18030", "euc-kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs", "ibm866": "cp866"}
CONTRADICTIONS = ["utf-8", "iso-8859-1", "windows-1251", "gb2312", "koi8-r", "shift_jis", "big5", "euc-kr"]


def expected(body, name):
    if name == "iso-8859-1":  # which the web reads as windows-1252
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in body)
    return body.decode(CODECS.get(name, name))


def cases(folder):
    with open(os.path.join(folder, "manifest.tsv"), encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            if not row["file"].startswith("_encodings/") or row["charset_real"].startswith("binary"):
                continue
            with open(os.path.join(folder, row["file"]), "rb") as data:
                body = data.read()
            header = None
            if row["kind"] == "http":
                head, _, body = body.replace(b"\r\n", b"\n").partition(b"\n\n")
                for line in head.decode("latin-1").splitlines():
                    if line.lower().startswith("content-type:"):
                        header = line.split(":", 1)[1].strip()
            yield row, body, header, "alone"
            if row["charset_declared"] in ("-", "", "invalid"):
                continue
            for charset in CONTRADICTIONS:
                if charset != row["charset_declared"].lower():
                    yield row, body, f"text/xml; charset={charset}", f"with a header that says {charset}"


def main():
    decode, folder = sys.argv[1:]
    number = failed = 0
    with tempfile.NamedTemporaryFile() as file:
        for row, body, header, how in cases(folder):
            file.seek(0)
            file.truncate()
            file.write(body)
            file.flush()
            command = [decode, file.name] + ([header] if header else [])
            got = subprocess.run(command, capture_output=True, check=True).stdout.decode()
            evidence, _, text = got.partition("\n")
            # disproved by the bytes, the declaration leaves the header as the only evidence
            if how != "alone" and row["charset_declared"] == "utf-8" and row["charset_real"] != "utf-8":
                continue
            number += 1
            ok = text == expected(body.removeprefix(b"\xef\xbb\xbf"), row["charset_real"])
            failed += not ok
            print(f"{'ok' if ok else 'not ok'} {number} - {row['file']} {how}")
            if not ok:
                print(f"# {evidence}")
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
