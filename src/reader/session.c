/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Use-cases that need no screen. */
#include "config.h"

#include "reader/session.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "reader/known-address.h"
#include "reader/outside.h"
#include "reader/undo.h"
#include "store/edition-groups.h"
#include "store/own-marks.h"
#include "store/query.h"

#include <string.h>
#include <unistd.h>

/* ms that another program is waited for, so that what was subscribed to is in the store */
#define RELOAD_TIMEOUT 5000
/* ms that opening waits while another program takes up the log or lays it down */
#define OPEN_TIMEOUT 5000

const char *
session_full_text(const struct session *session)
{
    return store_takes_marks(session->store)
               ? _("the disk is full: the store is only read")
               : _("the disk is full: the store is only read, and marks are not kept");
}

int
session_status(const GError *error)
{
    if (error->domain == STORE_ERROR) {
        bool wrong = error->code == STORE_ERROR_UNKNOWN || error->code == STORE_ERROR_REFUSED;
        return wrong                               ? STATUS_USAGE
               : error->code == STORE_ERROR_LOCKED ? STATUS_BUSY
                                                   : STATUS_STORE;
    }
    if (error->domain == CONFIG_ERROR)
        return STATUS_USAGE;
    return STATUS_INTERNAL;
}

static bool
bring_into_step(struct session *session, GError **error)
{
    query_check_saved(session->urls, clock_now());
    return sources_sync(session->store, session->urls, error);
}

/*
 * A reader whose home cannot be written, or is none, has no marks.  Those in a store that only
 * lacks room are his own already, and others would stand before them.
 */
static void
attach_marks(struct session *session)
{
    const struct context *context = session->context;
    if (!store_is_read_only(session->store) ||
        (store_is_full(session->store) && !own_marks_wanted(context)) ||
        context->settings->values.store_marks == STORE_MARKS_SHARED)
        return;
    g_autofree char *path = paths_marks_file();
    g_autoptr(GError) why = NULL;
    if (!own_marks_attach(session->store, path, clock_now(), &why))
        message_note(_("marks are not kept: %s"), why->message);
}

/* How a store that is there is opened. */
static enum store_mode
mode_of(const struct context *context)
{
    return own_marks_wanted(context) ? STORE_LOOK : STORE_READ;
}

/*
 * The store as it is; where there is none, one is made, or one in memory stands in for it:
 * subscriptions can be listed.
 */
static bool
open_store(struct session *session, int timeout_ms, GError **error)
{
    const struct context *context = session->context;
    g_autoptr(GError) why = NULL;
    session->store =
        store_open(context->store_file, mode_of(context), MAX(timeout_ms, OPEN_TIMEOUT), &why);
    if (session->store) {
        attach_marks(session);
        store_set_timeout(session->store, timeout_ms);
        return true;
    }
    bool missing = g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN);
    if (!missing || (context->store_is_stated && !session->create)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (!session->urls->subscriptions->len)
        return true;
    session->absent = !session->create;
    session->store = session->create ? store_open(context->store_file, STORE_WRITE,
                                                  MAX(timeout_ms, OPEN_TIMEOUT), error)
                                     : store_new(error);
    if (session->store)
        store_set_timeout(session->store, timeout_ms);
    return session->store != NULL;
}

struct session *
session_open(struct context *context, bool create, int timeout_ms, GError **error)
{
    AUTO(session_close) struct session *session = g_new0(struct session, 1);
    session->context = context;
    session->create = create;
    session->pending = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    session->undo = g_ptr_array_new_with_free_func(undo_step_free);
    session->redo = g_ptr_array_new_with_free_func(undo_step_free);
    if (!context_load(context, error) || !(session->urls = urls_load(context->config_dir, error)) ||
        !open_store(session, timeout_ms, error))
        return NULL;
    g_autoptr(GError) why = NULL;
    if (session->store && !bring_into_step(session, &why) && why->code != STORE_ERROR_BUSY) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    return g_steal_pointer(&session);
}

void
session_close(struct session *session)
{
    if (session->urls)
        urls_free(session->urls);
    if (session->store)
        store_close(session->store);
    g_array_unref(session->pending);
    g_ptr_array_unref(session->undo);
    g_ptr_array_unref(session->redo);
    g_free(session);
}

bool
session_reload(struct session *session, GError **error)
{
    struct urls *urls = urls_load(session->context->config_dir, error);
    if (!urls)
        return false;
    urls_free(session->urls);
    session->urls = urls;
    if (!session->store && session->create &&
        !(session->store =
              store_open(session->context->store_file, STORE_WRITE, RELOAD_TIMEOUT, error)))
        return false;
    if (!session->store)
        return true;
    int patience = store_set_timeout(session->store, RELOAD_TIMEOUT);
    bool fine = bring_into_step(session, error);
    store_set_timeout(session->store, patience);
    return fine;
}

bool
session_follow(struct session *session, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (session_reload(session, &why) || g_error_matches(why, STORE_ERROR, STORE_ERROR_BUSY))
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

bool
session_take_up(struct session *session)
{
    if (!session->store || !store_take_up(session->store, mode_of(session->context)))
        return false;
    attach_marks(session);
    session->taken_up = true;
    return true;
}

bool
session_flush(struct session *session, GError **error)
{
    if (!session->pending->len)
        return true;
    g_autoptr(GError) why = NULL;
    if (marks_apply(session->store, (const struct mark_change *)(void *)session->pending->data,
                    session->pending->len, &why)) {
        g_array_set_size(session->pending, 0);
        return true;
    }
    if (!g_error_matches(why, STORE_ERROR, STORE_ERROR_BUSY))
        g_array_set_size(session->pending, 0);
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

bool
session_apply(struct session *session, const struct mark_change *changes, guint count,
              GError **error)
{
    g_array_append_vals(session->pending, changes, count);
    g_autoptr(GError) why = NULL;
    if (session_flush(session, &why) || g_error_matches(why, STORE_ERROR, STORE_ERROR_BUSY))
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

/* The articles that changes are of, of one kind or (NULL) all.  Owned. */
static GArray *
articles_of(const struct mark_change *changes, guint count, const struct mark_change *kind)
{
    GArray *articles = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), count);
    for (guint i = 0; i < count; i++)
        if (!kind || (changes[i].mark == kind->mark && changes[i].on == kind->on))
            g_array_append_val(articles, changes[i].article);
    return articles;
}

/* Changes of what is read with those of the same articles in other languages; owned. */
static GArray *
with_editions(struct session *session, const struct mark_change *changes, guint count)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    g_array_append_vals(all, changes, count);
    if (!session->context->settings->values.read_all_editions ||
        !edition_groups_any(session->store))
        return all;
    for (int on = 0; on < 2; on++) {
        struct mark_change change = {.mark = MARK_READ, .on = on};
        g_autoptr(GArray) articles = articles_of(changes, count, &change);
        /* what would not change is not undone either */
        g_autoptr(GArray) rest = edition_groups_rest(session->store, articles, &change.on);
        for (guint i = 0; i < rest->len; i++) {
            change.article = g_array_index(rest, int64_t, i);
            g_array_append_val(all, change);
        }
    }
    return all;
}

bool
session_mark(struct session *session, const struct mark_change *changes, guint count,
             GError **error)
{
    if (count == 0)
        return true;
    if (!store_takes_marks(session->store) && store_is_full(session->store) &&
        !session_take_up(session)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_FULL,
                    _("the disk is full: '%s' was not changed"), store_path(session->store));
        return false;
    }
    if (!store_takes_marks(session->store)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY,
                    _("'%s' cannot be written: marks are not kept"), store_path(session->store));
        return false;
    }
    g_autoptr(GArray) all = with_editions(session, changes, count);
    const struct mark_change *those = (const struct mark_change *)(void *)all->data;
    if (!session_apply(session, those, all->len, error))
        return false;
    undo_remember(session, those, all->len);
    return true;
}

bool
session_note(struct session *session, const struct mark_change *change, GError **error)
{
    if (!store_takes_marks(session->store))
        return true;
    g_autoptr(GArray) all = with_editions(session, change, 1);
    return session_apply(session, (const struct mark_change *)(void *)all->data, all->len, error);
}

void
session_join(const struct session *session, struct article_row *row)
{
    if (row->group && !row->copies)
        row->copies = edition_groups_copies(session->store, row->group, row->id);
}

static void
overlay_copies(struct article_row *row, const struct mark_change *change)
{
    for (guint i = 0; row->copies && change->mark == MARK_STARRED && i < row->copies->len; i++) {
        struct edition_copy *copy = &g_array_index(row->copies, struct edition_copy, i);
        if (copy->article == change->article)
            copy->starred = change->on;
    }
}

void
session_overlay(const struct session *session, struct article_row *row)
{
    for (guint i = 0; i < session->pending->len; i++) {
        const struct mark_change *change = &g_array_index(session->pending, struct mark_change, i);
        if (change->article != row->id) {
            overlay_copies(row, change);
            continue;
        }
        if (change->mark == MARK_READ)
            row->unread = !change->on;
        else if (change->mark == MARK_STARRED)
            row->starred = change->on;
        else if (change->mark == MARK_DELETED)
            row->deleted = change->on;
    }
}

guint
session_count_works(const struct session *session, const struct mark_change *changes, guint count)
{
    if (!session->store || !edition_groups_any(session->store))
        return count;
    g_autoptr(GArray) articles = articles_of(changes, count, NULL);
    return edition_groups_count(session->store, articles);
}

GArray *
session_unread_of(const struct session *session, const struct listing *listing, GError **error)
{
    struct listing unread = *listing;
    unread.kept = NULL;
    unread.languages = NULL; /* those that another stands for too */
    unread.unread_only = true;
    return listing_articles(session->store, &unread, error);
}

guint
session_works_of(const struct session *session, const GArray *articles)
{
    return edition_groups_any(session->store) ? edition_groups_count(session->store, articles)
                                              : articles->len;
}

bool
session_mark_read(struct session *session, const GArray *articles, guint *count, guint *works,
                  GError **error)
{
    g_autoptr(GArray)
        changes = g_array_sized_new(FALSE, FALSE, sizeof(struct mark_change), articles->len);
    for (guint i = 0; i < articles->len; i++) {
        struct mark_change change = {
            .article = g_array_index(articles, int64_t, i), .mark = MARK_READ, .on = true};
        g_array_append_val(changes, change);
    }
    const struct mark_change *those = (const struct mark_change *)(void *)changes->data;
    *count = changes->len;
    *works = session_works_of(session, articles);
    return session_mark(session, those, changes->len, error);
}

bool
session_is_portal(const struct session *session, const char *text)
{
    const char *name = g_str_has_prefix(text, "portal:") ? text + strlen("portal:") : text;
    g_auto(GStrv) parts = g_strsplit(name, "/", 2);
    if (strstr(text, "://") || !parts[0])
        return false;
    /* a file that is wrong is told of when it is read */
    return g_str_has_prefix(text, "portal:") ||
           catalogue_has(session->context->config_dir, parts[0]);
}

/* Refuses an address that a portal has, under a name that is not its own. */
static bool
is_free(const struct session *session, const char *address, GError **error)
{
    AUTO(known_address_free)
    struct known_address *known = known_address_subscribed(session->urls, address);
    if (!known || !known->name) /* what is there by its own name is told with its line */
        return true;
    g_autofree char *shown = url_public(address);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS, _("'%s' is subscribed to already: %s"),
                shown, known->name);
    return false;
}

bool
session_add(struct session *session, const char *what, const char *title, char *const *tags,
            bool anyway, GError **error)
{
    g_autofree char *line = NULL;
    if (session_is_portal(session, what)) {
        line = g_str_has_prefix(what, "portal:") ? g_strdup(what)
                                                 : g_strconcat("portal:", what, NULL);
    } else if (url_is_web(what) || url_is_file(what)) {
        line = g_strdup(what);
    } else {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("'%s' is neither an http or https URL nor a portal of the catalogue"), what);
        return false;
    }
    bool portal = g_str_has_prefix(line, "portal:");
    return (anyway || portal || is_free(session, line, error)) &&
           outside_subscribe(session->context->config_dir, line, title, tags, error) &&
           session_follow(session, error);
}
