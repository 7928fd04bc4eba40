/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a watch to its hits, and to those who are told of them. */
#include "config.h"

#include "reader/watcher.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "config/watches.h"
#include "reader/digest-mail.h"
#include "reader/lines.h"
#include "reader/outside.h"
#include "store/failures.h"
#include "store/lock.h"

#include <unistd.h>

#define WAIT_FOR_MOVE 60000 /* ms: what was told is not to be told again for a writer's sake */

/* The place from which it is looked; *is_new: there was no cursor. */
static bool
find_place(struct store *store, const struct watch_rule *rule, const struct watch_since *since,
           struct changes_place *place, bool *is_new, GError **error)
{
    bool found;
    struct changes_place fetch;
    if (!cursor_get(store, rule->name, place, &found, error))
        return false;
    *is_new = !found;
    if (!found)
        return since->fetched ? changes_at(store, since->fetched, place, error)
                              : changes_end(store, place, error);
    if (!since->of_fetch)
        return true;
    if (!changes_at(store, since->fetched, &fetch, error))
        return false;
    *place = (struct changes_place){MAX(place->article, fetch.article),
                                    MAX(place->change, fetch.change)};
    return true;
}

static bool
look(struct session *session, const struct watch_rule *rule, const struct watch_since *since,
     struct watch_hits *hits, GError **error)
{
    struct store *store = session->store;
    AUTO(query_free) struct query *query = query_parse(rule->query, clock_now(), error);
    bool is_new;
    if (!query || !find_place(store, rule, since, &hits->from, &is_new, error))
        return false;
    const struct changes_request wanted = {.query = query, .from = hits->from, .limit = WATCH_HITS};
    AUTO(changes_clear) struct changes changes = {0};
    if (!changes_read(store, &wanted, &changes, error))
        return false;
    hits->to = changes.end;
    hits->moves = is_new || hits->to.article != hits->from.article ||
                  hits->to.change != hits->from.change;
    hits->digest = digest_new(store, &changes, DIGEST_UNGROUPED, error);
    return hits->digest != NULL;
}

bool
watcher_look(struct session *session, const struct watch_rule *rule,
             const struct watch_since *since, struct watch_hits *hits, GError **error)
{
    *hits = (struct watch_hits){.lock = -1};
    if (!since->look && !since->of_fetch) {
        hits->lock = lock_cursor(store_marks_path(session->store), rule->name, error);
        if (hits->lock < 0)
            return false;
    }
    if (look(session, rule, since, hits, error))
        return true;
    watch_hits_clear(hits);
    return false;
}

void
watch_hits_clear(struct watch_hits *hits)
{
    g_clear_pointer(&hits->digest, digest_free);
    if (hits->lock >= 0)
        close(hits->lock);
    hits->lock = -1;
}

/* What a program is told: a line each, and one that counts. */
static char *
lines_of(struct store *store, const struct watch_rule *rule, const struct watch_hits *hits,
         GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    AUTO(digest_cursor_clear) struct digest_cursor cursor = digest_items(store, hits->digest);
    g_autoptr(GError) why = NULL;
    for (const struct digest_item *item; (item = digest_next(&cursor, &why));) {
        json_t *object = lines_item(store, item, DIGEST_SUMMARY, &why);
        g_autofree char *line = object ? lines_line(object) : NULL;
        if (!line)
            break;
        g_string_append(out, line);
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    g_autofree char *end = lines_line(lines_end(hits->digest, rule->name, &hits->from, &hits->to));
    g_string_append(out, end);
    return g_strdup(out->str);
}

static char *
mail_of(struct store *store, const struct watch_rule *rule, const struct watch_hits *hits,
        const char *from, GError **error)
{
    char *const to[] = {rule->mail, NULL};
    const struct digest_envelope envelope = {
        .from = from, .to = to, .name = rule->name, .date = clock_now()};
    return digest_mail(store, hits->digest, &envelope, DIGEST_SUMMARY, error);
}

static bool
tell_one(struct session *session, const struct watch_rule *rule, const struct watch_hits *hits,
         enum outside_hook kind, const char *text, struct problem **problem, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (!text)
        return false;
    *problem = outside_run_hook(session->context, rule, kind, hits->digest->count, text, &why);
    if (!why)
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

bool
watcher_tell(struct session *session, const struct watch_rule *rule, const struct watch_hits *hits,
             const char *from, struct problem **problem, GError **error)
{
    struct store *store = session->store;
    g_autoptr(GError) why = NULL;
    bool fine = true;
    *problem = NULL;
    if (rule->exec) {
        g_autofree char *text = lines_of(store, rule, hits, &why);
        fine = tell_one(session, rule, hits, OUTSIDE_EXEC, text, problem, &why);
    }
    if (fine && !*problem && rule->mail && hits->digest->count) {
        g_autofree char *text = mail_of(store, rule, hits, from, &why);
        fine = tell_one(session, rule, hits, OUTSIDE_MAIL, text, problem, &why);
    }
    if (fine && *problem) {
        store_set_timeout(store, WAIT_FOR_MOVE);
        fine = watch_failure_note(store, rule->name, *problem, clock_now(), &why);
    }
    if (!fine)
        g_propagate_error(error, g_steal_pointer(&why));
    return fine;
}

bool
watcher_told(struct session *session, const struct watch_rule *rule, const struct watch_hits *hits,
             GError **error)
{
    if (!hits->moves)
        return true;
    store_set_timeout(session->store, WAIT_FOR_MOVE);
    return cursor_put(session->store, rule->name, &hits->to, clock_now(), error) &&
           watch_failure_forget(session->store, rule->name, error);
}
