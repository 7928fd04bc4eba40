/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that patterns need, in a tree of their letters. */
#include "config.h"

#include "text/cues.h"

#include <string.h>

#define NONE    G_MAXUINT
#define BUCKETS 256

struct node {
    gunichar letter;
    guint child, next, user; /* NONE: there is none */
};

/* A pattern that needs the word which ends at a node. */
struct user {
    guint number, next;
};

struct cues {
    GArray *nodes, *users; /* struct node, struct user */
    guint first[BUCKETS];  /* nodes by their first letter */
    GArray *always;        /* numbers of patterns that need no word */
};

struct cues *
cues_new(void)
{
    struct cues *cues = g_new(struct cues, 1);
    cues->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    cues->users = g_array_new(FALSE, FALSE, sizeof(struct user));
    cues->always = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < BUCKETS; i++)
        cues->first[i] = NONE;
    return cues;
}

static gunichar
fold(gunichar c)
{
    if (c < 0x80)
        return (gunichar)g_ascii_tolower((char)c);
    if (c >= 0x2e80)
        return c;
    c = g_unichar_tolower(c);
    return c == 0x451 ? 0x435 : c; /* ё */
}

/* --- what a pattern needs ------------------------------------------------------------------ */

/* Words one of which has to be there; weight: letters of the shortest, more are rarer. */
struct need {
    GPtrArray *words; /* owned strings; NULL: there is no such set */
    guint weight;
};

static void
need_clear(struct need *need)
{
    g_clear_pointer(&need->words, g_ptr_array_unref);
    need->weight = 0;
}

static void
need_better(struct need *best, struct need *other)
{
    if (other->words && other->weight > best->weight) {
        struct need worse = *best;
        *best = *other;
        *other = worse;
    }
    need_clear(other);
}

/* Ends a run of letters, which is a need of its own. */
static void
end_run(GString *run, struct need *best)
{
    if (!run->len)
        return;
    struct need need = {g_ptr_array_new_with_free_func(g_free), 0};
    for (const char *p = run->str; *p; p = g_utf8_next_char(p))
        need.weight += *p == ' ' ? 0 : g_utf8_get_char(p) >= 0x2e80 ? 3 : 1;
    g_ptr_array_add(need.words, g_strdup(run->str));
    g_string_truncate(run, 0);
    need_better(best, &need);
}

/* Passes a quantifier; whether what stands before it may be missing. */
static bool
pass_quantifier(const char **p, bool *any)
{
    const char *at = *p;
    bool missing = *at == '?' || *at == '*' || (*at == '{' && at[1] == '0');
    *any = true;
    if (*at == '?' || *at == '*' || *at == '+')
        at++;
    else if (*at == '{')
        at = strchr(at, '}') + 1;
    else
        *any = false;
    if (*any && *at == '?') /* a lazy one */
        at++;
    *p = at;
    return missing;
}

static struct need alternatives(const char **p);

/* A group at p; look-around says nothing of what is there. */
static struct need
group(const char **p)
{
    const char *at = *p + 1;
    bool around = false;
    if (at[0] == '?' && at[1] == '<' && g_ascii_isalpha(at[2])) {
        at = strchr(at, '>') + 1;
    } else if (at[0] == '?') {
        around = at[1] != ':';
        at += at[1] == '<' ? 3 : 2;
    }
    struct need need = alternatives(&at);
    *p = at + (*at == ')');
    if (around)
        need_clear(&need);
    return need;
}

/* The letter that a class at p is, or 0; p stands behind it then. */
static gunichar
class_of(const char **p)
{
    const char *end = *p + 2; /* a bracket that comes first is one of the class */
    while (*end != ']')
        end += 1 + (*end == '\\');
    bool yo = g_str_has_prefix(*p, "[её]");
    *p = end + 1;
    return yo ? 0x435 : 0;
}

/* One letter at p, or 0 where something else stands that is passed. */
static gunichar
letter_of(const char **p)
{
    const char *at = *p;
    if (*at == '[')
        return class_of(p);
    if (*at == '\\') {
        bool code = at[1] == 'x' || at[1] == 'p';
        *p = code ? strchr(at, '}') + 1 : at + 2;
        return g_ascii_isalnum(at[1]) ? 0 : (gunichar)at[1];
    }
    gunichar c = g_utf8_get_char(at);
    *p = g_utf8_next_char(at);
    bool sign = strchr(".^$@~", *at) || c == 0x2026 || c == 0x2025 || c == 1;
    return sign ? 0 : fold(c);
}

static struct need
branch(const char **p)
{
    struct need best = {NULL, 0};
    GString *run = g_string_new(NULL);
    while (**p && **p != '|' && **p != ')') {
        bool any;
        if (**p == '(') {
            end_run(run, &best);
            struct need need = group(p);
            if (pass_quantifier(p, &any))
                need_clear(&need);
            need_better(&best, &need);
            continue;
        }
        gunichar letter = letter_of(p);
        bool missing = pass_quantifier(p, &any);
        if (!letter || missing)
            end_run(run, &best);
        else
            g_string_append_unichar(run, letter);
        if (any)
            end_run(run, &best);
    }
    end_run(run, &best);
    g_string_free(run, TRUE);
    return best;
}

/* The words of all branches together, as far as the bracket that ends them. */
static struct need
alternatives(const char **p)
{
    struct need all = branch(p);
    bool complete = all.words != NULL;
    while (**p == '|') {
        ++*p;
        struct need other = branch(p);
        complete = complete && other.words;
        if (complete) {
            g_ptr_array_extend(all.words, other.words, (GCopyFunc)(void (*)(void))g_strdup, NULL);
            all.weight = MIN(all.weight, other.weight);
        }
        need_clear(&other);
    }
    if (!complete)
        need_clear(&all);
    return all;
}

/* --- the tree ------------------------------------------------------------------------------ */

static struct node *
node_at(const struct cues *cues, guint index)
{
    return &g_array_index(cues->nodes, struct node, index);
}

/* The node of a letter in a chain; NONE: there is none. */
static guint
find_letter(const struct cues *cues, guint chain, gunichar letter)
{
    while (chain != NONE && node_at(cues, chain)->letter != letter)
        chain = node_at(cues, chain)->next;
    return chain;
}

static guint
add_letter(struct cues *cues, guint *chain, gunichar letter)
{
    guint found = find_letter(cues, *chain, letter);
    if (found != NONE)
        return found;
    struct node node = {letter, NONE, *chain, NONE};
    *chain = cues->nodes->len;
    g_array_append_val(cues->nodes, node);
    return cues->nodes->len - 1;
}

static void
add_word(struct cues *cues, const char *word, guint number)
{
    guint at = NONE;
    for (const char *p = word; *p; p = g_utf8_next_char(p)) {
        gunichar letter = g_utf8_get_char(p);
        guint chain = at == NONE ? cues->first[letter % BUCKETS] : node_at(cues, at)->child;
        guint next = add_letter(cues, &chain, letter);
        if (at == NONE)
            cues->first[letter % BUCKETS] = chain;
        else
            node_at(cues, at)->child = chain;
        at = next;
    }
    struct user user = {number, node_at(cues, at)->user};
    node_at(cues, at)->user = cues->users->len;
    g_array_append_val(cues->users, user);
}

void
cues_add(struct cues *cues, guint number, const char *pattern)
{
    const char *p = pattern;
    struct need need = alternatives(&p);
    g_assert(!*p);
    if (!need.words)
        g_array_append_val(cues->always, number);
    for (guint i = 0; need.words && i < need.words->len; i++)
        add_word(cues, g_ptr_array_index(need.words, i), number);
    need_clear(&need);
}

void
cues_find(const struct cues *cues, const char *text, bool *found)
{
    for (guint i = 0; i < cues->always->len; i++)
        found[g_array_index(cues->always, guint, i)] = true;
    for (const char *start = text; *start; start = g_utf8_next_char(start)) {
        gunichar letter = fold(g_utf8_get_char(start));
        guint at = find_letter(cues, cues->first[letter % BUCKETS], letter);
        for (const char *p = start; at != NONE;) {
            const struct node *node = node_at(cues, at);
            for (guint u = node->user; u != NONE;) {
                const struct user *user = &g_array_index(cues->users, struct user, u);
                found[user->number] = true;
                u = user->next;
            }
            p = g_utf8_next_char(p);
            at = *p ? find_letter(cues, node->child, fold(g_utf8_get_char(p))) : NONE;
        }
    }
}
