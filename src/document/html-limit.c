/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page may cost, seen to before libxml2 sees the page.  Its parser compares each attribute
 * of an element with all others, which a page with 200 000 of them turns into a minute of work:
 * surplus ones are blanked.  For each end tag it goes through all elements that are open: where
 * that was too much, further ones are blanked.  Its tree takes some 250 bytes for each three of an
 * element, and more than that for attributes and comments: a page of more than so many ends where
 * they do.
 */
#include "config.h"

#include "document/html-limit.h"

#include <libxml/xmlversion.h>
#include <string.h>

#define MAX_ATTRIBUTES 500 /* of an element */
#define MAX_SEARCHED \
    500000000u      /* open elements that end tags are compared with: some two seconds */
#define MAX_NAME 64 /* bytes of a tag's name that is known again */

/* Whether what lies between `<script` and `</script` is no markup. */
static bool
is_raw(const char *name, gsize length)
{
    static const char *const raw[] = {
        "script",
        "style",
#if LIBXML_VERSION >= 21400 /* before, libxml2 makes elements of what stands in these */
        "textarea",
        "title",
#endif
    };
    for (gsize i = 0; i < G_N_ELEMENTS(raw); i++)
        if (strlen(raw[i]) == length && !g_ascii_strncasecmp(name, raw[i], length))
            return true;
    return false;
}

/* Where the end tag of such an element begins that lies behind p. */
static const char *
skip_raw(const char *name, gsize length, const char *p, const char *end)
{
    for (const char *q = p; (q = memchr(q, '<', (gsize)(end - q))); q++)
        if ((gsize)(end - q) > length + 1 && q[1] == '/' &&
            !g_ascii_strncasecmp(q + 2, name, length))
            return q;
    return end;
}

/* The end of an attribute that begins at p. */
static const char *
attribute_end(const char *p, const char *end)
{
    while (p < end && !g_ascii_isspace(*p) && *p != '=' && *p != '>' && *p != '/')
        p++;
    const char *q = p;
    while (q < end && g_ascii_isspace(*q))
        q++;
    if (q == end || *q != '=')
        return p;
    for (q++; q < end && g_ascii_isspace(*q);)
        q++;
    if (q < end && (*q == '"' || *q == '\'')) {
        const char *close = memchr(q + 1, *q, (gsize)(end - q - 1));
        return close ? close + 1 : end;
    }
    while (q < end && !g_ascii_isspace(*q) && *q != '>')
        q++;
    return q;
}

struct open_element {
    guint count; /* that were begun and not ended */
    bool never;  /* they hold nothing */
};

struct scan {
    const char *text, *end;
    gsize length;
    struct html_limits *limits;
    GHashTable *open; /* name, owned -> struct open_element, owned */
    guint64 depth, searched;
    bool closes;        /* whether a "-->" may follow: looked for in vain only once */
    const char *behind; /* where text begins behind the last markup; NULL: it is not known */
};

/* Blanks from start to stop in the copy. */
static void
blank(struct scan *s, const char *start, const char *stop)
{
    struct html_limits *l = s->limits;
    if (!l->copy) {
        l->copy = g_malloc(s->length + 1);
        memcpy(l->copy, s->text, s->length);
        l->copy[s->length] = '\0';
    }
    memset(l->copy + (start - s->text), ' ', (gsize)(stop - start));
}

/*
 * Notes that an element begins or ends.  One that libxml2 ends by itself counts as open, and so do
 * those within one that is ended: what is found is never less than what is.
 */
static void
count_open(struct scan *s, const char *name, gsize length, bool begins)
{
    static const char *const never[] = {"br",   "hr",   "img", "input", "meta", "link",
                                        "area", "base", "col", "param", NULL};
    char lower[MAX_NAME] = "";
    for (gsize i = 0; i < length && length < sizeof lower; i++)
        lower[i] = g_ascii_tolower(name[i]);
    if (!*lower) { /* a name that is not kept */
        s->depth += begins;
        return;
    }
    struct open_element *open = g_hash_table_lookup(s->open, lower);
    if (!open && begins) {
        open = g_new0(struct open_element, 1);
        open->never = g_strv_contains(never, lower);
        g_hash_table_insert(s->open, g_strdup(lower), open);
    }
    if (!open || open->never || (!begins && !open->count))
        return;
    if (begins) {
        open->count++;
        s->depth++;
    } else {
        open->count--;
        s->depth--;
    }
}

/* An end tag whose name begins at p; the place to go on from. */
static const char *
take_end(struct scan *s, const char *p)
{
    const char *name = p;
    while (p < s->end && !g_ascii_isspace(*p) && *p != '>' && *p != '/' && *p != '<')
        p++;
    gsize length = (gsize)(p - name);
    if (is_raw(name, length))
        return p;
    if (s->searched > MAX_SEARCHED) {
        const char *close = memchr(p, '>', (gsize)(s->end - p));
        if (close)
            blank(s, name - 2, close + 1);
        return close ? close + 1 : p;
    }
    s->searched += s->depth;
    count_open(s, name, length, false);
    if (p < s->end && *p == '>')
        s->behind = p + 1;
    return p;
}

/* A start tag whose name begins at p; behind its attributes, or what it holds that is no markup. */
static const char *
take_tag(struct scan *s, const char *p)
{
    const char *name = p;
    while (p < s->end && !g_ascii_isspace(*p) && *p != '>' && *p != '/')
        p++;
    gsize name_length = (gsize)(p - name);
    for (guint count = 0; p < s->end && *p != '>';) {
        if (g_ascii_isspace(*p) || *p == '/') {
            p++;
            continue;
        }
        const char *start = p;
        p = attribute_end(p, s->end);
        if (p == start)
            p++; /* a lone '=' */
        if (++count <= MAX_ATTRIBUTES)
            s->limits->attributes++;
        else
            blank(s, start, p);
    }
    s->limits->elements++;
    if (is_raw(name, name_length)) {
        const char *stop = skip_raw(name, name_length, p, s->end);
        bool holds = p < stop && stop > p + 1 && p[-1] != '/'; /* from the '>' on */
        if (holds && g_ascii_tolower(*name) == 's')
            html_raw_note(&s->limits->raw, s->text, (gsize)(p + 1 - s->text),
                          (gsize)(stop - s->text));
        return stop;
    }
    count_open(s, name, name_length, true);
    if (p < s->end)
        s->behind = p + 1;
    return p;
}

/* Whether "/name" stands at p. */
static bool
is_end_of(const char *p, const char *end, const char *name)
{
    gsize length = strlen(name);
    return (gsize)(end - p) > length + 1 && *p == '/' &&
           !g_ascii_strncasecmp(p + 1, name, length) && !g_ascii_isalnum(p[length + 1]);
}

/* Markup whose '<' is right before p; behind it. */
static const char *
take_markup(struct scan *s, const char *p)
{
    if (s->end - p > 3 && g_str_has_prefix(p, "!--")) {
        const char *close = s->closes ? g_strstr_len(p, s->end - p, "-->") : NULL;
        s->closes = close != NULL;
        s->limits->comments++;
        s->behind = close ? close + strlen("-->") : NULL;
        return close ? close : p;
    }
    if (p < s->end && (*p == '!' || *p == '?')) {
        s->limits->comments++;
        return p;
    }
    /* if they end nothing they become elements */
    s->limits->elements += is_end_of(p, s->end, "p") || is_end_of(p, s->end, "br");
    if (s->end - p > 1 && *p == '/' && g_ascii_isalpha(p[1]))
        return take_end(s, p + 1);
    return p < s->end && g_ascii_isalpha(*p) ? take_tag(s, p) : p;
}

/* Notes the text behind the last markup, up to the next or the end. */
static void
note_text(const struct scan *s, const char *stop)
{
    if (s->behind && s->behind < stop)
        html_raw_note_text(&s->limits->raw, s->text, (gsize)(s->behind - s->text),
                           (gsize)(stop - s->text));
}

void
html_limit(const char *text, gsize length, struct html_limits *limits)
{
    *limits = (struct html_limits){.kept = length};
    g_autoptr(GHashTable) open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct scan s = {text, text + length, length, limits, open, 0, 0, true, text};
    for (const char *p = text; (p = memchr(p, '<', (gsize)(s.end - p)));) {
        const char *at = p;
        note_text(&s, at);
        s.behind = NULL;
        p = take_markup(&s, p + 1);
        if (limits->elements > HTML_MAX_ELEMENTS || limits->attributes > HTML_MAX_ATTRIBUTES ||
            limits->comments > HTML_MAX_COMMENTS) {
            limits->kept = (gsize)(at - text);
            while (limits->raw && limits->raw->len &&
                   g_array_index(limits->raw, struct html_part, limits->raw->len - 1).start >
                       limits->kept)
                g_array_set_size(limits->raw, limits->raw->len - 1);
            return;
        }
    }
    note_text(&s, s.end);
}

void
html_limits_clear(struct html_limits *limits)
{
    g_clear_pointer(&limits->copy, g_free);
    g_clear_pointer(&limits->raw, g_array_unref);
}
