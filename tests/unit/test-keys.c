/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters of a terminal as keys: what is typed, what Alt makes of it, what is none at all. */
#include "config.h"

#include "ui/term-sequences.h"
#include "unit/kit.h"

#define MS 1000

/* What the characters are, with a pause where there is a blank bar "|", after so many ms. */
static void
check(const char *typed, int pause, const char *expected)
{
    struct sequences sequences = {.taken = G_QUEUE_INIT};
    g_autoptr(GString) names = g_string_new(NULL);
    char name[SEQUENCE_NAME], *pasted;
    gint64 now = 1000 * MS;
    for (const char *p = typed;; p = g_utf8_next_char(p)) {
        if (*p == '|' || !*p) {
            now += pause * MS;
            sequences_pause(&sequences, now);
        } else {
            sequences_take(&sequences, g_utf8_get_char(p), now);
        }
        while (sequences_next(&sequences, name, &pasted)) {
            g_autofree char *text = pasted ? g_strdup_printf("<%s>", pasted) : g_strdup(name);
            g_string_append_printf(names, "%s%s", names->len ? " " : "", text);
            g_free(pasted);
        }
        if (!*p)
            break;
    }
    sequences_clear(&sequences);
    g_assert_cmpstr(names->str, ==, expected);
}

static void
test_plain(void)
{
    check("aZ \\\r\n\t\b\177\003\x1f", 0,
          "a Z Space Backslash Enter Enter Tab Backspace Backspace ^C ^_");
    check("йż字👍", 0, "й ż 字 👍");
    check("\033", 0, "Esc");
    check("\033|q", 0, "Esc q");
    check("\033\033", 0, "Esc Esc");
    check("\033\r", 0, "Esc Enter");
    check("\033 ", 0, "Esc Space");
}

static void
test_alt(void)
{
    check("\033b\033f", 0, "M-b M-f");
    check("\033\177", 0, "M-Backspace");
    check("\033é", 0, "M-é");
    check("\033[|j", 200, "M-[ j");
    check("\033O|j", 200, "M-O j");
    check("\033Pj", 200, "");
}

static void
test_reports(void)
{
    check("\033[<0;10;6M\033[<0;10;6mj", 0, "j"); /* clicks */
    check("\033[M !!j", 0, "j");
    check("\033[32;10;6Mj", 0, "j");
    check("\033[Ij\033[Oj", 0, "j j");         /* focus */
    check("\033[12;1Rj", 0, "j");              /* where the cursor is */
    check("\033]11;rgb:0/0/0\033\\j", 0, "j"); /* strings */
    check("\033]11;rgb:0/0/0\aj", 0, "j");
    check("\033P1+r4d73\033\\\033_Gi=1;OK\033\\j", 0, "j");
}

/* A text between its two sequences, whatever is in it and however it comes. */
static void
test_pasted(void)
{
    check("j\033[200~ab\rc d\033[201~k", 0, "j <ab\nc d> k");
    check("\033[200~\033[201~k", 0, "<> k");
    check("\033[200~a\033[A\033[200~~\003\033[201~k", 0, "<a\033[A\033[200~~\003> k");
    check("\033[200~a|b|c\033|[20|1~k", 500, "<abc> k");
    check("\033[201~k", 0, "k");
    check("\033[200~ab|k", 1100, "<ab> k"); /* the end never came */
    g_autofree char *much = g_strnfill(SEQUENCE_PASTED + 500, 'x'),
                    *all = g_strconcat("\033[200~", much, "\033[201~k", NULL);
    much[SEQUENCE_PASTED] = '\0';
    g_autofree char *some = g_strconcat("<", much, "> k", NULL);
    check(all, 0, some);
}

static void
test_unknown(void)
{
    check("\033[57399uj", 0, "^[[57399u j");
    check("\033[27;5;13~", 0, "^[[27;5;13~");
    check("\033[[A", 0, "^[[[A");
    check("\033Om", 0, "^[Om");
    check("\033[1234567890123456789u", 0, "^[[123456789012"); /* what a name has room for */
}

/* Half a sequence is no key, and what comes behind it is one. */
static void
test_cut(void)
{
    check("\033[<0;1|j", 200, "j");
    check("\033[<0;1|0;6Mj", 10, "j");
    check("\033[<0;1\033[<0;1;1Mj", 0, "j");
    check("\033[<0;1\rj", 0, "Enter j");
    check("\033]11;rgb|j", 200, "j");
    check("\033]11;rgb\033[Aj", 0, "^[[A j");
    check("\033O\r", 0, "Enter");
}

static void
test_garbage(void)
{
    struct sequences sequences = {.taken = G_QUEUE_INIT};
    char name[SEQUENCE_NAME], *pasted;
    for (int i = 0; i < 200000; i++) {
        static const gunichar some[] = {27,  '[', 'O', ']',  'P',    '_',      ';', '1', 'M',
                                        'u', '~', 7,   '\\', 0x4e2d, 0x10ffff, 0,   0x7f};
        sequences_take(&sequences, some[g_test_rand_int_range(0, G_N_ELEMENTS(some))],
                       i * (gint64)MS);
        if (g_test_rand_bit())
            sequences_pause(&sequences, i * (gint64)MS);
        while (sequences_next(&sequences, name, &pasted)) {
            g_assert_true(pasted || (*name && g_utf8_validate(name, -1, NULL)));
            g_free(pasted);
        }
        g_assert_cmpint(sequences_timeout(&sequences, i * (gint64)MS), <=, 1001);
    }
    sequences_clear(&sequences);
}

void
add_tests(void)
{
    g_test_add_func("/keys/plain", test_plain);
    g_test_add_func("/keys/alt", test_alt);
    g_test_add_func("/keys/reports", test_reports);
    g_test_add_func("/keys/pasted", test_pasted);
    g_test_add_func("/keys/unknown", test_unknown);
    g_test_add_func("/keys/cut", test_cut);
    g_test_add_func("/keys/garbage", test_garbage);
}
