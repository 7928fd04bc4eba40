/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When and where an article takes place. */
#include "config.h"

#include "store/articles.h"
#include "store/reading.h"
#include "store/db.h"

/* Binds a date to three parameters, which stay NULL where there is none. */
static void
bind_moment(sqlite3_stmt *s, int index, const struct date *date)
{
    if (!date_is_known(date))
        return;
    sqlite3_bind_int64(s, index, date->time);
    sqlite3_bind_int(s, index + 1, date->offset);
    sqlite3_bind_int(s, index + 2, (int)date->precision);
}

bool
articles_put_event(struct store *store, int64_t article, const struct event *event, bool replace,
                   GError **error)
{
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE articles SET starts = ?2, starts_offset = ?3, starts_precision = ?4, ends = ?5, ends_offset = ?6,"
        " ends_precision = ?7, place = ?8 WHERE id = ?1 AND (?9 OR (starts IS NULL AND place IS NULL))"
        " AND (starts IS NOT ?2 OR starts_precision IS NOT ?4 OR ends IS NOT ?5 OR place IS NOT ?8)",
        error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    bind_moment(s, 2, &event->starts);
    bind_moment(s, 5, &event->ends);
    store_bind_text(s, 8, event->place);
    sqlite3_bind_int(s, 9, replace);
    return store_run(store, s, error) &&
           (!sqlite3_changes(store->db) || reading_again(store, article, NULL, error));
}
