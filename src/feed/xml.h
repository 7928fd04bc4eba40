/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading XML as a stream: libxml2's SAX2 interface over repaired text.  Elements that the
 * caller calls records are handed over one by one when they end, and forgotten; what
 * remains is returned as a tree.  Memory does not grow with the records.
 */
#pragma once

#include "feed/element.h"

struct xml_events {
    /* Whether the element that begins is one: only its parents, name and namespace are known. */
    bool (*is_record)(const struct element *element, void *data);
    /*
     * It has ended; valid until the return. NULL, or the limit (static, for gettext()) that ends
     * reading.
     */
    const char *(*record)(const struct element *element, void *data);
};

struct xml_document {
    struct arena *arena;
    const struct element *root; /* NULL when there was no element */
    int repaired_line;          /* of the first repair, 0 for none */
    char *message;              /* libxml2's last complaint, or NULL */
    int line;                   /* of that */
    /* which limit ended reading early, static and for gettext(); or NULL */
    const char *limit;
};

/* text is valid UTF-8; events may be NULL. */
void xml_read(const char *text, gsize length, const struct xml_events *events, void *data,
              struct xml_document *out);
void xml_document_clear(struct xml_document *document);
DEFINE_AUTO_CLEAR(xml_document, xml_document_clear)
