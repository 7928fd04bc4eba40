/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cutting text into tokens.  Full-width digits and signs count as their ASCII forms; the
 * names of months are known in many languages by their first letters.
 */
#include "config.h"

#include "text/date-tokens.h"

#include <string.h>

/* One line per month: English, Russian, Ukrainian, German, French, Spanish, ... prefixes. */
static const char *const months[12] = {
    "jan янв січ gen ene sty ιαν",
    "feb фев лют fév fev lut φεβ febr",
    "mar мар бер mär mrz mrt maa μαρ márc",
    "apr апр кві avr abr kwi απρ ápr",
    "may май мая тра mai mag mei maj μαΐ μάι μάϊ μαϊ máj mayo",
    "jun июн чер juin giu cze ιουν jún",
    "jul июл лип juil lug lip ιουλ júl",
    "aug авг сер aoû aou ago sie αυγ",
    "sep сен вер set wrz σεπ szept",
    "oct окт жов okt ott out paź οκτ",
    "nov ноя лис lis νοε",
    "dec дек гру dez déc dic gru δεκ",
};

/* Whole words that the prefixes would read wrongly; 0: no month at all. */
static const struct {
    const char *word;
    int month;
} exceptions[] = {
    {"juin", 6},       {"juillet", 7},   {"juil", 7},     {"листопада", 11}, {"листопад", 11},
    {"липня", 7},      {"липень", 7},    {"mars", 3},     {"marzo", 3},      {"maggio", 5},
    {"maj", 5},        {"maja", 5},      {"mai", 5},      {"listopada", 11}, {"lipca", 7},
    {"sept", 9},       {"settembre", 9}, {"agosto", 8},   {"market", 0},     {"mark", 0},
    {"marking", 0},    {"maritime", 0},  {"mary", 0},     {"decision", 0},   {"decree", 0},
    {"department", 0}, {"section", 0},   {"mayor", 0},    {"major", 0},      {"octane", 0},
    {"general", 0},    {"seven", 0},     {"mayors", 0},   {"service", 0},    {"manager", 0},
    {"mais", 0},       {"setting", 0},   {"settings", 0}, {"settlement", 0}, {"outside", 0},
    {"output", 0},     {"outlet", 0},
};

/*
 * Whole words of languages whose short forms begin other words: Turkish, Czech, Romanian,
 * Bulgarian, Finnish, Lithuanian, Indonesian, Norwegian, Arabic, Hebrew.
 */
static const char *const whole_months[12] = {
    "ocak oca ledna leden ianuarie ian януари яну tammikuuta tammikuu sausio januari يناير ינואר בינואר",
    "şubat şub února únor februarie feb февруари helmikuuta helmikuu vasario فبراير פברואר בפברואר",
    "mart března březen martie март maaliskuuta maaliskuu kovo maret مارس מרץ במרץ",
    "nisan nis dubna duben aprilie април huhtikuuta huhtikuu balandžio أبريل ابريل אפריל באפריל",
    "mayıs května květen mai май toukokuuta toukokuu gegužės mei مايو מאי במאי",
    "haziran haz června červen iunie юни kesäkuuta kesäkuu birželio يونيو יוני ביוני",
    "temmuz tem července červenec iulie юли heinäkuuta heinäkuu liepos يوليو יולי ביולי",
    "ağustos ağu srpna srpen август elokuuta elokuu rugpjūčio agustus أغسطس اغسطس אוגוסט באוגוסט",
    "eylül eyl září septembrie септември syyskuuta syyskuu rugsėjo سبتمبر ספטמבר בספטמבר",
    "ekim eki října říjen octombrie октомври lokakuuta lokakuu spalio أكتوبر اكتوبر אוקטובר באוקטובר",
    "kasım kas listopadu noiembrie ноември marraskuuta marraskuu lapkričio نوفمبر נובמבר בנובמבר",
    "aralık ara prosince prosinec decembrie декември joulukuuta joulukuu gruodžio desember des ديسمبر דצמבר בדצמבר",
};

#define MAX_PREFIXES 128

/* The tables above, found by the first byte of a word. */
struct index {
    GHashTable *exceptions; /* word -> month */
    struct prefix {
        const char *text;
        size_t length;
        int month;
        struct prefix *next; /* with the same first byte */
    } prefixes[MAX_PREFIXES];
    struct prefix *first[256];
};

static const struct index *
index_once(void)
{
    static struct index *built;
    if (!g_once_init_enter(&built))
        return built;
    struct index *index = g_new0(struct index, 1);
    index->exceptions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++)
        g_hash_table_insert(index->exceptions, g_strdup(exceptions[i].word),
                            GINT_TO_POINTER(exceptions[i].month));
    for (int m = 0; m < 12; m++) {
        g_auto(GStrv) words = g_strsplit(whole_months[m], " ", -1);
        for (char **word = words; *word; word++)
            g_hash_table_insert(index->exceptions, g_strdup(*word), GINT_TO_POINTER(m + 1));
    }
    struct prefix *prefix = index->prefixes;
    for (int m = 12; m > 0; m--) { /* from the last, so that the first is found first */
        const char *end = months[m - 1] + strlen(months[m - 1]);
        while (end > months[m - 1]) {
            const char *start = end;
            while (start > months[m - 1] && start[-1] != ' ')
                start--;
            struct prefix **bucket = &index->first[(guchar)*start];
            *prefix = (struct prefix){start, (size_t)(end - start), m, *bucket};
            *bucket = prefix++;
            g_assert(prefix < index->prefixes + MAX_PREFIXES);
            end = start > months[m - 1] ? start - 1 : start;
        }
    }
    g_once_init_leave(&built, index);
    return index;
}

static int
month_of_word(const char *word)
{
    const struct index *index = index_once();
    gpointer month;
    if (g_hash_table_lookup_extended(index->exceptions, word, NULL, &month))
        return GPOINTER_TO_INT(month);
    for (const struct prefix *p = index->first[(guchar)*word]; p; p = p->next)
        if (!strncmp(word, p->text, p->length))
            return p->month;
    return 0;
}

static gunichar
fold_sign(gunichar c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xfee0;
    switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
    case 0x30fc:
        return '-';
    case 0x2236:
    case 0xfe55:
        return ':';
    case 0x00b7:
    case 0x3002:
        return '.';
    default:
        return c;
    }
}

static bool
is_word_char(gunichar c)
{
    return g_unichar_isalpha(c) && !(c >= 0x1100 && c <= 0x11ff) && !(c >= 0x2e80 && c <= 0xd7ff) &&
           !(c >= 0xf900 && c <= 0xfaff);
}

GArray *
date_tokens(const char *text)
{
    GArray *tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    bool space = false;
    const char *p = text;
    while (*p && tokens->len < 4000) {
        gunichar c = fold_sign(g_utf8_get_char(p));
        struct token t = {.start = (gsize)(p - text), .space = space};
        if (g_unichar_isspace(c) || c == 0xa0 || c == 0x3000) {
            space = true;
            p = g_utf8_next_char(p);
            continue;
        }
        if (c >= '0' && c <= '9') {
            t.kind = NUMBER;
            while (c >= '0' && c <= '9') {
                if (t.digits < 9)
                    t.value = t.value * 10 + (int)(c - '0');
                if (t.digits < 18)
                    t.all = t.all * 10 + (int)(c - '0');
                t.digits++;
                p = g_utf8_next_char(p);
                c = fold_sign(g_utf8_get_char(p));
            }
        } else if (is_word_char(c)) {
            t.kind = WORD;
            gsize length = 0;
            while (is_word_char(c)) {
                char utf8[6];
                int n = g_unichar_to_utf8(g_unichar_tolower(c), utf8);
                if (length + n < sizeof t.word) {
                    memcpy(t.word + length, utf8, n);
                    length += n;
                }
                p = g_utf8_next_char(p);
                c = fold_sign(g_utf8_get_char(p));
            }
            t.value = length >= 3 ? month_of_word(t.word) : 0;
        } else {
            t.kind = SIGN;
            t.sign = c;
            p = g_utf8_next_char(p);
            if (c == '-') /* "2017——04——12": a run of dashes is one */
                while (fold_sign(g_utf8_get_char(p)) == '-')
                    p = g_utf8_next_char(p);
        }
        t.end = (gsize)(p - text);
        g_array_append_val(tokens, t);
        space = false;
    }
    struct token end = {.kind = END, .start = (gsize)(p - text), .end = (gsize)(p - text)};
    g_array_append_val(tokens, end);
    return tokens;
}

bool
token_is_sign(const struct token *token, gunichar sign)
{
    return token->kind == SIGN && token->sign == sign;
}

bool
token_is_word(const struct token *token, const char *list)
{
    if (token->kind != WORD)
        return false;
    size_t length = strlen(token->word);
    for (const char *p = list; (p = strstr(p, token->word)); p += length)
        if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
            return true;
    return false;
}
