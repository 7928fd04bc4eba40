/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The FTS5 tokenizer "crier".  Outside of Chinese, Japanese and Korean script a token is a
 * folded word; inside a run of these scripts each character and its successor make a token,
 * and the last character one alone, so that a phrase of pairs finds any substring of two
 * characters or more and a prefix finds single characters.
 */
#include "config.h"

#include "store/store.h"
#include "text/fold.h"

#include <string.h>

static bool
is_cjk(gunichar c)
{
    return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff) || c == 0x3005 || c == 0x3007;
}

static bool
is_word(gunichar c)
{
    return !is_cjk(c) && (g_unichar_isalnum(c) || g_unichar_ismark(c));
}

typedef int (*token_func)(void *context, int flags, const char *token, int length, int start, int end);

static int
emit(token_func token, void *context, const char *text, gsize start, gsize end)
{
    g_autofree char *piece = g_strndup(text + start, end - start);
    g_autofree char *folded = text_fold(piece);
    return token(context, 0, folded, (int)strlen(folded), (int)start, (int)end);
}

static int
tokenize(Fts5Tokenizer *self, void *context, int flags, const char *raw, int length, token_func token)
{
    (void)self;
    g_autofree char *text = g_strndup(raw, (gsize)length);
    if (!g_utf8_validate(text, -1, NULL))
        return SQLITE_OK;
    const char *p = text;
    while (*p) {
        gunichar c = g_utf8_get_char(p);
        const char *start = p;
        int code = SQLITE_OK;
        if (is_cjk(c)) {
            const char *next = g_utf8_next_char(p);
            bool pair = *next && is_cjk(g_utf8_get_char(next));
            bool inside = p > text && is_cjk(g_utf8_get_char(g_utf8_prev_char(p)));
            /* the last character alone: not in a query, where the pair before it says enough */
            if (pair || !inside || !(flags & FTS5_TOKENIZE_QUERY))
                code = emit(token, context, text, (gsize)(start - text), (gsize)((pair ? g_utf8_next_char(next) : next) - text));
            p = next;
        } else if (is_word(c)) {
            while (*p && is_word(g_utf8_get_char(p)))
                p = g_utf8_next_char(p);
            code = emit(token, context, text, (gsize)(start - text), (gsize)(p - text));
        } else {
            p = g_utf8_next_char(p);
        }
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

static int
create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)context;
    (void)arguments;
    (void)count;
    static char nothing;
    *out = (Fts5Tokenizer *)(void *)&nothing;
    return SQLITE_OK;
}

static void
destroy(Fts5Tokenizer *self)
{
    (void)self;
}

static void
fold_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    if (!text)
        return;
    g_autofree char *folded = text_fold(text);
    sqlite3_result_text(context, folded, -1, SQLITE_TRANSIENT);
}

int
tokenizer_register(sqlite3 *db)
{
    static fts5_tokenizer tokenizer = {create, destroy, tokenize};
    int code = sqlite3_create_function(db, "crier_fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                       NULL, fold_function, NULL, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_stmt *statement = NULL;
    fts5_api *api = NULL;
    code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api ? api->xCreateTokenizer(api, "crier", NULL, &tokenizer, NULL) : SQLITE_ERROR;
}
