/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal, by curses, which only ui/term.c and ui/term-keys.c know.  It paints grids, names
 * keys and tells of the mouse.
 */
#pragma once

#include <signal.h>

#include "ui/graphics.h"
#include "ui/theme.h"

#define TERM_ERROR term_error_quark()
GQuark term_error_quark(void);
enum term_error { TERM_ERROR_UNUSABLE };

/* Takes the terminal; false and error when there is none that can be used. */
bool term_start(GError **error);
void term_stop(void);

/* How many colours it has: 0, 8, 16, 256 or 1 << 24 (terminfo's RGB). */
int term_colors(void);

/* How styles look from now on; colors as term_colors() says, or fewer. */
void term_set_theme(const struct theme *theme, int colors);

/* Takes the mouse, or leaves it to the terminal. */
void term_set_mouse(bool on);
/* Says whether the terminal gives characters of ambiguous width two cells, to text/cells.h too. */
void term_set_ambiguous(bool wide);

/*
 * Asks the terminal, once, how it shows pixels, if that is a kind of terminal to ask.  The answers
 * come instead of events; after the last one there is TERM_ANSWER.
 */
void term_ask_graphics(void);
/* What it has answered: the way, for cells of the size that they have now; or none. */
struct graphics_way term_graphics(void);
/* In which way pictures are shown from now on; kind GRAPHICS_NONE: in cells. */
void term_set_graphics(const struct graphics_way *way);

void term_size(int *width, int *height);

/* Paints what differs from what is shown; `all` repaints everything. */
void term_paint(const struct grid *grid, bool all);

enum term_event_kind {
    TERM_KEY,
    TERM_PASTE,
    TERM_RESIZE,
    TERM_CLICK,
    TERM_WHEEL_UP,
    TERM_WHEEL_DOWN,
    TERM_ANSWER
};

struct term_event {
    enum term_event_kind kind;
    char key[16]; /* its name: reader/keymap.h */
    char *pasted; /* owned: a text, of any characters but NUL; NULL for all others */
    int x, y;     /* of the mouse */
};

/* Gives the terminal to another program as it was before term_start(), and takes it back. */
void term_lend(void);
void term_take_back(void);

/*
 * While another program has the terminal, ^C and ^\ are for it alone, and if all that runs there
 * is stopped (^Z), this program is too, as the shell expects, and not as curses would do it.
 */
struct term_signals {
    struct sigaction before[3];
};
void term_signals_lend(struct term_signals *signals);
void term_signals_take_back(const struct term_signals *signals);

/* Whether the terminal may have a clipboard that takes OSC 52: ui/osc52.h. */
bool term_copies(void);
/* Writes bytes past curses: a sequence that moves nothing. */
void term_write(const char *sequence);

/* The next event that waits, without blocking; false if there is none. */
bool term_event(struct term_event *event);
/* Milliseconds until there is one, or something to paint, without the terminal; -1: never. */
int term_timeout(void);

/* Whether every character of text can be shown, each in one cell. */
bool term_can_show(const char *text);
