/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting what a question names. */
#include "config.h"

#include "ui/question.h"
#include "text/cells.h"
#include "ui/grid.h"

#include <string.h>

#define CUT   "..." /* which terminals of ASCII have too */
#define LEAST 10    /* cells of a name by which it is known again */

/* With what it quotes in so many cells; NULL: it quotes nothing, or that is too few. */
static char *
with_quoted(const char *question, const char *quoted, int cells)
{
    const char *at = quoted && *quoted ? strstr(question, quoted) : NULL;
    if (!at || cells < LEAST)
        return NULL;
    g_autofree char *cut = cells_cut_middle(quoted, cells, CUT);
    return g_strdup_printf("%.*s%s%s", (int)(at - question), question, cut, at + strlen(quoted));
}

char *
question_fit(const char *question, const char *quoted, int cells)
{
    int over = cells_width(question, -1) - cells;
    if (over <= 0)
        return g_strdup(question);
    return quoted ? with_quoted(question, quoted, cells_width(quoted, -1) - over) : NULL;
}

char *
question_fit_lines(const char *question, const char *quoted, int cells, int lines)
{
    char *text = g_strdup(question);
    int room = quoted ? MIN(cells_width(quoted, -1), cells * lines) : 0;
    while (text && grid_put_paragraph(NULL, 0, 0, cells, lines + 1, text, STYLE_STRONG) > lines) {
        g_free(text);
        text = with_quoted(question, quoted, --room);
    }
    return text;
}
