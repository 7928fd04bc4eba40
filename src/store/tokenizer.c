/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokens of a text. */
#include "config.h"

#include "store/tokenizer.h"
#include "text/fold.h"

#include <string.h>

static bool
is_cjk(gunichar c)
{
    return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff) || c == 0x3005 || c == 0x3007;
}

static bool
is_word(gunichar c)
{
    return c < 0x80 ? g_ascii_isalnum((char)c)
                    : !is_cjk(c) && (g_unichar_isalnum(c) || g_unichar_ismark(c));
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
            struct token token = {start, (gsize)((pair ? g_utf8_next_char(p) : p) - start),
                                  !pair && inside, !pair, pair};
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

static bool
append(const struct token *token, gpointer data)
{
    GString *out = data;
    g_string_append_len(out, token->text, (gssize)token->length);
    g_string_append_c(out, ' ');
    return true;
}

char *
tokens_joined(const char *text, gsize length)
{
    GString *out = g_string_sized_new(2 * length);
    if (g_utf8_validate_len(text, length, NULL)) {
        g_autofree char *copy = g_strndup(text, length), *folded = text_search_form(copy);
        tokens_each(folded, false, append, out);
    }
    return g_string_free(out, FALSE);
}
