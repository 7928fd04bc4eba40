/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where an article ends in its body, by the form of what follows: another article that begins like
 * it, as pages that scroll without end have; comments, each with a name and a time; a form to write
 * one; a list of links, dated or named; a call that stands out, with a link to follow it; a box on
 * the author below a bar of buttons; links to the articles before and after it.
 */
#include "config.h"

#include "portal/article-parts.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/attachments.h"
#include "portal/features.h"

#include <string.h>

#define LEAST_TEXT  150 /* weight of prose before anything is taken for the end */
#define NAME_WEIGHT 40  /* the longest name of somebody who comments */

static struct line *
at(const struct article_lines *l, guint index)
{
    return lines_at(l->all, index);
}

/* A line that is a date and next to nothing else; timed: with the time of the day. */
static bool
is_date_line(const struct line *line, bool timed, const struct article_options *o)
{
    if (line->weight < 5 || line->weight > 60)
        return false;
    g_autofree char *text = lines_text(line);
    struct date date;
    gsize start, end;
    return date_find(text, &o->dates, &date, &start, &end) &&
           strlen(text) - (end - start) < (timed ? 16 : 40) &&
           (!timed || date.precision >= DATE_MINUTE);
}

static bool
ends_sentence(const struct line *line)
{
    static const char *const ends[] = {".", "!", "?", "…", ":", "。", "！", "？", "：", "؟", "।"};
    g_autofree char *text = lines_text(line);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(text, ends[i]))
            return true;
    return false;
}

static bool
same_class(const xmlNode *a, const xmlNode *b)
{
    g_autofree char *of_a = html_attribute(a, "class"), *of_b = html_attribute(b, "class");
    return xmlStrEqual(a->name, b->name) && !g_strcmp0(of_a, of_b);
}

/* --- another article -------------------------------------------------------------------- */

/* Whether a date stands below a title; near: right below. */
static bool
date_follows(const struct article_lines *l, guint index, bool near, const struct article_options *o)
{
    for (guint i = index + 1; i < l->body && i <= index + (near ? 1 : 3); i++)
        if (is_date_line(at(l, i), false, o))
            return true;
    return false;
}

/*
 * A heading like that of the title, and a date below it; where the title is no heading, all that
 * must be alike.
 */
static bool
begins_another(const struct article_lines *l, guint index, const struct article_options *o)
{
    const struct line *title = at(l, l->title), *line = at(l, index);
    if (line->heading != title->heading || line->dropped || !same_class(line->block, title->block))
        return false;
    if (line->heading)
        return date_follows(l, index, false, o);
    g_autofree char *class = html_attribute(line->block, "class");
    return class && line->weight < NAME_WEIGHT * 4 && date_follows(l, l->below - 1, true, o) &&
           date_follows(l, index, true, o) && !is_date_line(line, false, o);
}

/* --- comments --------------------------------------------------------------------------- */

#define COMMENTS 3 /* that many times after names are comments */

/* A time, and a name before it. */
static bool
begins_comment(const struct article_lines *l, guint index, const struct article_options *o)
{
    const struct line *line = at(l, index), *name = at(l, index - 1);
    return is_date_line(line, true, o) && name->weight <= NAME_WEIGHT && !name->heading &&
           !ends_sentence(name);
}

/* The innermost element that holds both. */
static const xmlNode *
common(const xmlNode *a, const xmlNode *b)
{
    g_autoptr(GHashTable) around = g_hash_table_new(NULL, NULL);
    for (; a; a = a->parent)
        g_hash_table_add(around, (gpointer)a);
    while (b && !g_hash_table_contains(around, b))
        b = b->parent;
    return b;
}

static guint
depth_of(const xmlNode *node)
{
    guint depth = 0;
    for (; node; node = node->parent)
        depth++;
    return depth;
}

/* Whether the text is one of the posts itself, as in a forum: its date stands where theirs do. */
static bool
is_post(const struct article_lines *l, const xmlNode *first, const xmlNode *second,
        const struct article_options *o)
{
    for (guint i = l->first; i < l->text; i++)
        if (same_class(first, at(l, i)->block) && is_date_line(at(l, i), true, o) &&
            depth_of(first) == depth_of(at(l, i)->block) &&
            common(first, second) == common(first, at(l, i)->block))
            return true;
    return false;
}

static guint
find_comments(const struct article_lines *l, const struct article_options *o)
{
    guint start = l->end, count = 0;
    const xmlNode *first = NULL, *second = NULL;
    for (guint i = l->text + 2; i < l->end; i++) {
        if (!begins_comment(l, i, o) || (first && !same_class(first, at(l, i)->block)))
            continue;
        if (!first) {
            first = at(l, i)->block;
            start = i - 1;
        } else if (!second) {
            second = at(l, i)->block;
        }
        count++;
    }
    return count >= COMMENTS && !is_post(l, first, second, o) ? start : l->end;
}

/* The outermost element around a form to write in that does not hold the text; NULL for none. */
static const xmlNode *
writing_box(const struct article_lines *l)
{
    if (l->end <= l->text) /* a list of others was all there is */
        return NULL;
    const xmlNode *text = at(l, l->text)->first, *last = at(l, l->end - 1)->last;
    const xmlNode *area = NULL;
    for (const xmlNode *n = text; n && !area; n = node_next(n, NULL)) {
        if (node_is(n, "textarea"))
            area = n;
        if (n == last)
            break;
    }
    if (!area)
        return NULL;
    g_autoptr(GHashTable) around = g_hash_table_new(NULL, NULL);
    for (const xmlNode *n = text; n; n = n->parent)
        g_hash_table_add(around, (gpointer)n);
    while (area->parent && !g_hash_table_contains(around, area->parent))
        area = area->parent;
    return area;
}

/* --- links -------------------------------------------------------------------------------- */

#define LINKS       3
#define MANY_LINKS  30  /* that many are a list of others without dates, too … */
#define LONG_TEXT   600 /* … below a text of some weight */
#define LINK_WEIGHT 15  /* the shortest title of another article */
#define LABEL_MOST  40  /* the longest source, section or label between them */

static bool
holds_document(const struct line *line)
{
    for (const xmlNode *n = line->first; n; n = node_next(n, NULL)) {
        for (const xmlNode *up = n; up && up != line->block; up = up->parent)
            if (node_is(up, "a"))
                return attachments_is_document(up);
        if (n == line->last)
            break;
    }
    return false;
}

/*
 * A line that names what follows: "Hot news".  One that neither stands out nor ends with a colon is
 * as likely the signature of the text above.
 */
static bool
is_label(const struct article_lines *l, const struct line *line)
{
    g_autofree char *text = lines_text(line);
    if (g_str_has_suffix(text, ":") || g_str_has_suffix(text, "："))
        return line->weight < LABEL_MOST / 2 && !line->links && !line->dropped;
    bool loud = line->heading || (line->bold && !l->usual.bold) || line->size > l->usual.size;
    return loud && *text != '*' && *text != '(' && line->weight <= LABEL_MOST && !line->links &&
           !line->dropped && !ends_sentence(line);
}

#define DATE_WEIGHT 20 /* the longest date beside a link */

/* "Market hall opens again (2019-04-02)": a link and its date. */
static bool
is_dated_link(const struct line *line, const struct article_options *o)
{
    if (line->links != 1 || line->linked < LINK_WEIGHT ||
        line->weight - line->linked > DATE_WEIGHT || holds_document(line))
        return false;
    struct date date;
    g_autofree char *text = lines_text(line);
    return date_find(text, &o->dates, &date, NULL, NULL);
}

/*
 * Where a list of other articles begins, which ends the body: links that are whole lines, with
 * dates or sources between them, that no sentence announces.
 */
static guint
find_links(const struct article_lines *l, const struct article_options *o)
{
    guint first = l->end, links = 0, dates = 0, others = 0;
    for (guint i = l->end; i-- > l->text + 1;) {
        const struct line *line = at(l, i);
        if (line->dropped)
            continue;
        if (line->links && line->linked * 10 >= line->weight * 8 && line->weight >= LINK_WEIGHT &&
            !holds_document(line)) {
            links++;
            first = i;
        } else if (is_dated_link(line, o)) {
            links++;
            dates++;
            first = i;
        } else if (is_date_line(line, false, o)) {
            dates++;
            first = i;
        } else if (line->weight > LABEL_MOST || ends_sentence(line) || holds_document(line)) {
            break;
        } else if (!others && !dates && links >= LINKS) {
            break; /* what they are is said above them */
        } else {
            others++;
        }
    }
    guint64 text = 0;
    for (guint i = l->text; i < first; i++)
        text += at(l, i)->weight;
    bool dated = links >= LINKS && dates + 1 >= links;
    if (links >= LINKS && !others && !dates && text >= 2 * LEAST_TEXT &&
        is_label(l, at(l, first - 1)))
        return first - 1;
    if (!dated && (links < MANY_LINKS || others || text < LONG_TEXT))
        return l->end;
    bool announced = ends_sentence(at(l, first - 1)) && at(l, first - 1)->weight >= LABEL_MOST;
    g_autofree char *before = lines_text(at(l, first - 1));
    if (announced && (g_str_has_suffix(before, ":") || g_str_has_suffix(before, "：")))
        return l->end;
    return is_label(l, at(l, first - 1)) ? first - 1 : first;
}

/* --- a call ------------------------------------------------------------------------------- */

#define CALL_MOST 300 /* weight */

/* Where a call to do something begins: lines that stand out, and a short link below them. */
static guint
find_call(const struct article_lines *l)
{
    guint last = l->end;
    while (last > l->text + 2 && at(l, last - 1)->dropped)
        last--;
    const struct line *link = last > l->text + 2 ? at(l, last - 1) : NULL;
    if (!link || link->linked * 10 < link->weight * 8 || link->weight > LABEL_MOST ||
        holds_document(link))
        return l->end;
    guint first = last - 1;
    for (guint i = last - 1; i-- > l->text + 1;) {
        const struct line *line = at(l, i);
        bool loud = (line->bold && !l->usual.bold) || line->size > l->usual.size;
        if (!loud || line->heading || line->weight > CALL_MOST || !ends_sentence(line) ||
            node_is(line->block, "li td p"))
            break;
        first = i;
    }
    return first < last - 1 ? first : l->end;
}

/* --- what stands below a bar of tags and buttons ------------------------------------------ */

#define BAR_LINES   3   /* of what is no part of any article */
#define BELOW_MOST  400 /* weight of what stands below it … */
#define BELOW_SHARE 25  /* … and its share of the text, in percent */

/*
 * A box on the author or the paper: it begins with its name, a link, right below a bar of tags and
 * buttons, and is short beside the text.
 */
static guint
find_box(const struct article_lines *l)
{
    guint64 below = 0, text = 0;
    for (guint i = l->text; i < l->end; i++)
        text += at(l, i)->dropped ? 0 : at(l, i)->weight;
    guint begin = l->end;
    for (guint i = l->end; i-- > l->text + 1 && below < BELOW_MOST;) {
        if (at(l, i)->dropped) {
            guint bar = 0;
            while (bar < BAR_LINES && i > l->text + bar && at(l, i - bar)->dropped)
                bar++;
            const struct line *name = begin < l->end ? at(l, begin) : NULL;
            bool named = name && name->links && name->linked == name->weight &&
                         name->weight < LABEL_MOST * 2 && !holds_document(name);
            return bar == BAR_LINES && named && below < BELOW_MOST &&
                           below * 100 < text * BELOW_SHARE
                       ? begin
                       : l->end;
        }
        below += at(l, i)->weight;
        begin = i;
    }
    return l->end;
}

/* --- the foot of the page ------------------------------------------------------------------ */

#define FOOT_MOST  300 /* weight of all that stands below, and half as much for a line of it */
#define FOOT_LINES 12

/* "All rights reserved" and what stands around it, where a body holds the foot of its page. */
static guint
find_foot(const struct article_lines *l)
{
    guint found = l->end, weight = 0;
    for (guint i = l->end; i-- > l->text + 1 && i + FOOT_LINES >= l->end && weight < FOOT_MOST;) {
        g_autofree char *text = lines_text(at(l, i));
        weight += at(l, i)->weight;
        if (article_is_stop(text) && at(l, i)->block != at(l, i - 1)->block)
            found = i;
        else if (at(l, i)->weight > FOOT_MOST / 2 || at(l, i)->links)
            break;
    }
    return found;
}

/* --- neighbours --------------------------------------------------------------------------- */

#define NO_NEIGHBOUR 24 /* weight of "Next: none" */
#define NEIGHBOURS   4  /* lines at the end among which they are */

/* "Previous: Market hall opens", "下一篇：没有了" */
static bool
is_neighbour(const struct line *line)
{
    static GRegex *regex;
    if (line->weight > CALL_MOST || (!line->links && line->weight > NO_NEIGHBOUR))
        return false;
    g_autofree char *text = lines_text(line);
    return g_regex_match(
        regex_once(
            &regex,
            "^\\W*(?:上一?[篇条页则]|下一?[篇条页则]|前一篇|后一篇|"
            "(?:(?:previous|prev|next|newer|older)(?: (?:article|page|post|news|item|story))?|"
            "предыдущ(?:ая|ий|ее)(?: \\w+)?|следующ(?:ая|ий|ее)(?: \\w+)?|попередн(?:я|ій)(?: \\w+)?|наступн(?:а|ий)(?: \\w+)?|"
            "vorherige[rs]?(?: \\w+)?|nächste[rs]?(?: \\w+)?|précédente?|suivante?|anterior|siguiente|próxim[ao]|seguinte|"
            "precedente|successiv[ao]|poprzedni[ae]?|następn[ya]e?|předchozí|další|vorige|volgende|forrige|neste|"
            "이전\\s?글|다음\\s?글)\\s*(?:[:：]|$))"),
        text, 0, NULL);
}

static guint
find_neighbours(const struct article_lines *l)
{
    guint found = l->end;
    for (guint i = l->end, seen = 0; i-- > l->text + 1 && seen < NEIGHBOURS; seen++)
        if (is_neighbour(at(l, i)))
            found = i;
        else if (at(l, i)->weight > FOOT_MOST / 2)
            break;
    return found;
}

/* --- controls ----------------------------------------------------------------------------- */

#define SENTENCE 50 /* weight of a short paragraph */

/* Whether a line goes on with the text: a sentence in an element beside that of its first one. */
static bool
goes_on(const struct article_lines *l, const struct line *line)
{
    const xmlNode *block = at(l, l->text)->block;
    return line->weight >= SENTENCE && !line->links && line->block != block &&
           line->block->parent == block->parent && xmlStrEqual(line->block->name, block->name) &&
           ends_sentence(line);
}

/*
 * "[Print] [Close]" ends a text, where nothing but a short foot of the page follows; below what
 * votes in a poll amid a text it goes on.
 */
static guint
find_controls(const struct article_lines *l)
{
    guint weight = 0;
    for (guint i = l->end; i-- > l->text + 1 && weight < FOOT_MOST;) {
        if (lines_is_controls(at(l, i)))
            return i;
        if (at(l, i)->weight > FOOT_MOST / 2 || goes_on(l, at(l, i)))
            break;
        weight += at(l, i)->weight;
    }
    return l->end;
}

/* ------------------------------------------------------------------------------------------ */

void
article_lines_end(struct article_lines *l, const struct article_options *o)
{
    if (l->text >= l->end)
        return;
    guint end = l->end;
    guint64 text = 0;
    for (guint i = l->text; i < l->end && l->title < l->text; i++) {
        if (text >= LEAST_TEXT && begins_another(l, i, o)) {
            end = i;
            break;
        }
        text += at(l, i)->weight - at(l, i)->linked;
    }
    l->end = end;
    l->end = find_foot(l);
    l->end = MIN(l->end, find_comments(l, o));
    l->end = MIN(l->end, find_links(l, o));
    l->end = MIN(l->end, find_call(l));
    l->end = MIN(l->end, find_box(l));
    l->end = MIN(l->end, find_neighbours(l));
    l->end = MIN(l->end, find_controls(l));
    const xmlNode *box = writing_box(l);
    text = 0;
    for (guint i = l->text; i < l->end; i++)
        text += at(l, i)->weight - at(l, i)->linked;
    l->box = box && features_of(box) && features_of(box)->text < text ? box : NULL;
}
