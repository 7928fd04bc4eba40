/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undoing and doing again: steps of marks, and lines of `urls`, which are put back as the file was
 * where nobody has changed it since.
 */
#include "config.h"

#include "reader/undo.h"
#include "base/i18n.h"
#include "base/url.h"
#include "reader/outside.h"

#include <string.h>

#define UNDO_STEPS 100

/* What undoes a step, or does it again: changes of marks, else what `urls` says. */
struct undo_step {
    GArray *changes;      /* struct mark_change; or NULL */
    char **urls;          /* of subscriptions, or "query:TITLE:QUERY" */
    char *with, *without; /* the file, before they were taken out and after */
    char *name;           /* what people know it by */
    bool group;           /* the lines are those of an edition */
    bool subscribe;       /* they are put in, else taken out */
};

void
undo_step_free(gpointer data)
{
    struct undo_step *step = data;
    if (step->changes)
        g_array_unref(step->changes);
    g_strfreev(step->urls);
    g_free(step->with);
    g_free(step->without);
    g_free(step->name);
    g_free(step);
}

void
undone_clear(struct undone *undone)
{
    g_free(undone->name);
    g_free(undone->url);
    *undone = (struct undone){0};
}

static void
push(GPtrArray *pile, struct undo_step *step)
{
    g_ptr_array_add(pile, step);
    if (pile->len > UNDO_STEPS)
        g_ptr_array_remove_index(pile, 0);
}

/* What reverses changes. */
static struct undo_step *
reverse_of(const struct mark_change *changes, guint count)
{
    struct undo_step *step = g_new0(struct undo_step, 1);
    step->changes = g_array_sized_new(FALSE, FALSE, sizeof(struct mark_change), count);
    for (guint i = 0; i < count; i++) {
        struct mark_change change = changes[i];
        change.on = !change.on;
        g_array_append_val(step->changes, change);
    }
    return step;
}

void
undo_remember(struct session *session, const struct mark_change *changes, guint count)
{
    push(session->undo, reverse_of(changes, count));
    g_ptr_array_set_size(session->redo, 0);
}

/* --- lines of `urls` -------------------------------------------------------------------------- */

static char *
read_urls(const struct session *session, GError **error)
{
    g_autofree char *path = g_build_filename(session->context->config_dir, "urls", NULL);
    return urls_read(path, error);
}

/* Whether all of it is subscribed to, as others may have done meanwhile; then an error. */
static bool
refuse_known(const struct session *session, const struct undo_step *step, const char *now,
             GError **error)
{
    AUTO(urls_free)
    struct urls *urls = urls_parse(session->context->config_dir, "urls", now);
    for (char **url = step->urls; *url; url++)
        if (!urls_has(urls, *url))
            return false;
    g_autofree char *shown = url_public(*step->urls);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS, _("'%s' is subscribed to already"),
                shown);
    return true;
}

/* The step knows the file with them and without; takes both. */
static void
know(struct undo_step *step, char *with, char *without)
{
    g_free(step->with);
    g_free(step->without);
    step->with = with;
    step->without = without;
}

/*
 * Takes out what was not in the file a moment ago: that it is there after all is what others wrote
 * since.  How their lines looked is not known, so they come back bare.
 */
static bool
take_out_later(struct session *session, struct undo_step *step, GError **error)
{
    const char *folder = session->context->config_dir;
    char *now = outside_unsubscribe(folder, step->urls, error) ? read_urls(session, error) : NULL;
    if (now)
        know(step, urls_put_back(folder, now, now, now, step->urls), now);
    return now != NULL;
}

/* Takes them out of the file as it is now. */
static bool
take_out(struct session *session, struct undo_step *step, GError **error)
{
    const char *folder = session->context->config_dir;
    for (bool done = false; !done;) { /* others may write in this moment */
        g_autofree char *now = read_urls(session, error),
                        *without = now ? urls_without(folder, now, step->urls) : NULL;
        if (!without) /* which says why */
            return now && take_out_later(session, step, error);
        if (!outside_exchange_urls(folder, now, without, &done, error))
            return false;
        if (done)
            know(step, g_steal_pointer(&now), g_steal_pointer(&without));
    }
    return true;
}

/* Puts the lines into the file as it is now. */
static bool
put_in(struct session *session, struct undo_step *step, GError **error)
{
    const char *folder = session->context->config_dir;
    for (bool done = false; !done;) {
        g_autofree char *now = read_urls(session, error);
        if (!now || refuse_known(session, step, now, error))
            return false;
        g_autofree char *with = urls_put_back(folder, now, step->with, step->without, step->urls);
        if (!outside_exchange_urls(folder, now, with, &done, error))
            return false;
        if (done)
            know(step, g_steal_pointer(&with), g_steal_pointer(&now));
    }
    return true;
}

/* The file as it was, byte for byte; where others have written in it meanwhile, the lines alone. */
static bool
write_back(struct session *session, struct undo_step *step, bool subscribe, GError **error)
{
    const char *from = subscribe ? step->without : step->with,
               *to = subscribe ? step->with : step->without;
    bool done = false;
    if (!outside_exchange_urls(session->context->config_dir, from, to, &done, error))
        return false;
    return done || (subscribe ? put_in : take_out)(session, step, error);
}

/*
 * Brings the store into step with what was written; where it cannot be, that is taken back, and
 * nothing has happened.
 */
static bool
follow_written(struct session *session, struct undo_step *step, bool subscribed, GError **error)
{
    if (session_follow(session, error))
        return true;
    write_back(session, step, !subscribed, NULL);
    session_reload(session, NULL);
    return false;
}

/* What people know by that URL; NULL: there is none. */
static char *
name_of(const struct session *session, const char *url)
{
    const struct urls *urls = session->urls;
    if (urls_find(urls, url)) {
        AUTO(source_free)
        struct source *source = session->store ? sources_find(session->store, url, NULL) : NULL;
        return g_strdup(source ? source->name : url);
    }
    const struct saved_query *query = urls_find_query(urls, url);
    return query ? g_strdup(query->title) : NULL;
}

bool
session_unsubscribe(struct session *session, char *const *urls, const char *name, GError **error)
{
    struct undo_step *step = g_new0(struct undo_step, 1);
    g_autoptr(GStrvBuilder) known = g_strv_builder_new();
    for (char *const *url = urls; *url; url++) {
        g_autofree char *own = name_of(session, *url);
        if (own)
            g_strv_builder_add(known, *url);
        if (!step->name)
            step->name = name ? g_strdup(name) : g_steal_pointer(&own);
    }
    step->urls = g_strdupv((char **)urls);
    if (!take_out(session, step, error) || !follow_written(session, step, false, error)) {
        undo_step_free(step);
        return false;
    }
    g_strfreev(step->urls);
    step->urls = g_strv_builder_end(known);
    if (!*step->urls) {
        undo_step_free(step);
        return true;
    }
    step->group = name != NULL;
    step->subscribe = true;
    push(session->undo, step);
    g_ptr_array_set_size(session->redo, 0);
    return true;
}

/* --- steps back and forth --------------------------------------------------------------------- */

static bool
are_alike(const struct mark_change *changes, guint count)
{
    for (guint i = 1; i < count; i++)
        if (changes[i].mark != changes->mark || changes[i].on != changes->on ||
            g_strcmp0(changes[i].tag, changes->tag) != 0)
            return false;
    return true;
}

/* Does a step; what reverses it, or NULL and error. */
static struct undo_step *
do_step(struct session *session, struct undo_step *step, struct undone *undone, GError **error)
{
    if (step->changes) {
        const struct mark_change *changes = (const struct mark_change *)(void *)step->changes->data;
        if (!session_apply(session, changes, step->changes->len, error))
            return NULL;
        *undone =
            (struct undone){.count = step->changes->len,
                            .works = session_count_works(session, changes, step->changes->len),
                            .article = changes[0].article,
                            .mark = changes[0].mark,
                            .on = changes[0].on,
                            .tag = changes[0].tag,
                            .alike = are_alike(changes, step->changes->len),
                            .restored = changes[0].mark == MARK_DELETED && !changes[0].on};
        return reverse_of(changes, step->changes->len);
    }
    if (!write_back(session, step, step->subscribe, error) ||
        !follow_written(session, step, step->subscribe, error))
        return NULL;
    *undone = (struct undone){.count = 1,
                              .works = 1,
                              .name = g_strdup(step->name),
                              .url = step->subscribe ? g_strdup(*step->urls) : NULL,
                              .group = step->group,
                              .subscribed = step->subscribe};
    struct undo_step *reverse = g_memdup2(step, sizeof *step);
    memset(step, 0, sizeof *step); /* what it owned is the other's */
    reverse->subscribe = !reverse->subscribe;
    return reverse;
}

/* Takes the newest step from one pile, and lays its reverse on the other. */
static bool
step_back(struct session *session, GPtrArray *from, GPtrArray *to, struct undone *undone,
          GError **error)
{
    *undone = (struct undone){0};
    if (!from->len)
        return true;
    struct undo_step *reverse =
        do_step(session, g_ptr_array_index(from, from->len - 1), undone, error);
    if (!reverse) {
        /* the file says so already: what cannot be done any more does not bar what is older */
        if (error && *error &&
            (g_error_matches(*error, CONFIG_ERROR, CONFIG_ERROR_EXISTS) ||
             g_error_matches(*error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN)))
            g_ptr_array_remove_index(from, from->len - 1);
        return false;
    }
    push(to, reverse);
    g_ptr_array_remove_index(from, from->len - 1);
    return true;
}

bool
session_undo(struct session *session, struct undone *undone, GError **error)
{
    return step_back(session, session->undo, session->redo, undone, error);
}

bool
session_redo(struct session *session, struct undone *undone, GError **error)
{
    return step_back(session, session->redo, session->undo, undone, error);
}
