/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the page of a folder of feeds, in three languages. */
#include "config.h"

#include "reader/feed-page.h"
#include "base/url.h"
#include "text/date.h"

#include <string.h>

#define GENERATOR "<meta name=\"generator\" content=\"crier, list of feeds\">"

/* Not of a locale: who looks at the page may have another than who writes it. */
static const struct {
    const char *file, *code, *name, *title, *text, *how;
    const char *feed, *languages, *articles, *newest, *site;
} pages[] = {
    {"index.html", "en", "English", "News as feeds",
     "Each of these is a feed: a file that a program, a feed reader, looks at by itself and shows what is new. Nobody has to register.",
     "Copy the address of a feed, by a right click or a long press on its name, and add it in your feed reader as a subscription.",
     "Feed", "Languages", "Articles", "Newest", "site"},
    {"index.ru.html", "ru", "Русский", "Новости в виде лент",
     "Каждая из них — лента: файл, за которым сама следит программа для чтения лент и показывает новое. Регистрация не нужна.",
     "Скопируйте адрес ленты правой кнопкой мыши или долгим нажатием на её название и подпишитесь на него в программе для чтения лент.",
     "Лента", "Языки", "Статьи", "Последняя", "сайт"},
    {"index.zh.html", "zh", "中文", "新闻订阅源",
     "下面每一项都是一个订阅源：阅读器会自动查看这个文件，并显示新内容。无需注册。",
     "右键点击或长按订阅源的名称，复制它的地址，然后在阅读器中添加订阅。", "订阅源", "语言", "文章",
     "最新", "网站"},
};

static const char style[] =
    ":root { color-scheme: light dark; --text: #1b1b1b; --faint: #5f5f5f; --back: #fdfcfa; --line: #d9d5cc; --link: #0b5394; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --text: #e4e2dd; --faint: #a19d95; --back: #191919; --line: #3a3834; --link: #8ab8ea; }\n"
    "}\n"
    "html { background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, \"Noto Sans\", \"Noto Sans CJK SC\", sans-serif; }\n"
    "body { max-width: 50em; margin: 0 auto; padding: 1.5em 1em 4em; overflow-wrap: break-word; }\n"
    "h1 { font-size: 1.5rem; line-height: 1.25; }\n"
    "a { color: var(--link); }\n"
    "nav { font-size: .9rem; }\n"
    "nav a, nav span { margin-right: 1em; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "th, td { border-bottom: 1px solid var(--line); padding: .35em .5em; text-align: left; vertical-align: baseline; }\n"
    "td.number, th.number { text-align: right; }\n"
    "td + td, td small { color: var(--faint); }\n"
    "td + td { white-space: nowrap; }\n"
    "@media (max-width: 36em) {\n"
    "  .languages, .number { display: none; }\n"
    "}\n";

void
listed_feed_free(gpointer data)
{
    struct listed_feed *feed = data;
    g_free(feed->file);
    g_free(feed->title);
    g_free(feed->home);
    g_free(feed->languages);
    g_free(feed);
}

const char *
feed_page_name(guint n)
{
    return n < G_N_ELEMENTS(pages) ? pages[n].file : NULL;
}

bool
feed_page_is_ours(const char *text)
{
    return strstr(text, GENERATOR) != NULL;
}

static void
append(GString *out, const char *before, const char *text, const char *after)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "%s%s%s", before, escaped, after);
}

/* What leads to the page in the other languages. */
static void
append_others(GString *out, guint n)
{
    g_string_append(out, "<nav>\n");
    for (guint i = 0; i < G_N_ELEMENTS(pages); i++)
        if (i == n)
            g_string_append_printf(out, "<span>%s</span>\n", pages[i].name);
        else
            g_string_append_printf(
                out, "<a href=\"%s\" hreflang=\"%s\" lang=\"%s\" rel=\"alternate\">%s</a>\n",
                pages[i].file, pages[i].code, pages[i].code, pages[i].name);
    g_string_append(out, "</nav>\n");
}

static void
append_feed(GString *out, guint n, const struct listed_feed *feed)
{
    append(out, "<tr><td><a href=\"", feed->file, "\">");
    append(out, "", feed->title && *feed->title ? feed->title : feed->file, "</a>");
    if (feed->home && url_is_web(feed->home)) {
        g_autofree char *home = url_public(feed->home);
        append(out, " <small>(<a href=\"", home, "\">");
        append(out, "", pages[n].site, "</a>)</small>");
    }
    append(out, "</td><td class=\"languages\">", feed->languages, "</td>");
    g_string_append_printf(out, "<td class=\"number\">%u</td><td>", feed->articles);
    if (feed->updated) {
        const struct date day = {.time = feed->updated, .precision = DATE_DAY};
        g_autofree char *text = date_iso(&day);
        g_string_append_printf(out, "<time datetime=\"%s\">%s</time>", text, text);
    }
    g_string_append(out, "</td></tr>\n");
}

char *
feed_page(guint n, const GPtrArray *feeds)
{
    GString *out = g_string_new("<!DOCTYPE html>\n");
    g_string_append_printf(out,
                           "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n" GENERATOR
                           "\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                           "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n",
                           pages[n].code, pages[n].title, style);
    append_others(out, n);
    g_string_append_printf(out, "<h1>%s</h1>\n<p>%s</p>\n<p>%s</p>\n", pages[n].title,
                           pages[n].text, pages[n].how);
    g_string_append_printf(out,
                           "<table>\n<tr><th>%s</th><th class=\"languages\">%s</th>"
                           "<th class=\"number\">%s</th><th>%s</th></tr>\n",
                           pages[n].feed, pages[n].languages, pages[n].articles, pages[n].newest);
    for (guint i = 0; i < feeds->len; i++)
        append_feed(out, n, g_ptr_array_index(feeds, i));
    g_string_append(out, "</table>\n</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
