/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Endpoints in scripts and attributes. */
#include "config.h"

#include "portal/endpoints.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"

#include <string.h>

#define MAX_FOUND  5
#define MAX_TRIED  200
#define MAX_SCRIPT (4u << 20)

/* Whether an address is likely to answer with data: neither a part of the page nor a counter. */
static bool
may_be_data(const char *url)
{
    static GRegex *other, *data;
    regex_once(
        &other,
        "\\.(?:js|mjs|css|png|jpe?g|gif|svg|webp|ico|woff2?|ttf|mp4|html?)(?:[?#]|$)|"
        "analytic|metrika|gtag|collect|track|pixel|captcha|consent|cookie|login|logout|auth|csrf|"
        "weather|wetter|translate|subscribe|admin-ajax|xmlrpc");
    regex_once(
        &data,
        "api|json|xml|rest|graphql|ajax|query|search|list|news|feed|data|items|events?|meeting|"
        "article|post|document|notice|agenda|calendar|content|publi|services?|odata|get[a-z]");
    g_autofree char *lower = g_ascii_strdown(url, -1);
    const char *path = strstr(lower, "://");
    path = path ? strchr(path + 3, '/') : lower;
    return path && !g_regex_match(other, lower, 0, NULL) && g_regex_match(data, path, 0, NULL);
}

static bool
is_same_host(const struct page *page, const char *url)
{
    g_autofree char *own = page->url ? url_authority(page->url) : NULL, *other = url_authority(url);
    return !own || !g_strcmp0(own, other);
}

/* text: as it is written; what is put together by the script ("/api/" + id, `${…}`) is none. */
static void
add(GPtrArray *found, const struct page *page, const char *text)
{
    g_autofree char *plain = g_strdup(text);
    for (char *p = plain, *to = plain;; p++) { /* "\/api\/news" */
        if (*p == '\\' && p[1] == '/')
            p++;
        *to++ = *p;
        if (!*p)
            break;
    }
    if (strlen(plain) < 2 || strlen(plain) > 500 || strpbrk(plain, "{}<>$\\ \n") || *plain == '#')
        return;
    g_autofree char *url = page_resolve(page, plain);
    g_autofree char *own = page->url ? url_identity(page->url) : NULL,
                    *other = url ? url_identity(url) : NULL;
    if (!url || !may_be_data(url) || !g_strcmp0(own, other))
        return;
    for (guint i = 0; i < found->len; i++)
        if (g_str_equal(g_ptr_array_index(found, i), url))
            return;
    g_ptr_array_add(found, g_steal_pointer(&url));
}

static void
in_script(GPtrArray *found, const struct page *page, const char *text)
{
    static GRegex *calls;
    regex_once(
        &calls,
        "(?:\\bfetch|\\baxios(?:\\.(?:get|post|request))?|\\$\\.(?:get|post|ajax|getjson)|jquery\\.(?:get|post|ajax|getjson)|"
        "\\$http\\.(?:get|post)|\\bgetjson|\\bxhr\\.get)\\s*\\(\\s*([\"'`])([^\"'`\\n]{2,500})\\1(?!\\s*\\+)|"
        "\\.open\\s*\\(\\s*[\"'](?:get|post)[\"']\\s*,\\s*([\"'`])([^\"'`\\n]{2,500})\\3(?!\\s*\\+)|"
        "(?:(?:\\bajax|\\baxios|\\$http)\\s*\\(\\s*\\{[^{}]{0,300}?\\burl|\\b(?:endpoint|api_?url|api_?endpoint|data_?url|data_?source|feed_?url))[\"']?\\s*[:=]\\s*([\"'`])([^\"'`\\n]{2,500})\\5(?!\\s*\\+)");
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GMatchInfo) match = NULL;
    int tried = 0;
    for (g_regex_match(calls, valid, 0, &match); g_match_info_matches(match) && tried < MAX_TRIED;
         g_match_info_next(match, NULL), tried++)
        for (int group = 2; group <= 6; group += 2) {
            g_autofree char *address = g_match_info_fetch(match, group);
            if (address && *address)
                add(found, page, address);
        }
}

static void
in_attributes(GPtrArray *found, const struct page *page, const xmlNode *node)
{
    static const char *const names[] = {
        "data-url",      "data-api",     "data-api-url", "data-endpoint", "data-source",
        "data-src-json", "data-feed",    "data-json",    "data-ajax-url", "data-ajax",
        "data-remote",   "data-service", "data-load",    "hx-get"};
    if (node_is(node, "img script iframe video audio source a"))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = html_attribute(node, names[i]);
        if (value && *value)
            add(found, page, value);
    }
}

GPtrArray *
endpoints_find(const struct page *page)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    for (const xmlNode *node = page_root(page); node && found->len < MAX_TRIED;
         node = node_next(node, NULL)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *text = node_is(node, "script") && node->children
                               ? (const char *)node->children->content
                               : NULL;
        if (text && strlen(text) <= MAX_SCRIPT)
            in_script(found, page, text);
        else if (node->properties)
            in_attributes(found, page, node);
    }
    GPtrArray *best = g_ptr_array_new_with_free_func(g_free);
    for (int own = 1; own >= 0; own--)
        for (guint i = 0; i < found->len && best->len < MAX_FOUND; i++)
            if (is_same_host(page, g_ptr_array_index(found, i)) == (own == 1))
                g_ptr_array_add(best, g_strdup(g_ptr_array_index(found, i)));
    return best;
}
