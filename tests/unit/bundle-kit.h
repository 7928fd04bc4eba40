/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store says in a bundle, for the tests of bundles. */
#pragma once

#include "store/bundle.h"
#include "store/db.h"
#include "unit/store-kit.h"

static inline struct bundle_item
item_of(struct fixture *f, int64_t article)
{
    struct bundle_item item;
    bool found;
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    g_assert_true(bundle_read_article(f->store, article, 1, told, &item, &found, &error));
    g_assert_true(found);
    return item;
}

static inline void
run_sql(struct fixture *f, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(store_exec(f->store, sql, &error));
    g_assert_no_error(error);
}
