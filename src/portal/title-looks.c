/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The title by how it looks, where no element says that it is one: the line above the text that
 * stands out by its size, weight or place, that <title> names too, or that a line of date and
 * source follows.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "portal/article-parts.h"
#include "portal/features.h"
#include "text/fold.h"

#include <string.h>

#define WINDOW       15  /* lines above the text that are looked at */
#define LEAST        2.5 /* what any one look gives to a line right above the text */
#define PLACE        2.5 /* what its place below the trail gives to a line */
#define PLACE_LAST   1.5 /* and right above the text, where there is no trail */
#define WEIGHT_LEAST 8   /* three Chinese characters */
#define MAX_INFO     240 /* bytes */
#define MENU_LINKS   4
#define TELLING      24 /* weight of a title that is more than a word or two */
#define WEIGHT_MOST  400

bool
article_is_labelled(const char *text)
{
    static GRegex *regex;
    return strlen(text) <= MAX_INFO &&
           g_regex_match(
               regex_once(
                   &regex,
                   "^[\\W\\d]*(?:来源|來源|信息来源|稿件来源|作者|发布时间|发布日期|时间|日期|字号|字体|浏览|点击|责任编辑|编辑|记者|"
                   "updated?|published|posted|date|source|author|editor|by|views|hits|"
                   "источник|автор|редактор|дата|опубликовано|просмотров|джерело|quelle|autor|von|stand|fuente|por|fonte|publié|"
                   "출처|작성자|작성일|등록일|조회)\\s*[:：(（]"),
               text, 0, NULL);
}

bool
article_is_bare_date(const char *text)
{
    guint digits = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        if (g_unichar_isalpha(g_utf8_get_char(p)))
            return false;
        digits += g_ascii_isdigit(*p);
    }
    return digits >= 5 && digits <= 14;
}

bool
article_is_info(const char *text, const struct date_style *style)
{
    gsize length = strlen(text), start, end;
    struct date date;
    if (!length || length > MAX_INFO)
        return false;
    if (date_find(text, style, &date, &start, &end) && start < 60 && length - (end - start) < 120)
        return true;
    return article_is_labelled(text);
}

static double
looks_of(const struct article_lines *l, const struct line *line)
{
    static const double of_headings[] = {0, 6, 5, 4, 3, 3, 3};
    int larger = line->size - l->usual.size;
    double by_size = larger >= 8 ? 4 : larger >= 2 ? 3 : larger > 0 ? 2 : 0;
    double score = MAX(of_headings[MIN(line->heading, 6)], by_size);
    if (line->bold && !line->heading && !l->usual.bold)
        score += 2;
    return score + (line->centred && !l->usual.centred ? 2 : 0);
}

#define BEGINNING 15 /* weight of a line that is more than a word at the beginning of a <title> */

/* Whether a line is a part of <title>, or its beginning, or the part that is the site's name. */
static bool
is_part(const struct title_parts *parts, const char *text, bool site)
{
    g_autofree char *fold = text_fold(text);
    g_strstrip(fold);
    if (site)
        return parts->site && g_str_equal(fold, parts->site);
    if (parts->whole && g_str_has_prefix(parts->whole, fold) &&
        features_text_weight(fold, NULL) >= BEGINNING)
        return true;
    for (guint i = 0; i < parts->folded->len; i++)
        if (g_str_equal(fold, g_ptr_array_index(parts->folded, i)))
            return true;
    return false;
}

/* Whether a line stands in another cell of the row in which the text stands: a menu, a teaser. */
static bool
is_beside(const struct line *line, GHashTable *around)
{
    for (const xmlNode *n = line->block; n && !g_hash_table_contains(around, n); n = n->parent)
        if (node_is(n, "td th") && g_hash_table_contains(around, n->parent))
            return true;
    return false;
}

/* "– How it came to that": what begins with a dash goes on from a title. */
static bool
is_subtitle(const char *text)
{
    return g_str_has_prefix(text, "- ") || g_str_has_prefix(text, "–") ||
           g_str_has_prefix(text, "—");
}

static bool
is_possible(const struct line *line, const char *text)
{
    return *text && !line->dropped && line->linked * 2 <= line->weight &&
           line->weight >= WEIGHT_LEAST && line->weight <= WEIGHT_MOST && !is_subtitle(text) &&
           !g_str_has_suffix(text, ":") && !g_str_has_suffix(text, "：") && !trail_is_home(text);
}

/* Whether a title goes on in the next line: "Notice on<br>bus routes". */
static bool
goes_on(const struct line *line, const struct line *next, const struct article_lines *l)
{
    return next->block == line->block && next->size == line->size && next->bold == line->bold &&
           next->heading == line->heading &&
           (line->size > l->usual.size || line->bold || line->heading) && !next->links &&
           lines_at(l->all, l->text) != next;
}

static char *
whole_text(const struct article_lines *l, guint index, const struct date_style *style)
{
    GString *text = g_string_new(NULL);
    for (guint i = index; i < l->text; i++) {
        g_autofree char *line = lines_text(lines_at(l->all, i));
        if (i > index && article_is_info(line, style))
            break;
        g_string_append_printf(text, "%s%s", text->len ? " " : "", line);
        if (i + 1 >= l->text || !goes_on(lines_at(l->all, i), lines_at(l->all, i + 1), l))
            break;
    }
    return g_string_free(text, FALSE);
}

static bool
is_step(const struct article_lines *l, guint index)
{
    return index >= l->trail.first && index < l->trail.first + l->trail.count;
}

/* What the trail calls the section; where it is no link it may be the page itself. */
static bool
is_section(const struct article_lines *l, guint index, const char *text)
{
    return (l->trail.linked || index < l->trail.first) && !g_strcmp0(text, l->trail.section);
}

/* Whether a line can be a title as far as its words tell. */
static bool
is_candidate(const struct article_lines *l, guint index, const struct title_parts *parts,
             GHashTable *around, const struct date_style *style)
{
    const struct line *line = lines_at(l->all, index);
    if (line->weight > WEIGHT_MOST || is_step(l, index) || is_beside(line, around))
        return false;
    g_autofree char *text = lines_text(line);
    return !article_is_info(text, style) && !is_section(l, index, text) &&
           is_possible(line, text) && !is_part(parts, text, true);
}

/*
 * The line that stands where a title does: the first of its own kind below the trail, or right
 * above that if the text follows it; l->all->len if the page has no trail.
 */
static guint
line_by_place(const struct article_lines *l, const struct title_parts *parts, GHashTable *around,
              const struct date_style *style)
{
    guint below = l->trail.first + l->trail.count;
    if (!l->trail.count || below > l->text || below + WINDOW < l->text)
        return l->all->len;
    for (guint i = below; i < l->text; i++)
        if (is_candidate(l, i, parts, around, style))
            return i;
    return l->trail.count && l->trail.first &&
                   is_candidate(l, l->trail.first - 1, parts, around, style)
               ? l->trail.first - 1
               : l->all->len;
}

char *
article_title_by_looks(const struct article_lines *l, const struct title_parts *parts,
                       const struct date_style *style, double *score, guint *line_of_it)
{
    guint best = *line_of_it = l->all->len;
    *score = 0;
    if (l->text >= l->all->len)
        return NULL;
    g_autoptr(GHashTable) around = g_hash_table_new(NULL, NULL);
    for (const xmlNode *n = lines_at(l->all, l->text)->block; n; n = n->parent)
        g_hash_table_add(around, (gpointer)n);
    guint placed = line_by_place(l, parts, around, style);
    bool info_follows = false;
    guint links = 0; /* between a line and the text, but for the trail */
    for (guint i = l->text, seen = 0; i-- > 0 && seen < WINDOW;) {
        const struct line *line = lines_at(l->all, i);
        if (is_step(l, i) || line->weight > WEIGHT_MOST || is_beside(line, around))
            continue;
        links += line->links;
        if (links >= MENU_LINKS && best < l->all->len)
            break; /* what stands above a menu is the site's */
        /* "News" above the trail names what the line below it is a part of */
        if (i < l->trail.first && placed < l->all->len && placed > l->trail.first &&
            line->weight < TELLING && lines_at(l->all, placed)->weight >= TELLING)
            continue;
        g_autofree char *text = lines_text(line);
        bool info = article_is_info(text, style);
        if (is_candidate(l, i, parts, around, style)) {
            double points = looks_of(l, line) + (is_part(parts, text, false) ? 5 : 0) +
                            (info_follows ? 2 : 0) + (i == placed ? PLACE : 0) +
                            (placed == l->all->len && i + 1 == l->text ? PLACE_LAST : 0) +
                            (seen < 3 ? 1 : 0) - 0.25 * seen;
            if (points >= LEAST && points > *score) {
                *score = points;
                best = i;
            }
        }
        info_follows = info;
        seen++;
    }
    if (best == l->all->len)
        return NULL;
    while (best > 0 && lines_at(l->all, best - 1)->block == lines_at(l->all, best)->block) {
        g_autofree char *above = lines_text(lines_at(l->all, best - 1));
        if (!goes_on(lines_at(l->all, best - 1), lines_at(l->all, best), l) ||
            !is_possible(lines_at(l->all, best - 1), above) || article_is_info(above, style))
            break;
        best--;
    }
    *line_of_it = best;
    return whole_text(l, best, style);
}
