/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that say an article in words share: its notes, and what stands above the line. */
#pragma once

#include "document/layout-lines.h"

enum script_kind {
    SCRIPT_RAISED = 1,
    SCRIPT_LOWERED,
    SCRIPT_BRACKETED, /* on the line: "[1]", as notes are asked for where nothing is raised */
};

/* A stretch of text that stands above or below the line, or for a note. */
struct script {
    gsize start, end; /* bytes of the text */
    enum script_kind kind;
    bool plain;     /* written as it would be on the line: the "st" of "1st" */
    guint link;     /* number from 1, or 0 */
    GString *inner; /* on the line: "6" of "⁶", "n+1" of "^(n+1)" */
};

/*
 * The first one at or behind byte `from`, of a text with runs; false: there is none.  Of `script`
 * `inner` is the caller's and is written over.
 */
bool script_next(const char *text, const GArray *runs, gsize from, struct script *script);

/* Whether it is a power of what stands before it: 10⁶, m², (a+b)². */
bool script_is_power(const char *text, const struct script *script);

/* Which notes an article has, and where their texts are. */
struct notes;

struct notes *notes_new(const struct document *document);
void notes_free(struct notes *notes);

/* What the note is called of which the block is the text, "1"; NULL: it is of none. Borrowed. */
const char *notes_label(const struct notes *notes, guint block);

/* The notes for which a stretch of a text stands, "1, 2", newly allocated; NULL: for none. */
char *notes_asked(const struct notes *notes, const char *text, const struct script *script);

/* Narrows [from, to) of a line down to what a note says, without its number and the way back. */
void notes_strip(const struct notes *notes, guint block, bool first, const struct layout_line *line,
                 gsize *from, gsize *to);

/*
 * spoken-text.c: bytes [from, to) of a line in words.  code: that text is set as code is news in
 * it.
 */
char *spoken_text(const struct notes *notes, const struct layout_line *line, gsize from, gsize to,
                  bool code);
