/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elements of an XML document as feed readers ask for them: by namespace and local name
 * without regard to case, for their text, their markup, their base (XML Base) and their
 * language.  Elements lie in an arena and live as long as it; strings that are `const`
 * lie there too.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/arena.h"

enum feed_ns {
    NS_NONE, /* no namespace, or one of RSS itself */
    NS_ATOM,
    NS_ATOM03,
    NS_RDF,
    NS_RSS090, /* Netscape's, which counts as none */
    NS_DC,
    NS_DCTERMS,
    NS_CONTENT,
    NS_MEDIA,
    NS_ITUNES,
    NS_GOOGLEPLAY,
    NS_SLASH,
    NS_WFW,
    NS_THR,
    NS_FEEDBURNER,
    NS_YANDEX,
    NS_XHTML,
    NS_XML,
    NS_NEWS, /* of sitemaps */
    NS_IMAGE,
    NS_EVENT,    /* of RSS: when and where something takes place */
    NS_XCAL,     /* iCalendar as XML */
    NS_CRIER,    /* of OPML that crier wrote */
    NS_FRESHRSS, /* of its OPML */
    NS_OTHER,
};

struct attribute {
    const char *name, *value; /* local name; value as it was written, decoded */
    enum feed_ns ns;
};

struct element {
    struct arena *arena;
    struct element *parent, *next, *children, *last;
    const char *name; /* local name; NULL: this is text */
    const char *text; /* of text: NUL-terminated */
    struct attribute *attributes;
    guint attribute_count;
    enum feed_ns ns;
    enum feed_ns default_ns; /* that it declares; NS_OTHER when it declares none */
    bool prefixed;
    bool has_base, has_language; /* xml:base, xml:lang: on it or above */
    int line;
};

/*
 * What a namespace URI means, or the prefix when there is no URI (undeclared ones are taken at
 * their usual meaning).
 */
enum feed_ns element_ns(const char *uri, const char *prefix);

/* Child elements; text between them is skipped. NULL after the last. */
const struct element *element_first(const struct element *parent);
const struct element *element_next(const struct element *element);

bool element_is(const struct element *element, enum feed_ns ns, const char *name);
/* The same for elements of the format itself: an unknown default namespace counts too. */
bool element_is_core(const struct element *element, const char *name);

/* Trimmed; NULL if absent or blank. */
const char *element_attribute(const struct element *element, const char *name);
const char *element_attribute_ns(const struct element *element, enum feed_ns ns, const char *name);

/* All text inside, trimmed; NULL if blank. */
const char *element_text(const struct element *element);

/* What is inside as markup, newly allocated and trimmed; NULL if blank. */
char *element_inner_xml(const struct element *element);

/* RSS: the text, but the markup when there are elements in it. */
char *element_markup(const struct element *element);

/* The base URL in force, newly allocated, or NULL; an unusable xml:base is passed over. */
char *element_base(const struct element *element, const char *document_base);

/* xml:lang in force, newly allocated, or NULL. */
char *element_language(const struct element *element);
