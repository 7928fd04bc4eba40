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
#define LEAPT  "clock-leap"
#define BEHIND "clock-behind"
#define JUMP   (30 * DAY)  /* forward: a machine that was off, or a clock that was late */
#define AHEAD  (2 * DAY)   /* that a date may be ahead of the clock, for zones and errors */
#define SILENT (180 * DAY) /* without an article anywhere */
#define NEWEST 20          /* articles by whose dates a clock is judged */

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
        "UPDATE arrivals SET at = ?1 WHERE at > ?1 OR at < ?2",
        "UPDATE articles SET published = NULL, published_precision = 0 WHERE published > ?1 + 172800",
        "UPDATE articles SET first_seen = ?1 WHERE first_seen > ?1 OR first_seen < ?2",
        "UPDATE articles SET sort = coalesce(published, first_seen) WHERE sort <> coalesce(published, first_seen)",
        "UPDATE articles SET withdrawn = ?1 WHERE withdrawn > ?1 OR withdrawn < ?2",
        "UPDATE changes SET at = ?1 WHERE at > ?1 OR at < ?2",
        "UPDATE documents SET seen = ?1 WHERE seen > ?1 OR seen < ?2",
        "UPDATE pages SET fetched = ?1 WHERE fetched > ?1 OR fetched < ?2",
        "UPDATE rechecks SET asked = ?1 WHERE asked > ?1",
        "UPDATE rechecks SET since = ?1 WHERE since > ?1 OR since < ?2",
        "UPDATE rechecks SET wanted = ?1 WHERE wanted > ?1 OR wanted < ?2",
        "UPDATE responses SET fetched = ?1 WHERE fetched > ?1 OR fetched < ?2",
        "UPDATE sources SET first_success = ?1 WHERE first_success > ?1 OR first_success < ?2",
        "UPDATE sources SET last_success = ?1 WHERE last_success > ?1 OR last_success < ?2",
        "UPDATE sources SET last_attempt = ?1 WHERE last_attempt > ?1 OR last_attempt < ?2",
        "UPDATE sources SET failing_since = ?1 WHERE failing_since > ?1 OR failing_since < ?2",
        "UPDATE sources SET last_new = ?1 WHERE last_new > ?1 OR last_new < ?2",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        if (!run_at(store, statements[i], now, error))
            return false;
    return true;
}

static gint64
number_in_meta(struct store *store, const char *key)
{
    g_autofree char *text = store_get_meta(store, key);
    gint64 number = 0;
    if (text)
        number_parse(text, G_MININT64, G_MAXINT64, &number);
    return number;
}

static bool
put_number(struct store *store, const char *key, int64_t number, GError **error)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    return store_set_meta(store, key, number ? text : NULL, error);
}

/*
 * Whether half of the newest articles are dated later than a moment: one portal may err, or
 * announce what is to come.
 */
static bool
articles_are_later(struct store *store, int64_t now)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT count(*), coalesce(sum(published > ?1), 0) FROM"
        " (SELECT published FROM articles WHERE published IS NOT NULL ORDER BY sort DESC LIMIT " G_STRINGIFY(
            NEWEST) ")",
        NULL);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, now + AHEAD);
    return sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 1) > 0 &&
           sqlite3_column_int(s, 1) * 2 >= sqlite3_column_int(s, 0);
}

/*
 * What time it is when the clock says less than at the last fetch: that time, and what the clock
 * has gone on by since it was seen to be behind.  0: the clock is right, or as right as can be
 * told.
 */
static int64_t
time_of_late_clock(struct store *store, int64_t says, int64_t last)
{
    if (last <= says + DAY || !articles_are_later(store, says))
        return 0;
    int64_t known = number_in_meta(store, BEHIND), now = says + known;
    /* a clock that starts from the same wrong time with each boot is behind by more and more */
    return known > 0 && now >= last && now - last < JUMP ? now : last;
}

bool
store_clock_mend(struct store *store, int64_t *clock, int64_t *jumped, GError **error)
{
    g_autofree char *known = store_get_meta(store, KEY);
    gint64 last = number_in_meta(store, KEY), jumped_last = number_in_meta(store, JUMPED),
           behind = number_in_meta(store, BEHIND);
    int64_t late = time_of_late_clock(store, *clock, last), now = late ? late : *clock;
    gint64 behind_now = late ? late - *clock : 0;
    *clock = now;
    *jumped = jumped_last <= now ? jumped_last : 0;
    if (known && last <= now && now - last < 3600 && behind == behind_now)
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
          put_number(store, JUMPED, now, error))) &&
        (!known || now - last <= AHEAD || put_number(store, LEAPT, now, error)) &&
        put_number(store, KEY, now, error) && put_number(store, BEHIND, behind_now, error);
    if (!fine) {
        store_rollback(store);
        return false;
    }
    return store_commit(store, error);
}

int64_t
store_clock_certain(struct store *store, int64_t now)
{
    if (now < CLOCK_FLOOR)
        return 0;
    /*
     * the newest by date; one without is sorted by when it was seen, which the same clock has told
     */
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT published FROM articles WHERE published IS NOT NULL ORDER BY sort DESC LIMIT 1",
        NULL);
    if (!s || sqlite3_step(s) != SQLITE_ROW)
        return now;
    int64_t newest = sqlite3_column_int64(s, 0), leapt = number_in_meta(store, LEAPT);
    bool doubtful = (leapt <= now && now - leapt < AHEAD) || now - newest >= SILENT;
    return doubtful ? MIN(now, newest + AHEAD) : now;
}
