/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three walks: what is there at all; what to drop, unless it is most of the page; what is
 * left, with points for the containers of paragraphs.
 */
#include "config.h"

#include "portal/measure.h"
#include "document/html.h"
#include "portal/page.h"

#include <string.h>

#define MAX_DEPTH 4000
#define BLOCKS                                                                                     \
    "p div table ul ol section article blockquote h1 h2 h3 h4 h5 h6 dl pre form header footer main aside figure " \
    "tr td li dd center"

static const struct {
    const char *word;
    guint bits;
    bool part; /* also within a longer word */
} vocabulary[] = {
    {"article", WORD_BODY, true}, {"content", WORD_BODY, true}, {"entry", WORD_BODY, true}, {"story", WORD_BODY, true},
    {"post", WORD_BODY, false}, {"body", WORD_BODY, true}, {"text", WORD_BODY, true}, {"main", WORD_BODY, false},
    {"blog", WORD_BODY, false}, {"page", WORD_BODY, false}, {"news", WORD_BODY, false}, {"detail", WORD_BODY, true},
    {"column", WORD_BODY, false}, {"zoom", WORD_BODY, false}, {"neirong", WORD_BODY, true}, {"zhengwen", WORD_BODY, true},
    {"wenzhang", WORD_BODY, true}, {"editor", WORD_BODY, false}, {"paragraph", WORD_BODY, true}, {"prose", WORD_BODY, false},

    {"sidebar", WORD_UNLIKELY, true}, {"side", WORD_UNLIKELY, false}, {"banner", WORD_UNLIKELY, true},
    {"breadcrumb", WORD_UNLIKELY, true}, {"breadcrumbs", WORD_UNLIKELY, true}, {"crumb", WORD_UNLIKELY, true},
    {"footer", WORD_UNLIKELY, true}, {"foot", WORD_UNLIKELY, false}, {"footnav", WORD_UNLIKELY, true},
    {"nav", WORD_UNLIKELY, false}, {"navbar", WORD_UNLIKELY, true}, {"navigation", WORD_UNLIKELY, true},
    {"menu", WORD_UNLIKELY, true}, {"share", WORD_UNLIKELY, true}, {"sharing", WORD_UNLIKELY, true},
    {"social", WORD_UNLIKELY, true}, {"related", WORD_UNLIKELY, true}, {"recommend", WORD_UNLIKELY, true},
    {"recommended", WORD_UNLIKELY, true}, {"recirc", WORD_UNLIKELY, true}, {"teaser", WORD_UNLIKELY, true},
    {"teasers", WORD_UNLIKELY, true}, {"newsletter", WORD_UNLIKELY, true}, {"subscribe", WORD_UNLIKELY, true},
    {"subscription", WORD_UNLIKELY, true}, {"signup", WORD_UNLIKELY, true}, {"promo", WORD_UNLIKELY, true},
    {"promotion", WORD_UNLIKELY, true}, {"sponsor", WORD_UNLIKELY, true}, {"sponsored", WORD_UNLIKELY, true},
    {"advert", WORD_UNLIKELY, true}, {"ad", WORD_UNLIKELY, false}, {"ads", WORD_UNLIKELY, false},
    {"adbox", WORD_UNLIKELY, false}, {"adsense", WORD_UNLIKELY, true}, {"outbrain", WORD_UNLIKELY, true},
    {"taboola", WORD_UNLIKELY, true}, {"popup", WORD_UNLIKELY, true}, {"modal", WORD_UNLIKELY, true},
    {"overlay", WORD_UNLIKELY, true}, {"cookie", WORD_UNLIKELY, true}, {"cookies", WORD_UNLIKELY, true},
    {"consent", WORD_UNLIKELY, true}, {"gdpr", WORD_UNLIKELY, true}, {"pagination", WORD_UNLIKELY, true},
    {"pager", WORD_UNLIKELY, true}, {"paging", WORD_UNLIKELY, true}, {"toolbar", WORD_UNLIKELY, true},
    {"tools", WORD_UNLIKELY, false},
    {"copyright", WORD_UNLIKELY, true}, {"masthead", WORD_UNLIKELY, true},
    {"position", WORD_UNLIKELY, false}, {"weizhi", WORD_UNLIKELY, true}, {"dqwz", WORD_UNLIKELY, true},
    {"bdshare", WORD_UNLIKELY, true}, {"qrcode", WORD_UNLIKELY, true}, {"ewm", WORD_UNLIKELY, false},
    {"hotnews", WORD_UNLIKELY, true}, {"xgyd", WORD_UNLIKELY, true}, {"xgxw", WORD_UNLIKELY, true},
    {"trending", WORD_UNLIKELY, true}, {"popular", WORD_UNLIKELY, true}, {"readmore", WORD_UNLIKELY, true},
    {"tags", WORD_UNLIKELY, false}, {"taglist", WORD_UNLIKELY, true}, {"keywords", WORD_UNLIKELY, false},
    {"donate", WORD_UNLIKELY, true}, {"donation", WORD_UNLIKELY, true}, {"print", WORD_UNLIKELY, false},
    {"login", WORD_UNLIKELY, true}, {"register", WORD_UNLIKELY, false}, {"feedback", WORD_UNLIKELY, true},
    {"disclaimer", WORD_UNLIKELY, true}, {"toc", WORD_UNLIKELY, false}, {"rating", WORD_UNLIKELY, true},
    {"follow", WORD_UNLIKELY, false}, {"dropdown", WORD_UNLIKELY, true}, {"search", WORD_UNLIKELY, false},
    {"infobox", WORD_UNLIKELY, false}, {"authorbio", WORD_UNLIKELY, true}, {"bio", WORD_UNLIKELY, false},
    {"carousel", WORD_UNLIKELY, true}, {"slideshow", WORD_UNLIKELY, false}, {"shop", WORD_UNLIKELY, false},
    {"onetrust", WORD_CONSENT, true}, {"cookielaw", WORD_CONSENT, true}, {"didomi", WORD_CONSENT, true},
    {"usercentrics", WORD_CONSENT, true}, {"cookiebot", WORD_CONSENT, true}, {"cookieconsent", WORD_CONSENT, true},
    {"truste", WORD_CONSENT, false}, {"cmpbox", WORD_CONSENT, true},
    {"comment", WORD_COMMENT, true}, {"comments", WORD_COMMENT, true}, {"disqus", WORD_COMMENT, true},
    {"reply", WORD_COMMENT, false}, {"replies", WORD_COMMENT, false}, {"discussion", WORD_COMMENT, false},
    {"respond", WORD_COMMENT, false}, {"pinglun", WORD_COMMENT, true},
    {"caption", WORD_CAPTION, true}, {"credit", WORD_CAPTION, false}, {"credits", WORD_CAPTION, false},
    {"byline", WORD_BYLINE, true}, {"author", WORD_BYLINE, false}, {"authors", WORD_BYLINE, false},
    {"dateline", WORD_BYLINE, true}, {"timestamp", WORD_BYLINE, true}, {"pubdate", WORD_BYLINE, true},
    {"meta", WORD_BYLINE, false}, {"postmeta", WORD_BYLINE, true}, {"metadata", WORD_BYLINE, true},
    {"lead", WORD_LEAD, false}, {"lede", WORD_LEAD, false}, {"intro", WORD_LEAD, false}, {"summary", WORD_LEAD, false},
    {"standfirst", WORD_LEAD, true}, {"subtitle", WORD_LEAD, false}, {"dek", WORD_LEAD, false},
};

static GHashTable *
vocabulary_once(void)
{
    static GHashTable *table;
    if (g_once_init_enter(&table)) {
        GHashTable *made = g_hash_table_new(g_str_hash, g_str_equal);
        for (size_t i = 0; i < G_N_ELEMENTS(vocabulary); i++)
            g_hash_table_insert(made, (gpointer)vocabulary[i].word, GUINT_TO_POINTER(vocabulary[i].bits));
        g_once_init_leave(&table, made);
    }
    return table;
}

static guint
bits_of_word(const char *word)
{
    guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(vocabulary_once(), word));
    if (bits || strlen(word) < 6)
        return bits;
    for (size_t i = 0; i < G_N_ELEMENTS(vocabulary); i++)
        if (vocabulary[i].part && strstr(word, vocabulary[i].word))
            bits |= vocabulary[i].bits;
    return bits;
}

/* The words of "main-content_2 articleBody" are main, content, article, body. */
static guint
bits_of(const char *names)
{
    char word[32];
    gsize length = 0;
    guint bits = 0;
    for (const char *p = names;; p++) {
        bool upper = g_ascii_isupper(*p) && length && !g_ascii_isupper(p[-1]);
        if (length && (upper || !g_ascii_isalpha(*p))) {
            word[length] = '\0';
            bits |= bits_of_word(word);
            length = 0;
        }
        if (!*p)
            return bits;
        if (g_ascii_isalpha(*p) && length < sizeof word - 1)
            word[length++] = g_ascii_tolower(*p);
    }
}

guint
measure_weight(const char *text, guint *commas)
{
    guint total = 0, found = 0;
    for (const guchar *p = (const guchar *)text; *p;) {
        if (*p < 0x80) {
            total += *p > ' ';
            found += *p == ',' || *p == ';';
            p++;
            continue;
        }
        gunichar c = g_utf8_get_char((const char *)p);
        total += c == 0xa0 || c == 0x3000 ? 0 : c >= 0x2e80 ? 3 : 1;
        found += c == 0xff0c || c == 0x3001 || c == 0x3002 || c == 0x060c || c == 0x061b || c == 0xff1b || c == 0x0964;
        p += g_utf8_skip[*p];
    }
    if (commas)
        *commas += found;
    return total;
}

struct measure *
measure_of(const xmlNode *element)
{
    return element->_private;
}

double
measure_link_density(const xmlNode *element)
{
    const struct measure *m = measure_of(element);
    return m->text ? (double)m->linked / m->text : 0;
}

/* --- what is never read --------------------------------------------------------------- */

static bool
attribute_is(const xmlNode *node, const char *name, const char *words)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        if (strcmp((const char *)attr->name, name) || !attr->children || !attr->children->content)
            continue;
        g_autofree char *value = g_ascii_strdown((const char *)attr->children->content, -1);
        g_auto(GStrv) list = g_strsplit(words, " ", -1);
        return g_strv_contains((const char *const *)list, g_strstrip(value));
    }
    return false;
}

static bool
is_hidden(const xmlNode *node)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        const char *value = attr->children && attr->children->content ? (const char *)attr->children->content : "";
        if (!strcmp(name, "hidden") && g_ascii_strcasecmp(value, "false"))
            return true;
        if (!strcmp(name, "style")) {
            const char *at = strstr(value, "display");
            if (at && (at = strchr(at, ':')) && g_str_has_prefix(at + 1 + strspn(at + 1, " "), "none"))
                return true;
        }
    }
    return attribute_is(node, "aria-hidden", "true");
}

static bool
is_known(const char *value, bool is_id)
{
    static const char *const ids[] = {"zoom", "zoomcon", "fontzoom", "ucap-content", NULL};
    if (is_id) {
        g_autofree char *lower = g_ascii_strdown(value, -1);
        return g_strv_contains(ids, g_strstrip(lower));
    }
    return strstr(value, "TRS_Editor") || strstr(value, "TRS_UEDITOR") || strstr(value, "trs_editor_view");
}

/* What is the same for all elements of a walk. */
struct walk {
    struct arena *arena;
    GHashTable *names; /* value of class or id, borrowed of the tree -> its bits; pages repeat them */
};

static guint
bits_once(struct walk *w, const char *names)
{
    gpointer bits;
    if (!g_hash_table_lookup_extended(w->names, names, NULL, &bits)) {
        bits = GUINT_TO_POINTER(bits_of(names));
        g_hash_table_insert(w->names, (gpointer)names, bits);
    }
    return GPOINTER_TO_UINT(bits);
}

static guint
names_of(struct walk *w, const xmlNode *node)
{
    guint bits = html_named(node, "ucapcontent") ? WORD_KNOWN : 0;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        bool is_id = !strcmp((const char *)attr->name, "id");
        if ((is_id || !strcmp((const char *)attr->name, "class")) && attr->children && attr->children->content) {
            const char *value = (const char *)attr->children->content;
            bits |= bits_once(w, value) | (is_known(value, is_id) ? WORD_KNOWN : 0);
        }
    }
    return bits;
}

/* --- the walks --------------------------------------------------------------------------- */

static void
count_raw(struct walk *w, xmlNode *node, int depth)
{
    struct measure *m = arena_alloc(w->arena, sizeof *m);
    node->_private = m;
    m->words = names_of(w, node);
    m->marked = attribute_is(node, "itemprop", "articlebody") || attribute_is(node, "role", "article");
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            m->text += measure_weight((const char *)child->content, NULL);
        } else if (child->type == XML_ELEMENT_NODE && depth < MAX_DEPTH) {
            count_raw(w, child, depth + 1);
            m->text += measure_of(child)->text;
            m->marked |= measure_of(child)->marked;
        } else if (child->type == XML_ELEMENT_NODE) {
            child->_private = arena_alloc(w->arena, sizeof *m); /* deeper than any page that people made */
            measure_of(child)->dropped = true;
        }
    }
    if (html_named(node, "script style noscript template svg iframe object embed select textarea input math head"))
        m->text = 0;
}

static bool
should_drop(const xmlNode *node, guint whole)
{
    const struct measure *m = measure_of(node);
    if (html_named(node, "script style noscript template svg iframe object embed select textarea head"))
        return true;
    if (html_named(node, "html body"))
        return false;
    if (m->words & WORD_CONSENT)
        return true;
    bool large = m->text * 10 > whole * 4;
    if (is_hidden(node))
        return !large;
    if (html_named(node, "nav dialog button") || attribute_is(node, "role", "navigation menu menubar complementary alert alertdialog dialog contentinfo search"))
        return !large;
    if (html_named(node, "footer aside"))
        return m->text * 10 < whole * 3;
    if (m->words & WORD_COMMENT && !m->marked && !(m->words & WORD_BODY && html_named(node, "article main")))
        return m->text * 10 < whole * 6;
    if (m->words & WORD_UNLIKELY && !m->marked && html_named(node, "div section ul ol dl form fieldset aside header footer figure iframe center h2 h3 h4 h5 h6 li"))
        return m->words & WORD_BODY ? m->text * 20 < whole : m->text * 10 < whole * 3;
    return false;
}

static void
drop(xmlNode *node, guint whole)
{
    struct measure *m = measure_of(node);
    if (m->dropped || should_drop(node, whole)) {
        m->dropped = true;
        return;
    }
    if (html_named(node, "button")) /* one that was never closed, and holds the page */
        xmlNodeSetName(node, (const xmlChar *)"div");
    for (xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            drop(child, whole);
}

static bool
has_blocks(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && html_named(child, BLOCKS))
            return true;
    return false;
}

static void
become_candidate(xmlNode *node)
{
    struct measure *m = measure_of(node);
    if (m->candidate)
        return;
    m->candidate = true;
    if (html_named(node, "article"))
        m->score += 12;
    else if (html_named(node, "div section main"))
        m->score += 5;
    else if (html_named(node, "pre td blockquote"))
        m->score += 3;
    else if (html_named(node, "ul ol dl dd dt li form address"))
        m->score -= 3;
    else if (html_named(node, "h1 h2 h3 h4 h5 h6 th"))
        m->score -= 5;
    if (m->words & WORD_BODY)
        m->score += 20;
    if (m->words & (WORD_UNLIKELY | WORD_COMMENT | WORD_CAPTION | WORD_BYLINE))
        m->score -= 20;
}

/* Points for a text that stands in node: whole to it, less to what is around it. */
static void
give(xmlNode *node, double points)
{
    static const double shares[] = {1, 0.5, 1.0 / 6, 1.0 / 9, 1.0 / 12};
    for (size_t i = 0; i < G_N_ELEMENTS(shares) && node && node->type == XML_ELEMENT_NODE && !html_named(node, "html"); i++) {
        become_candidate(node);
        measure_of(node)->score += points * shares[i];
        node = node->parent;
    }
}

static double
points_of(guint text, guint commas)
{
    return 1 + commas + MIN(text / 100.0, 3);
}

static void
count_left(xmlNode *node)
{
    struct measure *m = measure_of(node);
    m->text = 0;
    guint loose = 0, loose_commas = 0;
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            loose += measure_weight((const char *)child->content, &loose_commas);
        } else if (child->type == XML_ELEMENT_NODE && !measure_of(child)->dropped) {
            count_left(child);
            const struct measure *c = measure_of(child);
            m->text += c->text;
            m->linked += c->linked;
            m->commas += c->commas;
            m->paragraphs += c->paragraphs;
            m->tags += c->tags + 1;
            m->links += c->links + !strcmp((const char *)child->name, "a");
            m->images += c->images + !strcmp((const char *)child->name, "img");
            m->inputs += c->inputs + !strcmp((const char *)child->name, "input");
            m->items += c->items + !strcmp((const char *)child->name, "li");
            m->headings += c->headings + (child->name[0] == 'h' && child->name[1] >= '1' && child->name[1] <= '6' && !child->name[2]);
        }
    }
    m->text += loose;
    m->commas += loose_commas;
    if (html_named(node, "a"))
        m->linked = m->text;
    bool blocks = has_blocks(node);
    bool paragraph = html_named(node, "p pre") || (!blocks && html_named(node, "div section td blockquote center article main"));
    if (paragraph && m->text >= 25 && m->linked * 2 < m->text) {
        m->paragraphs++;
        /* what is itself the whole text of an article counts as its own container */
        bool own = !html_named(node, "p pre") && m->text > 300;
        give(own ? node : node->parent, points_of(m->text, m->commas));
    } else if (blocks && loose >= 40 && !html_named(node, "p a span")) {
        m->paragraphs++;
        give(node, points_of(loose, loose_commas));
    }
}

void
measure_tree(xmlNode *root, struct arena *arena)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    struct walk walk = {arena, names};
    count_raw(&walk, root, 0);
    drop(root, MAX(measure_of(root)->text, 1));
    count_left(root);
}
