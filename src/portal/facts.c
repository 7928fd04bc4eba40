/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page says of its article beside the body: title, section, date, source, author,
 * labelled facts.  Dates are taken from labelled places and from near the title, never
 * from prose.
 */
#include "config.h"

#include "document/html.h"
#include "portal/article.h"
#include "text/clean.h"
#include "text/fold.h"

#include <jansson.h>
#include <string.h>

/* --- title ----------------------------------------------------------------------- */

static char *
page_title(struct page *page)
{
    g_autoptr(GPtrArray) nodes = page_select(page, NULL, "//head/title | //title", NULL);
    return nodes && nodes->len ? html_text(g_ptr_array_index(nodes, 0)) : NULL;
}

static char *
cut_site_name(const char *title)
{
    static const char *const separators[] = {"_", " | ", " — ", " – ", " - ", "|", "-", "—", NULL};
    for (int i = 0; separators[i]; i++) {
        const char *at = strstr(title, separators[i]);
        if (at && at - title >= 8)
            return g_strchomp(g_strndup(title, at - title));
    }
    return g_strdup(title);
}

char *
article_find_title(struct page *page)
{
    g_autofree char *standard = page_meta(page, "ArticleTitle");
    if (standard)
        return g_steal_pointer(&standard);
    g_autofree char *whole = page_title(page);
    g_autofree char *folded = whole ? text_fold(whole) : NULL;
    g_autofree char *best = NULL;
    g_autofree char *first_heading = NULL;
    g_autofree char *og = page_meta(page, "og:title twitter:title headline");
    g_autoptr(GPtrArray) headings =
        page_select(page, NULL, "//h1 | //h2 | //ucaptitle | //*[@itemprop='headline'] | "
                                "//*[contains(@class,'title') or contains(@id,'title')][not(.//p)]", NULL);
    for (guint i = 0; headings && i <= headings->len; i++) {
        g_autofree char *text = i < headings->len ? html_text(g_ptr_array_index(headings, i)) : g_strdup(og);
        if (!text || !*text || strlen(text) > 600)
            continue;
        if (i < headings->len && !first_heading && node_is(g_ptr_array_index(headings, i), "h1 h2"))
            first_heading = g_strdup(text);
        g_autofree char *candidate = text_fold(text);
        if (folded && strstr(folded, candidate) && (!best || strlen(text) > strlen(best))) {
            g_free(best);
            best = g_steal_pointer(&text);
        }
    }
    if (best)
        return g_steal_pointer(&best);
    if (og)
        return g_steal_pointer(&og);
    if (first_heading)
        return g_steal_pointer(&first_heading);
    return whole && *whole ? cut_site_name(whole) : NULL;
}

/* --- section ---------------------------------------------------------------------- */

static bool
is_home_label(const char *text)
{
    static const char *const labels[] = {"home", "homepage", "首页", "网站首页", "首 页", "главная", "главная страница",
                                         "startseite", "accueil", NULL};
    g_autofree char *lower = g_utf8_strdown(text, -1);
    return g_strv_contains(labels, lower);
}

char *
article_find_section(struct page *page, const char *title)
{
    g_autofree char *standard = page_meta(page, "ColumnName article:section lanmu");
    if (standard)
        return g_steal_pointer(&standard);
    g_autoptr(GPtrArray) nodes = page_select(
        page, NULL,
        "//*[self::div or self::p or self::ul or self::ol or self::nav or self::td or self::span]"
        "[contains(@class,'position') or contains(@id,'position') or contains(@class,'crumb') or contains(@id,'crumb') or "
        "contains(@class,'location') or contains(@class,'weizhi') or contains(@class,'dqwz') or contains(@class,'curmb')]",
        NULL);
    for (guint i = 0; nodes && i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        g_autofree char *section = NULL;
        for (const xmlNode *n = node; n; n = node_next(n, node)) {
            if (!node_is(n, "a"))
                continue;
            g_autofree char *text = html_text(n);
            if (!*text || is_home_label(text) || (title && g_str_equal(text, title)))
                continue;
            g_free(section);
            section = g_steal_pointer(&text);
        }
        if (section)
            return g_steal_pointer(&section);
        g_autofree char *text = html_text(node);
        g_auto(GStrv) parts = g_regex_split_simple("\\s*(?:>>|>|»|›|＞|→)\\s*", text, 0, 0);
        for (guint n = g_strv_length(parts); n-- > 1;)
            if (*parts[n] && (!title || !g_str_equal(parts[n], title)))
                return g_strdup(parts[n]);
    }
    return NULL;
}

/* --- dates, source, author --------------------------------------------------------- */

/* The text before the body, in document order: where pages print date and source. */
static char *
text_before(struct page *page, const xmlNode *body, const char *title)
{
    GString *all = g_string_new(NULL);
    gsize after_title = 0;
    for (const xmlNode *node = page_root(page); node && node != body; node = node_next(node, NULL)) {
        if (node->type == XML_ELEMENT_NODE && node_is(node, "p div li td tr br h1 h2 h3 span publishtime ucaptitle"))
            g_string_append_c(all, node_is(node, "span") ? ' ' : '\n');
        if (node->type != XML_TEXT_NODE || !node->parent || node_is(node->parent, "script style title option"))
            continue;
        g_autofree char *text = text_squeeze((const char *)node->content, -1);
        if (!*text)
            continue;
        g_string_append(all, text);
        g_string_append_c(all, ' ');
        if (title && g_str_equal(text, title) && !node_is(node->parent, "a"))
            after_title = all->len;
    }
    char *result = g_strdup(all->str + after_title);
    g_string_free(all, TRUE);
    return result;
}

static bool
structured_date(struct page *page, const struct article_options *o, struct date *out)
{
    g_autofree char *meta = page_meta(page, "article:published_time datePublished publishdate og:published_time "
                                            "firstpublishedtime pubtime");
    return meta && date_parse(meta, o->offset, out) && date_is_plausible(out, o->now);
}

static bool
linked_data_date(const json_t *value, const struct article_options *o, struct date *out, int depth)
{
    if (depth > 6)
        return false;
    if (json_is_array(value)) {
        size_t i;
        const json_t *element;
        json_array_foreach(value, i, element)
            if (linked_data_date(element, o, out, depth + 1))
                return true;
        return false;
    }
    const char *text = json_string_value(json_object_get(value, "datePublished"));
    if (text && date_parse(text, o->offset, out) && date_is_plausible(out, o->now))
        return true;
    return linked_data_date(json_object_get(value, "@graph"), o, out, depth + 1);
}

static bool
json_ld_date(struct page *page, const struct article_options *o, struct date *out)
{
    g_autoptr(GPtrArray) nodes = page_select(page, NULL, "//script[@type='application/ld+json']", NULL);
    for (guint i = 0; nodes && i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        const char *text = node->children ? (const char *)node->children->content : NULL;
        json_t *root = text ? json_loads(text, 0, NULL) : NULL;
        bool found = root && linked_data_date(root, o, out, 0);
        json_decref(root);
        if (found)
            return true;
    }
    return false;
}

static bool
labelled_date(const char *text, const struct article_options *o, struct date *out)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(&regex, g_regex_new(
            "(发布时间|发布日期|发稿时间|更新时间|上载日期|公开日期|发文日期|日期|时间|日\\s*期|時間|發布日期|Updated?|Published|Posted|"
            "Date|Дата публикации|Опубликовано|Дата|Stand|Datum|작성일|등록일)\\s*[:：]\\s*",
            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
    g_autoptr(GMatchInfo) match = NULL;
    g_regex_match(regex, text, 0, &match);
    while (g_match_info_matches(match)) {
        int start, end;
        g_match_info_fetch_pos(match, 0, &start, &end);
        g_autofree char *rest = g_strndup(text + end, MIN(strlen(text + end), 80));
        g_autofree char *valid = g_utf8_make_valid(rest, -1);
        gsize at;
        if (date_find(valid, o->offset, out, &at, NULL) && at < 4 && date_is_plausible(out, o->now))
            return true;
        g_match_info_next(match, NULL);
    }
    return false;
}

/* A line that is little more than a date: "2025-06-01 08:30  12 次浏览". */
static bool
line_date(const char *text, const struct article_options *o, struct date *out)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        gsize start, end;
        if (!**line || strlen(*line) > 300 || !date_find(*line, o->offset, out, &start, &end))
            continue;
        if (start < 60 && date_is_plausible(out, o->now))
            return true;
    }
    return false;
}

static char *
labelled_text(const char *text, const char *labels)
{
    g_autofree char *pattern = g_strdup_printf("(?:^|[\\s|｜(（])(?:%s)\\s*[:：]\\s*([^\\n|｜]*)", labels);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!regex || !g_regex_match(regex, text, 0, &match))
        return NULL;
    g_autofree char *raw = g_match_info_fetch(match, 1);
    /* up to the next label or two blanks */
    g_auto(GStrv) parts = g_regex_split_simple(
        "\\s{2,}|\\s*(?:\\S{2,6}[:：]|作者|编辑|浏览|点击|字号|【|\\[|打印|分享|Updated|Views)", raw, G_REGEX_CASELESS, 0);
    if (!parts || !parts[0])
        return NULL;
    char *value = g_strstrip(g_strdup(parts[0]));
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
    g_autoptr(GRegex) regex = g_regex_new("^\\s*By\\s+([^(\\n]{0,60})\\(\\s*([^)\\n]{2,60}?)\\s*\\)", G_REGEX_MULTILINE, 0, NULL);
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

/* --- the metadata table of Chinese government documents --------------------------- */

static void
find_table_facts(struct page *page, GPtrArray *facts)
{
    static const char *const labels[] = {"索引号", "主题分类", "分类", "主题词", "发文机关", "发布机构", "发文单位", "成文日期",
                                         "发文日期", "发文字号", "文号", "发布日期", "公开日期", "有效性", "时效", "公开方式", NULL};
    g_autoptr(GPtrArray) cells = page_select(page, NULL, "//td | //th | //dt | //dd | //li[not(.//li)]", NULL);
    const char *pending = NULL;
    for (guint i = 0; cells && i < cells->len && i < 4000; i++) {
        g_autofree char *text = html_text(g_ptr_array_index(cells, i));
        if (strlen(text) > 400) {
            pending = NULL;
            continue;
        }
        GString *tight = g_string_new(NULL);
        for (const char *p = text; *p; p = g_utf8_next_char(p))
            if (*p != ' ')
                g_string_append_unichar(tight, g_utf8_get_char(p));
        g_autofree char *key = g_string_free(tight, FALSE);
        const char *found = NULL, *inline_value = NULL;
        for (int l = 0; labels[l] && !found; l++) {
            if (!g_str_has_prefix(key, labels[l]))
                continue;
            const char *rest = key + strlen(labels[l]);
            if (!*rest || g_str_equal(rest, ":") || g_str_equal(rest, "："))
                found = labels[l];
            else if (*rest == ':' || g_str_has_prefix(rest, "：")) {
                found = labels[l];
                inline_value = strpbrk(text, ":") ? strpbrk(text, ":") + 1 : strstr(text, "：") + strlen("：");
            }
        }
        g_autofree char *value = inline_value ? text_squeeze(inline_value, -1) : !found && pending ? g_strdup(text) : NULL;
        if (value && *value) {
            struct fact *fact = g_new0(struct fact, 1);
            fact->label = g_strdup(found ? found : pending);
            fact->value = g_steal_pointer(&value);
            g_ptr_array_add(facts, fact);
        }
        pending = found && !inline_value ? found : NULL;
    }
}

void
article_find_facts(struct page *page, struct article *article, const xmlNode *body, const struct article_options *o)
{
    g_autofree char *before = text_before(page, body, article->title);
    struct date date = {0};
    if (article->published.precision == DATE_NONE) {
        g_autofree char *standard = page_meta(page, "PubDate");
        g_autoptr(GPtrArray) times = page_select(page, NULL, "//time[@datetime]", NULL);
        g_autofree char *time_tag = times && times->len ? html_attribute(g_ptr_array_index(times, 0), "datetime") : NULL;
        if (structured_date(page, o, &date) || json_ld_date(page, o, &date) || labelled_date(before, o, &date) ||
            line_date(before, o, &date) ||
            (standard && date_parse(standard, o->offset, &date) && date_is_plausible(&date, o->now)) ||
            (time_tag && date_parse(time_tag, o->offset, &date) && date_is_plausible(&date, o->now)))
            article->published = date;
    }
    g_autofree char *modified = page_meta(page, "article:modified_time dateModified lastmodifiedtime");
    if (modified && date_parse(modified, o->offset, &date) && date_is_plausible(&date, o->now))
        article->updated = date;
    if (!article->source)
        article->source = labelled_text(before, "来源|信息来源|稿件来源|新闻来源|來源|Source|Источник|출처");
    if (!article->source)
        article->source = page_meta(page, "ContentSource source");
    if (!article->author)
        article->author = labelled_text(before, "作者|撰稿|Author|Автор|作　者");
    byline(before, article);
    if (!article->author)
        article->author = page_meta(page, "Author article:author");
    find_table_facts(page, article->facts);
}
