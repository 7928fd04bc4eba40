/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk over the tree that carries down how text looks and ends a line at each break. */
#include "config.h"

#include "portal/lines.h"
#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/page.h"

#include <string.h>

#define MAX_DEPTH 4000
#define MAX_LINES 200000
#define BIG_SIZE  19 /* pixels of <big> */

/* How text looks where the walk is. */
struct look {
    const xmlNode *link, *block;
    guint8 heading, size;
    bool bold, centred, dropped;
};

/* What an element does to lines. */
enum {
    BLOCK = 1 << 1,
    BREAK = 1 << 2,
    UNREAD = 1 << 3, /* what it holds is not shown as text */
    BOLD = 1 << 4,
    CENTRED = 1 << 5,
    BIG = 1 << 6,
    FONT = 1 << 7,
    LINK = 1 << 8,
    HEADING = 1 << 9,
    PLACED = 1 << 10, /* its align is its own place, not that of its text */
};

struct walk {
    GArray *lines;
    bool open; /* the last line has not ended */
    const xmlNode *link;
};

/* "14pt", "1.3em", "x-large" in pixels; 0 for what says nothing. */
static guint8
pixels_of(const char *value)
{
    static const struct {
        const char *word;
        guint8 pixels;
    } words[] = {{"xx-large", 32}, {"x-large", 24}, {"larger", 19}, {"large", 18}};
    static const struct {
        const char *unit;
        double pixels;
    } units[] = {{"px", 1},
                 {"pt", 4.0 / 3},
                 {"rem", LINES_USUAL_SIZE},
                 {"em", LINES_USUAL_SIZE},
                 {"%", 0.16}};
    value += strspn(value, " ");
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(value, words[i].word))
            return words[i].pixels;
    char *end;
    double number = g_ascii_strtod(value, &end);
    for (size_t i = 0; end != value && i < G_N_ELEMENTS(units); i++)
        if (g_str_has_prefix(end, units[i].unit) && number * units[i].pixels > 0)
            return (guint8)MIN(number * units[i].pixels, 200);
    return 0;
}

/* What a declaration of a style attribute sets a property to; NULL if nothing. */
static const char *
declared(const char *style, const char *property)
{
    const char *at = strcasestr(style, property);
    if (!at)
        return NULL;
    at += strlen(property);
    at += strspn(at, " ");
    return *at == ':' ? at + 1 + strspn(at + 1, " ") : NULL;
}

static void
look_at_style(struct look *look, const char *style)
{
    const char *size = declared(style, "font-size"), *weight = declared(style, "font-weight"),
               *align = declared(style, "text-align");
    if (size && pixels_of(size))
        look->size = pixels_of(size);
    if (weight)
        look->bold = g_str_has_prefix(weight, "bold") || (*weight >= '6' && *weight <= '9');
    if (align)
        look->centred = !g_ascii_strncasecmp(align, "center", 6);
}

/* <font size="5">, "+2" */
static guint8
font_size(const char *value)
{
    static const guint8 sizes[] = {10, 13, 16, 18, 24, 32, 48};
    int size;
    if (!html_integer(value, &size, NULL))
        return 0;
    if (*value == '+' || *value == '-')
        size += 3;
    return sizes[CLAMP(size, 1, 7) - 1];
}

static guint
kind_of(const xmlNode *node)
{
    static const struct html_kind kinds[] = {
        {"p div table tr td th ul ol li dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main "
         "aside nav form fieldset figure figcaption blockquote center pre address body caption",
         BLOCK},
        {"br hr", BREAK},
        {"script style noscript template head title select option textarea svg iframe object button",
         UNREAD},
        {"h1 h2 h3 h4 h5 h6 b strong th", BOLD},
        {"center", CENTRED},
        {"big", BIG},
        {"font", FONT},
        {"a", LINK},
        {"h1 h2 h3 h4 h5 h6", HEADING},
        {"table hr caption", PLACED},
    };
    static struct html_kinds table = {.kinds = kinds, .count = G_N_ELEMENTS(kinds)};
    return html_kinds_of(&table, node);
}

static void
look_at(struct look *look, const xmlNode *node, guint kind)
{
    if (kind & HEADING)
        look->heading = (guint8)(node->name[1] - '0');
    look->bold |= (kind & BOLD) != 0;
    look->centred |= (kind & CENTRED) != 0;
    if (kind & BIG)
        look->size = BIG_SIZE;
    bool place = false, leads = false;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *key = (const char *)attr->name;
        const char *value =
            attr->children && attr->children->content ? (const char *)attr->children->content : "";
        place |= !strcmp(key, "name");
        leads |= !strcmp(key, "href") || !strcmp(key, "onclick");
        if (!strcmp(key, "align") && !(kind & PLACED))
            look->centred = !g_ascii_strcasecmp(value, "center");
        else if (!strcmp(key, "size") && kind & FONT)
            look->size = font_size(value) ? font_size(value) : look->size;
        else if (!strcmp(key, "style"))
            look_at_style(look, value);
    }
    /* <a name> is a place to which others lead; one without anything is what a script listens to */
    if (kind & LINK && (leads || !place))
        look->link = node;
    const struct features *m = features_of(node);
    look->dropped |= m && m->dropped;
}

static void
add_text(struct walk *w, const xmlNode *node, const struct look *look)
{
    guint weight = features_text_weight((const char *)node->content, NULL);
    if (!weight)
        return;
    if (!w->open) {
        if (w->lines->len >= MAX_LINES)
            return;
        struct line line = {.first = node,
                            .block = look->block,
                            .heading = look->heading,
                            .size = look->size,
                            .bold = true,
                            .centred = look->centred,
                            .dropped = look->dropped};
        g_array_append_val(w->lines, line);
        w->open = true;
        w->link = NULL;
    }
    struct line *line = lines_at(w->lines, w->lines->len - 1);
    line->last = node;
    line->weight += weight;
    line->bold &= look->bold;
    if (look->size > line->size && weight * 2 > line->weight)
        line->size = look->size;
    if (look->link) {
        line->linked += weight;
        line->links += look->link != w->link && line->links < G_MAXUINT16;
    }
    w->link = look->link;
}

static void
walk(struct walk *w, const xmlNode *node, guint kind, struct look look, int depth)
{
    look_at(&look, node, kind);
    if (kind & (BLOCK | BREAK))
        w->open = false;
    if (kind & BLOCK)
        look.block = node;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            add_text(w, child, &look);
        } else if (child->type == XML_ELEMENT_NODE && depth < MAX_DEPTH) {
            guint kind_of_child = kind_of(child);
            if (!(kind_of_child & UNREAD))
                walk(w, child, kind_of_child, look, depth + 1);
        }
    }
    if (kind & BLOCK)
        w->open = false;
}

GArray *
lines_of(const xmlNode *root)
{
    struct walk w = {.lines = g_array_new(FALSE, FALSE, sizeof(struct line))};
    if (root)
        walk(&w, root, kind_of(root), (struct look){.block = root}, 0);
    return w.lines;
}

char *
lines_text(const struct line *line)
{
    GString *raw = g_string_new(NULL);
    for (const xmlNode *node = line->first; node; node = node_next(node, NULL)) {
        if (node->type == XML_TEXT_NODE && !node_is(node->parent, "script style"))
            g_string_append(raw, (const char *)node->content);
        if (node == line->last)
            break;
    }
    char *text = text_squeeze(raw->str, (gssize)raw->len);
    g_string_free(raw, TRUE);
    return text;
}

#define MAX_CONTROLS 80 /* weight */
#define MAX_SIGN     3  /* characters of a control behind a name: "A+" */

/* The link around a text, or what else does something when it is pressed; NULL: none. */
static const xmlNode *
control_around(const struct line *line, const xmlNode *text)
{
    for (const xmlNode *n = text->parent; n && n != line->block; n = n->parent) {
        if (node_is(n, "a"))
            return n;
        g_autofree char *does = html_attribute(n, "onclick");
        if (does)
            return n;
    }
    return NULL;
}

static bool
does_something(const xmlNode *control)
{
    static GRegex *regex;
    g_autofree char *href = html_attribute(control, "href");
    if (!node_is(control, "a"))
        return true;
    if (!href) {
        g_autofree char *name = html_attribute(control, "name");
        return !name;
    }
    if (!*g_strstrip(href))
        return true;
    return g_regex_match(regex_once(&regex, "^(?:javascript:|#(?:top|header|)$)"), href, 0, NULL);
}

static bool
has_words(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isalnum(g_utf8_get_char(text)))
            return true;
    return false;
}

/* Whether a text is what controls are of: "Text size:" */
static bool
is_name(const char *text)
{
    return g_str_has_suffix(text, ":") || g_str_has_suffix(text, "：");
}

/* "A+", "大": nothing but one letter or digit, and what stands beside it.  "AB" may be a person. */
static bool
is_sign(const char *text)
{
    gunichar letter = 0;
    guint digits = 0;
    for (const char *c = text; *c; c = g_utf8_next_char(c)) {
        gunichar u = g_unichar_tolower(g_utf8_get_char(c));
        digits += g_unichar_isdigit(u);
        if (g_unichar_isalnum(u) && letter && u != letter)
            return false;
        letter = g_unichar_isalnum(u) ? u : letter;
    }
    return digits <= 1 && g_utf8_strlen(text, -1) <= MAX_SIGN;
}

bool
lines_is_controls(const struct line *line)
{
    if (line->weight > MAX_CONTROLS)
        return false;
    bool named = false, signs = true;
    guint controls = 0;
    for (const xmlNode *node = line->first; node; node = node_next(node, NULL)) {
        if (node->type == XML_TEXT_NODE) {
            g_autofree char *text = g_strstrip(g_strdup((const char *)node->content));
            const xmlNode *control = control_around(line, node);
            if (control ? !does_something(control)
                        : has_words(text) && (controls || !is_name(text)))
                return false;
            controls += control && *text;
            named |= has_words(text) && !(control && node_is(control, "a"));
            signs &= !control || is_sign(text);
        }
        if (node == line->last)
            break;
    }
    /* what has a name, or is no link, may be text: "Contact: Ann Smith" */
    return controls && (!named || (signs && controls > 1));
}

const xmlNode *
lines_past(const xmlNode *node)
{
    while (node && !node->next)
        node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
    return node ? node->next : NULL;
}

guint
lines_find(const GArray *lines, const xmlNode *node, guint from)
{
    /* both are in document order: whichever text comes first at or after the node is a line's */
    g_autoptr(GHashTable) first = g_hash_table_new(NULL, NULL);
    for (guint i = from; i < lines->len; i++)
        g_hash_table_insert(first, (gpointer)lines_at(lines, i)->first, GUINT_TO_POINTER(i + 1));
    for (const xmlNode *n = node; n; n = node_next(n, NULL)) {
        guint found = GPOINTER_TO_UINT(g_hash_table_lookup(first, n));
        if (found)
            return found - 1;
    }
    return lines->len;
}

void
lines_remove(struct line *line)
{
    for (const xmlNode *node = line->first, *next; node; node = next) {
        next = node == line->last ? NULL : node_next(node, NULL);
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            xmlUnlinkNode((xmlNode *)node);
            xmlFreeNode((xmlNode *)node);
        }
    }
    line->first = line->last = NULL;
    line->weight = line->linked = 0;
    line->links = 0;
}
