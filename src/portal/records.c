/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Objects as entries.  Keys that are usual are asked first, then those that end or begin like them
 * ("EventBodyName", "meeting_date", "agendaUrl"), since each interface has names of its own.
 */
#include "config.h"

#include "portal/records.h"
#include "base/clean.h"
#include "base/number.h"
#include "base/regex.h"
#include "document/html.h"
#include "text/date.h"

#include <libxml/parser.h>
#include <string.h>

#define MAX_ROWS     20000 /* many more than a list takes, so that it can say how many there are */
#define MAX_DEPTH    8     /* of arrays and objects in which a list is looked for */
#define MAX_BREADTH  50    /* elements of an array in which one is looked for */
#define MAX_ELEMENTS 200000
#define MAX_XML      (8u << 20)
#define MIN_NAME     5 /* mean bytes of names that are titles without a link */
#define MIN_UNLINKED 3 /* rows without links that are a list */

static void
record_free(gpointer data)
{
    struct record *record = data;
    g_free(record->title);
    g_free(record->link);
    g_free(record->date);
    g_free(record->summary);
    g_free(record->id);
    g_free(record);
}

GPtrArray *
records_new(void)
{
    return g_ptr_array_new_with_free_func(record_free);
}

/* --- values ---------------------------------------------------------------------------------- */

/* A key without its case and signs: "pub_date" and "pubDate" are one. */
static char *
bare_key(const char *key)
{
    GString *out = g_string_new(NULL);
    for (const char *p = key; *p && out->len < 64; p++)
        if (g_ascii_isalnum(*p))
            g_string_append_c(out, g_ascii_tolower(*p));
    return g_string_free(out, FALSE);
}

/* The text of a value; of an object, that of the member which is its text ({"rendered": …}). */
static char *
text_of(const json_t *value, const char *const *inner, int depth)
{
    const char *text = json_string_value(value);
    if (text)
        return text_is_blank(text) ? NULL : g_strdup(text);
    if (json_is_integer(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (depth > 2)
        return NULL;
    if (json_is_array(value))
        return text_of(json_array_get(value, 0), inner, depth + 1);
    char *found = NULL;
    for (const char *const *key = inner; json_is_object(value) && *key && !found; key++)
        found = text_of(json_object_get(value, *key), inner, depth + 1);
    return found;
}

static char *
plain(char *raw)
{
    if (!raw || !strpbrk(raw, "<&"))
        return raw;
    g_autofree char *whole = g_strconcat("<div>", raw, "</div>", NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = html_parse(whole, strlen(whole));
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    char *text = root ? html_text(root) : NULL;
    g_free(raw);
    return text;
}

static char *
title_text(const json_t *value)
{
    static const char *const inner[] = {"rendered", "value", "text",  "label", "plain",
                                        "name",     "title", "#text", NULL};
    return plain(text_of(value, inner, 0));
}

/* A link may be JSON within JSON: {"pc": "/a.html"}. */
static char *
link_text(const json_t *value)
{
    static const char *const inner[] = {"pc",   "url",  "href",  "common", "alias", "canonical",
                                        "path", "link", "#text", "wap",    NULL};
    char *text = json_is_integer(value) ? NULL : text_of(value, inner, 0);
    if (text && *text == '{') {
        json_t *nested = json_loads(text, 0, NULL);
        g_free(text);
        text = nested ? text_of(nested, inner, 0) : NULL;
        json_decref(nested);
    }
    if (text)
        g_strstrip(text);
    if (text && (!*text || *text == '#' || strpbrk(text, " \n<{")))
        g_clear_pointer(&text, g_free);
    return text;
}

/* Seconds or milliseconds since 1970, as machines count; NULL when it is no such count. */
static char *
counted_date(int64_t count)
{
    int64_t seconds = count > INT64_C(100000000000) ? count / 1000 : count;
    return seconds > 631152000 && seconds < INT64_C(4102444800) ? date_utc(seconds) : NULL;
}

/* "/Date(1708527600000)/" */
static char *
date_text(const json_t *value)
{
    static GRegex *dotnet;
    static const char *const inner[] = {"value", "date", "datetime", "iso", "#text", NULL};
    if (json_is_integer(value))
        return counted_date(json_integer_value(value));
    if (json_is_real(value))
        return counted_date((int64_t)CLAMP(json_real_value(value), 0, 1e15));
    char *text = text_of(value, inner, 0);
    g_autoptr(GMatchInfo) match = NULL;
    if (!text ||
        !g_regex_match(
            regex_once(&dotnet, "^/?Date\\((\\d{9,14})(?:[+-]\\d{4})?\\)/?$|^(\\d{10}|\\d{13})$"),
            text, 0, &match)) {
        static const char midnight[] = "T00:00:00";
        char *time = text ? strstr(text, midnight) : NULL;
        if (time && !time[strlen(midnight) + strspn(time + strlen(midnight), ".0")])
            *time = '\0'; /* without a zone it is a day */
        return text;
    }
    g_autofree char *first = g_match_info_fetch(match, 1), *second = g_match_info_fetch(match, 2);
    g_free(text);
    gint64 count;
    return number_parse(first && *first ? first : second, 0, G_MAXINT64, &count)
               ? counted_date(count)
               : NULL;
}

/* --- objects --------------------------------------------------------------------------------- */

/* A part of an entry: usual keys, in the order in which they are asked, then what keys end in. */
struct part {
    const char *const *keys;
    const char *like, *unlike; /* regular expressions of bare keys */
    char *(*text)(const json_t *value);
};

/* *key (may be NULL): the bare key that said it. */
static char *
part_of(const json_t *object, const struct part *part, GRegex **like, GRegex **unlike, char **key)
{
    for (const char *const *usual = part->keys; *usual; usual++) {
        char *text = part->text(json_object_get(object, *usual));
        if (!text)
            continue;
        if (key)
            *key = bare_key(*usual);
        return text;
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)object, name, value)
    {
        g_autofree char *bare = bare_key(name);
        if (!g_regex_match(regex_once(like, part->like), bare, 0, NULL) ||
            g_regex_match(regex_once(unlike, part->unlike), bare, 0, NULL))
            continue;
        char *text = part->text(value);
        if (text && key)
            *key = g_steal_pointer(&bare);
        if (text)
            return text;
    }
    return NULL;
}

static char *
title_of(const json_t *object)
{
    static GRegex *like, *unlike;
    static const char *const keys[] = {"title",    "showTitle", "name",     "subject",
                                       "headline", "doctitle",  "docTitle", "articleTitle",
                                       "text",     NULL};
    static const struct part part = {
        keys, "(?:title|headline|subject|name|caption|label|topic)$",
        "^(?:user|author|file|image|img|type|status|class|category|city|first|last|source|site|tag|field)|"
        "(?:username|filename|typename|statusname|hostname)$",
        title_text};
    return part_of(object, &part, &like, &unlike, NULL);
}

static char *
link_of(const json_t *object)
{
    static GRegex *like, *unlike;
    static const char *const keys[] = {"urls",      "url",       "link",    "href",
                                       "docpuburl", "docPubUrl", "linkUrl", "pcUrl",
                                       "path",      "permalink", NULL};
    static const struct part part = {
        keys, "(?:url|uri|link|href|permalink|webpage|weblink)$",
        "image|img|thumb|logo|icon|photo|picture|avatar|video|audio|api|self|share|feed|cover|map",
        link_text};
    return part_of(object, &part, &like, &unlike, NULL);
}

static char *
date_of(const json_t *object, bool *takes_place)
{
    static GRegex *like, *unlike, *looser, *event;
    static const char *const keys[] = {"pubDate",    "publishDate", "publishdate",   "pubdate",
                                       "pubTime",    "publishTime", "date",          "docreltime",
                                       "docRelTime", "releaseTime", "createTime",    "createDate",
                                       "time",       "published",   "datePublished", NULL};
    static const char *const none[] = {NULL};
    static const char no[] = "modif|updat|expir|end|valid|birth|delet|version|edit|close";
    static const struct part part = {keys, "date|day$", no, date_text},
                             loose = {none, "time|publish|creat|posted|issued|start|begin|when", no,
                                      date_text};
    json_t *utc = json_object_get(object, "date_gmt"); /* "date" is the same on another clock */
    if (json_is_string(utc) && *json_string_value(utc))
        return g_strconcat(json_string_value(utc), "Z", NULL);
    g_autofree char *key = NULL;
    char *text = part_of(object, &part, &like, &unlike, &key);
    if (!text)
        text = part_of(object, &loose, &looser, &unlike, &key);
    *takes_place = key && g_regex_match(regex_once(&event, "start|begin"), key, 0, NULL);
    return text;
}

static char *
summary_of(const json_t *object)
{
    static GRegex *like, *unlike;
    static const char *const keys[] = {"summary",     "abstract", "description",
                                       "docabstract", "excerpt",  NULL};
    static const struct part part = {keys, "(?:summary|abstract|teaser|excerpt|intro)$",
                                     "image|img|html", title_text};
    return part_of(object, &part, &like, &unlike, NULL);
}

static char *
id_of(const json_t *object)
{
    static GRegex *like, *unlike;
    static const char *const keys[] = {"id", "uuid", "guid", "nid", "key", "number", NULL};
    static const struct part part = {keys, "(?:id|guid|unique)$",
                                     "type|status|user|author|parent|category|body", title_text};
    return part_of(object, &part, &like, &unlike, NULL);
}

/*
 * An object with what is wrapped within it: {"node": {…}} of GraphQL, {"attributes": {…}} of
 * JSON:API, {"_source": {…}} of search engines.  A new reference.
 */
static json_t *
unwrapped(json_t *object)
{
    static const char *const wraps[] = {"node",       "attributes", "_source", "fields",
                                        "properties", "item",       "content", "data"};
    json_t *all = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(wraps); i++) {
        json_t *inner = json_object_get(object, wraps[i]);
        if (!json_is_object(inner))
            continue;
        if (!all)
            all = json_copy(object);
        json_object_update_missing(all, inner);
    }
    return all ? all : json_incref(object);
}

/* The caller's; NULL when it says too little. */
static struct record *
record_of(json_t *object)
{
    json_t *all = unwrapped(object);
    struct record *record = g_new0(struct record, 1);
    record->title = title_of(all);
    if (record->title) {
        record->link = link_of(all);
        record->date = date_of(all, &record->takes_place);
        record->summary = summary_of(all);
        record->id = id_of(all);
    }
    json_decref(all);
    if (record->title && (record->link || record->date))
        return record;
    record_free(record);
    return NULL;
}

/* --- the best array -------------------------------------------------------------------------- */

guint
records_score(const GPtrArray *records)
{
    guint linked = 0, dated = 0;
    for (guint i = 0; i < records->len; i++) {
        const struct record *record = g_ptr_array_index(records, i);
        linked += record->link != NULL;
        dated += record->date != NULL;
    }
    return linked + 3 * dated;
}

/* Rows without links are entries only where none has one: else they are heads of menus. */
static void
settle(GPtrArray *records)
{
    guint linked = 0;
    for (guint i = 0; i < records->len; i++)
        linked += ((const struct record *)g_ptr_array_index(records, i))->link != NULL;
    guint said = 0; /* names as short as "Mon" are no titles */
    for (guint i = 0; i < records->len; i++)
        said += (guint)strlen(((const struct record *)g_ptr_array_index(records, i))->title);
    bool unlinked = !linked && records->len >= MIN_UNLINKED && said > MIN_NAME * records->len;
    for (guint i = 0; !unlinked && i < records->len;)
        if (((const struct record *)g_ptr_array_index(records, i))->link)
            i++;
        else
            g_ptr_array_remove_index(records, i);
}

static void
add_record(GPtrArray *records, json_t *object)
{
    struct record *record = json_is_object(object) && records->len < MAX_ROWS ? record_of(object)
                                                                              : NULL;
    if (record)
        g_ptr_array_add(records, record);
}

/* The records of an array, or of an object whose members are alike. */
static GPtrArray *
records_of(json_t *value)
{
    GPtrArray *records = records_new();
    size_t i;
    const char *key;
    json_t *object;
    if (json_is_array(value)) {
        json_array_foreach(value, i, object) add_record(records, object);
    } else {
        json_object_foreach(value, key, object)
        {
            if (!json_is_object(object))
                break;
            add_record(records, object);
        }
    }
    settle(records);
    return records;
}

static GPtrArray *
better(GPtrArray *a, GPtrArray *b)
{
    bool second = records_score(b) > records_score(a);
    g_ptr_array_unref(second ? a : b);
    return second ? b : a;
}

/* Takes best, and returns it or what is better. */
static GPtrArray *
search(json_t *value, GPtrArray *best, int depth)
{
    size_t i;
    const char *key;
    json_t *child;
    if (depth > MAX_DEPTH)
        return best;
    if (json_is_array(value) || (json_is_object(value) && json_object_size(value) >= MIN_UNLINKED))
        best = better(best, records_of(value));
    if (json_is_array(value)) {
        json_array_foreach(value, i, child) if (i < MAX_BREADTH)
            best = search(child, best, depth + 1);
    } else if (json_is_object(value)) {
        json_object_foreach(value, key, child) best = search(child, best, depth + 1);
    }
    return best;
}

GPtrArray *
records_find(const json_t *root)
{
    return search((json_t *)root, records_new(), 0);
}

/* --- XML ------------------------------------------------------------------------------------- */

static void
put(json_t *object, const char *name, json_t *value)
{
    json_t *known = json_object_get(object, name);
    if (!known) {
        json_object_set_new_nocheck(object, name, value);
    } else if (json_is_array(known)) {
        json_array_append_new(known, value);
    } else {
        json_t *array = json_array();
        json_array_append(array, known);
        json_array_append_new(array, value);
        json_object_set_new_nocheck(object, name, array);
    }
}

static json_t *
json_of(const xmlNode *element, guint *count)
{
    json_t *object = json_object();
    bool children = false;
    (*count)++;
    for (const xmlAttr *a = element->properties; a; a = a->next)
        if (a->children && a->children->content)
            put(object, (const char *)a->name, json_string((const char *)a->children->content));
    for (const xmlNode *n = element->children; n && *count < MAX_ELEMENTS; n = n->next)
        if (n->type == XML_ELEMENT_NODE) {
            children = true;
            put(object, (const char *)n->name, json_of(n, count));
        }
    if (children)
        return object;
    xmlChar *content = xmlNodeGetContent(element);
    json_t *text = json_string(content ? (const char *)content : "");
    xmlFree(content);
    if (!json_object_size(object)) {
        json_decref(object);
        return text;
    }
    json_object_set_new(object, "#text", text);
    return object;
}

json_t *
records_of_xml(const char *text, gsize length)
{
    while (length && g_ascii_isspace(*text))
        text++, length--;
    if (!length || *text != '<' || length > MAX_XML || !g_ascii_strncasecmp(text, "<!DOCTYPE", 9) ||
        !g_ascii_strncasecmp(text, "<html", 5))
        return NULL;
    /* no entity is expanded and nothing loaded: neither NOENT nor DTDLOAD */
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = xmlReadMemory(
        text, (int)length, NULL, "UTF-8",
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    guint count = 0;
    if (!root || !xmlStrcasecmp(root->name, (const xmlChar *)"html"))
        return NULL;
    return json_of(root, &count);
}
