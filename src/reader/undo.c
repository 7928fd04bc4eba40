/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undoing and doing again: steps of marks, and lines of `urls`, which are put back as the file was
 * where nobody has changed it since.
 */
#include "config.h"

#include "reader/undo.h"
#include "reader/outside.h"

#include <string.h>

#define UNDO_STEPS 100

/* A line of `urls`. */
struct line {
    char *url; /* of a subscription; or "query:TITLE:QUERY" */
    char *title, **tags, *query;
};

static void
line_free(gpointer data)
{
    struct line *line = data;
    g_free(line->url);
    g_free(line->title);
    g_strfreev(line->tags);
    g_free(line->query);
    g_free(line);
}

/* What undoes a step, or does it again: changes of marks, else lines of `urls`. */
struct undo_step {
    GArray *changes;      /* struct mark_change; or NULL */
    GPtrArray *lines;     /* owned struct line * */
    char *with, *without; /* the file, before and after; NULL: others have written meanwhile */
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
    if (step->lines)
        g_ptr_array_unref(step->lines);
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

/* The URLs of a step, NULL-terminated, borrowed; the array is owned. */
static GPtrArray *
urls_of(const struct undo_step *step)
{
    GPtrArray *urls = g_ptr_array_new();
    for (guint i = 0; i < step->lines->len; i++)
        g_ptr_array_add(urls, ((struct line *)g_ptr_array_index(step->lines, i))->url);
    g_ptr_array_add(urls, NULL);
    return urls;
}

static bool
take_out(struct session *session, const struct undo_step *step, GError **error)
{
    g_autoptr(GPtrArray) urls = urls_of(step);
    return outside_unsubscribe(session->context->config_dir, (char **)urls->pdata, error);
}

/* Each line at the end of the file; one that is there already is none to be put in. */
static bool
put_in(struct session *session, const struct undo_step *step, GError **error)
{
    const char *folder = session->context->config_dir;
    g_autoptr(GError) last = NULL;
    guint put = 0;
    for (guint i = 0; i < step->lines->len; i++) {
        const struct line *line = g_ptr_array_index(step->lines, i);
        g_clear_error(&last);
        if (line->query ? outside_save_query(folder, line->title, line->query, &last)
                        : outside_subscribe(folder, line->url, line->title, line->tags, &last))
            put++;
        else if (!g_error_matches(last, CONFIG_ERROR, CONFIG_ERROR_EXISTS))
            break;
    }
    if (!last || (put && g_error_matches(last, CONFIG_ERROR, CONFIG_ERROR_EXISTS)))
        return true;
    g_propagate_error(error, g_steal_pointer(&last));
    return false;
}

/* What was written into `urls`. */
struct written {
    const char *from, *to; /* the whole file; NULL: others may have written in it, too */
    bool put_in;           /* the lines of the step were, else they were taken out */
};

/*
 * Brings the store into step with what was written; where it cannot be, that is taken back, and
 * nothing has happened: the file is as it was, or where others have written in it meanwhile, the
 * lines are.
 */
static bool
follow_written(struct session *session, const struct undo_step *step, const struct written *written,
               GError **error)
{
    if (session_follow(session, error))
        return true;
    bool done = false;
    if (written->from && written->to)
        outside_exchange_urls(session->context->config_dir, written->to, written->from, &done,
                              NULL);
    if (!done)
        (written->put_in ? take_out : put_in)(session, step, NULL);
    session_reload(session, NULL);
    return false;
}

/* The file as it was, byte for byte; where others have written in it meanwhile, the lines alone. */
static bool
put_back(struct session *session, struct undo_step *step, GError **error)
{
    const char *from = step->subscribe ? step->without : step->with,
               *to = step->subscribe ? step->with : step->without;
    bool done = false;
    if (from && to && !outside_exchange_urls(session->context->config_dir, from, to, &done, error))
        return false;
    if (!done) {
        g_clear_pointer(&step->with, g_free);
        g_clear_pointer(&step->without, g_free);
        if (!(step->subscribe ? put_in : take_out)(session, step, error))
            return false;
    }
    struct written written = {done ? from : NULL, done ? to : NULL, step->subscribe};
    return follow_written(session, step, &written, error);
}

/* What the line says that has this URL; NULL: there is none.  *name: what people know it by. */
static struct line *
line_of(const struct session *session, const char *url, char **name)
{
    const struct urls *urls = session->urls;
    const struct subscription *sub = urls_find(urls, url);
    struct line *line = NULL;
    for (guint i = 0; !sub && i < urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(urls->queries, i);
        g_autofree char *written = g_strdup_printf("query:%s:%s", query->title, query->query);
        if (!g_str_equal(written, url))
            continue;
        line = g_new0(struct line, 1);
        line->title = g_strdup(query->title);
        line->query = g_strdup(query->query);
        *name = g_strdup(query->title);
    }
    if (sub) {
        AUTO(source_free)
        struct source *source = session->store ? sources_find(session->store, url, NULL) : NULL;
        line = g_new0(struct line, 1);
        line->title = g_strdup(sub->title);
        line->tags = g_strdupv(sub->tags);
        *name = g_strdup(source ? source->name : sub->url);
    }
    if (line)
        line->url = g_strdup(url);
    return line;
}

bool
session_unsubscribe(struct session *session, char *const *urls, const char *name, GError **error)
{
    const char *folder = session->context->config_dir;
    g_autofree char *path = g_build_filename(folder, "urls", NULL),
                    *before = urls_read(path, error),
                    *without = before ? urls_without(folder, before, urls) : NULL;
    struct undo_step *step = g_new0(struct undo_step, 1);
    step->lines = g_ptr_array_new_with_free_func(line_free);
    for (char *const *url = urls; *url; url++) {
        g_autofree char *own = NULL;
        struct line *line = line_of(session, *url, &own);
        if (line)
            g_ptr_array_add(step->lines, line);
        if (!step->name)
            step->name = name ? g_strdup(name) : g_steal_pointer(&own);
    }
    struct written written = {before, without, false};
    if (!before || !outside_unsubscribe(folder, urls, error) ||
        !follow_written(session, step, &written, error)) {
        undo_step_free(step);
        return false;
    }
    if (!step->lines->len) {
        undo_step_free(step);
        return true;
    }
    g_autofree char *after = urls_read(path, NULL);
    if (after && !g_strcmp0(after, without)) { /* nobody else has written at the same time */
        step->with = g_steal_pointer(&before);
        step->without = g_steal_pointer(&after);
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
    if (!put_back(session, step, error))
        return NULL;
    const struct line *first = g_ptr_array_index(step->lines, 0);
    *undone = (struct undone){.count = 1,
                              .works = 1,
                              .name = g_strdup(step->name),
                              .url = step->subscribe ? g_strdup(first->url) : NULL,
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
