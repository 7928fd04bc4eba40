/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, and cells of the screen. */
#include "config.h"

#include "reader/actions.h"
#include "ui/grid.h"
#include "unit/kit.h"

static void
test_keymap(void)
{
    AUTO(context_free) struct context *context = context_new();
    AUTO(keymap_free) struct keymap *keymap = keymap_new(context, NULL);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "j"), ==, ACTION_DOWN);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "о"), ==, ACTION_DOWN); /* ЙЦУКЕН */
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "П"), ==, ACTION_LAST);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_LIST, "L"), ==, ACTION_NONE);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_READER, "L"), ==, ACTION_EDITION);
    g_assert_cmpint(keymap_action(keymap, CONTEXT_READER, "^D"), ==, ACTION_HALF_DOWN);
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
                    g_error("%s is both %s and %s", *key, actions_table[a].name, actions_table[b].name);
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

void
add_tests(void)
{
    g_test_add_func("/keymap", test_keymap);
    g_test_add_func("/keymap/defaults", test_defaults);
    g_test_add_func("/grid", test_grid);
}
