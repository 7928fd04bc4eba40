/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads the parts of a row: its date, its title, its link, its summary.
 *
 * Dates are found first (row-date.c), and their nodes are left out of all other texts.  The row's
 * link is the one with the highest weight: a link in a heading or in what is named a title wins
 * over any other; else the one with the most text.  A link that only says "more" or is a picture is
 * taken only if there is no other. The title is the heading within that link, what is named a title
 * there, its first part that is no label, or all its text.  The longest other part that is a
 * paragraph, is named a summary, or has the commas of prose is the summary.
 *
 * The numbers are weights of text (portal/features.h).  They were set by hand on pages of real
 * portals: labels ("News", 通知) weigh below 12, buttons ("Open", 详情) below 8, lines of places and
 * categories below 60.
 */
#include "config.h"

#include "portal/row.h"
#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/features.h"

#include <string.h>

/* weight of a paragraph, or of what is named a summary, that says something */
#define MIN_SUMMARY   20
#define MIN_UNNAMED   60    /* of what is neither, but has commas */
#define MIN_TITLE     12    /* of a part of a card that is no label */
#define MIN_ATTRIBUTE 8     /* of an attribute that is a title */
#define MAX_LINK      400   /* of a link's text that counts: below a heading's */
#define HEADING       1000  /* added to a link in a heading */
#define MAX_SUMMARY   2000  /* bytes */
#define MAX_NODES     2000  /* of a row that are looked at */
#define MAX_TEXT      20000 /* bytes of it */

void
row_parts_clear(struct row_parts *parts)
{
    g_free(parts->title);
    g_free(parts->uncut);
    g_free(parts->href);
    g_free(parts->summary);
}

/* --- links --------------------------------------------------------------------------------- */

/*
 * The address among the arguments of a script: "openNews('/n/1.html')",
 * "location.href='a.php?id=1'"; NULL for none.
 */
static char *
address_in(const char *script)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "['\"]((?:https?:)?//[^'\"\\s]+|\\.{0,2}/[^'\"\\s]+|#!?/[^'\"\\s]+|\\?[^'\"\\s]+=[^'\"\\s]*|"
        "[\\w%.~-][\\w%./~-]*\\.(?:s?html?|xhtml|php\\d?|aspx?|jspx?|jhtml|do|action|cgi|pdf|docx?)(?:[?#][^'\"\\s]*)?)['\"]");
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, script, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

static bool
is_address(const char *href)
{
    return *href && strcmp(href, "#") && (*href != '#' || href[1] == '/' || href[1] == '!') &&
           g_ascii_strncasecmp(href, "javascript:", 11);
}

bool
row_is_link(const xmlNode *node)
{
    static const char *const attributes[] = {"data-href", "data-url", "data-link", "onclick"};
    if (node->type != XML_ELEMENT_NODE || !node->properties)
        return false;
    if (node_is(node, "a"))
        return true;
    if (!node_is(node, "li tr td div p span article section h2 h3 h4 dd dt button"))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
        if (xmlHasProp((xmlNode *)node, (const xmlChar *)attributes[i]))
            return true;
    return false;
}

char *
row_href(const xmlNode *node)
{
    static const char *const data[] = {"data-href", "data-url", "data-link"};
    if (!row_is_link(node))
        return NULL;
    g_autofree char *href = node_is(node, "a") ? html_attribute(node, "href") : NULL,
                    *onclick = html_attribute(node, "onclick");
    if (href)
        g_strstrip(href);
    if (href && is_address(href))
        return g_steal_pointer(&href);
    for (size_t i = 0; i < G_N_ELEMENTS(data); i++) {
        g_autofree char *value = html_attribute(node, data[i]);
        if (value && is_address(g_strstrip(value)))
            return g_steal_pointer(&value);
    }
    char *opened = href ? address_in(href) : NULL;
    return opened ? opened : onclick ? address_in(onclick) : NULL;
}

/* --- texts --------------------------------------------------------------------------------- */

static bool
is_block(const xmlNode *node)
{
    return node_is(
        node,
        "p div li ul ol dl dt dd td th tr table section article header footer h1 h2 h3 h4 h5 h6 br figure figcaption blockquote");
}

static void
collect(GString *out, const xmlNode *node, GHashTable *skip, int depth)
{
    if (depth > 200 || out->len > MAX_TEXT || g_hash_table_contains(skip, node))
        return;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        g_string_append(out, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || node_is(node, "script style template"))
        return;
    bool block = is_block(node);
    if (block)
        g_string_append_c(out, ' ');
    for (const xmlNode *child = node->children; child; child = child->next)
        collect(out, child, skip, depth + 1);
    if (block)
        g_string_append_c(out, ' ');
}

/* What dates leave behind where they stood: "[] Title", "Title |". */
static char *
tidy(char *text)
{
    static GRegex *empty, *ends;
    regex_once(&empty, "[\\[(（【〔]\\s*[\\])）】〕]");
    regex_once(&ends, "^[\\s|｜·•–—/:：,，-]+(?=\\S)|(?<=\\S)[\\s|｜·•–—/:：,，-]+$");
    g_autofree char *bare = g_regex_replace_literal(empty, text, -1, 0, "", 0, NULL);
    g_free(text);
    g_autofree char *cut = bare ? g_regex_replace_literal(ends, bare, -1, 0, "", 0, NULL) : NULL;
    return text_squeeze(cut ? cut : "", -1);
}

/* The text of a node without that of nodes in `skip`; one line. */
static char *
text_without(const xmlNode *node, GHashTable *skip)
{
    g_autoptr(GString) text = g_string_new(NULL);
    collect(text, node, skip, 0);
    char *line = text_squeeze(text->str, (gssize)text->len);
    return g_hash_table_size(skip) && *line ? tidy(line) : line;
}

static bool
is_more(const char *text)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "^[\\s\\[(【（<>»›…+]*(?:read more|подробности|more|learn more|details?|full story|"
            "continue(?: reading)?|view(?: details| all)?|open|download|"
            "更多|查看(?:更多|详情|全文)?|详情|详细|阅读全文|全文|点击查看|подробнее|читать(?: далее| полностью)?|далее|ещ[её]|"
            "weiterlesen|mehr(?: lesen| erfahren| dazu)?|zum artikel|lire(?: la suite)?|en savoir plus|"
            "leer más|más|continua|leggi(?: tutto)?|ler mais|czytaj(?: więcej)?|więcej|"
            "続きを読む|더보기)[\\s\\])】）<>»›….:→]*$"),
        text, 0, NULL);
}

static bool
is_named_title(const xmlNode *node)
{
    static GRegex *title, *other;
    regex_once(
        &title,
        "(?:^|[^a-z])(?:title|tit|headline|heading|subject|caption|bt|biaoti|name|titel|titulo|titre|zagolovok)(?:[^a-z]|$)|"
        "title|headline");
    regex_once(&other, "sub-?title|subtitle|summary|kicker|meta|date");
    return node_matches(node, title) && !node_matches(node, other);
}

static bool
is_named_summary(const xmlNode *node)
{
    static GRegex *regex;
    return node_matches(
        node,
        regex_once(
            &regex,
            "(?:^|[^a-z])(?:desc|description|summary|intro|introtext|lead|lede|excerpt|abstract|teaser|"
            "dek|text|preview|snippet|subtitle|jj|zy|zhaiyao|jianjie|anons|announce|annotation)"
            "(?:[^a-z]|$)|summary|excerpt|descript"));
}

/* --- the title ------------------------------------------------------------------------------ */

struct found {
    const xmlNode *link;
    /* the element within the link that holds it; NULL: it is one of the link's parts */
    const xmlNode *title;
    char *href;
    guint weight;
};

#define MUTE 1 /* the weight of a link that only says "more", or is a picture */

/* How well a link does for the row's: by how much it says, and by what it stands in. */
static guint
weight_of(const xmlNode *link, const xmlNode *row, GHashTable *dates)
{
    g_autofree char *text = text_without(link, dates);
    if (!*text || is_more(text))
        return MUTE;
    guint weight = MUTE + MIN(features_text_weight(text, NULL), MAX_LINK);
    for (const xmlNode *up = link; up && up->type == XML_ELEMENT_NODE; up = up->parent) {
        if (node_is(up, "h1 h2 h3 h4 h5 h6") || (up != row && is_named_title(up)))
            return weight + HEADING;
        if (up == row)
            break;
    }
    return weight;
}

static void
look_for_link(struct found *found, const xmlNode *root, GHashTable *dates)
{
    guint nodes = 0;
    for (const xmlNode *node = root; node && nodes < MAX_NODES;
         node = node_next(node, root), nodes++) {
        if (!row_is_link(node) || g_hash_table_contains(dates, node))
            continue;
        char *href = row_href(node);
        guint weight = href ? weight_of(node, root, dates) : 0;
        if (weight <= found->weight) {
            g_free(href);
            continue;
        }
        g_free(found->href);
        *found = (struct found){node, node, href, weight};
    }
}

/* The heading or what is named a title within an element; NULL for neither. */
static const xmlNode *
heading_in(const xmlNode *root, GHashTable *dates)
{
    const xmlNode *named = NULL;
    guint nodes = 0;
    for (const xmlNode *node = root; node && nodes < MAX_NODES;
         node = node_next(node, root), nodes++) {
        bool heading = node_is(node, "h1 h2 h3 h4 h5 h6"),
             may = node != root && node->type == XML_ELEMENT_NODE && !named &&
                   !node_is(node, "img") && is_named_title(node);
        if ((!heading && !may) || g_hash_table_contains(dates, node))
            continue;
        g_autofree char *text = text_without(node, dates);
        if (!*text)
            continue;
        if (heading)
            return node;
        named = node;
    }
    return named;
}

/* A part of a card: a block, or what stands between blocks. */
struct part {
    char *text;
    const xmlNode *node; /* of a block, or NULL */
};

static void
part_free(gpointer data)
{
    struct part *part = data;
    g_free(part->text);
    g_free(part);
}

static void
add_part(GPtrArray *parts, GString *text, const xmlNode *node)
{
    g_autofree char *line = text_squeeze(text->str, (gssize)text->len);
    g_string_truncate(text, 0);
    g_autofree char *clean = tidy(g_steal_pointer(&line));
    if (!*clean || is_more(clean))
        return;
    struct part *part = g_new0(struct part, 1);
    *part = (struct part){g_steal_pointer(&clean), node};
    g_ptr_array_add(parts, part);
}

static void
split(GPtrArray *parts, GString *text, const xmlNode *node, GHashTable *skip, int depth)
{
    for (const xmlNode *child = node->children;
         child && depth < 50 && parts->len < 200 && text->len < MAX_TEXT; child = child->next) {
        if (g_hash_table_contains(skip, child) || node_is(child, "script style template"))
            continue;
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            g_string_append(text, (const char *)child->content);
        } else if (child->type == XML_ELEMENT_NODE &&
                   (is_block(child) || is_named_summary(child))) {
            add_part(parts, text, NULL);
            split(parts, text, child, skip, depth + 1);
            add_part(parts, text, child);
        } else if (child->type == XML_ELEMENT_NODE) {
            split(parts, text, child, skip, depth + 1);
        }
    }
}

/* The blocks of an element, as they follow. */
static GPtrArray *
parts_of(const xmlNode *node, GHashTable *skip)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(part_free);
    GString *text = g_string_new(NULL);
    split(parts, text, node, skip, 0);
    add_part(parts, text, NULL);
    g_string_free(text, TRUE);
    return parts;
}

/* The part that is the title of a card without a heading: the first that is no label. */
static guint
title_part(const GPtrArray *parts)
{
    for (guint i = 0; i < parts->len; i++)
        if (features_text_weight(((const struct part *)g_ptr_array_index(parts, i))->text, NULL) >=
            MIN_TITLE)
            return i;
    return 0;
}

char *
row_whole_title(const xmlNode *link, char *text)
{
    g_autofree char *raw = html_attribute(link, "title");
    g_autofree char *title = raw ? text_squeeze(raw, -1) : NULL;
    if (!title || !*title || strchr(title, '<'))
        return text;
    g_autofree char *stem = g_strdup(text);
    if (g_str_has_suffix(stem, "…"))
        stem[strlen(stem) - strlen("…")] = '\0';
    while (g_str_has_suffix(stem, "."))
        stem[strlen(stem) - 1] = '\0';
    if (*stem && strlen(title) > strlen(stem) && g_str_has_prefix(title, stem)) {
        g_free(text);
        return g_steal_pointer(&title);
    }
    return text;
}

/* What attributes say that are shown when one points at a link, or read aloud. */
static char *
title_in_attributes(const xmlNode *link)
{
    static const char *const attributes[] = {"title", "aria-label"};
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(link, attributes[i]);
        g_autofree char *line = value ? text_squeeze(value, -1) : NULL;
        if (line && *line && !strchr(line, '<') && !is_more(line) &&
            features_text_weight(line, NULL) >= MIN_ATTRIBUTE)
            return g_steal_pointer(&line);
    }
    return NULL;
}

/*
 * The title of a row whose link says nothing: from its attributes, from the text beside it, from
 * its picture.
 */
static char *
title_beside(const struct found *found, const xmlNode *row, GHashTable *dates)
{
    char *told = title_in_attributes(found->link);
    if (told)
        return told;
    g_autoptr(GPtrArray) parts = parts_of(row, dates);
    if (parts->len)
        return g_strdup(((const struct part *)g_ptr_array_index(parts, title_part(parts)))->text);
    for (const xmlNode *node = found->link; node; node = node_next(node, found->link)) {
        g_autofree char *alt = node_is(node, "img") ? html_attribute(node, "alt") : NULL;
        g_autofree char *line = alt ? text_squeeze(alt, -1) : NULL;
        if (line && *line)
            return g_steal_pointer(&line);
    }
    return g_strdup("");
}

static void
take_title(struct found *found, const xmlNode *row, GHashTable *dates, struct row_parts *out)
{
    bool mute = found->weight <= MUTE;
    const xmlNode *heading = heading_in(mute ? row : found->link, dates);
    if (heading) {
        found->title = heading;
        out->title = text_without(heading, dates);
    } else if (mute) {
        found->title = NULL;
        out->title = title_beside(found, row, dates);
    } else {
        g_autoptr(GPtrArray) parts = parts_of(found->link, dates);
        guint at = title_part(parts);
        const struct part *part = parts->len > 1 ? g_ptr_array_index(parts, at) : NULL;
        found->title = part ? NULL : found->link;
        out->title = part ? g_strdup(part->text) : text_without(found->link, dates);
    }
    if (!*out->title) { /* its name is its date */
        g_free(out->title);
        out->title = html_text(found->link);
    }
    out->title = row_whole_title(found->link, out->title);
}

/* --- the summary ---------------------------------------------------------------------------- */

/* Takes the longest part besides the title that is a paragraph, is named a summary, or is prose. */
static void
take_summary(const struct row *row, const struct found *found, GHashTable *dates,
             struct row_parts *out)
{
    guint most = 0;
    if (found->title)
        g_hash_table_add(dates, (gpointer)found->title);
    for (guint i = 0; i < 1 + (row->beside ? row->beside->len : 0); i++) {
        const xmlNode *root = i ? g_ptr_array_index(row->beside, i - 1) : row->node;
        g_autoptr(GPtrArray) parts = parts_of(root, dates);
        for (guint n = 0; n < parts->len; n++) {
            const struct part *part = g_ptr_array_index(parts, n);
            guint commas = 0, weight = features_text_weight(part->text, &commas);
            bool paragraph = part->node ? node_is(part->node, "p dd blockquote") ||
                                              is_named_summary(part->node)
                                        : i && node_is(root, "p dd");
            guint least = paragraph ? MIN_SUMMARY : commas ? MIN_UNNAMED : G_MAXUINT;
            if (weight < least || weight <= most || strlen(part->text) > MAX_SUMMARY ||
                g_str_equal(part->text, out->title))
                continue;
            most = weight;
            g_free(out->summary);
            out->summary = g_strdup(part->text);
        }
    }
}

/* --- a row ----------------------------------------------------------------------------------- */

void
row_read(const struct row *row, const struct row_context *context, struct row_parts *out)
{
    *out = (struct row_parts){0};
    g_autoptr(GHashTable) dates = g_hash_table_new(NULL, NULL);
    struct row_date date = {0}, cut = {0};
    bool printed = row_find_date(row, context, dates, &date);
    struct found found = {0};
    look_for_link(&found, row->node, dates);
    for (guint i = 0; row->beside && i < row->beside->len && !found.href; i++)
        look_for_link(&found, g_ptr_array_index(row->beside, i), dates);
    out->href = found.href;
    out->link = found.link;
    if (!found.href)
        return;
    take_title(&found, row->node, dates, out);
    take_summary(row, &found, dates, out);
    if (!printed)
        printed = row_find_in_rest(row, context, dates, out->title, &date);
    /* where the row prints one elsewhere, that in the title is of the title */
    g_autofree char *whole = g_strdup(out->title);
    if (!printed && row_cut_date(&out->title, context, &cut)) {
        date = cut;
        printed = true;
        out->uncut = g_steal_pointer(&whole);
    }
    out->published = date.date;
    out->dated = printed;
    out->near = date.near;
    out->order = date.order;
}

void
row_settle_titles(const GPtrArray *parts)
{
    g_autoptr(GHashTable) titles = g_hash_table_new(g_str_hash, g_str_equal);
    bool same = false;
    for (guint i = 0; i < parts->len && !same; i++) {
        const struct row_parts *p = g_ptr_array_index(parts, i);
        same = p->uncut && !g_hash_table_add(titles, p->title);
    }
    for (guint i = 0; same && i < parts->len; i++) {
        struct row_parts *p = g_ptr_array_index(parts, i);
        if (!p->uncut)
            continue;
        g_free(p->title);
        p->title = g_steal_pointer(&p->uncut);
    }
}
