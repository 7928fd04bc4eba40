/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks words of dates up in the table months.def, by a hash that is built when it is first needed
 * (a third of a millisecond).  A word that is a month in several languages is that of the document's
 * language, else of English, else of the language of its country, else of all that know it, where
 * these agree: "listopada" is October in Croatian and November in Polish.
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

static bool
is_language(uint16_t language, const char *tag)
{
    return language && language == date_language(tag);
}

bool
date_language_is_thai(uint16_t language)
{
    return is_language(language, "th");
}

bool
date_language_is_persian(uint16_t language)
{
    return is_language(language, "fa") || is_language(language, "ps") ||
           is_language(language, "ckb");
}

bool
date_language_is_japanese(uint16_t language)
{
    return is_language(language, "ja");
}

/* --- words as they are compared -------------------------------------------------------------- */

#define FOLDED 0x700 /* characters below have their folded form in a table */

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
    bool marked = c < FOLDED || (c >= 0x900 && c < 0xa80) || (c >= 0x1e00 && c < 0x2000);
    gunichar parts[4];
    gunichar lower = g_unichar_tolower(c);
    if (!marked)
        return lower;
    /* vowel signs of Indian scripts are marks too, and stay */
    if (c < FOLDED && g_unichar_ismark(c))
        return 0;
    return g_unichar_fully_decompose(lower, FALSE, parts, G_N_ELEMENTS(parts)) ? parts[0] : lower;
}

struct index {
    guint16 folded[FOLDED];
    char *texts; /* folded words, one behind the other */
    struct entry {
        guint32 text;
        guint16 next; /* another with the same hash, 1 for the first; 0: none */
        uint16_t language;
        uint8_t length, month, kind;
    } * entries;
    guint16 first[8192]; /* by hash; as next */
    uint16_t english;
};

static const struct index *index_once(void);

static void
append(const struct index *index, char word[DATE_WORD_LONGEST], gsize *length, gunichar c)
{
    gunichar folded = c < FOLDED ? index->folded[c] : fold(c);
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
    append(index_once(), word, length, c);
}

static guint
hash(const char *word, gsize length)
{
    guint32 h = 2166136261u; /* FNV-1a */
    for (gsize i = 0; i < length; i++)
        h = (h ^ (guchar)word[i]) * 16777619u;
    return (h ^ (h >> 13)) % G_N_ELEMENTS(((struct index *)NULL)->first);
}

/* --- the index ------------------------------------------------------------------------------- */

struct builder {
    struct index *index;
    GString *texts;
    GArray *entries;
};

static void
add(struct builder *b, const char *word, gsize length, uint16_t language, uint8_t month,
    enum kind kind)
{
    guint16 *first = &b->index->first[hash(word, length)];
    const struct entry entry = {.text = (guint32)b->texts->len,
                                .next = *first,
                                .length = (uint8_t)length,
                                .language = language,
                                .month = month,
                                .kind = (uint8_t)kind};
    g_string_append_len(b->texts, word, (gssize)length);
    g_array_append_val(b->entries, entry);
    *first = (guint16)b->entries->len;
}

/* Adds the words of a string, folded, and the beginnings of those that are several. */
static void
add_words(struct builder *b, const char *words, uint16_t language, uint8_t month, enum kind kind)
{
    for (const char *p = words; *p;) {
        char word[DATE_WORD_LONGEST];
        gsize length = 0;
        for (; *p && *p != ' '; p = g_utf8_next_char(p)) {
            if (*p == '_')
                add(b, word, length, 0, 0, HEAD);
            append(b->index, word, &length, g_utf8_get_char(p));
        }
        add(b, word, length, language, month, kind);
        p += *p == ' ';
    }
}

static const struct index *
index_once(void)
{
    static struct index *built;
    if (!g_once_init_enter(&built))
        return built;
    struct index *index = g_new0(struct index, 1);
    for (gunichar c = 0; c < FOLDED; c++)
        index->folded[c] = (guint16)fold(c);
    index->english = date_language("en");
    struct builder b = {index, g_string_sized_new(80000),
                        g_array_sized_new(FALSE, FALSE, sizeof(struct entry), 6000)};
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        uint16_t language = date_language(table[i].language);
        bool months = table[i].kind <= PERSIAN;
        for (int m = 0; m < (months ? 12 : 1); m++)
            add_words(&b, table[i].months[m], language, months ? (uint8_t)(m + 1) : 0,
                      table[i].kind);
    }
    g_assert(b.entries->len < G_MAXUINT16);
    index->texts = g_string_free(b.texts, FALSE);
    index->entries = (struct entry *)(void *)g_array_free(b.entries, FALSE);
    g_once_init_leave(&built, index);
    return index;
}

/* --- what a word means ----------------------------------------------------------------------- */

/* What is a month in other languages than the document's, where they agree. */
struct meanings {
    const struct entry *own, *english, *home, *any;
    bool differ;
};

static bool
is_latin(const char *word)
{
    return (guchar)*word < 0xcd; /* up to U+033F */
}

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
    const struct index *index = index_once();
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
