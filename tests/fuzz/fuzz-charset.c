/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoding: the first byte picks what HTTP claims; the text is valid UTF-8 whatever the bytes are.
 */
#include "config.h"

#include <string.h>

#include "fuzz/kit.h"
#include "text/charset.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const claims[] = {
        NULL,          "utf-8",          "gb2312",     "gb18030",     "big5",
        "shift_jis",   "euc-jp",         "euc-kr",     "koi8-u",      "cp1251",
        "iso-2022-jp", "windows-1258",   "iso-8859-5", "utf-16",      "utf-16be",
        "macintosh",   "cp866",          "latin1",     "replacement", "no-such-name",
        "windows-874", "x-mac-cyrillic", "utf-32",     "hz-gb-2312",
    };
    if (!size)
        return 0;
    const char *claim = claims[data[0] % G_N_ELEMENTS(claims)];
    g_autofree char *content_type = claim ? g_strdup_printf("text/xml; charset=%s", claim) : NULL;
    struct charset_hints hints = {.content_type = content_type,
                                  .forced = data[0] & 0x80 ? claim : NULL};
    AUTO(charset_text_clear) struct charset_text text = {0};
    charset_decode((const char *)data + 1, size - 1, &hints, &text);
    g_assert_true(g_utf8_validate_len(text.text, text.length, NULL)); /* which refuses NULs too */
    g_assert_true(g_utf8_validate(text.evidence, -1, NULL));
    g_assert_nonnull(text.encoding);
    return 0;
}
