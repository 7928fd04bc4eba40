/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store on storage that fails: at every write, sync, truncation and removal of a day's work.
 * What was committed is there afterwards, what was not is not, and the check finds no fault.
 */
#include "config.h"

#include "store/db.h"
#include "unit/faulty-vfs.h"
#include "unit/kit.h"
#include "unit/store-kit.h"

#define ARTICLES 4

/* What a fetch, a reader and the maintenance do; how many steps were done and not refused. */
static int
work(struct fixture *f, GError **error)
{
    int done = 0;
    for (int i = 0; i < ARTICLES; i++) {
        g_autofree char *id = g_strdup_printf("%d", i), *text = g_strnfill(3000, (char)('a' + i));
        AUTO(entry_free) struct entry *entry = entry_new();
        entry->id = g_steal_pointer(&id);
        entry->title = g_strdup("停水 notice");
        entry->published = (struct date){.time = 1000 + i, .precision = DATE_SECOND};
        AUTO(document_free) struct document *document = document_from_text(text);
        AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
        bool is_new, changed;
        int64_t article = 0;
        if (!store_begin(f->store, error))
            return done;
        articles_identify(f->store, f->source, entry);
        if (!(article = articles_put(f->store, f->source, entry, 0, NULL, NOW, &is_new, error)) ||
            !articles_put_document(f->store, article, stored, "page", NULL, false, NOW, NULL,
                                   &changed, error)) {
            store_rollback(f->store);
            return done;
        }
        if (!store_commit(f->store, error))
            return done;
        done++;
    }
    struct mark_change changes[] = {{.article = 1, .mark = MARK_READ, .on = true},
                                    {.article = 2, .mark = MARK_DELETED, .on = true}};
    bool more;
    if (!marks_apply(f->store, changes, 2, error))
        return done;
    done++;
    if (!search_index_slice(f->store, 3, &more, error) || maintenance_purge(f->store, error) != 1 ||
        !store_exec(f->store, "PRAGMA wal_checkpoint(TRUNCATE)", error))
        return done;
    return maintenance_compact(f->store, error) ? done + 1 : done;
}

static void
check_after(struct fixture *f, int done, enum fault fault, int at)
{
    g_autoptr(GError) error = NULL;
    faulty_arm(FAULT_NONE, 0);
    store_close(f->store);
    f->store = store_open(f->path, STORE_WRITE, 0, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) faults = maintenance_check(f->store, &error);
    g_assert_no_error(error);
    if (faults->len)
        g_error("fault %d at operation %d: %s", fault, at,
                (const char *)g_ptr_array_index(faults, 0));
    /* what was said to be done is there; the step that failed is there whole or not at all */
    struct listing all = {0};
    int64_t there = listing_count(f->store, &all, NULL), articles = MIN(done, ARTICLES);
    g_assert_cmpint(there, >=, done > ARTICLES ? ARTICLES - 1 : articles);
    g_assert_cmpint(there, <=, MIN(articles + 1, ARTICLES));
    g_assert_cmpint(hits(f, "停水"), ==, there);
    for (int64_t id = 1; id <= articles; id++) {
        if (id == 2 && done >= ARTICLES)
            continue; /* it may be purged */
        AUTO(document_free) struct document *document = articles_document(f->store, id, 0, &error);
        g_assert_no_error(error);
        g_assert_nonnull(document);
    }
    if (done > ARTICLES)
        g_assert_cmpint(hits(f, "is:read"), ==, 1);
    /* and the store goes on working */
    put(f, "later", NULL, "Later", 5000);
    g_assert_cmpint(hits(f, "later"), ==, 1);
}

static void
walk(gconstpointer data)
{
    enum fault fault = (enum fault)GPOINTER_TO_INT(data);
    bool struck = true;
    int at = 1;
    for (; struck; at++) {
        struct fixture f = {0};
        faulty_arm(FAULT_NONE, 0);
        set_up(&f, NULL);
        faulty_arm(fault, at);
        g_autoptr(GError) error = NULL;
        int done = work(&f, &error);
        struck = faulty_struck();
        if (!struck)
            g_assert_no_error(error);
        else if (done < ARTICLES + 1)
            g_assert_nonnull(error); /* nothing is silent */
        if (error && fault == FAULT_FULL)
            g_assert_error(error, STORE_ERROR, STORE_ERROR_FULL);
        check_after(&f, done, fault, at);
        tear_down(&f, NULL);
    }
    g_test_message("%d operations", at - 2);
    g_assert_cmpint(at, >, 40);
}

/* A file system that gives neither locks nor shared memory is named as the reason. */
static void
test_locks(void)
{
    struct fixture f = {0};
    set_up(&f, NULL);
    store_close(f.store);
    faulty_arm(FAULT_LOCKS, 0);
    g_autoptr(GError) error = NULL;
    struct store *store = store_open(f.path, STORE_WRITE, 0, &error);
    g_assert_null(store);
    g_assert_nonnull(strstr(error->message, "local disk"));
    faulty_arm(FAULT_NONE, 0);
    f.store = store_open(f.path, STORE_WRITE, 0, NULL);
    g_assert_nonnull(f.store);
    tear_down(&f, NULL);
}

void
add_tests(void)
{
    faulty_register();
    g_test_add_data_func("/faults/error", GINT_TO_POINTER(FAULT_ERROR), walk);
    g_test_add_data_func("/faults/full", GINT_TO_POINTER(FAULT_FULL), walk);
    g_test_add_data_func("/faults/death", GINT_TO_POINTER(FAULT_DEATH), walk);
    g_test_add_func("/faults/locks", test_locks);
}
