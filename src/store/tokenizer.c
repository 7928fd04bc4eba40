/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokens of a text, and the FTS5 tokenizer that hands them on. */
#include "config.h"

#include "store/tokenizer.h"
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
    return c < 0x80 ? g_ascii_isalnum((char)c) : !is_cjk(c) && (g_unichar_isalnum(c) || g_unichar_ismark(c));
}

bool
tokens_each(const char *folded, bool query, token_func each, gpointer data)
{
    const char *p = folded;
    bool inside = false; /* of a run, behind a pair */
    while (*p) {
        gunichar c = g_utf8_get_char(p);
        const char *start = p;
        p = g_utf8_next_char(p);
        if (is_cjk(c)) {
            bool pair = *p && is_cjk(g_utf8_get_char(p));
            struct token token = {start, (gsize)((pair ? g_utf8_next_char(p) : p) - start), !pair && inside, !pair, pair};
            if (!(token.tail && query) && !each(&token, data))
                return false;
            inside = pair;
        } else if (is_word(c)) {
            while (*p && is_word(g_utf8_get_char(p)))
                p = g_utf8_next_char(p);
            struct token token = {start, (gsize)(p - start), false, false, false};
            if (!each(&token, data))
                return false;
        }
    }
    return true;
}

struct fts_call {
    void *context;
    const char *folded;
    int (*token)(void *context, int flags, const char *token, int length, int start, int end);
    int code;
};

/* The places are those in the folded text; the index keeps none. */
static bool
hand_on(const struct token *token, gpointer data)
{
    struct fts_call *call = data;
    int start = (int)(token->text - call->folded);
    call->code = call->token(call->context, 0, token->text, (int)token->length, start, start + (int)token->length);
    return call->code == SQLITE_OK;
}

static int
tokenize(Fts5Tokenizer *self, void *context, int flags, const char *raw, int length,
         int (*token)(void *context, int flags, const char *token, int length, int start, int end))
{
    (void)self;
    if (!g_utf8_validate_len(raw, (gsize)length, NULL))
        return SQLITE_OK;
    g_autofree char *text = g_strndup(raw, (gsize)length), *folded = text_search_form(text);
    struct fts_call call = {context, folded, token, SQLITE_OK};
    tokens_each(folded, flags & FTS5_TOKENIZE_QUERY, hand_on, &call);
    return call.code;
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

int
tokenizer_register(sqlite3 *db)
{
    static fts5_tokenizer tokenizer = {create, destroy, tokenize};
    sqlite3_stmt *statement = NULL;
    fts5_api *api = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api ? api->xCreateTokenizer(api, "crier", NULL, &tokenizer, NULL) : SQLITE_ERROR;
}
