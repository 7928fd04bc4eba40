/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a document writes its dates, decided once for all of them: by its dates together, else by its
 * language and region, else by the country of its address (text/regions.def).
 */
#pragma once

#include "text/date-type.h"

#define DATE_MAX_VOTES 400 /* dates of a document that are looked at: a list has fewer */

/* The dates in numbers of a document, and which scripts it is in; zeroed to begin with. */
struct date_votes {
    struct date_numbers {
        guint16 year;
        uint8_t first, second;
    } dates[DATE_MAX_VOTES]; /* with the year last, in their order */
    guint count;
    guint day_first, month_first;             /* of those, that can be nothing else */
    guint short_day_first, short_month_first; /* the same, with years of two digits */
    gsize letters, han, kana, hangul;         /* bytes of them */
};

/* Adds a piece of text, of which no date goes on in the next one. */
void date_votes_add(struct date_votes *votes, const char *text, gsize length);

/* What tells how dates are written; NULL where nothing does. */
struct date_evidence {
    const char *language; /* of the document (BCP 47) */
    const char *locale;   /* "en_GB": what may add a region to it */
    const char *url;
    const char *dated; /* a date of the document that may state a zone */
    const struct date_votes *votes;
};

/* Fills in what is not known of a style yet. */
void date_style_settle(struct date_style *style, const struct date_evidence *evidence);
