/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree is our own because libxml2's cannot be had a piece at a time at SAX speed, and
 * because its limits (256 levels, 10 MB of text) end a document where ours go on.  No DTD
 * and no entity but XML's five reaches libxml2: repair.c has replaced them.
 */
#include "config.h"

#include "feed/xml.h"
#include "base/i18n.h"
#include "feed/repair.h"

#include <libxml/parser.h>
#include <string.h>

#define MAX_REMAINS    (64u << 20) /* of the tree without its records */
#define MAX_RECORD     (64u << 20) /* of one record's tree */
#define MAX_DICTIONARY (16u << 20) /* of different names */
#define MAX_NAMES      100000      /* libxml2 finds a name by comparing more and more of them */

struct reader {
    xmlParserCtxt *ctxt;
    struct repair *repair;
    const struct xml_events *events;
    void *data;
    struct xml_document *out;
    struct arena *record_arena;
    GString *text;                   /* since the last tag */
    struct element *current;         /* NULL outside the root */
    struct element *record;          /* that is open, or NULL */
    const struct element *container; /* that records lie in */
    GHashTable *namespaces;          /* libxml2's URI -> enum feed_ns */
    const char *limit;
};

static void
stop(struct reader *r, const char *limit)
{
    if (!r->limit)
        r->limit = limit;
    xmlStopParser(r->ctxt);
}

static enum feed_ns
ns_of(struct reader *r, const xmlChar *uri, const xmlChar *prefix)
{
    if (!uri)
        return element_ns(NULL, (const char *)prefix);
    gpointer known;
    if (!g_hash_table_lookup_extended(r->namespaces, uri, NULL, &known)) {
        known = GINT_TO_POINTER((int)element_ns((const char *)uri, NULL));
        g_hash_table_insert(r->namespaces, (gpointer)uri, known);
    }
    return (enum feed_ns)GPOINTER_TO_INT(known);
}

static struct element *
add_node(struct element *parent, struct arena *arena)
{
    struct element *node = arena_alloc(arena, sizeof *node);
    node->arena = arena;
    node->parent = parent;
    if (parent) {
        node->has_base = parent->has_base;
        node->has_language = parent->has_language;
    }
    return node;
}

static void
append(struct element *parent, struct element *node)
{
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

static bool
is_blank(const GString *text)
{
    for (gsize i = 0; i < text->len; i++)
        if (!g_ascii_isspace(text->str[i]))
            return false;
    return true;
}

static void
flush_text(struct reader *r)
{
    if (!r->text->len)
        return;
    struct element *parent = r->current;
    bool between = parent && (parent == r->record || parent == r->container || !parent->parent);
    if (parent && !(between && is_blank(r->text))) {
        struct element *node = add_node(parent, r->record ? r->record_arena : r->out->arena);
        node->text = arena_copy(node->arena, r->text->str, r->text->len);
        append(parent, node);
    }
    if (r->text->allocated_len > (1u << 20)) {
        g_string_free(r->text, TRUE);
        r->text = g_string_sized_new(4096);
    }
    g_string_truncate(r->text, 0);
}

static void
set_attributes(struct reader *r, struct element *e, int count, const xmlChar **from)
{
    e->attributes = arena_alloc(e->arena, (gsize)count * sizeof *e->attributes);
    e->attribute_count = (guint)count;
    for (int i = 0; i < count; i++, from += 5) {
        struct attribute *a = &e->attributes[i];
        a->name = arena_copy(e->arena, (const char *)from[0], strlen((const char *)from[0]));
        a->value = arena_copy(e->arena, (const char *)from[3], (gsize)(from[4] - from[3]));
        a->ns = from[1] ? ns_of(r, from[2], from[1]) : NS_NONE;
        e->has_base |= a->ns == NS_XML && g_str_equal(a->name, "base");
        e->has_language |= a->ns == NS_XML && g_str_equal(a->name, "lang");
    }
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
         int namespace_count, const xmlChar **declared, int attribute_count, int defaulted,
         const xmlChar **attributes)
{
    (void)defaulted;
    struct reader *r = ((xmlParserCtxt *)context)->_private;
    flush_text(r);
    struct element *parent = r->current;
    const struct element begun = {.parent = parent,
                                  .name = (const char *)name,
                                  .ns = ns_of(r, uri, prefix),
                                  .prefixed = prefix != NULL};
    bool is_record = !r->record && r->events && r->events->is_record(&begun, r->data);
    struct element *e = add_node(parent, is_record || r->record ? r->record_arena : r->out->arena);
    e->ns = begun.ns;
    e->prefixed = begun.prefixed;
    e->line = xmlSAX2GetLineNumber(r->ctxt);
    e->name = arena_copy(e->arena, begun.name, strlen(begun.name));
    e->default_ns = NS_OTHER;
    for (int i = 0; i < namespace_count; i++)
        if (!declared[2 * i])
            e->default_ns = ns_of(r, declared[2 * i + 1], NULL);
    set_attributes(r, e, attribute_count, attributes);
    r->current = e;
    if (is_record) {
        r->record = e;
        r->container = parent;
    } else if (parent) {
        append(parent, e);
    } else if (!r->out->root) {
        r->out->root = e;
    }
    if (xmlDictGetUsage(r->ctxt->dict) > MAX_DICTIONARY || xmlDictSize(r->ctxt->dict) > MAX_NAMES)
        stop(r, N_("it has too many different names"));
    if (arena_used(r->out->arena) > MAX_REMAINS || arena_used(r->record_arena) > MAX_RECORD)
        stop(r, N_("one of its parts is larger than 64 MiB"));
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name;
    (void)prefix;
    (void)uri;
    struct reader *r = ((xmlParserCtxt *)context)->_private;
    flush_text(r);
    struct element *e = r->current;
    if (!e)
        return;
    r->current = e->parent;
    if (e != r->record)
        return;
    const char *limit = r->events->record(e, r->data);
    if (limit)
        stop(r, limit);
    r->record = NULL;
    arena_clear(r->record_arena);
}

static void
on_text(void *context, const xmlChar *text, int length)
{
    struct reader *r = ((xmlParserCtxt *)context)->_private;
    if (r->text->len + (gsize)length > REPAIR_MAX_TEXT)
        stop(r, repair_text_limit());
    else
        g_string_append_len(r->text, (const char *)text, length);
}

/* The only processing instruction that repair.c lets through is its own mark. */
static void
on_mark(void *context, const xmlChar *target, const xmlChar *data)
{
    (void)target;
    (void)data;
    struct reader *r = ((xmlParserCtxt *)context)->_private;
    gsize length;
    const char *text = repair_next_text(r->repair, &length);
    on_text(context, (const xmlChar *)text, length > G_MAXINT ? G_MAXINT : (int)length);
}

static int
read_piece(void *context, char *buffer, int size)
{
    struct reader *r = context;
    return size > 0 ? (int)repair_read(r->repair, buffer, (gsize)size) : 0;
}

static int
close_input(void *context)
{
    (void)context;
    return 0;
}

static void
parse(struct reader *r)
{
    xmlSAXHandler *sax = r->ctxt->sax;
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->processingInstruction = on_mark;
    sax->characters = sax->ignorableWhitespace = on_text;
    r->ctxt->_private = r;
    int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                  XML_PARSE_NOENT | XML_PARSE_HUGE;
    xmlDoc *none = xmlCtxtReadIO(r->ctxt, read_piece, close_input, r, NULL, "UTF-8", options);
    xmlFreeDoc(none);
    const xmlError *last = xmlCtxtGetLastError(r->ctxt);
    if (last && last->level >= XML_ERR_ERROR && !r->limit && !repair_limit(r->repair)) {
        g_autofree char *message = g_utf8_make_valid(last->message ? last->message : "", -1);
        r->out->message = g_strdup(g_strchomp(message));
        r->out->line = last->line;
    }
}

void
xml_read(const char *text, gsize length, const struct xml_events *events, void *data,
         struct xml_document *out)
{
    struct reader r = {.events = events, .data = data, .out = out};
    *out = (struct xml_document){.arena = arena_new()};
    r.ctxt = xmlNewParserCtxt();
    if (!r.ctxt)
        return;
    r.repair = repair_new(text, length);
    r.record_arena = arena_new();
    r.text = g_string_sized_new(4096);
    r.namespaces = g_hash_table_new(NULL, NULL);
    parse(&r);
    while (r.current && !r.limit) /* what libxml2 gave up on is kept as far as it came */
        on_end(r.ctxt, NULL, NULL, NULL);
    out->repaired_line = repair_line(r.repair);
    out->limit = r.limit ? r.limit : repair_limit(r.repair);
    g_hash_table_unref(r.namespaces);
    g_string_free(r.text, TRUE);
    arena_free(r.record_arena);
    repair_free(r.repair);
    xmlFreeParserCtxt(r.ctxt);
}

void
xml_document_clear(struct xml_document *document)
{
    g_clear_pointer(&document->message, g_free);
    g_clear_pointer(&document->arena, arena_free);
}
