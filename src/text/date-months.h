/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of dates in all languages: the names of months, and what stands between the parts of a
 * date.  Inside this room only.
 */
#pragma once

#include "text/date-type.h"

/* The number of a language (BCP 47, only the first part counts); 0: it is unknown. */
uint16_t date_language(const char *tag);

/* What a word is; all of it false or 0 when it is none of a date's. */
struct date_word {
    uint8_t month;                     /* 1 to 12, or 0 */
    uint16_t language;                 /* in which it is that month, as date_language() has it */
    bool persian;                      /* a month of the solar calendar of Iran */
    bool head;                         /* longer names begin with it */
    bool between, after;               /* may stand between the parts of a date, behind one */
    bool before_number, behind_number; /* makes a month of the number that stands beside it */
};

#define DATE_WORD_LONGEST 64 /* bytes of a folded word, or of several joined by '_' */

/*
 * Appends a character as words are compared, without case, accents and points, to a word of
 * *length bytes; drops what does not fit.
 */
void date_word_append(char word[DATE_WORD_LONGEST], gsize *length, gunichar c);

/* Looks up a folded word; style (may be NULL) tells which language's. */
struct date_word date_word_find(const char *word, gsize length, const struct date_style *style);

/* Whether a language is one whose years may be of the Buddhist count; of the Persian one. */
bool date_language_is(uint16_t language, const char *tag); /* one of the table */
bool date_language_is_thai(uint16_t language);
bool date_language_is_persian(uint16_t language);
bool date_language_is_japanese(uint16_t language);
/* Whether its months are numbers with a sign, as in Chinese, Japanese and Korean. */
bool date_language_is_of_signs(uint16_t language);
