/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Themes read, and brought to fewer colours. */
#include "config.h"

#include "ui/theme.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/paths.h"
#include "config/keyfile.h"
#include "config/settings.h"
#include "ui/default-theme.h"

#include <stdlib.h>
#include <string.h>

#define MANY       "Styles"
#define FEW        "Styles16"
#define FEW_COLORS 16 /* at which these hold */

static const char *const style_names[STYLE_COUNT] = {
    [STYLE_NORMAL] = "normal",     [STYLE_BAR] = "bar",         [STYLE_TITLE] = "title",
    [STYLE_HINT] = "hint",         [STYLE_DIM] = "dim",         [STYLE_STRONG] = "strong",
    [STYLE_EMPHASIS] = "emphasis", [STYLE_HEADING] = "heading", [STYLE_CODE] = "code",
    [STYLE_QUOTE] = "quote",       [STYLE_LINK] = "link",       [STYLE_FOCUS] = "focus",
    [STYLE_UNREAD] = "unread",     [STYLE_MATCH] = "match",     [STYLE_FOUND] = "found",
    [STYLE_ERROR] = "error",       [STYLE_STAR] = "star",       [STYLE_SELECTED] = "selected",
    [STYLE_BORDER] = "border",     [STYLE_DELETED] = "deleted", [STYLE_INSERTED] = "inserted",
};

/* Without colours: what a terminal of 1980 can do. */
static const struct look monochrome[STYLE_COUNT] = {
    [STYLE_NORMAL] = {COLOR_OWN, COLOR_OWN, 0},
    [STYLE_BAR] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_UNDERLINE},
    [STYLE_TITLE] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_UNDERLINE | ATTRIBUTE_BOLD},
    [STYLE_HINT] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_DIM},
    [STYLE_DIM] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_DIM},
    [STYLE_STRONG] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_BOLD},
    [STYLE_EMPHASIS] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_UNDERLINE},
    [STYLE_HEADING] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_BOLD},
    [STYLE_CODE] = {COLOR_OWN, COLOR_OWN, 0},
    [STYLE_QUOTE] = {COLOR_OWN, COLOR_OWN, 0},
    [STYLE_LINK] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_UNDERLINE},
    [STYLE_FOCUS] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_REVERSE},
    [STYLE_UNREAD] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_BOLD},
    [STYLE_MATCH] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_BOLD | ATTRIBUTE_UNDERLINE},
    [STYLE_FOUND] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_REVERSE | ATTRIBUTE_UNDERLINE},
    [STYLE_ERROR] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_BOLD},
    [STYLE_STAR] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_BOLD},
    [STYLE_SELECTED] = {COLOR_OWN, COLOR_OWN,
                        ATTRIBUTE_BOLD | ATTRIBUTE_REVERSE | ATTRIBUTE_UNDERLINE},
    [STYLE_BORDER] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_DIM},
    [STYLE_DELETED] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_DIM},
    [STYLE_INSERTED] = {COLOR_OWN, COLOR_OWN, ATTRIBUTE_UNDERLINE},
};

static const char *const color_names[] = {"black", "red",     "green", "yellow",
                                          "blue",  "magenta", "cyan",  "white"};
static const char *const attribute_names[] = {"bold", "dim", "italic", "underline", "reverse"};

const char *
theme_style_name(enum style style)
{
    return style_names[style];
}

static bool
parse_color(const char *word, int *color)
{
    bool bright = g_str_has_prefix(word, "bright-");
    const char *name = bright ? word + strlen("bright-") : word;
    for (size_t i = 0; i < G_N_ELEMENTS(color_names); i++) {
        if (g_str_equal(name, color_names[i])) {
            *color = (int)i + (bright ? 8 : 0);
            return true;
        }
    }
    if (*word == '#' && strlen(word) == 7 && strspn(word + 1, "0123456789abcdefABCDEF") == 6) {
        *color = 0;
        for (const char *digit = word + 1; *digit; digit++)
            *color = *color << 4 | g_ascii_xdigit_value(*digit);
        *color |= COLOR_RGB;
        return true;
    }
    gint64 number;
    if (g_str_equal(word, "default"))
        *color = COLOR_OWN;
    else if (number_parse(word, 0, 255, &number))
        *color = (int)number;
    else
        return false;
    return true;
}

/* "bold cyan on black"; the word that is wrong, or NULL. */
static const char *
parse_look(char **words, struct look *look)
{
    bool background = false;
    *look = (struct look){COLOR_OWN, COLOR_OWN, 0};
    for (char **word = words; *word; word++) {
        bool known = !**word;
        for (guint i = 0; i < G_N_ELEMENTS(attribute_names) && !known; i++) {
            known = g_str_equal(*word, attribute_names[i]);
            if (known)
                look->attributes |= 1u << i;
        }
        if (!known && g_str_equal(*word, "on"))
            known = background = true;
        else if (!known)
            known = parse_color(*word, background ? &look->background : &look->foreground);
        if (!known)
            return *word;
    }
    return NULL;
}

static bool
read_style(struct theme *theme, const struct keyfile *file, const char *group, const char *key,
           GError **error)
{
    g_autofree char *value = keyfile_value(file, group, key);
    g_auto(GStrv) words = g_strsplit(value, " ", -1);
    int line = keyfile_line(file, group, key);
    bool few = g_str_equal(group, FEW);
    for (int i = 0; i < STYLE_COUNT; i++) {
        if (!g_str_equal(key, style_names[i]))
            continue;
        const char *wrong = parse_look(words, few ? &theme->few[i] : &theme->looks[i]);
        theme->has_few[i] = few;
        if (wrong)
            g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                        _("%s:%d: '%s' is neither a colour nor an attribute"), keyfile_name(file),
                        line, wrong);
        return !wrong;
    }
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: unknown style '%s'"),
                keyfile_name(file), line, key);
    return false;
}

static bool
read_styles(struct theme *theme, const struct keyfile *file, const char *group, GError **error)
{
    g_auto(GStrv) groups = keyfile_groups(file);
    g_auto(GStrv) keys =
        g_strv_contains((const char *const *)groups, group) ? keyfile_keys(file, group) : NULL;
    for (char **key = keys; key && *key; key++)
        if (!read_style(theme, file, group, *key, error))
            return false;
    return true;
}

bool
theme_parse(struct theme *theme, const char *name, const char *text, GError **error)
{
    AUTO(keyfile_free) struct keyfile *file = keyfile_parse(name, text, error);
    if (!file)
        return false;
    g_auto(GStrv) groups = keyfile_groups(file);
    for (char **group = groups; *group; group++) {
        if (g_str_equal(*group, "Theme") || g_str_equal(*group, MANY) || g_str_equal(*group, FEW))
            continue;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: unknown group [%s]"), name,
                    keyfile_line(file, *group, NULL), *group);
        return false;
    }
    return read_styles(theme, file, MANY, error) && read_styles(theme, file, FEW, error);
}

static bool
read_file(struct theme *theme, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) why = NULL;
    if (file_get_text(path, &text, NULL, &why))
        return theme_parse(theme, path, text, error);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot read '%s': %s"), path,
                why->message);
    return false;
}

/*
 * The theme that the others start from: a file of that name where there is one, else the one
 * compiled in.
 */
static bool
load_default(struct theme *theme, const char *config_dir, GError **error)
{
    g_autofree char *path = paths_find(config_dir, "themes", "default", "theme");
    return path ? read_file(theme, path, error)
                : theme_parse(theme, "default.theme", default_theme, error);
}

bool
theme_load(struct theme *theme, const char *config_dir, const char *name, GError **error)
{
    *theme = (struct theme){0};
    memcpy(theme->looks, monochrome, sizeof monochrome);
    if (!load_default(theme, config_dir, error))
        return false;
    if (g_str_equal(name, "default"))
        return true;
    g_autofree char *path = paths_find(config_dir, "themes", name, "theme");
    if (path)
        return read_file(theme, path, error);
    g_autofree char *names = paths_names_text(config_dir, "themes", "theme", "default");
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("unknown theme '%s' (%s)"), name,
                names);
    return false;
}

/* --- fewer colours ----------------------------------------------------------------------- */

/* The first 16 colours as xterm has them, the cube and the greys: 0xrrggbb. */
static int
rgb_of(int color)
{
    static const int first[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                  0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                  0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
    static const int steps[6] = {0, 95, 135, 175, 215, 255};
    if (color & COLOR_RGB)
        return color & 0xffffff;
    if (color < 16)
        return first[color];
    if (color < 232)
        return steps[(color - 16) / 36] << 16 | steps[(color - 16) / 6 % 6] << 8 |
               steps[(color - 16) % 6];
    int grey = 8 + 10 * (color - 232);
    return grey << 16 | grey << 8 | grey;
}

static int
distance(int one, int other)
{
    int red = (one >> 16) - (other >> 16), green = (one >> 8 & 255) - (other >> 8 & 255),
        blue = (one & 255) - (other & 255);
    return 3 * red * red + 4 * green * green + 2 * blue * blue;
}

/* The nearest of the colours [from, to). */
static int
nearest(int color, int from, int to)
{
    int rgb = rgb_of(color), best = from;
    for (int i = from + 1; i < to; i++)
        if (distance(rgb, rgb_of(i)) < distance(rgb, rgb_of(best)))
            best = i;
    return best;
}

static int
reduce(int color, int colors)
{
    if (color == COLOR_OWN)
        return color;
    if (colors >= COLOR_RGB)
        return color & COLOR_RGB || color < 8
                   ? color
                   : COLOR_RGB | rgb_of(color); /* there, small numbers alone are the palette's */
    if (!(color & COLOR_RGB) && color < colors)
        return color;
    if (!(color & COLOR_RGB) && color < 16)
        return color - 8; /* a bright one, without brightness */
    return colors >= 256 ? nearest(color, 16, 256) : nearest(color, 0, colors);
}

struct look
theme_look(const struct theme *theme, enum style style, int colors)
{
    struct look look = theme->looks[style];
    if (colors <= FEW_COLORS && theme->has_few[style])
        look = theme->few[style];
    if (colors < 8) {
        look = monochrome[style];
        look.attributes |= theme->looks[style].attributes & ATTRIBUTE_REVERSE;
        return look;
    }
    look.foreground = reduce(look.foreground, colors);
    look.background = reduce(look.background, colors);
    /* they have become one */
    if (look.foreground == look.background && look.foreground != COLOR_OWN) {
        look.foreground = look.background = COLOR_OWN;
        look.attributes |= ATTRIBUTE_REVERSE;
    }
    return look;
}

static bool
is_bright(int color)
{
    return distance(rgb_of(color), 0xffffff) < distance(rgb_of(color), 0);
}

bool
theme_is_light(const struct theme *theme)
{
    const struct look *look = &theme->looks[STYLE_NORMAL];
    bool reverse = look->attributes & ATTRIBUTE_REVERSE;
    int ink = reverse ? look->background : look->foreground,
        paper = reverse ? look->foreground : look->background;
    return paper != COLOR_OWN ? is_bright(paper) : ink != COLOR_OWN && !is_bright(ink);
}

static void
append_color(GString *text, int color)
{
    if (color == COLOR_OWN)
        g_string_append(text, "default");
    else if (color & COLOR_RGB)
        g_string_append_printf(text, "#%06x", (guint)color & 0xffffff);
    else if (color < 16)
        g_string_append_printf(text, "%s%s", color < 8 ? "" : "bright-", color_names[color % 8]);
    else
        g_string_append_printf(text, "%d", color);
}

char *
theme_describe(const struct look *look)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(attribute_names); i++)
        if (look->attributes & 1u << i)
            g_string_append_printf(text, "%s ", attribute_names[i]);
    append_color(text, look->foreground);
    if (look->background != COLOR_OWN) {
        g_string_append(text, " on ");
        append_color(text, look->background);
    }
    return g_string_free(text, FALSE);
}
