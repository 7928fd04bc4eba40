/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of documents: which of those in tests/notices are found, and whose they are. */
#include "config.h"

#include "text/citation.h"
#include "unit/kit.h"
#include "unit/notices.h"

static void
read_case(char *const *fields, struct notice_score *score)
{
    g_autofree char *text = g_strcompress(fields[2]);
    g_autoptr(GPtrArray) numbers = citations_find(fields[1], text, fields[0]);
    g_auto(GStrv) expected = g_strsplit(strcmp(fields[3], "-") ? fields[3] : "", " ", 0);
    g_autoptr(GString) said = g_string_new(NULL);
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
    notices_count(score, fields, said->str, wanted, numbers->len, right);
}

static void
test_set(gconstpointer name)
{
    struct notice_score score = notices_read(name, read_case);
    notices_judge(name, &score, 0.95, 0.85);
}

/* What something beside the text says that its number is. */
static void
test_stated(void)
{
    static const struct {
        const char *number, *language, *key, *shown;
    } cases[] = {
        {"北政办〔2025〕17号", "zh-CN", "北政办〔2025〕17号", "北政办〔2025〕17号"},
        {"№ 345-п от 12.03.2025", "ru", "№345-п@2025-03-12", "№ 345-п от 12.03.2025"},
        {"Ordinance No. 2024-17", "en", "ordinance 2024-17", "Ordinance No. 2024-17"},
        /* in no form: known by who gives it and the year */
        {"345-п", "ru", "a.example/2025/345-п", "345-п"},
        {"ADM / 12 b", NULL, "a.example/2025/adm/12b", "ADM / 12 b"},
        {"12", NULL, "a.example/2025/12", "12"},
        {"none", "en", NULL, NULL},
        {"无", "zh", NULL, NULL},
        {"", "zh", NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct citation *c = citation_stated(cases[i].number, cases[i].language, "a.example", 2025);
        g_assert_cmpstr(c ? c->key : NULL, ==, cases[i].key);
        g_assert_cmpstr(c ? c->shown : NULL, ==, cases[i].shown);
        g_assert_true(!c || c->own);
        if (c)
            citation_free(c);
    }
    /* the text has it too, as another's: it is its own all the same */
    g_autoptr(GPtrArray)
        found = citations_find("Порядок", "Отменено: № 345-п от 12.03.2025.", "ru");
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_false(((const struct citation *)g_ptr_array_index(found, 0))->own);
    citations_add(found, citation_stated("№ 345-п от 12 марта 2025", "ru", "a.example", 2025));
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_true(((const struct citation *)g_ptr_array_index(found, 0))->own);
}

void
add_tests(void)
{
    g_test_add_func("/citation/stated", test_stated);
    g_test_add_data_func("/citation/building", "numbers.tsv", test_set);
    g_test_add_data_func("/citation/unseen", "numbers-unseen.tsv", test_set);
}
