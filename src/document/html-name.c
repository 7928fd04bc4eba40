/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of elements that something is asked of, and their numbers. */
#include "config.h"

#include "document/html-name.h"

#include <string.h>

#define UNKNOWN 1
#define FIRST   2

static const char names[] =
    /* HTML, and what was HTML */
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink "
    "blockquote body br button canvas caption center cite code col colgroup data datalist dd del "
    "details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame "
    "frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend "
    "li link listing main map mark marquee menu meta nav nobr noframes noscript object ol optgroup "
    "option output p param picture pre progress q rb rp rt rtc ruby s samp script search section "
    "select small source span strike strong style sub summary sup table tbody td template textarea "
    "tfoot th thead time title tr track tt u ul var video wbr xmp "
    /* pictures and formulas */
    "annotation annotation-xml ci cn defs g math mfenced mfrac mi mn mo mover mphantom mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover path semantics svg "
    "symbol "
    /* of frameworks and content management systems */
    "amp-audio amp-iframe amp-img amp-video amp-youtube app app-root lite-youtube publishtime "
    "ucapcontent ucaptitle";

/* name -> number; 0 for none */
static GHashTable *
numbers(void)
{
    static GHashTable *table;
    if (g_once_init_enter(&table)) {
        GHashTable *made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_auto(GStrv) list = g_strsplit(names, " ", -1);
        guint number = FIRST;
        for (char **name = list; *name; name++)
            g_hash_table_insert(made, g_strdup(*name), GUINT_TO_POINTER(number++));
        g_assert(number <= HTML_NAMES);
        g_once_init_leave(&table, made);
    }
    return table;
}

guint
html_number_note(xmlNode *element)
{
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers(), element->name));
    element->extra = (unsigned short)(number ? number : UNKNOWN);
    return element->extra;
}

void
html_rename(xmlNode *element, const char *name)
{
    xmlNodeSetName(element, (const xmlChar *)name);
    element->extra = 0;
}

/* Calls with the number of each name of a list, all of which must be known. */
static void
each_number(const char *list, void (*take)(guint number, gpointer data), gpointer data)
{
    g_auto(GStrv) split = g_strsplit(list, " ", -1);
    for (char **name = split; *name; name++) {
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers(), *name));
        if (!number)
            g_error("html-name.c does not know <%s>", *name);
        take(number, data);
    }
}

static void
add_to_set(guint number, gpointer data)
{
    struct html_names *set = data;
    set->bits[number / 64] |= G_GUINT64_CONSTANT(1) << number % 64;
}

void
html_names_set_up(struct html_names *set)
{
    each_number(set->names, add_to_set, set);
    g_once_init_leave(&set->ready, 1);
}

bool
html_named_any(const xmlNode *node, const char *list)
{
    if (node->type != XML_ELEMENT_NODE)
        return false;
    const char *name = (const char *)node->name;
    size_t length = strlen(name);
    for (const char *p = list; (p = strstr(p, name)); p += length)
        if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
            return true;
    return false;
}

struct kind {
    struct html_kinds *kinds;
    guint bit;
};

static void
add_kind(guint number, gpointer data)
{
    const struct kind *kind = data;
    kind->kinds->bits[number] |= kind->bit;
}

void
html_kinds_set_up(struct html_kinds *kinds)
{
    for (gsize i = 0; i < kinds->count; i++) {
        struct kind kind = {kinds, kinds->kinds[i].bit};
        each_number(kinds->kinds[i].names, add_kind, &kind);
    }
    g_once_init_leave(&kinds->ready, 1);
}
