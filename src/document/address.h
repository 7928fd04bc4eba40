/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses in prose: of the web (with a scheme, with www., or a domain of a common top level),
 * of mail, and telephone numbers that are written as such or stand behind a word that says so.
 */
#pragma once

#include <glib.h>

struct address {
    gsize start, length; /* bytes of the text */
    char *url;           /* owned: http://, https://, mailto: or tel: */
};

/*
 * What may be looked at in vain in one document: digits that are no telephone number, signs that
 * are no address.  Each takes some forty microseconds; the largest tables of figures have half as
 * many.
 */
#define ADDRESS_MAX_LOOKS 20000u

/*
 * The addresses in a text of valid UTF-8, in order, not overlapping; NULL when there is none.
 * left: of ADDRESS_MAX_LOOKS, for all texts of a document; at 0 no more is found.
 */
GArray *address_find(const char *text, gsize length, guint *left);

/*
 * The host to which url leads, as people are shown it, where the text of a link names another one's
 * address, as "www.bank.example" that leads to evil.example, or its own in letters in which it is not
 * shown.  Newly allocated; NULL where it does not.
 */
char *address_contradicted(const char *text, gsize length, const char *url);
