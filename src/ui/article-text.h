/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All lines of an article: its head, its document, its attachments and links; what can be focused
 * in them, and where one was in the text.
 */
#pragma once

#include "document/layout.h"
#include "reader/session.h"
#include "ui/app.h"

struct article_text {
    struct article_row *row;   /* owned */
    GArray *copies;            /* struct edition_copy: what its other editions have, or NULL */
    struct document *document; /* owned; empty while its text is not in the store */
    GBytes *stored;            /* the document as the store has it, or NULL */
    /* links of the document itself; pictures and attachments come after them */
    guint text_links;
    GPtrArray *files;      /* owned struct stored_attachment * */
    struct layout *layout; /* owned; NULL until it is laid out */
    int width;             /* it is laid out for */
    guint body;            /* the first line of the document */
    guint notes;           /* the first line after it */
};

/*
 * Reads the article; false and error when there is none. What was there before is kept then.
 * joined: it has star and tags of its other editions, too.
 */
bool article_text_load(struct article_text *text, const struct session *session, int64_t article,
                       bool joined, GError **error);
void article_text_clear(struct article_text *text);

/* With options->lines a long text has only its beginning then, and nothing behind it. */
void article_text_lay_out(struct article_text *text, const struct app *app,
                          const struct layout_options *options);
bool article_text_is_whole(const struct article_text *text);

/* The place in the text that a line shows; false when it is none of the document's. */
bool article_text_place(const struct article_text *text, int64_t line, guint *block, guint *offset);
int64_t article_text_line(const struct article_text *text, guint block, guint offset);

/* NULL beyond the ends */
const struct layout_line *article_text_at(const struct article_text *text, int64_t line);
int64_t article_text_lines(const struct article_text *text);
/* How many there will be of the whole text, by its beginning. */
int64_t article_text_all_lines(const struct article_text *text);

/* The line on which a link stands first, or -1. */
int64_t article_text_line_of_link(const struct article_text *text, guint link);
guint article_text_links(const struct article_text *text);
/* NULL when there is no such link */
const char *article_text_url(const struct article_text *text, guint link);

/*
 * The address of a link that there is, for people, newly allocated.  Of a host that is too long for
 * a line in which `before` cells are taken it has the end, which says whose it is.
 */
char *article_text_shown_url(const struct article_text *text, guint link, int before);

enum article_link {
    ARTICLE_LINK_TEXT,
    ARTICLE_LINK_PICTURE,
    ARTICLE_LINK_ATTACHMENT,
    ARTICLE_LINK_EMBEDDED
};
enum article_link article_text_kind(const struct article_text *text, guint link);

/* The attachment to which it leads, or NULL. */
const struct stored_attachment *article_text_attachment(const struct article_text *text,
                                                        guint link);

/* What the text says where the link stands, newly allocated; NULL when nothing. */
char *article_text_label(const struct article_text *text, guint link);

/* Where a line is drawn, and what is set off in it. */
struct article_place {
    int left, y, width;
    int shift;            /* columns by which tables are moved */
    guint focus;          /* the link in focus, or 0 */
    bool focused;         /* the view has the focus: the cursor stands on that link */
    GHashTable *pictures; /* struct layout_options has them; or NULL */
    bool hyperlinks;      /* links lead somewhere for the terminal, too */
    char *const *words;   /* NULL-terminated, or NULL */
    bool anywhere;        /* words also count within others */
    enum style found;     /* how these words are set off */
};
void article_text_draw(const struct article_text *text, struct grid *grid,
                       const struct article_place *place, const struct layout_line *line);

/* The cells by which a line is moved, which has columns, when so many are shifted out. */
int article_text_shifted(const struct layout_line *line, int shift);
/* How far any of them can be shifted. */
int article_text_most_shift(const struct article_text *text);
