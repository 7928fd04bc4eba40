/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Characters that come from a terminal, named as keys (reader/keymap.h).  What curses did not know
 * comes one by one: an escape and a character are Alt with it; a control sequence (ECMA-48 §5.4),
 * a single shift or a string is one key, or nothing that was typed; what is pasted is a text and no
 * keys, where the terminal says so (bracketed paste).  Nothing here reads or writes a terminal.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define SEQUENCE_NAME   16        /* bytes of a key's name */
#define SEQUENCE_LENGTH 128       /* characters of a sequence of which the name can be told */
#define SEQUENCE_PASTED (1 << 16) /* bytes of a text that is pasted; more is left out */

struct sequences {
    gunichar held[SEQUENCE_LENGTH]; /* an escape and what came behind it */
    guint length;                   /* with what is not held any more */
    gint64 since;                   /* microseconds: when the last of it came */
    GString *pasted;                /* a text that is being pasted, and its end as far as it came */
    GQueue taken;                   /* struct sequence_taken *: what nobody took yet */
};

void sequences_clear(struct sequences *sequences);

void sequences_take(struct sequences *sequences, gunichar c, gint64 now);
/* No more is there to be read: an escape alone is a key, half a sequence is one for a while. */
void sequences_pause(struct sequences *sequences, gint64 now);
/* What is held is as it is: something else was pressed. */
void sequences_end(struct sequences *sequences);
/* Milliseconds until sequences_pause() has something to do; -1: never. */
int sequences_timeout(const struct sequences *sequences, gint64 now);
/*
 * The next key: its name, as the keymap knows it, or as in "^[[57399u" where it knows none; or
 * *pasted, a text, owned: then there is no name.
 */
bool sequences_next(struct sequences *sequences, char name[SEQUENCE_NAME], char **pasted);
/* Whether what curses takes for keys is within a text that is being pasted. */
bool sequences_are_pasted(const struct sequences *sequences);
