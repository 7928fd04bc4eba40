/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where escape sequences end, and the names of keys. */
#include "config.h"

#include "ui/term-sequences.h"

#include <string.h>

#define ESCAPE     27
#define BELL       7
#define GAP        (100 * 1000) /* microseconds after which no more of a sequence comes */
#define MOUSE_TAIL 3            /* characters behind "ESC [ M" */
#define PASTE_GAP  (10 * GAP)   /* after which no more of a text comes */
#define PASTE_END  "\033[201~"

struct sequence_taken {
    char *name, *pasted; /* one of them */
};

static void
free_taken(gpointer data)
{
    struct sequence_taken *taken = data;
    g_free(taken->name);
    g_free(taken->pasted);
    g_free(taken);
}

static char *
name_of(gunichar c)
{
    static const struct {
        gunichar code;
        const char *name;
    } keys[] = {{'\r', "Enter"}, {'\n', "Enter"},    {'\t', "Tab"},    {ESCAPE, "Esc"},
                {' ', "Space"},  {127, "Backspace"}, {8, "Backspace"}, {'\\', "Backslash"}};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (keys[i].code == c)
            return g_strdup(keys[i].name);
    if (c < 32)
        return g_strdup_printf("^%c", (char)(c + 64));
    char text[7] = "";
    g_unichar_to_utf8(c, text);
    return g_strdup(text);
}

static void
give(struct sequences *s, char *name)
{
    if (strlen(name) >= SEQUENCE_NAME)
        *g_utf8_find_prev_char(name, name + SEQUENCE_NAME) = '\0';
    struct sequence_taken *taken = g_new0(struct sequence_taken, 1);
    taken->name = name;
    g_queue_push_tail(&s->taken, taken);
}

static void
give_alt(struct sequences *s, gunichar c)
{
    g_autofree char *name = name_of(c);
    give(s, g_strconcat("M-", name, NULL));
}

/* As `cat -v` shows it. */
static void
give_unknown(struct sequences *s)
{
    GString *name = g_string_new("^[");
    for (guint i = 1; i < MIN(s->length, SEQUENCE_LENGTH); i++)
        g_string_append_unichar(name, s->held[i]);
    give(s, g_string_free(name, FALSE));
}

/* --- what is pasted --- */

static void
end_paste(struct sequences *s)
{
    struct sequence_taken *taken = g_new0(struct sequence_taken, 1);
    taken->pasted = g_string_free(g_steal_pointer(&s->pasted), FALSE);
    g_queue_push_tail(&s->taken, taken);
}

/* A text goes on to its end, whatever is in it. */
static void
take_pasted(struct sequences *s, gunichar c)
{
    gsize end = strlen(PASTE_END);
    if (s->pasted->len >= SEQUENCE_PASTED + end) /* what is left out was not the end */
        g_string_erase(s->pasted, SEQUENCE_PASTED, 1);
    if (c == '\r')
        c = '\n';
    if (c)
        g_string_append_unichar(s->pasted, c);
    if (c == '~' && g_str_has_suffix(s->pasted->str, PASTE_END)) {
        g_string_truncate(s->pasted, s->pasted->len - end);
        end_paste(s);
    }
}

bool
sequences_are_pasted(const struct sequences *s)
{
    return s->pasted != NULL;
}

/* --- sequences --- */

/* "ESC [ 200 ~" begins a text, 201 ends one that has none. */
static bool
is_paste(const struct sequences *s)
{
    return s->length == 6 && s->held[2] == '2' && s->held[3] == '0' && s->held[5] == '~';
}

/* Reports of a mouse or of the focus, which nobody here asked for. */
static bool
is_report(const struct sequences *s)
{
    gunichar last = s->held[MIN(s->length, SEQUENCE_LENGTH) - 1];
    return s->held[2] == '<' || last == 'I' || last == 'O' || last == 'M' || last == 'R' ||
           last == 'c' || last == 'n' || last == 't' || is_paste(s);
}

static void
hold(struct sequences *s, gunichar c)
{
    if (s->length < SEQUENCE_LENGTH)
        s->held[s->length] = c;
    else
        s->held[SEQUENCE_LENGTH - 1] = c;
    s->length++;
}

static void take(struct sequences *s, gunichar c);

/* A sequence that is cut short was nothing; the character that cut it is one of its own. */
static void
take_anew(struct sequences *s, gunichar c)
{
    s->length = 0;
    take(s, c);
}

static void
take_second(struct sequences *s, gunichar c)
{
    static const gunichar begins[] = {'[', 'O', ']', 'P', '_'};
    for (gsize i = 0; i < G_N_ELEMENTS(begins); i++) {
        if (c == begins[i]) {
            hold(s, c);
            return;
        }
    }
    if (c == 127 || c == 8 || c > 32) {
        s->length = 0;
        give_alt(s, c);
        return;
    }
    give(s, name_of(ESCAPE));
    take_anew(s, c);
}

/* ECMA-48 §5.4: parameters and intermediates, and one character that ends it. */
static void
take_control(struct sequences *s, gunichar c)
{
    bool clicks = s->length > 2 && s->held[2] == 'M'; /* not told in parameters: X10 */
    if (clicks) {
        hold(s, c);
        if (s->length == 3 + MOUSE_TAIL)
            s->length = 0;
        return;
    }
    if (c < ' ' || c > '~') {
        take_anew(s, c);
        return;
    }
    hold(s, c);
    if (c < '@' || (c == 'M' && s->length == 3))
        return;
    if (c == '[' && s->length == 3)
        return; /* "ESC [ [ A": function keys of the console */
    if (is_paste(s) && s->held[4] == '0')
        s->pasted = g_string_new(NULL);
    else if (!is_report(s))
        give_unknown(s);
    s->length = 0;
}

/* To "ESC \" or the bell. */
static void
take_string(struct sequences *s, gunichar c)
{
    bool escaped = s->length > 2 && s->held[MIN(s->length, SEQUENCE_LENGTH) - 1] == ESCAPE;
    if (escaped && c != '\\') {
        s->length = 0;
        take(s, ESCAPE);
        take(s, c);
    } else if (escaped || c == BELL) {
        s->length = 0;
    } else {
        hold(s, c);
    }
}

static void
take(struct sequences *s, gunichar c)
{
    if (s->length == 0 && c != ESCAPE) {
        give(s, name_of(c));
    } else if (s->length == 0) {
        hold(s, c);
    } else if (s->length == 1) {
        take_second(s, c);
    } else if (s->held[1] == '[') {
        take_control(s, c);
    } else if (s->held[1] == 'O' && c > ' ' && c <= '~') {
        hold(s, c);
        give_unknown(s);
        s->length = 0;
    } else if (s->held[1] == 'O') {
        take_anew(s, c);
    } else {
        take_string(s, c);
    }
}

void
sequences_take(struct sequences *s, gunichar c, gint64 now)
{
    if (s->length && now - s->since >= GAP)
        sequences_end(s);
    if (s->pasted)
        take_pasted(s, c);
    else
        take(s, c);
    s->since = now;
}

void
sequences_end(struct sequences *s)
{
    if (s->length == 1)
        give(s, name_of(ESCAPE));
    else if (s->length == 2)
        give_alt(s, s->held[1]);
    s->length = 0;
}

void
sequences_pause(struct sequences *s, gint64 now)
{
    if (s->pasted && now - s->since >= PASTE_GAP)
        end_paste(s);
    /* curses has waited for what would come behind an escape */
    if (s->length == 1 || (s->length && now - s->since >= GAP))
        sequences_end(s);
}

int
sequences_timeout(const struct sequences *s, gint64 now)
{
    gint64 gap = s->pasted ? PASTE_GAP : GAP;
    return s->length || s->pasted ? (int)(MAX(s->since + gap - now, 0) / 1000 + 1) : -1;
}

bool
sequences_next(struct sequences *s, char name[SEQUENCE_NAME], char **pasted)
{
    struct sequence_taken *next = g_queue_pop_head(&s->taken);
    *pasted = NULL;
    if (!next)
        return false;
    if (next->name)
        g_strlcpy(name, next->name, SEQUENCE_NAME);
    *pasted = g_steal_pointer(&next->pasted);
    free_taken(next);
    return true;
}

void
sequences_clear(struct sequences *s)
{
    g_queue_clear_full(&s->taken, free_taken);
    if (s->pasted)
        g_string_free(g_steal_pointer(&s->pasted), TRUE);
    s->length = 0;
}
