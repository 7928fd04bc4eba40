/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighing signs: of pages, by what came with them; of lists, by their order. */
#include "config.h"

#include "fetch/presence.h"
#include "store/articles.h"
#include "store/withdrawals.h"
#include "text/fold.h"

#define HOUR    3600
#define DAY     86400
#define FEW     2  /* pages that may be gone at once, whatever others are */
#define PINNED  3  /* entries at most that stand before a list's order begins */
#define ORDERED 5  /* entries at least whose order says something */
#define BEHIND  2  /* entries that are still there of those that stood behind one */
#define ONE_OF  10 /* entries of a list that may be lacking at once: one of so many, or one */

/* --- pages -------------------------------------------------------------------------------- */

static bool
is_there(const struct page_arrival *page)
{
    const struct article *article = page->result ? page->result->page->article : NULL;
    return page->unchanged || (!page->problem && !page->sign.kind && article);
}

/* Whether a source has no page but that of a link. */
static bool
is_alone(const struct job *job, struct store *store, const char *link)
{
    g_autoptr(GPtrArray) others = withdrawals_witnesses(store, job->source->id, 2);
    for (guint i = 0; i < others->len; i++)
        if (!g_str_equal(((const struct recheck *)g_ptr_array_index(others, i))->link, link))
            return false;
    return true;
}

void
presence_weigh(struct job *job, struct store *store)
{
    guint there = 0, gone = 0;
    const char *last = NULL;
    GHashTableIter iter;
    gpointer link, value;
    g_hash_table_iter_init(&iter, job->articles);
    while (g_hash_table_iter_next(&iter, &link, &value)) {
        const struct page_arrival *page = value;
        if (!page)
            continue;
        there += is_there(page);
        gone += page->sign.kind != WITHDRAWAL_NONE;
        last = page->sign.kind ? link : last;
    }
    job->believes_after = WITHDRAWAL_NEVER;
    if (there && (gone <= FEW || gone <= there))
        job->believes_after = HOUR;
    else if (!there && gone == 1 && is_alone(job, store, last))
        job->believes_after = DAY;
}

int64_t
presence_believes_after(const struct job *job, const struct page_arrival *page)
{
    bool said = page->sign.kind == WITHDRAWAL_STATUS && page->sign.status == 410;
    return said && job->believes_after == HOUR ? 0 : job->believes_after;
}

static bool
same_title(const char *a, const char *b)
{
    g_autofree char *one = text_fold(a ? a : ""), *other = text_fold(b ? b : "");
    return *one && g_str_equal(one, other);
}

/* Whether there was a text that can be gone. */
static bool
had_text(struct store *store, int64_t article)
{
    AUTO(document_free) struct document *known = articles_document(store, article, 0, NULL);
    if (known)
        document_detach(known);
    return known && !document_is_empty(known) && articles_has_page(store, article);
}

bool
presence_is_sign(struct store *store, int64_t article, const struct page_arrival *page)
{
    const struct article *found = page->result ? page->result->page->article : NULL;
    if (!page->sign.kind)
        return false;
    g_autofree char *title = found ? articles_title(store, article) : NULL;
    if (found && same_title(title, found->title))
        return false;
    /* what was never seen otherwise may be as it is meant */
    bool needs_text = page->sign.kind == WITHDRAWAL_BARE ||
                      (found && page->sign.kind == WITHDRAWAL_LIST);
    return !needs_text || had_text(store, article);
}

/* --- lists -------------------------------------------------------------------------------- */

/* A moment by which lists are ordered: of a day without time its beginning. */
static int64_t
moment_of(const struct date *date)
{
    return date->precision == DATE_DAY ? date->time - date->time % DAY : date->time;
}

/* All entries of a job, the first first; borrowed.  NULL: they are of events, which pass. */
static GPtrArray *
entries_of(const struct job *job)
{
    GPtrArray *entries = g_ptr_array_new();
    for (guint p = 0; p < job->results->len; p++) {
        const struct parse_result *result = g_ptr_array_index(job->results, p);
        for (guint i = 0; i < result->entries->len; i++) {
            struct entry *e = g_ptr_array_index(result->entries, i);
            if (result->is_index || event_is_known(&e->event)) {
                g_ptr_array_unref(entries);
                return NULL;
            }
            g_ptr_array_add(entries, e);
        }
    }
    return entries;
}

/* From where on entries are in the order of dates, all dated, the newest first; or their number. */
static guint
begin_of_order(const GPtrArray *entries)
{
    guint begin = entries->len ? entries->len - 1 : 0;
    const struct entry *last = entries->len ? g_ptr_array_index(entries, begin) : NULL;
    if (!last || !date_is_known(&last->published))
        return entries->len;
    for (; begin; begin--) {
        const struct entry *upper = g_ptr_array_index(entries, begin - 1),
                           *lower = g_ptr_array_index(entries, begin);
        if (!date_is_known(&upper->published) ||
            moment_of(&upper->published) < moment_of(&lower->published))
            break;
    }
    const struct entry *first = g_ptr_array_index(entries, begin);
    bool spans = moment_of(&first->published) > moment_of(&last->published);
    return begin <= PINNED && entries->len - begin >= ORDERED && spans ? begin : entries->len;
}

/* The numbers of a list's articles in its order, as far as it is one. */
static GArray *
order_of(const GPtrArray *entries, guint begin)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = begin; i < entries->len; i++) {
        const struct entry *e = g_ptr_array_index(entries, i);
        if (e->article > 0)
            g_array_append_val(order, e->article);
    }
    return order;
}

static bool
has_number(const GArray *numbers, int64_t number)
{
    for (guint i = 0; i < numbers->len; i++)
        if (g_array_index(numbers, int64_t, i) == number)
            return true;
    return false;
}

/* What an article is called or says of itself, that speaks against its being taken away. */
static bool
is_elsewhere(struct store *store, int64_t article, const GPtrArray *entries, int64_t oldest)
{
    struct lacking lacking;
    if (!withdrawals_lacking(store, article, &lacking))
        return true;
    g_autofree char *title = lacking.title;
    bool elsewhere = lacking.elsewhere || lacking.withdrawn || lacking.published <= oldest;
    for (guint i = 0; !elsewhere && i < entries->len; i++)
        elsewhere = same_title(title, ((const struct entry *)g_ptr_array_index(entries, i))->title);
    return elsewhere;
}

/* A list as it is now. */
struct reading {
    const GPtrArray *entries; /* const struct entry * */
    GArray *all, *order;      /* int64_t: of all of them; of those in order */
    int64_t oldest;           /* what is newer than that would stand before some of them */
};

/* What stood in a list in front of some that still do, and does not now. */
static GArray *
lacks(struct store *store, const GArray *before, const struct reading *now)
{
    GArray *lacking = g_array_new(FALSE, FALSE, sizeof(int64_t));
    guint behind = 0;
    for (guint i = before->len; i-- > 0;) {
        int64_t id = g_array_index(before, int64_t, i);
        if (has_number(now->all, id))
            behind += has_number(now->order, id);
        else if (behind >= BEHIND && !is_elsewhere(store, id, now->entries, now->oldest))
            g_array_append_val(lacking, id);
    }
    return lacking;
}

static bool
take_signs(const struct job *job, struct store *store, const GArray *articles, int64_t now,
           GError **error)
{
    const struct withdrawal_sign sign = {.kind = WITHDRAWAL_UNLISTED, .place = job->url};
    for (guint i = 0; i < articles->len; i++)
        if (!withdrawals_take_sign(store, g_array_index(articles, int64_t, i), &sign, HOUR, now,
                                   error))
            return false;
    return true;
}

/* What was lacking before: it is there again, or still lacks, or nothing can be said any more. */
static bool
look_again(const struct job *job, struct store *store, const struct reading *r, int64_t now,
           GError **error)
{
    g_autoptr(GArray) doubted = withdrawals_unlisted(store, job->source->id);
    g_autoptr(GArray) still = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < doubted->len; i++) {
        int64_t id = g_array_index(doubted, int64_t, i);
        struct lacking lacking = {0};
        bool listed = has_number(r->all, id);
        bool lacks = !listed && withdrawals_lacking(store, id, &lacking);
        g_free(lacking.title);
        if (lacks && lacking.withdrawn)
            continue;
        if (!listed && r->order->len && !is_elsewhere(store, id, r->entries, r->oldest))
            g_array_append_val(still, id);
        else if (!withdrawals_saw_listed(store, id, job->url, now, error))
            return false;
    }
    return take_signs(job, store, still, now, error);
}

bool
presence_store_list(const struct job *job, struct store *store, int64_t now, GError **error)
{
    if (job->unchanged) { /* it lacks what it lacked */
        g_autoptr(GArray) doubted = withdrawals_unlisted(store, job->source->id);
        return take_signs(job, store, doubted, now, error);
    }
    g_autoptr(GPtrArray) entries = entries_of(job);
    if (!entries || !entries->len)
        return true;
    guint begin = begin_of_order(entries);
    g_autoptr(GArray) all = order_of(entries, 0);
    g_autoptr(GArray) order = order_of(entries, begin);
    struct reading r = {entries, all, order, G_MAXINT64};
    if (order->len >= BEHIND)
        r.oldest = moment_of(
            &((const struct entry *)g_ptr_array_index(entries, entries->len - BEHIND))->published);
    if (!look_again(job, store, &r, now, error))
        return false;
    g_autoptr(GArray) before = withdrawals_list(store, job->source->id);
    g_autoptr(GArray) lacking = lacks(store, before, &r);
    bool few = lacking->len <= MAX(1, before->len / ONE_OF);
    return (!few || take_signs(job, store, lacking, now, error)) &&
           withdrawals_put_list(store, job->source->id, order, error);
}
