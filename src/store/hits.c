/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of articles as bits. */
#include "config.h"

#include "store/hits.h"

#include <string.h>

#define POINTER "crier-hits"
#define MOST    ((int64_t)1 << 30) /* a number above it is of no store that this program made */

struct hits {
    guint64 *words;
    gsize length; /* words */
    int64_t count;
};

struct hits *
hits_new(void)
{
    return g_new0(struct hits, 1);
}

void
hits_free(struct hits *hits)
{
    g_free(hits->words);
    g_free(hits);
}

void
hits_add(struct hits *hits, int64_t article)
{
    if (article < 0 || article >= MOST)
        return;
    gsize word = (gsize)(article / 64);
    guint64 bit = (guint64)1 << article % 64;
    if (word >= hits->length) {
        gsize length = MAX(word + 1, hits->length * 2);
        hits->words = g_renew(guint64, hits->words, length);
        memset(hits->words + hits->length, 0, (length - hits->length) * sizeof *hits->words);
        hits->length = length;
    }
    hits->count += !(hits->words[word] & bit);
    hits->words[word] |= bit;
}

bool
hits_has(const struct hits *hits, int64_t article)
{
    gsize word = (gsize)(article / 64);
    return article >= 0 && word < hits->length && hits->words[word] >> article % 64 & 1;
}

int64_t
hits_count(const struct hits *hits)
{
    return hits->count;
}

void
hits_keep(struct hits *hits, const struct hits *other)
{
    hits->count = 0;
    for (gsize i = 0; i < hits->length; i++) {
        hits->words[i] &= i < other->length ? other->words[i] : 0;
        hits->count += __builtin_popcountll(hits->words[i]);
    }
}

int64_t
hits_next(const struct hits *hits, int64_t article)
{
    gsize at = (gsize)(article + 1);
    for (gsize word = at / 64; word < hits->length; word++) {
        guint64 rest = hits->words[word];
        if (word == at / 64)
            rest &= ~(guint64)0 << at % 64;
        if (rest)
            return (int64_t)(word * 64 + (gsize)__builtin_ctzll(rest));
    }
    return -1;
}

void
hits_bind(sqlite3_stmt *statement, int index, struct hits *hits)
{
    sqlite3_bind_pointer(statement, index, hits, POINTER, NULL);
}

static void
add_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)context, (void)count;
    struct hits *hits = sqlite3_value_pointer(values[0], POINTER);
    if (hits)
        hits_add(hits, sqlite3_value_int64(values[1]));
}

static void
add_final(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

static void
has_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const struct hits *hits = sqlite3_value_pointer(values[0], POINTER);
    sqlite3_result_int(context, hits && hits_has(hits, sqlite3_value_int64(values[1])));
}

int
hits_register(sqlite3 *db)
{
    const int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
    int code =
        sqlite3_create_function(db, "crier_hits_add", 2, flags, NULL, NULL, add_step, add_final);
    return code != SQLITE_OK ? code
                             : sqlite3_create_function(db, "crier_hits_has", 2, flags, NULL,
                                                       has_function, NULL, NULL);
}
