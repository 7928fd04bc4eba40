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

/* What is counted of the bytes outside ASCII when they are read in pairs. */
struct pairs {
    guint count, common, errors;
    guint level1; /* GB2312 leads 0xc9-0xd7: half of Chinese, beyond all Hangul */
};

static struct pairs
count_pairs(const guchar *p, gsize n, const char *name)
{
    struct pairs c = {0};
    for (gsize i = 0; i < n; i++) {
        guchar a = p[i], b = i + 1 < n ? p[i + 1] : 0;
        if (a < 0x80)
            continue;
        bool ok = false, common = false;
        if (g_str_equal(name, "gbk")) {
            ok = a >= 0x81 && a <= 0xfe && b >= 0x40 && b != 0x7f && b <= 0xfe;
            common = (a >= 0xb0 && a <= 0xd7 && b >= 0xa1) ||
                     ((a == 0xa1 || a == 0xa3) && b >= 0xa1);
            c.level1 += a >= 0xc9 && a <= 0xd7 && b >= 0xa1;
        } else if (g_str_equal(name, "big5")) {
            ok = a >= 0x87 && a <= 0xfe && ((b >= 0x40 && b <= 0x7e) || b >= 0xa1);
            common = (a >= 0xa4 && a <= 0xc6) || (a == 0xa1 && (b <= 0x5a || b >= 0xa1));
        } else if (g_str_equal(name, "euc-kr")) {
            ok = a >= 0x81 && a <= 0xfe && b >= 0x41 && b <= 0xfe;
            common = a >= 0xb0 && a <= 0xc8 && b >= 0xa1;
        } else if (g_str_equal(name, "euc-jp")) {
            ok = a == 0x8e || a == 0x8f ? b >= 0xa1 : a >= 0xa1 && b >= 0xa1;
            common = (a == 0xa4 && b <= 0xf3) || (a == 0xa5 && b <= 0xf6); /* kana */
        } else if (a >= 0xa1 && a <= 0xdf) {
            c.count++; /* Shift_JIS: half-width kana, a byte each */
            continue;
        } else {
            ok = ((a >= 0x81 && a <= 0x9f) || (a >= 0xe0 && a <= 0xfc)) && b >= 0x40 && b != 0x7f &&
                 b <= 0xfc;
            common = (a == 0x82 && b >= 0x9f && b <= 0xf1) || (a == 0x83 && b <= 0x96);
        }
        c.count += ok;
        c.errors += !ok;
        c.common += ok && common;
        i += ok;
    }
    return c;
}

static double
share(const struct pairs *c)
{
    return c->count == 0 || c->errors * 50 > c->count ? 0 : (double)c->common / c->count;
}

/* The best of the encodings that write two bytes a character, with its score. */
static const char *
guess_pairs(const guchar *p, gsize n, double *score)
{
    struct pairs jis = count_pairs(p, n, "shift_jis"), eucjp = count_pairs(p, n, "euc-jp");
    if (share(&eucjp) > 0.3 || share(&jis) > 0.3) { /* kana are proof */
        *score = 2;
        return share(&eucjp) > share(&jis) ? "euc-jp" : "shift_jis";
    }
    struct pairs gbk = count_pairs(p, n, "gbk"), big5 = count_pairs(p, n, "big5"),
                 korean = count_pairs(p, n, "euc-kr");
    /* of enough Chinese text half lies beyond the rows that Hangul fills */
    if (korean.count >= 6 && share(&korean) > 0.6 && gbk.level1 * 10 < gbk.count) {
        *score = share(&korean);
        return "euc-kr";
    }
    *score = MAX(share(&gbk), share(&big5));
    return share(&gbk) >= share(&big5) ? "gbk" : "big5";
}

/* Bytes of the common letters о е а и н т с р в л, of small and of capital letters. */
struct cyrillic {
    const char *name, *common;
    guchar small[2][2], capital[2]; /* ranges */
};

static bool
within(const guchar range[2], guchar byte)
{
    return byte >= range[0] && byte <= range[1];
}

/* How much the bytes look like Russian prose, which is mostly lower case. */
static double
score_cyrillic(const guchar *p, gsize n, const struct cyrillic *c)
{
    guint high = 0, frequent = 0, small = 0, capital = 0;
    for (gsize i = 0; i < n; i++) {
        /* signs between words say nothing: quotation marks, dashes, no-break spaces */
        if (p[i] < 0x80 ||
            !(within(c->small[0], p[i]) || within(c->small[1], p[i]) || within(c->capital, p[i]) ||
              (i && p[i - 1] >= 0x80) || (i + 1 < n && p[i + 1] >= 0x80)))
            continue;
        high++;
        frequent += strchr(c->common, p[i]) != NULL;
        small += within(c->small[0], p[i]) || within(c->small[1], p[i]);
        capital += within(c->capital, p[i]);
    }
    return high ? (frequent + 0.5 * small - 0.5 * capital) / high : 0;
}

/* The share of bytes outside ASCII that stand alone in a word of ASCII letters: Latin scripts. */
static double
share_alone(const guchar *p, gsize n)
{
    guint high = 0, alone = 0;
    for (gsize i = 0; i < n; i++) {
        if (p[i] < 0x80)
            continue;
        guchar before = i ? p[i - 1] : ' ', after = i + 1 < n ? p[i + 1] : ' ';
        high++;
        alone += before < 0x80 && after < 0x80 &&
                 (g_ascii_isalpha(before) || g_ascii_isalpha(after));
    }
    return high ? (double)alone / high : 0;
}

const char *
charset_guess(const char *bytes, gsize length)
{
    static const struct cyrillic cyrillic[] = {
        {"windows-1251",
         "\xee\xe5\xe0\xe8\xed\xf2\xf1\xf0\xe2\xeb",
         {{0xe0, 0xff}, {0xb8, 0xb8}},
         {0xc0, 0xdf}},
        {"koi8-r",
         "\xcf\xc5\xc1\xc9\xce\xd4\xd3\xd2\xd7\xcc",
         {{0xc0, 0xdf}, {0xa3, 0xa3}},
         {0xe0, 0xff}},
        {"ibm866",
         "\xae\xa5\xa0\xa8\xad\xe2\xe1\xe0\xa2\xab",
         {{0xa0, 0xaf}, {0xe0, 0xef}},
         {0x80, 0x9f}},
        {"iso-8859-5",
         "\xde\xd5\xd0\xd8\xdd\xe2\xe1\xe0\xd2\xdb",
         {{0xd0, 0xef}, {0xf1, 0xf1}},
         {0xb0, 0xcf}},
    };
    const guchar *p = (const guchar *)bytes, *end = p + length;
    while (p < end && *p < 0x80)
        p++;
    if (p == end)
        return NULL;
    gsize n = MIN((gsize)(end - p), SAMPLE); /* from the first byte that says something */
    double best_score = 0;
    const char *best = guess_pairs(p, n, &best_score);
    for (size_t i = 0; i < G_N_ELEMENTS(cyrillic); i++) {
        double score = score_cyrillic(p, n, &cyrillic[i]);
        if (score > 0.7 && score > best_score) {
            best = cyrillic[i].name;
            best_score = score;
        }
    }
    if (best_score <= 0.3 || share_alone(p > (const guchar *)bytes ? p - 1 : p, n) > 0.5)
        return "windows-1252";
    return best;
}
