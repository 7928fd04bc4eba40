/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times that a wrong clock has made, found by what other times say. */
#include "config.h"

#include "store/clock.h"
#include "base/clock.h"
#include "base/number.h"
#include "store/db.h"

#define DAY    86400
#define KEY    "clock"
#define JUMPED "clock-jump"
#define JUMP   (30 * DAY)  /* forward: a machine that was off, or a clock that was late */
#define SILENT (180 * DAY) /* without an article anywhere */

static bool
run_at(struct store *store, const char *sql, int64_t now, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++)
        sqlite3_bind_int64(s, i, i == 1 ? now : CLOCK_FLOOR);
    return store_run(store, s, error);
}

/* What was seen after now, or before there was a crier, is seen now.  ?1: now, ?2: CLOCK_FLOOR. */
static bool
mend_times(struct store *store, int64_t now, GError **error)
{
    static const char *const statements[] = {
        "UPDATE articles SET published = NULL, published_precision = 0 WHERE published > ?1 + 172800",
        "UPDATE articles SET first_seen = ?1 WHERE first_seen > ?1 OR first_seen < ?2",
        "UPDATE articles SET sort = coalesce(published, first_seen) WHERE sort <> coalesce(published, first_seen)",
        "UPDATE articles SET withdrawn = ?1 WHERE withdrawn > ?1 OR withdrawn < ?2",
        "UPDATE documents SET seen = ?1 WHERE seen > ?1 OR seen < ?2",
        "UPDATE pages SET fetched = ?1 WHERE fetched > ?1 OR fetched < ?2",
        "UPDATE responses SET fetched = ?1 WHERE fetched > ?1 OR fetched < ?2",
        "UPDATE sources SET last_success = ?1 WHERE last_success > ?1 OR last_success < ?2",
        "UPDATE sources SET last_attempt = ?1 WHERE last_attempt > ?1 OR last_attempt < ?2",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        if (!run_at(store, statements[i], now, error))
            return false;
    return true;
}

bool
store_clock_mend(struct store *store, int64_t now, int64_t *jumped, GError **error)
{
    g_autofree char *known = store_get_meta(store, KEY), *jump = store_get_meta(store, JUMPED),
                    *text = g_strdup_printf("%" G_GINT64_FORMAT, now);
    gint64 last = 0, jumped_last = 0;
    if (known)
        number_parse(known, G_MININT64, G_MAXINT64, &last);
    if (jump)
        number_parse(jump, G_MININT64, G_MAXINT64, &jumped_last);
    *jumped = jumped_last <= now ? jumped_last : 0;
    if (known && last <= now && now - last < 3600)
        return true;
    bool wrong = known && (last > now + DAY || (last < CLOCK_FLOOR && now >= CLOCK_FLOOR));
    if (!store_begin(store, error))
        return false;
    bool leaps = wrong || (known && now - last > JUMP);
    *jumped = leaps ? now : *jumped;
    bool fine =
        (!wrong || mend_times(store, now, error)) &&
        (!leaps ||
         (store_exec(store,
                     "UPDATE sources SET etag = NULL, last_modified = NULL, validated = NULL",
                     error) &&
          store_set_meta(store, JUMPED, text, error))) &&
        store_set_meta(store, KEY, text, error);
    if (!fine) {
        store_rollback(store);
        return false;
    }
    return store_commit(store, error);
}

bool
store_clock_is_trusted(struct store *store, int64_t now)
{
    if (now < CLOCK_FLOOR)
        return false;
    /*
     * the newest by date; one without is sorted by when it was seen, which the same clock has told
     */
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT published FROM articles WHERE published IS NOT NULL ORDER BY sort DESC LIMIT 1",
        NULL);
    if (!s || sqlite3_step(s) != SQLITE_ROW)
        return true;
    return now - sqlite3_column_int64(s, 0) < SILENT;
}
