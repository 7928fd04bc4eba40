/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three walks.  count_raw() counts the text of every element and reads its hints; drop() marks what
 * is hidden, navigation, comments and the like, unless it holds so much of the page's text that the
 * hint must be wrong; count_left() counts again without what was dropped, and gives points.
 *
 * Points go to the containers of paragraphs: a paragraph has one point, one for each of its commas
 * (prose has them in every script, menus have not) and one for each hundred of its weight, at most
 * three.  Its parent gets them whole, ancestors less.  A container starts with points by its
 * element and its hints.  These rules and numbers are those of Mozilla's Readability
 * (_initializeNode(), _grabArticle()), but for what is marked.
 */
#include "config.h"

#include "portal/features.h"
#include "document/html.h"

#include <string.h>

#define MAX_DEPTH 4000
#define BLOCKS \
    "p div table ul ol section article blockquote h1 h2 h3 h4 h5 h6 dl pre form header footer main aside figure " \
    "tr td li dd center"

static const struct {
    const char *word;
    guint bits;
    bool part; /* also within a longer word */
} vocabulary[] = {
    {"article", HINT_BODY, true},
    {"content", HINT_BODY, true},
    {"entry", HINT_BODY, true},
    {"story", HINT_BODY, true},
    {"post", HINT_BODY, false},
    {"body", HINT_BODY, true},
    {"text", HINT_BODY, true},
    {"main", HINT_BODY, false},
    {"blog", HINT_BODY, false},
    {"page", HINT_BODY, false},
    {"news", HINT_BODY, false},
    {"detail", HINT_BODY, true},
    {"column", HINT_BODY, false},
    {"zoom", HINT_BODY, false},
    {"neirong", HINT_BODY, true},
    {"zhengwen", HINT_BODY, true},
    {"wenzhang", HINT_BODY, true},
    {"editor", HINT_BODY, false},
    {"paragraph", HINT_BODY, true},
    {"prose", HINT_BODY, false},

    {"sidebar", HINT_UNLIKELY, true},
    {"side", HINT_UNLIKELY, false},
    {"banner", HINT_UNLIKELY, true},
    {"breadcrumb", HINT_UNLIKELY, true},
    {"breadcrumbs", HINT_UNLIKELY, true},
    {"crumb", HINT_UNLIKELY, true},
    {"footer", HINT_UNLIKELY, true},
    {"foot", HINT_UNLIKELY, false},
    {"footnav", HINT_UNLIKELY, true},
    {"nav", HINT_UNLIKELY, false},
    {"navbar", HINT_UNLIKELY, true},
    {"navigation", HINT_UNLIKELY, true},
    {"menu", HINT_UNLIKELY, true},
    {"share", HINT_UNLIKELY, true},
    {"sharing", HINT_UNLIKELY, true},
    {"social", HINT_UNLIKELY, true},
    {"related", HINT_UNLIKELY, true},
    {"recommend", HINT_UNLIKELY, true},
    {"recommended", HINT_UNLIKELY, true},
    {"recirc", HINT_UNLIKELY, true},
    {"teaser", HINT_UNLIKELY, true},
    {"teasers", HINT_UNLIKELY, true},
    {"newsletter", HINT_UNLIKELY, true},
    {"subscribe", HINT_UNLIKELY, true},
    {"subscription", HINT_UNLIKELY, true},
    {"signup", HINT_UNLIKELY, true},
    {"promo", HINT_UNLIKELY, true},
    {"promotion", HINT_UNLIKELY, true},
    {"sponsor", HINT_UNLIKELY, true},
    {"sponsored", HINT_UNLIKELY, true},
    {"advert", HINT_UNLIKELY, true},
    {"ad", HINT_UNLIKELY, false},
    {"ads", HINT_UNLIKELY, false},
    {"adbox", HINT_UNLIKELY, false},
    {"adsense", HINT_UNLIKELY, true},
    {"outbrain", HINT_UNLIKELY, true},
    {"taboola", HINT_UNLIKELY, true},
    {"popup", HINT_UNLIKELY, true},
    {"modal", HINT_UNLIKELY, true},
    {"overlay", HINT_UNLIKELY, true},
    {"cookie", HINT_UNLIKELY, true},
    {"cookies", HINT_UNLIKELY, true},
    {"consent", HINT_UNLIKELY, true},
    {"gdpr", HINT_UNLIKELY, true},
    {"pagination", HINT_UNLIKELY, true},
    {"pager", HINT_UNLIKELY, true},
    {"paging", HINT_UNLIKELY, true},
    {"toolbar", HINT_UNLIKELY, true},
    {"tools", HINT_UNLIKELY, false},
    {"copyright", HINT_UNLIKELY, true},
    {"masthead", HINT_UNLIKELY, true},
    {"position", HINT_UNLIKELY, false},
    {"weizhi", HINT_UNLIKELY, true},
    {"dqwz", HINT_UNLIKELY, true},
    {"bdshare", HINT_UNLIKELY, true},
    {"qrcode", HINT_UNLIKELY, true},
    {"ewm", HINT_UNLIKELY, false},
    {"hotnews", HINT_UNLIKELY, true},
    {"xgyd", HINT_UNLIKELY, true},
    {"xgxw", HINT_UNLIKELY, true},
    {"trending", HINT_UNLIKELY, true},
    {"popular", HINT_UNLIKELY, true},
    {"readmore", HINT_UNLIKELY, true},
    {"tags", HINT_UNLIKELY, false},
    {"taglist", HINT_UNLIKELY, true},
    {"keywords", HINT_UNLIKELY, false},
    {"donate", HINT_UNLIKELY, true},
    {"donation", HINT_UNLIKELY, true},
    {"print", HINT_UNLIKELY, false},
    {"login", HINT_UNLIKELY, true},
    {"register", HINT_UNLIKELY, false},
    {"feedback", HINT_UNLIKELY, true},
    {"disclaimer", HINT_UNLIKELY, true},
    {"toc", HINT_UNLIKELY, false},
    {"rating", HINT_UNLIKELY, true},
    {"follow", HINT_UNLIKELY, false},
    {"dropdown", HINT_UNLIKELY, true},
    {"search", HINT_UNLIKELY, false},
    {"infobox", HINT_UNLIKELY, false},
    {"authorbio", HINT_UNLIKELY, true},
    {"bio", HINT_UNLIKELY, false},
    {"carousel", HINT_UNLIKELY, true},
    {"slideshow", HINT_UNLIKELY, false},
    {"shop", HINT_UNLIKELY, false},
    {"onetrust", HINT_CONSENT, true},
    {"cookielaw", HINT_CONSENT, true},
    {"didomi", HINT_CONSENT, true},
    {"usercentrics", HINT_CONSENT, true},
    {"cookiebot", HINT_CONSENT, true},
    {"cookieconsent", HINT_CONSENT, true},
    {"truste", HINT_CONSENT, false},
    {"cmpbox", HINT_CONSENT, true},
    {"comment", HINT_COMMENT, true},
    {"comments", HINT_COMMENT, true},
    {"disqus", HINT_COMMENT, true},
    {"reply", HINT_COMMENT, false},
    {"replies", HINT_COMMENT, false},
    {"discussion", HINT_COMMENT, false},
    {"respond", HINT_COMMENT, false},
    {"pinglun", HINT_COMMENT, true},
    {"caption", HINT_CAPTION, true},
    {"credit", HINT_CAPTION, false},
    {"credits", HINT_CAPTION, false},
    {"byline", HINT_BYLINE, true},
    {"author", HINT_BYLINE, false},
    {"authors", HINT_BYLINE, false},
    {"dateline", HINT_BYLINE, true},
    {"timestamp", HINT_BYLINE, true},
    {"pubdate", HINT_BYLINE, true},
    {"meta", HINT_BYLINE, false},
    {"postmeta", HINT_BYLINE, true},
    {"metadata", HINT_BYLINE, true},
    {"lead", HINT_LEAD, false},
    {"lede", HINT_LEAD, false},
    {"intro", HINT_LEAD, false},
    {"summary", HINT_LEAD, false},
    {"standfirst", HINT_LEAD, true},
    {"subtitle", HINT_LEAD, false},
    {"dek", HINT_LEAD, false},
};

/* The vocabulary by the first letters of its words: lists of what begins with the same one. */
struct letters {
    guint8 first['z' - 'a' + 1], next[G_N_ELEMENTS(vocabulary)]; /* index + 1, 0: no more */
};

static const struct letters *
letters_once(void)
{
    static struct letters *table;
    G_STATIC_ASSERT(G_N_ELEMENTS(vocabulary) < G_MAXUINT8);
    if (g_once_init_enter(&table)) {
        struct letters *made = g_new0(struct letters, 1);
        for (guint8 i = 0; i < G_N_ELEMENTS(vocabulary); i++) {
            guint8 *list = &made->first[vocabulary[i].word[0] - 'a'];
            made->next[i] = *list;
            *list = i + 1;
        }
        g_once_init_leave(&table, made);
    }
    return table;
}

/* The bits of a word of small letters; a long one that is not known has those of its parts. */
static guint
bits_of_word(const char *word)
{
    const struct letters *letters = letters_once();
    for (guint i = letters->first[*word - 'a']; i; i = letters->next[i - 1])
        if (!strcmp(word, vocabulary[i - 1].word))
            return vocabulary[i - 1].bits;
    guint bits = 0;
    for (const char *p = strlen(word) < 6 ? "" : word; *p; p++)
        for (guint i = letters->first[*p - 'a']; i; i = letters->next[i - 1])
            if (vocabulary[i - 1].part && vocabulary[i - 1].word[1] == p[1] &&
                g_str_has_prefix(p, vocabulary[i - 1].word))
                bits |= vocabulary[i - 1].bits;
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
features_text_weight(const char *text, guint *commas)
{
    guint total = 0, found = 0;
    for (const guchar *p = (const guchar *)text; *p;) {
        if (*p < 0x80) {
            total += *p > ' ';
            found += *p == ',' || *p == ';';
            p++;
            continue;
        }
        if (*p == 0xd0 || *p == 0xd1 || (*p >= 0xe4 && *p <= 0xe9)) { /* Cyrillic, Han */
            total += *p >= 0xe4 ? 3 : 1;
            p += *p >= 0xe4 ? 3 : 2;
            continue;
        }
        gunichar c = g_utf8_get_char((const char *)p);
        total += c == 0xa0 || c == 0x3000 ? 0 : c >= 0x2e80 ? 3 : 1;
        found += c == 0xff0c || c == 0x3001 || c == 0x3002 || c == 0x060c || c == 0x061b ||
                 c == 0xff1b || c == 0x0964;
        p += g_utf8_skip[*p];
    }
    if (commas)
        *commas += found;
    return total;
}

struct features *
features_of(const xmlNode *element)
{
    return element->_private;
}

double
features_link_density(const xmlNode *element)
{
    const struct features *m = features_of(element);
    return m->text ? (double)m->linked / m->text : 0;
}

/* --- what is never read --------------------------------------------------------------- */

/* Whether a value, without the blanks around it and case, is one of some words. */
static bool
is_word(const char *value, const char *words)
{
    value += strspn(value, " \t\r\n\f");
    gsize length = strlen(value);
    while (length && g_ascii_isspace(value[length - 1]))
        length--;
    for (const char *word = words; *word; word += strspn(word, " ")) {
        gsize size = strcspn(word, " ");
        if (size == length && !g_ascii_strncasecmp(word, value, length))
            return true;
        word += size;
    }
    return false;
}

static bool
attribute_is(const xmlNode *node, const char *name, const char *words)
{
    const char *value = html_value(node, name);
    return value && is_word(value, words);
}

static bool
is_hidden(const xmlNode *node)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        const char *value = html_value_of(attr);
        if (!strcmp(name, "hidden") && g_ascii_strcasecmp(value, "false"))
            return true;
        if (!strcmp(name, "style")) {
            const char *at = strstr(value, "display");
            if (at && (at = strchr(at, ':')) &&
                g_str_has_prefix(at + 1 + strspn(at + 1, " "), "none"))
                return true;
        }
    }
    return attribute_is(node, "aria-hidden", "true");
}

static bool
is_known(const char *value, bool is_id)
{
    if (is_id)
        return is_word(value, "zoom zoomcon fontzoom ucap-content");
    return strstr(value, "TRS_Editor") || strstr(value, "TRS_UEDITOR") ||
           strstr(value, "trs_editor_view");
}

/* What is asked of an element's name. */
enum {
    UNREAD = 1 << 1,  /* its text is none */
    DROPPED = 1 << 2, /* it is never a part of an article */
    ROOT = 1 << 3,
    CHROME = 1 << 4, /* navigation and controls */
    ASIDE = 1 << 5,
    HOLDS_BODY = 1 << 6,
    MAY_BE_UNLIKELY = 1 << 7,
    BLOCK = 1 << 8,
    PARAGRAPH = 1 << 9,
    LEAF = 1 << 10, /* a paragraph where it holds no blocks */
    LINK = 1 << 11,
    INLINE = 1 << 12, /* what stands loose in it is no text of its own */
    KNOWN = 1 << 13,
    TITLE = 1 << 14,
};

/* What is the same for all elements of a walk. */
struct walk {
    struct arena *arena;
    /* values of class and of id, borrowed of the tree -> their hints; pages repeat them */
    GHashTable *classes, *ids;
};

static guint
kind_of(const xmlNode *node)
{
    static const struct html_kind kinds[] = {
        {"script style noscript template svg iframe object embed select textarea input math head",
         UNREAD},
        {"script style noscript template svg iframe object embed select textarea head", DROPPED},
        {"html body", ROOT},
        {"nav dialog button", CHROME},
        {"footer aside", ASIDE},
        {"article main", HOLDS_BODY},
        {"div section ul ol dl form fieldset aside header footer figure iframe center h2 h3 h4 h5 h6 li",
         MAY_BE_UNLIKELY},
        {BLOCKS, BLOCK},
        {"p pre", PARAGRAPH},
        {"div section td blockquote center article main body", LEAF},
        {"a", LINK},
        {"p a span", INLINE},
        {"ucapcontent", KNOWN},
        {"h1 ucaptitle", TITLE},
    };
    static struct html_kinds table = {.kinds = kinds, .count = G_N_ELEMENTS(kinds)};
    return html_kinds_of(&table, node);
}

static guint
hints_once(GHashTable *known, const char *value, bool is_id)
{
    gpointer hints;
    if (!g_hash_table_lookup_extended(known, value, NULL, &hints)) {
        hints = GUINT_TO_POINTER(bits_of(value) | (is_known(value, is_id) ? HINT_KNOWN : 0));
        g_hash_table_insert(known, (gpointer)value, hints);
    }
    return GPOINTER_TO_UINT(hints);
}

static void
read_attributes(struct walk *w, const xmlNode *node, struct features *m)
{
    m->hints = m->kind & KNOWN ? HINT_KNOWN : 0;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name, *value = html_value_of(attr);
        if (!strcmp(name, "class"))
            m->hints |= hints_once(w->classes, value, false);
        else if (!strcmp(name, "id"))
            m->hints |= hints_once(w->ids, value, true);
        else if (!strcmp(name, "itemprop"))
            m->marked |= is_word(value, "articlebody");
        else if (!strcmp(name, "role"))
            m->marked |= is_word(value, "article");
    }
}

/* --- the walks --------------------------------------------------------------------------- */

static void
count_raw(struct walk *w, xmlNode *node, int depth)
{
    struct features *m = arena_alloc(w->arena, sizeof *m);
    node->_private = m;
    m->kind = kind_of(node);
    m->titled = m->kind & TITLE;
    read_attributes(w, node, m);
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            if (!(m->kind & UNREAD)) /* scripts are long */
                m->text += features_text_weight((const char *)child->content, NULL);
        } else if (child->type == XML_ELEMENT_NODE && depth < MAX_DEPTH) {
            count_raw(w, child, depth + 1);
            m->text += features_of(child)->text;
            m->marked |= features_of(child)->marked;
            m->titled |= features_of(child)->titled;
        } else if (child->type == XML_ELEMENT_NODE) {
            /* deeper than any page that people made */
            child->_private = arena_alloc(w->arena, sizeof *m);
            features_of(child)->dropped = true;
        }
    }
    if (m->kind & UNREAD)
        m->text = 0;
}

/*
 * The share of the page's text above which an element is not dropped, in percent: half an article
 * is nowhere hidden, but many pages call the element around everything "sidebar" or keep it hidden
 * until a script shows it.  The less such a name tells, the less text it takes to belie it:
 * comments are often longer than the article, while what is also hinted to be a body
 * ("content-sidebar") is dropped only if it is small. Readability has no such limits; they were
 * tuned on the sets that portal/body.c names, where the mean F1 is 0.9488.  Doubtful elements at 30
 * % give 0.9389, footers at 60 % 0.9453; what is hidden at 20 or 100 %, footers at 15 % and
 * comments at 30 % lose at most 0.0004.  Comments are often nine tenths of a page: without a longer
 * limit for those that hold no <h1> it is 0.0018 less; the limits are for pages whose article
 * stands in such an element, which would be empty.
 */
#define HIDDEN_MOST   40 /* also of <nav>, dialogs and what has such a role */
#define FOOTER_MOST   30 /* of <footer> and <aside>, and of what is hinted to be unlikely */
#define COMMENTS_MOST 60 /* with a title in them */
#define COMMENTS_LONG 90 /* without */
#define DOUBTFUL_MOST 5  /* of what is hinted to be unlikely and a body too */

static bool
should_drop(const xmlNode *node, guint whole)
{
    const struct features *m = features_of(node);
    guint kind = m->kind;
    if (kind & DROPPED)
        return true;
    if (kind & ROOT)
        return false;
    if (m->hints & HINT_CONSENT)
        return true;
    bool large = features_above(m->text, HIDDEN_MOST, whole);
    if (is_hidden(node))
        return !large;
    if (kind & CHROME ||
        attribute_is(
            node, "role",
            "navigation menu menubar complementary alert alertdialog dialog contentinfo search"))
        return !large;
    if (kind & ASIDE)
        return features_below(m->text, FOOTER_MOST, whole);
    if (m->hints & HINT_COMMENT && !m->marked && !(m->hints & HINT_BODY && kind & HOLDS_BODY))
        return features_below(m->text, m->titled ? COMMENTS_MOST : COMMENTS_LONG, whole);
    if (m->hints & HINT_UNLIKELY && !m->marked && kind & MAY_BE_UNLIKELY)
        return features_below(m->text, m->hints & HINT_BODY ? DOUBTFUL_MOST : FOOTER_MOST, whole);
    return false;
}

static void
become_div(xmlNode *node)
{
    html_rename(node, "div");
    features_of(node)->kind = BLOCK | LEAF | MAY_BE_UNLIKELY;
}

static void
drop(xmlNode *node, guint whole)
{
    struct features *m = features_of(node);
    if (m->dropped || should_drop(node, whole)) {
        m->dropped = true;
        return;
    }
    if (m->kind & CHROME &&
        html_named(node, "button")) /* one that was never closed, and holds the page */
        become_div(node);
    for (xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            drop(child, whole);
}

/*
 * What a container starts with.  Readability gives 25 for hints and nothing for <article>.  On the
 * sets that portal/body.c names no points for hints give 0.9459 and 25 give 0.9483; those for
 * <article> do not matter there (0.9490 without).
 */
#define START_ARTICLE 12
#define START_BLOCK   5
#define START_TEXT    3
#define START_LIST    (-3)
#define START_HEADING (-5)
#define START_HINT    20 /* added for a hint of a body, taken for any that is against one */

static void
become_candidate(xmlNode *node)
{
    struct features *m = features_of(node);
    if (m->candidate)
        return;
    m->candidate = true;
    if (html_named(node, "article"))
        m->score += START_ARTICLE;
    else if (html_named(node, "div section main"))
        m->score += START_BLOCK;
    else if (html_named(node, "pre td blockquote"))
        m->score += START_TEXT;
    else if (html_named(node, "ul ol dl dd dt li form address"))
        m->score += START_LIST;
    else if (html_named(node, "h1 h2 h3 h4 h5 h6 th"))
        m->score += START_HEADING;
    if (m->hints & HINT_BODY)
        m->score += START_HINT;
    if (m->hints & (HINT_UNLIKELY | HINT_COMMENT | HINT_CAPTION | HINT_BYLINE))
        m->score -= START_HINT;
}

/*
 * Gives points for a text that stands in node: whole to it, less to what is around it
 * (Readability).
 */
static void
give(xmlNode *node, double points)
{
    static const double shares[] = {1, 0.5, 1.0 / 6, 1.0 / 9, 1.0 / 12};
    for (size_t i = 0; i < G_N_ELEMENTS(shares) && node && node->type == XML_ELEMENT_NODE &&
                       !html_named(node, "html");
         i++) {
        become_candidate(node);
        features_of(node)->score += points * shares[i];
        node = node->parent;
    }
}

static double
points_of(guint text, guint commas)
{
    return 1 + commas + MIN(text / 100.0, 3);
}

/*
 * What counts as a paragraph: weight of text of an element without blocks (Readability), and of
 * text that stands loose between the blocks of an element, which is often a label and must be
 * longer.  An element with more text than a short article's is no paragraph of its parent but a
 * container itself.
 */
#define PARAGRAPH_LEAST 25
#define LOOSE_LEAST     40
#define CONTAINER_LEAST 300

/* Text that stands loose between the blocks of an element, as far as a break. */
struct run {
    guint text, linked, commas;
    bool broken; /* by one <br>; two end it */
};

static void
end_run(xmlNode *node, struct run *run)
{
    if (run->text >= LOOSE_LEAST && run->linked * 2 < run->text) {
        features_of(node)->paragraphs++;
        give(node, points_of(run->text, run->commas));
    }
    *run = (struct run){0};
}

/* Adds a node to the run before it; false when it is a block, which ends it. */
static bool
add_to_run(struct run *run, const xmlNode *child)
{
    if (child->type != XML_ELEMENT_NODE) {
        guint text = features_text_weight((const char *)child->content, &run->commas);
        run->text += text;
        run->broken &= !text;
        return true;
    }
    const struct features *c = features_of(child);
    if (c->dropped)
        return true;
    bool twice = run->broken;
    run->broken = !strcmp((const char *)child->name, "br") || (twice && !c->text);
    if (c->block || (twice && run->broken))
        return false;
    run->text += c->text;
    run->linked += c->linked;
    run->commas += c->commas;
    return true;
}

/* Gives points for the text that stands loose in an element beside its blocks. */
static void
count_runs(xmlNode *node)
{
    struct run run = {0};
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE &&
            child->type != XML_ELEMENT_NODE)
            continue;
        if (!add_to_run(&run, child))
            end_run(node, &run);
    }
    end_run(node, &run);
}

static void
count_left(xmlNode *node)
{
    struct features *m = features_of(node);
    m->text = 0;
    bool blocks = false; /* among its children or theirs */
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            m->text += features_text_weight((const char *)child->content, &m->commas);
        } else if (child->type == XML_ELEMENT_NODE && !features_of(child)->dropped) {
            count_left(child);
            const struct features *c = features_of(child);
            m->text += c->text;
            m->linked += c->linked;
            m->commas += c->commas;
            m->paragraphs += c->paragraphs;
            m->tags += c->tags + 1;
            m->links += c->links + !strcmp((const char *)child->name, "a");
            m->images += c->images + !strcmp((const char *)child->name, "img");
            m->inputs += c->inputs + !strcmp((const char *)child->name, "input");
            m->items += c->items + !strcmp((const char *)child->name, "li");
            m->headings += c->headings + (child->name[0] == 'h' && child->name[1] >= '1' &&
                                          child->name[1] <= '6' && !child->name[2]);
            blocks |= c->block;
        }
    }
    guint kind = m->kind;
    m->block = blocks || kind & BLOCK;
    if (kind & LINK)
        m->linked = m->text;
    bool paragraph = kind & PARAGRAPH || (!blocks && kind & LEAF);
    if (paragraph && m->text >= PARAGRAPH_LEAST && m->linked * 2 < m->text) {
        m->paragraphs++;
        /* what is itself the whole text of an article counts as its own container */
        bool own = !(kind & PARAGRAPH) && m->text > CONTAINER_LEAST;
        give(own ? node : node->parent, points_of(m->text, m->commas));
    } else if (blocks && m->text >= LOOSE_LEAST && !(kind & INLINE)) {
        count_runs(node);
    }
}

void
features_count(xmlNode *root, struct arena *arena)
{
    g_autoptr(GHashTable) classes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    struct walk walk = {arena, classes, ids};
    count_raw(&walk, root, 0);
    drop(root, MAX(features_of(root)->text, 1));
    count_left(root);
}
