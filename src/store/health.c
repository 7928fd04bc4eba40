/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of sources, and the rhythm by which one has become silent. */
#include "config.h"

#include "store/health.h"
#include "base/url.h"
#include "store/changes.h"
#include "store/db.h"
#include "store/listing-sql.h"

#include <stdlib.h>

#define DAY       86400
#define WEEK      (7 * DAY)
#define DAY_AHEAD (14 * 3600) /* by which the easternmost zone has a day before UTC */

/* What silence is: so many times the usual gap, and a week, of a source with so many dates. */
#define STALE_GAPS 6
#define RHYTHM_MIN 5
#define RHYTHM_MAX 30 /* dates that the usual gap is taken of */
#define PATIENCE   3  /* failures after which a source that asks to wait counts as failing */

const char *
source_state_word(enum source_state state)
{
    static const char *const words[SOURCE_STATE_COUNT] = {
        [SOURCE_OK] = "ok",           [SOURCE_NEW] = "new",     [SOURCE_WAITING] = "waiting",
        [SOURCE_FAILING] = "failing", [SOURCE_STALE] = "stale", [SOURCE_GONE] = "gone",
        [SOURCE_EMPTY] = "empty",     [SOURCE_MOVED] = "moved"};
    return words[state];
}

bool
source_state_fails(enum source_state state)
{
    return state == SOURCE_FAILING || state == SOURCE_GONE;
}

bool
source_state_is_silent(enum source_state state)
{
    return state == SOURCE_STALE || state == SOURCE_EMPTY;
}

int64_t
source_waits_until(const struct source *source, const struct subscription *sub, GHashTable *hosts,
                   int64_t now)
{
    const char *url = source->moved_to      ? source->moved_to
                      : sub && sub->section ? sub->section->url
                                            : source->url;
    g_autofree char *authority = url_authority(url);
    const int64_t *host = authority ? g_hash_table_lookup(hosts, authority) : NULL;
    int64_t until = MAX(source->retry_after, host ? *host : 0);
    /* further off: a clock was wrong */
    return until > now && until <= now + SOURCES_LONGEST_WAIT ? until : 0;
}

static int
compare_gaps(gconstpointer a, gconstpointer b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/*
 * The newest date and the median of the gaps before it.  Articles that share a date, as those
 * without one that came in one fetch do, say nothing of the rhythm.
 */
static void
read_rhythm(struct store *store, int64_t id, int64_t now, struct source_health *health)
{
    int64_t dates[RHYTHM_MAX];
    int count = 0;
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT DISTINCT sort FROM articles WHERE source = ?1 AND sort <= ?2 ORDER BY sort DESC LIMIT ?3",
        NULL);
    if (!s)
        return;
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_int64(s, 2, now); /* one that is announced for next year is no sign of life */
    sqlite3_bind_int(s, 3, RHYTHM_MAX);
    while (count < RHYTHM_MAX && sqlite3_step(s) == SQLITE_ROW)
        dates[count++] = sqlite3_column_int64(s, 0);
    if (count)
        health->last_sign = MAX(health->last_sign, dates[0]);
    if (count < RHYTHM_MIN)
        return;
    for (int i = 0; i + 1 < count; i++)
        dates[i] -= dates[i + 1];
    qsort(dates, (size_t)count - 1, sizeof *dates, compare_gaps);
    health->usual_gap = dates[(count - 1) / 2];
}

static bool
is_empty(const struct source *source)
{
    for (guint i = 0; i < source->warnings->len; i++) {
        const struct problem *warning = g_ptr_array_index(source->warnings, i);
        if (warning->code == PROBLEM_NO_ENTRIES && !warning->subject)
            return true;
    }
    return false;
}

static enum source_state
state_of(const struct source *s, const struct source_health *health, int64_t now)
{
    bool failed = s->failures || s->last_error;
    if (s->last_error && s->last_error->code == PROBLEM_GONE)
        return SOURCE_GONE;
    /* what failed otherwise than by asking for patience itself fails, though it waits */
    bool asked = s->retry_after > now && s->failures < PATIENCE;
    if (failed && !(health->waits_until && asked))
        return SOURCE_FAILING;
    if (health->waits_until)
        return SOURCE_WAITING;
    if (!s->last_success)
        return SOURCE_NEW;
    if (is_empty(s))
        return SOURCE_EMPTY;
    if (health->usual_gap && now - health->last_sign > MAX(STALE_GAPS * health->usual_gap, WEEK))
        return SOURCE_STALE;
    return s->moved_to ? SOURCE_MOVED : SOURCE_OK;
}

struct source_health
source_health(struct store *store, const struct source *source,
              const struct subscription *subscription, GHashTable *hosts, int64_t now)
{
    struct source_health health = {
        .waits_until = source_waits_until(source, subscription, hosts, now),
        .last_sign = source->last_new};
    read_rhythm(store, source->id, now, &health);
    health.state = state_of(source, &health, now);
    return health;
}

struct date
source_newest(struct store *store, int64_t id, int64_t now)
{
    struct date date = {0};
    /*
     * what is dated today in the east may lie ahead of now as a day of no zone: its midnight in UTC
     * does
     */
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT published, published_offset, published_precision FROM articles WHERE source = ?1 AND sort <= ?2 + ?4"
        " AND published <= ?2 + CASE WHEN published_precision = ?3 AND published_offset = 0 THEN ?4 ELSE 0 END"
        " ORDER BY sort DESC, id DESC LIMIT 1",
        NULL);
    if (!s)
        return date;
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_int64(s, 2, now);
    sqlite3_bind_int(s, 3, DATE_DAY);
    sqlite3_bind_int64(s, 4, DAY_AHEAD);
    int column = 0;
    return sqlite3_step(s) == SQLITE_ROW ? listing_read_date(s, &column) : date;
}

void
source_days(struct store *store, int64_t id, int64_t now, int offset, guint days[HEALTH_DAYS])
{
    int64_t today = (now + (int64_t)offset * 60) / DAY;
    for (int i = 0; i < HEALTH_DAYS; i++)
        days[i] = 0;
    /* the index knows no zones: first all that may be meant */
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT (sort + CASE WHEN published IS NULL THEN ?4 ELSE published_offset END * 60) / 86400, count(*)"
        " FROM articles WHERE source = ?1 AND sort > ?3 AND sort <= ?2 + ?6"
        " AND sort <= ?2 + CASE WHEN published_precision = ?5 AND published_offset = 0 THEN ?6 ELSE 0 END GROUP BY 1",
        NULL);
    if (!s)
        return;
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_int64(s, 2, now);
    sqlite3_bind_int64(s, 3, now - (int64_t)(HEALTH_DAYS + 1) * DAY);
    sqlite3_bind_int(s, 4, offset);
    sqlite3_bind_int(s, 5, DATE_DAY);
    sqlite3_bind_int64(s, 6, DAY_AHEAD);
    while (sqlite3_step(s) == SQLITE_ROW) {
        /* where it is tomorrow already counts as today */
        int64_t ago = MAX(today - sqlite3_column_int64(s, 0), 0);
        if (ago < HEALTH_DAYS)
            days[HEALTH_DAYS - 1 - ago] += (guint)sqlite3_column_int64(s, 1);
    }
}

GHashTable *
sources_changes(struct store *store, GError **error)
{
    /* by an index and by the log: few are either */
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT source, sum(gone), sum(revised) FROM (SELECT id, source, 1 AS gone, 0 AS revised FROM articles"
        " WHERE withdrawn IS NOT NULL UNION ALL SELECT id, source, 0, 1 FROM articles"
        " WHERE id IN (SELECT article FROM changes WHERE kind = ?1) AND revisions > 1)"
        " WHERE NOT EXISTS (SELECT 1 FROM marks m WHERE m.article = id AND m.deleted = 1) GROUP BY source",
        error);
    if (!s)
        return NULL;
    sqlite3_bind_int(s, 1, CHANGE_REVISED);
    GHashTable *all = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t *id = g_new(int64_t, 1);
        struct source_changes *changes = g_new(struct source_changes, 1);
        *id = sqlite3_column_int64(s, 0);
        *changes = (struct source_changes){sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2)};
        g_hash_table_insert(all, id, changes);
    }
    if (code != SQLITE_DONE)
        g_clear_pointer(&all, g_hash_table_unref);
    return all;
}
