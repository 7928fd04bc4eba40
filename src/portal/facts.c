/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page says of its article beside title and body: section, date, source, author,
 * labelled facts.  Dates are taken from labelled places and from near the title, never
 * from prose.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/article-parts.h"
#include "portal/features.h"
#include "text/fold.h"

#include <string.h>

/* --- section ---------------------------------------------------------------------- */

/* Whether class or id say that an element shows where the page stands in its portal. */
static bool
is_trail(const xmlNode *node)
{
    static const char *const words[] = {"position", "crumb", "location", "weizhi", "dqwz", "curmb"};
    static const char *const of_ids[] = {"position", "crumb"};
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        bool is_id = !strcmp((const char *)attr->name, "id");
        const char *value = attr->children ? (const char *)attr->children->content : NULL;
        if (!value || (!is_id && strcmp((const char *)attr->name, "class")))
            continue;
        for (size_t i = 0; i < (is_id ? G_N_ELEMENTS(of_ids) : G_N_ELEMENTS(words)); i++)
            if (strstr(value, is_id ? of_ids[i] : words[i]))
                return true;
    }
    return false;
}

#define MAX_STEPS 8   /* links: what is called a position and has more is a menu */
#define MAX_TRAIL 400 /* weight of text: what has more holds a page */

/* The last link in an element that is called a trail, or its last part. */
static char *
section_in(const xmlNode *trail, const char *title)
{
    g_autofree char *section = NULL;
    guint links = 0;
    for (const xmlNode *n = trail; n; n = node_next(n, trail)) {
        if (!node_is(n, "a"))
            continue;
        if (++links > MAX_STEPS)
            return NULL;
        g_autofree char *text = html_text(n);
        if (!*text || trail_is_home(text) || (title && g_str_equal(text, title)))
            continue;
        g_free(section);
        section = g_steal_pointer(&text);
    }
    if (section)
        return g_steal_pointer(&section);
    g_autofree char *text = html_text(trail);
    static GRegex *sign;
    g_auto(GStrv) parts = g_regex_split(regex_once(&sign, "\\s*(?:>>|>|»|›|＞|→)\\s*"), text, 0);
    for (guint n = g_strv_length(parts); n-- > 1;)
        if (*parts[n] && (!title || !g_str_equal(parts[n], title)))
            return g_strdup(parts[n]);
    return NULL;
}

char *
article_find_section(struct page *page, const char *title, const struct article_lines *lines)
{
    g_autofree char *standard = page_meta(page, "ColumnName article:section lanmu");
    if (standard)
        return g_steal_pointer(&standard);
    if (lines->trail.count && lines->trail.section)
        return g_strdup(lines->trail.section);
    g_autoptr(GPtrArray) nodes = page_elements(page, "div p ul ol nav td span");
    for (guint i = 0; i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        if (!is_trail(node))
            continue;
        g_autofree char *text = html_text(node);
        char *section = features_text_weight(text, NULL) <= MAX_TRAIL ? section_in(node, title)
                                                                      : NULL;
        if (section)
            return section;
    }
    return NULL;
}

/* --- dates, source, author --------------------------------------------------------- */

/* A node's own text, and a line break before blocks; false when it adds no text. */
static bool
append_text(GString *to, const xmlNode *node, char **text)
{
    if (node->type == XML_ELEMENT_NODE &&
        node_is(node, "p div li td tr br h1 h2 h3 span publishtime ucaptitle"))
        g_string_append_c(to, node_is(node, "span") ? ' ' : '\n');
    if (node->type != XML_TEXT_NODE || !node->parent ||
        node_is(node->parent, "script style title option"))
        return false;
    *text = text_squeeze((const char *)node->content, -1);
    if (**text) {
        g_string_append(to, *text);
        g_string_append_c(to, ' ');
    }
    return true;
}

/* The first lines within the body. */
static char *
text_head(const xmlNode *body)
{
    GString *head = g_string_new(NULL);
    for (const xmlNode *node = body; node && head->len < 400; node = node_next(node, body)) {
        g_autofree char *text = NULL;
        append_text(head, node, &text);
    }
    return g_string_free(head, FALSE);
}

#define CLOCK_NODES 30

/* Whether an element's class or id may name a clock: asked of each before the pattern is. */
static bool
may_be_clock(const xmlNode *node)
{
    static const char *const stems[] = {"today", "clock", "weather", "date"};
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *value = attr->children ? (const char *)attr->children->content : NULL;
        bool names = g_str_equal((const char *)attr->name, "class") ||
                     g_str_equal((const char *)attr->name, "id");
        for (size_t i = 0; names && value && i < G_N_ELEMENTS(stems); i++)
            if (strcasestr(value, stems[i]))
                return true;
    }
    return false;
}

/* What shows the day on which one looks at the page. */
static bool
is_clock(const xmlNode *node)
{
    static GRegex *regex;
    if (node->type != XML_ELEMENT_NODE || !may_be_clock(node))
        return false;
    regex_once(&regex,
               "(?:^|[^a-z])(?:today|clock|weather|current-?date|now-?date|date-?now)(?:[^a-z]|$)");
    if (!node_matches(node, regex))
        return false;
    guint seen = 0;
    for (const xmlNode *inner = node; inner && seen <= CLOCK_NODES; inner = node_next(inner, node))
        seen++;
    return seen <= CLOCK_NODES;
}

/* The text from one node to another, in document order: where pages print date and source. */
static char *
text_between(const xmlNode *from, const xmlNode *to, const char *title)
{
    GString *all = g_string_new(NULL);
    gsize after_title = 0;
    for (const xmlNode *node = from, *next; node && node != to; node = next) {
        bool clock = is_clock(node);
        next = clock ? lines_past(node) : node_next(node, NULL);
        if (clock)
            continue;
        g_autofree char *text = NULL;
        if (!append_text(all, node, &text) || !*text)
            continue;
        if (title && g_str_equal(text, title) && !node_is(node->parent, "a"))
            after_title = all->len;
    }
    char *result = g_strdup(all->str + after_title);
    g_string_free(all, TRUE);
    return result;
}

char *
article_text_above(const struct page *page, const xmlNode *body)
{
    return text_between(page_root(page), body, NULL);
}

/* The text above the body, below the title if that stands there. */
static char *
text_before(struct page *page, const xmlNode *body, const char *title,
            const struct article_lines *l)
{
    if (l->title == l->all->len)
        return text_between(page_root(page), body, title);
    /* a body may begin above the title, or below it */
    const xmlNode *to = l->below <= l->first ? body : lines_at(l->all, l->text)->first;
    return text_between(node_next(lines_at(l->all, l->title)->last, NULL), to, NULL);
}

#define LINES_AROUND_END 4

/* The labelled ones among some lines: "Source: … Date: …". */
static char *
labelled_lines(const struct article_lines *l, guint from, guint to)
{
    GString *all = g_string_new(NULL);
    g_autofree char *date = NULL;
    for (guint i = from; i < l->all->len && i < to; i++) {
        const struct line *line = lines_at(l->all, i);
        g_autofree char *text = line->dropped || line->linked * 2 > line->weight ? NULL
                                                                                 : lines_text(line);
        bool labelled = text && article_is_labelled(text);
        if (labelled) /* a date alone right above it is of the same kind */
            g_string_append_printf(all, "%s%s%s\n", date ? date : "", date ? "\n" : "", text);
        g_free(date);
        date = text && !labelled && article_is_bare_date(text) ? g_steal_pointer(&text) : NULL;
    }
    return g_string_free(all, FALSE);
}

/* At the end of the text, in it and below. */
static char *
text_after(const struct article_lines *l)
{
    guint from = MAX(l->text + 1, l->end - MIN(l->end, LINES_AROUND_END));
    return labelled_lines(l, from, l->end + LINES_AROUND_END);
}

/* The pattern of one of some labels, and what stands behind it in its line. */
#define LABELLED(labels) "(?m)(?:^|[\\s|｜(（\\[【])(?:" labels ")\\s*[:：]\\s*([^\\n|｜]*)"

static char *
labelled_text(const char *text, const GRegex *labelled)
{
    static GRegex *stop;
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(labelled, text, 0, &match))
        return NULL;
    g_autofree char *raw = g_match_info_fetch(match, 1);
    /* up to the next label or two blanks */
    regex_once(
        &stop,
        "\\s{2,}|\\s*(?:\\S{2,6}[:：]|作者|编辑|浏览|点击|字号|【|\\[|打印|分享|Updated|Views)");
    g_auto(GStrv) parts = g_regex_split(stop, raw, 0);
    if (!parts || !parts[0])
        return NULL;
    char *value = g_strstrip(g_strdup(parts[0]));
    if (g_str_has_suffix(value, "]"))
        value[strlen(value) - 1] = '\0';
    else if (g_str_has_suffix(value, "】"))
        value[strlen(value) - strlen("】")] = '\0';
    g_autofree char *squeezed = text_squeeze(value, -1);
    g_free(value);
    if (!*squeezed || g_utf8_strlen(squeezed, -1) > 60)
        return NULL;
    return g_steal_pointer(&squeezed);
}

/* "By Wang Xiaoyu ( chinadaily.com.cn )": author and source of China Daily's CMS. */
static void
byline(const char *text, struct article *article)
{
    static GRegex *regex;
    regex_once(&regex, "(?m)(?-i)(?:^|\\s)By\\s+([^(\\n]{0,60})\\(\\s*([^)\\n]{2,60}?)\\s*\\)");
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, text, 0, &match))
        return;
    g_autofree char *raw = g_match_info_fetch(match, 1);
    g_autofree char *author = text_squeeze(raw, -1);
    if (*author && !article->author)
        article->author = g_steal_pointer(&author);
    if (!article->source)
        article->source = g_match_info_fetch(match, 2);
}

/* --- labelled facts: the table above a document of a government ---------------------- */

/* What a fact says of the document that the page is. */
enum fact_kind { FACT_OTHER, FACT_NUMBER, FACT_KIND, FACT_DAY };

/* KIND: the label says of what it is the number, "Ordinance No."; DAY: what a number is given with. */
static const struct {
    const char *label;
    enum fact_kind kind;
} labels[] = {
    {"索引号", FACT_OTHER},
    {"主题分类", FACT_OTHER},
    {"分类", FACT_OTHER},
    {"主题词", FACT_OTHER},
    {"发文机关", FACT_OTHER},
    {"发布机构", FACT_OTHER},
    {"发文单位", FACT_OTHER},
    {"成文日期", FACT_OTHER},
    {"发文日期", FACT_OTHER},
    {"发文字号", FACT_NUMBER},
    {"公文字号", FACT_NUMBER},
    {"文件编号", FACT_NUMBER},
    {"发布文号", FACT_NUMBER},
    {"文号", FACT_NUMBER},
    {"发布日期", FACT_OTHER},
    {"公开日期", FACT_OTHER},
    {"有效性", FACT_OTHER},
    {"时效", FACT_OTHER},
    {"公开方式", FACT_OTHER},
    {"Номер документа", FACT_NUMBER},
    {"№ документа", FACT_NUMBER},
    {"Номер акта", FACT_NUMBER},
    {"Регистрационный номер", FACT_NUMBER},
    {"Реєстраційний номер", FACT_NUMBER},
    {"Дата документа", FACT_DAY},
    {"Дата акта", FACT_DAY},
    {"Дата принятия", FACT_DAY},
    {"Дата подписания", FACT_DAY},
    {"Дата прийняття", FACT_DAY},
    {"Document number", FACT_NUMBER},
    {"Document No.", FACT_NUMBER},
    {"Ordinance number", FACT_KIND},
    {"Ordinance No.", FACT_KIND},
    {"Resolution number", FACT_KIND},
    {"Resolution No.", FACT_KIND},
    {"Drucksache", FACT_KIND},
    {"Aktenzeichen", FACT_KIND},
    {"Numéro du document", FACT_NUMBER},
    {"Número de documento", FACT_NUMBER},
};

/* A label as it is compared: without blanks. */
static char *
tight(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (; *text; text++)
        if (*text != ' ')
            g_string_append_c(out, *text);
    return g_string_free(out, FALSE);
}

/* Which label a cell, which is tight, begins with, and what follows it there; or -1. */
static int
label_of(const char *cell, const char **rest)
{
    static char *const *keys;
    if (g_once_init_enter(&keys)) {
        char **made = g_new0(char *, G_N_ELEMENTS(labels) + 1);
        for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
            made[i] = tight(labels[i].label);
        g_once_init_leave(&keys, made);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        size_t length = strlen(keys[i]);
        *rest = cell + length;
        if (!g_ascii_strncasecmp(cell, keys[i], length) &&
            (!**rest || **rest == ':' || g_str_has_prefix(*rest, "：")))
            return (int)i;
    }
    return -1;
}

/* An item of a list that holds a list itself. */
static bool
holds_item(const xmlNode *node)
{
    if (!node_is(node, "li"))
        return false;
    for (const xmlNode *inner = node_next(node, node); inner; inner = node_next(inner, node))
        if (node_is(inner, "li"))
            return true;
    return false;
}

static const char *
behind_colon(const char *text)
{
    const char *narrow = strchr(text, ':'), *wide = strstr(text, "：");
    return narrow && (!wide || narrow < wide) ? narrow + 1 : wide ? wide + strlen("：") : text;
}

static void
find_table_facts(struct page *page, GPtrArray *facts)
{
    g_autoptr(GPtrArray) cells = page_elements(page, "td th dt dd li");
    int pending = -1;
    guint seen = 0;
    for (guint i = 0; i < cells->len && seen < 4000; i++) {
        if (holds_item(g_ptr_array_index(cells, i)))
            continue;
        seen++;
        g_autofree char *text = html_text(g_ptr_array_index(cells, i));
        if (strlen(text) > 400) {
            pending = -1;
            continue;
        }
        g_autofree char *key = tight(text);
        const char *rest = NULL;
        int found = label_of(key, &rest);
        bool within = found >= 0 && *rest && rest[*rest == ':' ? 1 : strlen("：")];
        g_autofree char *value = within                      ? text_squeeze(behind_colon(text), -1)
                                 : found < 0 && pending >= 0 ? g_strdup(text)
                                                             : NULL;
        if (value && *value) {
            struct fact *fact = g_new0(struct fact, 1);
            fact->label = g_strdup(labels[found >= 0 ? found : pending].label);
            fact->value = g_steal_pointer(&value);
            g_ptr_array_add(facts, fact);
        }
        pending = within ? -1 : found;
    }
}

static enum fact_kind
kind_of(const struct fact *fact)
{
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
        if (g_str_equal(labels[i].label, fact->label))
            return labels[i].kind;
    return FACT_OTHER;
}

#define NUMBERS \
    "文号|发文字号|公文字号|文件编号|Номер документа|№ документа|Регистрационный номер|Document (?:number|no\\.?)"

/* "№ 345-п от 12.03.2025": as texts cite what is known by its day too. */
static char *
number_with_day(const char *number, const char *day)
{
    bool bare = g_ascii_isdigit(*number);
    return day && bare ? g_strdup_printf("№ %s от %s", number, day) : g_strdup(number);
}

/* The number of the document that a page is, by its facts or lines; two are those of others. */
static void
find_number(struct article *article, const char *before, const char *within)
{
    static GRegex *numbers;
    const struct fact *number = NULL, *day = NULL;
    for (guint i = 0; i < article->facts->len; i++) {
        const struct fact *fact = g_ptr_array_index(article->facts, i);
        enum fact_kind kind = kind_of(fact);
        bool numbered = (kind == FACT_NUMBER || kind == FACT_KIND) &&
                        strpbrk(fact->value, "0123456789") && strlen(fact->value) <= 120;
        if (numbered && number && strcmp(number->value, fact->value))
            return;
        number = numbered ? fact : number;
        day = kind == FACT_DAY && !day ? fact : day;
    }
    regex_once(&numbers, LABELLED(NUMBERS));
    g_autofree char *line = number ? NULL : labelled_text(before, numbers),
                    *inner = number || line ? NULL : labelled_text(within, numbers);
    const char *said = number ? number->value : line ? line : inner;
    if (!said || !strpbrk(said, "0123456789"))
        return;
    article->number = number && kind_of(number) == FACT_KIND
                          ? g_strdup_printf("%s %s", number->label, said)
                          : number_with_day(said, day ? day->value : NULL);
}

#define SOURCES \
    "来源|信息来源|稿件来源|新闻来源|來源|Source|Источник|Джерело|Quelle|Fuente|Fonte|출처"

void
article_find_facts(struct page *page, struct article *article, const xmlNode *body,
                   const struct linked_data *linked, const struct article_lines *lines,
                   const struct article_options *o)
{
    g_autofree char *before = text_before(page, body, article->title, lines);
    g_autofree char *head = text_head(body);
    g_autofree char *after = text_after(lines);
    article_find_dates(page, body, before, after, head, linked, lines, o, article);
    static GRegex *sources, *authors;
    regex_once(&sources, LABELLED(SOURCES));
    if (!article->source)
        article->source = labelled_text(before, sources);
    g_autofree char *within = labelled_lines(lines, lines->first, lines->text + 2);
    if (!article->source)
        article->source = labelled_text(within, sources);
    if (!article->source)
        article->source = labelled_text(after, sources);
    if (!article->source)
        article->source = page_meta(page, "ContentSource source");
    if (!article->author)
        article->author =
            labelled_text(before, regex_once(&authors, LABELLED("作者|撰稿|Author|Автор|作　者")));
    byline(before, article);
    byline(after, article);
    if (!article->author)
        article->author = page_meta(page, "Author article:author");
    if (!article->author && linked->author)
        article->author = text_squeeze(linked->author, -1);
    find_table_facts(page, article->facts);
    if (!article->number)
        find_number(article, before, within);
}
