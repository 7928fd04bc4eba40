/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read and starred, both ways. */
#include "config.h"

#include "base/step.h"
#include "sync/run.h"

#define RECEIVED 500 /* marks that are set in one transaction, for which the reader may wait */

/* What the server lists, all of it or nothing. */
static bool
list_items(struct sync_run *run, struct problem **problem, GError **error)
{
    static const enum sync_list lists[] = {SYNC_LIST_ALL, SYNC_LIST_UNREAD, SYNC_LIST_STARRED};
    if (!sync_seen_clear(run->store, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(int64_t));
        *problem = api_items(run->server, lists[i], items);
        if (*problem ||
            !sync_seen_add(run->store, lists[i], (const int64_t *)(const void *)items->data,
                           items->len, error))
            return false;
    }
    /* what is gone lets go of its article now: the same may be there under another number */
    return run->dry || sync_items_forget_gone(run->store, error);
}

/* Where the contents go that are asked for. */
struct keeper {
    struct store *store;
    GError **error;
    bool failed;
};

static bool
keep(GArray *items, gpointer data)
{
    struct keeper *keeper = data;
    keeper->failed = !sync_items_put(keeper->store, items, keeper->error);
    test_step();
    return !keeper->failed;
}

static bool
learn_items(struct sync_run *run, struct problem **problem, GError **error)
{
    g_autoptr(GArray) items = sync_items_unknown(run->store, error);
    struct keeper keeper = {run->store, error, false};
    if (!items)
        return false;
    *problem = api_contents(run->server, (const int64_t *)(const void *)items->data, items->len,
                            keep, &keeper);
    return !*problem && !keeper.failed && sync_items_match(run->store, error);
}

static bool
receive(struct sync_run *run, GError **error)
{
    guint count;
    do {
        if (!sync_receive(run->store, RECEIVED, &count, error))
            return false;
        test_step();
    } while (count);
    for (int field = 0; field < SYNC_FIELDS; field++)
        for (int value = 0; value < 2; value++)
            run->received[field][value] = run->counts.receive[field][value];
    return true;
}

/* One batch; a refusal is noted, and the others are tried. */
static bool
send_batch(struct sync_run *run, const struct sync_batch *batch, struct problem **problem,
           GError **error)
{
    g_autoptr(GArray) items = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), batch->rows->len);
    for (guint i = 0; i < batch->rows->len; i++)
        g_array_append_val(items, g_array_index(batch->rows, struct sync_row, i).item);
    test_step();
    struct problem *why = batch->stream
                              ? api_mark_feed(run->server, batch->stream, batch->newest)
                              : api_mark(run->server, batch->field, batch->value,
                                         (const int64_t *)(const void *)items->data, items->len);
    if (why && !server_refuses(why)) {
        *problem = why;
        return false;
    }
    if (!sync_send_done(run->store, batch, !why, error)) {
        if (why)
            problem_free(why);
        return false;
    }
    test_step();
    if (!why) {
        run->sent[batch->field][batch->value] += batch->rows->len;
        return true;
    }
    run->refused += batch->rows->len;
    if (run->refusal)
        problem_free(run->refusal);
    run->refusal = why;
    return true;
}

static bool
send_all(struct sync_run *run, struct problem **problem, GError **error)
{
    bool feeds = true; /* a feed that is not marked as a whole now is not either later on */
    for (;;) {
        AUTO(sync_batch_clear) struct sync_batch batch = {.rows = NULL};
        if (!sync_send_next(run->store, API_BATCH, feeds, &batch, error))
            return false;
        feeds = feeds && batch.stream;
        if (!batch.rows->len)
            return true;
        if (!send_batch(run, &batch, problem, error))
            return false;
    }
}

bool
sync_marks(struct sync_run *run, struct problem **problem, GError **error)
{
    int64_t log = sync_log_last(run->store);
    if (!list_items(run, problem, error) || !learn_items(run, problem, error) ||
        !sync_plan(run->store, &run->counts, error))
        return false;
    test_step();
    if (run->dry)
        return true;
    return receive(run, error) && send_all(run, problem, error) && sync_end(run->store, log, error);
}
