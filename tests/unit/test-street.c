/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses in notices: two sets of sentences, one that the matcher was built on and one that it is
 * measured on; precision and recall are of whether a notice concerns an address.
 */
#include "config.h"

#include "text/street.h"
#include "unit/kit.h"

#include <string.h>

struct notice {
    enum street_hit hit;
    const char *address, *text;
};

#define NOTICE(hit, address, text) {STREET_##hit, address, text},
static const struct notice known[] = {
#include "unit/streets-known.def"
};
static const struct notice unseen[] = {
#include "unit/streets-unseen.def"
};
#undef NOTICE

struct figures {
    double precision, recall, exact;
};

static struct figures
measure(const struct notice *notices, size_t count, const char *name)
{
    static const char *const words[] = {"nothing", "the street", "the house"};
    guint right = 0, found = 0, there = 0, same = 0;
    for (size_t i = 0; i < count; i++) {
        AUTO(street_free) struct street_address *address = street_parse(notices[i].address);
        enum street_hit hit = address ? street_find(address, NULL, notices[i].text) : STREET_NONE;
        right += hit && notices[i].hit;
        found += hit != STREET_NONE;
        there += notices[i].hit != STREET_NONE;
        same += hit == notices[i].hit;
        if (hit != notices[i].hit)
            g_test_message("%s: \"%s\" in \"%s\": %s instead of %s", name, notices[i].address,
                           notices[i].text, words[hit], words[notices[i].hit]);
    }
    struct figures figures = {(double)right / found, (double)right / there,
                              (double)same / (double)count};
    g_test_message("%s: %u notices, precision %.3f, recall %.3f, exactly so %.3f", name,
                   (guint)count, figures.precision, figures.recall, figures.exact);
    return figures;
}

static void
test_known(void)
{
    struct figures figures = measure(known, G_N_ELEMENTS(known), "known");
    g_assert_cmpfloat(figures.exact, ==, 1);
}

static void
test_unseen(void)
{
    struct figures figures = measure(unseen, G_N_ELEMENTS(unseen), "unseen");
    g_assert_cmpfloat(figures.precision, >=, 0.95);
    g_assert_cmpfloat(figures.recall, >=, 0.85);
}

static void
test_titles(void)
{
    AUTO(street_free) struct street_address *address = street_parse("ул. Ленина, 24");
    const char *title = "Вода на улице Ленина";
    g_assert_cmpint(street_find(address, title, "Без воды до вечера."), ==, STREET_WHOLE);
    g_assert_cmpint(street_find(address, title, "Это ул. Ленина, 20 и 22."), ==, STREET_NONE);
    g_assert_cmpint(street_find(address, title, "Это ул. Ленина, 20 и 24."), ==, STREET_HOUSE);
    g_assert_cmpint(street_find(address, NULL, ""), ==, STREET_NONE);
}

static void
test_addresses(void)
{
    static const char *const none[] = {"", " ", "24", "д. 24, корп. 2", ",,,", "128号", "№ 5"};
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_null(street_parse(none[i]));
    static const char *const words[][2] = {
        {"ул. Ленина, 24", "ленина"}, {"г. Белин, Первомайская ул., 3", "первомайск"},
        {"ул. 8 Марта", "марта"},     {"龙沙区站前大街128号", "站前大街"},
        {"24 Main Street", "main"},   {"Hauptstr. 5", "haupt"}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        AUTO(street_free) struct street_address *address = street_parse(words[i][0]);
        g_assert_nonnull(address);
        g_assert_cmpstr(street_word(address), ==, words[i][1]);
    }
}

/* What is left of a line says what, not where. */
static void
test_leave_out(void)
{
    static const struct {
        const char *line, *rest;
        bool place;
    } cases[] = {
        {"Concert on Market Street, 5", "Concert on  , 5", false},
        {"Roads close at 8", "Roads close at 8", false},
        {"Концерт на ул. Торговой", "Концерт на . ", false},
        {"ул. 2-я Торговая", ". 2-я ", false},
        {"Большая Торговая улица, 5: закрыта", "  , 5: закрыта", false},
        {"Fermée : rue du Vieux Marché", "Fermée :  du  ", false},
        {"Wochenmarkt, Festplatz 3", "Wochenmarkt,  3", false},
        {"Торговая, Парадная, 5", ", , 5", true},
        {"Закрыта ул. Мира", "Закрыта . ", true},
        {"концертный зал «Парад»", "концертный зал «»", true},
        {"Mill Street closed", "  closed", true},
        {"中山街停水", "中山街停水", true},
        {"", "", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *rest = street_leave_out(cases[i].line, cases[i].place);
        g_assert_cmpstr(rest, ==, cases[i].rest);
    }
}

/* A cell is an address, may be one, or says something else. */
static void
test_cells(void)
{
    static const struct {
        const char *cell;
        enum street_cell is;
    } cases[] = {
        {"ул. Мира, 5", STREET_ADDRESS},
        {"Торговая улица, дома 1–9", STREET_ADDRESS},
        {"Lindenweg 3", STREET_ADDRESS},
        {"12 rue du Marché", STREET_OTHER},
        {"Праздничная, 5", STREET_ADDRESS},
        {"Большая Ярмарочная, д. 5, 7а", STREET_ADDRESS},
        {"2-я Парковая 11 корп. 2", STREET_ADDRESS},
        {"Am Markt 2", STREET_ADDRESS},
        {"An der Festwiese 5a", STREET_ADDRESS},
        {"Мира, 5", STREET_MAYBE},
        {"Ярмаркова, 5", STREET_MAYBE},
        {"Markthof 2", STREET_MAYBE},
        {"Лекция, 5", STREET_MAYBE},
        {"Лекция, 5 класс", STREET_OTHER},
        {"Праздничная ярмарка, 5", STREET_OTHER},
        {"Праздничная", STREET_OTHER},
        {"Праздничная, 6+", STREET_OTHER},
        {"Праздничная, 12.05", STREET_OTHER},
        {"Праздничная, 18:00", STREET_OTHER},
        {"Turnier 2024", STREET_OTHER},
        {"Am Markt 2024", STREET_OTHER},
        {"Am Markt", STREET_OTHER},
        {"Konzert am Markt 2", STREET_OTHER},
        {"Концерт на ул. Мира, 5", STREET_OTHER},
        {"Концерт в Парке, 5", STREET_OTHER},
        {"Rue de la Fête 5", STREET_ADDRESS},
        {"16 октября", STREET_OTHER},
        {"5", STREET_OTHER},
        {"", STREET_OTHER},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (street_cell(cases[i].cell) != cases[i].is) {
            g_test_message("%s: %d", cases[i].cell, street_cell(cases[i].cell));
            g_test_fail();
        }
}

void
add_tests(void)
{
    g_test_add_func("/street/cells", test_cells);
    g_test_add_func("/street/addresses", test_addresses);
    g_test_add_func("/street/leave-out", test_leave_out);
    g_test_add_func("/street/titles", test_titles);
    g_test_add_func("/street/known", test_known);
    g_test_add_func("/street/unseen", test_unseen);
}
