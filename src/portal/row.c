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
#include "base/url.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/file-format.h"

#include <string.h>

/* weight of a paragraph, or of what is named a summary, that says something */
#define MIN_SUMMARY   20
#define MIN_UNNAMED   60   /* of what is neither, but has commas */
#define MIN_TITLE     12   /* of a part of a card that is no label */
#define MIN_SUBJECT   24   /* of a cell that says what a document is about */
#define MIN_SENTENCE  24   /* of words before a link that make it one of a sentence */
#define MIN_ATTRIBUTE 8    /* of an attribute that is a title */
#define MAX_LINK      400  /* of a link's text that counts: below a heading's */
#define HEADING       1000 /* added to a link in a heading */
#define MAX_SUMMARY   2000 /* bytes */
#define MAX_NODES     2000 /* of a row that are looked at */

void
row_parts_clear(struct row_parts *parts)
{
    g_free(parts->title);
    g_free(parts->uncut);
    g_free(parts->href);
    g_free(parts->second);
    g_free(parts->summary);
}

/* --- texts ------------------------------------------------------------------------------------ */

char *
row_form(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    GString *form = g_string_new(NULL);
    for (const char *p = lower; *p; p++)
        if (!g_ascii_isdigit(*p))
            g_string_append_c(form, *p);
        else if (!form->len || form->str[form->len - 1] != '0')
            g_string_append_c(form, '0');
    return g_string_free(form, FALSE);
}

static bool
is_of_labels(const struct row_context *context, const char *text)
{
    g_autofree char *form = context->labels ? row_form(text) : NULL;
    return form && g_hash_table_contains(context->labels, form);
}

static bool
is_named_title(const xmlNode *node)
{
    static GRegex *title, *other;
    regex_once(
        &title,
        "(?:^|[^a-z])(?:title|tit|headline|heading|subject|caption|bt|biaoti|name|titel|titulo|titolo|titre|tytul|naslov|nadpis|baslik|rubrik|otsikko|zagolovok|question)(?:[^a-z]|$)|"
        "title|headline");
    regex_once(&other, "sub-?title|subtitle|summary|kicker|meta|date");
    return node_matches(node, title) && !node_matches(node, other);
}

/* --- the title -------------------------------------------------------------------------------- */

struct found {
    const xmlNode *link;
    /* the element within the link that holds it; NULL: it is one of the link's parts */
    const xmlNode *title;
    char *href;
    guint weight;
};

/*
 * the weight of a link that only says "more", or is a picture: to a page of another site, as that of
 * a recording; to a document; to a page
 */
#define MUTE_ABROAD 1
#define MUTE_FILE   2
#define MUTE_PAGE   3

/* The elements of a row: its own, and those that belong to it; in the order of the document. */
static guint
roots_of(const struct row *row)
{
    return 1 + (row->beside ? row->beside->len : 0);
}

static const xmlNode *
root_at(const struct row *row, guint i)
{
    guint own = row->before ? row->beside->len : 0;
    return i == own ? row->node : g_ptr_array_index(row->beside, i < own ? i : i - 1);
}

/* What one row is read with. */
struct reading {
    const struct row *row;
    const struct row_context *context;
    GHashTable *dates; /* nodes that print one, and the title when it is known */
};

static guint
mute_weight(const struct reading *r, const char *href)
{
    if (row_is_file(href))
        return MUTE_FILE;
    g_autofree char *host = r->context->host ? url_host(href) : NULL;
    return host && *host && g_ascii_strcasecmp(host, r->context->host) ? MUTE_ABROAD : MUTE_PAGE;
}

/* How well a link does for the row's: by how much it says, and by what it stands in. */
static guint
weight_of(const struct reading *r, const xmlNode *link, const char *href, const xmlNode *root)
{
    g_autofree char *text = row_text(link, r->dates);
    if (!*text || row_is_label(text) || r->row->head || g_str_has_prefix(text, "http://") ||
        g_str_has_prefix(text, "https://") || row_is_date(text, r->context) ||
        (is_of_labels(r->context, text) && !strpbrk(text, "0123456789")))
        return mute_weight(r, href);
    guint weight = MUTE_PAGE + MIN(features_text_weight(text, NULL), MAX_LINK);
    for (const xmlNode *up = link; up && up->type == XML_ELEMENT_NODE; up = up->parent) {
        if (node_is(up, "h1 h2 h3 h4 h5 h6") || (up != root && is_named_title(up)))
            return weight + HEADING;
        if (up == root)
            break;
    }
    return weight;
}

static void
look_for_link(const struct reading *r, struct found *found, const xmlNode *root)
{
    guint nodes = 0;
    for (const xmlNode *node = root; node && nodes < MAX_NODES;
         node = node_next(node, root), nodes++) {
        if (!row_is_link(node) || g_hash_table_contains(r->dates, node))
            continue;
        char *href = row_href(node);
        guint weight = href ? weight_of(r, node, href, root) : 0;
        if (weight <= found->weight) {
            g_free(href);
            continue;
        }
        g_free(found->href);
        *found = (struct found){node, node, href, weight};
    }
}

/*
 * Takes the link of a row whose name stands elsewhere: the first that is a label, to a page rather
 * than to a document.
 */
static void
take_label_link(const struct reading *r, struct found *found)
{
    struct found best = {0};
    guint nodes = 0;
    for (const xmlNode *node = r->row->node; node && nodes < MAX_NODES;
         node = node_next(node, r->row->node), nodes++) {
        g_autofree char *href = row_is_link(node) ? row_href(node) : NULL;
        g_autofree char *text = href ? row_text(node, r->dates) : NULL;
        if (!href || (*text && !row_is_label(text) && !is_of_labels(r->context, text)))
            continue;
        guint weight = mute_weight(r, href);
        if (weight <= best.weight)
            continue;
        g_free(best.href);
        best = (struct found){node, NULL, g_steal_pointer(&href), weight};
    }
    if (!best.link)
        return;
    g_free(found->href);
    found->link = best.link;
    found->href = best.href;
}

/* The address of the next link of a row that is a label and leads elsewhere; NULL for none. */
static char *
second_link(const struct reading *r, const struct found *found)
{
    guint nodes = 0;
    for (const xmlNode *node = r->row->node; node && nodes < MAX_NODES;
         node = node_next(node, r->row->node), nodes++) {
        g_autofree char *href = row_is_link(node) ? row_href(node) : NULL;
        g_autofree char *text = href ? row_text(node, r->dates) : NULL;
        if (href && row_is_label(text) && !g_str_equal(href, found->href))
            return g_steal_pointer(&href);
    }
    return NULL;
}

/*
 * The heading or what is named a title within an element; NULL for neither.  Of headings the
 * highest is taken, of equals the first, unless that is a kicker and another says far more.
 */
static const xmlNode *
heading_in(const xmlNode *root, GHashTable *dates)
{
    const xmlNode *named = NULL, *best = NULL;
    guint nodes = 0, most = 0;
    for (const xmlNode *node = root; node && nodes < MAX_NODES;
         node = node_next(node, root), nodes++) {
        bool heading = node_is(node, "h1 h2 h3 h4 h5 h6"),
             may = node != root && node->type == XML_ELEMENT_NODE && !named &&
                   !node_is(node, "img") && is_named_title(node);
        if ((!heading && !may) || g_hash_table_contains(dates, node))
            continue;
        g_autofree char *text = row_text(node, dates);
        if (!*text || row_is_label(text))
            continue;
        if (!heading) {
            named = node;
            continue;
        }
        guint weight = features_text_weight(text, NULL);
        int higher = best ? best->name[1] - node->name[1] : 1;
        if (higher > 0 || (higher == 0 && weight >= 2 * most)) {
            best = node;
            most = weight;
        }
    }
    return best ? best : named;
}

/* What is set in bold in a row or at the head of a card, and is a title by its length; NULL. */
static const xmlNode *
bold_in(const xmlNode *root, GHashTable *dates)
{
    guint nodes = 0;
    for (const xmlNode *node = root; node && nodes < MAX_NODES;
         node = node_next(node, root), nodes++) {
        if (!node_is(node, "b strong") || g_hash_table_contains(dates, node))
            continue;
        g_autofree char *text = row_text(node, dates);
        if (features_text_weight(text, NULL) >= MIN_TITLE && !row_is_label(text))
            return node;
    }
    return NULL;
}

/* What is set in bold at the head of a card, apart from what follows. */
static const xmlNode *
bold_head(const xmlNode *card, GHashTable *dates)
{
    const xmlNode *bold = bold_in(card, dates);
    for (const xmlNode *n = bold; n && n != card; n = n->parent)
        for (const xmlNode *before = n->prev; before; before = before->prev)
            if (!g_hash_table_contains(dates, before) && before->type == XML_TEXT_NODE &&
                !text_is_blank((const char *)before->content))
                return NULL;
    const xmlNode *after = bold ? bold->next : NULL;
    while (after && after->type == XML_TEXT_NODE && text_is_blank((const char *)after->content))
        after = after->next;
    return !after || after->type == XML_TEXT_NODE ? NULL : bold;
}

/* The part that is the title of a card without a heading: the first that is no label. */
static guint
title_part(const GPtrArray *parts)
{
    for (guint i = 0; i < parts->len; i++)
        if (features_text_weight(((const struct row_part *)g_ptr_array_index(parts, i))->text,
                                 NULL) >= MIN_TITLE)
            return i;
    return 0;
}

/*
 * The part that is the title of a row whose links are labels: the first that is not much shorter
 * than the longest; a place may be longer than the name of a meeting, the subject of a decree is
 * far longer than its number.  What several rows have is none where a row has more to say: it is
 * the kind of a document, an office.
 */
static guint
longest_part(const struct reading *r, const GPtrArray *parts)
{
    g_autofree guint *weights = g_new0(guint, parts->len + 1);
    guint most = 0, own = 0;
    for (guint i = 0; i < parts->len; i++) {
        const char *text = ((const struct row_part *)g_ptr_array_index(parts, i))->text;
        bool shared = r->context->values && g_hash_table_contains(r->context->values, text);
        weights[i] = features_text_weight(text, NULL);
        most = MAX(most, weights[i]);
        own = MAX(own, shared ? 0 : weights[i]);
    }
    for (guint i = 0; i < parts->len; i++) {
        const char *text = ((const struct row_part *)g_ptr_array_index(parts, i))->text;
        bool shared = r->context->values && g_hash_table_contains(r->context->values, text);
        if (own >= MIN_SUBJECT ? !shared && weights[i] >= own / 3 : weights[i] >= most / 3)
            return i;
    }
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
    /* a script may have glued to it what stands beside the link: "MinutesPDF, 12 kB" */
    if (*stem && strlen(title) > strlen(stem) && g_str_has_prefix(title, stem) &&
        !row_is_label(title + strlen(stem))) {
        g_free(text);
        return g_steal_pointer(&title);
    }
    return text;
}

/* Whether a text says no more than what a link does and of which day: "Agenda for 19 August". */
static bool
is_dated_label(const struct reading *r, const char *text)
{
    struct date date;
    gsize from, to;
    if (row_is_label(text))
        return true;
    if (!date_find(text, &r->context->dates, &date, &from, &to))
        return false;
    g_autofree char *rest = g_strdup_printf("%.*s %s", (int)from, text, text + to);
    return row_is_label(rest);
}

/* What attributes say that are shown when one points at a link, or read aloud. */
static char *
title_in_attributes(const struct reading *r, const xmlNode *link)
{
    static const char *const attributes[] = {"title", "aria-label"};
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(link, attributes[i]);
        g_autofree char *line = value ? text_squeeze(value, -1) : NULL;
        if (line && *line && !strchr(line, '<') && !is_dated_label(r, line) &&
            !is_of_labels(r->context, line) && features_text_weight(line, NULL) >= MIN_ATTRIBUTE)
            return g_steal_pointer(&line);
    }
    return NULL;
}

/* The first text in a row that is its date. */
static char *
date_as_title(const struct reading *r)
{
    guint nodes = 0;
    for (const xmlNode *node = r->row->node; node && nodes < MAX_NODES;
         node = node_next(node, r->row->node), nodes++) {
        g_autofree char *text = !g_hash_table_contains(r->dates, node) ? NULL
                                : node->type == XML_ELEMENT_NODE       ? html_text(node)
                                : node->type == XML_TEXT_NODE
                                    ? text_squeeze((const char *)node->content, -1)
                                    : NULL;
        if (text && *text)
            return g_steal_pointer(&text);
    }
    return NULL;
}

/* The parts of an element of a row without its dates and without links that are labels. */
static GPtrArray *
parts_beside(const struct reading *r, const xmlNode *root)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    guint nodes = 0;
    const xmlNode *name = row_columns(root, labels);
    for (const xmlNode *node = root; node && nodes < MAX_NODES;
         node = node_next(node, root), nodes++) {
        if (!node_is(node, "a button") || g_hash_table_contains(r->dates, node))
            continue;
        g_autofree char *text = row_text(node, r->dates);
        if (*text && (row_is_label(text) || is_of_labels(r->context, text)))
            g_ptr_array_add(labels, (gpointer)node);
    }
    for (guint i = labels->len; i > 0; i--) /* what is a date already stays one */
        if (!g_hash_table_add(r->dates, g_ptr_array_index(labels, i - 1)))
            g_ptr_array_remove_index(labels, i - 1);
    GPtrArray *parts = row_parts_of(name ? name : root, r->dates);
    if (name && !parts->len) {
        g_ptr_array_unref(parts);
        parts = row_parts_of(root, r->dates);
    }
    for (guint i = 0; i < labels->len; i++)
        g_hash_table_remove(r->dates, g_ptr_array_index(labels, i));
    for (guint i = parts->len; i > 0; i--) /* a label may stand there without its link */
        if (is_of_labels(r->context,
                         ((const struct row_part *)g_ptr_array_index(parts, i - 1))->text))
            g_ptr_array_remove_index(parts, i - 1);
    return parts;
}

static bool
has_other_link(const struct reading *r, const xmlNode *link)
{
    guint nodes = 0;
    for (const xmlNode *node = r->row->node; node && nodes < MAX_NODES;
         node = node_next(node, r->row->node), nodes++) {
        g_autofree char *href = node != link ? row_href(node) : NULL;
        if (href)
            return true;
    }
    return false;
}

/*
 * The title of a row whose link says nothing: from its attributes, from the text beside it, from
 * its picture, else its date.
 */
static char *
title_beside(const struct reading *r, const struct found *found)
{
    g_autofree char *said = row_text(found->link, r->dates);
    g_autofree char *told = title_in_attributes(r, found->link);
    /* what explains a link that shows its day says more than a title; a cell is one by itself */
    if (told && !node_is(r->row->node, "tr") && !(*said && row_is_date(said, r->context)))
        return g_steal_pointer(&told);
    for (guint i = 0; i < roots_of(r->row); i++) {
        g_autoptr(GPtrArray) parts = parts_beside(r, root_at(r->row, i));
        if (parts->len)
            return g_strdup(
                ((const struct row_part *)g_ptr_array_index(parts, longest_part(r, parts)))->text);
    }
    if (told && !(*said && row_is_date(said, r->context)))
        return g_steal_pointer(&told);
    if (*said && !row_is_label(said) &&
        !(is_of_labels(r->context, said) && has_other_link(r, found->link)))
        return g_steal_pointer(&said);
    for (const xmlNode *node = found->link; node; node = node_next(node, found->link)) {
        g_autofree char *alt = node_is(node, "img") ? html_attribute(node, "alt") : NULL;
        g_autofree char *line = alt ? text_squeeze(alt, -1) : NULL;
        if (line && *line && !row_is_label(line))
            return g_steal_pointer(&line);
    }
    char *shown = html_text(found->link);
    if (row_is_date(shown, r->context))
        return shown;
    g_free(shown);
    char *date = date_as_title(r);
    return date ? date : g_strdup("");
}

/* The title of a card that is one link: what its @title says where the card says the same. */
static char *
card_title(const struct reading *r, const xmlNode *card)
{
    g_autofree char *value = html_attribute(card, "title"),
                    *title = value ? text_squeeze(value, -1) : NULL,
                    *whole = row_text(card, r->dates);
    if (!title || features_text_weight(title, NULL) < MIN_TITLE || !strstr(whole, title))
        return NULL;
    return g_steal_pointer(&title);
}

static bool
is_in(const xmlNode *node, const xmlNode *around)
{
    int depth = 0;
    while (node && node != around && depth++ < 200)
        node = node->parent;
    return node == around;
}

/* The element that names a row, where its link does not: NULL when there is none. */
static const xmlNode *
name_of(const struct reading *r, const struct found *found, bool mute)
{
    if (r->row->head)
        return r->row->head;
    g_autofree char *text = row_text(found->link, r->dates);
    if (!mute && !is_of_labels(r->context, text) && !row_is_file(text)) {
        const xmlNode *heading = heading_in(found->link, r->dates);
        return heading ? heading : bold_head(found->link, r->dates);
    }
    const xmlNode *name = NULL;
    for (guint i = 0; !name && i < roots_of(r->row); i++)
        name = heading_in(root_at(r->row, i), r->dates);
    for (guint i = 0; !name && i < roots_of(r->row); i++)
        name = bold_in(root_at(r->row, i), r->dates);
    return name;
}

/*
 * The block around a link that is the number of what the line names: "SC 207 - Hill v. Mill Town".
 * NULL where the link says more, or nothing follows.
 */
static const xmlNode *
line_behind(const struct reading *r, const xmlNode *link, const xmlNode *block)
{
    static GRegex *code, *behind;
    g_autofree char *text = row_text(link, r->dates);
    if (!g_regex_match(regex_once(&code, "^[^\\s\\d]{0,6}[\\s.-]?\\d[\\d/.-]*\\S{0,3}(?:$|\\s)"),
                       text, 0, NULL))
        return NULL;
    const xmlNode *next = link->next;
    if (!next || next->type != XML_TEXT_NODE || !next->content ||
        !g_regex_match(regex_once(&behind, "^\\s*(?:[-–—:]\\s|,\\s)\\s*\\S"),
                       (const char *)next->content, 0, NULL) ||
        features_text_weight((const char *)next->content, NULL) < MIN_TITLE)
        return NULL;
    for (const xmlNode *n = block ? block->children : NULL; n; n = n->next)
        if (node_is(n, "br p div ul ol table"))
            return NULL; /* it has more than this line */
    return block;
}

/*
 * The block around a link where that stands within a sentence, after some words, or is but the
 * number of what follows (code); else NULL.
 */
static const xmlNode *
sentence_around(const struct reading *r, const xmlNode *link, bool *code)
{
    const xmlNode *block = link;
    while (block != r->row->node && !row_is_block(block) && block->parent)
        block = block->parent;
    const xmlNode *line = block != link ? line_behind(r, link, block) : NULL;
    if (line) {
        *code = true;
        return line;
    }
    guint weight = 0, nodes = 0;
    for (const xmlNode *node = block; node && node != link && nodes < MAX_NODES;
         node = node_next(node, block), nodes++) {
        if (node_is(node, "br"))
            weight = 0;
        if (node->type == XML_TEXT_NODE && node->content &&
            !g_hash_table_contains(r->dates, node) &&
            !g_hash_table_contains(r->dates, node->parent))
            weight += features_text_weight((const char *)node->content, NULL);
    }
    return block != link && weight >= MIN_SENTENCE ? block : NULL;
}

static void
take_title(const struct reading *r, struct found *found, struct row_parts *out)
{
    bool mute = found->weight <= MUTE_PAGE, code = false;
    const xmlNode *name = name_of(r, found, mute),
                  *sentence = name || mute ? NULL : sentence_around(r, found->link, &code);
    out->apart = name ? !is_in(name, found->link) && !is_in(found->link, name) : mute;
    if (name) {
        if (out->apart)
            take_label_link(r, found);
        found->title = name;
        out->title = row_text(name, r->dates);
    } else if (mute) {
        found->title = NULL;
        out->title = title_beside(r, found);
    } else if (found->weight < HEADING && sentence) {
        found->title = NULL;
        out->title = row_text(sentence, r->dates);
        out->prose = !code;
    } else {
        g_autoptr(GPtrArray) parts = row_parts_of(found->link, r->dates);
        guint at = title_part(parts);
        const struct row_part *part = parts->len ? g_ptr_array_index(parts, at) : NULL;
        char *said = card_title(r, found->link);
        found->title = parts->len > 1 ? NULL : found->link;
        out->title = said ? said : part ? g_strdup(part->text) : row_text(found->link, r->dates);
    }
    if (!*out->title) { /* its name is its date */
        g_free(out->title);
        out->title = html_text(name ? name : found->link);
    }
    out->title = row_whole_title(found->link, out->title);
}

/* --- the summary ------------------------------------------------------------------------------ */

/* Takes the longest part besides the title that is a paragraph, is named a summary, or is prose. */
static void
take_summary(const struct row *row, const struct found *found, GHashTable *dates,
             struct row_parts *out)
{
    guint most = 0;
    if (found->title)
        g_hash_table_add(dates, (gpointer)found->title);
    for (guint i = 0; i < roots_of(row); i++) {
        const xmlNode *root = root_at(row, i);
        g_autoptr(GPtrArray) parts = row_parts_of(root, dates);
        for (guint n = 0; n < parts->len; n++) {
            const struct row_part *part = g_ptr_array_index(parts, n);
            guint commas = 0, weight = features_text_weight(part->text, &commas);
            bool paragraph = part->node ? node_is(part->node, "p dd blockquote") ||
                                              row_is_named_summary(part->node)
                                        : root != row->node && node_is(root, "p dd");
            guint least = paragraph ? MIN_SUMMARY : commas ? MIN_UNNAMED : G_MAXUINT;
            if (weight < least || weight <= most || strlen(part->text) > MAX_SUMMARY ||
                strstr(part->text, out->title))
                continue;
            most = weight;
            g_free(out->summary);
            out->summary = g_strdup(part->text);
        }
    }
}

/* --- a row ------------------------------------------------------------------------------------ */

/* A date with what the heading above the row says: the year, or the day to a time. */
static void
take_heading(const struct row *row, struct row_date *date, bool *printed)
{
    if (row->day.precision == DATE_NONE || (*printed && !date->near))
        return;
    int64_t seconds = 86400, local = date->date.time + (int64_t)date->date.offset * 60;
    bool clock = *printed && date->date.precision > DATE_DAY;
    enum date_precision precision = clock ? date->date.precision : row->day.precision;
    date->date = row->day;
    date->date.time += clock ? ((local % seconds) + seconds) % seconds : 0;
    date->date.precision = precision;
    date->near = false;
    *printed = true;
}

/* A year's last moment, from which days without a year are looked for backwards. */
static struct row_context
context_of(const struct row *row, const struct row_context *context)
{
    struct row_context own = *context;
    g_autoptr(GDateTime) end = row->year ? g_date_time_new_utc(row->year, 12, 31, 12, 0, 0) : NULL;
    if (end)
        own.now = g_date_time_to_unix(end);
    return own;
}

static void
take_date(const struct reading *r, bool printed, struct row_date *date, struct row_parts *out)
{
    struct row_date cut = {0};
    if (r->row->head && date_parse(out->title, &r->context->dates, &cut.date) &&
        date_is_plausible(&cut.date, r->context->now)) {
        *date = cut; /* the row is about a day */
        printed = true;
    }
    /* where the row prints one elsewhere, that in the title is of the title */
    g_autofree char *whole = g_strdup(out->title);
    bool own = !printed && (out->prose || out->apart) &&
               row_cut_date(&out->title, r->context, &cut);
    if (!own && !printed)
        printed = row_find_in_rest(r->row, r->context, r->dates, out->title, date);
    if (!own)
        take_heading(r->row, date, &printed);
    /* that in the title is surer than one in the sentences below it */
    if (own || ((!printed || date->worded) && row_cut_date(&out->title, r->context, &cut))) {
        *date = cut;
        printed = true;
        out->uncut = g_steal_pointer(&whole);
    }
    if (!printed && (!date_find(out->title, &r->context->dates, &out->spoken, NULL, NULL) ||
                     !date_is_plausible(&out->spoken, r->context->now)))
        out->spoken = (struct date){0};
    out->published = date->date;
    out->dated = printed;
    out->near = date->near && !r->row->year;
    out->order = date->order;
}

void
row_read(const struct row *row, const struct row_context *context, struct row_parts *out)
{
    *out = (struct row_parts){0};
    g_autoptr(GHashTable) dates = g_hash_table_new(NULL, NULL);
    const struct row_context own = context_of(row, context);
    const struct reading r = {row, &own, dates};
    struct row_date date = {0};
    bool printed = row_find_date(row, &own, dates, &date);
    struct found found = {0};
    look_for_link(&r, &found, row->node);
    for (guint i = 0; row->beside && i < row->beside->len && !found.href; i++)
        look_for_link(&r, &found, g_ptr_array_index(row->beside, i));
    if (!found.href)
        return;
    bool mute = found.weight <= MUTE_PAGE;
    take_title(&r, &found, out);
    out->second = mute ? second_link(&r, &found) : NULL;
    out->href = found.href;
    out->link = found.link;
    take_summary(row, &found, dates, out);
    take_date(&r, printed, &date, out);
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
    guint cut = 0, speak = 0;
    for (guint i = 0; i < parts->len; i++) {
        const struct row_parts *p = g_ptr_array_index(parts, i);
        cut += p->uncut != NULL;
        speak += p->spoken.precision != DATE_NONE;
    }
    /* where most titles keep the day that they begin with, all do */
    same = same || cut < speak;
    for (guint i = 0; same && i < parts->len; i++) {
        struct row_parts *p = g_ptr_array_index(parts, i);
        if (!p->uncut)
            continue;
        g_free(p->title);
        p->title = g_steal_pointer(&p->uncut);
    }
}
