/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several patterns a text need be asked for. */
#include "config.h"

#include "text/cues.h"
#include "unit/kit.h"

#include <string.h>

static const char *const patterns[] = {
    "при[её]м|сбор",                 /* one of two words */
    "(?:до|по) @(?!~)…заявк",        /* the longer of those that are needed */
    "\\bапрел(?:я|ь)?",              /* an ending that may be missing */
    "(?<n>\\d+) days? (?:of|after)", /* "of" is too common to be the only one */
    "[a-z]+",                        /* no word at all: always */
    "(?:自|从)@(?!~)…(?:起|开始)",   /* ideographs */
    "a(?:b+c|d{0,2}e)",              /* quantifiers */
    "(?!сбор)(?<!приём)@ торги",     /* look-around says nothing */
};

static char *
found_in(const struct cues *cues, const char *text)
{
    bool found[G_N_ELEMENTS(patterns)] = {false};
    cues_find(cues, text, found);
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        if (found[i])
            g_string_append_printf(out, "%zu", i);
    return g_string_free(out, FALSE);
}

static void
test_find(void)
{
    static const struct {
        const char *text, *found;
    } cases[] = {
        {"", "4"},          {"Прием документов", "04"},
        {"ПРИЁМ", "04"},    {"сборы, заявки", "014"},
        {"в апреле", "24"}, {"within 30 days", "346"},
        {"自今日起", "45"}, {"на торги", "47"},
    };
    static struct cues *cues; /* for ever, as in the program */
    cues = cues_new();
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        cues_add(cues, (guint)i, patterns[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = found_in(cues, cases[i].text);
        g_assert_cmpstr(found, ==, cases[i].found);
    }
    g_autofree char *letters = found_in(cues, "xabbcx");
    g_assert_nonnull(strchr(letters, '6'));
}

void
add_tests(void)
{
    g_test_add_func("/cues/find", test_find);
}
