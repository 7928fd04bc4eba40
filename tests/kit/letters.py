#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations that stand in the catalogue of another language, as a letter of theirs shows.

    letters.py PO...    a line for each, and status 1

Which letters a language has not is said of those that it could be taken for.
"""
import os
import re
import sys

sys.dont_write_bytecode = True
from limits import entries

KANA, HANGUL, KAZAKH = "ぁ-ゖァ-ヺ", "가-힣", "ұқңғәһө"
FOREIGN = {"de": "éèçñáíóúœ¿", "es": "èçœâêîôûàß’", "fr": "ñ¿¡áíóúßäö", "ru": "іїєґ" + KAZAKH, "uk": "ыэъё" + KAZAKH, "kk": "їєґ",
           "ja": HANGUL + "а-яё", "ko": KANA, "zh_CN": KANA + HANGUL, "zh_TW": KANA + HANGUL}

found = 0
for path in sys.argv[1:]:
    language = os.path.basename(path).removesuffix(".po")
    foreign = re.compile(f"[{FOREIGN[language]}]", re.IGNORECASE)
    for _, _, translations in entries(path):
        for translation in translations:
            if letter := foreign.search(translation):
                print(f"{path}: '{letter.group()}' is no letter of it: {translation}")
                found += 1
sys.exit(1 if found else 0)
