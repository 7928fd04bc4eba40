/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of official documents in a text: its own, and those that it cites.  The forms of each
 * language are a table (text/citation.def); pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct citation {
    char *key;   /* owned: the same however the number is written: "齐政发〔2024〕12号" */
    char *shown; /* owned: as it stands there */
    bool own;    /* it is the number of this text */
};

#define CITATION_MAX 60 /* of a text */

/*
 * Owned array of owned struct citation, in the order of the text, each key once.  language: of the
 * text (BCP 47) or NULL.
 */
GPtrArray *citations_find(const char *title, const char *text, const char *language);
