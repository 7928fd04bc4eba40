/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pass before libxml2.  It goes over the text once, token by token; what needs no
 * repair is copied in runs.  The limits here are what makes XML_PARSE_HUGE safe.
 */
#include "config.h"

#include "feed/repair.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "feed/reference.h"
#include "feed/root.h"

#include <string.h>

#define MAX_DEPTH 8192
/* tags deeper than this are left out: libxml2 has limits of its own */
#define FLAT_DEPTH     512
#define MAX_TAG        (1u << 20) /* bytes of one tag */
#define MAX_ATTRIBUTES 256        /* of one tag */
#define LONG_TEXT      64         /* bytes that are not worth libxml2's time */
#define SEARCH_INNER   32         /* open tags that an end tag may end, from the last */
#define SEARCH_OUTER   8          /* and from the first: the feed's own */
#define BUFFER         65536

struct name {
    const char *start;
    gsize length;
};

struct passed {
    const char *text;
    gsize length;
    char *owned;
};

struct repair {
    const char *start, *p, *end;
    GString *out; /* not read yet, from `taken` on */
    gsize taken;
    int line;     /* of the first repair */
    GArray *open; /* struct name: the tags that are open */
    struct references references;
    bool closed;    /* the root has ended */
    GArray *passed; /* struct passed: what the marks stand for, from next_passed on */
    guint next_passed;
    const char *limit;
};

/* Bytes that need a look where text is copied: markup, references, C0 and C1 controls, U+FFFE. */
static const bool special[256] = {
    ['\0'] = true, [0x01] = true, [0x02] = true, [0x03] = true, [0x04] = true, [0x05] = true,
    [0x06] = true, [0x07] = true, [0x08] = true, [0x0b] = true, [0x0c] = true, [0x0e] = true,
    [0x0f] = true, [0x10] = true, [0x11] = true, [0x12] = true, [0x13] = true, [0x14] = true,
    [0x15] = true, [0x16] = true, [0x17] = true, [0x18] = true, [0x19] = true, [0x1a] = true,
    [0x1b] = true, [0x1c] = true, [0x1d] = true, [0x1e] = true, [0x1f] = true, [0x7f] = true,
    [0xc2] = true, [0xef] = true, ['<'] = true,  ['&'] = true,
};

static void
repaired(struct repair *r)
{
    if (r->line)
        return;
    r->line = 1;
    for (const char *p = r->start; p < r->p; p++)
        r->line += *p == '\n';
}

/* What is cut before the root leaves its line ends, so that lines are counted right. */
static void
keep_lines(struct repair *r, const char *p, const char *end)
{
    for (; p < end; p++)
        if (*p == '\n')
            g_string_append_c(r->out, '\n');
}

static bool
starts(const char *p, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - p) >= length && !memcmp(p, word, length);
}

/* After the next `close`, or the end of the text. */
static const char *
after(const char *p, const char *end, const char *close, bool *found)
{
    size_t length = strlen(close);
    const char *at = memmem(p, (size_t)(end - p), close, length);
    *found = at != NULL;
    return at ? at + length : end;
}

/* --- references -------------------------------------------------------------------------- */

/* Writes what the reference at p means and returns the position after it. */
static const char *
take_reference(struct repair *r, const struct sink *sink, const char *p, const char *end)
{
    p = reference_take(&r->references, sink, p, end);
    if (r->references.repaired)
        repaired(r);
    if (r->references.limit)
        r->limit = r->references.limit;
    return p;
}

/* --- the prologue -------------------------------------------------------------------------- */

/* <!DOCTYPE …>: dropped; notes the entities that its internal subset declares. */
static const char *
take_doctype(struct repair *r, const char *p, const char *end)
{
    int depth = 0;
    char quote = '\0';
    for (; p < end; p++) {
        bool found;
        if (quote) {
            if (*p == quote)
                quote = '\0';
        } else if (depth && starts(p, end, "<!--")) {
            p = after(p, end, "-->", &found) - 1;
        } else if (depth && starts(p, end, "<!ENTITY")) {
            reference_declare(&r->references, p + strlen("<!ENTITY"), end);
            if (r->references.repaired)
                repaired(r);
        } else if (*p == '"' || *p == '\'') {
            quote = *p;
        } else if (*p == '[') {
            depth++;
        } else if (*p == ']') {
            depth--;
        } else if (*p == '>' && depth <= 0) {
            return p + 1;
        }
    }
    repaired(r);
    return p;
}

/* --- tags ----------------------------------------------------------------------------------- */

static bool
same_name(struct name a, struct name b)
{
    return a.length == b.length && !g_ascii_strncasecmp(a.start, b.start, a.length);
}

static struct name
name_at(const char *p, const char *end)
{
    const char *q = p;
    while (q < end && reference_is_name_char(*q))
        q++;
    return (struct name){p, (gsize)(q - p)};
}

/* Ends the tags that were opened last, until `depth` are left. */
static void
close_until(struct repair *r, guint depth)
{
    if (!r->open->len)
        return;
    while (r->open->len > depth) {
        const struct name *name = &g_array_index(r->open, struct name, r->open->len - 1);
        if (r->open->len <= FLAT_DEPTH) {
            g_string_append(r->out, "</");
            g_string_append_len(r->out, name->start, (gssize)name->length);
            g_string_append_c(r->out, '>');
        }
        g_array_set_size(r->open, r->open->len - 1);
    }
    r->closed = depth == 0;
}

/*
 * How deep the open tag of that name lies; the depth itself when there is none.  Only the
 * innermost and the outermost are asked: end tags of nothing would take forever otherwise.
 */
static guint
find_open(const struct repair *r, struct name name)
{
    guint depth = r->open->len;
    for (guint i = 0; i < MIN(depth, SEARCH_INNER); i++)
        if (same_name(g_array_index(r->open, struct name, depth - 1 - i), name))
            return depth - 1 - i;
    for (guint i = MIN(depth, SEARCH_OUTER); i-- > 0;)
        if (same_name(g_array_index(r->open, struct name, i), name))
            return i;
    return depth;
}

static const char *
take_end_tag(struct repair *r, const char *p, const char *end)
{
    const char *stop = memchr(p, '>', (size_t)(end - p));
    guint depth = find_open(r, name_at(p + 2, end));
    if (depth + 1 != r->open->len)
        repaired(r); /* others are still open, or it ends nothing */
    close_until(r, depth);
    return stop ? stop + 1 : end;
}

/* An item that begins within an item: the end of the first was forgotten. */
static void
close_forgotten(struct repair *r, struct name name)
{
    static const struct name item = {"item", 4}, entry = {"entry", 5};
    bool is_item = same_name(name, item);
    if (!is_item && !same_name(name, entry))
        return;
    guint reach = is_item ? 2 : 1; /* entries may lie whole in another's content */
    for (guint up = 1; up <= reach && up <= r->open->len; up++) {
        if (same_name(g_array_index(r->open, struct name, r->open->len - up), name)) {
            repaired(r);
            close_until(r, r->open->len - up);
            return;
        }
    }
}

/* What take_start_tag() found at a special byte, written; returns where copying goes on. */
static const char *
repair_in_tag(struct repair *r, const char *p, const char *end)
{
    if (*p == '&')
        return take_reference(r, &(struct sink){r->out, false, true}, p, end);
    repaired(r);
    if (*p == '<')
        g_string_append(r->out, "&lt;");
    return p + 1;
}

/* A start tag up to its '>', with references in attribute values repaired. */
static const char *
take_start_tag(struct repair *r, const char *p, const char *end)
{
    const char *tag = p++;
    struct name name = name_at(p, end);
    close_forgotten(r, name);
    gsize before = r->out->len;
    char quote = '\0';
    int attributes = 0;
    const char *copied = tag; /* everything before it is in `out` */
    while (p < end && (quote || (*p != '>' && *p != '<'))) {
        if (p - tag > (ptrdiff_t)MAX_TAG || attributes > MAX_ATTRIBUTES) {
            r->limit = N_("a tag is longer than 1 MiB or has more than 256 attributes");
            return end;
        }
        if (special[(guchar)*p] && (guchar)*p < 0x80) {
            g_string_append_len(r->out, copied, p - copied);
            copied = p = repair_in_tag(r, p, end);
            continue;
        }
        if (quote && *p == quote) {
            quote = '\0';
        } else if (!quote && (*p == '"' || *p == '\'')) {
            quote = *p;
            attributes++;
        }
        p++;
    }
    if (p == end) { /* cut within a tag: what surrounds it is not lost */
        repaired(r);
        g_string_truncate(r->out, before);
        return end;
    }
    g_string_append_len(r->out, copied, p - copied);
    bool empty = *p == '>' && p[-1] == '/';
    if (*p == '<')
        repaired(r); /* the '>' was forgotten */
    g_string_append_c(r->out, '>');
    if (r->open->len >= FLAT_DEPTH)
        g_string_truncate(r->out, before); /* its text goes to what is around it */
    if (empty) {
        r->closed = r->open->len == 0;
    } else {
        g_array_append_val(r->open, name);
        if (r->open->len > MAX_DEPTH)
            r->limit = N_("its elements are nested more than 8192 deep");
    }
    return *p == '<' ? p : p + 1;
}

/* --- the text as a whole ------------------------------------------------------------------ */

/* Where the first byte from p on is that may be of a character that XML forbids. */
static const char *
behind_allowed(const char *p, const char *end)
{
    for (;; p++) {
        p += text_clean_length(p, (gsize)(end - p));
        if (p == end || (special[(guchar)*p] && *p != '<' && *p != '&'))
            return p;
    }
}

/* Appends text without the characters that XML forbids. */
static void
append_allowed(struct repair *r, GString *out, const char *p, const char *end)
{
    while (p < end) {
        const char *run = p;
        p = behind_allowed(p, end);
        g_string_append_len(out, run, p - run);
        if (p == end)
            return;
        gsize length = (gsize)MIN(g_utf8_next_char(p) - p, end - p);
        gunichar c = length > 1 ? g_utf8_get_char_validated(p, (gssize)length) : 0;
        if (c >= 0x80 && c <= 0x9f)
            g_string_append_unichar(
                out,
                reference_windows_c1(c)); /* bytes of windows-1252 that were taken for Latin-1 */
        else if (length > 1 && (c & 0xfffe) != 0xfffe)
            g_string_append_len(out, p, (gssize)length);
        else
            repaired(r);
        p += length;
    }
}

/* Leaves a mark for text that goes past libxml2. */
static void
pass(struct repair *r, struct passed passed)
{
    g_array_append_val(r->passed, passed);
    g_string_append(r->out, REPAIR_MARK);
}

/* The same, with line ends as XML 1.0 §2.11 wants them; takes text. */
static void
pass_owned(struct repair *r, GString *text)
{
    char *to = text->str;
    for (const char *from = memchr(text->str, '\r', text->len) ? text->str : ""; *from; from++)
        if (*from != '\r' || from[1] != '\n')
            *to++ = *from == '\r' ? '\n' : *from;
    if (to > text->str)
        g_string_truncate(text, (gsize)(to - text->str));
    gsize length = text->len;
    char *owned = g_string_free(text, FALSE);
    pass(r, (struct passed){owned, length, owned});
}

static bool
is_too_long(struct repair *r, const char *p, const char *end)
{
    if (end - p <= (ptrdiff_t)REPAIR_MAX_TEXT)
        return false;
    r->limit = repair_text_limit();
    return true;
}

static const char *
take_cdata(struct repair *r, const char *p, const char *end)
{
    p += strlen("<![CDATA[");
    bool found;
    const char *next = after(p, end, "]]>", &found);
    const char *stop = found ? next - strlen("]]>") : end;
    if (!found)
        repaired(r);
    if (is_too_long(r, p, stop))
        return end;
    if (!memchr(p, '\r', (gsize)(stop - p)) && behind_allowed(p, stop) == stop) {
        pass(r, (struct passed){p, (gsize)(stop - p), NULL});
    } else {
        GString *allowed = g_string_sized_new((gsize)(stop - p));
        append_allowed(r, allowed, p, stop);
        pass_owned(r, allowed);
    }
    return next;
}

static const char *
take_markup(struct repair *r, const char *p, const char *end)
{
    const char *start = p;
    bool found = true;
    if (p + 1 < end && reference_is_name_start(p[1]))
        return take_start_tag(r, p, end);
    if (p + 1 < end && p[1] == '/')
        return take_end_tag(r, p, end);
    if (starts(p, end, "<![CDATA["))
        return take_cdata(r, p, end);
    if (starts(p, end, "<!--")) {
        p = after(p + 4, end, "-->", &found);
    } else if (starts(p, end, "<?")) {
        if (r->open->len && starts(p, end, "<?xml "))
            repaired(r); /* a second declaration */
        p = after(p, end, "?>", &found);
    } else if (end - p > 9 && !g_ascii_strncasecmp(p, "<!DOCTYPE", 9)) {
        p = take_doctype(r, p, end);
    } else if (starts(p, end, "<!")) {
        repaired(r);
        p = after(p, end, ">", &found);
    } else {
        repaired(r);
        g_string_append(r->out, "&lt;");
        p++;
    }
    if (!found)
        repaired(r);
    if (!r->open->len)
        keep_lines(r, start, p);
    return p;
}

/* Character data up to the next '<'. */
static const char *
take_characters(struct repair *r, const char *p, const char *end)
{
    const char *stop = memchr(p, '<', (size_t)(end - p));
    if (!stop)
        stop = end;
    if (is_too_long(r, p, stop))
        return end;
    /* what is long, or full of references, is decoded here; entities of a subset may hold markup */
    bool past = stop - p > LONG_TEXT && !r->references.declared;
    GString *text = past ? g_string_sized_new((gsize)MIN(stop - p, 4096)) : r->out;
    struct sink sink = {text, past, false};
    while (p < stop && !r->limit) {
        const char *reference = memchr(p, '&', (size_t)(stop - p));
        append_allowed(r, text, p, reference ? reference : stop);
        p = reference ? take_reference(r, &sink, reference, stop) : stop;
    }
    if (past)
        pass_owned(r, text);
    return p;
}

static const char *
take_text(struct repair *r, const char *p, const char *end)
{
    if (*p == '<')
        return take_markup(r, p, end);
    if (r->open->len)
        return take_characters(r, p, end);
    if (!g_ascii_isspace(*p)) /* before the root */
        repaired(r);
    keep_lines(r, p, p + 1);
    return p + 1;
}

struct repair *
repair_new(const char *text, gsize length)
{
    struct repair *r = g_new0(struct repair, 1);
    *r = (struct repair){
        .start = text, .p = text, .end = text + length, .out = g_string_sized_new(BUFFER)};
    r->open = g_array_new(FALSE, FALSE, sizeof(struct name));
    r->passed = g_array_new(FALSE, FALSE, sizeof(struct passed));
    references_init(&r->references);
    r->p = root_of_xml(text, length);
    bool junk = r->p > text;
    keep_lines(r, text, r->p);
    while (r->p < r->end && (*r->p != '<' || r->p + 1 == r->end ||
                             !(reference_is_name_start(r->p[1]) || strchr("!?", r->p[1])))) {
        junk |= !g_ascii_isspace(*r->p);
        keep_lines(r, r->p, r->p + 1);
        r->p++;
    }
    if (junk || (r->p > text && starts(r->p, r->end, "<?xml")))
        repaired(r); /* a declaration must stand first */
    return r;
}

void
repair_free(struct repair *r)
{
    g_string_free(r->out, TRUE);
    g_array_unref(r->open);
    for (guint i = 0; i < r->passed->len; i++)
        g_free(g_array_index(r->passed, struct passed, i).owned);
    g_array_unref(r->passed);
    references_clear(&r->references);
    g_free(r);
}

gsize
repair_read(struct repair *r, char *buffer, gsize size)
{
    if (r->taken == r->out->len) {
        g_string_truncate(r->out, 0);
        r->taken = 0;
    }
    while (r->out->len - r->taken < size && r->p < r->end && !r->limit && !r->closed) {
        r->p = take_text(r, r->p, r->end);
    }
    for (; r->closed && r->p < r->end && !r->line; r->p++)
        if (!g_ascii_isspace(*r->p))
            repaired(r); /* something after the root */
    if (r->p == r->end && !r->limit && r->open->len) {
        repaired(r);
        close_until(r, 0);
    }
    gsize got = MIN(size, r->out->len - r->taken);
    memcpy(buffer, r->out->str + r->taken, got);
    r->taken += got;
    return got;
}

const char *
repair_next_text(struct repair *r, gsize *length)
{
    *length = 0;
    if (r->next_passed > 0)
        g_clear_pointer(&g_array_index(r->passed, struct passed, r->next_passed - 1).owned, g_free);
    if (r->next_passed == r->passed->len)
        return "";
    if (r->next_passed >= 1024) {
        g_array_remove_range(r->passed, 0, r->next_passed);
        r->next_passed = 0;
    }
    const struct passed *passed = &g_array_index(r->passed, struct passed, r->next_passed++);
    *length = passed->length;
    return passed->text;
}

int
repair_line(const struct repair *r)
{
    return r->line;
}

const char *
repair_text_limit(void)
{
    return N_("the text of one element is longer than 10 MiB");
}

const char *
repair_limit(const struct repair *r)
{
    return r->limit;
}
