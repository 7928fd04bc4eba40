/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text room: decoding, cleaning, cells, folding. */
#include "config.h"

#include "base/clean.h"
#include "text/cells.h"
#include "text/charset-convert.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/match.h"
#include "unit/kit.h"

#include <stdlib.h>
#include <unicase.h>
#include <unilbrk.h>
#include <uninorm.h>

static void
decodes(const char *bytes, gssize length, const char *content_type, const char *fallback,
        const char *encoding, const char *text)
{
    AUTO(charset_text_clear) struct charset_text out = {0};
    struct charset_hints hints = {NULL, content_type, fallback};
    charset_decode(bytes, length < 0 ? strlen(bytes) : (gsize)length, &hints, &out);
    g_autofree char *got = g_strndup(out.text, out.length);
    g_assert_cmpstr(got, ==, text);
    g_assert_cmpstr(out.encoding, ==, encoding);
    g_assert_true(g_utf8_validate_len(out.text, out.length, NULL));
}

static void
test_labels(void)
{
    g_assert_cmpstr(charset_for_label("GB2312"), ==, "gbk");
    g_assert_cmpstr(charset_for_label(" utf8 "), ==, "utf-8");
    g_assert_cmpstr(charset_for_label("win-1251"), ==, "windows-1251");
    g_assert_cmpstr(charset_for_label("iso-8859-1"), ==, "windows-1252");
    g_assert_cmpstr(charset_for_label("ks_c_5601-1987"), ==, "euc-kr");
    g_assert_null(charset_for_label("nonsense"));
    g_assert_null(charset_for_label(""));
}

static void
test_evidence(void)
{
    /* bytes of UTF-8 beat a header; a header beats a declaration; the default comes last */
    decodes("<p>Паром снова ходит</p>", -1, "text/html; charset=gbk", NULL, "utf-8",
            "<p>Паром снова ходит</p>");
    decodes("\xcf\xe0\xf0\xee\xec", -1, "text/html; charset=windows-1251", NULL, "windows-1251",
            "Паром");
    decodes("<meta charset=windows-1251>\xcf\xe0\xf0\xee\xec", -1, NULL, NULL, "windows-1251",
            "<meta charset=windows-1251>Паром");
    decodes("\xcf\xe0\xf0\xee\xec", -1, NULL, "windows-1251", "windows-1251", "Паром");
    decodes("\xef\xbb\xbfnews", -1, "text/html; charset=gbk", NULL, "utf-8", "news");
    decodes("n\0e\0w\0s\0", 8, NULL, NULL, "utf-16le", "news");
    /* only a real <meta> declares */
    decodes("<script charset=\"gbk\"></script>\xcf\xe0\xf0\xee\xec", -1, NULL, "windows-1251",
            "windows-1251", "<script charset=\"gbk\"></script>Паром");
    decodes("<!-- <meta charset=gbk> -->\xcf\xe0\xf0\xee\xec", -1, NULL, "windows-1251",
            "windows-1251", "<!-- <meta charset=gbk> -->Паром");
}

static void
test_beyond_gb2312(void)
{
    decodes("\xe9\x46\x86\xb4\x88\xd2", -1, "text/html; charset=gb2312", NULL, "gbk", "镕喆堃");
    decodes("\x80", 1, "text/html; charset=gbk", NULL, "gbk", "€");
}

/*
 * Header and declaration disagree: a guess decides, and three broken characters do not outweigh it.
 */
static void
test_claims(void)
{
    g_autofree char *text = g_convert("北岭市交通局关于道路封闭的公告：请各位市民绕行。", -1, "GBK",
                                      "UTF-8", NULL, NULL, NULL);
    GString *page = g_string_new("<meta charset=gbk>");
    for (int i = 0; i < 10; i++)
        g_string_append(page, text);
    g_string_append(page, "\xd2\xbb \xcd \xcd \xcd."); /* 0xd2 is nothing in Greek */
    /* the last three decode anything */
    static const char *const types[] = {
        "text/html; charset=iso-8859-7", "text/html; charset=iso-8859-1",
        "text/html; charset=windows-1251", "text/html; charset=koi8-r"};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        AUTO(charset_text_clear) struct charset_text out = {0};
        charset_decode(page->str, page->len, &(struct charset_hints){.content_type = types[i]},
                       &out);
        g_assert_cmpstr(out.encoding, ==, "gbk");
    }
    g_string_free(page, TRUE);
}

static void
test_malformed(void)
{
    /* a bad byte never swallows the ASCII byte after it */
    decodes("да\xff<b", -1, "text/html; charset=utf-8", NULL, "utf-8", "да\xef\xbf\xbd<b");
    /* a lead byte takes a trail that does not fit, and another decoder may know the pair */
    decodes("<meta charset=gbk>\xb1\xb1\xff\xbe\xa9", -1, NULL, NULL, "gbk",
            "<meta charset=gbk>北\xef\xbf\xbd京");
    decodes("<meta charset=big5>\xa5\xc1\xb7\xf9\xa1\xfe\xb0\xf2", -1, NULL, NULL, "big5",
            "<meta charset=big5>民盟／基");
    decodes("\xe4\xb8<p>", -1, "text/html; charset=utf-8", NULL, "utf-8", "\xef\xbf\xbd<p>");
    AUTO(charset_text_clear) struct charset_text out = {0};
    struct charset_hints hints = {.forced = "gbk"};
    charset_decode("\xb1\xb1\xc1<p>", 6, &hints, &out);
    g_assert_cmpstr(out.text, ==, "北\xef\xbf\xbd<p>");
    g_assert_cmpuint(out.malformed, ==, 1);
}

static void
test_contradiction(void)
{
    static const char korean[] =
        "<?xml version='1.0' encoding='euc-kr'?>"
        "\xbd\xc3\xc3\xbb \xbc\xd2\xbd\xc4 \xb0\xd4\xbd\xc3\xc6\xc7 \xb0\xf8\xc1\xf6";
    /* the declaration, because the bytes look like it */
    decodes(korean, -1, "text/xml; charset=windows-1251", NULL, "euc-kr",
            "<?xml version='1.0' encoding='euc-kr'?>시청 소식 게시판 공지");
    decodes(korean, -1, "text/xml; charset=gb2312", NULL, "euc-kr",
            "<?xml version='1.0' encoding='euc-kr'?>시청 소식 게시판 공지");
    /* the header, because they look like that */
    decodes("<meta charset=koi8-r>\xcd\xee\xe2\xee\xf1\xf2\xe8 \xe3\xee\xf0\xee\xe4\xe0", -1,
            "text/html; charset=windows-1251", NULL, "windows-1251",
            "<meta charset=koi8-r>Новости города");
    /* UTF-8 was only said: not one character is */
    decodes("<?xml version='1.0' encoding='utf-8'?>na\xefs", -1, NULL, NULL, "windows-1252",
            "<?xml version='1.0' encoding='utf-8'?>naïs");
    /* a Latin declaration of bytes that are UTF-8 is an editor's default */
    decodes("<?xml version='1.0' encoding='windows-1252'?>€", -1, NULL, NULL, "utf-8",
            "<?xml version='1.0' encoding='windows-1252'?>€");
}

static void
test_whatwg_tables(void)
{
    decodes("\xae\xbe", 2, "text/plain; charset=koi8-u", NULL, "koi8-u", "ўЎ");
    decodes("\xc6\xdb\xf0", 3, "text/plain; charset=macintosh", NULL, "macintosh",
            "∆€\xef\xa3\xbf");
    decodes("\xff\xb6", 2, "text/plain; charset=x-mac-cyrillic", NULL, "x-mac-cyrillic", "€ґ");
    /* combining marks stay as they are written */
    decodes("O\xd2", 2, "text/plain; charset=windows-1258", NULL, "windows-1258", "O\xcc\x89");
}

static void
test_guess(void)
{
    decodes("succ\xe8s", -1, NULL, NULL, "windows-1252", "succès");
    decodes("\xbd\xde\xd2\xde\xe1\xe2\xd8 \xd3\xde\xe0\xde\xd4\xd0", -1, NULL, NULL, "iso-8859-5",
            "Новости города");
    decodes(
        "\xd1\xf2\xe0\xf0\xfb\xe9 \xe2\xee\xea\xe7\xe0\xeb \xf1\xf2\xe0\xed\xe5\xf2 \xec\xf3\xe7\xe5\xe5\xec",
        -1, NULL, NULL, "windows-1251", "Старый вокзал станет музеем");
    decodes(
        "\xf3\xd4\xc1\xd2\xd9\xca \xd7\xcf\xcb\xda\xc1\xcc \xd3\xd4\xc1\xce\xc5\xd4 \xcd\xd5\xda\xc5\xc5\xcd",
        -1, NULL, NULL, "koi8-r", "Старый вокзал станет музеем");
    decodes("\xb1\xb1\xc1\xeb\xca\xd0\xc8\xcb\xc3\xf1\xd5\xfe\xb8\xae", -1, NULL, NULL, "gbk",
            "北岭市人民政府");
}

static void
test_missing(void)
{
#define ENCODING(name, iconv_names, labels) {name, iconv_names},
    static const struct {
        const char *name, *iconv_names; /* none: an encoding that is refused */
    } encodings[] = {
#include "text/charset-labels.def"
    };
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
        if (*encodings[i].iconv_names && !charset_convertible(encodings[i].iconv_names))
            g_error("this iconv cannot decode %s", encodings[i].name);
}

static void
cleans_to(const char *text, const char *expected)
{
    g_autofree char *clean = text_squeeze(text, -1);
    g_assert_cmpstr(clean, ==, expected);
}

static void
test_clean(void)
{
    cleans_to("a\033[31mred\033[0m", "a[31mred[0m");
    cleans_to("\xc2\x9b\x33\x31m", "31m");
    cleans_to("user\xe2\x80\xae\x67pj.exe", "usergpj.exe");
    cleans_to("  多\xe3\x80\x80余\xc2\xa0 \n空白 ", "多 余 空白");
    cleans_to("мяг\xc2\xadкий", "мягкий");
    cleans_to("bad \xff byte", "bad \xef\xbf\xbd byte");
    g_autofree char *lines = text_clean("a\r\nb\tc\007", -1);
    g_assert_cmpstr(lines, ==, "a\nb\tc");
    g_assert_true(text_is_blank("\xe3\x80\x80 \xc2\xa0\xe2\x80\x8b"));
}

static void
test_cells(void)
{
    g_assert_cmpint(cells_width("北岭 news", -1), ==, 9);
    g_assert_cmpint(cells_width("и\xcc\x86", -1), ==, 1);
    g_autofree char *cut = cells_ellipsize("北岭至松河", 6, "…");
    g_assert_cmpstr(cut, ==, "北岭…");
    g_autofree char *whole = cells_ellipsize("北岭", 4, "…");
    g_assert_cmpstr(whole, ==, "北岭");
}

static void
width_is(const char *text, int cells)
{
    g_assert_cmpint(cells_width(text, -1), ==, cells);
}

/*
 * A cluster takes what its characters take one by one, but for pictographs that are folded into
 * one.
 */
static void
test_clusters(void)
{
    width_is("กำลัง น้ำ", 7);
    width_is("தமிழ் கொ", 7);
    width_is("हिन्दी", 5);
    width_is("ｶﾞｷﾞ", 4);
    width_is("မြန်မာ", 5);
    width_is("ខ្មែរ", 4);
    width_is("한국", 4);
    width_is("\u1112\u1161\u11ab", 2); /* the same in jamo */
    width_is("👨\u200d👩\u200d👧 👍🏽", 5);
    width_is("\U0001f1e8\U0001f1ed", 2); /* two letters make a flag */
    width_is("1\ufe0f\u20e3", 1);
    width_is("\u0301", 1); /* a mark upon nothing */
    /* what is left out leaves no joiner, which a terminal would join with what comes next */
    int cells;
    char text[CELL_TEXT];
    cells_split("🏳\ufe0f\u200d🌈", strlen("🏳\ufe0f\u200d🌈"), &cells, text);
    g_assert_cmpstr(text, ==, "🏳\ufe0f");
    width_is("\u200d\ufe0f", 0);
    width_is("\xfd", 1); /* whatever the bytes are, nothing is read beyond them */
    width_is("\xe0\xb8", 1);
    width_is("a\xf0\x9f", 2);
}

static char *
wrapped(const char *text, int width)
{
    gsize length = strlen(text), at = 0;
    g_autofree char *breaks = cells_breaks(text, length);
    GString *out = g_string_new(NULL);
    while (at < length) {
        gsize next;
        gsize end = cells_line(text, length, at, breaks, width, &next);
        g_assert_cmpuint(next, >, at);
        g_string_append_len(out, text + at, (gssize)(end - at));
        g_string_append_c(out, '/');
        at = next;
    }
    return g_string_free(out, FALSE);
}

static void
test_lines(void)
{
    g_autofree char *words = wrapped("one two three", 7);
    g_assert_cmpstr(words, ==, "one two/three/");
    /* a number in brackets goes on whole, where it is not all that there is */
    static const char *const numbers[][2] = {
        {"aaaaaaaa[11] b", "aaaaaaaa/[11] b/"}, {"aaaaaaa[11] b", "aaaaaaa/[11] b/"},
        {"aaaaaaaaa[1]", "aaaaaaaaa/[1]/"},     {"aaaaaaaa[1: x]", "aaaaaaaa/[1: x]/"},
        {"aaaaaaaaa[b]", "aaaaaaaaa[/b]/"},     {"[1234567890]", "[123456789/0]/"}};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autofree char *lines = wrapped(numbers[i][0], 10);
        g_assert_cmpstr(lines, ==, numbers[i][1]);
    }
    /* UAX #14: no line starts with a comma or ends with an opening mark */
    g_autofree char *comma = wrapped("北岭市，人民", 6);
    g_assert_cmpstr(comma, ==, "北岭/市，人/民/");
    g_autofree char *opening = wrapped("北岭《日报》", 6);
    g_assert_cmpstr(opening, ==, "北岭/《日/报》/");
    g_autofree char *space = wrapped("5\xc2\xa0км пути", 5);
    g_assert_cmpstr(space, ==, "5\xc2\xa0км/пути/");
    g_autofree char *longest = wrapped("abcdefghij", 4);
    g_assert_cmpstr(longest, ==, "abcd/efgh/ij/");
    g_autofree char *narrow = wrapped("北a", 1);
    g_assert_cmpstr(narrow, ==, "北/a/");
}

/*
 * The same with every version of libunistring, and sensible in addresses: a | stands where a line
 * may end.
 */
static void
test_breaks(void)
{
    static const char *const rows[] = {
        "http://127.0.0.1:8080/|en/|notices/|205.html",
        "https://example.org/|2025/10/22/|a.b?|x=1&y=2#c",
        "(https://example.org/|%D0%BD/|$(b)/|c;d:e,f)",
        "http://пример.рф/|путь/|стр.html?|а=б",
        "«http://x.y/|z» |http://x.y/|z，|见",
        "is:unread |is:starred |-is:read |section:NAME",
        "-v |--|option=a.b |/etc/|x-|y_z.conf |.5 |1.5 |a.5",
        "and/|or |1/2 |10:30 |2025/10/22 |5-6 |T-1000 |km/|h",
        "50% |$5 |a$(b) |{a}%b |c.|+d |1.+d",
        "是/|否 |中/|en |2/|x",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        GString *text = g_string_new(NULL), *marked = g_string_new(NULL);
        for (const char *p = rows[i]; *p; p++)
            if (*p != '|')
                g_string_append_c(text, *p);
        g_autofree char *breaks = cells_breaks(text->str, text->len);
        for (gsize at = 0; at < text->len; at++)
            g_string_append_printf(marked, "%s%c", breaks[at] == UC_BREAK_POSSIBLE ? "|" : "",
                                   text->str[at]);
        g_assert_cmpstr(marked->str, ==, rows[i]);
        g_string_free(text, TRUE);
        g_string_free(marked, TRUE);
    }
}

static void
test_fold(void)
{
    g_autofree char *a = text_fold("ЁЛКА Ｎｅｗｓ");
    g_assert_cmpstr(a, ==, "елка news");
    /* the short way and libunistring's give the same, whatever stands beside */
    static const char *const rows[][2] = {
        {"ABCxyz 09", "abcxyz 09"},
        {"ЁЖИК Їжак ЏЂ", "ежик їжак џђ"},
        {"齐齐哈尔 NEWS Ё", "齐齐哈尔 news е"},
        {"И\xcc\x86од", "йод"},
        {"Straße", "strasse"},
        {"ΣΑΣ", "σασ"},
        {"", ""},
        {"Ѡ", "ѡ"},
        {"㍿", "株式会社"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *folded = text_fold(rows[i][0]);
        g_assert_cmpstr(folded, ==, rows[i][1]);
        g_autofree char *longer = g_strconcat("—", rows[i][0], NULL), *slow = text_fold(longer);
        g_assert_cmpstr(slow + strlen("—"), ==, rows[i][1]);
    }
}

/* Whatever stands together: folding by pieces gives what folding the whole does. */
static void
test_fold_pieces(void)
{
    static const char *const parts[] = {"a",
                                        "Z",
                                        "\xcc\x81",
                                        "\xcc\x86",
                                        "И",
                                        "ё",
                                        "Ё",
                                        "齊",
                                        "。",
                                        "：",
                                        "Ⅷ",
                                        "ﬁ",
                                        "한",
                                        "\xe1\x84\x92",
                                        "\xe1\x85\xa1",
                                        "\xe1\x86\xab",
                                        "Σ",
                                        "ß",
                                        "İ",
                                        "ᾳ",
                                        " ",
                                        "が",
                                        "カ",
                                        "\xe3\x82\x99",
                                        "ｶ",
                                        "\xef\xbe\x9e",
                                        "€",
                                        "҃",
                                        "一"};
    guint64 seed = 7;
    for (int round = 0; round < 3000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int i = 0; i < 1 + round % 9; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            g_string_append(text, parts[(seed >> 33) % G_N_ELEMENTS(parts)]);
        }
        size_t length = 0;
        uint8_t *whole =
            u8_casefold((const uint8_t *)text->str, text->len, NULL, UNINORM_NFKC, NULL, &length);
        g_autofree char *expected = g_strndup((const char *)whole, length),
                        *folded = text_fold(text->str);
        g_auto(GStrv) around = g_strsplit(expected, "ё", -1);
        g_autofree char *without = g_strjoinv("е", around);
        g_assert_cmpstr(folded, ==, without);
        free(whole);
    }
}

static void
test_search_form(void)
{
    static const char *const rows[][2] = {
        {"臺灣後髮發", "台湾后发发"},
        {"齊齊哈爾市", "齐齐哈尔市"},
        {"乾隆", "干隆"},
        {"ＥＵ歐盟Ё", "eu欧盟е"},
        {"一齾", "一齾"},
        {"Café Zürich São Paulo", "cafe zurich sao paulo"},
        {"cafe\xcc\x81", "cafe"},
        {"Łódź Søren Đà Nẵng", "lodz soren da nang"},
        {"Straße, STRASSE", "strasse, strasse"},
        {"İstanbul ISPARTA ısı", "istanbul isparta isi"},
        {"Việt Nam ưu ơn", "viet nam uu on"},
        {"Ærø Œuvre þing", "aero oeuvre thing"},
        {"Αθήνα", "αθηνα"},
        {"«Ёж» – “A” — ‘É’ • †", "«еж» – “a” — ‘e’ • †"},
        {"A—\xcc\x81é…", "a—e..."},
        {"ǅ ŉ ǿ", "dz ʼn o"},
        /* letters that only look like others with a mark stay what they are */
        {"Йод и Їжак", "йод и їжак"},
        {"И\xcc\x86од", "йод"},
        {"за\xcc\x81мок", "замок"},
        {"がか", "がか"},
        {"हिन्दी", "हिन्दी"},
        {"กำลัง", "กํ"
                 "าลัง"},
        {"한국", "한국"},
        {"שָׁלוֹם", "שלום"},
        {"مُحَمَّد", "محمد"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *form = text_search_form(rows[i][0]);
        g_assert_cmpstr(form, ==, rows[i][1]);
    }
    g_autofree char *folded = text_fold("臺灣");
    g_assert_cmpstr(folded, ==, "臺灣");
}

/* The text with what matches in brackets. */
static char *
marked(const char *text, const char *words)
{
    g_auto(GStrv) list = g_strsplit(words, ",", -1);
    g_autoptr(GArray) ranges = text_matches(text, list, false, 0);
    GString *out = g_string_new(NULL);
    gsize at = 0;
    for (guint i = 0; i < ranges->len; i++) {
        struct text_range range = g_array_index(ranges, struct text_range, i);
        g_string_append_len(out, text + at, (gssize)(range.start - at));
        g_string_append_c(out, '[');
        g_string_append_len(out, text + range.start, (gssize)range.length);
        g_string_append_c(out, ']');
        at = range.start + range.length;
    }
    g_string_append(out, text + at);
    return g_string_free(out, FALSE);
}

static void
test_matches(void)
{
    static const char *const rows[][3] = {
        {"The Bridge and the bridges", "bridge", "The [Bridge] and the [bridge]s"},
        {"footbridge", "bridge", "footbridge"},
        {"臺灣與廣東", "台湾,广", "[臺灣]與[廣]東"},
        {"因管网检修停水", "检修,修停", "因管网[检修停]水"},
        {"Ещё ЕЩЕ", "еще", "[Ещё] [ЕЩЕ]"},
        {"И\xcc\x86од", "йод", "[И\xcc\x86од]"},
        {"ＣＯＶＩＤ－１９", "covid", "[ＣＯＶＩＤ]－１９"},
        {"Straße", "strasse", "[Straße]"},
        {"5G网络", "5g,网", "[5G][网]络"},
        {"nothing", "", "nothing"},
        {"", "x", ""},
        {"aaa", "aa", "[aa]a"},
        {"ﬁsh", "fi", "[ﬁ]sh"},
        {"Ein Café, zwei Cafés", "cafe", "Ein [Café], zwei [Café]s"},
        {"the cafe", "café", "the [cafe]"},
        {"cafe\xcc\x81 in town", "cafe", "[cafe\xcc\x81] in town"},
        {"Łódź", "lodz", "[Łódź]"},
        {"Ærø", "aero", "[Ærø]"},
        {"Zürichsee", "zurich", "[Zürich]see"},
        {"йод, иод", "иод", "йод, [иод]"},
        {"Đà Nẵng", "da,nang", "[Đà] [Nẵng]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *got = marked(rows[i][0], rows[i][1]);
        g_assert_cmpstr(got, ==, rows[i][2]);
    }
    char *words[] = {(char *)"bridge", NULL};
    g_autoptr(GArray) inside = text_matches("Footbridge", words, true, 0);
    g_assert_cmpuint(inside->len, ==, 1);
    g_assert_true(text_holds("FOOTBRIDGE", "bridge") && text_holds("臺灣", "台湾") &&
                  !text_holds("a", "") && !text_holds("", "a"));
    g_autofree char *middle = text_snippet(
        "One two three four five six seven eight nine ten the\nbridge is open again from today on.",
        words, 30);
    g_assert_cmpstr(middle, ==, "…ten the bridge is open again f…");
    g_autofree char *none = text_snippet("Short\n\ntext", words, 30);
    g_assert_cmpstr(none, ==, "Short text");
}

/* Wherever the first match stands in a long text, the same is shown of it. */
static void
test_far_snippets(void)
{
    static const gsize places[] = {30, 4000, 4090, 4093, 4096, 33000, 262140, 1000000};
    char *words[] = {(char *)"zzz", (char *)"мост", NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < places[i])
            g_string_append(text, "вода ");
        g_string_append(text, "Мо\u0301ст открыт. вода вода вода вода мост");
        g_autofree char *got = text_snippet(text->str, words, 30);
        g_assert_cmpstr(got, ==, "…вода Мо\u0301ст открыт. вода вода в…");
    }
}

void
add_tests(void)
{
    g_test_add_func("/match/far-snippets", test_far_snippets);
    g_test_add_func("/charset/labels", test_labels);
    g_test_add_func("/charset/evidence", test_evidence);
    g_test_add_func("/charset/beyond-gb2312", test_beyond_gb2312);
    g_test_add_func("/charset/claims", test_claims);
    g_test_add_func("/charset/malformed", test_malformed);
    g_test_add_func("/charset/guess", test_guess);
    g_test_add_func("/charset/contradiction", test_contradiction);
    g_test_add_func("/charset/whatwg-tables", test_whatwg_tables);
    g_test_add_func("/charset/iconv-has-all", test_missing);
    g_test_add_func("/clean", test_clean);
    g_test_add_func("/cells", test_cells);
    g_test_add_func("/cells/clusters", test_clusters);
    g_test_add_func("/lines", test_lines);
    g_test_add_func("/cells/breaks", test_breaks);
    g_test_add_func("/fold", test_fold);
    g_test_add_func("/fold/pieces", test_fold_pieces);
    g_test_add_func("/fold/search-form", test_search_form);
    g_test_add_func("/match", test_matches);
}
