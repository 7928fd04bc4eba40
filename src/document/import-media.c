/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is embedded: frames, films, sound, documents.  Nothing of it can be shown here, so it
 * becomes a link with its title.  What cannot be seen on the page either, and what advertises or
 * counts, is left out.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/importer.h"

#include <string.h>

#define MIN_SIZE 2 /* pixels: pages hide what counts their readers in one */

/* Frames that hold no content of the page's. */
static bool
is_noise(const char *url)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex)) {
        GRegex *made = g_regex_new(
            "^https?://([^/]*\\.)?(doubleclick\\.net|googlesyndication\\.com|googletagmanager\\.com|googleadservices\\.com|adnxs\\.com|amazon-adsystem\\.com|"
            "taboola\\.com|outbrain\\.com|criteo\\.(com|net)|pubmatic\\.com|adriver\\.ru|adfox\\.ru|mc\\.yandex\\.ru|yastatic\\.net/safeframe|an\\.yandex\\.ru|"
            "cpro\\.baidu\\.com|pos\\.baidu\\.com|hm\\.baidu\\.com|tanx\\.com|recaptcha\\.net|consensu\\.org|addthis\\.com|disqus\\.com|jiathis\\.com)(/|$)|"
            "^https?://(www\\.)?google\\.com/recaptcha|^https?://(www\\.)?facebook\\.com/(tr\\b|plugins/(like|share_button|page|comments))|"
            "^https?://platform\\.twitter\\.com/widgets/(follow|tweet)_button",
            G_REGEX_CASELESS, 0, NULL);
        g_assert(made);
        g_once_init_leave(&regex, made);
    }
    return g_regex_match(regex, url, 0, NULL);
}

static char *
web_attribute(const struct importer *in, const xmlNode *node, const char *name)
{
    g_autofree char *url = import_url(in, node, name);
    return url && g_str_has_prefix(url, "http") ? g_steal_pointer(&url) : NULL;
}

/* The first of its attributes that is an address of the web. */
static char *
url_of(const struct importer *in, const xmlNode *node)
{
    static const char *const names[] = {"src",           "data-src", "data-lazy-src",
                                        "data-original", "data-url", "data"};
    char *url = NULL;
    for (size_t i = 0; !url && i < G_N_ELEMENTS(names); i++)
        url = web_attribute(in, node, names[i]);
    if (url || !html_named(node, "amp-youtube lite-youtube"))
        return url;
    g_autofree char *id =
        html_attribute(node, html_named(node, "lite-youtube") ? "videoid" : "data-videoid");
    g_autofree char *page = id && *id ? g_strconcat("https://www.youtube.com/watch?v=", id, NULL)
                                      : NULL;
    return import_resolve(in, page);
}

/* The address that something within names: <source src>, <param name=movie value>, <embed src>. */
static char *
url_within(const struct importer *in, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child && depth < IMPORT_DEPTH;
         child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        char *url = NULL;
        if (html_named(child, "source embed")) {
            url = url_of(in, child);
        } else if (html_named(child, "param")) {
            g_autofree char *name = html_attribute(child, "name"),
                            *lower = name ? g_ascii_strdown(name, -1) : NULL;
            if (lower && (g_str_equal(lower, "movie") || g_str_equal(lower, "src") ||
                          g_str_equal(lower, "url") || g_str_equal(lower, "filename")))
                url = web_attribute(in, child, "value");
        }
        if (!url)
            url = url_within(in, child, depth + 1);
        if (url)
            return url;
    }
    return NULL;
}

static char *
title_of(const xmlNode *node)
{
    static const char *const names[] = {"title", "aria-label", "data-title", "alt"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *raw = html_attribute(node, names[i]),
                        *clean = raw ? text_squeeze(raw, -1) : NULL;
        if (clean && *clean)
            return g_steal_pointer(&clean);
    }
    return NULL;
}

static bool
has_type(const xmlNode *node, const char *kind)
{
    g_autofree char *type = html_attribute(node, "type");
    return type && !g_ascii_strncasecmp(type, kind, strlen(kind));
}

/* Whether an address is that of a file that offices write. */
static bool
is_document(const char *url)
{
    static const char *const ends[] = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx",
                                       ".odt", ".ods", ".odp",  ".rtf", ".wps",  ".ofd"};
    g_autofree char *path = g_ascii_strdown(url, (gssize)strcspn(url, "?#"));
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(path, ends[i]))
            return true;
    return false;
}

/*
 * The document that a viewer's frame shows ("viewer.html?file=/plan.pdf"), or the frame's own
 * address; takes url.
 */
static char *
viewed_document(const struct importer *in, char *url)
{
    static const char *const names[] = {"file=", "url=", "src=", "doc=", "pdf="};
    const char *query = strchr(url, '?');
    g_auto(GStrv) parameters = g_strsplit_set(query ? query + 1 : "", "&#", -1);
    for (char **p = parameters; *p; p++) {
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            if (!g_str_has_prefix(*p, names[i]))
                continue;
            g_autofree char *value = g_uri_unescape_string(*p + strlen(names[i]), NULL);
            char *document = value && is_document(value) ? import_resolve(in, value) : NULL;
            if (document) {
                g_free(url);
                return document;
            }
        }
    }
    return url;
}

static enum embed_kind
kind_of(const xmlNode *node, const char *url)
{
    if (html_named(node, "video amp-video amp-youtube lite-youtube") || has_type(node, "video/"))
        return EMBED_VIDEO;
    if (html_named(node, "audio amp-audio") || has_type(node, "audio/"))
        return EMBED_AUDIO;
    if (is_document(url) || has_type(node, "application/pdf"))
        return EMBED_DOCUMENT;
    static GRegex *video;
    regex_once(
        &video,
        "^https?://([^/]*\\.)?(youtube(-nocookie)?\\.com|youtu\\.be|vimeo\\.com|rutube\\.ru|vk(video)?\\.(com|ru)/video|dailymotion\\.com|"
        "bilibili\\.com|youku\\.com|v\\.qq\\.com|iqiyi\\.com|twitch\\.tv)|/videos?/|\\.(mp4|webm|m3u8|ogv|mov|flv)([?#]|$)");
    return g_regex_match(video, url, 0, NULL) ? EMBED_VIDEO : EMBED_FRAME;
}

/* In a cell or a caption: the title as a link. */
static void
add_inline(struct importer *in, const char *url, const char *title)
{
    guint link = in->link;
    in->link = document_link(in->document, url);
    import_text(in, title ? title : url);
    in->link = link;
}

void
import_embedded(struct importer *in, const xmlNode *node)
{
    if (import_is_tiny(node, MIN_SIZE, true))
        return;
    g_autofree char *url = url_of(in, node);
    if (!url)
        url = url_within(in, node, in->depth);
    if (!url) { /* what is shown in its place may lead there */
        if (html_named(node, "object video audio amp-video amp-audio"))
            import_children(in, node);
        return;
    }
    url = viewed_document(in, g_steal_pointer(&url));
    if (is_noise(url) || !import_is_new(in, url))
        return;
    g_autofree char *title = title_of(node);
    if (in->target) {
        add_inline(in, url, title);
        return;
    }
    if (!import_has_room(in, &in->embedded))
        return;
    if (has_type(node, "image/")) {
        import_flush(in);
        struct block *picture = import_add(in, BLOCK_PICTURE, 0);
        picture->url = g_steal_pointer(&url);
        picture->alt = g_steal_pointer(&title);
        return;
    }
    import_flush(in);
    struct block *block = import_add(in, BLOCK_EMBED, kind_of(node, url));
    block->url = g_steal_pointer(&url);
    block->alt = g_steal_pointer(&title);
}
