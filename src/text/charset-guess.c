/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last resort of decoding: which of the encodings that municipal sites used fits the
 * bytes.  Multi-byte encodings are judged by their errors and by how many characters fall
 * where common ones lie; single-byte Cyrillic by how much it looks like Russian prose,
 * which is mostly lower case and rich in a few letters.
 */
#include "config.h"

#include "text/charset.h"

#include <string.h>

#define SAMPLE 65536

/* Share (0..1) of double-byte characters in the ranges where common ones lie; 0 on errors. */
static double
score_pairs(const unsigned char *p, gsize n, const char *name)
{
    guint pairs = 0, common = 0, errors = 0;
    for (gsize i = 0; i < n; i++) {
        unsigned char a = p[i], b = i + 1 < n ? p[i + 1] : 0;
        if (a < 0x80)
            continue;
        bool ok = false, usual = false;
        if (g_str_equal(name, "gbk")) {
            ok = a >= 0x81 && a <= 0xfe && b >= 0x40 && b != 0x7f && b <= 0xfe;
            usual = a >= 0xb0 && a <= 0xd7 && b >= 0xa1;
            usual |= (a == 0xa1 || a == 0xa3) && b >= 0xa1;
        } else if (g_str_equal(name, "big5")) {
            ok = a >= 0x87 && a <= 0xfe && ((b >= 0x40 && b <= 0x7e) || b >= 0xa1);
            usual = (a >= 0xa4 && a <= 0xc6) || (a == 0xa1 && (b <= 0x5a || b >= 0xa1));
        } else if (g_str_equal(name, "euc-kr")) {
            ok = a >= 0x81 && a <= 0xfe && b >= 0x41 && b <= 0xfe;
            usual = a >= 0xb0 && a <= 0xc8 && b >= 0xa1;
        } else if (g_str_equal(name, "euc-jp")) {
            if (a == 0x8e || a == 0x8f) {
                ok = b >= 0xa1;
            } else {
                ok = a >= 0xa1 && b >= 0xa1;
                usual = a == 0xa4 || a == 0xa5; /* kana */
            }
        } else { /* shift_jis */
            if (a >= 0xa1 && a <= 0xdf) {
                pairs++;
                continue;
            }
            ok = ((a >= 0x81 && a <= 0x9f) || (a >= 0xe0 && a <= 0xfc)) && b >= 0x40 && b != 0x7f &&
                 b <= 0xfc;
            usual = (a == 0x82 && b >= 0x9f) || a == 0x83;
        }
        if (!ok) {
            errors++;
            continue;
        }
        pairs++;
        common += usual;
        i++;
    }
    if (pairs == 0 || errors * 50 > pairs)
        return 0;
    return (double)common / pairs;
}

/* How much the bytes look like Russian in an encoding whose letters `lower` lists. */
static double
score_cyrillic(const unsigned char *p, gsize n, const char *common, const char *lower,
               const char *upper)
{
    guint high = 0, frequent = 0, small = 0, capital = 0;
    for (gsize i = 0; i < n; i++) {
        if (p[i] < 0x80)
            continue;
        high++;
        frequent += strchr(common, p[i]) != NULL;
        small += strchr(lower, p[i]) != NULL;
        capital += strchr(upper, p[i]) != NULL;
    }
    if (high == 0)
        return 0;
    return (double)frequent / high + 0.5 * small / high - 0.5 * capital / high;
}

const char *
charset_guess(const char *bytes, gsize length)
{
    const unsigned char *p = (const unsigned char *)bytes;
    gsize n = MIN(length, SAMPLE);
    guint high = 0;
    for (gsize i = 0; i < n; i++)
        high += p[i] >= 0x80;
    if (high == 0)
        return NULL;

    static const char *const pairs[] = {"gbk", "big5", "euc-jp", "shift_jis", "euc-kr"};
    const char *best = NULL;
    double best_score = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        double score = score_pairs(p, n, pairs[i]);
        if (g_str_equal(pairs[i], "euc-jp"))
            score = score > 0.3 ? score + 0.6 : 0; /* kana are proof */
        if (g_str_equal(pairs[i], "shift_jis"))
            score = score > 0.3 ? score + 0.6 : 0;
        if (score > best_score) {
            best = pairs[i];
            best_score = score;
        }
    }

    /* о е а и н т с р в л: the ten most frequent letters of Russian */
    static const struct {
        const char *name, *common, *lower, *upper;
    } cyrillic[] = {
        {"windows-1251", "\xee\xe5\xe0\xe8\xed\xf2\xf1\xf0\xe2\xeb",
         "\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff",
         "\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf"},
        {"koi8-r", "\xcf\xc5\xc1\xc9\xce\xd4\xd3\xd2\xd7\xcc",
         "\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf",
         "\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff"},
        {"ibm866", "\xae\xa5\xa0\xa8\xad\xe2\xe1\xe0\xa2\xab",
         "\xa0\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef",
         "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cyrillic); i++) {
        double score = score_cyrillic(p, n, cyrillic[i].common, cyrillic[i].lower, cyrillic[i].upper);
        if (score > 0.8 && score > best_score) {
            best = cyrillic[i].name;
            best_score = score;
        }
    }
    return best && best_score > 0.3 ? best : "windows-1252";
}
