/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue to choose from. */
#include "config.h"

#include "ui/welcome.h"
#include "base/i18n.h"
#include "config/catalogue.h"
#include "text/cells.h"
#include "ui/views.h"

#include <string.h>

#define MIN_ROWS 3 /* of the catalogue, before help gives way to it */

struct choice {
    char *id, *text;
    bool own; /* it has an edition in the user's language */
};

struct welcome {
    GPtrArray *choices; /* owned struct choice * */
    int64_t cursor, top;
    int height; /* of the part that holds choices */
};

static void
choice_free(gpointer data)
{
    struct choice *choice = data;
    g_free(choice->id);
    g_free(choice->text);
    g_free(choice);
}

/* Whether a portal has an edition that a user of this locale reads. */
static bool
is_own(const struct portal *portal)
{
    const char *language = g_get_language_names_with_category("LC_MESSAGES")[0];
    if (g_str_equal(language, "C") || g_str_has_prefix(language, "C."))
        language = "en";
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        size_t length = strcspn(edition->language, "-");
        if (!g_ascii_strncasecmp(edition->language, language, length) && !g_ascii_isalpha(language[length]))
            return true;
    }
    return false;
}

static int
compare(gconstpointer a, gconstpointer b)
{
    const struct choice *one = *(const struct choice *const *)a, *other = *(const struct choice *const *)b;
    return one->own != other->own ? other->own - one->own : strcmp(one->id, other->id);
}

struct welcome *
welcome_new(struct app *app)
{
    struct welcome *w = g_new0(struct welcome, 1);
    w->choices = g_ptr_array_new_with_free_func(choice_free);
    g_autoptr(GPtrArray) paths = catalogue_paths(app->session->context->config_dir);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GError) error = NULL;
        AUTO(portal_free) struct portal *portal = portal_load(g_ptr_array_index(paths, i), &error);
        if (!portal) {
            app_complain(app, "%s", error->message);
            continue;
        }
        struct choice *choice = g_new0(struct choice, 1);
        *choice = (struct choice){g_strdup(portal->id), g_strdup_printf("%s - %s", portal->id, portal_name(portal->names)), is_own(portal)};
        g_ptr_array_add(w->choices, choice);
    }
    g_ptr_array_sort(w->choices, compare);
    return w;
}

void
welcome_free(struct welcome *w)
{
    g_ptr_array_unref(w->choices);
    g_free(w);
}

/* A paragraph from line y on; the line after it. */
static int
put_paragraph(struct grid *grid, int left, int width, int y, int end, const char *text, enum style style)
{
    gsize length = strlen(text), at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    while (at < length && y < end) {
        gsize next;
        gsize stop = cells_line(text, length, at, breaks, width, &next);
        g_autofree char *part = g_strndup(text + at, stop - at);
        grid_put(grid, left, y++, part, width, style);
        at = next;
    }
    return y;
}

void
welcome_draw(struct welcome *w, struct app *app, struct grid *grid, int top, int height)
{
    int left, width, end = top + height;
    app_measure(app, &left, &width);
    int y = put_paragraph(grid, left, width, top + (height > 12 ? 1 : 0), end, _("Nothing is subscribed to yet."), STYLE_HEADING) + 1;
    if (!w->choices->len) {
        put_paragraph(grid, left, width, y, end, _("Press a and paste the URL of a feed or a news page. Enter subscribes and fetches."), STYLE_NORMAL);
        return;
    }
    y = put_paragraph(grid, left, width, y, end - MIN_ROWS,
                      _("Choose a portal with Enter, or press a and paste the URL of a feed or a news page."), STYLE_NORMAL);
    y = MIN(y + 1, MAX(end - MIN_ROWS, top));
    w->height = end - y;
    w->top = CLAMP(w->top, MAX(w->cursor - w->height + 1, 0), w->cursor);
    for (int i = 0; i < w->height && w->top + i < (int64_t)w->choices->len; i++) {
        const struct choice *choice = g_ptr_array_index(w->choices, w->top + i);
        g_autofree char *cut = cells_ellipsize(choice->text, width - 2, app_sign(app, "…", "~"));
        grid_put(grid, left + 2, y + i, cut, width, STYLE_NORMAL);
        if (w->top + i == w->cursor) {
            grid_restyle(grid, 0, y + i, grid->width, STYLE_FOCUS);
            grid->cursor_x = left + 2;
            grid->cursor_y = y + i;
        }
    }
}

bool
welcome_act(struct welcome *w, enum action action, int count)
{
    int64_t last = (int64_t)w->choices->len - 1, to = motion(action, w->cursor, last, w->height, count);
    if (action == ACTION_NEXT || action == ACTION_PREVIOUS)
        to = CLAMP(w->cursor + (action == ACTION_NEXT ? 1 : -1), 0, MAX(last, 0));
    if (to < 0)
        return false;
    w->cursor = to;
    return true;
}

const char *
welcome_choice(const struct welcome *w)
{
    return w->choices->len ? ((const struct choice *)g_ptr_array_index(w->choices, w->cursor))->id : NULL;
}
