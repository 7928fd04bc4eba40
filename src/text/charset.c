/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoding with iconv.  The label table is ours, because the names that iconv knows and
 * what it does under them differ between C libraries; the loop around iconv makes the
 * result valid UTF-8 whatever the bytes are.
 */
#include "config.h"

#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define PRESCAN_BYTES 8192
#define PROOF_CHARACTERS 5 /* valid UTF-8 with fewer proves nothing */

struct encoding {
    const char *name;
    const char *iconv_names;
    const char *labels;
};

static const struct encoding encodings[] = {
#define ENCODING(name, iconv_names, labels) {name, iconv_names, labels},
#include "text/charset-labels.def"
#undef ENCODING
};

static bool
list_contains(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = list; (p = strstr(p, word)); p += length)
        if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
            return true;
    return false;
}

static const struct encoding *
find_encoding(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
        if (g_str_equal(encodings[i].name, name))
            return &encodings[i];
    return NULL;
}

const char *
charset_for_label(const char *label)
{
    if (!label)
        return NULL;
    g_autofree char *clean = g_strstrip(g_ascii_strdown(label, -1));
    if (!*clean || strpbrk(clean, " \t"))
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
        if (list_contains(encodings[i].labels, clean))
            return encodings[i].name;
    return NULL;
}

char *
charset_from_content_type(const char *content_type)
{
    if (!content_type)
        return NULL;
    g_autofree char *lower = g_ascii_strdown(content_type, -1);
    const char *p = strstr(lower, "charset");
    if (!p)
        return NULL;
    p += strlen("charset");
    p += strspn(p, " \t");
    if (*p++ != '=')
        return NULL;
    p += strspn(p, " \t\"'");
    size_t length = strcspn(p, " \t\"';,");
    return length ? g_strndup(p, length) : NULL;
}

/* The value of an attribute-like `name = "value"` inside a tag, newly allocated. */
static char *
attribute_value(const char *tag, const char *name)
{
    size_t length = strlen(name);
    for (const char *p = tag; (p = strstr(p, name)); p += length) {
        if (p > tag && (g_ascii_isalnum(p[-1]) || p[-1] == '-'))
            continue;
        const char *q = p + length;
        q += strspn(q, " \t\r\n");
        if (*q++ != '=')
            continue;
        q += strspn(q, " \t\r\n\"'");
        size_t end = strcspn(q, " \t\r\n\"';>/?");
        if (end)
            return g_strndup(q, end);
    }
    return NULL;
}

char *
charset_declared(const char *bytes, gsize length)
{
    g_autofree char *head = g_malloc0(MIN(length, PRESCAN_BYTES) + 1);
    gsize kept = 0;
    for (gsize i = 0; i < MIN(length, PRESCAN_BYTES); i++)
        if (bytes[i]) /* UTF-16 declarations are read with their NULs dropped */
            head[kept++] = g_ascii_tolower(bytes[i]);
    const char *p = head + strspn(head, " \t\r\n");
    const char *xml = strstr(p, "<?xml");
    if (xml) {
        const char *end = strstr(xml, "?>");
        g_autofree char *tag = end ? g_strndup(xml, end - xml) : g_strdup(xml);
        char *label = attribute_value(tag, "encoding");
        if (label)
            return label;
    }
    for (p = head; (p = strchr(p, '<')); p++) {
        if (g_str_has_prefix(p, "<!--")) {
            const char *end = strstr(p + 4, "-->");
            if (!end)
                break;
            p = end;
            continue;
        }
        if (!g_str_has_prefix(p, "<meta") || g_ascii_isalnum(p[5]))
            continue;
        const char *end = strchr(p, '>');
        g_autofree char *tag = end ? g_strndup(p, end - p) : g_strdup(p);
        char *label = attribute_value(tag, "charset");
        if (label)
            return label;
    }
    return NULL;
}

/* Counts characters outside ASCII of valid UTF-8; -1 when the bytes are not UTF-8. */
static int
utf8_characters(const char *bytes, gsize length)
{
    if (!g_utf8_validate_len(bytes, length, NULL)) {
        /* NUL bytes and a character cut at the end do not disprove UTF-8 */
        const char *p = bytes, *end = bytes + length, *bad;
        while (p < end && !g_utf8_validate_len(p, end - p, &bad)) {
            if (*bad == '\0')
                p = bad + 1;
            else if (end - bad < 4 && g_utf8_get_char_validated(bad, end - bad) == (gunichar)-2)
                break;
            else
                return -1;
        }
    }
    int count = 0;
    for (gsize i = 0; i < length; i++)
        count += (unsigned char)bytes[i] >= 0xc0;
    return count;
}

static const char *
bom_encoding(const char *bytes, gsize length, gsize *skip)
{
    static const struct {
        const char *bom;
        gsize length;
        const char *name;
    } boms[] = {
        {"\xef\xbb\xbf", 3, "utf-8"},
        {"\xff\xfe\0\0", 4, "utf-32le"},
        {"\0\0\xfe\xff", 4, "utf-32be"},
        {"\xff\xfe", 2, "utf-16le"},
        {"\xfe\xff", 2, "utf-16be"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(boms); i++) {
        if (length >= boms[i].length && !memcmp(bytes, boms[i].bom, boms[i].length)) {
            *skip = boms[i].length;
            return boms[i].name;
        }
    }
    return NULL;
}

/* UTF-16 and UTF-32 without a mark, known from where the NULs of "<" and "{" lie. */
static const char *
wide_encoding(const char *bytes, gsize length)
{
    if (length < 4)
        return NULL;
    if (bytes[0] && !bytes[1] && bytes[2] && !bytes[3])
        return "utf-16le";
    if (!bytes[0] && bytes[1] && !bytes[2] && bytes[3])
        return "utf-16be";
    if (bytes[0] && !bytes[1] && !bytes[2] && !bytes[3])
        return "utf-32le";
    if (!bytes[0] && !bytes[1] && !bytes[2] && bytes[3])
        return "utf-32be";
    return NULL;
}

static iconv_t
open_decoder(const char *name)
{
    const struct encoding *encoding = find_encoding(name);
    g_auto(GStrv) names = g_strsplit(encoding ? encoding->iconv_names : name, " ", -1);
    for (char **n = names; *n; n++) {
        iconv_t cd = **n ? iconv_open("UTF-8", *n) : (iconv_t)-1;
        if (cd != (iconv_t)-1)
            return cd;
    }
    return (iconv_t)-1;
}

char *
charset_missing(void)
{
    GString *missing = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++) {
        if (!*encodings[i].iconv_names)
            continue;
        iconv_t cd = open_decoder(encodings[i].name);
        if (cd != (iconv_t)-1)
            iconv_close(cd);
        else
            g_string_append_printf(missing, "%s%s", missing->len ? " " : "", encodings[i].name);
    }
    return g_string_free(missing, missing->len == 0);
}

static void
append_unichar(GString *out, gunichar c)
{
    if (c && g_unichar_validate(c))
        g_string_append_unichar(out, c);
}

/* UTF-8 with everything malformed replaced; one U+FFFD per maximal bad subpart. */
static void
repair_utf8(GString *out, const char *bytes, gsize length, guint *malformed)
{
    const char *p = bytes, *end = bytes + length, *bad;
    while (p < end) {
        if (g_utf8_validate_len(p, end - p, &bad)) {
            g_string_append_len(out, p, end - p);
            return;
        }
        g_string_append_len(out, p, bad - p);
        p = bad;
        if (*p == '\0') {
            p++;
            continue;
        }
        /* step over the lead byte and the continuation bytes that could follow it */
        unsigned char lead = (unsigned char)*p++;
        int want = lead >= 0xf0 && lead <= 0xf4 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
        if (lead > 0xf4)
            want = 0;
        unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        while (want-- > 0 && p < end && (unsigned char)*p >= low && (unsigned char)*p <= high) {
            p++;
            low = 0x80;
            high = 0xbf;
        }
        g_string_append(out, "\xef\xbf\xbd");
        (*malformed)++;
    }
}

/* What the encoding standard decodes and iconv rejects: lone bytes of single-byte sets. */
static bool
special_byte(const char *name, unsigned char byte, GString *out)
{
    if (g_str_equal(name, "gbk") || g_str_equal(name, "gb18030")) {
        if (byte == 0x80) {
            append_unichar(out, 0x20ac);
            return true;
        }
        return false;
    }
    if (g_str_has_prefix(name, "windows-125") && byte >= 0x80 && byte <= 0x9f) {
        append_unichar(out, byte);
        return true;
    }
    return false;
}

static void
decode_iconv(GString *out, const char *name, const char *bytes, gsize length, guint *malformed)
{
    iconv_t cd = open_decoder(name);
    if (cd == (iconv_t)-1) {
        repair_utf8(out, bytes, length, malformed);
        return;
    }
    bool wide = g_str_has_prefix(name, "utf-16") || g_str_has_prefix(name, "utf-32");
    gsize unit = g_str_has_prefix(name, "utf-16") ? 2 : g_str_has_prefix(name, "utf-32") ? 4 : 1;
    char *in = (char *)bytes;
    size_t left = length;
    char buffer[8192];
    while (left > 0) {
        char *to = buffer;
        size_t room = sizeof buffer;
        size_t done = iconv(cd, &in, &left, &to, &room);
        int why = errno;
        g_string_append_len(out, buffer, to - buffer);
        if (done != (size_t)-1 || why == E2BIG)
            continue;
        if (!wide && special_byte(name, (unsigned char)*in, out)) {
            in++;
            left--;
            continue;
        }
        g_string_append(out, "\xef\xbf\xbd");
        (*malformed)++;
        if (why == EINVAL && !wide) {
            /* cut at the end: an ASCII byte after the lead byte still counts */
            in++;
            left--;
            while (left > 0 && (unsigned char)*in >= 0x80) {
                in++;
                left--;
            }
        } else {
            size_t step = MIN(unit, left);
            in += step;
            left -= step;
        }
        iconv(cd, NULL, NULL, NULL, NULL);
    }
    iconv_close(cd);
}

static GString *
decode_as(const char *name, const char *bytes, gsize length, guint *malformed)
{
    GString *out = g_string_sized_new(length + length / 2 + 1);
    *malformed = 0;
    if (g_str_equal(name, "utf-8")) {
        repair_utf8(out, bytes, length, malformed);
        return out;
    }
    GString *raw = g_string_sized_new(length + length / 2 + 1);
    decode_iconv(raw, name, bytes, length, malformed);
    guint again = 0; /* iconv may pass surrogates and NULs */
    repair_utf8(out, raw->str, raw->len, &again);
    *malformed += again;
    g_string_free(raw, TRUE);
    return out;
}

/* U+FEFF is a mark, not text, wherever includes have left one. */
static void
drop_marks(GString *text)
{
    char *to = text->str;
    const char *from = text->str, *end = text->str + text->len;
    const char *mark;
    while ((mark = g_strstr_len(from, end - from, "\xef\xbb\xbf"))) {
        memmove(to, from, mark - from);
        to += mark - from;
        from = mark + 3;
    }
    if (from == text->str)
        return;
    memmove(to, from, end - from);
    g_string_truncate(text, to + (end - from) - text->str);
}

static void
note(GString *chain, const char *kind, const char *label, const char *name)
{
    if (!label)
        return;
    g_autofree char *clean = g_str_to_ascii(label, "C");
    g_string_append_printf(chain, "%s: %s%s; ", kind, clean, name ? "" : " (unknown)");
}

void
charset_decode(const char *bytes, gsize length, const struct charset_hints *hints,
               struct charset_text *out)
{
    static const struct charset_hints nothing = {0};
    if (!hints)
        hints = &nothing;
    g_autoptr(GString) chain = g_string_new(NULL);
    g_autofree char *http_label = charset_from_content_type(hints->content_type);
    g_autofree char *declared_label = charset_declared(bytes, length);
    const char *http = charset_for_label(http_label);
    const char *declared = charset_for_label(declared_label);
    if (declared && g_str_has_prefix(declared, "utf-16") && bytes[0] && length > 1 && bytes[1])
        declared = "utf-8"; /* readable as ASCII, so it cannot be UTF-16 */
    const char *forced = charset_for_label(hints->forced);
    const char *fallback = charset_for_label(hints->fallback);
    note(chain, "forced", hints->forced, forced);
    note(chain, "http", http_label, http);
    note(chain, "declared", declared_label, declared);
    note(chain, "default", hints->fallback, fallback);

    gsize skip = 0;
    const char *bom = bom_encoding(bytes, length, &skip);
    const char *used, *why;
    int characters = utf8_characters(bytes, length);
    const char *wide = wide_encoding(bytes, length);
    if (forced) {
        used = forced;
        why = "forced";
    } else if (bom) {
        used = bom;
        why = "byte order mark";
    } else if (wide) {
        used = wide;
        why = "bytes";
    } else if (characters >= PROOF_CHARACTERS) {
        used = "utf-8";
        why = "bytes";
    } else if (http && declared && !g_str_equal(http, declared) && characters < 0) {
        /* header and declaration disagree and neither is proven: what decodes clean, wins */
        guint bad_http, bad_declared;
        g_string_free(decode_as(http, bytes, length, &bad_http), TRUE);
        g_string_free(decode_as(declared, bytes, length, &bad_declared), TRUE);
        const char *guess = charset_guess(bytes, length);
        if (bad_http == bad_declared && guess && g_str_equal(guess, declared)) {
            used = declared;
            why = "guess";
        } else {
            used = bad_declared < bad_http ? declared : http;
            why = bad_declared < bad_http ? "declared" : "http";
        }
    } else if (http) {
        used = http;
        why = "http";
    } else if (declared) {
        used = declared;
        why = "declared";
    } else if (characters >= 0) {
        used = "utf-8";
        why = "bytes";
    } else if (fallback) {
        used = fallback;
        why = "default";
    } else {
        used = charset_guess(bytes, length);
        why = "guess";
        if (!used)
            used = "utf-8";
    }
    const struct encoding *encoding = find_encoding(used);
    if (encoding && !*encoding->iconv_names)
        used = "utf-8"; /* the replacement encodings are refused */
    g_string_append_printf(chain, "used: %s (%s)", used, why);

    guint malformed;
    GString *text = decode_as(used, bytes + skip, length - skip, &malformed);
    /* a declaration that fails where another evidence holds is not believed */
    if (malformed && !forced && !bom) {
        const char *others[] = {declared, http, characters >= 0 ? "utf-8" : NULL, fallback,
                                http || declared ? NULL : charset_guess(bytes, length)};
        for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
            if (!others[i] || g_str_equal(others[i], used) || !*find_encoding(others[i])->iconv_names)
                continue;
            guint bad;
            GString *other = decode_as(others[i], bytes, length, &bad);
            if (bad == 0 || (i == 4 && bad * 8 < malformed)) {
                g_string_free(text, TRUE);
                text = other;
                malformed = bad;
                used = others[i];
                g_string_append_printf(chain, "; malformed, so: %s", used);
                break;
            }
            g_string_free(other, TRUE);
        }
    }
    drop_marks(text);
    out->encoding = used;
    out->malformed = malformed;
    out->overruled = (http && !g_str_equal(http, used)) || (!http && declared && !g_str_equal(declared, used));
    out->evidence = g_string_free(g_steal_pointer(&chain), FALSE);
    out->length = text->len;
    out->text = g_string_free(text, FALSE);
}

void
charset_text_clear(struct charset_text *text)
{
    g_clear_pointer(&text->text, g_free);
    g_clear_pointer(&text->evidence, g_free);
}
