/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Judging the labels of a host.  Names and scripts are GLib's; the one table is of look-alikes:
 * letters that Unicode's confusables.txt maps to Latin ones, or that browsers treat so beyond it
 * (Chromium's "IDN in Google Chrome", whole-script confusables).
 */
#include "config.h"

#include "base/host.h"

#include <arpa/inet.h>
#include <string.h>

enum family {
    LATIN = 1 << 0,
    HAN = 1 << 1,
    HIRAGANA = 1 << 2,
    KATAKANA = 1 << 3,
    HANGUL = 1 << 4,
    BOPOMOFO = 1 << 5,
    OTHER = 1 << 6,
};

static const struct script {
    GUnicodeScript script;
    enum family family;
    const char *latin; /* its letters that look like Latin ones */
} scripts[] = {
    {G_UNICODE_SCRIPT_LATIN, LATIN, NULL},
    {G_UNICODE_SCRIPT_HAN, HAN, NULL},
    {G_UNICODE_SCRIPT_HIRAGANA, HIRAGANA, NULL},
    {G_UNICODE_SCRIPT_KATAKANA, KATAKANA, NULL},
    {G_UNICODE_SCRIPT_HANGUL, HANGUL, NULL},
    {G_UNICODE_SCRIPT_BOPOMOFO, BOPOMOFO, NULL},
    {G_UNICODE_SCRIPT_CYRILLIC, OTHER, "аысԁеԍһіїюјӏорԗԛѕԝхуүъьҽпгѵѡ"},
    {G_UNICODE_SCRIPT_GREEK, OTHER, "αγικνορτυχωη"},
    {G_UNICODE_SCRIPT_ARMENIAN, OTHER, "ագզէլհյոսւօ"},
    {G_UNICODE_SCRIPT_GEORGIAN, OTHER, "იოყძხჽჿ"},
    {G_UNICODE_SCRIPT_THAI, OTHER, "ทนบพรหเแดลปฟม"},
    {G_UNICODE_SCRIPT_DEVANAGARI, OTHER, NULL},
    {G_UNICODE_SCRIPT_BENGALI, OTHER, NULL},
    {G_UNICODE_SCRIPT_TAMIL, OTHER, NULL},
};

/* What some languages write together. */
static const guint together[] = {LATIN | HAN | HIRAGANA | KATAKANA, LATIN | HAN | HANGUL,
                                 HAN | BOPOMOFO};

/* Han and kana that look like a stroke or a stop: they say nothing alone, nor beside ASCII. */
static const char strokes[] = "一丨丶丿亅乙乚ノンソゾㄧー・";

/* Latin letters that look like others of ASCII, or like no letters; ı has a country of its own. */
static const char odd_latin[] = "ĸŉƅƍƨƽƿǀǁǂǃȝȷ";

static const struct script *
script_of(gunichar c)
{
    GUnicodeScript script = g_unichar_get_script(c);
    if (c == 0x30fb || c == 0x30fc) /* common to both kana */
        script = G_UNICODE_SCRIPT_KATAKANA;
    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++)
        if (scripts[i].script == script)
            return &scripts[i];
    return NULL;
}

static bool
is_one_of(gunichar c, const char *set)
{
    return g_utf8_strchr(set, -1, c) != NULL;
}

/* Whether a character outside ASCII may stand in a label that is shown, whatever is beside it. */
static bool
is_plain(gunichar c, enum family family, const char *top)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
        break;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
        if (family != OTHER)
            return false;
        break;
    default:
        if (c != 0x30fb)
            return false;
    }
    if (family == LATIN)
        return (c < 0x250 || (c >= 0x1e00 && c < 0x1f00)) && !is_one_of(c, odd_latin) &&
               (c != 0x131 || g_str_equal(top, "tr"));
    /* not in its pieces */
    return family != HANGUL || (c >= 0xac00 && c <= 0xd7a3);
}

/* Whether all letters of a label look like Latin ones, where its top level is of another script. */
static bool
looks_latin(const char *label, const struct script *script, const char *top)
{
    gunichar first = g_utf8_get_char(top);
    if (!script->latin || (first >= 0x80 && script_of(first) == script))
        return false;
    for (const char *p = label; *p; p = g_utf8_next_char(p))
        if ((guchar)*p >= 0x80 && !is_one_of(g_utf8_get_char(p), script->latin))
            return false;
    return true;
}

/* Whether each stroke stands beside what is none, and none beside ASCII. */
static bool
strokes_are_words(const char *label)
{
    bool words = false, any = false;
    for (const char *p = label; *p; p = g_utf8_next_char(p)) {
        bool stroke = (guchar)*p >= 0x80 && is_one_of(g_utf8_get_char(p), strokes);
        const char *next = g_utf8_next_char(p);
        words |= (guchar)*p >= 0x80 && !stroke;
        any |= stroke;
        if (stroke && ((p > label && (guchar)p[-1] < 0x80) || (*next && (guchar)*next < 0x80)))
            return false;
    }
    return words || !any;
}

/* Whether a label in Unicode can be taken for no other; top is the last one of its host. */
static bool
is_clear(const char *label, const char *top)
{
    guint families = 0, others = 0;
    const struct script *first = NULL;
    bool foreign_latin = false;
    for (const char *p = label; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        const struct script *script = script_of(c);
        if (c < 0x80) {
            families |= g_ascii_isalpha(c) ? LATIN : 0;
            continue;
        }
        if (!script || !is_plain(c, script->family, top))
            return false;
        others += script->family == OTHER && script != first;
        first = script->family == OTHER ? script : first;
        families |= script->family;
        foreign_latin |= script->family == LATIN;
    }
    bool fits = !(families & (families - 1)) && others <= 1;
    for (size_t i = 0; i < G_N_ELEMENTS(together); i++)
        fits |= !(families & ~together[i]) && !foreign_latin;
    return fits && strokes_are_words(label) && !(first && looks_latin(label, first, top));
}

bool
host_can_be_written(const char *text)
{
    const char *charset;
    if (g_get_charset(&charset))
        return true;
    g_autofree char *written = g_convert(text, -1, charset, "UTF-8", NULL, NULL, NULL);
    return written != NULL;
}

/* A name in ASCII with those labels in Unicode that are clear. */
static char *
in_unicode(const char *ascii)
{
    g_auto(GStrv) labels = g_strsplit(ascii, ".", -1);
    guint count = g_strv_length(labels),
          last = count > 1 && !*labels[count - 1] ? count - 2 : count - 1;
    g_auto(GStrv) shown = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++)
        shown[i] = g_str_has_prefix(labels[i], "xn--") ? g_hostname_to_unicode(labels[i]) : NULL;
    const char *top = shown[last] ? shown[last] : labels[last];
    for (guint i = 0; i < count; i++) {
        g_autofree char *back = shown[i] ? g_hostname_to_ascii(shown[i]) : NULL;
        if (back && g_str_equal(back, labels[i]) && is_clear(shown[i], top) &&
            host_can_be_written(shown[i]))
            continue;
        if (i == last) /* what is not shown makes nothing clear */
            top = labels[last];
        g_free(shown[i]);
        shown[i] = g_strdup(labels[i]);
    }
    return g_strjoinv(".", shown);
}

char *
host_ascii(const char *host)
{
    g_autofree char *plain = strchr(host, '%') ? g_uri_unescape_string(host, "/") : NULL;
    const char *name = plain ? plain : host;
    if (!*name || !g_utf8_validate(name, -1, NULL))
        return NULL;
    g_autofree char *ascii = g_str_is_ascii(name) ? g_strdup(name) : g_hostname_to_ascii(name);
    if (!ascii)
        return NULL;
    for (const char *p = ascii; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("-._", *p))
            return NULL;
    return g_ascii_strdown(ascii, -1);
}

/* An IPv4 address in any of the forms in which it is read; NULL when it is none. */
static char *
address_in(const char *name)
{
    struct in_addr address;
    char text[INET_ADDRSTRLEN];
    /* all forms begin with a digit, and nearly no name does */
    if (!g_ascii_isdigit(*name) || !inet_aton(name, &address) ||
        !inet_ntop(AF_INET, &address, text, sizeof text))
        return NULL;
    return g_strdup(text);
}

char *
host_shown(const char *host)
{
    gsize length = *host == '[' ? strlen(host) : strcspn(host, ":");
    g_autofree char *own = g_strndup(host, length), *ascii = host_ascii(own);
    if (!ascii) /* no name, so nothing that is to be read as one */
        return g_uri_escape_string(host, ":[]%", FALSE);
    g_autofree char *address = address_in(ascii), *name = address ? g_strdup(address)
                                                          : strstr(ascii, "xn--")
                                                              ? in_unicode(ascii)
                                                              : g_strdup(ascii);
    return g_strconcat(name, host + length, NULL);
}

static char *
bare_name(const char *host)
{
    g_autofree char *ascii = host_ascii(host), *address = ascii ? address_in(ascii) : NULL;
    if (!ascii || address)
        return address ? g_steal_pointer(&address) : g_ascii_strdown(host, -1);
    if (g_str_has_suffix(ascii, "."))
        ascii[strlen(ascii) - 1] = '\0';
    return g_strdup(ascii + (g_str_has_prefix(ascii, "www.") ? strlen("www.") : 0));
}

static bool
is_below(const char *name, const char *other)
{
    return g_str_has_suffix(name, other) && strchr(other, '.') &&
           name[strlen(name) - strlen(other) - 1] == '.';
}

bool
host_is_akin(const char *one, const char *other)
{
    g_autofree char *first = bare_name(one), *second = bare_name(other);
    return g_str_equal(first, second) || is_below(first, second) || is_below(second, first);
}
