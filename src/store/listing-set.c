/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set of articles among which is all that a query finds, as its terms' indexes tell: bits that
 * are asked on the way along dates or titles, so that no other article is read there.  It is
 * remembered until the store changes.
 */
#include "config.h"

#include "store/hits.h"
#include "store/listing-sql.h"

#define SET 900 /* the number of a parameter, behind those of a SELECT */

struct remembered {
    char *key;
    struct hits *hits; /* NULL: there are too many, or no index tells */
    int64_t version, changes;
};

static void
forget(gpointer data)
{
    struct remembered *r = data;
    g_free(r->key);
    g_clear_pointer(&r->hits, hits_free);
    g_free(r);
}

static char *
key_of(const struct query *query)
{
    GString *key = g_string_new(NULL);
    for (guint i = 0; i < query->sets->len; i++) {
        const struct query_set *set = g_ptr_array_index(query->sets, i);
        g_string_append_printf(key, "%s\n", set->select);
        for (guint k = 0; k < set->count; k++)
            g_string_append_printf(key, "%s\n",
                                   (const char *)g_ptr_array_index(query->values, set->from + k));
    }
    return g_string_free(key, FALSE);
}

/* NULL: they are too many to be told soon. */
static struct hits *
ask(struct store *store, const struct query *query, const struct query_set *set)
{
    g_autofree char *sql = g_strdup_printf(
        "WITH its(article) AS (%s) SELECT crier_hits_add(?%d, article) FROM its", set->select, SET);
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, NULL);
    if (!s)
        return NULL;
    struct hits *hits = hits_new();
    for (guint k = 0; k < set->count; k++)
        store_bind_query(s, (int)k + 1, g_ptr_array_index(query->values, set->from + k));
    hits_bind(s, SET, hits);
    int thousands = set->words ? G_MAXINT : SOME_STEPS;
    int *before = listing_begin_steps(store, &thousands);
    if (sqlite3_step(s) != SQLITE_ROW)
        g_clear_pointer(&hits, hits_free);
    listing_end_steps(store, before);
    return hits;
}

/*
 * By each term that has one, until there are few.  Words are asked for last, and then however long
 * the answer is: to read texts that do not have them takes longer.
 */
static struct hits *
ask_each(struct store *store, const struct query *query)
{
    struct hits *hits = NULL;
    for (guint i = 0; i < 2 * query->sets->len && !(hits && hits_count(hits) <= FEW); i++) {
        const struct query_set *set = g_ptr_array_index(query->sets, i % query->sets->len);
        struct hits *its = set->words == (i >= query->sets->len) ? ask(store, query, set) : NULL;
        bool asked = its != NULL;
        if (hits && its)
            hits_keep(hits, its);
        else if (!hits)
            hits = g_steal_pointer(&its);
        g_clear_pointer(&its, hits_free);
        if (set->words && i >= query->sets->len && !asked) { /* the store is in trouble */
            g_clear_pointer(&hits, hits_free);
            break;
        }
    }
    return hits;
}

const struct hits *
listing_set(struct store *store, const struct listing *l)
{
    if (!l->query || !l->query->sets->len)
        return NULL;
    int64_t version = store_version(store),
            changes = sqlite3_total_changes(store->db) - store->marked;
    g_autofree char *key = key_of(l->query);
    struct remembered *r = store->set;
    if (r && r->version == version && r->changes == changes && g_str_equal(r->key, key))
        return r->hits;
    if (r)
        forget(r);
    store->set = r = g_new0(struct remembered, 1);
    store->free_set = forget;
    r->key = g_steal_pointer(&key);
    r->hits = ask_each(store, l->query);
    r->version = version;
    r->changes = changes;
    return r->hits;
}

bool
listing_needs_set(const struct listing *l)
{
    return l->query && l->query->picks && !l->among && !l->source && !l->sources &&
           !l->starred_only && !listing_is_of_counters(l);
}

void
listing_set_bind(sqlite3_stmt *s, int index, const struct hits *set)
{
    hits_bind(s, index, (struct hits *)set);
}

GArray *
listing_set_few(const struct hits *set)
{
    if (!set || hits_count(set) > FEW)
        return NULL;
    GArray *few = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (int64_t id = hits_next(set, -1); id >= 0; id = hits_next(set, id))
        g_array_append_val(few, id);
    return few;
}
