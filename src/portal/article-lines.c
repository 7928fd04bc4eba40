/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lines of a page are an article's title, its trail, and the beginning of its text. */
#include "config.h"

#include "portal/article-parts.h"
#include "portal/features.h"
#include "text/fold.h"

#include <string.h>

/*
 * What is prose, by weight: a long line, or a shorter one that ends like a sentence; titles may be
 * as long, but stand out.
 */
#define PROSE_LONG  150
#define PROSE_SHORT 50
#define PROSE_BOLD  250 /* where it stands out in one way, as leads do too */
#define PROSE_LOUD  400 /* in two */
/* the share of a body's text above its prose, in percent; where it is more, the body is a table */
#define MOST_ABOVE 30
#define SENTENCE   30 /* the shortest one in a lead */

static bool
is_sentence(const char *text)
{
    static const char *const ends[] = {".", "!",  "?", "…", "。", "！", "？", ":", "：",
                                       ";", "；", "؟", "।", "\"", "”",  "»",  "」"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(text, ends[i]))
            return true;
    return false;
}

/* In how many ways a line stands out among the others of the body. */
static guint
loudness(const struct article_lines *l, const struct line *line)
{
    return (line->heading ? 2 : 0) + (line->centred && !l->usual.centred) +
           (line->bold && !l->usual.bold) + (line->size >= l->usual.size + 2);
}

#define LONG_TITLE_GAP 4 /* lines between a title and the text */

/*
 * Whether a line that is long enough for prose is a long title: no sentence, and sentences follow.
 */
static bool
is_long_title(const struct article_lines *l, guint index)
{
    const struct line *line = lines_at(l->all, index), *next = line + 1;
    if (line->weight < PROSE_LONG || line->weight >= PROSE_LOUD)
        return false;
    guint at = index + 1; /* below date, source and trail */
    for (; at < l->end && at <= index + LONG_TITLE_GAP && next->weight < PROSE_SHORT; at++)
        next++;
    if (at >= l->end || next->dropped || next->weight < PROSE_LONG ||
        next->linked * 2 > next->weight)
        return false;
    g_autofree char *text = lines_text(line), *below = lines_text(next);
    return !is_sentence(text) && is_sentence(below);
}

/* How most of the text between two lines looks. */
static void
find_usual(struct article_lines *l)
{
    guint64 all = 0, bold = 0, centred = 0, sized = 0;
    guint8 size = 0;
    for (guint i = l->first; i < l->end; i++) {
        const struct line *line = lines_at(l->all, i);
        all += line->weight;
        bold += line->bold ? line->weight : 0;
        centred += line->centred ? line->weight : 0;
        /* the size that is left when others have outvoted each other */
        if (line->size == size)
            sized += line->weight;
        else if (sized > line->weight)
            sized -= line->weight;
        else {
            size = line->size;
            sized = line->weight - sized;
        }
    }
    l->usual.bold = bold * 2 > all;
    l->usual.centred = centred * 2 > all;
    l->usual.size = size ? size : LINES_USUAL_SIZE;
}

static bool
is_prose(const struct article_lines *l, const struct line *line)
{
    if (line->dropped || line->weight < PROSE_SHORT || line->linked * 2 > line->weight)
        return false;
    guint loud = loudness(l, line);
    if (loud && line->weight < (loud > 1 ? PROSE_LOUD : PROSE_BOLD))
        return false;
    if (line->weight >= PROSE_LONG)
        return true;
    g_autofree char *text = lines_text(line);
    return is_sentence(text);
}

static guint
plain_weight(const struct line *line)
{
    return line->dropped ? 0 : line->weight - line->linked;
}

/* The first line of prose from a line on. */
static void
find_text(struct article_lines *l, guint from)
{
    guint64 all = 0, above = 0;
    for (guint i = from; i < l->end; i++)
        all += plain_weight(lines_at(l->all, i));
    for (guint i = from; i < l->end && above * 100 <= all * MOST_ABOVE; i++) {
        if (is_prose(l, lines_at(l->all, i)) && !is_long_title(l, i)) {
            l->text = i;
            break;
        }
        above += plain_weight(lines_at(l->all, i));
    }
}

void
article_lines_read(struct page *page, const GPtrArray *bodies, struct article_lines *out)
{
    *out = (struct article_lines){.all = lines_of(page_root(page))};
    guint none = out->all->len;
    out->first = out->text = out->end = out->body = out->title = out->below = none;
    if (!bodies || !bodies->len)
        return;
    const xmlNode *last = g_ptr_array_index(bodies, bodies->len - 1), *after = lines_past(last);
    out->first = lines_find(out->all, g_ptr_array_index(bodies, 0), 0);
    out->end = after ? lines_find(out->all, after, out->first) : none;
    out->body = out->end;
    out->text = out->first;
    find_usual(out);
    find_text(out, out->first);
}

/* Whether a line, and those after it within its block, show a title; how many do. */
static guint
shows(const struct article_lines *l, guint index, const char *folded, guint weight)
{
    GString *text = g_string_new(NULL);
    guint count = 0, sum = 0;
    bool equal = false;
    for (guint i = index; i < l->all->len && sum < weight && count < 6; i++, count++) {
        const struct line *line = lines_at(l->all, i);
        if (line->block != lines_at(l->all, index)->block)
            break;
        g_autofree char *piece = lines_text(line);
        g_string_append_printf(text, "%s%s", text->len ? " " : "", piece);
        sum += line->weight;
    }
    if (sum >= weight && sum < weight * 2 + 20) {
        g_autofree char *fold = text_fold(text->str);
        equal = strstr(g_strstrip(fold), folded) != NULL;
    }
    g_string_free(text, TRUE);
    return equal ? count : 0;
}

#define SAME_TITLE 8 /* lines between two that show the title, with date and source between them */

static void
find_title(struct article_lines *l, const char *title)
{
    g_autofree char *folded = text_fold(title);
    guint weight = features_text_weight(g_strstrip(folded), NULL), none = l->all->len;
    l->title = l->below = none;
    for (guint i = weight ? l->text : 0; i-- > 0;) {
        if (l->title < none && i + SAME_TITLE < l->title)
            break;
        const struct line *line = lines_at(l->all, i);
        bool step = i >= l->trail.first && i < l->trail.first + l->trail.count;
        /* a link of this name leads to the title from elsewhere */
        bool leads = line->linked * 2 > line->weight && !line->heading;
        guint count = step || leads || line->weight > weight * 2 + 20 ? 0
                                                                      : shows(l, i, folded, weight);
        if (!count)
            continue;
        if (l->below == none)
            l->below = i + count;
        l->title = i;
    }
}

#define HOME_ABOVE 15 /* lines above the text */

/* A link home that stands alone above the text is a trail of one step. */
static void
find_home(struct article_lines *l)
{
    for (guint i = l->text < l->end ? l->text : 0, seen = 0; i-- > 0 && seen < HOME_ABOVE; seen++) {
        const struct line *line = lines_at(l->all, i);
        if (line->links != 1 || line->linked != line->weight)
            continue;
        g_autofree char *text = lines_text(line);
        if (trail_is_home(text) && !lines_at(l->all, i + 1)->links)
            l->trail = (struct trail){.first = i, .count = 1};
        return;
    }
}

void
article_lines_find(struct page *page, const char *title, struct article_lines *l)
{
    /* which of its steps is the page itself is known by the title only */
    guint from = l->trail.count ? l->trail.first : 0;
    bool linked = l->text < l->end && lines_at(l->all, l->text)->links;
    trail_find(page, l->all, from, l->text + linked, title, &l->trail);
    if (!l->trail.count)
        find_home(l);
    /* the last of its lines, right above the text, is the title itself */
    if (title && l->trail.count > 1 && l->trail.first + l->trail.count == l->text)
        l->trail.count--;
    guint below = l->trail.first + l->trail.count;
    if (l->trail.count && below > l->text && below < l->end) /* with a long title at its end */
        find_text(l, l->text = below);
    if (title && l->text < l->all->len)
        find_title(l, title);
}

/* Whether sentences stand between two lines, as in a lead above a title. */
static bool
holds_sentences(const struct article_lines *l, guint from, guint to)
{
    for (guint i = from; i < to; i++) {
        const struct line *line = lines_at(l->all, i);
        if (line->dropped || line->weight < SENTENCE || line->linked * 2 > line->weight)
            continue;
        g_autofree char *text = lines_text(line);
        if (is_sentence(text))
            return true;
    }
    return false;
}

#define LABELS 5 /* lines at the end of which labelled ones are no text */

void
article_lines_cut(struct article_lines *l)
{
    guint above = l->title < l->all->len ? l->below : l->first;
    if (l->title < l->all->len && holds_sentences(l, l->first, l->title))
        above = l->first;
    for (guint i = l->first; i < l->text; i++) {
        bool trail = i >= l->trail.first && i < l->trail.first + l->trail.count;
        if (i < above || trail)
            lines_remove(lines_at(l->all, i));
    }
    for (guint i = above; i < l->text && l->title < l->all->len; i++) {
        g_autofree char *text = i < l->first ? NULL : lines_text(lines_at(l->all, i));
        if (text && (article_is_labelled(text) || article_is_bare_date(text)))
            lines_remove(lines_at(l->all, i));
    }
    for (guint i = MAX(above, l->first); i < l->end; i++)
        if (lines_is_controls(lines_at(l->all, i)))
            lines_remove(lines_at(l->all, i));
    for (guint i = l->end; i < l->body; i++)
        lines_remove(lines_at(l->all, i));
    bool below = false; /* a labelled line stands below */
    for (guint i = l->end; i-- > l->text + 1 && i + LABELS > l->end;) {
        g_autofree char *text = lines_text(lines_at(l->all, i));
        /* "(Author: …)" is how a text itself is signed */
        bool signature = *text == '(' || g_str_has_prefix(text, "（");
        bool labelled = *text && !signature && article_is_labelled(text);
        if (labelled || (below && article_is_bare_date(text)))
            lines_remove(lines_at(l->all, i));
        else if (*text && !lines_at(l->all, i)->dropped)
            break;
        below |= labelled;
    }
    if (l->box)
        features_of(l->box)->dropped = true;
}

void
article_lines_clear(struct article_lines *l)
{
    g_clear_pointer(&l->all, g_array_unref);
    g_clear_pointer(&l->trail.section, g_free);
}
