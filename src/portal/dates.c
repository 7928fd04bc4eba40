/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When an article was published: what the page states for machines, labelled and marked
 * dates near the title, the URL; never a date out of prose.  The day is taken as it is
 * written, and what cannot be true is passed over.
 */
#include "config.h"

#include "base/regex.h"
#include "document/html.h"
#include "portal/article-parts.h"
#include "portal/row.h"

#include <string.h>

static bool
whole_date(const char *text, const struct article_options *o, struct date *out)
{
    return text && date_parse(text, &o->dates, out) && date_is_plausible(out, o->now);
}

/* A date at the beginning of a short text. */
static bool
leading_date(const char *text, const struct article_options *o, struct date *out)
{
    gsize start, end;
    return text && strlen(text) < 160 && date_find(text, &o->dates, out, &start, &end) &&
           start < 60 && date_is_plausible(out, o->now);
}

static bool
first_meta(struct page *page, const char *const *names, const struct article_options *o,
           struct date *out)
{
    for (; *names; names++) {
        g_autofree char *value = page_meta(page, *names);
        if (value && (whole_date(value, o, out) || leading_date(value, o, out)))
            return true;
    }
    return false;
}

/* What says that it is the date of publication. */
static bool
stated_date(struct page *page, const struct article_options *o, struct date *out)
{
    static const char *const names[] = {
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datePublished",
        "rnews:datePublished",
        "article:published",
        "article.published",
        "publishdate",
        "publish-date",
        "publish_date",
        "pub_date",
        "parsely-pub-date",
        "sailthru.date",
        "cXenseParse:recs:publishtime",
        "OriginalPublicationDate",
        "firstpublishedtime",
        "pubtime",
        "dc.date.issued",
        "dcterms.issued",
        "dcsext.articlefirstpublished",
        "citation_publication_date",
        "citation_online_date",
        "citation_date",
        "article_date_original",
        "article:post_date",
        "displaydate",
        "shareaholic:article_published_time",
        "bt:pubdate",
        "release_date",
        NULL,
    };
    return first_meta(page, names, o, out);
}

/* What may as well be the day when a record was made; a date that people see is better. */
static bool
vague_date(struct page *page, const struct article_options *o, struct date *out)
{
    static const char *const names[] = {
        "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", NULL};
    return first_meta(page, names, o, out);
}

/* The date of an element: its datetime or content, else its text. */
static bool
element_date(const xmlNode *node, const struct article_options *o, struct date *out)
{
    static const char *const attributes[] = {"datetime", "content", "title"};
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        if (value && whole_date(value, o, out))
            return true;
    }
    g_autofree char *text = html_text(node);
    return *text && leading_date(text, o, out);
}

static bool
marked_date(struct page *page, const char *xpath, const struct article_options *o, struct date *out)
{
    g_autoptr(GPtrArray) nodes = page_select(page, NULL, xpath, NULL);
    for (guint i = 0; nodes && i < nodes->len && i < 40; i++)
        if (element_date(g_ptr_array_index(nodes, i), o, out))
            return true;
    return false;
}

/* A date right behind a label. */
static bool
after_label(const GRegex *regex, const char *text, const struct article_options *o,
            struct date *out)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_regex_match(regex, text, 0, &match);
    while (g_match_info_matches(match)) {
        int start, end;
        g_match_info_fetch_pos(match, 0, &start, &end);
        g_autofree char *rest = g_strndup(text + end, MIN(strlen(text + end), 80));
        g_autofree char *valid = g_utf8_make_valid(rest, -1);
        gsize at;
        if (date_find(valid, &o->dates, out, &at, NULL) && at < 4 && date_is_plausible(out, o->now))
            return true;
        g_match_info_next(match, NULL);
    }
    return false;
}

static bool
labelled_date(const char *text, const struct article_options *o, struct date *out)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "(发布时间|发布日期|发稿时间|更新时间|上载日期|公开日期|发文日期|日期|时间|日\\s*期|時間|發布日期|Updated?|Published|Posted|"
        "Date|Дата публикации|Опубликовано|Дата|Stand|Datum|작성일|등록일)\\s*[:：]\\s*");
    return after_label(regex, text, o, out);
}

/* A line that is little more than a date: "2025-06-01 08:30  12 次浏览". */
static bool
line_date(const char *text, const struct article_options *o, struct date *out)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        gsize start, end;
        if (!**line || strlen(*line) > 300 || !date_find(*line, &o->dates, out, &start, &end))
            continue;
        if (start < 60 && date_is_plausible(out, o->now))
            return true;
    }
    return false;
}

/* Short lines that begin with their date, as lists of facts within the body do. */
static bool
heading_date(const char *text, const struct article_options *o, struct date *out)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        gsize start;
        if (strlen(g_strstrip(*line)) < 120 && date_find(*line, &o->dates, out, &start, NULL) &&
            start < 4 && date_is_plausible(out, o->now))
            return true;
    }
    return false;
}

/* What stands below an article: "发表于 2004-12-27 12:40", "am 29.12.2010, 13:36 Uhr". */
static bool
footing_date(const struct page *page, const struct article_options *o, struct date *out)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "(发表于|發表於|发布于|发布时间|发表时间|发布日期|Posted on|Posted at|Опубликовано|Дата публикации)\\s*[:：]?\\s*|"
        "\\bam\\s+(?=\\d{1,2}\\.\\d{1,2}\\.\\d{4},?\\s+(?:um\\s+)?\\d{1,2}:\\d{2})");
    g_autofree char *text = page_root(page) ? html_text(page_root(page)) : g_strdup("");
    return after_label(regex, text, o, out);
}

bool
article_find_date(struct page *page, const char *before, const char *head,
                  const struct linked_data *linked, const struct article_options *o,
                  struct date *out)
{
    g_autofree char *standard = page_meta(page, "PubDate"),
                    *updated = page_meta(page, "og:updated_time");
    return stated_date(page, o, out) || whole_date(linked->published, o, out) ||
           marked_date(page, "//*[@itemprop='datePublished']", o, out) ||
           marked_date(
               page,
               "//time[@pubdate or contains(@class,'publish') or contains(@class,'entry-date') or contains(@class,'post')]",
               o, out) ||
           labelled_date(before, o, out) ||
           marked_date(page, "//*[@itemprop='startDate']", o, out) ||
           marked_date(
               page,
               "//abbr[contains(@class,'published')] | //*[contains(@class,'published') or contains(@class,'publish-date') or "
               "contains(@class,'post-date') or contains(@class,'entry-date') or contains(@class,'pubdate') or "
               "contains(@class,'article-date') or contains(@class,'date-published') or contains(@class,'dateline')]",
               o, out) ||
           marked_date(
               page, "//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer)]",
               o, out) ||
           vague_date(page, o, out) || line_date(before, o, out) ||
           (page->url && row_url_day(page->url, &o->dates, o->now, out)) ||
           whole_date(standard, o, out) ||
           marked_date(
               page,
               "//*[@id='date' or @id='paperdate' or contains(@class,'timestamp') or contains(@class,'meta-date')]",
               o, out) ||
           whole_date(linked->page_published, o, out) || heading_date(head, o, out) ||
           marked_date(
               page,
               "//*[contains(@class,'date')][not(ancestor-or-self::aside or ancestor::nav or ancestor::footer or "
               "ancestor::header or ancestor-or-self::li or ancestor-or-self::table)]",
               o, out) ||
           footing_date(page, o, out) || whole_date(updated, o, out);
}
