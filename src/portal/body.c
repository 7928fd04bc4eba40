/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the elements that hold an article's body.
 *
 * 1. If a known CMS or markup standard names a container (HINT_KNOWN), that is the body.
 * 2. Else the elements with the highest scores are compared.  A score is the points for the
 *    paragraphs in the element (portal/features.c) times the share of its text that is not linked.
 *    A candidate that holds what the page says of itself (its description, the text in its JSON-LD)
 *    gains.
 * 3. The best candidate grows: to an ancestor that it shares with others that are nearly as good,
 *    to one that scores higher, to one whose other text reads like prose too; then siblings that
 *    look like more of the same text join it, and a lead between the title and the body.
 * 4. article_prune() takes out of the result what is no article text: boxes of links, forms, lists
 *    of other articles.
 *
 * Steps 2 and 3 follow Mozilla's Readability (Readability.js), and so do the numbers that are
 * marked so. What it lacks was added, and its numbers tuned, on the visible half of ten sets of
 * article pages whose texts are known (624 pages, mostly English and Chinese), by the mean over the
 * sets of F1 of 4-word shingles.  It was 0.9488 when the steps were measured, and is 0.9526 since
 * trails, titles and ends are found by lines.  Without one of the steps it was: without the
 * description 0.9451, without widen() 0.9457, without climb() 0.9483, without known containers
 * 0.9485, without leads 0.9486, without article_prune() 0.9336. Siblings and the common ancestor
 * hardly change it (0.9492, 0.9489): they trade precision for recall, so that less of a text is
 * lost.
 */
#include "config.h"

#include "base/clean.h"
#include "document/html.h"
#include "portal/article-parts.h"
#include "portal/attachments.h"
#include "portal/features.h"

#include <string.h>

#define TOP 5 /* candidates that are compared (Readability) */
/* below it no candidate holds more than a line: only loose paragraphs are left */
#define LEAST_SCORE       2
#define KNOWN_LEAST       60   /* weight of text below which a known container is an empty shell */
#define NEARLY_BEST       0.75 /* share of the best score (Readability) */
#define NEARLY_BEST_LEAST 2    /* that many others as good split one text (Readability: 3) */
#define CLIMB_LEAST       (1.0 / 3) /* share of the score at which a climb ends (Readability) */

/*
 * The factor of a candidate that holds what the page says of itself.  It has to be large enough to
 * lift a text above a box that scores more: 1.2 does nothing (0.9449), 2 does as much as 1.4
 * (0.9491).
 */
#define DESCRIBED 1.4

static bool
is_dropped(const xmlNode *node)
{
    return node->type != XML_ELEMENT_NODE || features_of(node)->dropped;
}

static double
score_of(const xmlNode *node)
{
    const struct features *m = features_of(node);
    return m->candidate ? m->score * (1 - features_link_density(node)) : 0;
}

/*
 * Finds the element with most text among those that a known CMS or markup standard puts bodies in.
 */
static void
find_known(xmlNode *node, xmlNode **best)
{
    const struct features *m = features_of(node);
    if (m->hints & HINT_KNOWN && m->text > (*best ? features_of(*best)->text : KNOWN_LEAST))
        *best = node;
    for (xmlNode *child = node->children; child; child = child->next)
        if (!is_dropped(child))
            find_known(child, best);
}

/* --- the best candidate --------------------------------------------------------------------- */

struct top {
    xmlNode *nodes[TOP];
    guint count;
};

static void
enter(struct top *top, xmlNode *node)
{
    double score = score_of(node);
    guint at = top->count;
    while (at > 0 && score_of(top->nodes[at - 1]) < score)
        at--;
    if (at == TOP)
        return;
    if (top->count < TOP)
        top->count++;
    for (guint i = top->count - 1; i > at; i--)
        top->nodes[i] = top->nodes[i - 1];
    top->nodes[at] = node;
}

static void
collect(struct top *top, xmlNode *node)
{
    if (is_dropped(node))
        return;
    if (features_of(node)->candidate && !html_named(node, "html body"))
        enter(top, node);
    for (xmlNode *child = node->children; child; child = child->next)
        collect(top, child);
}

static bool
is_ancestor(const xmlNode *ancestor, const xmlNode *node)
{
    for (; node; node = node->parent)
        if (node == ancestor)
            return true;
    return false;
}

/* When several good candidates share an ancestor, the text is split among them. */
static xmlNode *
common_ancestor(const struct top *top, xmlNode *best)
{
    guint good = 0;
    for (guint i = 1; i < top->count; i++)
        good += score_of(top->nodes[i]) >= NEARLY_BEST * score_of(best);
    if (good < NEARLY_BEST_LEAST)
        return best;
    for (xmlNode *node = best->parent;
         node && node->type == XML_ELEMENT_NODE && !html_named(node, "body html");
         node = node->parent) {
        guint within = 0;
        for (guint i = 1; i < top->count; i++)
            within += score_of(top->nodes[i]) >= NEARLY_BEST * score_of(best) &&
                      is_ancestor(node, top->nodes[i]->parent);
        if (within >= NEARLY_BEST_LEAST)
            return node;
    }
    return best;
}

/*
 * An ancestor that scores higher, unless what lies between scores too little: its points come from
 * elsewhere.
 */
static xmlNode *
climb(xmlNode *best)
{
    double last = score_of(best), least = last * CLIMB_LEAST;
    for (xmlNode *node = best->parent;
         node && node->type == XML_ELEMENT_NODE && !html_named(node, "body html");
         node = node->parent) {
        if (!features_of(node)->candidate)
            continue;
        double score = score_of(node);
        if (score < least)
            break;
        if (score > last) {
            best = node;
            break;
        }
        last = score;
    }
    return best;
}

/* The ancestor that an only child stands for, whose siblings may belong to it. */
static xmlNode *
outermost(xmlNode *best)
{
    for (xmlNode *parent = best->parent;
         parent && parent->type == XML_ELEMENT_NODE && !html_named(parent, "body html");
         parent = parent->parent) {
        if (features_of(parent)->text > features_of(best)->text)
            break;
        best = parent;
    }
    return best;
}

/*
 * An ancestor whose rest (what it holds besides the best) is prose as well: the text goes on
 * there.  The rest is prose when it has paragraphs, few of its characters are links, and it has as
 * many commas as sentences have; menus and lists of titles have hardly any.  It must be a fair part
 * of the whole, because a box of two sentences ("about the author") is prose too.  Scores alone do
 * not find such an ancestor: parts of a text in elements of their own give theirs to their own
 * parents.
 *
 * Between 6 and 25 % of links, and 200 or 400 characters a comma, the mean is the same; a share of
 * 40 % loses ends of texts (0.9474).
 */
#define REST_LEAST          30  /* weight of text that is worth a look */
#define REST_LINKED_PERCENT 12  /* most of it that may be linked */
#define REST_PER_COMMA      200 /* most weight of text on a comma */
#define REST_PARAGRAPHS     2
#define REST_SHARE_PERCENT  20 /* of the text of the best */

static xmlNode *
widen(xmlNode *best)
{
    for (xmlNode *node = best->parent;
         node && node->type == XML_ELEMENT_NODE && !html_named(node, "body html");
         node = node->parent) {
        const struct features *a = features_of(node), *b = features_of(best);
        guint text = a->text - b->text, linked = a->linked - MIN(b->linked, a->linked);
        guint commas = a->commas - MIN(b->commas, a->commas),
              paragraphs = a->paragraphs - MIN(b->paragraphs, a->paragraphs);
        if (text < REST_LEAST)
            continue;
        bool prose = features_below(linked, REST_LINKED_PERCENT, text) &&
                     commas * REST_PER_COMMA > text && paragraphs >= REST_PARAGRAPHS;
        if (prose && features_above(text, REST_SHARE_PERCENT, b->text))
            best = node;
    }
    return best;
}

/*
 * Whether a sibling of the best is more of the same text (Readability): a candidate with a fair
 * share of the best's points, more readily if it has its class; or a paragraph that is long, or has
 * no link and a comma.
 */
#define SIBLING_SHARE    0.2  /* of the best's score */
#define SIBLING_LEAST    10   /* score */
#define SIBLING_BONUS    0.2  /* of the best's score, for its class */
#define CONTAINER_TEXT   4000 /* weight of what is more than a paragraph */
#define PARAGRAPH_LONG   80   /* weight of text */
#define PARAGRAPH_LINKED 0.25 /* most of it that may be linked */

/* Whether both are one paragraph in elements of the same kind, as where each is a <div>. */
static bool
is_alike(const xmlNode *sibling, const xmlNode *best)
{
    if (!xmlStrEqual(sibling->name, best->name) || features_of(sibling)->paragraphs > 1 ||
        features_of(best)->paragraphs > 1 || features_of(best)->text > CONTAINER_TEXT)
        return false;
    g_autofree char *a = html_attribute(sibling, "class"), *b = html_attribute(best, "class");
    return !g_strcmp0(a, b);
}

static bool
belongs(const xmlNode *sibling, const xmlNode *best, double threshold)
{
    const struct features *m = features_of(sibling);
    const xmlChar *a = xmlGetNoNsProp((xmlNode *)sibling, (const xmlChar *)"class");
    const xmlChar *b = xmlGetNoNsProp((xmlNode *)best, (const xmlChar *)"class");
    double bonus = a && b && *a && xmlStrEqual(a, b) ? score_of(best) * SIBLING_BONUS : 0;
    xmlFree((xmlChar *)a);
    xmlFree((xmlChar *)b);
    if (m->candidate && score_of(sibling) + bonus >= threshold)
        return true;
    if (!html_named(sibling, "p") && !is_alike(sibling, best))
        return false;
    double density = features_link_density(sibling);
    return ((m->text > PARAGRAPH_LONG && density < PARAGRAPH_LINKED) ||
            (m->text && density == 0 && m->commas));
}

/* Whether a paragraph stands right below a heading that is a link: the teaser of another text. */
static bool
is_teaser(const xmlNode *node)
{
    const xmlNode *above = node->prev;
    while (above && above->type != XML_ELEMENT_NODE)
        above = above->prev;
    return above && html_named(above, "h2 h3 h4 h5 h6") && !features_of(above)->dropped &&
           features_of(above)->links &&
           features_above(features_of(above)->linked, 80, features_of(above)->text);
}

/* What a rule sets apart from the text, old pages' end of it, belongs to it if it scores. */
static void
join_siblings(GPtrArray *nodes, xmlNode *best)
{
    double threshold = MAX(SIBLING_LEAST, score_of(best) * SIBLING_SHARE);
    bool after = false, apart = false;
    g_autoptr(GPtrArray) between = g_ptr_array_new();
    for (xmlNode *sibling = best->parent ? best->parent->children : best; sibling;
         sibling = sibling->next) {
        apart |= after && html_named(sibling, "hr");
        after |= sibling == best;
        bool joins = best->parent && !is_dropped(sibling) && !is_teaser(sibling) &&
                     (!apart || features_of(sibling)->candidate) &&
                     belongs(sibling, best, threshold);
        if (sibling != best && !joins) {
            if (nodes->len && !is_dropped(sibling) && !apart && is_alike(sibling, best) &&
                !features_of(sibling)->linked)
                g_ptr_array_add(between, sibling);
            continue;
        }
        /* short ones between the others */
        for (guint i = 0; i < between->len; i++)
            g_ptr_array_add(nodes, g_ptr_array_index(between, i));
        g_ptr_array_set_size(between, 0);
        g_ptr_array_add(nodes, sibling);
    }
}

/* Whether most of its text is in a footer or another part that is no text of any article. */
static bool
is_boilerplate(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (is_dropped(child) || features_of(child)->text * 2 < features_of(node)->text)
            continue;
        const struct features *m = features_of(child);
        if (html_named(child, "footer header") ||
            (m->hints & HINT_UNLIKELY && !(m->hints & HINT_BODY)))
            return true;
    }
    return false;
}

/* --- what the page says of its text --------------------------------------------------------- */

#define NEEDLE 24 /* characters, without blanks */

/* Text in lower case and without blanks, for comparing. */
static char *
tight(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80) {
            if (c > ' ')
                g_string_append_c(out, g_ascii_tolower((char)c));
        } else if (!g_unichar_isspace(c)) {
            g_string_append_unichar(out, g_unichar_tolower(c));
        }
    }
    return g_string_free(out, FALSE);
}

/* Some characters of a description, from `skip` on; NULL when it is too short to tell anything. */
static char *
needle(const char *text, glong skip)
{
    if (!text)
        return NULL;
    g_autofree char *whole = tight(text);
    glong length = g_utf8_strlen(whole, -1);
    if (length < NEEDLE / 2)
        return NULL;
    skip = MIN(skip, MAX(0, length - NEEDLE));
    const char *start = g_utf8_offset_to_pointer(whole, skip);
    const char *end = g_utf8_offset_to_pointer(whole, MIN(length, skip + NEEDLE));
    return g_strndup(start, (gsize)(end - start));
}

/* Whether the text of an element holds one of some needles. */
static bool
is_described(const xmlNode *node, char *const *needles, gsize count)
{
    bool any = false;
    for (gsize n = 0; n < count; n++)
        any |= needles[n] != NULL;
    g_autofree char *text = any ? html_text(node) : NULL, *hay = any ? tight(text) : NULL;
    for (gsize n = 0; n < count && any; n++)
        if (needles[n] && strstr(hay, needles[n]))
            return true;
    return false;
}

/* Raises the scores of those of the best candidates that hold what the page says of itself. */
static void
ask_description(struct page *page, const struct linked_data *linked, const struct top *top)
{
    g_autofree char *description =
        page_meta(page, "description og:description twitter:description");
    char *needles[] = {needle(description, 0), needle(description, 12), needle(linked->body, 100),
                       needle(linked->body, 400)};
    bool holds[TOP];
    for (guint i = 0; i < top->count; i++) {
        bool known = false;
        for (guint other = 0; other < i && !known; other++) {
            /* what is in one is in those around it; what is not in it is in none within it */
            const xmlNode *inner = top->nodes[holds[other] ? other : i],
                          *outer = top->nodes[holds[other] ? i : other];
            known = is_ancestor(outer, inner);
            holds[i] = holds[other];
        }
        if (!known)
            holds[i] = is_described(top->nodes[i], needles, G_N_ELEMENTS(needles));
        if (holds[i])
            features_of(top->nodes[i])->score *= DESCRIBED;
    }
    for (size_t n = 0; n < G_N_ELEMENTS(needles); n++)
        g_clear_pointer(&needles[n], g_free);
}

/* --- the lead ------------------------------------------------------------------------------- */

#define MAX_LEADS           2
#define LEAD_LEAST          60   /* weight of text: what is shorter is a date or a byline */
#define LEAD_MOST           1200 /* what is longer is no lead but a body of its own */
#define LEAD_LINKED_PERCENT 20   /* most of it that may be linked */

/* Whether an element without blocks in it is one or two sentences of prose, as leads are. */
static bool
is_lead(const xmlNode *node)
{
    const struct features *m = features_of(node);
    if (m->text < LEAD_LEAST || m->text > LEAD_MOST ||
        features_above(m->linked, LEAD_LINKED_PERCENT, m->text) || m->inputs ||
        m->hints & (HINT_BYLINE | HINT_CAPTION | HINT_UNLIKELY))
        return false;
    if (!html_named(node, "p h2 h3 div span section strong"))
        return false;
    bool leaf = true;
    for (const xmlNode *child = node->children; child && leaf; child = child->next)
        leaf = child->type != XML_ELEMENT_NODE ||
               !html_named(child, "p div section ul ol table article h1 h2 h3 h4 figure form");
    return leaf && (m->commas || m->hints & HINT_LEAD);
}

/* What stands between the title and the body, in document order, and reads like its beginning. */
static void
find_leads(GPtrArray *nodes, const xmlNode *root, const char *title)
{
    g_autofree char *wanted = title ? tight(title) : NULL;
    const xmlNode *body = g_ptr_array_index(nodes, 0);
    bool after = false;
    guint found = 0;
    for (const xmlNode *node = root; node && node != body && found < MAX_LEADS;) {
        bool inside = node->type == XML_ELEMENT_NODE && !features_of(node)->dropped;
        if (inside && html_named(node, "h1 h2") && features_of(node)->text < 600) {
            g_autofree char *text = html_text(node);
            g_autofree char *heading = tight(text);
            if (wanted && *heading &&
                (strstr(heading, wanted) ||
                 (strstr(wanted, heading) && strlen(heading) * 2 > strlen(wanted)))) {
                after = true;
                inside = false; /* its children are the title */
            }
        }
        if (inside && after && is_lead(node)) {
            g_ptr_array_insert(nodes, (int)found++, (gpointer)node);
            inside = false;
        }
        if (inside && node->children) {
            node = node->children;
            continue;
        }
        while (node != root && !node->next) /* what stands beside the root has no features */
            node = node->parent;
        node = node == root ? NULL : node->next;
    }
}

void
article_find_leads(struct page *page, GPtrArray *bodies, const char *title)
{
    if (bodies->len && page_root(page))
        find_leads(bodies, page_root(page), title);
}

#define LOOSE_TIMES 2 /* as much text as the best element has */

/* Whether most of the text stands in the page itself, beside what was found, as in old pages. */
static bool
stands_loose(const xmlNode *page, const xmlNode *best)
{
    const struct features *m = features_of(page);
    guint text = 0, linked = 0, within = 0;
    for (const xmlNode *child = page->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE) {
            text += features_text_weight((const char *)child->content, NULL);
        } else if (child->type == XML_ELEMENT_NODE && !features_of(child)->dropped) {
            const struct features *c = features_of(child);
            within += c->paragraphs;
            text += c->block ? 0 : c->text;
            linked += c->block ? 0 : c->linked;
        }
    }
    return m->paragraphs > within && linked * 2 < text &&
           text > LOOSE_TIMES * features_of(best)->text;
}

GPtrArray *
article_find_body(struct page *page, const struct linked_data *linked, const char **method)
{
    GPtrArray *nodes = g_ptr_array_new();
    xmlNode *root = page_root(page), *known = NULL;
    if (!root)
        return nodes;
    find_known(root, &known);
    if (known) {
        *method = "standard";
        g_ptr_array_add(nodes, known);
        return nodes;
    }
    *method = "density";
    struct top top = {.count = 0};
    collect(&top, root);
    if (!top.count || score_of(top.nodes[0]) < LEAST_SCORE) {
        /* paragraphs with nothing around them */
        for (xmlNode *child = root->children; child; child = child->next)
            if (!is_dropped(child) && html_named(child, "body") && score_of(child) >= 1 &&
                !is_boilerplate(child))
                g_ptr_array_add(nodes, child);
        return nodes;
    }
    ask_description(page, linked, &top);
    struct top again = {.count = 0};
    for (guint i = 0; i < top.count; i++)
        enter(&again, top.nodes[i]);
    xmlNode *best = widen(climb(common_ancestor(&again, again.nodes[0])));
    xmlNode *around = best;
    while (around->parent && around->parent != root)
        around = around->parent;
    if (html_named(around, "body") && stands_loose(around, best)) {
        g_ptr_array_add(nodes, around);
        return nodes;
    }
    join_siblings(nodes, outermost(best));
    if (nodes->len == 1)
        nodes->pdata[0] = best;
    return nodes;
}

/* --- what goes ------------------------------------------------------------------------------ */

static bool
holds_attachment(const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = node_next(n, node)) {
        if (attachments_is_document(n))
            return true;
    }
    return false;
}

/*
 * Whether an element is a box that is no text of the article: by its hints, else as Readability's
 * _cleanConditionally() does it, by inputs and the share of links.  What has ten commas is prose,
 * whatever else it has.  A box of half the text is no box in it, and one that is hinted to be a
 * body may have more links; lists of two or three links in prose ("see also" within the text) stay.
 */
#define BOX_MOST_PERCENT 40   /* of the body's text */
#define PROSE_COMMAS     10   /* (Readability) */
#define BOX_LINKED       0.33 /* share of text that is linked, of a box with several links */
#define BOX_LINKED_BODY  0.5  /* the same where its hints say that it is a body */
#define BOX_LINKED_LIST  0.7  /* the same of a list of two links */
#define BOX_LONG         3000 /* weight of text above which links are those of prose */
#define BOX_SHORT        300  /* below it one link is enough */

#define ANNOUNCED_PERCENT 25 /* most of the body's text that an announced list may be */
#define ANNOUNCES         20 /* weight of the shortest line that announces: more than "Read also:" */

/* Whether a list of links is what the text before it speaks of: "… can be found here:". */
static bool
is_announced(const xmlNode *node, guint whole)
{
    if (!html_named(node, "ul ol") ||
        features_above(features_of(node)->text, ANNOUNCED_PERCENT, whole))
        return false;
    const xmlNode *before = node->prev;
    while (before && (before->type != XML_ELEMENT_NODE || !features_of(before)->text))
        before = before->prev;
    if (!before || !html_named(before, "p div") ||
        features_of(before)->linked * 2 > features_of(before)->text)
        return false;
    g_autofree char *text = html_text(before);
    return features_text_weight(text, NULL) >= ANNOUNCES &&
           (g_str_has_suffix(text, ":") || g_str_has_suffix(text, "："));
}

static bool
is_box(const xmlNode *node, guint whole)
{
    const struct features *m = features_of(node);
    if (html_named(node, "h1") || features_above(m->text, BOX_MOST_PERCENT, whole))
        return false; /* what is half of the article is no box in it */
    if (!html_named(node, "div section ul ol dl table form fieldset aside header footer"))
        return false;
    if (m->hints & (HINT_UNLIKELY | HINT_COMMENT) && !(m->hints & HINT_BODY))
        return true;
    if (m->commas >= PROSE_COMMAS)
        return false;
    double density = features_link_density(node);
    bool list = html_named(node, "ul ol");
    if (m->inputs > m->paragraphs / 3 + 1)
        return true;
    if (m->links && is_announced(node, whole))
        return false;
    if (m->links >= 2 && density > (m->hints & HINT_BODY ? BOX_LINKED_BODY : BOX_LINKED) &&
        m->text < BOX_LONG)
        return !list || m->links >= 3 || density > BOX_LINKED_LIST;
    return !list && m->links && density > BOX_LINKED_BODY && m->text < BOX_SHORT;
}

/*
 * Whether a text below a picture is the title of the box around both.  That it is the picture's alt
 * text tells less: some give the first paragraph of an article to its picture.
 */
static bool
repeats_title(const xmlNode *node)
{
    const xmlNode *before = node->prev;
    while (before && before->type != XML_ELEMENT_NODE)
        before = before->prev;
    if (!before || !node->parent || !(node_is(before, "img") || features_of(before)->images))
        return false;
    g_autofree char *title = html_attribute(node->parent, "title");
    if (!title)
        return false;
    g_autofree char *text = html_text(node), *said = text_squeeze(title, -1);
    return g_str_equal(text, said);
}

/* A caption that does not say so by its element. */
static bool
is_caption(const xmlNode *node)
{
    const struct features *m = features_of(node);
    if (m->text && m->text < 400 && !m->images && html_named(node, "div p span small em") &&
        repeats_title(node))
        return true;
    return m->hints & HINT_CAPTION && !(m->hints & HINT_BODY) && m->text && m->text < 400 &&
           m->paragraphs < 3 && html_named(node, "div p span small section cite em");
}

/* What goes of an element and all that is in it; form: it is in a form. */
static void
prune(xmlNode *node, guint whole, bool form)
{
    for (xmlNode *child = node->children; child;) {
        xmlNode *next = child->next;
        if (html_is_embedded(child)) {
            child = next; /* no text, but a link or a picture */
            continue;
        }
        if (child->type == XML_COMMENT_NODE ||
            (child->type == XML_ELEMENT_NODE && features_of(child)->dropped) ||
            (child->type == XML_ELEMENT_NODE &&
             (is_box(child, whole) || article_is_of_field(child, form, whole)) &&
             !holds_attachment(child))) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        } else if (child->type == XML_ELEMENT_NODE) {
            if (is_caption(child))
                html_rename(child, "figcaption");
            prune(child, whole, form || article_is_form(child, whole));
        }
        child = next;
    }
}

void
article_prune(xmlNode *body)
{
    prune(body, features_of(body)->text, false);
}
