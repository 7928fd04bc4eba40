/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing pages: how many of a host, doubted ones first, with witnesses. */
#include "config.h"

#include "fetch/rechecks.h"
#include "base/url.h"
#include "store/articles.h"

#define DAY 86400
/*
 * Pages that a fetch asks for again, of one source and of one host: with hourly fetches and the
 * days that are preset, enough for a source with 40 articles a day.
 */
#define OF_SOURCE 10
#define OF_HOST   20
#define LEAST     2 /* a doubted one, and one that is not */

/* How many sources of this fetch each host has. */
static GHashTable *
count_sources(const struct pipeline *p)
{
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < p->jobs->len; i++) {
        char *authority = url_authority(((const struct job *)g_ptr_array_index(p->jobs, i))->url);
        int count = authority ? GPOINTER_TO_INT(g_hash_table_lookup(counts, authority)) : 0;
        if (authority)
            g_hash_table_insert(counts, authority, GINT_TO_POINTER(count + 1));
    }
    return counts;
}

/*
 * What a source may ask of its host: its share; where there are too many sources for that, they
 * take turns.
 */
static int
share_of(struct pipeline *p, const struct job *job)
{
    g_autofree char *authority = url_authority(job->url);
    if (!p->rechecks)
        p->rechecks = count_sources(p);
    int sources = authority ? GPOINTER_TO_INT(g_hash_table_lookup(p->rechecks, authority)) : 0;
    int turns = (MAX(sources, 1) * LEAST + OF_HOST - 1) / OF_HOST;
    /* mixed: a fetch a day would give the turn to the same ones for ever */
    guint32 hour = (guint32)(p->now / 3600) * 2654435761u;
    if (((guint64)job->source->id + (hour >> 16)) % (guint64)turns)
        return 0;
    return CLAMP(OF_HOST / MAX(sources, 1), LEAST, OF_SOURCE);
}

/*
 * Whether it can be asked for: a page where pages are fetched; a document that would not come
 * whole, unless another title tells that it is another.  What cannot takes no room from the others.
 */
static bool
can_be_asked(struct pipeline *p, const struct job *job, const struct recheck *r)
{
    if (!url_is_web(r->link) || g_hash_table_contains(job->articles, r->link))
        return false;
    if (!job_is_document(job, r->link))
        return job->pages;
    g_autofree char *etag = NULL, *last_modified = NULL, *validated = NULL;
    articles_page_tag(p->store, r->article, &etag, &last_modified, &validated);
    return etag || last_modified || r->retitled;
}

/* Takes doubted ones, or the others, out of a list, at most `room`; how many. */
static int
take_some(struct pipeline *p, const struct job *job, GPtrArray *from, bool doubted, int room,
          GPtrArray *to)
{
    int taken = 0;
    for (guint i = 0; i < from->len && taken < room; i++) {
        struct recheck *r = g_ptr_array_index(from, i);
        if (r->doubted != doubted || !can_be_asked(p, job, r))
            continue;
        g_ptr_array_add(to, g_ptr_array_steal_index(from, i--));
        taken++;
    }
    return taken;
}

GPtrArray *
rechecks_choose(struct pipeline *p, const struct job *job)
{
    GPtrArray *chosen = g_ptr_array_new_with_free_func(recheck_free);
    int room = job->recheck ? share_of(p, job) : 0;
    if (!room)
        return chosen;
    /* where pages are not fetched, only those that have another title are looked at */
    int64_t since = job->pages ? p->now - (int64_t)job->recheck * DAY : G_MAXINT64;
    g_autoptr(GPtrArray) due = withdrawals_due(p->store, job->source->id, since, p->now);
    int doubted = take_some(p, job, due, true, MAX(room / 3, 1), chosen), witnessed = 0;
    if (doubted) {
        g_autoptr(GPtrArray)
            witnesses = withdrawals_witnesses(p->store, job->source->id, OF_SOURCE);
        witnessed = take_some(p, job, witnesses, false, doubted, chosen);
    }
    take_some(p, job, due, false, room - doubted - witnessed, chosen);
    return chosen;
}
