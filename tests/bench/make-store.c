/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store of any size, always the same one, written through the store's own functions:
 *
 *     make-store HOME ARTICLES SOURCES CHARACTERS [THERE]
 *
 * makes HOME/config/crier/urls and HOME/data/crier/articles.db with articles in Chinese,
 * Russian and English by turns, of about CHARACTERS each, and two long ones that are the newest,
 * all indexed for search.  Words follow Zipf's law; they are no prose.  Prints how much text it is.
 * THERE are already in the store, which grows to ARTICLES, ten of a source at a time as in fetches.
 */
#include "config.h"

#include "config/urls.h"
#include "store/articles.h"
#include "store/marks.h"
#include "store/search.h"
#include "store/sources.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW   1761350400
#define BATCH 2000
#define FETCH 10 /* articles of a source at a time, when a store grows */

static guint64 seed = 1;

static guint
next_number(guint below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (guint)((seed >> 33) % below);
}

/* From 0 to below: the n-th as often as one n-th of the first. */
static guint
zipf(guint below)
{
    double share = (double)next_number(1 << 24) / (1 << 24);
    return MIN((guint)exp(share * log(below)), below) - 1;
}

/* A Chinese word is of one character, two or four, as its number says. */
static void
append_chinese(GString *to, guint word)
{
    guint characters = word % 5 == 0 ? 1 : word % 17 == 1 ? 4 : 2;
    for (guint i = 0; i < characters; i++) {
        word = word * 2654435761u + i;
        g_string_append_unichar(to, 0x4e00 + (word >> 8) % (word % 3 ? 300 : 3500));
    }
}

static void
append_word(GString *to, guint language)
{
    static const char *const en[] = {"ba", "co", "di", "fe", "gu", "ha", "li",  "mo",    "ne",
                                     "pu", "ra", "si", "to", "ve", "wi", "cil", "ridge", "ter"};
    static const char *const ru[] = {"го", "ро", "да", "мо", "ста", "во",  "ни",  "ле", "пра",
                                     "ци", "я",  "ка", "ту", "се",  "бюд", "жет", "ий", "ов"};
    if (language == 0) {
        append_chinese(to, zipf(20000));
        return;
    }
    guint word = zipf(40000);
    const char *const *parts = language == 1 ? ru : en;
    for (guint i = 0; i < 2 + word % 3; i++, word /= 18)
        g_string_append(to, parts[word % 18]);
    g_string_append_c(to, ' ');
}

static char *
words(guint language, gsize bytes)
{
    GString *text = g_string_sized_new(bytes + 32);
    for (guint n = 0; text->len < bytes; n++) {
        append_word(text, language);
        if (n % 30 == 29)
            g_string_append(text, language == 0 ? "。\n" : "\n");
    }
    return g_strchomp(g_string_free(text, FALSE));
}

static void
check(bool fine, const GError *error)
{
    if (fine)
        return;
    fprintf(stderr, "make-store: %s\n", error ? error->message : "failed");
    exit(1);
}

static gsize text_bytes;

/* title: NULL for one of its own; published: 0 for any day of ten years. */
static void
put_article(struct store *store, int64_t source, int64_t number, const char *named,
            int64_t published, gsize characters)
{
    static const char *const languages[] = {"zh", "ru", "en"};
    guint language = (guint)(number % 3);
    g_autoptr(GError) error = NULL;
    g_autofree char *title = named ? g_strdup(named) : words(language, 60),
                    *id = g_strdup_printf("article-%" G_GINT64_FORMAT, number);
    g_autofree char *link = g_strdup_printf(
        "http://s%" G_GINT64_FORMAT ".example/%" G_GINT64_FORMAT ".html", source, number);
    /* a character of zh is three bytes, one of ru two */
    g_autofree char *text = words(language, characters * (3 - language));
    AUTO(entry_free) struct entry *entry = entry_new();
    entry->id = g_steal_pointer(&id);
    entry->link = g_steal_pointer(&link);
    entry->title = g_strdup(title);
    entry->language = g_strdup(languages[language]);
    entry->published.time = published ? published : NOW - (int64_t)next_number(10 * 365 * 86400);
    entry->published.precision = DATE_SECOND;
    text_bytes += strlen(text) + strlen(title);
    bool is_new, changed;
    articles_identify(store, source, entry);
    int64_t article = articles_put(store, source, entry, 0, NULL, NOW, &is_new, &error);
    check(article != 0, error);
    AUTO(document_free) struct document *document = document_from_text(text);
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    check(articles_put_document(store, article, stored, "feed", title, false, NOW, NULL, &changed,
                                &error),
          error);
}

static struct store *
open_store(const char *home, int sources)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *config = g_build_filename(home, "config", "crier", NULL),
                    *data = g_build_filename(home, "data", "crier", NULL);
    g_autofree char *file = g_build_filename(config, "urls", NULL),
                    *path = g_build_filename(data, "articles.db", NULL);
    g_mkdir_with_parents(config, 0755);
    g_mkdir_with_parents(data, 0755);
    g_autoptr(GString) lines = g_string_new(NULL);
    for (int i = 1; i <= sources; i++)
        g_string_append_printf(lines, "http://s%d.example/feed.xml \"~Source %d\"\n", i, i);
    check(g_file_set_contents(file, lines->str, -1, &error), error);
    struct store *store = store_open(path, STORE_WRITE, 0, &error);
    check(store != NULL, error);
    AUTO(urls_free) struct urls *urls = urls_parse(config, "urls", lines->str);
    check(sources_sync(store, urls, &error), error);
    return store;
}

int
main(int argc, char **argv)
{
    if (argc < 5 || argc > 6) {
        fprintf(stderr, "usage: make-store HOME ARTICLES SOURCES CHARACTERS [THERE]\n");
        return 2;
    }
    int64_t articles = atoll(argv[2]), there = argc > 5 ? atoll(argv[5]) : 0;
    seed += (guint64)there;
    int sources = atoi(argv[3]);
    g_autoptr(GError) error = NULL;
    AUTO(store_close) struct store *store = open_store(argv[1], sources);
    check(store_begin(store, &error), error);
    put_article(store, 1, (articles / 3 + 1) * 3 + 2, "Long article of 1 MB", NOW - 1, 1000000);
    put_article(store, 1, (articles / 3 + 2) * 3, "Long article of 100 KB in Chinese", NOW - 2,
                33333);
    check(store_commit(store, &error), error);
    /* source after source, as first fetches write them */
    for (int64_t n = there; n < articles; n++) {
        int64_t source = argc > 5 ? n / FETCH % sources : n * sources / articles;
        if (n == there || n % BATCH == 0)
            check(store_begin(store, &error), error);
        put_article(store, 1 + source, n, NULL, 0, (gsize)atoi(argv[4]));
        if (n % BATCH == BATCH - 1 || n == articles - 1)
            check(store_commit(store, &error), error);
    }
    for (bool more = true; more;)
        check(search_index_slice(store, BATCH, &more, &error), error);
    printf("%zu bytes of text\n", text_bytes);
    return 0;
}
