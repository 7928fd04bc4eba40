/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms, the patterns that they are read by, and the slices in which the index follows. */
#include "config.h"

#include "store/search.h"
#include "document/document.h"
#include "store/reading.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/edition-groups.h"
#include "store/lock.h"
#include "store/schema.h"
#include "store/tokenizer.h"
#include "text/fold.h"

#include <string.h>

/* Changes with the tokens or with what document_plain() writes: the index is made anew then. */
#define SEARCH_FORM "2"

/*
 * Microseconds that a slice lasts: each ends with a segment of the index, which is merged later, so
 * long ones cost less; 400 ms, and 6 for a while after somebody else wrote between two of them, or
 * waited to, for which a long one is given up.
 */
#define SLICE_ALONE  400000
#define SLICE_BESIDE 6000
#define BESIDE_TIME  (3 * G_USEC_PER_SEC)
#define SLICE_PAUSE  2000
#define ONE_WAIT     500 /* milliseconds: so long somebody waits who looks on */
#define SLICE_MIN    10  /* articles */
#define SLICE_FIRST  40
#define SLICE_MAX    2000

/*
 * FTS5's own, which it keeps beside the index.  Merging less often costs less; what is gathered for
 * a segment is 1 MiB: with 256 KiB it takes 4 to 20 % more of a processor (15000 articles of 5 KB
 * in three languages), as the machine has much or little else to do, and with 4 MiB no less.
 */
static const struct {
    const char *name;
    int value;
} index_settings[] = {{"hashsize", 1 << 20}, {"automerge", 16}, {"crisismerge", 64}};

#define TOKEN_END   '\x1f'
#define PATTERN_END '\x1e'

/*
 * A pattern is a scope ('a': title or text, 't': title), a kind ('p': the last token may go on,
 * 'e': it may not, 's': no tokens but a substring) and its tokens, each with TOKEN_END.
 */

/* --- terms ------------------------------------------------------------------------------ */

struct compiled {
    GString *match, *pattern;
    const char *mark; /* what tokens begin with in the index */
    guint tokens;
    bool single, pair; /* of the last token */
};

static bool
compile_token(const struct token *token, gpointer data)
{
    struct compiled *c = data;
    if (c->tokens++)
        g_string_append(c->match, " AND ");
    g_string_append_c(c->match, '"'); /* no token has a quotation mark in it */
    g_string_append(c->match, c->mark);
    g_string_append_len(c->match, token->text, (gssize)token->length);
    g_string_append_c(c->match, '"');
    g_string_append_len(c->pattern, token->text, (gssize)token->length);
    g_string_append_c(c->pattern, TOKEN_END);
    c->single = token->single;
    c->pair = token->pair;
    return true;
}

struct search_term
search_term(const char *text, bool phrase, bool title_only)
{
    g_autofree char *folded = text_search_form(text);
    struct compiled c = {.match = g_string_new("("),
                         .pattern = g_string_new(title_only ? "tp" : "ap"),
                         .mark = title_only ? TOKEN_OF_TITLE : ""};
    tokens_each(folded, true, compile_token, &c);
    if (!c.tokens) {
        g_string_free(c.match, TRUE);
        c.pattern->str[1] = 's';
        g_string_append(c.pattern, folded);
        g_string_append_c(c.pattern, TOKEN_END);
        return (struct search_term){NULL, g_string_free(c.pattern, FALSE), false, false};
    }
    /* one character alone is the beginning of pairs; no pair is the beginning of anything */
    if (c.single || (!phrase && !c.pair))
        g_string_append(c.match, " *");
    else
        c.pattern->str[1] = 'e';
    g_string_append_c(c.match, ')');
    bool prefix = c.pattern->str[1] == 'p';
    return (struct search_term){g_string_free(c.match, FALSE), g_string_free(c.pattern, FALSE),
                                c.tokens == 1, prefix};
}

void
search_term_clear(struct search_term *term)
{
    g_free(term->match);
    g_free(term->pattern);
}

void
search_join(GString *patterns, const char *pattern)
{
    g_string_append(patterns, pattern);
    g_string_append_c(patterns, PATTERN_END);
}

/* --- reading a text ----------------------------------------------------------------------- */

#define MAX_TOKENS 256 /* of a pattern; what stands behind is not looked for */

struct pattern {
    bool title_only, prefix;
    char *substring; /* or NULL */
    struct {
        const char *text;
        gsize length;
    } tokens[MAX_TOKENS];
    guint count;
    char *text; /* owned, what the tokens point into */
};

static void
pattern_free(gpointer data)
{
    struct pattern *pattern = data;
    g_free(pattern->substring);
    g_free(pattern->text);
    g_free(pattern);
}

static struct pattern *
pattern_parse(const char *from, gsize length)
{
    struct pattern *pattern = g_new0(struct pattern, 1);
    pattern->title_only = from[0] == 't';
    pattern->prefix = from[1] == 'p';
    pattern->text = g_strndup(from + 2, length - 2);
    if (from[1] == 's') {
        pattern->substring = g_strndup(pattern->text, strcspn(pattern->text, "\x1f"));
        return pattern;
    }
    for (char *p = pattern->text, *end; (end = strchr(p, TOKEN_END)) && pattern->count < MAX_TOKENS;
         p = end + 1) {
        pattern->tokens[pattern->count].text = p;
        pattern->tokens[pattern->count++].length = (gsize)(end - p);
    }
    return pattern;
}

static GPtrArray *
patterns_parse(const char *text)
{
    GPtrArray *patterns = g_ptr_array_new_with_free_func(pattern_free);
    for (const char *p = text, *end; (end = strchr(p, PATTERN_END)) && end - p >= 2; p = end + 1)
        g_ptr_array_add(patterns, pattern_parse(p, (gsize)(end - p)));
    return patterns;
}

/*
 * How far the pattern has come from one place on: bit n of `open` is set when tokens 0 to n-1 are
 * the last ones that were read.  A tail may be passed over, since a query has none.
 */
struct reading {
    const struct pattern *pattern;
    guint64 open[MAX_TOKENS / 64];
    bool begun, found;
};

static bool
is_token(const struct pattern *pattern, guint n, const struct token *token)
{
    bool prefix = pattern->prefix && n == pattern->count - 1;
    gsize length = pattern->tokens[n].length;
    return (prefix ? token->length >= length : token->length == length) &&
           !memcmp(token->text, pattern->tokens[n].text, length);
}

static bool
read_token(const struct token *token, gpointer data)
{
    struct reading *r = data;
    guint last = r->pattern->count;
    bool any = false;
    /* from the end, so that what is set now is not used now */
    for (guint n = last; n-- > 0;) {
        bool open = n == 0 ? !r->begun : r->open[n / 64] >> n % 64 & 1;
        bool goes_on = open && is_token(r->pattern, n, token);
        if (goes_on && n + 1 == last) {
            r->found = true;
            return false;
        }
        if (n + 1 < last) {
            guint64 bit = (guint64)1 << (n + 1) % 64, *bits = &r->open[(n + 1) / 64];
            if (goes_on)
                *bits |= bit;
            else if (!token->tail)
                *bits &= ~bit;
            any |= (*bits & bit) != 0;
        }
    }
    r->begun = true;
    return any;
}

/*
 * The tokens are read only from where the text of the first one stands: in a run each character
 * begins one, and a word begins where no other goes on.
 */
static bool
has_pattern(const struct pattern *pattern, const char *folded)
{
    if (!folded)
        return false;
    if (pattern->substring)
        return strstr(folded, pattern->substring) != NULL;
    if (!pattern->count)
        return false;
    const char *first = pattern->tokens[0].text;
    gsize length = pattern->tokens[0].length, size = strlen(folded);
    for (const char *p = folded; (p = memmem(p, size - (gsize)(p - folded), first, length)); p++) {
        struct reading reading = {pattern, {0}, false, false};
        if (tokens_begin(folded, p))
            tokens_each(p, false, read_token, &reading);
        if (reading.found)
            return true;
    }
    return false;
}

static GBytes *
unpack(sqlite3_value *value)
{
    if (sqlite3_value_type(value) == SQLITE_NULL)
        return NULL;
    return blob_decompress(sqlite3_value_blob(value), (gsize)sqlite3_value_bytes(value),
                           DOCUMENT_CAP);
}

static char *
plain_of(sqlite3_value *value)
{
    g_autoptr(GBytes) bytes = unpack(value);
    return bytes ? document_stored_plain(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
                 : NULL;
}

static void
matches_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    GPtrArray *patterns = sqlite3_get_auxdata(context, 2);
    if (!patterns) {
        const char *text = (const char *)sqlite3_value_text(values[2]);
        patterns = patterns_parse(text ? text : "");
        sqlite3_set_auxdata(context, 2, patterns, (void (*)(void *))g_ptr_array_unref);
        patterns = sqlite3_get_auxdata(context, 2);
        if (!patterns)
            return;
    }
    const char *title = (const char *)sqlite3_value_text(values[0]);
    g_autofree char *folded_title = title ? text_search_form(title) : NULL, *folded_text = NULL;
    bool all = true, read = false;
    for (guint i = 0; all && i < patterns->len; i++) {
        const struct pattern *pattern = g_ptr_array_index(patterns, i);
        all = has_pattern(pattern, folded_title);
        if (all || pattern->title_only)
            continue;
        if (!read) {
            g_autofree char *plain = plain_of(values[1]);
            folded_text = plain ? text_search_form(plain) : NULL;
            read = true;
        }
        all = has_pattern(pattern, folded_text);
    }
    sqlite3_result_int(context, all);
}

static void
plain_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    g_autoptr(GBytes) bytes = unpack(values[0]);
    AUTO(document_free) struct document *document =
        bytes ? document_deserialize(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
    if (document)
        sqlite3_result_text(context, document_plain(document), -1, g_free);
}

char *
search_terms(const char *title, const char *text)
{
    return tokens_joined(title && g_utf8_validate(title, -1, NULL) ? title : "", text ? text : "");
}

static void
terms_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    g_autofree char *plain = plain_of(values[1]);
    sqlite3_result_text(context, search_terms((const char *)sqlite3_value_text(values[0]), plain),
                        -1, g_free);
}

static void
fold_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    if (text)
        sqlite3_result_text(context, text_fold(text), -1, g_free);
}

static void
title_key_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    g_autofree char *folded = text_fold(text ? text : "");
    sqlite3_result_blob(context, folded, (int)MIN(strlen(folded), TITLE_KEY), SQLITE_TRANSIENT);
}

static void
intact_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    g_autoptr(GBytes) bytes = blob_decompress(sqlite3_value_blob(values[0]),
                                              (gsize)sqlite3_value_bytes(values[0]), RAW_CAP);
    sqlite3_result_int(context, bytes != NULL);
}

int
search_register(sqlite3 *db)
{
    static const struct {
        const char *name;
        int arguments;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"crier_fold", 1, fold_function},       {"crier_plain", 1, plain_function},
        {"crier_intact", 1, intact_function},   {"crier_terms", 2, terms_function},
        {"crier_matches", 3, matches_function}, {"crier_title_key", 1, title_key_function}};
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        int code = sqlite3_create_function(db, functions[i].name, functions[i].arguments,
                                           SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                           NULL, functions[i].function, NULL, NULL);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

/* --- the index ----------------------------------------------------------------------------- */

static bool
run_with(struct store *store, const char *sql, int64_t value, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, value);
    return store_run(store, s, error);
}

bool
search_add(struct store *store, int64_t article, GError **error)
{
    return run_with(store, "INSERT OR IGNORE INTO search_wait(article) VALUES(?1)", article, error);
}

/*
 * One that waits already has nothing in the index; FTS5 is not troubled for it.  Its dates may have
 * been read since it waits.
 */
bool
search_forget(struct store *store, int64_t article, GError **error)
{
    if (!search_add(store, article, error))
        return false;
    bool waited = !sqlite3_changes(store->db);
    if (!reading_forget(store, article, error))
        return false;
    return waited ||
           (run_with(store,
                     "INSERT INTO search(search, rowid, terms) SELECT 'delete'," SEARCH_INDEXED
                     " FROM articles a WHERE a.id = ?1",
                     article, error) &&
            run_with(store,
                     "DELETE FROM titles WHERE (language, key, article) = (SELECT " TITLE_OF
                     " FROM articles a CROSS JOIN sources s ON s.id = a.source WHERE a.id = ?1)",
                     article, error));
}

bool
search_reset(struct store *store, GError **error)
{
    return store_exec(store,
                      "INSERT INTO search(search) VALUES('delete-all');"
                      "DELETE FROM titles;"
                      "INSERT OR IGNORE INTO search_wait(article) SELECT id FROM articles",
                      error);
}

int64_t
search_waiting(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "SELECT count(*) FROM search_wait", NULL);
    return s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
}

static bool
is_of_form(struct store *store)
{
    g_autofree char *form = store_get_meta(store, "search_form");
    return g_strcmp0(form, SEARCH_FORM) == 0;
}

/* An index that was written by other rules is begun anew. */
static bool
follow_form(struct store *store, GError **error)
{
    return is_of_form(store) ||
           (search_reset(store, error) && store_set_meta(store, "search_form", SEARCH_FORM, error));
}

static bool
waits(struct store *store, int64_t article)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT 1 FROM search_wait WHERE article = ?1", NULL);
    if (s)
        sqlite3_bind_int64(s, 1, article);
    return s && sqlite3_step(s) == SQLITE_ROW;
}

bool
search_is_complete(struct store *store)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, "SELECT 1 FROM search_wait LIMIT 1", NULL);
    return s && sqlite3_step(s) == SQLITE_DONE && is_of_form(store);
}

/* Articles by a number: as many of those that wait; the one that has it. */
#define WAITING "(SELECT article FROM search_wait ORDER BY article LIMIT ?1)"
#define THE_ONE "(SELECT ?1 AS article)"

/* Whether anything is still to be read, for the index, for dates and numbers, or for groups. */
static bool
is_behind(struct store *store)
{
    return !search_is_complete(store) || !reading_is_complete(store) ||
           !edition_groups_are_complete(store);
}

static bool
add_terms(struct store *store, int64_t article, char *terms, GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store, "INSERT INTO search(rowid, terms) VALUES(?1, ?2)", error);
    if (!s) {
        g_free(terms);
        return false;
    }
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_text(s, 2, terms, -1, g_free);
    return store_run(store, s, error);
}

/* Those that were read have their titles in order, too, and wait no longer. */
#define END_WAIT(store, articles, number, error) \
    (run_with( \
         store, \
         "INSERT OR IGNORE INTO titles(language, key, article) SELECT " TITLE_OF " FROM " articles \
         " w CROSS JOIN articles a ON a.id = w.article CROSS JOIN sources s ON s.id = a.source ORDER BY 1, 2", \
         number, error) && \
     run_with(store, "DELETE FROM search_wait WHERE article IN " articles, number, error))

bool
search_index_slice(struct store *store, int limit, bool *more, GError **error)
{
    if (!store_begin(store, error))
        return false;
    bool any = !search_is_complete(store);
    if (!edition_groups_follow(store, limit, error) ||
        (!any && !reading_catch_up(store, limit, error))) {
        store_rollback(store);
        return false;
    }
    if (any && (!follow_form(store, error) || !reading_follow(store, limit, add_terms, error) ||
                !END_WAIT(store, WAITING, limit, error))) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, error))
        return false;
    *more = is_behind(store);
    return true;
}

/* An index that is to be begun anew is left to the slices. */
static bool
take_one(struct store *store, int64_t article, GError **error)
{
    return !waits(store, article) ||
           (is_of_form(store) ? reading_again(store, article, add_terms, error) &&
                                    END_WAIT(store, THE_ONE, article, error)
                              : reading_again(store, article, NULL, error));
}

bool
search_index_article(struct store *store, int64_t article, GError **error)
{
    int timeout = store->timeout;
    store->timeout = MIN(timeout, ONE_WAIT);
    bool fine = store_begin(store, error);
    if (fine && !take_one(store, article, error)) {
        store_rollback(store);
        fine = false;
    }
    fine = fine && store_commit(store, error);
    store->timeout = timeout;
    return fine;
}

static bool
follow_settings(struct store *store, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(index_settings); i++) {
        sqlite3_stmt *s =
            store_prepare(store,
                          "INSERT INTO search(search, rank) SELECT ?1, ?2"
                          " WHERE NOT EXISTS (SELECT 1 FROM search_config WHERE k = ?1 AND v = ?2)",
                          error);
        if (!s)
            return false;
        store_bind_text(s, 1, index_settings[i].name);
        sqlite3_bind_int(s, 2, index_settings[i].value);
        if (!store_run(store, s, error))
            return false;
    }
    return true;
}

/* How long a slice may be: others who write are seen by what they wrote since the one before. */
static gint64
slice_time(struct store *store, struct search_pace *pace)
{
    gint64 now = g_get_monotonic_time();
    int64_t version = store_version(store);
    if (pace->limit && version != pace->version)
        pace->until = now + BESIDE_TIME;
    pace->version = version;
    return now < pace->until ? SLICE_BESIDE : SLICE_ALONE;
}

bool
search_index_some(struct store *store, struct search_pace *pace, bool *more, GError **error)
{
    gint64 may = slice_time(store, pace);
    if (!pace->limit && !follow_settings(store, error))
        return false;
    pace->limit = pace->limit ? (int)CLAMP(pace->rate * (double)may, SLICE_MIN,
                                           MIN(SLICE_MAX, pace->limit * 2))
                              : SLICE_FIRST;
    if (store->wishes < 0)
        store->wishes = lock_open_wishes(store->path);
    gint64 start = g_get_monotonic_time();
    g_autoptr(GError) why = NULL;
    store->yields = may == SLICE_ALONE; /* who waits on and on does not end all indexing */
    bool done = search_index_slice(store, pace->limit, more, &why);
    store->yields = false;
    if (g_error_matches(why, STORE_ERROR, STORE_ERROR_YIELDED)) {
        pace->until = g_get_monotonic_time() + BESIDE_TIME;
        pace->limit = SLICE_MIN;
        pace->done = 0;
        return *more = true;
    }
    if (!done) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    pace->done = pace->limit;
    pace->rate = (double)pace->limit / (double)MAX(g_get_monotonic_time() - start, 1);
    return true;
}

bool
search_index_rest(struct store *store, struct search_pace *pace, const volatile sig_atomic_t *stop,
                  GError **error)
{
    struct search_pace own = {0};
    pace = pace ? pace : &own;
    bool more = is_behind(store);
    while (more && !(stop && *stop)) {
        if (!search_index_some(store, pace, &more, error))
            return false;
        if (more)
            g_usleep(SLICE_PAUSE);
    }
    return true;
}
