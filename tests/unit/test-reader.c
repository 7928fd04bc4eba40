/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, and cells of the screen. */
#include "config.h"

#include "config/command.h"
#include "reader/history.h"
#include "reader/keymap.h"
#include "reader/list-date.h"
#include "reader/save.h"
#include "ui/grid.h"
#include "ui/theme.h"
#include "unit/kit.h"

static enum action
action_of(const struct keymap *keymap, enum action_context context, const char *keys)
{
    bool more;
    return keymap_action(keymap, context, keys, &more);
}

static void
test_keymap(void)
{
    AUTO(context_free) struct context *context = context_new();
    AUTO(keymap_free) struct keymap *keymap = keymap_new(context, NULL);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "j"), ==, ACTION_DOWN);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "о"), ==, ACTION_DOWN); /* ЙЦУКЕН */
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "П"), ==, ACTION_LAST);
    g_assert_cmpint(action_of(keymap, CONTEXT_SECTIONS, "L"), ==, ACTION_NONE);
    g_assert_cmpint(action_of(keymap, CONTEXT_READER, "L"), ==, ACTION_EDITION);
    g_assert_cmpint(action_of(keymap, CONTEXT_READER, "^D"), ==, ACTION_HALF_DOWN);
    /* what an input method makes of the same keys */
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "ｊ"), ==, ACTION_DOWN);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "？"), ==, ACTION_HELP);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "、"), ==, ACTION_SEARCH);
    g_assert_cmpint(action_of(keymap, CONTEXT_READER, "《"), ==, ACTION_SHIFT_RESET);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "图"), ==, ACTION_NONE);
}

static void
test_sequences(void)
{
    AUTO(context_free) struct context *context = context_new();
    AUTO(keymap_free) struct keymap *keymap = keymap_new(context, NULL);
    bool more;
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "S", &more), ==, ACTION_NONE);
    g_assert_true(more);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "S t", &more), ==, ACTION_SORT_TITLE);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "Ы е", &more), ==, ACTION_SORT_TITLE);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "S x", &more), ==, ACTION_NONE);
    g_assert_false(more);
    g_autoptr(GPtrArray) ways = keymap_continuations(keymap, CONTEXT_LIST, "S");
    g_assert_cmpuint(ways->len, ==, 5);
    g_assert_cmpstr(((const struct continuation *)g_ptr_array_index(ways, 0))->key, ==, "d");
    g_autofree char *keys = keymap_keys(keymap, CONTEXT_LIST, ACTION_SORT_TITLE);
    g_assert_cmpstr(keys, ==, "St");
}

static void
bind(struct context *context, const char *where, const char *keys, const char *action)
{
    struct binding *binding = g_new0(struct binding, 1);
    *binding = (struct binding){g_strdup(where), g_strdup(keys), g_strdup(action),
                                g_strdup("crier.conf:1")};
    g_ptr_array_add(context->bindings, binding);
}

static void
test_bindings(void)
{
    AUTO(context_free) struct context *context = context_new();
    bind(context, "list", "x", "toggle-star");
    bind(context, "", "g", "none");
    bind(context, "", "g<Enter>", "first");
    bind(context, "", "g^L", "redraw");
    AUTO(keymap_free) struct keymap *keymap = keymap_new(context, NULL);
    bool more;
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "x"), ==, ACTION_TOGGLE_STAR);
    g_assert_cmpint(action_of(keymap, CONTEXT_READER, "x"), ==, ACTION_FETCH_PAGE);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "g", &more), ==, ACTION_NONE);
    g_assert_true(more);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "g Enter"), ==, ACTION_FIRST);
    g_assert_cmpint(action_of(keymap, CONTEXT_LIST, "g ^L"), ==, ACTION_REDRAW);
    g_autofree char *keys = keymap_keys(keymap, CONTEXT_LIST, ACTION_FIRST);
    g_assert_cmpstr(keys, ==, "Home g<Enter>");
    static const char *const wrong[][3] = {
        {"lists", "x", "down"}, {"list", "g<Return>", "down"}, {"list", "x", "downwards"}};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        AUTO(context_free) struct context *bad = context_new();
        g_autoptr(GError) error = NULL;
        bind(bad, wrong[i][0], wrong[i][1], wrong[i][2]);
        g_assert_null(keymap_new(bad, &error));
        g_assert_true(g_error_matches(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX));
    }
}

static void
test_theme(void)
{
    struct theme theme = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(theme_parse(
        &theme, "x.theme",
        "[Theme]\nName=X\n[Styles]\nlink=underline #5fd7d7 on bright-red\nfocus=bold 17 on 17\n",
        &error));
    struct look look = theme_look(&theme, STYLE_LINK, 1 << 24);
    g_autofree char *direct = theme_describe(&look);
    g_assert_cmpstr(direct, ==, "underline #5fd7d7 on #ff0000");
    look = theme_look(&theme, STYLE_LINK, 256);
    g_autofree char *cube = theme_describe(&look);
    g_assert_cmpstr(cube, ==, "underline 80 on bright-red");
    look = theme_look(&theme, STYLE_LINK, 16);
    g_autofree char *sixteen = theme_describe(&look);
    g_assert_cmpstr(sixteen, ==, "underline cyan on bright-red");
    look = theme_look(&theme, STYLE_LINK, 8);
    g_autofree char *eight = theme_describe(&look);
    g_assert_cmpstr(eight, ==, "underline cyan on red");
    look = theme_look(&theme, STYLE_LINK, 0);
    g_autofree char *none = theme_describe(&look);
    g_assert_cmpstr(none, ==, "underline default");
    look = theme_look(&theme, STYLE_FOCUS, 8); /* text on its own colour would be invisible */
    g_autofree char *apart = theme_describe(&look);
    g_assert_cmpstr(apart, ==, "bold reverse default");
    static const char *const wrong[] = {"[Styles]\nlinks=red\n", "[Styles]\nlink=reddish\n",
                                        "[Styles]\nlink=256\n", "[Style]\nlink=red\n",
                                        "[Styles]\nlink=#5fd7d\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) why = NULL;
        g_assert_false(theme_parse(&theme, "x.theme", wrong[i], &why));
        g_assert_nonnull(strstr(why->message, "x.theme:"));
    }
}

/* Dates in lists on 2026-11-25, 12:00 in Beijing. */
static void
test_list_dates(void)
{
    static const struct {
        int64_t seconds_ago;
        enum date_precision precision;
        const char *iso, *narrow, *local, *relative;
    } cases[] = {
        {600, DATE_MINUTE, "11:50", "11:50", "11:50", "10 min"},
        {7200, DATE_MINUTE, "10:00", "10:00", "10:00", "2 h"},
        {12 * 3600, DATE_DAY, "today", "today", "today", "today"},
        {13 * 3600, DATE_MINUTE, "2026-11-24", "11-24", "24 Nov", "13 h"},
        {20 * 86400, DATE_MINUTE, "2026-11-05", "11-05", "5 Nov", "2 w"},
        {328 * 86400, DATE_DAY, "2026-01-01", "01-01", "1 Jan", "10 mo"},
        {329 * 86400, DATE_DAY, "2025-12-31", "2025-12", "31 Dec 2025", "10 mo"},
        {399 * 86400, DATE_MINUTE, "2025-10-22", "2025-10", "22 Oct 2025", "1 y"},
        {-86400, DATE_MINUTE, "2026-11-26", "11-26", "26 Nov", "11-26"}, /* it is still to come */
        {0, DATE_NONE, "", "", "", ""},
    };
    int64_t now = 1795579200;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct date date = {
            .time = now - cases[i].seconds_ago, .offset = 480, .precision = cases[i].precision};
        g_autofree char *iso = list_date(&date, now, UI_DATES_ISO, false),
                        *narrow = list_date(&date, now, UI_DATES_ISO, true),
                        *local = list_date(&date, now, UI_DATES_LOCAL, false),
                        *relative = list_date(&date, now, UI_DATES_RELATIVE, true);
        g_assert_cmpstr(iso, ==, cases[i].iso);
        g_assert_cmpstr(narrow, ==, cases[i].narrow);
        g_assert_cmpstr(local, ==, cases[i].local);
        g_assert_cmpstr(relative, ==, cases[i].relative);
        g_assert_cmpint(cells_width(narrow, -1), <=, list_date_cells(UI_DATES_ISO, true));
        g_assert_cmpint(list_date_is_short(&date, now), ==,
                        cells_width(narrow, -1) <= LIST_DATE_SHORT);
        g_assert_cmpint(list_date_is_of_year(&date, now), ==, strlen(narrow) < strlen("2025-10"));
        g_assert_cmpint(cells_width(relative, -1), <=, list_date_cells(UI_DATES_RELATIVE, true));
    }
}

/* What a look does to empty cells: what rows are told apart by at a glance. */
static int
surface(const struct look *look)
{
    bool reverse = look->attributes & ATTRIBUTE_REVERSE;
    int color = reverse ? look->foreground : look->background;
    return color * 4 + (reverse ? 1 : 0) + (look->attributes & ATTRIBUTE_UNDERLINE ? 2 : 0);
}

/*
 * A bar, the row under the cursor, a selected one and the others, and the match on which one is and
 * other ones: in no theme two of them alike.
 */
static void
test_distinct(void)
{
    static const enum style rows[] = {STYLE_NORMAL, STYLE_BAR, STYLE_FOCUS, STYLE_SELECTED};
    static const int depths[] = {0, 8, 16, 256, 1 << 24};
    static const char *const names[] = {"default", "dark", "light", "high-contrast", "monochrome"};
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "data", NULL);
    for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
        struct theme theme;
        g_autoptr(GError) error = NULL;
        theme_load(&theme, folder, names[n], &error);
        g_assert_no_error(error);
        for (size_t d = 0; d < G_N_ELEMENTS(depths); d++) {
            struct look match = theme_look(&theme, STYLE_MATCH, depths[d]),
                        found = theme_look(&theme, STYLE_FOUND, depths[d]);
            g_assert_cmpint(surface(&match), !=, surface(&found));
            for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct look one = theme_look(&theme, rows[i], depths[d]);
                for (size_t j = 0; j < i; j++) {
                    struct look other = theme_look(&theme, rows[j], depths[d]);
                    if (surface(&one) == surface(&other))
                        g_test_message("%s, %d: %s like %s", names[n], depths[d],
                                       theme_style_name(rows[i]), theme_style_name(rows[j]));
                    g_assert_cmpint(surface(&one), !=, surface(&other));
                }
            }
        }
    }
}

/* On the background for which a theme is made nothing has that background's colour. */
static void
test_legible(void)
{
    static const struct {
        const char *name;
        int color; /* of the background, at 8 and 16 colours */
    } themes[] = {{"dark", 0}, {"light", 7}};
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "data", NULL);
    for (size_t n = 0; n < G_N_ELEMENTS(themes); n++) {
        struct theme theme;
        g_assert_true(theme_load(&theme, folder, themes[n].name, NULL));
        for (int style = 0; style < STYLE_COUNT; style++) {
            for (int colors = 8; colors <= 16; colors += 8) {
                struct look look = theme_look(&theme, (enum style)style, colors);
                if (look.background == COLOR_OWN && look.foreground == themes[n].color)
                    g_test_message("%s, %d: %s", themes[n].name, colors,
                                   theme_style_name((enum style)style));
                g_assert_true(look.background != COLOR_OWN || look.foreground != themes[n].color);
            }
        }
    }
}

/* What themes say of the terminal's ground, which they do not know. */
static void
test_light(void)
{
    static const char *const light[] = {"normal=#303030", "normal=black", "normal=default on white",
                                        "normal=red on #ffffd7", "normal=reverse white on black"},
                             *const dark[] = {"normal=#d0d0d0", "normal=default", "bar=black",
                                              "normal=black on blue",
                                              "normal=reverse black on white"};
    for (size_t i = 0; i < G_N_ELEMENTS(light); i++) {
        for (int is_light = 0; is_light < 2; is_light++) {
            g_autofree char *text =
                g_strdup_printf("[Styles]\n%s\n", is_light ? light[i] : dark[i]);
            struct theme theme;
            g_assert_true(theme_load(&theme, "/nonexistent", "default", NULL));
            g_assert_true(theme_parse(&theme, "x.theme", text, NULL));
            g_test_message("%s", text);
            g_assert_true(theme_is_light(&theme) == is_light);
        }
    }
    struct theme theme;
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "data", NULL);
    g_assert_true(theme_load(&theme, folder, "light", NULL) && theme_is_light(&theme));
    g_assert_true(theme_load(&theme, folder, "dark", NULL) && !theme_is_light(&theme));
}

/* Styles for few colours hold there alone; a theme that states a style anew does away with them. */
static void
test_few_colors(void)
{
    struct theme theme = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(theme_parse(&theme, "x.theme",
                              "[Styles]\nbar=#303030\n[Styles16]\nbar=white on blue\n", &error));
    struct look look = theme_look(&theme, STYLE_BAR, 256);
    g_autofree char *many = theme_describe(&look);
    g_assert_cmpstr(many, ==, "236");
    look = theme_look(&theme, STYLE_BAR, 16);
    g_autofree char *few = theme_describe(&look);
    g_assert_cmpstr(few, ==, "white on blue");
    g_assert_true(theme_parse(&theme, "y.theme", "[Styles]\nbar=green\n", &error));
    look = theme_look(&theme, STYLE_BAR, 8);
    g_autofree char *anew = theme_describe(&look);
    g_assert_cmpstr(anew, ==, "green");
}

/* Where nothing is installed there is the default theme all the same, and no word about it. */
static void
test_no_themes(void)
{
    g_autofree char *stated = g_strdup(g_getenv("CRIER_DATADIR"));
    g_setenv("CRIER_DATADIR", "/nonexistent", TRUE);
    struct theme theme, other;
    g_autoptr(GError) error = NULL;
    g_assert_true(theme_load(&theme, "/nonexistent", "default", &error));
    struct look look = theme_look(&theme, STYLE_HEADING, 8);
    g_autofree char *heading = theme_describe(&look);
    g_assert_cmpstr(heading, ==, "bold cyan");
    g_assert_false(theme_load(&other, "/nonexistent", "dark", &error));
    g_assert_cmpstr(error->message, ==, "unknown theme 'dark' (default)");
    g_assert_cmpmem(&theme, sizeof theme, &other, sizeof other);
    AUTO(context_free) struct context *context = context_new();
    g_autoptr(GError) why = NULL;
    g_assert_true(context_set(context, "ui.keymap=emacs", NULL));
    g_assert_null(keymap_new(context, &why));
    g_assert_cmpstr(why->message, ==, "unknown keymap 'emacs' (crier)");
    if (stated)
        g_setenv("CRIER_DATADIR", stated, TRUE);
    else
        g_unsetenv("CRIER_DATADIR");
}

static void
test_secrets(void)
{
    static const char *const kept[] = {
        "bridge",        "set ui.mouse=no",   "ann@example.org", "source:news is:unread",
        "basic income",  "tag:water OR -key", "12:30",           "http://news.example/?id=5",
        "title:password"};
    static const char *const dropped[] = {"set fetch.proxy=http://ann:secret@127.0.0.1:1",
                                          "set fetch.proxy=ann:secret@127.0.0.1:1",
                                          "set fetch.proxy=secret@127.0.0.1",
                                          "set  fetch.proxy = ann:secret@127.0.0.1:1",
                                          "set fetch.header.Cookie=secret",
                                          "set Fetch.Header.Cookie secret",
                                          "set sync.server=ann:secret@rss.example",
                                          "ann:secret@news.example/feed",
                                          "news.example/feed?token=secret",
                                          "http://news.example/feed?key=secret",
                                          "password=secret",
                                          "Cookie: secret",
                                          "Authorization: Basic c2VjcmV0",
                                          "run 'curl -H \"Authorization: secret\"'",
                                          "a\nb",
                                          ""};
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
        if (!history_may_keep(kept[i]))
            g_error("it is not kept: %s", kept[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
        if (history_may_keep(dropped[i]))
            g_error("it is kept: %s", dropped[i]);
    g_autofree char *argument = command_public("--set=fetch.proxy=ann:secret@host:8080");
    g_assert_cmpstr(argument, ==, "--set=fetch.proxy=***@host:8080");
}

static void
test_save_name(void)
{
    g_autofree char *plain = save_name("Water: off/on", ".md");
    g_assert_cmpstr(plain, ==, "Water- off-on.md");
    g_autofree char *hidden = save_name("../../.bashrc", "");
    g_assert_cmpstr(hidden, ==, "_.-..-.bashrc");
    g_autofree char *option = save_name(" -rf", ".txt"), *broken = save_name("a\xfd", "");
    g_assert_cmpstr(option, ==, "_rf.txt");
    g_assert_cmpstr(broken, ==, "a\ufffd");
    g_autofree char *empty = save_name("  ", ".txt");
    g_assert_cmpstr(empty, ==, "article.txt");
    GString *title = g_string_new(NULL);
    for (int i = 0; i < 10000; i++)
        g_string_append(title, "图");
    g_autofree char *longest = save_name(title->str, ".txt");
    g_assert_cmpuint(strlen(longest), ==, 124);
    g_assert_true(g_utf8_validate(longest, -1, NULL));
    g_string_free(title, TRUE);
}

static void
test_defaults(void)
{
    /* no key means two things in one view */
    for (int a = 0; a < ACTION_COUNT; a++) {
        g_auto(GStrv) keys = g_strsplit(actions_table[a].keys, " ", -1);
        for (int b = 0; b < a; b++) {
            if (!(actions_table[a].contexts & actions_table[b].contexts))
                continue;
            g_auto(GStrv) others = g_strsplit(actions_table[b].keys, " ", -1);
            for (char **key = keys; *key; key++)
                if (g_strv_contains((const char *const *)others, *key))
                    g_error("%s is both %s and %s", *key, actions_table[a].name,
                            actions_table[b].name);
        }
    }
}

static char *
row(const struct grid *grid, int y)
{
    GString *line = g_string_new(NULL);
    for (int x = 0; x < grid->width; x++)
        g_string_append(line, grid->cells[y * grid->width + x].text);
    return g_string_free(line, FALSE);
}

static void
test_grid(void)
{
    AUTO(grid_free) struct grid *grid = grid_new(6, 2);
    g_assert_cmpint(grid_put(grid, 0, 0, "北岭市政", 100, STYLE_NORMAL), ==, 6);
    grid_put(grid, 1, 0, "x", 1, STYLE_NORMAL); /* half of a wide character is blanked */
    g_autofree char *broken = row(grid, 0);
    g_assert_cmpstr(broken, ==, " x岭市");
    g_assert_cmpint(grid_put(grid, 5, 1, "北", 100, STYLE_NORMAL), ==, 5); /* does not fit whole */
    grid_put(grid, 0, 1, "\033[2J", 6, STYLE_NORMAL); /* a control never reaches a cell */
    g_autofree char *clean = row(grid, 1);
    g_assert_cmpstr(clean, ==, " [2J  ");
    GString *marks = g_string_new("a");
    for (int i = 0; i < 1000; i++)
        g_string_append(marks, "\xcc\x81");
    grid_put(grid, 0, 1, marks->str, 6, STYLE_NORMAL);
    g_assert_cmpuint(strlen(grid->cells[6].text), <, sizeof grid->cells[6].text);
    g_string_free(marks, TRUE);
}

/* No letter of any script is left out, and each stands in the cell where curses puts it. */
static void
test_scripts(void)
{
    static const char *const texts[] = {"กำลัง น้ำ",
                                        "தமிழ் கொ",
                                        "हिन्दी क्षेत्र",
                                        "বাংলা কৌ",
                                        "မြန်မာ ကြော",
                                        "ខ្មែរ",
                                        "ｶﾞｷﾞﾊﾟ",
                                        "한국",
                                        "\u1112\u1161\u11ab",
                                        "\U0001f1e8\U0001f1ed",
                                        "1\ufe0f\u20e3",
                                        "e\u0301",
                                        "ລາວ ນ້ຳ",
                                        "ཧཱུྃ བསྒྲུབས",
                                        "سلام می\u200cخواهم",
                                        NULL};
    for (const char *const *text = texts; *text; text++) {
        AUTO(grid_free) struct grid *grid = grid_new(20, 1);
        g_assert_cmpint(grid_put(grid, 0, 0, *text, 20, STYLE_NORMAL), ==, cells_width(*text, -1));
        g_assert_true(grid_is_consistent(grid));
        g_autofree char *line = row(grid, 0);
        g_assert_cmpstr(g_strchomp(line), ==, *text);
        for (int x = 0; x < 20; x++) { /* one character that takes room, as setcchar(3) wants it */
            int spacing = 0;
            for (const char *p = grid->cells[x].text; *p; p = g_utf8_next_char(p))
                spacing += cells_of_char(g_utf8_get_char(p)) > 0;
            g_assert_cmpint(spacing, ==, grid->cells[x].width > 0);
        }
    }
    AUTO(grid_free) struct grid *grid = grid_new(8, 1);
    grid_put(grid, 0, 0, "👨\u200d👩\u200d👧👍🏽x", 8,
             STYLE_NORMAL); /* folded: one picture each */
    g_autofree char *folded = row(grid, 0);
    g_assert_cmpstr(folded, ==, "👨👍x   ");
    grid_clear(grid);
    g_assert_cmpint(grid_put(grid, 0, 0, "กำ", 1, STYLE_NORMAL), ==, 0); /* no half of a cluster */
}

/* What the store holds may be any bytes. */
static void
test_bytes(void)
{
    static const char *const texts[] = {"\xfd",         "a\xe0\xb8", "\xf0\x9f\x91", "\xc3\x28",
                                        "\x80\x80\x80", "北\xe5",    "\xed\xa0\x80", NULL};
    for (const char *const *text = texts; *text; text++) {
        AUTO(grid_free) struct grid *grid = grid_new(8, 2);
        /* a tool that watches the heap sees who reads past it */
        g_autofree char *own = g_strdup(*text);
        grid_put(grid, 0, 0, own, 8, STYLE_NORMAL);
        grid_put_paragraph(grid, 0, 0, 4, 2, own, STYLE_NORMAL);
        grid_restyle_matches(grid, 0, 0, own, own, STYLE_MATCH);
        g_assert_true(grid_is_consistent(grid));
    }
}

void
add_tests(void)
{
    g_test_add_func("/keymap", test_keymap);
    g_test_add_func("/keymap/defaults", test_defaults);
    g_test_add_func("/keymap/sequences", test_sequences);
    g_test_add_func("/keymap/bindings", test_bindings);
    g_test_add_func("/save/name", test_save_name);
    g_test_add_func("/history/secrets", test_secrets);
    g_test_add_func("/list-date", test_list_dates);
    g_test_add_func("/theme", test_theme);
    g_test_add_func("/theme/distinct", test_distinct);
    g_test_add_func("/theme/few-colours", test_few_colors);
    g_test_add_func("/theme/light", test_light);
    g_test_add_func("/theme/legible", test_legible);
    g_test_add_func("/theme/none", test_no_themes);
    g_test_add_func("/grid", test_grid);
    g_test_add_func("/grid/scripts", test_scripts);
    g_test_add_func("/grid/bytes", test_bytes);
}
