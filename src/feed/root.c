/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking past what stands before a document.  Only its beginning is looked at, and only when it
 * begins wrongly.
 */
#include "config.h"

#include "feed/root.h"
#include "base/clean.h"
#include "feed/reference.h"

#include <stdbool.h>
#include <string.h>

#define MAX_JUNK (1u << 20) /* bytes before the root */

struct word {
    const char *start;
    gsize length;
};

static bool
is_one_of(struct word name, const char *list)
{
    for (const char *p = list; *p;) {
        gsize length = strcspn(p, " ");
        if (length == name.length && !g_ascii_strncasecmp(p, name.start, length))
            return true;
        p += length + (p[length] == ' ');
    }
    return false;
}

/* The name of the tag whose '<' or "</" ends at p, without its prefix. */
static struct word
name_at(const char *p, const char *end)
{
    struct word name = {p, 0};
    for (; p < end && reference_is_name_char(*p); p++) {
        name.length++;
        if (*p == ':')
            name = (struct word){p + 1, 0};
    }
    return name;
}

/* Behind what closes at `close`, or the end. */
static const char *
past(const char *p, const char *end, const char *close)
{
    const char *at = memmem(p, (size_t)(end - p), close, strlen(close));
    return at ? at + strlen(close) : end;
}

/* Behind the end tag of an element whose content is no markup. */
static const char *
past_raw(const char *p, const char *end, struct word name)
{
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        if ((gsize)(end - p) > name.length + 2 && p[1] == '/' &&
            !g_ascii_strncasecmp(p + 2, name.start, name.length))
            return past(p, end, ">");
        p++;
    }
    return end;
}

enum found { JUNK, PAGE, OTHER, ROOT };

static enum found
kind_of(struct word name)
{
    if (is_one_of(name, "rss feed rdf channel urlset sitemapindex opml"))
        return ROOT;
    if (is_one_of(name, "html head body frameset title main article"))
        return PAGE;
    return is_one_of(
               name,
               "br b p div span script style noscript font table tbody thead tr td th center pre code h1 h2 h3 h4 h5 h6 a i u em strong "
               "small big hr img meta link iframe ins ul ol li dl dt dd form input button label section")
               ? JUNK
               : OTHER;
}

const char *
root_of_xml(const char *text, gsize length)
{
    const char *end = text + MIN(length, MAX_JUNK), *start = text;
    bool junk = false;
    for (const char *p = text; p < end && (p = memchr(p, '<', (size_t)(end - p)));) {
        gsize left = (gsize)(end - p);
        if (left > 4 && !memcmp(p, "<!--", 4)) {
            p = past(p + 4, end, "-->");
        } else if (left > 9 && !memcmp(p, "<![CDATA[", 9)) {
            p = past(p, end, "]]>");
        } else if (left > 2 && (p[1] == '?' || p[1] == '!')) {
            if (left > 14 && !g_ascii_strncasecmp(p, "<!DOCTYPE html", 14))
                return text;
            /* an internal subset has no elements that anybody would take for one of these */
            p = past(p, end, ">");
        } else if (left > 2 && p[1] == '/') {
            p = past(p, end, ">");
            if (junk)
                start = p;
        } else if (left > 2 && reference_is_name_start(p[1])) {
            struct word name = name_at(p + 1, end);
            enum found kind = kind_of(name);
            if (kind == PAGE)
                return text;
            if (kind != JUNK)
                return junk ? start : text;
            p = is_one_of(name, "script style") ? past_raw(p, end, name) : past(p, end, ">");
            start = p;
            junk = true;
        } else {
            p++;
        }
    }
    return text; /* HTML all through */
}

/* --- JSON ----------------------------------------------------------------------------------- */

static bool
is_json_feed(const char *p, const char *end)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(
            &regex,
            g_regex_new("^\\{\\s*[\"']?(?:version|title|items|feed_url|home_page_url)[\"']?\\s*:",
                        0, 0, NULL));
    g_autofree char *head = text_beginning(p, (gsize)(end - p), 200);
    return g_regex_match(regex, head, 0, NULL);
}

const char *
root_of_json(const char *text, gsize length)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(
            &regex,
            g_regex_new(
                "^(?:\\s|/\\*.*?\\*/|//[^\\n]*\\n|\\)\\]\\}',?|(?:while|for)\\s*\\([^)]*\\)\\s*;|"
                "(?:var|let|const)?\\s*[\\w$.]+\\s*=(?!=)|[\\w$.]+\\s*&&|[\\w$.]+\\s*\\()*(?=[{\\[])",
                G_REGEX_DOTALL, 0, NULL));
    const char *first = text;
    while (first < text + length && g_ascii_isspace(*first))
        first++;
    if (first == text + length)
        return NULL;
    if (*first == '{' || *first == '[')
        return first;
    g_autofree char *head = text_beginning(first, (gsize)(text + length - first), 2000);
    g_autoptr(GMatchInfo) match = NULL;
    int behind;
    if (*first != '<' && g_regex_match(regex, head, 0, &match) &&
        g_match_info_fetch_pos(match, 0, NULL, &behind))
        return first + behind;
    return NULL;
}

const char *
root_of_json_behind(const char *text, gsize length)
{
    const char *end = text + MIN(length, MAX_JUNK), *p = text;
    while (p < end && (p = memchr(p, '{', (size_t)(end - p))) && !is_json_feed(p, end))
        p++;
    if (!p || p >= end)
        return NULL;
    for (const char *tag = text; (tag = memchr(tag, '<', (size_t)(p - tag))); tag++)
        if (reference_is_name_start(tag[1]) && kind_of(name_at(tag + 1, p)) != JUNK)
            return NULL;
    return p;
}
