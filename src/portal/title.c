/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The title: the heading that shares most with what the page calls itself elsewhere
 * (<title>, og:title, JSON-LD), but never the name of the site; else one of those, without
 * the site's name.
 */
#include "config.h"

#include "base/clean.h"
#include "document/html.h"
#include "portal/article-parts.h"
#include "portal/features.h"
#include "text/fold.h"

#include <string.h>

#define MAX_TITLE    600  /* bytes */
#define MAX_NAME     8192 /* of <title>, which has the names of section and site too */
#define MAX_HEADINGS 300  /* that are looked at; each has all that stands in it */
#define TELLING      24 /* weight of a <title> that is more than "Welcome" or "News of the council" */
#define LIKELY       3   /* points of looks: its place below the trail */
#define CLEARLY      4.5 /* points of looks: a heading, or two of size, weight and place */

/* What the page calls itself, folded for comparing; NULL where it does not say. */
struct names {
    char *title, *og, *headline, *site;
    struct title_parts parts;
};

static char *
folded(const char *text)
{
    char *fold = text ? text_fold(text) : NULL;
    return fold ? g_strstrip(fold) : NULL;
}

static bool
said_before(char **words, char **word)
{
    for (char **earlier = words; earlier < word; earlier++)
        if (g_str_equal(*earlier, *word))
            return true;
    return false;
}

/* Separators between a title and the name of its site. */
static const char *const separators[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ",
                                         " / ", "｜",  "_",   "|",   "—",    "–",   "-",   NULL};

static GPtrArray *
parts_of(const char *title)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; title && separators[i]; i++) {
        bool narrow = separators[i][0] == '-' && strchr(title, ' ');
        if (narrow || !strstr(title, separators[i]))
            continue;
        g_auto(GStrv) pieces = g_strsplit(title, separators[i], -1);
        for (char **piece = pieces; *piece; piece++)
            if (*g_strstrip(*piece))
                g_ptr_array_add(parts, folded(*piece));
        break;
    }
    if (title && !parts->len && *title)
        g_ptr_array_add(parts, folded(title));
    return parts;
}

/* The line nearest above the text that shows these words, from a heading only or any. */
static guint
line_above(const struct article_lines *l, const char *words, bool heading)
{
    guint weight = features_text_weight(words, NULL);
    for (guint i = l->text < l->all->len ? l->text : 0; i-- > 0;) {
        const struct line *line = lines_at(l->all, i);
        if (line->weight > weight * 2 || line->weight * 2 < weight || (heading && !line->heading))
            continue;
        g_autofree char *text = lines_text(line), *fold = folded(text);
        if (g_str_equal(fold, words))
            return i;
    }
    return l->all->len;
}

/*
 * The site's name, where only places tell: of two parts of <title> that the page shows, the one
 * that stands farther from the text.
 */
static const char *
site_by_place(const struct title_parts *parts, const struct article_lines *l)
{
    if (parts->folded->len < 2)
        return NULL;
    const char *first = g_ptr_array_index(parts->folded, 0),
               *last = g_ptr_array_index(parts->folded, parts->folded->len - 1);
    guint none = l->all->len, of_first = line_above(l, first, false),
          of_last = line_above(l, last, true);
    if (of_first == none || of_last == none)
        return NULL;
    if (of_first > of_last)
        return last;
    return of_last > of_first && lines_at(l->all, of_first)->heading ? first : NULL;
}

/* How much of a heading is in a name, from 0 to 1. */
static double
share(const char *heading, const char *name)
{
    if (!heading || !name || !*heading || !*name)
        return 0;
    if (strstr(name, heading))
        return 1;
    if (strstr(heading, name))
        return (double)strlen(name) / (double)strlen(heading);
    g_auto(GStrv) words = g_strsplit_set(heading, " \t.,:;!?\"'()-|/", -1);
    guint all = 0, common = 0;
    for (char **word = words; *word; word++) {
        if (strlen(*word) < 3 || said_before(words, word))
            continue;
        all++;
        common += strstr(name, *word) != NULL;
    }
    return all >= 3 ? 0.9 * common / all : 0;
}

/* The longest part of a <title>, which is hardly ever the site's name. */
static char *
longest_part(const char *title, const char *site)
{
    for (int i = 0; separators[i]; i++) {
        bool narrow = strlen(separators[i]) < 3 || i > 8;
        if (!strstr(title, separators[i]) ||
            (narrow && strchr(title, ' ') && separators[i][0] == '-'))
            continue;
        g_auto(GStrv) parts = g_strsplit(title, separators[i], -1);
        const char *best = NULL;
        for (char **part = parts; *part; part++) {
            g_strstrip(*part);
            g_autofree char *fold = folded(*part);
            if (site && g_str_equal(fold, site))
                continue;
            if (!best || strlen(*part) > strlen(best))
                best = *part;
        }
        if (best && strlen(best) >= 6)
            return longest_part(best, site);
    }
    return g_strstrip(g_strdup(title));
}

/* A name without the site's at its end or beginning. */
static char *
without_site(const char *name, const struct names *names)
{
    if (!names->site || strlen(names->site) < 3)
        return g_strdup(name);
    for (int i = 0; separators[i]; i++) {
        const char *last = g_strrstr(name, separators[i]);
        g_autofree char *tail = last ? folded(last + strlen(separators[i])) : NULL;
        if (tail && g_str_equal(tail, names->site))
            return g_strchomp(g_strndup(name, (gsize)(last - name)));
    }
    return g_strdup(name);
}

static char *
heading_text(const xmlNode *node)
{
    g_autofree char *text = html_text_start(node, MAX_NAME);
    return *text && strlen(text) <= MAX_TITLE ? g_steal_pointer(&text) : NULL;
}

/* The best of these elements; NULL when none shares enough. */
static char *
best_heading(const GPtrArray *nodes, const struct names *names, double least, bool longest)
{
    g_autofree char *best = NULL;
    double most = 0;
    for (guint i = 0; nodes && i < nodes->len && i < MAX_HEADINGS; i++) {
        g_autofree char *text = heading_text(g_ptr_array_index(nodes, i));
        g_autofree char *fold = folded(text);
        if (!fold || (names->site && g_str_equal(fold, names->site)))
            continue;
        double shared = MAX(MAX(share(fold, names->title), share(fold, names->og)),
                            share(fold, names->headline));
        /* a short heading is easily part of a long name */
        const char *own = names->og ? names->og : names->headline ? names->headline : names->title;
        shared *= 0.7 +
                  0.3 * (own ? MIN(1, (double)strlen(fold) / (double)MAX(strlen(own), 1)) : 1);
        bool better = shared > most ||
                      (longest && best && shared == most && strlen(text) > strlen(best));
        if (shared >= least && better) {
            most = shared;
            g_free(best);
            best = g_steal_pointer(&text);
        }
    }
    return g_steal_pointer(&best);
}

static char *
first_heading(struct page *page, const struct names *names)
{
    g_autoptr(GPtrArray) nodes = page_elements(page, "h1 h2");
    for (guint i = 0; i < nodes->len && i < MAX_HEADINGS; i++) {
        g_autofree char *text = heading_text(g_ptr_array_index(nodes, i));
        g_autofree char *fold = folded(text);
        if (fold && !(names->site && g_str_equal(fold, names->site)))
            return g_steal_pointer(&text);
    }
    return NULL;
}

/* Whether a whole title is the end of a longer heading, or all of it but a label. */
static bool
is_within(const char *title, const char *heading)
{
    size_t a = title ? strlen(title) : 0, b = strlen(heading);
    if (a < 12 || a >= b || a * 10 < b * 4 || g_str_has_suffix(title, "…") ||
        g_str_has_suffix(title, "..."))
        return false;
    return g_str_has_suffix(heading, title) ||
           (g_str_has_prefix(heading, title) && heading[a] != ':');
}

/*
 * Whether a title is the heading with a kicker before it ("Kenia: Nairobi von unten") that <title>
 * has too.
 */
static bool
is_with_kicker(const char *title, const char *heading, const char *whole)
{
    if (!title || !whole || !g_str_has_prefix(whole, title) || !g_str_has_suffix(title, heading))
        return false;
    g_autofree char *kicker = g_strchomp(g_strndup(title, strlen(title) - strlen(heading)));
    return g_str_has_suffix(kicker, ":") && strlen(kicker) < 60;
}

/*
 * The longest line of the page with which its <title> begins, where no element says that it is a
 * heading.
 */
static char *
leading_line(const struct page *page, const char *whole)
{
    g_autofree char *best = NULL;
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (node->type != XML_TEXT_NODE || !node->parent ||
            node_is(node->parent, "title script style a option"))
            continue;
        g_autofree char *text = text_squeeze((const char *)node->content, -1);
        size_t length = strlen(text);
        bool longer = length >= 24 && length < strlen(whole) && length <= MAX_TITLE &&
                      (!best || length > strlen(best));
        if (longer && g_str_has_prefix(whole, text) && strchr(" _-|", whole[length])) {
            g_free(best);
            best = g_steal_pointer(&text);
        }
    }
    return g_steal_pointer(&best);
}

#define MENU_LINKS 4

/* Whether a line shares nothing with the text but the page. */
static bool
stands_apart(const struct article_lines *l, guint line)
{
    g_autoptr(GHashTable) around = g_hash_table_new(NULL, NULL);
    for (const xmlNode *n = lines_at(l->all, l->text)->block; n; n = n->parent)
        g_hash_table_add(around, (gpointer)n);
    const xmlNode *common = lines_at(l->all, line)->block;
    while (common && !g_hash_table_contains(around, common))
        common = common->parent;
    return !common || node_is(common, "body html");
}

/*
 * Whether a heading (folded) that repeats <title> stands above a menu, apart from the text, and so
 * is the site's name, where what looks like a title stands below it.
 */
static bool
stands_above_menu(const char *heading, const struct article_lines *l, guint shown)
{
    guint at = line_above(l, heading, true), links = 0;
    if (at >= shown || shown >= l->all->len)
        return false;
    for (guint i = at; i < shown; i++)
        links += lines_at(l->all, i)->links;
    return links >= MENU_LINKS && stands_apart(l, at);
}

/* Whether a heading is what the trail calls the section, or a word or two above the trail. */
static bool
names_section(const char *heading, const struct article_lines *l)
{
    if (!l->trail.count)
        return false;
    g_autofree char *fold = folded(heading);
    bool above = line_above(l, fold, true) < l->trail.first;
    if (!g_strcmp0(heading, l->trail.section))
        return l->trail.linked || above;
    return above && features_text_weight(heading, NULL) < TELLING;
}

#define MOST_PARTS 8  /* of a <title> */
#define NEAR_TEXT  15 /* lines above it */
#define BEGINNING  8  /* weight of a line that is the beginning of a <title> */

/* Whether a part of <title> that tells stands above the text, or a line with which it begins. */
static bool
is_shown(const struct names *names, const struct article_lines *l)
{
    guint none = l->all->len, below = l->trail.first + l->trail.count;
    for (guint i = MAX(below, l->text - MIN(l->text, NEAR_TEXT)); i < l->text && i < none; i++) {
        const struct line *line = lines_at(l->all, i);
        if (line->weight < BEGINNING || line->linked * 2 > line->weight)
            continue;
        g_autofree char *text = lines_text(line), *fold = folded(text);
        if (names->title && g_str_has_prefix(names->title, fold) &&
            g_strcmp0(text, l->trail.section))
            return true;
    }
    for (guint i = 0; i < MIN(names->parts.folded->len, MOST_PARTS); i++) {
        const char *part = g_ptr_array_index(names->parts.folded, i);
        if (features_text_weight(part, NULL) < TELLING)
            continue;
        guint line = line_above(l, part, false);
        if (line != none && line >= l->trail.first + l->trail.count)
            return true;
    }
    return false;
}

static bool
has_paragraph(const xmlNode *root)
{
    for (const xmlNode *node = root->children; node; node = node_next(node, root))
        if (node_is(node, "p"))
            return true;
    return false;
}

/* The elements that headings, microdata, class or id call a title, in document order. */
static GPtrArray *
likely_titles(const struct page *page)
{
    GPtrArray *found = g_ptr_array_new();
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        bool titled = node_is(node, "ucaptitle h2 h3"), named = false;
        for (const xmlAttr *a = node->properties; a && !titled; a = a->next) {
            const char *name = (const char *)a->name;
            const char *value = a->children ? (const char *)a->children->content : NULL;
            if (!value)
                continue;
            titled = !strcmp(name, "itemprop") && !strcmp(value, "headline");
            named |= (!strcmp(name, "class") || !strcmp(name, "id")) && strstr(value, "title");
        }
        if (titled || (named && !has_paragraph(node)))
            g_ptr_array_add(found, (gpointer)node);
    }
    return found;
}

static char *
find(struct page *page, const struct linked_data *linked, const char *whole, const char *og,
     const struct names *names, const struct article_lines *lines, const struct date_style *style)
{
    g_autoptr(GPtrArray) headings = page_elements(page, "h1");
    g_autofree char *heading = best_heading(headings, names, 0.4, false);
    char *found = heading ? without_site(heading, names) : NULL;
    /*
     * the heading has a kicker or a label beside the title, or the title one that the heading shows
     * apart
     */
    if (found && (is_within(og, found) || is_with_kicker(og, found, whole))) {
        g_free(found);
        found = g_strdup(og);
    }
    double score;
    guint line;
    g_autofree char *shown = NULL;
    if (found && !og && !linked->headline) {
        g_autofree char *fold = folded(found);
        struct title_parts without = {names->parts.folded, fold, names->title};
        shown = article_title_by_looks(lines, &without, style, &score, &line);
        if (shown && stands_above_menu(fold, lines, line)) {
            g_free(found);
            return g_steal_pointer(&shown);
        }
    }
    if (!found) {
        g_autoptr(GPtrArray) others = likely_titles(page);
        found = best_heading(others, names, 0.7, true);
        /* the name of the section, which <title> has too */
        if (found && names_section(found, lines)) {
            if (!shown)
                shown = article_title_by_looks(lines, &names->parts, style, &score, &line);
            if (shown && score >= LIKELY)
                g_clear_pointer(&found, g_free);
        }
        if (!found && shown && score >= LIKELY && !og && !linked->headline)
            return g_steal_pointer(&shown);
    }
    if (!found && linked->headline)
        found = text_squeeze(linked->headline, -1);
    if (!found && og && !(names->site && g_str_equal(names->og, names->site)))
        found = names->site ? without_site(og, names) : longest_part(og, NULL);
    if (found)
        return found;
    if (!shown)
        shown = article_title_by_looks(lines, &names->parts, style, &score, &line);
    g_autofree char *part = whole && *whole ? longest_part(whole, names->site) : NULL;
    /* "Welcome" is no title; what tells more gives way only to what looks very much like one */
    bool generic = !part || features_text_weight(part, NULL) < TELLING;
    double least = generic ? 0 : is_shown(names, lines) ? CLEARLY : LIKELY;
    if (shown && score >= least)
        return g_steal_pointer(&shown);
    if (whole && *whole)
        found = leading_line(page, whole);
    if (!found && part && strlen(part) >= 6)
        found = g_steal_pointer(&part);
    if (!found)
        found = first_heading(page, names);
    if (!found && shown)
        return g_steal_pointer(&shown);
    if (!found && whole && *whole)
        found = g_strdup(whole);
    return found;
}

/*
 * A heading without the kicker that stands in it in an element of its own, where <title> has what
 * is left; NULL if it has none.
 */
static char *
without_kicker(struct page *page, const char *title, const struct title_parts *parts)
{
    g_autoptr(GPtrArray) headings = page_elements(page, "h1");
    for (guint i = 0; i < headings->len && i < 3; i++) {
        const xmlNode *heading = g_ptr_array_index(headings, i), *first = heading->children;
        while (first && first->type == XML_TEXT_NODE && xmlIsBlankNode(first))
            first = first->next;
        g_autofree char *whole = html_text(heading);
        if (!first || first->type != XML_ELEMENT_NODE || !g_str_equal(whole, title))
            continue;
        g_autofree char *kicker = html_text(first);
        if (!*kicker || !g_str_has_prefix(title, kicker) || strlen(kicker) * 2 > strlen(title))
            continue;
        g_autofree char *rest = g_strstrip(g_strdup(title + strlen(kicker)));
        g_autofree char *fold = folded(rest);
        for (guint n = 0; n < parts->folded->len; n++)
            if (g_str_equal(fold, g_ptr_array_index(parts->folded, n)))
                return g_steal_pointer(&rest);
    }
    return NULL;
}

char *
article_find_title(struct page *page, const struct linked_data *linked,
                   const struct article_lines *lines, const struct date_style *style)
{
    g_autofree char *standard = page_meta(page, "ArticleTitle");
    if (standard)
        return g_steal_pointer(&standard);
    g_autoptr(GPtrArray) nodes = page_elements(page, "title");
    g_autofree char *whole = NULL;
    for (guint i = 0; i < nodes->len && i < MAX_HEADINGS && !whole; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        whole = node->parent && node_is(node->parent, "svg g symbol path")
                    ? NULL
                    : html_text_start(node, MAX_NAME);
    }
    g_autofree char *og = page_meta(page, "og:title twitter:title headline");
    g_autofree char *site = page_meta(page, "og:site_name application-name");
    struct names names = {
        folded(whole), folded(og), folded(linked->headline), folded(site), {parts_of(whole)}};
    names.parts.whole = names.title;
    if (!names.site)
        names.site = g_strdup(site_by_place(&names.parts, lines));
    names.parts.site = names.site;
    char *title = find(page, linked, whole, og, &names, lines, style);
    char *shorter = title ? without_kicker(page, title, &names.parts) : NULL;
    if (shorter) {
        g_free(title);
        title = shorter;
    }
    g_free(names.title);
    g_free(names.og);
    g_free(names.headline);
    g_free(names.site);
    g_ptr_array_unref(names.parts.folded);
    return title;
}
