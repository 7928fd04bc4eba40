/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How styles look: colours and attributes from a theme file, brought to what a terminal can show.
 *
 *     [Theme]
 *     Name=Dark
 *     [Styles]
 *     heading=bold cyan
 *     match=black on #ffd75f
 *     bar=reverse
 *     [Styles16]
 *     bar=white on blue
 *
 * [Styles16] is what holds on terminals of 16 colours and fewer, where the nearest ones of
 * [Styles] would be too much alike.
 * A colour is black red green yellow blue magenta cyan white, one of these after bright-, a number
 * of the 256-colour palette, #rrggbb, or default; attributes are bold dim italic underline reverse.
 * A style that a file does not name looks as in the default theme.  crier.conf(5) has more.
 */
#pragma once

#include "ui/grid.h"

enum attribute {
    ATTRIBUTE_BOLD = 1 << 0,
    ATTRIBUTE_DIM = 1 << 1,
    ATTRIBUTE_ITALIC = 1 << 2,
    ATTRIBUTE_UNDERLINE = 1 << 3,
    ATTRIBUTE_REVERSE = 1 << 4,
};

/* COLOR_OWN (the terminal's), a number of the 256-colour palette, or COLOR_RGB | 0xrrggbb. */
#define COLOR_OWN (-1)
#define COLOR_RGB (1 << 24)

struct look {
    int foreground, background;
    guint attributes; /* enum attribute, or-ed */
};

struct theme {
    struct look looks[STYLE_COUNT];
    struct look few[STYLE_COUNT]; /* for 16 colours and fewer */
    bool has_few[STYLE_COUNT];    /* which of these are stated */
};

/* The name of a style in theme files ("unread"). */
const char *theme_style_name(enum style style);

/* Reads a theme file's text; errors (CONFIG_ERROR_SYNTAX) name file and line. */
bool theme_parse(struct theme *theme, const char *name, const char *text, GError **error);

/*
 * The theme of that name: themes/NAME.theme in the configuration, else installed; "default" is
 * compiled in, too.  On an error *theme is the default one, and what could be read.
 */
bool theme_load(struct theme *theme, const char *config_dir, const char *name, GError **error);

/*
 * A look for a terminal of so many colours: 0 (attributes alone), 8, 16, 256 or 1 << 24.  What is
 * to be told apart by colour stays apart where there is none, by the monochrome theme.
 */
struct look theme_look(const struct theme *theme, enum style style, int colors);

/*
 * Whether its text is dark, or stands on what is light: then the terminal's own ground is taken for
 * a light one, too.
 */
bool theme_is_light(const struct theme *theme);

/* "bold cyan on default", as theme files write it; newly allocated. */
char *theme_describe(const struct look *look);
