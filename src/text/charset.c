/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoding with iconv.  The label table is ours, because the names that iconv knows and
 * what it does under them differ between C libraries; the loop around iconv makes the
 * result valid UTF-8 whatever the bytes are.
 */
#include "config.h"

#include "text/charset.h"
#include "base/clean.h"
#include "text/charset-convert.h"

#include <string.h>

#define PRESCAN_BYTES    8192
#define MAX_LABEL        40 /* characters of one that is quoted */
#define TOLERANCE        3  /* malformed sequences that do not speak against a guess */
#define PROOF_CHARACTERS 5  /* valid UTF-8 with fewer proves nothing */

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

/* What the bytes are when they are read as UTF-8. */
struct utf8_facts {
    bool valid;
    guint characters; /* outside ASCII, well formed or begun so */
    guint errors;     /* bytes that are in none */
    bool mark;        /* a NUL, U+FEFF or a cut character: the text is not the bytes as they are */
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

void
charset_keep_converters(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
        charset_keep(encodings[i].iconv_names);
}

/* The charset parameter of a Content-Type value, newly allocated, or NULL. */
static char *
label_of_content_type(const char *content_type)
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

/*
 * The label that an XML declaration or a real <meta> tag in the first 8 KiB declares,
 * newly allocated, or NULL.  Attributes of other tags do not count.
 */
static char *
declared_label_of(const char *bytes, gsize length)
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

static struct utf8_facts
utf8_facts(const char *bytes, gsize length)
{
    struct utf8_facts facts = {.mark = memchr(bytes, '\0', length) != NULL};
    const guchar *p = (const guchar *)bytes, *end = p + length;
    while (p < end) {
        guint64 word;
        gsize size;
        if (end - p >= 8 && (memcpy(&word, p, 8), !(word & 0x8080808080808080u))) {
            p += 8;
            continue;
        }
        if (*p < 0x80) {
            p++;
            continue;
        }
        if (end - p >= 3 && *p >= 0xc2 && *p <= 0xdf && (p[1] & 0xc0) == 0x80)
            size = 2; /* the commonest two, without a call */
        else if (end - p >= 3 && *p > 0xe0 && *p < 0xed && (p[1] & 0xc0) == 0x80 &&
                 (p[2] & 0xc0) == 0x80)
            size = 3;
        else
            size = charset_utf8_sequence(p, end);
        bool begun = !size && *p >= 0xc2 && *p <= 0xf4 && end - p > 1 && (p[1] & 0xc0) == 0x80;
        facts.characters += size > 0 || begun; /* half a character speaks for UTF-8 too */
        facts.mark |= size == 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf;
        if (!size) {
            /* a character cut at the end does not disprove UTF-8 */
            bool cut = end - p < 4 &&
                       g_utf8_get_char_validated((const char *)p, end - p) == (gunichar)-2;
            facts.mark |= cut;
            facts.errors += !cut;
        }
        p += size ? size : begun ? 2 : 1;
    }
    facts.valid = facts.errors == 0;
    return facts;
}

static const char *
bom_encoding(const char *bytes, gsize length, gsize *skip)
{
    static const struct {
        const char *bom;
        gsize length;
        const char *name;
    } boms[] = {
        {"\xef\xbb\xbf", 3, "utf-8"},    {"\xff\xfe\0\0", 4, "utf-32le"},
        {"\0\0\xfe\xff", 4, "utf-32be"}, {"\xff\xfe", 2, "utf-16le"},
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

/* Whether text in one is, but for rare characters, text in the other ("gbk" and "gb18030"). */
static bool
is_same_family(const char *a, const char *b)
{
    static const char *const families[][5] = {
        {"gbk", "gb18030"}, {"koi8-r", "koi8-u"}, {"windows-1252", "iso-8859-15", "iso-8859-1"}};
    for (size_t i = 0; i < G_N_ELEMENTS(families); i++)
        if (g_strv_contains(families[i], a) && g_strv_contains(families[i], b))
            return true;
    return g_str_equal(a, b);
}

static const char *
iconv_names_of(const char *name)
{
    const struct encoding *encoding = find_encoding(name);
    return encoding ? encoding->iconv_names : name;
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
    g_autofree char *clean = text_squeeze(label, -1);
    g_autofree char *word = g_utf8_substring(clean, 0, MIN(g_utf8_strlen(clean, -1), MAX_LABEL));
    g_string_append_printf(chain, "%s: %s%s; ", kind, word, name ? "" : " (unknown)");
}

/* What is known before anything is decoded. */
struct evidence {
    const char *bytes;
    gsize length, skip; /* skip: a byte order mark */
    const char *forced, *http, *declared, *fallback;
    struct utf8_facts utf8;
};

/* Malformed sequences when the bytes are read in an encoding. */
static guint
count_malformed(const struct evidence *e, const char *name)
{
    return charset_convert(name, iconv_names_of(name), e->bytes + e->skip, e->length - e->skip,
                           NULL);
}

/*
 * Header and declaration disagree and neither is proven by the bytes: what the guess
 * confirms, when it decodes nearly clean; else what decodes cleaner; else the header.
 */
static const char *
settle(const struct evidence *e, const char **why)
{
    if (e->utf8.valid && e->utf8.characters)
        return *why = "bytes", "utf-8"; /* what is no UTF-8 hardly ever looks like it */
    const char *guess = charset_guess(e->bytes, e->length);
    const char *claims[] = {e->http, e->declared};
    guint bad[] = {count_malformed(e, e->http), count_malformed(e, e->declared)};
    *why = "guess";
    for (size_t i = 0; i < G_N_ELEMENTS(claims); i++)
        if (guess && is_same_family(guess, claims[i]) && bad[i] <= bad[1 - i] + TOLERANCE)
            return claims[i];
    bool declared = bad[1] < bad[0];
    *why = declared ? "declared" : "http";
    return claims[declared];
}

static const char *
choose(const struct evidence *e, const char *bom, const char **why)
{
    const char *wide = wide_encoding(e->bytes, e->length);
    *why = "bytes";
    if (e->forced)
        return *why = "forced", e->forced;
    if (bom)
        return *why = "byte order mark", bom;
    if (wide)
        return wide;
    if (e->utf8.valid && e->utf8.characters >= PROOF_CHARACTERS)
        return "utf-8";
    bool disagree = e->http && e->declared && !g_str_equal(e->http, e->declared);
    if (disagree && (!e->utf8.valid || e->utf8.characters))
        return settle(e, why);
    const char *claim = e->http ? e->http : e->declared;
    if (claim && e->utf8.valid && e->utf8.characters && is_same_family(claim, "windows-1252"))
        return "utf-8"; /* "â‚¬" is not what anyone writes in windows-1252 */
    if (e->http)
        return *why = "http", e->http;
    if (e->declared)
        return *why = "declared", e->declared;
    if (e->utf8.valid)
        return "utf-8";
    if (e->fallback)
        return *why = "default", e->fallback;
    const char *guess = charset_guess(e->bytes, e->length);
    return *why = "guess", guess ? guess : "utf-8";
}

/* A declaration that fails where other evidence holds is not believed. */
static const char *
reconsider(const struct evidence *e, const char *used, guint *malformed)
{
    /* hardly a character outside ASCII is UTF-8: then UTF-8 was only said */
    bool unfounded = g_str_equal(used, "utf-8") && e->utf8.characters * 4 < e->utf8.errors;
    bool declared = (e->http || e->declared) && !unfounded;
    const char *others[] = {e->declared, e->http, e->utf8.valid ? "utf-8" : NULL, e->fallback,
                            declared ? NULL : charset_guess(e->bytes, e->length)};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!others[i] || g_str_equal(others[i], used) || !*iconv_names_of(others[i]))
            continue;
        guint bad = count_malformed(e, others[i]);
        if (bad == 0 || (i == 4 && bad * 8 < *malformed)) {
            *malformed = bad;
            return others[i];
        }
    }
    return used;
}

static void
find_evidence(const char *bytes, gsize length, const struct charset_hints *hints,
              struct evidence *e, GString *chain)
{
    g_autofree char *http_label = label_of_content_type(hints->content_type);
    g_autofree char *declared_label = declared_label_of(bytes, length);
    *e = (struct evidence){bytes,
                           length,
                           0,
                           charset_for_label(hints->forced),
                           charset_for_label(http_label),
                           charset_for_label(declared_label),
                           charset_for_label(hints->fallback),
                           utf8_facts(bytes, length)};
    if (e->declared && g_str_has_prefix(e->declared, "utf-16") && length > 1 && bytes[0] &&
        bytes[1])
        e->declared = "utf-8"; /* readable as ASCII, so it cannot be UTF-16 */
    note(chain, "forced", hints->forced, e->forced);
    note(chain, "http", http_label, e->http);
    note(chain, "declared", declared_label, e->declared);
    note(chain, "default", hints->fallback, e->fallback);
}

void
charset_decode(const char *bytes, gsize length, const struct charset_hints *hints,
               struct charset_text *out)
{
    static const struct charset_hints nothing = {0};
    g_autoptr(GString) chain = g_string_new(NULL);
    struct evidence e;
    find_evidence(bytes, length, hints ? hints : &nothing, &e, chain);
    const char *bom = bom_encoding(bytes, length, &e.skip), *why;
    const char *used = choose(&e, bom, &why);
    if (!*iconv_names_of(used))
        used = "utf-8"; /* the replacement encodings are refused */
    g_string_append_printf(chain, "used: %s (%s)", used, why);
    *out = (struct charset_text){0};
    if (g_str_equal(used, "utf-8") && e.utf8.valid && !e.utf8.mark) {
        out->text = bytes; /* as it is: no byte is copied */
        out->length = length;
    } else {
        GString *text = g_string_sized_new(length + length / 2 + 1);
        out->malformed =
            charset_convert(used, iconv_names_of(used), bytes + e.skip, length - e.skip, text);
        /* what a few cut characters do not shake: a single-byte charset never has any */
        bool confirmed = g_str_equal(why, "guess") && out->malformed <= TOLERANCE;
        if (out->malformed && !confirmed && !e.forced && !bom) {
            const char *other = reconsider(&e, used, &out->malformed);
            if (other != used) {
                used = other;
                g_string_append_printf(chain, "; malformed, so: %s", used);
                g_string_truncate(text, 0);
                charset_convert(used, iconv_names_of(used), bytes, length, text);
            }
        }
        drop_marks(text);
        out->length = text->len;
        out->text = out->owned = g_string_free(text, FALSE);
    }
    out->encoding = used;
    out->overruled = (e.http && !g_str_equal(e.http, used)) ||
                     (!e.http && e.declared && !g_str_equal(e.declared, used));
    out->evidence = g_string_free(g_steal_pointer(&chain), FALSE);
}

void
charset_text_clear(struct charset_text *text)
{
    g_clear_pointer(&text->owned, g_free);
    g_clear_pointer(&text->evidence, g_free);
}
