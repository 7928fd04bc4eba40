/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing and doing again: steps of marks, and lines of `urls`. */
#include "config.h"

#include "reader/undo.h"
#include "reader/outside.h"

#include <string.h>

#define UNDO_STEPS 100

/* What undoes a step, or does it again: changes of marks, else a line of `urls`. */
struct undo_step {
    GArray *changes; /* struct mark_change; or NULL */
    char *url;       /* of a subscription; or "query:TITLE:QUERY" */
    char *title, **tags, *query;
    char *name;     /* what people know it by */
    bool subscribe; /* the line is put in, else taken out */
};

void
undo_step_free(gpointer data)
{
    struct undo_step *step = data;
    if (step->changes)
        g_array_unref(step->changes);
    g_free(step->url);
    g_free(step->title);
    g_strfreev(step->tags);
    g_free(step->query);
    g_free(step->name);
    g_free(step);
}

void
undone_clear(struct undone *undone)
{
    g_free(undone->name);
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

static bool
take_out(struct session *session, const struct undo_step *step, GError **error)
{
    return outside_unsubscribe(session->context->config_dir, (char *[]){step->url, NULL}, error) &&
           session_follow(session, error);
}

static bool
put_in(struct session *session, const struct undo_step *step, GError **error)
{
    const char *folder = session->context->config_dir;
    bool put = step->query ? outside_save_query(folder, step->title, step->query, error)
                           : outside_subscribe(folder, step->url, step->title, step->tags, error);
    return put && session_follow(session, error);
}

/* What the line says that has this URL; NULL: there is none. */
static struct undo_step *
line_of(const struct session *session, const char *url)
{
    const struct urls *urls = session->urls;
    const struct subscription *sub = urls_find(urls, url);
    struct undo_step *step = NULL;
    for (guint i = 0; !sub && i < urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(urls->queries, i);
        g_autofree char *name = g_strdup_printf("query:%s:%s", query->title, query->query);
        if (!g_str_equal(name, url))
            continue;
        step = g_new0(struct undo_step, 1);
        step->title = g_strdup(query->title);
        step->query = g_strdup(query->query);
        step->name = g_strdup(query->title);
    }
    if (sub) {
        AUTO(source_free)
        struct source *source = session->store ? sources_find(session->store, url, NULL) : NULL;
        step = g_new0(struct undo_step, 1);
        step->title = g_strdup(sub->title);
        step->tags = g_strdupv(sub->tags);
        step->name = g_strdup(source ? source->label : sub->url);
    }
    if (step)
        step->url = g_strdup(url);
    return step;
}

bool
session_unsubscribe(struct session *session, const char *url, GError **error)
{
    struct undo_step *step = line_of(session, url);
    const struct undo_step plain = {.url = (char *)url};
    if (!take_out(session, step ? step : &plain, error)) {
        if (step)
            undo_step_free(step);
        return false;
    }
    if (!step)
        return true;
    step->subscribe = true;
    push(session->undo, step);
    g_ptr_array_set_size(session->redo, 0);
    return true;
}

/* --- steps back and forth --------------------------------------------------------------------- */

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
                            .restored = changes[0].mark == MARK_DELETED && !changes[0].on};
        return reverse_of(changes, step->changes->len);
    }
    if (!(step->subscribe ? put_in : take_out)(session, step, error))
        return NULL;
    *undone = (struct undone){
        .count = 1, .works = 1, .name = g_strdup(step->name), .subscribed = step->subscribe};
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
