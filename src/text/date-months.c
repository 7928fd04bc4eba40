/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks words of dates up in the table months.def, by a hash that is built when it is first needed
 * (a fifth of a millisecond). A word that is a month in several languages is that of the
 * document's language, else of English, else of the language of its country, else of all that know
 * it, where these agree: "listopada" is October in Croatian and November in Polish.
 */
#include "config.h"

#include "text/date-months.h"

#include <string.h>

enum kind { NAMES, COMMON, LOCAL, PERSIAN, BETWEEN, AFTER, BEFORE_NUMBER, BEHIND_NUMBER, HEAD };

static const struct {
    const char *language;
    enum kind kind;
    const char *months[12]; /* of WORDS only the first */
} table[] = {
#define MONTHS(language, kind, ...) {language, kind, {__VA_ARGS__}},
#define WORDS(kind, words)          {"", kind, {words}},
#include "text/months.def"
#undef MONTHS
#undef WORDS
};

/* --- languages ------------------------------------------------------------------------------- */

/* Tags that mean a language of the table. */
static const char *const aliases[][2] = {{"no", "nb"}, {"iw", "he"}, {"in", "id"},  {"tl", "fil"},
                                         {"mo", "ro"}, {"sh", "sr"}, {"cnr", "sr"}, {"prs", "fa"}};

/* Languages without names in the table, whose numbers tell the month. */
static const char *const others[] = {"ja", "zh", "ko"};

uint16_t
date_language(const char *tag)
{
    gsize length = tag ? strcspn(tag, "-_") : 0;
    if (length < 2 || length > 3)
        return 0;
    char name[4] = {0};
    for (gsize i = 0; i < length; i++)
        name[i] = g_ascii_tolower(tag[i]);
    const char *known = name;
    for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++)
        if (g_str_equal(name, aliases[i][0]))
            known = aliases[i][1];
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_str_equal(known, table[i].language))
            return (uint16_t)(i + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (g_str_equal(known, others[i]))
            return (uint16_t)(G_N_ELEMENTS(table) + 1 + i);
    return 0;
}

bool
date_language_is(uint16_t language, const char *tag)
{
    return language && language <= G_N_ELEMENTS(table) &&
           g_str_equal(table[language - 1].language, tag);
}

bool
date_language_is_thai(uint16_t language)
{
    return date_language_is(language, "th");
}

bool
date_language_is_persian(uint16_t language)
{
    return date_language_is(language, "fa") || date_language_is(language, "ps") ||
           date_language_is(language, "ckb");
}

bool
date_language_is_japanese(uint16_t language)
{
    return language && language == date_language("ja");
}

bool
date_language_is_of_signs(uint16_t language)
{
    return language > G_N_ELEMENTS(table);
}

/* --- words as they are compared -------------------------------------------------------------- */

/* Characters from LATIN_END to TABLE_END have their folded form in a table. */
#define LATIN_END 0x250
#define TABLE_END 0x700

/* The folded form of a character; 0: it is dropped. */
static gunichar
fold(gunichar c)
{
    switch (c) {
    case 0x131: /* dotless i */
        return 'i';
    case 0x3c2: /* final sigma */
        return 0x3c3;
    case 0x649: /* alef maksura and the Persian ya are written for the Arabic one */
    case 0x6cc:
        return 0x64a;
    case 0x6a9: /* Persian kaf */
        return 0x643;
    case 0x640: /* tatweel */
    case 0x93c: /* nukta of Devanagari, Bengali, Gurmukhi */
    case 0x9bc:
    case 0xa3c:
    case 0x200c:
    case 0x200d:
        return 0;
    }
    bool marked = c < TABLE_END || (c >= 0x900 && c < 0xa80) || (c >= 0x1e00 && c < 0x2000);
    gunichar parts[4];
    gunichar lower = g_unichar_tolower(c);
    if (!marked)
        return lower;
    /* vowel signs of Indian scripts are marks too, and stay */
    if (c < TABLE_END && g_unichar_ismark(c))
        return 0;
    return g_unichar_fully_decompose(lower, FALSE, parts, G_N_ELEMENTS(parts)) ? parts[0] : lower;
}

#define MAX_WORDS 4096
#define MAX_TEXTS (56u << 10)

/*
 * The words that begin with a Latin letter, or all others: most documents need only one of the
 * two.
 */
struct index {
    guint16 folded[TABLE_END]; /* of the others */
    char texts[MAX_TEXTS];     /* folded words, one behind the other */
    guint32 length, count;
    struct entry {
        guint32 text;
        guint16 next; /* another with the same hash, 1 for the first; 0: none */
        uint16_t language;
        uint8_t length, month, kind;
    } entries[MAX_WORDS];
    guint16 first[MAX_WORDS]; /* by hash; as next */
    uint16_t english;
};

static const struct index *index_of(bool latin);

static bool
is_latin(const char *word)
{
    return (guchar)*word < 0xc9; /* up to U+023F */
}

static void
append(const guint16 *folds, char word[DATE_WORD_LONGEST], gsize *length, gunichar c)
{
    gunichar folded = c < 0x80                          ? (gunichar)g_ascii_tolower((char)c)
                      : c < LATIN_END || c >= TABLE_END ? fold(c)
                                                        : folds[c];
    if (folded && folded < 0x80 && *length < DATE_WORD_LONGEST) {
        word[(*length)++] = (char)folded;
        return;
    }
    char utf8[6];
    gsize bytes = folded ? (gsize)g_unichar_to_utf8(folded, utf8) : 0;
    if (*length + bytes > DATE_WORD_LONGEST)
        return;
    memcpy(word + *length, utf8, bytes);
    *length += bytes;
}

void
date_word_append(char word[DATE_WORD_LONGEST], gsize *length, gunichar c)
{
    bool tabled = c >= LATIN_END && c < TABLE_END;
    append(tabled ? index_of(false)->folded : NULL, word, length, c);
}

static guint
hash(const char *word, gsize length)
{
    guint32 h = 2166136261u; /* FNV-1a */
    for (gsize i = 0; i < length; i++)
        h = (h ^ (guchar)word[i]) * 16777619u;
    return (h ^ (h >> 13)) % MAX_WORDS;
}

/* --- the indexes ----------------------------------------------------------------------------- */

static void
add(struct index *index, const char *word, gsize length, uint16_t language, uint8_t month,
    enum kind kind)
{
    guint16 *first = &index->first[hash(word, length)];
    g_assert(index->count < MAX_WORDS && index->length + length <= MAX_TEXTS);
    index->entries[index->count++] = (struct entry){.text = index->length,
                                                    .next = *first,
                                                    .length = (uint8_t)length,
                                                    .language = language,
                                                    .month = month,
                                                    .kind = (uint8_t)kind};
    memcpy(index->texts + index->length, word, length);
    index->length += (guint32)length;
    *first = (guint16)index->count;
}

/* Adds the words of a string, folded, and the beginnings of those that are several. */
static void
add_words(struct index *index, bool latin, const char *words, uint16_t language, uint8_t month,
          enum kind kind)
{
    for (const char *p = words; *p; p += *p == ' ') {
        if (is_latin(p) != latin) {
            p += strcspn(p, " ");
            continue;
        }
        char word[DATE_WORD_LONGEST];
        gsize length = 0;
        while (*p && *p != ' ') {
            if (*p == '_')
                add(index, word, length, 0, 0, HEAD);
            if ((guchar)*p < 0x80 && length < sizeof word) { /* in lower case already */
                word[length++] = *p++;
                continue;
            }
            append(index->folded, word, &length, g_utf8_get_char(p));
            p = g_utf8_next_char(p);
        }
        add(index, word, length, language, month, kind);
    }
}

static struct index *
build(bool latin)
{
    struct index *index = g_new0(struct index, 1);
    for (gunichar c = LATIN_END; c < TABLE_END && !latin; c++)
        index->folded[c] = (guint16)fold(c);
    index->english = date_language("en");
    uint16_t language = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (!i || !g_str_equal(table[i].language, table[i - 1].language))
            language = (uint16_t)(i + 1);
        bool months = table[i].kind <= PERSIAN;
        for (int m = 0; m < (months ? 12 : 1); m++)
            add_words(index, latin, table[i].months[m], language, months ? (uint8_t)(m + 1) : 0,
                      table[i].kind);
    }
    return index;
}

static const struct index *
index_of(bool latin)
{
    static struct index *built[2];
    if (g_once_init_enter(&built[latin]))
        g_once_init_leave(&built[latin], build(latin));
    return built[latin];
}

/* --- what a word means ----------------------------------------------------------------------- */

/* What is a month in other languages than the document's, where they agree. */
struct meanings {
    const struct entry *own, *english, *home, *any;
    bool differ;
};

static void
add_meaning(struct meanings *m, const struct entry *e, const char *word,
            const struct date_style *style, uint16_t english)
{
    if (style && style->language && e->language == style->language) {
        m->own = m->own ? m->own : e;
        return;
    }
    if (e->kind == LOCAL && is_latin(word))
        return;
    if (e->language == english)
        m->english = e;
    else if (style && style->home && e->language == style->home)
        m->home = e;
    m->differ |= m->any && m->any->month != e->month;
    m->any = m->any ? m->any : e;
}

struct date_word
date_word_find(const char *word, gsize length, const struct date_style *style)
{
    const struct index *index = index_of(is_latin(word));
    struct date_word found = {0};
    struct meanings m = {0};
    for (guint i = index->first[hash(word, length)]; i; i = index->entries[i - 1].next) {
        const struct entry *e = &index->entries[i - 1];
        if (e->length != length || memcmp(index->texts + e->text, word, length) != 0)
            continue;
        if (e->kind <= PERSIAN)
            add_meaning(&m, e, word, style, index->english);
        found.head |= e->kind == HEAD;
        found.between |= e->kind == BETWEEN;
        found.after |= e->kind == AFTER;
        found.before_number |= e->kind == BEFORE_NUMBER;
        found.behind_number |= e->kind == BEHIND_NUMBER;
    }
    const struct entry *e = m.own       ? m.own
                            : m.english ? m.english
                            : m.home    ? m.home
                            : !m.differ ? m.any
                                        : NULL;
    if (e) {
        found.month = e->month;
        found.language = e->language;
        found.persian = e->kind == PERSIAN;
    }
    return found;
}
