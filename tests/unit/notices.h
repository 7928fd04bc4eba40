/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sets of tests/notices: their lines in fields, what was found of what they expect, and the
 * totals, which are printed and held to goals.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define NOTICE_FIELDS \
    4 /* the third with \n for ends of lines; the last: what is expected, or "-" */

struct notice_score {
    guint texts, expected, found, right;
};

/* What a text of a set is read as; adds to the score what there was to find in it. */
typedef void (*notice_reader)(char *const *fields, struct notice_score *score);

static inline struct notice_score
notices_read(const char *name, notice_reader read)
{
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *path = g_build_filename(srcdir ? srcdir : ".", "tests/notices", name, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 0);
    struct notice_score score = {0};
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", 0);
        if (g_strv_length(fields) != NOTICE_FIELDS)
            continue;
        score.texts++;
        read(fields, &score);
    }
    return score;
}

/* Counts one text; tells of it when something is wrong or missing. */
static inline void
notices_count(struct notice_score *score, char *const *fields, const char *said, guint expected,
              guint found, guint right)
{
    score->expected += expected;
    score->found += found;
    score->right += right;
    if ((right < found || right < expected) && !g_getenv("NOTICES_QUIET"))
        g_test_message("%s: %s: %s\n  expected %s\n  found    %s", fields[0], fields[1], fields[2],
                       fields[3], said);
}

static inline void
notices_judge(const char *name, const struct notice_score *score, double precision, double recall)
{
    g_assert_cmpuint(score->texts, >, 20);
    g_assert_cmpuint(score->expected, >, 20);
    g_assert_cmpuint(score->found, >, 0);
    double found = (double)score->right / score->found,
           known = (double)score->right / score->expected;
    g_test_message("%s: %u texts, %u expected; precision %.3f, recall %.3f", name, score->texts,
                   score->expected, found, known);
    g_assert_cmpfloat(found, >=, precision);
    g_assert_cmpfloat(known, >=, recall);
}
