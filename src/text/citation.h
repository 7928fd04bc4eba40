/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of official documents in a text: its own, and those that it cites.  The forms of each
 * language are a table (text/citation.def); pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct citation {
    char *key;   /* owned: the same however the number is written: "齐政发〔2024〕12号" */
    char *shown; /* owned: as it stands there */
    bool own;    /* it is the number of this text */
};

#define CITATION_MAX 60 /* of a text */

/*
 * The number of a document, as something beside its text states it: what a form of the language
 * reads, else the text itself, which is known where it was given only.  place: who gives it, as a
 * host; year: in which, 0: not known.  NULL when there is no number in it.
 */
struct citation *citation_stated(const char *number, const char *language, const char *place,
                                 int year);
void citation_free(struct citation *citation);
DEFINE_AUTO_FREE(citation, citation_free)

/* Adds a number to those of a text; takes it. */
void citations_add(GPtrArray *citations, struct citation *citation);

/*
 * Owned array of owned struct citation, in the order of the text, each key once.  language: of the
 * text (BCP 47) or NULL.
 */
GPtrArray *citations_find(const char *title, const char *text, const char *language);
