/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands above an article: its title, date, source, author, section and editions. */
#pragma once

#include "document/layout.h"
#include "reader/keymap.h"
#include "store/listing.h"

struct heading_options {
    int width;
    bool ascii;
    bool address;                /* its own is a line of it, too */
    const struct keymap *keymap; /* keys that show more are named by it; or NULL */
    const GArray *copies;        /* struct edition_copy: what its other editions have; or NULL */
    const char *star;            /* the sign for a star; NULL: it is said in words */
};
struct layout *heading_layout(struct store *store, const struct article_row *row,
                              const struct heading_options *options);

/* An article's title for people: what stands in place of one where there is none.  Borrowed. */
const char *heading_title(const struct article_row *row);

/* The same for a terminal, whose charset may have none of its characters; newly allocated. */
char *heading_title_shown(const struct article_row *row);

/* Whether the locale's charset has next to none of the letters of a text. */
bool heading_is_lost(const char *text);

/*
 * The name of a source in few cells: an address, which names a feed without a title, gives up its
 * scheme and then its middle, since feeds of a host differ behind it; newly allocated.
 */
char *heading_name(const char *name, int room, const char *ellipsis);
/* The name of its source in few cells: of a portal's and its own a part each; newly allocated. */
char *heading_source(const struct article_row *row, int room, const char *ellipsis);

/* The line below the title: date, publisher, author, section, source; may be empty. */
char *heading_facts(const struct article_row *row, const char *separator);

/* When and where it takes place, with a label; may be empty. */
char *heading_event(const struct article_row *row, const char *separator);

/* That the portal has changed or withdrawn it; may be empty. */
char *heading_notes(const struct article_row *row);

/*
 * That the date which an article states was refused, as long as the last fetch of its source tells;
 * NULL: nothing is known of one.
 */
char *heading_refused_date(struct store *store, const struct article_row *row);
/* A date for people, as precise as it is known: "2025-06-01" or "2025-06-01 08:30". */
char *heading_date(const struct date *date);

/*
 * The name of a language in that language ("Русский"), in the reader's where the charset of the
 * locale cannot show it; or its code.
 */
const char *heading_language(const char *code);

/* Whether who reads reads this language ("zh-CN"), by the locale; of C nobody knows: English. */
bool heading_is_own(const char *code);
/* Whether it is the country of the locale ("DK", NULL: none); of C nobody knows any. */
bool heading_is_own_country(const char *code);
/* Whether the locale says a language. */
bool heading_has_language(void);
