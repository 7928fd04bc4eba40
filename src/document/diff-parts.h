/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of diff share: a text as units of lines, and their words.  Inside these only. */
#pragma once

#include "document/diff.h"

/* What a line or unit says: by number, and by the words in it. */
#define SKETCH_BITS 1024
struct sketch {
    guint64 bits[SKETCH_BITS / 64]; /* by the hash of each word */
};

/* A block, an item, a row of a table: what is aligned first.  Its lines are next to each other. */
struct diff_unit {
    guint first, count; /* lines */
    guint id;           /* the same: it says the same */
    enum diff_part part;
};

struct diff_text {
    GArray *lines;   /* struct diff_line */
    GPtrArray *keys; /* of each line, what it is compared by; borrowed; NULL: its text, masked */
    GArray *ids;     /* guint: of each line, as diff_unit.id */
    GArray *units;   /* struct diff_unit */
    GStringChunk *strings;
};

/* The lines of both versions; NULL: none. */
void diff_texts_new(const struct diff_version *const versions[2],
                    const struct compare_rules *ignore, struct diff_text *texts[2]);
void diff_text_free(struct diff_text *text);

/* --- words -------------------------------------------------------------------------------- */

/* Of a line: where each token begins, and the end of the last; whether it is a word. */
struct diff_token {
    guint start;
    bool word;
};
/* struct diff_token; the last one stands at the end of the text and is none */
GArray *diff_tokens(const char *text);
guint diff_count_words(const char *text);                  /* of tokens */
guint diff_count_words_quickly(const char *text);          /* about as many: for texts that stay */
void diff_sketch(struct sketch *sketch, const char *text); /* adds those of a text */
/* struct diff_piece of two texts; counts words in stat. */
GArray *diff_pieces(const char *old, const char *new, struct diff_stat *stat);

/* --- what belongs together ---------------------------------------------------------------- */

#define DIFF_SIMILAR      400 /* of 1000, from which two of several are one that changed */
#define DIFF_SIMILAR_ONLY 200 /* the same where there is no other choice */

/* How alike two are, of 1000. */
int diff_similarity(const struct sketch *a, const struct sketch *b);

/*
 * Pairs of old and new, in order, that are alike: partner[i] becomes the number of the new one, or
 * -1.
 */
void diff_pair(const struct sketch *old, guint old_count, const struct sketch *new, guint new_count,
               gint *partner);
