/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures and their captions.  Pages that load pictures late have a placeholder in `src` and the
 * picture in one of many places; that is what counts, and never the placeholder.
 */
#include "config.h"

#include "base/clean.h"
#include "document/importer.h"

#include <string.h>

#define MIN_SIZE       20  /* pixels: spacers and bullets are smaller */
#define MIN_DECORATION 64  /* without alternative text they are no pictures of anything */
#define LARGE          200 /* pixels of width: what is so large is no decoration */
#define MAX_SIBLINGS   4
#define LINK_NODES     32 /* in which the text of a link is looked for */

/* --- where a picture is ---------------------------------------------------------------------- */

/* Whether every word of a file's name is one of those that placeholders are called by. */
static bool
is_placeholder(const char *url)
{
    static const char *const signs[] = {
        "blank",       "spacer",      "loading",     "loader",  "load",  "lazy",     "lazyload",
        "lazyloading", "placeholder", "transparent", "transp",  "pixel", "spinner",  "preloader",
        "preload",     "dummy",       "1x1",         "empty",   "clear", "cleardot", "nopic",
        "noimg",       "noimage",     "ajaxloader",  "missing", NULL};
    static const char *const more[] = {
        "img",   "image", "images", "pic",  "picture", "photo", "gif", "bg",    "default",
        "white", "grey",  "gray",   "ajax", "icon",    "small", "big", "large", "medium",
        "no",    "none",  "s",      "x",    "px",      "color", "2x",  "svg",   NULL};
    g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
    const char *last = strrchr(path, '/');
    g_autofree char *stem = g_ascii_strdown(last ? last + 1 : path, -1);
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = '\0';
    g_auto(GStrv) words = g_strsplit_set(stem, "-_. ", -1);
    bool sign = false;
    for (char **word = words; *word; word++) {
        bool is_sign = g_strv_contains(signs, *word);
        if (!is_sign && !g_strv_contains(more, *word) &&
            strspn(*word, "0123456789x") < strlen(*word))
            return false;
        sign |= is_sign;
    }
    return sign;
}

/* The URL in an attribute, if it is that of a picture that may be loaded. */
static char *
candidate(const struct importer *in, const xmlNode *node, const char *name)
{
    g_autofree char *raw = html_attribute(node, name);
    if (!raw || !g_ascii_strncasecmp(g_strchug(raw), "data:", 5))
        return NULL;
    g_autofree char *url = import_resolve(in, raw);
    return url && g_str_has_prefix(url, "http") && !is_placeholder(url) ? g_steal_pointer(&url)
                                                                        : NULL;
}

/* The largest picture of a srcset (HTML 4.8.4.2.1): "a.jpg 300w, b.jpg 2x". */
static char *
of_srcset(const struct importer *in, const xmlNode *node, const char *name)
{
    g_autofree char *set = html_attribute(node, name);
    g_autofree char *best = NULL;
    double most = -1;
    for (const char *p = set ? set : ""; *p;) {
        p += strspn(p, " \t\n\r\f,");
        gsize length = strcspn(p, " \t\n\r\f");
        bool ends = length && p[length - 1] == ','; /* without a descriptor */
        g_autofree char *raw = g_strndup(p, length - ends);
        p += length;
        gsize rest = ends ? 0 : strcspn(p, ",");
        g_autofree char *descriptor = g_strstrip(g_strndup(p, rest));
        p += rest;
        double size = *descriptor ? g_ascii_strtod(descriptor, NULL) : 1;
        if (!*raw || size <= most || !g_ascii_strncasecmp(raw, "data:", 5))
            continue;
        char *url = import_resolve(in, raw);
        if (url && g_str_has_prefix(url, "http") && !is_placeholder(url)) {
            g_free(best);
            best = url;
            most = size;
        } else {
            g_free(url);
        }
    }
    return g_steal_pointer(&best);
}

/* "data-url" is often no picture's; only such a name counts there. */
static bool
names_picture(const char *url)
{
    g_autofree char *path = g_ascii_strdown(url, (gssize)strcspn(url, "?#"));
    static const char *const ends[] = {".jpg",  ".jpeg", ".png", ".gif", ".webp",
                                       ".avif", ".bmp",  ".svg", ".jfif"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(path, ends[i]))
            return true;
    return false;
}

static char *
of_sources(const struct importer *in, const xmlNode *img)
{
    /* libxml2 takes <source> for an element with content: the picture stands within */
    for (const xmlNode *node = img->parent;
         node && node->type == XML_ELEMENT_NODE && html_named(node, "source picture");
         node = node->parent) {
        const xmlNode *first = html_named(node, "picture") ? node->children : NULL;
        for (const xmlNode *source = first ? first : node; source;
             source = first ? source->next : NULL) {
            if (source->type != XML_ELEMENT_NODE || !html_named(source, "source"))
                continue;
            char *url = of_srcset(in, source, "data-srcset");
            if (!url)
                url = of_srcset(in, source, "srcset");
            if (url)
                return url;
        }
    }
    return NULL;
}

static char *
picture_url(const struct importer *in, const xmlNode *node)
{
    static const char *const late[] = {
        "data-src",          "data-original",  "data-lazy-src", "data-lazy",     "data-lazyload",
        "data-original-src", "data-actualsrc", "data-echo",     "data-real-src", "data-hi-res-src",
        "data-image",        "zoomfile",       "file",          "original",      "_src",
        "lay-src",           "lazy-src"};
    static const char *const unsure[] = {"data-url", "data-img", "data-image-src", "data-href"};
    char *url = NULL;
    for (size_t i = 0; !url && i < G_N_ELEMENTS(late); i++)
        url = candidate(in, node, late[i]);
    if (!url)
        url = of_srcset(in, node, "data-srcset");
    if (!url)
        url = of_srcset(in, node, "data-lazy-srcset");
    for (size_t i = 0; !url && i < G_N_ELEMENTS(unsure); i++) {
        url = candidate(in, node, unsure[i]);
        if (url && !names_picture(url))
            g_clear_pointer(&url, g_free);
    }
    if (!url)
        url = candidate(in, node, "src");
    if (!url)
        url = of_srcset(in, node, "srcset");
    return url ? url : of_sources(in, node);
}

/* --- whether it is one ------------------------------------------------------------------------ */

/* Whether a file is called after what decorates pages. */
static bool
is_ornament(const char *url)
{
    static const char *const words[] = {
        "icon",     "ico",       "icons",    "bullet", "dot",   "line",       "hr",
        "divider",  "separator", "sep",      "arrow",  "arr",   "spacer",     "corner",
        "bg",       "border",    "shadow",   "deco",   "decor", "decoration", "decorative",
        "ornament", "star",      "gradient", "point",  "li",    NULL};
    g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
    const char *last = strrchr(path, '/');
    g_autofree char *stem = g_ascii_strdown(last ? last + 1 : path, -1);
    if (g_str_has_suffix(stem, ".gif") || g_str_has_suffix(stem, ".svg"))
        return true;
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = '\0';
    g_auto(GStrv) parts = g_strsplit_set(stem, "-_. 0123456789", -1);
    for (char **part = parts; *part; part++)
        if (g_strv_contains(words, *part))
            return true;
    return false;
}

static bool
is_photograph(const char *url)
{
    g_autofree char *path = g_ascii_strdown(url, (gssize)strcspn(url, "?#"));
    return g_str_has_suffix(path, ".jpg") || g_str_has_suffix(path, ".jpeg") ||
           g_str_has_suffix(path, ".webp") || g_str_has_suffix(path, ".avif");
}

/* Whether there is text beside it in its line. */
static bool
is_within_text(const struct importer *in, const xmlNode *node)
{
    if (in->text->len && in->text->str[in->text->len - 1] != '\n')
        return true;
    guint seen = 0;
    for (const xmlNode *next = node->next; next && seen < MAX_SIBLINGS; next = next->next, seen++) {
        if (next->type == XML_TEXT_NODE && !text_is_blank((const char *)next->content))
            return true;
        if (next->type == XML_ELEMENT_NODE && html_named(next, "br p div img"))
            return false;
    }
    return false;
}

/*
 * An empty alternative text says that a picture is decoration (HTML 4.8.4.4.4), but content
 * management systems write it for all that nobody described.  So it needs another sign.
 */
static bool
is_decoration(const struct importer *in, const xmlNode *node, const char *url)
{
    g_autofree char *alt = html_attribute(node, "alt"), *title = html_attribute(node, "title"),
                    *role = html_attribute(node, "role");
    bool presents = role && (g_str_equal(role, "presentation") || g_str_equal(role, "none"));
    if (in->figure != G_MAXUINT ||
        ((!alt || !text_is_blank(alt) || !text_is_blank(title)) && !presents))
        return false;
    int width;
    bool large = html_integer_attribute(node, "width", &width) && width >= LARGE;
    return import_is_tiny(node, MIN_DECORATION, false) || (!large && presents) ||
           (!large && (is_ornament(url) || (!is_photograph(url) && is_within_text(in, node))));
}

static char *
alternative(const xmlNode *node)
{
    static const char *const names[] = {"alt", "title", "aria-label"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *raw = html_attribute(node, names[i]),
                        *clean = raw ? text_squeeze(raw, -1) : NULL;
        if (clean && *clean)
            return g_steal_pointer(&clean);
    }
    return NULL;
}

/*
 * Pictures of characters and formulas are the text that they show; smiles: what is a character or a
 * name for it.
 */
static bool
is_text(const xmlNode *node, bool *smiles)
{
    static const char *const faces[] = {"emoji", "smiley", "wp-smiley", "smilie", NULL},
                             *const formulas[] = {"latex", "tex", "math", NULL};
    g_autofree char *class = html_attribute(node, "class");
    g_auto(GStrv) list = g_strsplit_set(class ? class : "", " \t\n", -1);
    *smiles = false;
    for (char **word = list; *word; word++) {
        *smiles = g_strv_contains(faces, *word);
        if (*smiles || g_strv_contains(formulas, *word))
            return true;
    }
    return false;
}

static bool
holds_letter(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isalpha(g_utf8_get_char(text)))
            return true;
    return false;
}

/* Whether there is text in a part of a page, of which so many nodes are looked at. */
static bool
has_text(const xmlNode *node, int *nodes)
{
    for (; node && (*nodes)-- > 0; node = node->next)
        if ((node->type == XML_TEXT_NODE && !text_is_blank((const char *)node->content)) ||
            (node->type == XML_ELEMENT_NODE && has_text(node->children, nodes)))
            return true;
    return *nodes <= 0;
}

/* Whether the link in which it stands, if it does, has a text beside it. */
static bool
is_beside_link_text(const struct importer *in, const xmlNode *node)
{
    int nodes = LINK_NODES;
    while (node && !html_named(node, "a"))
        node = node->parent;
    return in->link && node && has_text(node->children, &nodes);
}

/*
 * Whether a picture says more than where it stood before: other words, or that it leads somewhere.
 * The icon at each link of a list says nothing.
 */
static bool
is_news(struct importer *in, const xmlNode *node, const char *url, const char *alt,
        const char *target)
{
    g_autofree char *words = g_strconcat(url, "\nalt\n", alt, NULL),
                    *linked = g_strconcat(url, "\nlinked", NULL);
    bool is_new = import_is_new(in, url), says = alt && import_is_new(in, words),
         leads = target && import_is_new(in, linked);
    return is_new || ((says || leads) && !is_beside_link_text(in, node));
}

void
import_picture(struct importer *in, const xmlNode *node)
{
    g_autofree char *alt = alternative(node);
    bool smiles;
    if (is_text(node, &smiles)) {
        if (alt && !(smiles && holds_letter(alt)))
            import_text(in, alt);
        return;
    }
    if (import_is_tiny(node, MIN_SIZE, false))
        return;
    g_autofree char *url = picture_url(in, node);
    if (in->target) {
        if (alt && url)
            import_text(in, alt);
        return;
    }
    const char *target = in->link ? g_ptr_array_index(in->document->links, in->link - 1) : NULL;
    /* a link to the same picture, only larger, leads nowhere else */
    if (target && names_picture(target))
        target = NULL;
    if (url ? is_decoration(in, node, url) || !is_news(in, node, url, alt, target) : !alt)
        return;
    if (!import_has_room(in, &in->pictures))
        return;
    import_flush(in);
    struct block *block = import_add(in, BLOCK_PICTURE, 0);
    block->target = g_strdup(target);
    block->url = g_steal_pointer(&url);
    block->alt = g_steal_pointer(&alt);
}

/*
 * What pages show where nothing is loaded late: a picture that stands beside its placeholder is
 * taken there.
 */
static const xmlNode *
element_before(const xmlNode *node)
{
    for (node = node->prev; node; node = node->prev)
        if (node->type == XML_ELEMENT_NODE)
            return node;
    return NULL;
}

static void
walk_noscript(struct importer *in, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child && depth < IMPORT_DEPTH;
         child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (html_named(child, "img amp-img iframe video audio object embed"))
            import_walk(in, child);
        else
            walk_noscript(in, child, depth + 1);
    }
}

/*
 * The picture before, when it has no address of its own, or is another of the same figure, small
 * and loaded first.
 */
static struct block *
stand_in(const struct importer *in)
{
    guint length = in->document->blocks->len;
    struct block *last = length && !in->target ? g_ptr_array_index(in->document->blocks, length - 1)
                                               : NULL;
    bool same_figure = in->figure != G_MAXUINT && length > in->figure;
    return last && last->type == BLOCK_PICTURE && !last->content.text->len &&
                   (!last->url || same_figure)
               ? last
               : NULL;
}

void
import_noscript(struct importer *in, const xmlNode *node)
{
    const xmlNode *before = element_before(node);
    g_autofree char *shown = before && html_named(before, "img amp-img") ? picture_url(in, before)
                                                                         : NULL;
    if (shown)
        return;
    import_flush(in);
    struct block *placeholder = stand_in(in);
    guint length = in->document->blocks->len;
    walk_noscript(in, node, in->depth);
    if (!placeholder || in->document->blocks->len == length)
        return;
    struct block *real = g_ptr_array_index(in->document->blocks, length);
    if (real->type != BLOCK_PICTURE)
        return;
    if (!real->alt)
        real->alt = g_steal_pointer(&placeholder->alt);
    g_ptr_array_remove_index(in->document->blocks, length - 1);
}

/* --- captions ------------------------------------------------------------------------------- */

void
import_figure(struct importer *in, const xmlNode *node)
{
    import_flush(in);
    guint before = in->document->blocks->len, outer = in->figure;
    in->figure = before;
    const xmlNode *caption = NULL;
    in->depth++;
    for (const xmlNode *child = node->children; child && in->depth < IMPORT_DEPTH;
         child = child->next) {
        if (child->type == XML_ELEMENT_NODE && html_named(child, "figcaption"))
            caption = child;
        else
            import_walk(in, child);
    }
    in->depth--;
    import_flush(in);
    in->figure = outer;
    if (!caption)
        return;
    struct block *of = NULL;
    for (guint i = before; i < in->document->blocks->len && !in->target; i++) {
        struct block *block = g_ptr_array_index(in->document->blocks, i);
        bool captioned = block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED ||
                         block->type == BLOCK_TABLE;
        if (captioned && !block->content.text->len)
            of = block;
    }
    if (of)
        import_into(in, caption, &of->content);
    else if (in->document->blocks->len > before || in->target)
        import_block(in, caption, BLOCK_PARAGRAPH, 0);
    /* else it is of a picture that a script would have shown */
}

/* A caption outside of a figure belongs to the picture right before it. */
void
import_caption(struct importer *in, const xmlNode *node)
{
    import_flush(in);
    guint length = in->document->blocks->len;
    struct block *last = length ? g_ptr_array_index(in->document->blocks, length - 1) : NULL;
    bool captioned = last && (last->type == BLOCK_PICTURE || last->type == BLOCK_EMBED);
    if (!captioned || last->content.text->len || in->target)
        import_block(in, node, BLOCK_PARAGRAPH, 0);
    else
        import_into(in, node, &last->content);
}
