/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gettext's marks.  _() for what people read, C_() where the same words are short elsewhere or
 * another kind of word in other languages, N_() in tables, nothing for machine output.
 */
#pragma once

#ifdef ENABLE_NLS
#include <libintl.h>
#else /* --disable-nls */
#define gettext(text)          (text)
#define ngettext(one, many, n) ((n) == 1 ? (one) : (many))
#endif

#define _(text)  gettext(text)
#define N_(text) text

/* A text in a context: C_("an article", "unread"). */
#define C_(context, text) i18n_in_context(context "\004" text, text)

static inline const char *
i18n_in_context(const char *key, const char *text)
{
    const char *translation = gettext(key);
    return translation == key ? text : translation;
}
