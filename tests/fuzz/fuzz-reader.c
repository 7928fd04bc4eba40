/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader over a store that anybody may have written: lines of text go into its rows past the
 * gate, and behind a NUL come keys, clicks, sizes of the terminal, text and commands.  The screen
 * is consistent after each, and the article is written as clean text, Markdown and HTML.
 */
#include "config.h"

#include <limits.h>

#include "fuzz/document-kit.h"
#include "reader/heading.h"
#include "reader/page.h"
#include "reader/session.h"
#include "reader/snippet.h"
#include "reader/undo.h"
#include "store/articles.h"
#include "store/db.h"
#include "ui/jobs.h"
#include "ui/monkey.h"
#include "ui/mouse.h"
#include "ui/reader.h"

#define MAX_EVENTS 60

/* --- the store ---------------------------------------------------------------------------- */

/* Any bytes as a value of a table, as another program could write them. */
static void
force(struct store *store, const char *sql, const char *bytes)
{
    sqlite3_stmt *s = store_prepare(store, sql, NULL);
    g_assert_nonnull(s);
    sqlite3_bind_blob(s, 1, bytes, (int)strlen(bytes), SQLITE_TRANSIENT);
    g_assert_true(store_run(store, s, NULL));
}

static int64_t
put(struct store *store, int64_t source, int number)
{
    AUTO(entry_free) struct entry *entry = entry_new();
    entry->link = g_strdup_printf("http://a.example/%d", number);
    entry->title = g_strdup("One");
    entry->published = (struct date){.time = FUZZ_NOW - number * 3600, .precision = DATE_SECOND};
    entry->event.starts =
        (struct date){.time = FUZZ_NOW, .precision = number ? DATE_NONE : DATE_DAY};
    entry_add_attachment(entry, g_strdup("http://a.example/1.pdf"), g_strdup("Plan"), NULL, 1);
    articles_identify(store, source, entry);
    bool is_new;
    int64_t article = articles_put(store, source, entry, 0, NULL, FUZZ_NOW, &is_new, NULL);
    g_assert_cmpint(article, >, 0);
    return article;
}

static void
put_text(struct store *store, int64_t article, const char *text)
{
    g_autofree char *clean = text_clean(text, -1);
    AUTO(document_free) struct document *document = document_from_plain(clean, false);
    document_finish(document);
    AUTO(stored_document_free) struct stored_document *stored = stored_document_new(document);
    bool changed;
    g_assert_true(articles_put_document(store, article, stored, "feed", NULL, false, FUZZ_NOW, NULL,
                                        &changed, NULL));
}

/* The columns that a foreign store may have anything in; the lines of the input go round them. */
static const char *const columns[] = {
    "UPDATE articles SET title = CAST(?1 AS TEXT) WHERE id = 1",
    "UPDATE articles SET title = CAST(?1 AS TEXT), author = CAST(?1 AS TEXT) WHERE id = 2",
    "UPDATE articles SET link = CAST(?1 AS TEXT) WHERE id = 1",
    "UPDATE articles SET section = CAST(?1 AS TEXT), publisher = CAST(?1 AS TEXT)",
    "UPDATE articles SET language = CAST(?1 AS TEXT)",
    "UPDATE sources SET title = CAST(?1 AS TEXT), last_error = CAST(?1 AS TEXT)",
    "UPDATE sources SET warnings = CAST(?1 AS TEXT), charset = CAST(?1 AS TEXT)",
    "UPDATE sources SET home = CAST(?1 AS TEXT), moved_to = CAST(?1 AS TEXT)",
    "UPDATE attachments SET title = CAST(?1 AS TEXT), url = CAST(?1 AS TEXT) WHERE article = 1",
    "INSERT OR IGNORE INTO tags (article, tag) VALUES (1, CAST(?1 AS TEXT))",
};

static void
fill(struct store *store, int64_t source, struct bytes *in)
{
    g_autofree char *lines = bytes_until(in, '\0');
    g_auto(GStrv) parts = g_strsplit(lines, "\n", G_N_ELEMENTS(columns) + 1);
    g_assert_true(store_begin(store, NULL));
    for (int i = 0; i < 3; i++)
        put(store, source, i);
    guint count = g_strv_length(parts);
    put_text(store, 1, count ? parts[count - 1] : "");
    for (guint i = 0; i < count && i < G_N_ELEMENTS(columns); i++)
        force(store, columns[i], parts[i]);
    g_assert_true(store_commit(store, NULL));
}

/* --- what is written of an article -------------------------------------------------------- */

static void
write_article(struct store *store)
{
    struct article_row *row = listing_article(store, 1, NULL);
    g_assert_nonnull(row);
    AUTO(document_free) struct document *body = articles_document(store, 1, 0, NULL);
    if (body) {
        AUTO(document_free) struct document *page = page_compose(store, row, body);
        check_document(page);
        g_autofree char *html = page_html_article(row, page);
        check_html(html);
    }
    AUTO(layout_free) struct layout *head =
        heading_layout(store, row, &(struct heading_options){.width = 20, .address = true});
    for (guint i = 0; i < head->lines->len; i++)
        assert_clean(((const struct layout_line *)g_ptr_array_index(head->lines, i))->text);
    AUTO(query_free) struct query *query = query_parse("one", FUZZ_NOW, NULL);
    g_autofree char *snippet = snippet_of(store, 1, query, 30);
    assert_clean(snippet);
    article_row_free(row);
}

/* --- keys --------------------------------------------------------------------------------- */

/* The keys of all actions, and what one types beside. */
static char **
all_keys(void)
{
    GString *keys = g_string_new("Esc Enter Space Tab S-Tab Backspace Up Down Left Right PgUp PgDn "
                                 "Home End Delete ^U ^W 1 9 0 ж 图 é 🙂 - ( \" = .");
    for (int i = 0; i < ACTION_COUNT; i++)
        g_string_append_printf(keys, " %s", actions_table[i].keys);
    char **all = g_strsplit(keys->str, " ", -1);
    g_string_free(keys, TRUE);
    return all;
}

static void
type(struct app *app, const char *text)
{
    g_autofree char *clean = text_squeeze(text, (gssize)MIN(strlen(text), 40));
    for (const char *p = clean; *p; p = g_utf8_next_char(p)) {
        g_autofree char *key = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
        monkey_press(app, g_str_equal(key, " ") ? "Space" : key);
    }
}

/* What would start a program or end the reader is not to be asked for. */
static void
command(struct app *app, const char *text)
{
    static const char *const barred[] = {"browser", "quit", "save", "fetch", "q", "b", "ui.b"};
    g_autofree char *clean = text_squeeze(text, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(barred); i++)
        if (strstr(clean, barred[i]))
            return;
    reader_run_command(app, clean);
}

static void
one_event(struct app *app, char *const *keys, struct bytes *in)
{
    g_autofree char *text = NULL;
    uint8_t kind = bytes_number(in), number;
    switch (kind % 8) {
    case 0:
        app_resize(app, 1 + bytes_number(in), 1 + bytes_number(in) % 60);
        break;
    case 1:
        number = bytes_number(in);
        mouse_event(app, (enum mouse)(kind / 8 % 3), number % app->grid->width,
                    bytes_number(in) % app->grid->height);
        break;
    case 2:
        text = bytes_until(in, '\n');
        type(app, text);
        break;
    case 3:
        text = bytes_until(in, '\n');
        command(app, text);
        break;
    default:
        number = bytes_number(in);
        monkey_press(app, keys[number % g_strv_length((char **)keys)]);
    }
}

static void
use(struct session *session, struct bytes *in)
{
    static char **keys;
    if (!keys)
        keys = all_keys();
    g_autoptr(GError) error = NULL;
    AUTO(app_free) struct app *app = reader_new(session, 80, 24, false, &error);
    g_assert_no_error(error);
    reader_draw(app);
    for (int i = 0; i < MAX_EVENTS && in->at < in->end && !app->quit; i++) {
        g_assert_true(grid_is_consistent(app->grid));
        one_event(app, keys, in);
        jobs_poll(app, false);
        reader_draw(app);
    }
    g_assert_true(grid_is_consistent(app->grid));
    GString *spoken = g_string_new(NULL);
    app_top(app)->ops->to_text(app_top(app), app, spoken);
    assert_clean(spoken->str);
    g_string_free(spoken, TRUE);
}

static void
set_up(void)
{
    /* nothing is read, written or started */
    g_setenv("XDG_CONFIG_HOME", "/dev/null", TRUE);
    g_setenv("XDG_DATA_HOME", "/dev/null", TRUE);
    g_setenv("CRIER_DATADIR", "/dev/null", TRUE);
    g_setenv("CRIER_WORKER", "/dev/null", TRUE);
    g_setenv("CRIER_NOW", G_STRINGIFY(FUZZ_NOW), TRUE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    set_up();
    struct bytes in = {data, data + size};
    AUTO(context_free) struct context *context = context_new();
    struct session session = {
        .context = context,
        .urls = urls_parse("/dev/null", "urls", "http://a.example/feed \"city\" \"~City\"\n"),
        .store = store_new(NULL),
        .pending = g_array_new(FALSE, FALSE, sizeof(struct mark_change)),
        .undo = g_ptr_array_new_with_free_func(undo_step_free),
        .redo = g_ptr_array_new_with_free_func(undo_step_free)};
    g_assert_true(sources_sync(session.store, session.urls, NULL));
    fill(session.store, 1, &in);
    write_article(session.store);
    use(&session, &in);
    urls_free(session.urls);
    store_close(session.store);
    g_array_unref(session.pending);
    g_ptr_array_unref(session.undo);
    g_ptr_array_unref(session.redo);
    return 0;
}
