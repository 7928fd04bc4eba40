/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has changed between two texts of an article: first its blocks are aligned, then what stands
 * in those that are alike, by words, or by grapheme clusters where a script has no spaces
 * (UAX #29).  Pure.
 *
 * A text is a series of lines, each with a label: title, dates and attachments, then what its
 * blocks say, a cell of a table a line.  What a counter, a time from now or a signature changes by
 * itself (document/compare.h) and furniture are no change.  The time is bounded, by coarser pieces:
 * of two texts of 10 000 blocks it is a fraction of a second, whatever they say.
 */
#pragma once

#include "document/compare.h"
#include "text/date-type.h"

struct diff_attachment {
    char *url, *title, *digest; /* owned; title and digest may be NULL: none, not known */
};
void diff_attachment_free(gpointer attachment);

/* One text of an article; all of it borrowed.  What is NULL or 0 is not known. */
struct diff_version {
    const char *title;
    struct date published;
    int64_t updated;
    const GPtrArray *attachments; /* struct diff_attachment * */
    const struct document *document;
};

enum diff_part {
    DIFF_TITLE,
    DIFF_PUBLISHED,
    DIFF_UPDATED,
    DIFF_ATTACHMENT,
    DIFF_TEXT, /* a block, or a line of one */
    DIFF_CELL, /* of a table */
    DIFF_LINK, /* where a link of the block before leads, or a picture; only when that changed */
};

/* The name of a part in machine formats ("title"). */
const char *diff_part_code(enum diff_part part);

struct diff_line {
    enum diff_part part;
    const char *text;          /* one line; borrowed of the diff, as the label */
    const char *label;         /* what heads the column of a cell, or NULL */
    guint column;              /* of a cell, from 1; 0: it heads one, or is none */
    gsize digest;              /* where that of an attachment begins in text; 0: there is none */
    const struct block *block; /* NULL for title, dates and attachments */
};

/* DIFF_REPLACE: the one line became the other. */
enum diff_kind { DIFF_EQUAL, DIFF_INSERT, DIFF_DELETE, DIFF_REPLACE };
const char *diff_kind_code(enum diff_kind kind);

/* A stretch of a line that was replaced; never DIFF_REPLACE. */
struct diff_piece {
    enum diff_kind kind;
    const char *text; /* borrowed of the line: of the old one when it is deleted, else of the new */
    gsize length;
};

/* Lines of one block, be they old or new, have one number: blocks, items, rows of tables count. */
struct diff_step {
    enum diff_kind kind;
    guint block;
    const struct diff_line *old, *new; /* NULL: it is not there */
    GArray *pieces;                    /* struct diff_piece, of DIFF_REPLACE; else NULL */
};

/*
 * How much changed: blocks that are new, gone, or both since they say something else; words, which
 * are clusters where there are no spaces, of all lines.
 */
struct diff_stat {
    guint blocks_added, blocks_removed, words_added, words_removed;
    guint words_old, words_new; /* that there are */
};

struct diff {
    GArray *steps; /* struct diff_step, in the order of the text */
    struct diff_stat stat;
    bool differs;
    struct diff_text *texts[2]; /* what is behind the lines */
};

/*
 * old or new NULL: there is none, all of the other is deleted or inserted.  What they borrow has to
 * outlive the diff.  ignore: what else is no change, or NULL.
 */
struct diff *diff_new(const struct diff_version *old, const struct diff_version *new,
                      const struct compare_rules *ignore);
void diff_free(struct diff *diff);
DEFINE_AUTO_FREE(diff, diff_free)

/* How much of both texts changed, in percent: 0 only when nothing did, 100 when all did. */
guint diff_percent(const struct diff_stat *stat);

/* The label of a line for people, "Title", or what heads the cell's column; "": none. */
char *diff_label(const struct diff_line *line);

/* The line that says it to people: "blocks +1 −2, words +12 −30"; newly allocated. */
char *diff_stat_line(const struct diff_stat *stat);

/*
 * As text: what changed, with a block before and after it; what is gone and what is new stand
 * between marks.
 */
struct diff_marks {
    const char *gone, *gone_end, *fresh, *fresh_end;
};
extern const struct diff_marks diff_marks_plain;    /* [-…-], {+…+} */
extern const struct diff_marks diff_marks_terminal; /* struck out, underlined (ECMA-48 SGR) */
char *diff_words(const struct diff *diff, const struct diff_marks *marks);

/* As diff -u has it, over lines; of and to are the names behind --- and +++. */
char *diff_unified(const struct diff *diff, const char *from, const char *to);
