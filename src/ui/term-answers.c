/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that answers have, read from numbers without trust, and what is held of them. */
#include "config.h"

#include "ui/term-answers.h"
#include "base/number.h"
#include "document/drawn.h"

#include <string.h>

#define ESCAPE      27
#define KEY_GAP     (100 * 1000)   /* microseconds after which an escape key is one */
#define ANSWER_GAP  G_USEC_PER_SEC /* and after which no more of an answer comes */
#define CERTAIN     4u             /* characters that nobody types so fast */
#define SIXEL       4              /* in the answer to \033[c */
#define LEAST_CELL  4              /* pixels: what is smaller is no size */
#define MOST_NUMBER 99999
#define KITTY_OK    "\033_Gi=31;OK\033\\"

/* --- forms ---------------------------------------------------------------------------------- */

enum fit { FIT_NONE, FIT_PART, FIT_WHOLE };

/* A string of Kitty's: printable ASCII, to ESC \. */
static enum fit
fit_string(const char *text, gsize length)
{
    static const char begin[] = "\033_G";
    gsize known = MIN(length, sizeof begin - 1), at = known;
    if (memcmp(text, begin, known) != 0)
        return FIT_NONE;
    while (at < length && text[at] >= ' ' && text[at] <= '~')
        at++;
    if (at == length)
        return FIT_PART;
    if (text[at] != ESCAPE)
        return FIT_NONE;
    if (at + 1 == length)
        return FIT_PART;
    return text[at + 1] == '\\' && at + 2 == length ? FIT_WHOLE : FIT_NONE;
}

/* Numbers between such a begin and one of the ends. */
static enum fit
fit_numbers(const char *text, gsize length, const char *begin, const char *ends)
{
    gsize known = MIN(length, strlen(begin)), at = known;
    if (memcmp(text, begin, known) != 0)
        return FIT_NONE;
    while (at < length && (g_ascii_isdigit(text[at]) || text[at] == ';'))
        at++;
    if (at == length)
        return FIT_PART;
    return at > known && at + 1 == length && text[at] && strchr(ends, text[at]) ? FIT_WHOLE
                                                                                : FIT_NONE;
}

static enum fit
fit(const char *text, gsize length)
{
    enum fit string = fit_string(text, length), about = fit_numbers(text, length, "\033[?", "cS"),
             size = fit_numbers(text, length, "\033[6;", "t");
    return MAX(MAX(string, about), size);
}

/* --- what they say -------------------------------------------------------------------------- */

/* The numbers of a list; how many there are, of which at most `most` are written. */
static guint
numbers(const char *text, gint64 *out, guint most)
{
    g_auto(GStrv) words = g_strsplit(text, ";", -1);
    guint count = 0;
    for (; words[count] && count < most; count++)
        if (!number_parse(words[count], 0, MOST_NUMBER, &out[count]))
            out[count] = -1;
    return count;
}

static void
read_about(struct answers *answers, const char *list, char end)
{
    gint64 n[ANSWERS_LENGTH];
    guint count = numbers(list, n, G_N_ELEMENTS(n));
    if (end == 'S') { /* 1, it was read (0), so many */
        if (count == 3 && n[0] == 1 && n[1] == 0 && n[2] > 0)
            answers->colors = (guint)n[2];
        return;
    }
    for (guint i = 1; i < count; i++) /* the first says what kind of terminal it is */
        answers->sixel |= n[i] == SIXEL;
    answers->whole = true;
}

static void
read_size(struct answers *answers, const char *list)
{
    gint64 n[3];
    if (numbers(list, n, G_N_ELEMENTS(n)) != 2 || n[0] <= 0 || n[1] <= 0)
        return;
    answers->cell_height = (guint)n[0];
    answers->cell_width = (guint)n[1];
}

static void
read_answer(struct answers *answers, const char *text, gsize length)
{
    if (text[1] == '_') {
        answers->kitty |= g_str_equal(text, KITTY_OK);
        return;
    }
    gsize begin = text[2] == '?' ? strlen("\033[?") : strlen("\033[6;");
    g_autofree char *list = g_strndup(text + begin, length - begin - 1);
    if (text[2] == '?')
        read_about(answers, list, text[length - 1]);
    else
        read_size(answers, list);
}

/* --- among keys ----------------------------------------------------------------------------- */

bool
answers_are_due(const struct answers *answers)
{
    return answers->asked && !answers->whole;
}

/* What may be an answer is none. */
static void
forget_answer(struct answers *answers)
{
    answers->length = answers->keys;
    answers->late = 0;
}

static enum fit
fit_held(const struct answers *answers, char text[ANSWERS_LENGTH + 1])
{
    guint length = 0;
    for (guint i = answers->keys; i < answers->length; i++)
        text[length++] = answers->held[i] < 128 ? (char)answers->held[i] : '\177';
    text[length] = '\0';
    return fit(text, length);
}

/* The character that came last continues nothing, but may begin an answer. */
static void
begin_anew(struct answers *answers, gunichar c, gint64 now)
{
    answers->length--;
    if (answers->length - answers->keys >= CERTAIN)
        answers_release(answers);
    answers->held[answers->length++] = c;
    answers->keys = answers->length - (c == ESCAPE);
    answers->since = now;
}

bool
answers_take(struct answers *answers, gunichar c, gint64 now)
{
    char text[ANSWERS_LENGTH + 1];
    if (answers->length == answers->keys)
        answers->since = now;
    /* who reads late does not know: it may be the rest of the answer, or a key */
    else if (!answers->late && answers->length - answers->keys >= CERTAIN &&
             now - answers->since >= ANSWER_GAP)
        answers->late = answers->length;
    answers->held[answers->length++] = c;
    enum fit how = fit_held(answers, text);
    if (how == FIT_WHOLE) {
        read_answer(answers, text, strlen(text));
        forget_answer(answers);
    } else if (how == FIT_NONE) {
        begin_anew(answers, c, now);
    }
    if (answers->length == ANSWERS_LENGTH)
        answers_release(answers);
    return how == FIT_WHOLE && answers->whole;
}

void
answers_release(struct answers *answers)
{
    guint end = answers->late ? answers->late : answers->length;
    if (end - answers->keys < CERTAIN) {
        answers->keys = answers->length;
    } else { /* half an answer, which nobody types, and what was typed long after it */
        guint rest = answers->length - end;
        memmove(answers->held + answers->keys, answers->held + end, sizeof answers->held[0] * rest);
        answers->length = answers->keys += rest;
    }
    answers->late = 0;
}

bool
answers_next_key(struct answers *answers, gunichar *c)
{
    if (answers->given == answers->keys)
        return false;
    *c = answers->held[answers->given++];
    if (answers->given == answers->keys) {
        answers->length -= answers->keys;
        answers->late -= MIN(answers->late, answers->keys);
        memmove(answers->held, answers->held + answers->keys,
                sizeof answers->held[0] * answers->length);
        answers->keys = answers->given = 0;
    }
    return true;
}

/* Microseconds that what may be an answer has. */
static gint64
patience(const struct answers *answers)
{
    return answers->length - answers->keys >= CERTAIN ? ANSWER_GAP : KEY_GAP;
}

void
answers_expire(struct answers *answers, gint64 now)
{
    if (answers->length == answers->keys || now - answers->since < patience(answers))
        return;
    answers_release(answers);
}

int
answers_timeout(const struct answers *answers, gint64 now)
{
    if (answers->length == answers->keys)
        return -1;
    return (int)(MAX(answers->since + patience(answers) - now, 0) / 1000 + 1);
}

/* --- the way -------------------------------------------------------------------------------- */

/*
 * One side of a cell: what was answered, unless the size of the whole terminal, which is asked of
 * the system whenever it changes, says that it is another one by now.
 */
static guint
side(guint answered, guint pixels, guint cells)
{
    guint counted = cells ? pixels / cells : 0;
    bool agree = !counted || (answered <= counted + 1 && counted <= answered + 1);
    return answered && agree ? answered : counted;
}

struct graphics_way
answers_way(const struct answers *answers, const struct answers_size *size)
{
    struct graphics_way way = {.kind = answers->kitty   ? GRAPHICS_KITTY
                                       : answers->sixel ? GRAPHICS_SIXEL
                                                        : GRAPHICS_NONE};
    way.cell_width = side(answers->cell_width, size->width, size->columns);
    way.cell_height = side(answers->cell_height, size->height, size->rows);
    way.colors = RASTER_MAX_COLORS;
    if (way.kind == GRAPHICS_SIXEL && answers->colors)
        way.colors = CLAMP(answers->colors, 2, RASTER_MAX_COLORS);
    bool fair = way.cell_width >= LEAST_CELL && way.cell_height >= LEAST_CELL &&
                way.cell_width <= DRAWN_MAX_CELL && way.cell_height <= DRAWN_MAX_CELL;
    return answers->whole && way.kind != GRAPHICS_NONE && fair ? way : (struct graphics_way){0};
}
