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

/* Whether a link's page was there before: a portal that was rebuilt has new ones, all there. */
static bool
was_there(const struct job *job, struct store *store, const char *link)
{
    int64_t article = articles_by_link(store, job->source->id, link);
    return article && articles_has_page(store, article);
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
        there += is_there(page) && was_there(job, store, link);
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
    const struct parsed_page *parsed = page->result ? page->result->page : NULL;
    bool forward = parsed && parsed->forward && page->sign.kind != WITHDRAWAL_SAYS;
    bool needs_text = page->sign.kind == WITHDRAWAL_BARE || forward ||
                      (found && page->sign.kind == WITHDRAWAL_LIST);
    /* what led there when its text was read leads there as it always did */
    bool always = found && page->sign.kind == WITHDRAWAL_LIST &&
                  articles_page_was_at(store, article, page->sign.place);
    return !always && (!needs_text || had_text(store, article));
}

/* --- lists -------------------------------------------------------------------------------- */

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
        if (!date_is_known(&upper->published) || upper->published.time < lower->published.time)
            break;
    }
    const struct entry *first = g_ptr_array_index(entries, begin);
    bool spans = first->published.time > last->published.time;
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

/* The numbers as a set; they are borrowed. */
static GHashTable *
set_of(const GArray *numbers)
{
    GHashTable *set = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < numbers->len; i++)
        g_hash_table_add(set, &g_array_index(numbers, int64_t, i));
    return set;
}

static GHashTable *
titles_of(const GPtrArray *entries)
{
    GHashTable *titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < entries->len; i++) {
        const char *title = ((const struct entry *)g_ptr_array_index(entries, i))->title;
        if (title)
            g_hash_table_add(titles, text_fold(title));
    }
    return titles;
}

/* What an article is called or says of itself, that speaks against its being taken away. */
static bool
is_elsewhere(struct store *store, int64_t article, GHashTable *titles, int64_t oldest)
{
    struct lacking lacking;
    if (!withdrawals_lacking(store, article, &lacking))
        return true;
    g_autofree char *title = lacking.title, *form = text_fold(title ? title : "");
    return lacking.elsewhere || lacking.withdrawn || lacking.published <= oldest ||
           (*form && g_hash_table_contains(titles, form));
}

/* A list as it is now. */
struct reading {
    GHashTable *all, *order; /* int64_t: the numbers of all of them; of those in order */
    GHashTable *titles;      /* of all of them, folded */
    int64_t oldest;          /* what is newer than that would stand before some of them */
};

/* What stood in a list in front of some that still do, and does not now. */
static GArray *
lacks(struct store *store, const GArray *before, const struct reading *now)
{
    GArray *lacking = g_array_new(FALSE, FALSE, sizeof(int64_t));
    guint behind = 0;
    guint most = MAX(1, before->len / ONE_OF); /* of more nothing is believed */
    for (guint i = before->len; i-- > 0 && lacking->len <= most;) {
        int64_t id = g_array_index(before, int64_t, i);
        if (g_hash_table_contains(now->all, &id))
            behind += g_hash_table_contains(now->order, &id);
        else if (behind >= BEHIND && !is_elsewhere(store, id, now->titles, now->oldest))
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
        bool listed = g_hash_table_contains(r->all, &id);
        bool lacks = !listed && withdrawals_lacking(store, id, &lacking);
        g_free(lacking.title);
        if (lacks && lacking.withdrawn)
            continue;
        bool ordered = g_hash_table_size(r->order) > 0;
        if (!listed && ordered && !is_elsewhere(store, id, r->titles, r->oldest))
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
    g_autoptr(GHashTable) known = set_of(all);
    g_autoptr(GHashTable) ordered = set_of(order);
    g_autoptr(GHashTable) titles = titles_of(entries);
    struct reading r = {known, ordered, titles, G_MAXINT64};
    if (order->len >= BEHIND) {
        const struct entry *e = g_ptr_array_index(entries, entries->len - BEHIND);
        /* entries of one day may stand in any order */
        r.oldest = e->published.time + (e->published.precision == DATE_DAY ? DAY - 1 : 0);
    }
    if (!look_again(job, store, &r, now, error))
        return false;
    g_autoptr(GArray) before = withdrawals_list(store, job->source->id);
    g_autoptr(GArray) lacking = lacks(store, before, &r);
    bool few = lacking->len <= MAX(1, before->len / ONE_OF);
    return (!few || take_signs(job, store, lacking, now, error)) &&
           withdrawals_put_list(store, job->source->id, order, error);
}
