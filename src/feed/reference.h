/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References in XML text and attribute values (XML 1.0 §4), read as leniently as feeds need. */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct references {
    GHashTable *
        declared; /* entities of the internal subset: name -> text, "" for an external one; NULL: none */
    GHashTable *html;  /* names asked of HTML so far -> text or NULL */
    gsize expanded;    /* bytes that entities became */
    bool repaired;     /* something was no reference, or none of XML's */
    const char *limit; /* why reading ends here, static and for gettext(); else NULL */
};

/*
 * Where references are written: markup for libxml2 (attribute values escape more), or plain text.
 */
struct sink {
    GString *out;
    bool plain, in_tag;
};

void references_init(struct references *references);
void references_clear(struct references *references);

/* Writes what the reference at p ('&') means and returns the position after it. */
const char *reference_take(struct references *references, const struct sink *sink, const char *p,
                           const char *end);

/* Notes what `<!ENTITY` declares; p is behind the word. */
void reference_declare(struct references *references, const char *p, const char *end);

/*
 * C1 controls are bytes of windows-1252 that were taken for Latin-1; other characters as they are.
 */
gunichar reference_windows_c1(gunichar c);

/*
 * Text without the signs of CDATA sections that were escaped themselves, or lay in another section:
 * no reader is to see them.  Newly allocated and trimmed; NULL when there are none.
 */
char *reference_bare_cdata(const char *text);

static inline bool
reference_is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

static inline bool
reference_is_name_char(char c)
{
    return reference_is_name_start(c) || g_ascii_isdigit(c) || c == '-' || c == '.';
}
