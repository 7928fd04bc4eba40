/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of documents: which of those in tests/notices are found, and whose they are. */
#include "config.h"

#include "text/citation.h"
#include "unit/kit.h"

struct score {
    guint expected, found, right;
};

static void
read_case(char *const *fields, struct score *score)
{
    g_autofree char *text = g_strcompress(fields[2]);
    g_autoptr(GPtrArray) numbers = citations_find(fields[1], text, fields[0]);
    g_auto(GStrv) expected = g_strsplit(strcmp(fields[3], "-") ? fields[3] : "", " ", 0);
    GString *said = g_string_new(NULL);
    guint right = 0, wanted = 0;
    /* a key of two words stands in two */
    for (guint i = 0; i < numbers->len; i++) {
        const struct citation *c = g_ptr_array_index(numbers, i);
        g_autofree char *line = g_strdup_printf("%s%s", c->own ? "+" : "", c->key),
                        *all = g_strdup_printf(" %s ", fields[3]),
                        *one = g_strdup_printf(" %s ", line);
        right += strstr(all, one) != NULL;
        g_string_append_printf(said, "%s%s", i ? " " : "", line);
    }
    for (char **word = expected; *word; word++)
        wanted += strpbrk(*word, "0123456789") != NULL;
    score->expected += wanted;
    score->found += numbers->len;
    score->right += right;
    if (right < numbers->len || right < wanted)
        g_test_message("%s: %s: %s\n  expected %s\n  found    %s", fields[0], fields[1], fields[2],
                       fields[3], said->str);
    g_string_free(said, TRUE);
}

static void
test_set(gconstpointer name)
{
    const char *srcdir = g_getenv("srcdir");
    g_autofree char *path = g_build_filename(srcdir ? srcdir : ".", "tests/notices", name, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 0);
    struct score score = {0};
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", 0);
        if (g_strv_length(fields) == 4)
            read_case(fields, &score);
    }
    g_test_message("%s: %u numbers; precision %.3f, recall %.3f", (const char *)name,
                   score.expected, (double)score.right / score.found,
                   (double)score.right / score.expected);
    g_assert_cmpuint(score.expected, >, 20);
    g_assert_cmpfloat((double)score.right / score.found, >=, 0.95);
    g_assert_cmpfloat((double)score.right / score.expected, >=, 0.85);
}

void
add_tests(void)
{
    g_test_add_data_func("/citation/building", "numbers.tsv", test_set);
    g_test_add_data_func("/citation/unseen", "numbers-unseen.tsv", test_set);
}
