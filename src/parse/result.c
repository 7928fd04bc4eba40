/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as bytes: member by member, in the order of their structs. */
#include "config.h"

#include "parse/result.h"
#include "base/clean.h"
#include "base/url.h"
#include "store/blob.h"

#include <string.h>

#define MAX_TEXT     (1 << 20)   /* bytes of any text but a document */
#define MAX_ENTRIES  1000000     /* a sitemap may name 50000 (sitemaps.org) */
#define MAX_LISTED   4000        /* attachments, editions, facts of an article or entry */
#define MAX_REMARKS  10000       /* warnings; a feed may have one an entry */
#define MAX_INFLATED (256 << 20) /* bytes of the documents of all entries of a result */
#define MAX_OFFSET   (26 * 60)   /* minutes from UTC: more than any zone, so that all are taken */
#define MAX_FORMAT   16          /* bytes: "xlsx" */
/* seconds: the years 1 and 9999, and a day more for zones */
#define LEAST_TIME (-62135596800 - 86400)
#define MOST_TIME  (253402300799 + 86400)

/* Which words a struct may borrow: they are constants of the parsers. */
static const char *const methods[] = {"none", "portal", "standard", "structured", "density", NULL};
static const char *const scopes[] = {"home", "article", NULL};

/* --- writing ------------------------------------------------------------------------------ */

/* All text of results but documents is one clean line; what is too long is cut. */
static void
put_text(GByteArray *out, const char *text)
{
    if (!text || (strnlen(text, MAX_TEXT + 1) <= MAX_TEXT && !strpbrk(text, "\n\t") &&
                  text_is_clean(text, strlen(text)))) {
        wire_put_text(out, text);
        return;
    }
    g_autofree char *clean = text_squeeze(text, -1);
    if (strlen(clean) > MAX_TEXT)
        *g_utf8_find_prev_char(clean, clean + MAX_TEXT + 1) = '\0';
    wire_put_text(out, clean);
}

static void
put_word(GByteArray *out, const char *word, const char *const *words)
{
    int64_t place = 0;
    for (int64_t i = 0; words[i]; i++)
        if (g_str_equal(words[i], word))
            place = i;
    wire_put_number(out, place);
}

static void
put_date(GByteArray *out, const struct date *date)
{
    bool whole = date->time >= LEAST_TIME && date->time <= MOST_TIME &&
                 ABS(date->offset) <= MAX_OFFSET;
    static const struct date none;
    const struct date *d = whole ? date : &none;
    wire_put_number(out, d->time);
    wire_put_number(out, d->offset);
    wire_put_bool(out, d->zoned);
    wire_put_bool(out, d->ambiguous);
    wire_put_number(out, d->precision);
}

static void
put_event(GByteArray *out, const struct event *event)
{
    put_date(out, &event->starts);
    put_date(out, &event->ends);
    put_text(out, event->place);
}

static guint
put_count(GByteArray *out, const GPtrArray *array, guint most)
{
    guint count = array ? MIN(array->len, most) : 0;
    wire_put_number(out, count);
    return count;
}

static void
put_stored(GByteArray *out, const struct stored_document *document)
{
    bool packed = document && document->packed;
    gsize length = 0;
    const void *bytes =
        document ? g_bytes_get_data(packed ? document->packed : document->plain, &length) : NULL;
    wire_put_bool(out, packed);
    wire_put_bytes(out, bytes, length);
}

static void
put_entry(GByteArray *out, const struct entry *e)
{
    const char *texts[] = {e->id,      e->link,     e->title,    e->author, e->publisher,
                           e->section, e->language, e->identity, e->digest};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        put_text(out, texts[i]);
    bool flags[] = {e->untitled, e->shared_id, e->shared_link, e->shared_title};
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        wire_put_bool(out, flags[i]);
    put_date(out, &e->published);
    put_date(out, &e->updated);
    put_event(out, &e->event);
    put_stored(out, e->document);
    guint count = put_count(out, e->attachments, MAX_LISTED);
    for (guint i = 0; i < count; i++) {
        const struct stored_attachment *a = g_ptr_array_index(e->attachments, i);
        put_text(out, a->url);
        put_text(out, a->title);
        put_text(out, a->type);
        wire_put_number(out, MAX(a->length, -1));
    }
}

static void
put_article(GByteArray *out, const struct article *a)
{
    const char *texts[] = {a->url,     a->title,    a->source, a->author,
                           a->section, a->language, a->number, a->next};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        put_text(out, texts[i]);
    put_date(out, &a->published);
    put_date(out, &a->updated);
    put_event(out, &a->event);
    put_word(out, a->method, methods);
    g_autoptr(GBytes) document = document_serialize(a->document);
    gsize length;
    const void *bytes = g_bytes_get_data(document, &length);
    wire_put_bytes(out, bytes, length);
    guint count = put_count(out, a->editions, MAX_LISTED);
    for (guint i = 0; i < count; i++) {
        const struct edition_link *link = g_ptr_array_index(a->editions, i);
        put_text(out, link->language);
        put_text(out, link->url);
        put_word(out, link->scope, scopes);
    }
    count = put_count(out, a->attachments, MAX_LISTED);
    for (guint i = 0; i < count; i++) {
        const struct attachment *attachment = g_ptr_array_index(a->attachments, i);
        put_text(out, attachment->url);
        put_text(out, attachment->title);
        put_text(out, attachment->type);
    }
    count = put_count(out, a->facts, MAX_LISTED);
    for (guint i = 0; i < count; i++) {
        const struct fact *fact = g_ptr_array_index(a->facts, i);
        put_text(out, fact->label);
        put_text(out, fact->value);
    }
}

static void
put_page(GByteArray *out, const struct parsed_page *page)
{
    const char *texts[] = {page->forward, page->url, page->charset, page->charset_evidence};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        put_text(out, texts[i]);
    wire_put_bool(out, page->is_file);
    wire_put_number(out, page->absence);
    problem_put(out, page->problem);
    wire_put_bool(out, page->article != NULL);
    if (page->article)
        put_article(out, page->article);
}

void
result_put(GByteArray *out, const struct parse_result *r)
{
    const char *texts[] = {r->title,   r->home,    r->language,         r->next,
                           r->refresh, r->charset, r->charset_evidence, r->token};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        put_text(out, texts[i]);
    bool flags[] = {r->is_index, r->needs_pages, r->redate};
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        wire_put_bool(out, flags[i]);
    wire_put_number(out, r->cost);
    wire_put_number(out, r->hints.ttl);
    wire_put_number(out, r->hints.hours);
    wire_put_number(out, r->hints.days);
    problem_put(out, r->problem);
    guint count = put_count(out, r->warnings, MAX_REMARKS);
    for (guint i = 0; i < count; i++)
        problem_put(out, g_ptr_array_index(r->warnings, i));
    count = put_count(out, r->entries, MAX_ENTRIES);
    for (guint i = 0; i < count; i++)
        put_entry(out, g_ptr_array_index(r->entries, i));
    if (r->page)
        put_page(out, r->page);
}

/* --- reading ------------------------------------------------------------------------------ */

/* On its way through one result. */
struct reading {
    struct wire_input *in;
    bool file;  /* the page is a file of this machine, and may name others */
    gsize room; /* bytes that documents may still have */
};

static char *
get_text(struct reading *r)
{
    return wire_get_line(r->in, MAX_TEXT);
}

static char *
need_text(struct reading *r)
{
    char *text = get_text(r);
    r->in->bad |= !text;
    return text;
}

/* An address that is followed, or that somebody opens; or NULL. */
static char *
get_url(struct reading *r)
{
    char *url = get_text(r);
    r->in->bad |= url && !url_is_web(url) && !(r->file && url_is_file(url));
    return url;
}

static char *
need_url(struct reading *r)
{
    char *url = get_url(r);
    r->in->bad |= !url;
    return url;
}

static const char *
get_word(struct reading *r, const char *const *words)
{
    return words[wire_get_number(r->in, 0, g_strv_length((char **)(gpointer)words) - 1)];
}

static struct date
get_date(struct reading *r)
{
    struct date date = {.time = wire_get_number(r->in, LEAST_TIME, MOST_TIME)};
    date.offset = (int16_t)wire_get_number(r->in, -MAX_OFFSET, MAX_OFFSET);
    date.zoned = wire_get_bool(r->in);
    date.ambiguous = wire_get_bool(r->in);
    date.precision = (enum date_precision)wire_get_number(r->in, DATE_NONE, DATE_SECOND);
    return date;
}

static struct event
get_event(struct reading *r)
{
    struct event event = {.starts = get_date(r)};
    event.ends = get_date(r);
    event.place = get_text(r);
    return event;
}

static guint
get_count(struct reading *r, guint most)
{
    return (guint)wire_get_number(r->in, 0, most);
}

static struct document *
get_document(struct reading *r)
{
    gsize length;
    const guint8 *bytes = wire_get_bytes(r->in, DOCUMENT_CAP, &length);
    struct document *document = bytes ? document_deserialize(bytes, length) : NULL;
    r->in->bad |= !document;
    return document ? document : document_new();
}

/* What was unpacked, or came so, of a stored document; NULL: it is none, or there is no room. */
static GBytes *
look_at(struct reading *r, bool packed, const guint8 *bytes, gsize length)
{
    g_autoptr(GBytes) plain = packed ? blob_decompress(bytes, length, MIN(r->room, DOCUMENT_CAP))
                                     : g_bytes_new_static(bytes, length);
    gsize size = plain ? g_bytes_get_size(plain) : G_MAXSIZE;
    if (size > r->room || !document_is_stored(g_bytes_get_data(plain, NULL), size))
        return NULL;
    r->room -= size;
    return g_steal_pointer(&plain);
}

/* A document as it is stored, once it has been looked at; or NULL. */
static struct stored_document *
get_stored(struct reading *r)
{
    gsize length;
    bool packed = wire_get_bool(r->in);
    const guint8 *bytes = wire_get_bytes(r->in, DOCUMENT_CAP, &length);
    if (!bytes || !length)
        return NULL;
    g_autoptr(GBytes) plain = look_at(r, packed, bytes, length);
    r->in->bad |= !plain;
    if (!plain)
        return NULL;
    struct stored_document *stored = g_new0(struct stored_document, 1);
    stored->packed = packed ? g_bytes_new(bytes, length) : blob_compress(bytes, length);
    return stored;
}

static struct entry *
get_entry(struct reading *r)
{
    struct entry *e = entry_new();
    e->id = get_text(r);
    e->link = get_url(r);
    e->title = need_text(r);
    char **texts[] = {&e->author,   &e->publisher, &e->section,
                      &e->language, &e->identity,  &e->digest};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = get_text(r);
    bool *flags[] = {&e->untitled, &e->shared_id, &e->shared_link, &e->shared_title};
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        *flags[i] = wire_get_bool(r->in);
    e->published = get_date(r);
    e->updated = get_date(r);
    e->event = get_event(r);
    e->document = get_stored(r);
    guint count = get_count(r, MAX_LISTED);
    for (guint i = 0; i < count && !r->in->bad; i++) {
        char *url = need_url(r), *title = get_text(r), *type = get_text(r);
        entry_add_attachment(e, url, title, type, wire_get_number(r->in, -1, G_MAXINT64));
    }
    return e;
}

static void
get_lists(struct reading *r, struct article *a)
{
    guint count = get_count(r, MAX_LISTED);
    for (guint i = 0; i < count && !r->in->bad; i++) {
        struct edition_link *link = g_new0(struct edition_link, 1);
        g_ptr_array_add(a->editions, link);
        link->language = need_text(r);
        link->url = need_url(r);
        link->scope = get_word(r, scopes);
    }
    count = get_count(r, MAX_LISTED);
    for (guint i = 0; i < count && !r->in->bad; i++) {
        struct attachment *attachment = g_new0(struct attachment, 1);
        g_ptr_array_add(a->attachments, attachment);
        attachment->url = need_url(r);
        attachment->title = get_text(r);
        attachment->type = get_text(r);
    }
    count = get_count(r, MAX_LISTED);
    for (guint i = 0; i < count && !r->in->bad; i++) {
        struct fact *fact = g_new0(struct fact, 1);
        g_ptr_array_add(a->facts, fact);
        fact->label = need_text(r);
        fact->value = need_text(r);
    }
}

static struct article *
get_article(struct reading *r)
{
    struct article *a = article_new(NULL, NULL);
    a->url = get_url(r);
    char **texts[] = {&a->title, &a->source, &a->author, &a->section, &a->language, &a->number};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = get_text(r);
    a->next = get_url(r);
    a->published = get_date(r);
    a->updated = get_date(r);
    a->event = get_event(r);
    a->method = get_word(r, methods);
    document_free(a->document);
    a->document = get_document(r);
    get_lists(r, a);
    return a;
}

/* Its own address is one of those that were asked for, whatever is said. */
static void
get_page(struct reading *r, struct parsed_page *to, const struct parse_page *page)
{
    to->forward = get_url(r);
    to->url = get_text(r);
    to->charset = get_text(r);
    to->charset_evidence = get_text(r);
    to->is_file = wire_get_bool(r->in);
    to->absence = (enum withdrawal)wire_get_number(r->in, 0, WITHDRAWAL_COUNT - 1);
    to->problem = problem_get(r->in);
    if (wire_get_bool(r->in))
        to->article = get_article(r);
    r->in->bad |= g_strcmp0(to->url, page->url) && g_strcmp0(to->url, page->link);
    r->in->bad |= !to->article && (to->is_file || !to->problem);
}

static void
get_parts(struct reading *r, struct parse_result *result)
{
    result->title = get_text(r);
    result->home = get_url(r);
    result->language = get_text(r);
    result->next = get_url(r);
    result->refresh = get_url(r);
    result->charset = get_text(r);
    result->charset_evidence = get_text(r);
    result->token = get_text(r);
    result->is_index = wire_get_bool(r->in);
    result->needs_pages = wire_get_bool(r->in);
    result->redate = wire_get_bool(r->in);
    result->cost = wire_get_number(r->in, 0, (int64_t)3600 * G_USEC_PER_SEC);
    result->hints.ttl = wire_get_number(r->in, G_MININT64, G_MAXINT64);
    result->hints.hours = (guint32)wire_get_number(r->in, 0, (1 << 24) - 1);
    result->hints.days = (guint8)wire_get_number(r->in, 0, (1 << 7) - 1);
    result->problem = problem_get(r->in);
    guint count = get_count(r, MAX_REMARKS);
    for (guint i = 0; i < count && !r->in->bad; i++) {
        struct problem *warning = problem_get(r->in);
        r->in->bad |= !warning;
        if (warning)
            g_ptr_array_add(result->warnings, warning);
    }
    count = get_count(r, MAX_ENTRIES);
    for (guint i = 0; i < count && !r->in->bad; i++)
        g_ptr_array_add(result->entries, get_entry(r));
}

/* What is said together has to be possible together. */
static bool
makes_sense(const struct parse_result *result, const struct parse_page *page,
            const struct parse_rules *rules)
{
    bool lists = page->kind == PARSE_FEED || page->kind == PARSE_LIST;
    if ((result->entries->len && (!lists || result->problem)) ||
        (result->token && page->kind != PARSE_TOKEN) || (result->problem && !lists))
        return false;
    const struct parsed_page *of = result->page;
    return !of || !of->is_file || !rules->keeps_files || of->article->attachments->len;
}

struct parse_result *
result_get(struct wire_input *in, const struct parse_page *page, const struct parse_rules *rules)
{
    struct reading r = {in, url_is_file(page->url), MAX_INFLATED};
    AUTO(parse_result_free) struct parse_result *result = parse_result_new(page->kind, NULL);
    get_parts(&r, result);
    if (result->page)
        get_page(&r, result->page, page);
    return wire_is_done(in) && makes_sense(result, page, rules) ? g_steal_pointer(&result) : NULL;
}

/* --- attachments -------------------------------------------------------------------------- */

void
attachment_text_put(GByteArray *out, const struct attachment_text *text)
{
    put_text(out, text->format);
    put_stored(out, text->text);
    problem_put(out, text->problem);
    wire_put_bool(out, text->late);
}

static bool
is_format(const char *format)
{
    return *format && strspn(format, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(format);
}

struct attachment_text *
attachment_text_get(struct wire_input *in)
{
    struct reading r = {in, false, DOCUMENT_CAP};
    AUTO(attachment_text_free)
    struct attachment_text *text = g_new0(struct attachment_text, 1);
    text->format = wire_get_text(in, MAX_FORMAT);
    in->bad |= text->format && !is_format(text->format);
    text->text = get_stored(&r);
    text->problem = problem_get(in);
    text->late = wire_get_bool(in);
    return wire_is_done(in) ? g_steal_pointer(&text) : NULL;
}
