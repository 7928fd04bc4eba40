/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sliding over the store. */
#include "config.h"

#include "reader/window.h"
#include "base/clean.h"
#include "store/marks.h"
#include "text/match.h"

#include <string.h>
#include <time.h>

#define COUNT_STEP  100
#define SCAN_LIMIT  20000 /* rows that are looked at one by one where the store cannot find them */
#define KEPT_LIMIT  2000
#define MOST_PAUSES 16
#define COUNTED     256 /* rows that are counted in the time in which one is skipped */
/* ms of a processor: once counting up to a limit has taken as long, four times as far is too far */
#define CHEAP 4

void
window_init(struct window *w, const struct session *session)
{
    *w = (struct window){.session = session,
                         .store = session->store,
                         .kept = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                         .rows = g_ptr_array_new()};
}

void
window_clear(struct window *w)
{
    g_ptr_array_unref(w->rows);
    g_array_unref(w->kept);
    g_free(w->error);
}

static void
free_row(gpointer row)
{
    if (row)
        article_row_free(row);
}

/* Takes the rows of [from, to) of the list out of the window, if they lie in it; owned. */
static GPtrArray *
steal_rows(struct window *w, int64_t from, int64_t to)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(free_row);
    for (int64_t i = MAX(from, w->from); i < MIN(to, w->from + (int64_t)w->rows->len); i++) {
        g_ptr_array_add(kept, g_ptr_array_index(w->rows, i - w->from));
        w->rows->pdata[i - w->from] = NULL;
    }
    return kept;
}

/*
 * The window moved to [start, start + length) from the rows that it shares with the one before;
 * false if it shares none.
 */
static bool
slide(struct window *w, int64_t start, int64_t length, GError **error)
{
    int64_t end = w->from + (int64_t)w->rows->len;
    bool down = w->rows->len && start > w->from && start < end;
    bool up = w->rows->len && start < w->from && start + length > w->from;
    if (!listing_is_in_windows(&w->listing) || (!down && !up))
        return false;
    const struct article_row *edge = g_ptr_array_index(w->rows, down ? w->rows->len - 1 : 0);
    GPtrArray *more = listing_rows_beside(w->store, &w->listing, edge, up,
                                          down ? start + length - end : w->from - start, error);
    if (!more)
        return false;
    GPtrArray *kept = steal_rows(w, start, start + length), *rows = down ? kept : more;
    g_ptr_array_extend_and_steal(rows, down ? more : kept);
    g_ptr_array_unref(w->rows);
    w->rows = rows;
    w->from = start;
    return true;
}

/* What people have marked and nothing of the listing's own says. */
static void
apply_marks(struct window *w)
{
    for (guint i = 0; i < w->rows->len; i++) {
        struct article_row *row = g_ptr_array_index(w->rows, i);
        if (w->listing.languages)
            session_join(w->session, row);
        session_overlay(w->session, row);
    }
}

static void
note_error(struct window *w, const GError *error)
{
    g_free(w->error);
    w->error = error ? g_strdup(error->message) : NULL;
}

/* How many rows are read around a place, and from where on. */
static int64_t
reach_of(const struct window *w, int64_t around, int64_t *start)
{
    int64_t span = MAX(w->height, 20) * 2;
    *start = MAX(around - span / 2, 0);
    return span * 2;
}

static void
load_around(struct window *w, int64_t around)
{
    g_autoptr(GError) error = NULL;
    int64_t start, length = reach_of(w, around, &start);
    if (w->store && slide(w, start, length, &error)) {
        apply_marks(w);
        return;
    }
    g_clear_pointer(&w->rows, g_ptr_array_unref);
    w->from = start;
    if (w->more)
        length = MAX(MIN(length, w->count - start), 0);
    if (w->store && !error && !w->more && listing_is_in_windows(&w->listing) &&
        start > w->count / 2) {
        int64_t rest = MIN(length, w->count - start);
        w->rows = listing_rows_last(w->store, &w->listing, w->count - start - rest, rest, &error);
    } else if (w->store && !error) {
        w->rows = listing_rows(w->store, &w->listing, start, length, &error);
    }
    if (error)
        note_error(w, error);
    if (!w->rows)
        w->rows = g_ptr_array_new();
    apply_marks(w);
}

const struct article_row *
window_row(struct window *w, int64_t place)
{
    if (place < 0 || place >= w->count)
        return NULL;
    if (place < w->from || place >= w->from + (int64_t)w->rows->len)
        load_around(w, place);
    place -= w->from;
    return place >= 0 && place < (int64_t)w->rows->len ? g_ptr_array_index(w->rows, place) : NULL;
}

/*
 * The rows around an article of the list, at most `before` of them before it, without an offset;
 * *index: which of them it is.  NULL: the list has it not, or not alone at its end.
 */
static GPtrArray *
rows_around(struct window *w, int64_t article, int64_t before, int64_t length, guint *index)
{
    AUTO(article_row_free) struct article_row *row = listing_article(w->store, article, NULL);
    GPtrArray *around = row ? listing_rows_beside(w->store, &w->listing, row, true, before, NULL)
                            : NULL;
    if (!around)
        return NULL;
    *index = around->len;
    const struct article_row *edge = around->len ? around->pdata[around->len - 1] : NULL;
    GPtrArray *rest = edge ? listing_rows_beside(w->store, &w->listing, edge, false, length, NULL)
                           : NULL;
    bool there = rest && rest->len && ((const struct article_row *)rest->pdata[0])->id == article;
    if (there)
        g_ptr_array_extend_and_steal(around, rest);
    else if (rest)
        g_ptr_array_unref(rest);
    if (!there)
        g_clear_pointer(&around, g_ptr_array_unref);
    return around;
}

/* Has the window hold these, owned, the first of which stands at `from`. */
static void
take_rows(struct window *w, GPtrArray *rows, int64_t from)
{
    g_ptr_array_unref(w->rows);
    w->rows = rows;
    w->from = from;
    apply_marks(w);
}

/* Reads the rows around one whose place is known, without an offset. */
static bool
load_beside(struct window *w, int64_t article, int64_t place)
{
    guint index;
    int64_t start, length = reach_of(w, place, &start);
    GPtrArray *rows = rows_around(w, article, MAX(place - start, 1),
                                  w->more ? MIN(length, w->count - place) : length, &index);
    if (rows)
        take_rows(w, rows, place - index);
    return rows != NULL;
}

/*
 * Of rows that were read before, [from, from + len), that nearest to a place which the list still
 * has, or NULL.  It is looked for ever more widely: what goes at once mostly stood together.
 */
static const struct article_row *
row_still_there(struct window *w, const GPtrArray *rows, int64_t from, int64_t place)
{
    for (int64_t step = 0; step <= (int64_t)rows->len; step = MAX(step * 2, 1)) {
        for (int sign = 1; sign >= (step ? -1 : 1); sign -= 2) {
            int64_t i = place - from + sign * step;
            const struct article_row *row = i >= 0 && i < (int64_t)rows->len ? rows->pdata[i]
                                                                             : NULL;
            if (row && listing_has(w->store, &w->listing, row->id))
                return row;
        }
    }
    return NULL;
}

/* How far beside a row the farthest is that it has been beside before; -1: there is none. */
struct distance {
    int64_t former, now;
};

static struct distance
distance_shared(const GPtrArray *former, int64_t i, const GPtrArray *now, int64_t k, int step)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (int64_t n = k + step; n >= 0 && n < (int64_t)now->len; n += step)
        g_hash_table_insert(places, &((struct article_row *)now->pdata[n])->id,
                            GINT_TO_POINTER(1 + ABS((int)(n - k))));
    for (int64_t n = step > 0 ? former->len - 1 : 0; n != i; n -= step) {
        const struct article_row *row = former->pdata[n];
        int place = GPOINTER_TO_INT(g_hash_table_lookup(places, &row->id));
        if (place)
            return (struct distance){ABS(n - i), place - 1};
    }
    return (struct distance){-1, -1};
}

/* What was in memory of the list when it was loaded last. */
struct former {
    GPtrArray *rows;
    int64_t from, count, marks;
    bool same; /* counted to its end then, and nobody else has written since */
};

/* Of a window, the rows from the first to the last one that another one has, too. */
struct part {
    const GPtrArray *rows;
    int64_t first, last;
};

/* The row there of an article or of its group (0: none), or NULL. */
static const struct article_row *
row_in(const struct part *part, int64_t article, int64_t group)
{
    for (int64_t i = part->first; i <= part->last; i++) {
        const struct article_row *row = part->rows->pdata[i];
        if (row->id == article || (group && row->group == group))
            return row;
    }
    return NULL;
}

/*
 * How many rows may have gone or come elsewhere than in those parts, as an article was marked: its
 * own, or those of its group that stood for it then and stand for it now.
 */
static guint
moved_by(const struct window *w, const struct part *before, const struct part *now, int64_t article)
{
    AUTO(article_row_free)
    struct article_row *row = w->listing.languages ? listing_article(w->store, article, NULL)
                                                   : NULL;
    int64_t group = row ? row->group : 0;
    bool was = row_in(before, article, group), is = row_in(now, article, group);
    return was && is ? 0 : group ? 2 - was - is : !was && !is;
}

/*
 * Whether by one's own marks as many rows may have gone from one side of those parts as have come
 * to the other, so that the count of the list says nothing of it.
 */
static bool
may_be_elsewhere(const struct window *w, const struct former *former, const struct part *before,
                 const struct part *now)
{
    guint count = 0, moved = 0;
    const int64_t *marked = marks_since(w->store, former->marks, &count);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < count && moved < 2; i++)
        if (g_hash_table_add(seen, (gpointer)&marked[i]))
            moved += moved_by(w, before, now, marked[i]);
    return !marked || moved > 1;
}

/*
 * The window around a row that it had in the same list: what goes from it by one's own marks and
 * comes back to it leaves the others in order, so that a row stands where it stood, but for those
 * before it that have come and gone.  That these are all is seen by the count of the list.
 */
static bool
load_along(struct window *w, const struct former *former, const struct article_row *row)
{
    guint index, i;
    int64_t start, length = reach_of(w, 0, &start);
    g_autoptr(GPtrArray) rows = rows_around(w, row->id, length / 2, length, &index);
    if (!rows || !g_ptr_array_find(former->rows, row, &i))
        return false;
    struct distance before = distance_shared(former->rows, i, rows, index, -1),
                    after = distance_shared(former->rows, i, rows, index, 1);
    int64_t more = before.now - before.former, place = former->from + i + more;
    if (before.now < 0 || after.now < 0 || place < index ||
        w->count - former->count != more + after.now - after.former ||
        may_be_elsewhere(w, former,
                         &(struct part){former->rows, i - before.former, i + after.former},
                         &(struct part){rows, index - before.now, index + after.now}))
        return false;
    take_rows(w, g_steal_pointer(&rows), place - index);
    return true;
}

/*
 * The window around a place read anew without an offset, by what was read there before: some
 * hundreds of rows are counted in the time in which one is skipped, so that this is worth while far
 * from both ends.  Where it was not, it is tried again after ever more loads.
 */
static bool
load_again(struct window *w, const struct former *former, int64_t around)
{
    int64_t start, length = reach_of(w, around, &start),
                   rest = w->more ? start : MAX(w->count - start - length, 0),
                   skipped = MIN(start, rest);
    if (skipped <= length)
        w->pause = w->pauses = 0; /* which is how another list begins, too */
    if (!listing_is_in_windows(&w->listing) || skipped <= length || skipped < start / COUNTED)
        return false;
    bool same = former->same && !w->more && w->listing.sort != LISTING_UNREAD;
    const struct article_row *row =
        same || !w->pauses ? row_still_there(w, former->rows, former->from, around) : NULL;
    if (same && row && load_along(w, former, row))
        return true;
    if (w->pauses) {
        w->pauses--;
        return false;
    }
    int64_t place = row ? listing_position_soon(w->store, &w->listing, row->id, skipped) : -1;
    w->pauses = w->pause = row && place < 0 ? CLAMP(w->pause * 2, 1, MOST_PAUSES) : 0;
    return place >= 0 && place < w->count && load_beside(w, row->id, place);
}

static void
load(struct window *w, int64_t around, bool same)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = w->rows;
    struct former former = {rows, w->from, w->count, w->marks, same && !w->more};
    w->rows = g_ptr_array_new();
    w->store = w->session->store; /* the first subscription makes one */
    w->count_limit = MAX(w->count_limit, COUNT_STEP);
    w->more = false;
    int64_t version = w->store ? store_version(w->store) : 0;
    former.same &= version == w->version;
    w->version = version;
    w->marks = w->store ? marks_made(w->store) : 0;
    w->count = w->store ? listing_count_to(w->store, &w->listing, w->count_limit, &w->more, &error)
                        : 0;
    note_error(w, error);
    w->count = MAX(w->count, 0);
    int64_t place = CLAMP(around, 0, MAX(w->count - 1, 0));
    if ((w->count || w->error) && (!w->store || !load_again(w, &former, place)))
        load_around(w, place);
}

void
window_load(struct window *w, int64_t around)
{
    load(w, around, false);
}

void
window_reload(struct window *w, int64_t around)
{
    load(w, around, true);
}

void
window_count_on(struct window *w, int64_t last_shown)
{
    while (w->more && last_shown >= w->count) {
        w->count_limit = last_shown == G_MAXINT64 ? G_MAXINT64 : w->count_limit * 4;
        int64_t count = listing_count_to(w->store, &w->listing, w->count_limit, &w->more, NULL);
        w->more &= count > w->count;
        w->count = MAX(count, w->count);
    }
}

static int64_t
processor_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
window_count_soon(struct window *w)
{
    for (int64_t since = processor_ms(), took = 0; w->more && took < CHEAP;) {
        window_count_on(w, w->count);
        took = processor_ms() - since;
        since += took;
    }
}

int64_t
window_place(struct window *w, int64_t article)
{
    for (guint i = 0; i < w->rows->len; i++)
        if (((const struct article_row *)g_ptr_array_index(w->rows, i))->id == article)
            return w->from + i;
    if (!w->rows->len)
        return w->store ? listing_position(w->store, &w->listing, article) : -1;
    return listing_position_from(w->store, &w->listing, article, g_ptr_array_index(w->rows, 0),
                                 w->from);
}

int64_t
window_reach(struct window *w, int64_t article)
{
    for (guint i = 0; i < w->rows->len; i++)
        if (((const struct article_row *)g_ptr_array_index(w->rows, i))->id == article)
            return w->from + i;
    bool can = w->store && listing_is_in_windows(&w->listing);
    int64_t place = can ? listing_position_soon(w->store, &w->listing, article, 0) : -1;
    return place >= 0 && place < w->count && load_beside(w, article, place) ? place : -1;
}

/* The place of the first row beside a row that a narrower listing has; -1: none. */
static int64_t
place_of_next(struct window *w, const struct listing *narrower, const struct article_row *row,
              int step)
{
    g_autoptr(GPtrArray) rows = listing_rows_beside(w->store, narrower, row, step < 0, 1, NULL);
    return rows && rows->len
               ? window_place(w, ((const struct article_row *)g_ptr_array_index(rows, 0))->id)
               : -1;
}

int64_t
window_find_unread(struct window *w, int64_t from, int step)
{
    int64_t near = MAX(w->height, 20);
    for (int64_t i = from + step, n = 0; i >= 0 && i < w->count && n < SCAN_LIMIT; i += step, n++) {
        const struct article_row *row = window_row(w, i);
        if (!row)
            return -1;
        if (row->unread)
            return i;
        if (listing_is_in_order(&w->listing) && n == near) {
            struct listing unread = w->listing;
            unread.unread_only = true;
            unread.kept = NULL;
            unread.whole = &w->listing;
            return place_of_next(w, &unread, row, step);
        }
    }
    return -1;
}

/* What a query could take for more than words is none of it. */
static char **
words_of(const char *text)
{
    g_autofree char *plain = g_strdelimit(g_strdup(text), "\"():-\\", ' ');
    return g_strsplit(plain, " ", -1);
}

/* A query for titles that have the words, whatever characters they are made of. */
static char *
title_query(const char *words)
{
    GString *query = g_string_new(NULL);
    g_auto(GStrv) parts = words_of(words);
    for (char **part = parts; *part; part++)
        if (**part)
            g_string_append_printf(query, "title:%s ", *part);
    return g_string_free(query, FALSE);
}

/* What such a query finds, of a title that was read: each of the words, where a word begins. */
static bool
title_has(const char *title, const char *words)
{
    g_auto(GStrv) parts = words_of(words);
    bool any = false;
    for (char **part = parts; *part; part++) {
        char *const one[] = {*part, NULL};
        if (!**part)
            continue;
        g_autoptr(GArray) found = text_matches(title, one, false, 1);
        if (!found->len)
            return false;
        any = true;
    }
    return any;
}

static int64_t
find_by_reading(struct window *w, int64_t from, int step, const char *words)
{
    for (int64_t n = 0; n < SCAN_LIMIT; n++) {
        int64_t to = from + step * n;
        window_count_on(w, to < 0 ? G_MAXINT64 : to); /* one goes round at the end alone */
        if (n >= w->count)
            break;
        int64_t i = (to % w->count + w->count) % w->count;
        const struct article_row *row = window_row(w, i);
        if (row && title_has(row->title, words))
            return i;
    }
    return -1;
}

/* For those rows of a list in order that have the words; NULL: they cannot be asked for. */
static struct query *
titled_query(const struct window *w, const char *words)
{
    g_autofree char *text = title_query(words);
    return listing_is_in_order(&w->listing) && !text_is_blank(text)
               ? query_narrowed(w->listing.query, text, NULL)
               : NULL;
}

static struct listing
titled_listing(const struct window *w, const struct query *query)
{
    struct listing titled = w->listing;
    titled.query = query;
    titled.whole = &w->listing;
    return titled;
}

/* Of a list that must be read: from its beginning to where the row is and enough are. */
static int64_t
count_by_reading(struct window *w, int64_t place, const char *words, int64_t most, int64_t *count,
                 bool *more)
{
    int64_t own = 0, i = 0;
    for (*count = 0; i < SCAN_LIMIT && (*count <= most || i <= place); i++) {
        window_count_on(w, i);
        const struct article_row *row = window_row(w, i);
        if (!row)
            break;
        if (!title_has(row->title, words))
            continue;
        ++*count;
        if (i == place)
            own = *count;
    }
    *more = i < w->count;
    return own;
}

int64_t
window_count_title(struct window *w, int64_t place, const char *words, int64_t most, int64_t *count,
                   bool *more)
{
    AUTO(query_free) struct query *query = titled_query(w, words);
    if (!query)
        return count_by_reading(w, place, words, most, count, more);
    struct listing titled = titled_listing(w, query);
    const struct article_row *row = window_row(w, place);
    int64_t own = row ? listing_position(w->store, &titled, row->id) + 1 : 0;
    *count = MAX(listing_count_to(w->store, &titled, most + 1, more, NULL), own);
    return own;
}

int64_t
window_find_title(struct window *w, int64_t from, int step, bool here, const char *words)
{
    const struct article_row *row = window_row(w, from);
    if (!row || text_is_blank(words))
        return -1;
    if (here && title_has(row->title, words))
        return from;
    AUTO(query_free) struct query *query = titled_query(w, words);
    if (!query)
        return find_by_reading(w, from + step, step, words);
    struct listing titled = titled_listing(w, query);
    int64_t found = place_of_next(w, &titled, row, step);
    if (found >= 0)
        return found;
    g_autoptr(GPtrArray) rows = step > 0 ? listing_rows(w->store, &titled, 0, 1, NULL)
                                         : listing_rows_last(w->store, &titled, 0, 1, NULL);
    return rows && rows->len
               ? window_place(w, ((const struct article_row *)g_ptr_array_index(rows, 0))->id)
               : -1;
}

void
window_keep(struct window *w)
{
    for (guint i = 0; i < w->rows->len && w->kept->len < KEPT_LIMIT; i++) {
        const struct article_row *row = g_ptr_array_index(w->rows, i);
        bool known = !row->unread;
        for (guint k = 0; k < w->kept->len && !known; k++)
            known = g_array_index(w->kept, int64_t, k) == row->id;
        if (!known)
            g_array_append_val(w->kept, row->id);
    }
    w->listing.kept = w->kept;
}

void
window_keep_none(struct window *w)
{
    w->version = -1; /* rows go without a mark: nothing stands where it stood */
    g_array_set_size(w->kept, 0);
    w->listing.kept = NULL;
}
