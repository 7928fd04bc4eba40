/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling in templates. */
#include "config.h"

#include "portal/request.h"
#include "base/number.h"
#include "base/url.h"
#include "config/template.h"

#include <string.h>

void
portal_request_clear(struct portal_request *request)
{
    g_clear_pointer(&request->url, g_free);
    g_clear_pointer(&request->post, g_free);
}

const char *
portal_token_url(const struct portal *portal, const struct portal_section *section)
{
    if (!portal_rule_given(&section->token))
        return NULL;
    return section->token_url       ? section->token_url
           : section->edition->home ? section->edition->home
                                    : portal->home;
}

struct place {
    const struct portal_section *section;
    int number;
    const char *token;
};

static char *
value_of(const char *name, gpointer data)
{
    const struct place *p = data;
    int size = p->section->pages_size;
    if (g_str_equal(name, "page"))
        return g_strdup_printf("%d", p->section->pages_first + p->number * p->section->pages_step);
    if (g_str_equal(name, "offset"))
        return g_strdup_printf("%d", p->number * size);
    if (g_str_equal(name, "start"))
        return g_strdup_printf("%d", p->number * size + 1);
    if (g_str_equal(name, "end"))
        return g_strdup_printf("%d", (p->number + 1) * size);
    return g_str_equal(name, "token") ? g_strdup(p->token) : NULL;
}

static bool
is_paged(const char *template)
{
    return template && (template_has(template, "page") || template_has(template, "start") ||
                        template_has(template, "offset"));
}

bool
portal_request_page(const struct portal *portal, const struct portal_section *s, int number,
                    const char *token, struct portal_request *out)
{
    *out = (struct portal_request){.transfer = &s->transfer};
    const char *template = number && s->pages ? s->pages : s->url;
    if (!template || (number && !s->pages && !is_paged(s->url) && !is_paged(s->transfer.post)))
        return false; /* a profile's list has no URL of its own */
    struct place place = {s, number, token};
    g_autofree char *url = template_expand(template, value_of, &place);
    /* what a token gave, or the name of a page, may be relative */
    const char *base = template == s->url ? portal_token_url(portal, s) : s->url;
    out->url = url_is_web(url) ? g_steal_pointer(&url) : url_resolve(base, url);
    out->post = s->transfer.post ? template_expand(s->transfer.post, value_of, &place) : NULL;
    if (out->url && url_is_web(out->url))
        return true;
    portal_request_clear(out);
    return false;
}

bool
portal_request_article(const struct portal *portal, const char *edition, const char *link,
                       struct portal_request *out)
{
    *out = (struct portal_request){0};
    const struct portal_article *rules = portal_article_rules(portal, edition, link);
    if (!rules || (!rules->url && !rules->transfer.post && !rules->transfer.headers))
        return false;
    g_autoptr(GMatchInfo) match = NULL;
    if (rules->match)
        g_regex_match(rules->match, link, 0, &match);
    out->transfer = &rules->transfer;
    out->url = rules->url && match ? template_expand_match(rules->url, match) : g_strdup(link);
    out->post = rules->transfer.post && match ? template_expand_match(rules->transfer.post, match)
                                              : g_strdup(rules->transfer.post);
    if (url_is_web(out->url))
        return true;
    portal_request_clear(out);
    return false;
}

int
portal_page_number(const struct portal_section *s, const char *url)
{
    const char *template = s->pages ? s->pages : s->url;
    if (!url || !template || !template_has(template, "page"))
        return 0;
    g_autofree char *whole =
        url_resolve(s->url, template); /* "{" and "}" become %7B and %7D there */
    const char *mark = whole ? strstr(whole, "%7Bpage%7D") : NULL;
    if (!mark)
        return 0;
    g_autofree char *before = g_strndup(whole, mark - whole);
    if (!g_str_has_prefix(url, before) || !g_ascii_isdigit(url[strlen(before)]))
        return 0;
    gint64 page = 0;
    number_prefix(url + strlen(before), G_MAXINT, &page, NULL);
    return page > s->pages_first ? ((int)page - s->pages_first) / s->pages_step : 0;
}
