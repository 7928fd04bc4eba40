/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks that wait for their articles. */
#include "config.h"

#include "store/early-marks.h"
#include "base/url.h"
#include "store/db.h"
#include "store/marks.h"

#include <string.h>

/*
 * Feeds that are fetched at all bring all that they have with the first fetch; a month is for those
 * that were down, and for subscriptions that follow later.
 */
#define LONGEST_WAIT (30 * 24 * 3600)

/* The marks as those of articles are written. */
static bool
apply(struct store *store, int64_t article, bool read, bool starred, char *const *tags,
      GError **error)
{
    struct mark_change change = {.article = article, .mark = MARK_READ, .on = true};
    if (read && !marks_put(store, &change, error))
        return false;
    change.mark = MARK_STARRED;
    if (starred && !marks_put(store, &change, error))
        return false;
    change.mark = MARK_TAG;
    for (char *const *tag = tags; *tag; tag++) {
        change.tag = *tag;
        if (**tag && !marks_put(store, &change, error))
            return false;
    }
    return true;
}

bool
early_marks_are_kept(const struct store *store)
{
    return !store->own && !store->read_only;
}

#define WAITS \
    "SELECT 1 FROM early_marks WHERE source = ?1 AND id = ?2 AND identity = ?3 AND read >= ?4 AND starred >= ?5 AND tags = ?6"
#define ADD \
    "INSERT INTO early_marks(source, id, identity, read, starred, tags, since) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)" \
    " ON CONFLICT(source, id, identity) DO UPDATE SET read = max(read, ?4), starred = max(starred, ?5), tags = ?6, since = ?7"

bool
early_marks_add(struct store *store, const struct mark_line *line, int64_t now, bool dry,
                bool *fresh, GError **error)
{
    g_autofree char *source = line->source ? url_ascii(line->source) : NULL,
                    *identity = line->link ? url_identity(line->link) : NULL,
                    *tags = g_strjoinv("\n", line->tags);
    for (int i = 0; i < (dry ? 1 : 2); i++) {
        AUTO_RESET sqlite3_stmt *s = store_prepare(store, i == 0 ? WAITS : ADD, error);
        if (!s)
            return false;
        store_bind_text(s, 1, source ? source : "");
        store_bind_text(s, 2, line->id ? line->id : "");
        store_bind_text(s, 3, identity ? identity : "");
        sqlite3_bind_int(s, 4, line->read);
        sqlite3_bind_int(s, 5, line->starred);
        store_bind_text(s, 6, tags);
        if (i == 1)
            sqlite3_bind_int64(s, 7, now);
        int code = store_step(store, s, error);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return false;
        if (i == 0)
            *fresh = code == SQLITE_DONE;
        if (!*fresh)
            break;
    }
    return true;
}

/* Whether there are any; a fetch without them should pay nothing for them. */
static bool
any(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM early_marks WHERE source >= '' LIMIT 1", NULL);
    return s && sqlite3_step(s) == SQLITE_ROW;
}

/*
 * What is known of an article: the id that its source gave it, else its link; of another source
 * only where nobody subscribes to the one that the marks are for.
 */
#define ITS_OWN \
    " source IN ('', (SELECT url FROM sources WHERE id = ?1)) AND id = ?2 AND id <> ''" \
    " OR identity = ?3 AND identity <> ''" \
    " AND (source IN ('', (SELECT url FROM sources WHERE id = ?1))" \
    " OR NOT EXISTS (SELECT 1 FROM sources WHERE url = early_marks.source AND active))"

static void
bind(sqlite3_stmt *s, int64_t source, const char *id, const char *identity)
{
    sqlite3_bind_int64(s, 1, source);
    store_bind_text(s, 2, id ? id : "");
    store_bind_text(s, 3, identity ? identity : "");
}

bool
early_marks_take(struct store *store, int64_t source, int64_t article, const char *id,
                 const char *link, GError **error)
{
    bool found = false;
    if (!any(store))
        return true;
    g_autofree char *identity = link ? url_identity(link) : NULL;
    {
        AUTO_RESET sqlite3_stmt *s = store_prepare(
            store, "SELECT read, starred, tags FROM early_marks WHERE" ITS_OWN, error);
        if (!s)
            return false;
        bind(s, source, id, identity);
        int code;
        while ((code = store_step(store, s, error)) == SQLITE_ROW) {
            g_autofree char *text = store_column_text(s, 2);
            g_auto(GStrv) tags = g_strsplit(text ? text : "", "\n", -1);
            found = true;
            if (!apply(store, article, sqlite3_column_int(s, 0), sqlite3_column_int(s, 1), tags,
                       error))
                return false;
        }
        if (code != SQLITE_DONE)
            return false;
    }
    sqlite3_stmt *s = found ? store_prepare(store, "DELETE FROM early_marks WHERE" ITS_OWN, error)
                            : NULL;
    if (!s)
        return !found;
    bind(s, source, id, identity);
    return store_run(store, s, error);
}

bool
early_marks_forget(struct store *store, int64_t now, GError **error)
{
    if (store->read_only || !any(store))
        return true;
    sqlite3_stmt *s = store_prepare(
        store, "DELETE FROM early_marks WHERE since < ?1 OR since > ?2 + 86400", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, now - LONGEST_WAIT);
    sqlite3_bind_int64(s, 2, now);
    return store_run(store, s, error);
}
