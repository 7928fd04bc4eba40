/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding addresses.  A pattern says where one may be; where it ends is decided by hand: at
 * white space, at CJK punctuation, at the first Han or kana behind ASCII (that is the next word of
 * the sentence), before punctuation that ends a sentence, and before a bracket that was opened
 * outside of it.
 */
#include "config.h"

#include "document/address.h"
#include "base/host.h"
#include "base/url.h"
#include "document/document.h"

#include <stdbool.h>
#include <string.h>

/*
 * Domains that people write without www.  The first are no endings of file names and no words; the
 * others count when a path follows.
 */
#define TOPS      "com|org|net|gov|edu|info|ru|рф|cn|ua|by|kz|eu|uk|jp|kr|tw|hk|br|pl|nl|cz|中国"
#define PATH_TOPS "de|ch|fr|es|it|at|be|us|in|su|int|io|mo|sg|me"
/* the same, to be looked for without a pattern */
#define TOP_WORDS \
    "com", "org", "net", "gov", "edu", "info", "ru", "рф", "cn", "ua", "by", "kz", "eu", "uk", \
        "jp", "kr", "tw", "hk", "br", "pl", "nl", "cz", "中国"
#define PATH_TOP_WORDS \
    "de", "ch", "fr", "es", "it", "at", "be", "us", "in", "su", "int", "io", "mo", "sg", "me"

#define BEFORE 64  /* bytes that an address may have before the sign by which it is noticed */
#define BEHIND 128 /* and that are looked at behind it; a web address goes on beyond */

/* Han is a letter too, and stands beside an address without a blank. */
#define NO_WORD_BEFORE "(?<![A-Za-z0-9_\\p{Cyrillic}@+./-])"
#define NO_WORD_AFTER  "(?![A-Za-z0-9_\\p{Cyrillic}]|[-./]\\d)"

#define WEB "(?<scheme>https?://)|" NO_WORD_BEFORE "(?<www>www\\.(?=[\\p{L}\\p{N}]))"
#define MAIL \
    "(?<mail>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*[A-Za-z0-9_%+-]@(?:" \
    "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,24}(?![A-Za-z0-9-])" \
    "|(?:[\\p{L}\\p{M}\\p{N}-]+\\.)+(?:\\p{Cyrillic}{2,}|中国|公司|网络|[A-Za-z]{2,24})))"
#define BARE \
    "(?<bare>" NO_WORD_BEFORE "(?:[a-z0-9\\p{Cyrillic}-]+\\.)+(?:(?:" TOPS \
    ")(?![A-Za-z0-9_\\p{Cyrillic}@-]|\\.[\\w])" \
    "|(?:" PATH_TOPS ")(?=/\\w)))"
#define PHONE \
    "(?<phone>" NO_WORD_BEFORE "(?:" \
    "\\+\\d{1,3}(?:[ \\x{a0}.-]?\\(?\\d{1,5}\\)?){2,6}" /* +7 (495) 123-45-67 */ \
    "|8[ \\x{a0}-]?\\(?[3-9]\\d{2}\\)?[ \\x{a0}-]?\\d{3}[ \\x{a0}-]?\\d{2}[ \\x{a0}-]?\\d{2}" /* 8 (800) 100-20-30 */ \
    "|\\(\\d{3,5}\\)[ \\x{a0}]?\\d{1,3}[ \\x{a0}-]\\d{2}[ \\x{a0}-]?\\d{2}" /* (42456) 1-22-33 */ \
    "|\\(\\d{3}\\)[ \\x{a0}]?\\d{3}[ \\x{a0}.-]\\d{4}"                      /* (512) 974-2000 */ \
    "|\\d{3}-\\d{3}-\\d{4}" /* 512-974-2000, 400-800-1234 */ \
    "|(?:[(（]0\\d{2,3}[)）][ -]?|0\\d{2,3}[ -])\\d{7,8}(?:-\\d{1,5})?" /* 0455-8223456 */ \
    "|400-\\d{4}-\\d{3}|[48]00-\\d{7}" \
    ")" NO_WORD_AFTER ")"
/* behind a word, any number will do */
#define NAMED \
    "(?:\\b(?:tel|telephone|phone|fax|call|mobile|тел|телефон|телефону|телефоны|телефонам|факс|tél|téléphone|telefon|teléfono|telefono)\\b" \
    "|电话|電話|热线|熱線|手机|手機|传真|傳真|☎|📞)[^\\d\\n+(（]{0,16}(?<named>[+(（]?\\d[\\d \\x{a0}()（）-]{1,20}\\d)" NO_WORD_AFTER

/*
 * What a sign in the text may belong to; each has a pattern of its own, as looking for all of them
 * at once costs more than all else.
 */
enum sign { SIGN_WEB, SIGN_MAIL, SIGN_BARE, SIGN_PHONE, SIGNS };

static const GRegex *
pattern(enum sign sign)
{
    static const char *const patterns[SIGNS] = {WEB, MAIL, WEB "|" BARE, NAMED "|" PHONE};
    static GRegex *made[SIGNS];
    if (g_once_init_enter(&made[sign])) {
        GRegex *regex = g_regex_new(patterns[sign], G_REGEX_CASELESS, 0, NULL);
        g_assert(regex);
        g_once_init_leave(&made[sign], regex);
    }
    return made[sign];
}

/*
 * Whether what stands before a number may be a word that says what it is for.  Of those in other
 * scripts and with accents the beginnings are looked for: case is known there for the first letter.
 */
static bool
is_named(const char *text, gsize at)
{
    static const char *const words[] = {"tel",  "telephone", "telefon", "telefono",
                                        "call", "phone",     "fax",     "mobile"};
    static const char *const stems[] = {"тел", "Тел", "факс", "Факс", "tél", "Tél", "话", "話",
                                        "线",  "線",  "机",   "機",   "真",  "☎",   "📞"};
    gsize from = at > 40 ? at - 40 : 0;
    for (gsize i = from, length; i < at; i += length) {
        for (length = 0; g_ascii_isalpha(text[i + length]);)
            length++;
        bool whole = length && (i == 0 || !g_ascii_isalpha(text[i - 1]));
        for (gsize w = 0; whole && w < G_N_ELEMENTS(words); w++)
            if (strlen(words[w]) == length && !g_ascii_strncasecmp(words[w], text + i, length))
                return true;
        length += !length;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(stems); i++)
        if (g_strstr_len(text + from, (gssize)(at - from), stems[i]))
            return true;
    return false;
}

/*
 * Whether a domain that people write without www may end in what stands at p, or one with it begins
 * before it.
 */
static bool
may_be_domain(const char *text, gsize dot)
{
    static const char *const tops[] = {TOP_WORDS, PATH_TOP_WORDS};
    if (dot >= 3 && !g_ascii_strncasecmp(text + dot - 3, "www", 3))
        return true;
    const char *p = text + dot + 1;
    for (size_t i = 0; i < G_N_ELEMENTS(tops); i++) {
        gsize length = strlen(tops[i]);
        if (!g_ascii_strncasecmp(p, tops[i], length) && !g_ascii_isalpha(p[length]))
            return true;
    }
    return false;
}

/*
 * How many bytes a date takes that begins there, as most numbers of seven digits do; 0: it is none.
 */
static gsize
date_length(const char *p, gsize left)
{
    static const char *const shapes[] = {"dddd-dd-dd", "dddd.dd.dd", "dd.dd.dddd", "dd-dd-dddd"};
    for (gsize i = 0; i < G_N_ELEMENTS(shapes) && left >= strlen(shapes[0]); i++) {
        const char *shape = shapes[i], *q = p;
        while (*shape && (*shape == 'd' ? g_ascii_isdigit(*q) : *shape == *q))
            shape++, q++;
        if (!*shape && !g_ascii_isdigit(*q))
            return (gsize)(q - p);
    }
    return 0;
}

/*
 * Where there may be an address from `at` on, or length: asked of every paragraph, before a pattern
 * is.
 */
static gsize
next_sign(const char *text, gsize length, gsize at, enum sign *sign)
{
    /* a blank, letters, and what is outside ASCII, as nearly all is */
    static const bool idle[256] = {
        [' '] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true, [0x80 ... 0xff] = true};
    guint digits = 0;
    for (gsize i = at; i < length; i++) {
        while (!digits && i < length && idle[(guchar)text[i]])
            i++;
        guchar c = (guchar)text[i], next = i < length ? (guchar)text[i + 1] : 0;
        if (i == length || c >= 0x80 || c == ' ')
            continue;
        if (c == '@') {
            *sign = SIGN_MAIL;
            return i;
        }
        if (c == ':' && next == '/') {
            *sign = SIGN_WEB;
            return i;
        }
        if (c == '.' && (g_ascii_isalpha(next) || next >= 0x80) && may_be_domain(text, i)) {
            *sign = SIGN_BARE;
            return i;
        }
        if (!g_ascii_isdigit(c)) {
            if (c == '\n' || c == ':' || c == ',' || c == '/' ||
                g_ascii_isalpha(c)) /* a word, a time */
                digits = 0;
            continue;
        }
        gsize date = digits ? 0 : date_length(text + i, length - i);
        if (date) {
            i += date - 1;
            continue;
        }
        *sign = SIGN_PHONE;
        if ((!digits++ && is_named(text, i)) || digits >= 7)
            return i;
    }
    return length;
}

static bool
is_cjk(gunichar c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

/* Whether a character can stand in an address; what ends a sentence at its end is cut later. */
static bool
goes_on(gunichar c, gunichar before, bool idn, bool deep)
{
    if (c <= ' ' || c == 0x7f || strchr("<>\"^`{|}\\", (int)MIN(c, 0x7f)))
        return false;
    if (c < 0x80)
        return true;
    if ((c >= 0x3000 && c <= 0x303f) || c >= 0xff00 ||
        !(g_unichar_isalnum(c) || g_unichar_ismark(c)))
        return false;
    return !is_cjk(c) || idn || is_cjk(before) || (deep && before == '/');
}

/* The length without the punctuation of the sentence that it stands in. */
static gsize
trimmed(const char *start, gsize length)
{
    while (length) {
        char last = start[length - 1];
        if (strchr(".,;:!?'*_~", last)) {
            length--;
            continue;
        }
        if (last == ')' || last == ']') {
            int balance = 0;
            for (gsize i = 0; i < length; i++)
                balance += start[i] == last ? -1 : start[i] == (last == ')' ? '(' : '[');
            if (balance < 0) {
                length--;
                continue;
            }
        }
        break;
    }
    return length;
}

/* Where a web address ends that begins at start; host: where its host does. */
static gsize
web_length(const char *start, const char *host, const char *end)
{
    const char *p = host;
    gunichar before = 0;
    bool idn = g_utf8_get_char(p) >= 0x80, path = false, deep = false;
    for (; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!goes_on(c, before, idn, deep))
            break;
        deep |= path && c == '/';
        path |= c == '/' || c == '?';
        before = c;
    }
    gsize length = trimmed(start, (gsize)(p - start));
    return start + length > host ? length : 0;
}

static void
address_clear(gpointer data)
{
    g_free(((struct address *)data)->url);
}

/* Takes url; what looks like an address and is none that a link may have is left alone. */
static void
add(GArray **found, gsize start, gsize length, char *url)
{
    g_autofree char *safe = document_safe_url(url);
    g_free(url);
    if (!safe)
        return;
    if (!*found) {
        *found = g_array_new(FALSE, FALSE, sizeof(struct address));
        g_array_set_clear_func(*found, address_clear);
    }
    struct address address = {start, length, g_steal_pointer(&safe)};
    g_array_append_val(*found, address);
}

/* "+7 (495) 123-45-67" -> tel:+74951234567; NULL when it has too few or too many digits. */
static char *
telephone(const char *text, gsize length, guint least)
{
    GString *url = g_string_new("tel:");
    guint digits = 0;
    for (gsize i = 0; i < length; i++) {
        if (g_ascii_isdigit(text[i]) || (text[i] == '+' && !digits))
            g_string_append_c(url, text[i]);
        digits += g_ascii_isdigit(text[i]) != 0;
    }
    return g_string_free(url, digits < least || digits > 15);
}

/* A date, a year or a time that stands behind "call" is no number to call. */
static bool
is_date(const char *text, gsize length)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(
            &regex,
            g_regex_new(
                "^(?:\\d{4}[-.]\\d{1,2}(?:[-.]\\d{1,2})?|\\d{1,2}[.]\\d{1,2}[.](?:\\d{2}){1,2}|(?:19|20)\\d{2}\\s*-\\s*(?:19|20)\\d{2}|\\d{1,2}[-.]\\d{1,2})$",
                G_REGEX_DEFAULT, 0, NULL));
    g_autofree char *own = g_strndup(text, length);
    return g_regex_match(regex, own, 0, NULL);
}

/* The range of a named group of a match; false if it is no part of it. */
static bool
group(const GMatchInfo *match, const char *name, int *start, int *end)
{
    return g_match_info_fetch_named_pos(match, name, start, end) && *start >= 0 && *end > *start;
}

/* Takes what was matched; the place from which to go on. */
static gsize
take(GArray **found, const char *text, gsize length, const GMatchInfo *match)
{
    int start, end, whole_start, whole_end;
    g_match_info_fetch_pos(match, 0, &whole_start, &whole_end);
    if (group(match, "scheme", &start, &end) || group(match, "www", &start, &end)) {
        bool www = g_ascii_tolower(text[start]) == 'w';
        gsize size = web_length(text + start, text + end, text + length);
        if (!size)
            return (gsize)end;
        g_autofree char *plain = g_strndup(text + start, size);
        add(found, (gsize)start, size,
            www ? g_strconcat("http://", plain, NULL) : g_steal_pointer(&plain));
        return (gsize)start + size;
    }
    if (group(match, "mail", &start, &end)) {
        g_autofree char *plain = g_strndup(text + start, (gsize)(end - start));
        add(found, (gsize)start, (gsize)(end - start), g_strconcat("mailto:", plain, NULL));
        return (gsize)end;
    }
    if (group(match, "bare", &start, &end)) {
        gsize size = (gsize)(end - start);
        gsize whole = (gsize)end < length && text[end] == '/'
                          ? web_length(text + start, text + end, text + length)
                          : 0;
        size = MAX(whole, size);
        g_autofree char *plain = g_strndup(text + start, size);
        add(found, (gsize)start, size, g_strconcat("http://", plain, NULL));
        return (gsize)start + size;
    }
    bool named = group(match, "named", &start, &end);
    if (!named && !group(match, "phone", &start, &end))
        return (gsize)whole_end;
    char *url = is_date(text + start, (gsize)(end - start))
                    ? NULL
                    : telephone(text + start, (gsize)(end - start), named ? 3 : 7);
    if (url)
        add(found, (gsize)start, (gsize)(end - start), url);
    return (gsize)end;
}

/* The beginning of the character that byte `at` is of. */
static gsize
aligned(const char *text, gsize at)
{
    while (at > 0 && ((guchar)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

GArray *
address_find(const char *text, gsize length, guint *left)
{
    GArray *found = NULL;
    gsize at = 0, place;
    enum sign sign;
    while (*left && (place = next_sign(text, length, at, &sign)) < length) {
        /* no more is looked at than what may belong to it */
        gsize from = aligned(text, MAX(at, place - MIN(place, BEFORE))),
              end = aligned(text, MIN(place + BEHIND, length));
        g_autoptr(GMatchInfo) match = NULL;
        int start, stop;
        bool any =
            g_regex_match_full(pattern(sign), text, (gssize)end, (int)from, 0, &match, NULL) &&
            g_match_info_fetch_pos(match, 0, &start, &stop) && (gsize)start <= place &&
            (gsize)stop > place;
        *left -= !any;
        at = any ? take(&found, text, length, match) : place + 1;
        while (at < length && ((guchar)text[at] & 0xc0) == 0x80)
            at++;
    }
    return found;
}

char *
address_contradicted(const char *text, gsize length, const char *url)
{
    guint left = ADDRESS_MAX_LOOKS / 20; /* the text of one link */
    g_autoptr(GArray) found = url_is_web(url) ? address_find(text, length, &left) : NULL;
    g_autofree char *host = found ? url_host(url) : NULL;
    for (guint i = 0; host && i < found->len; i++) {
        const char *named = g_array_index(found, struct address, i).url;
        g_autofree char *other = url_is_web(named) ? url_host(named) : NULL;
        g_autofree char *shown = host_shown(host);
        /* written in letters that are not shown, it looks like another's */
        bool disguised = strstr(shown, "xn--") && !strcasestr(text, "xn--");
        if (!other || (host_is_akin(host, other) && !disguised))
            continue;
        g_autofree char *authority = url_authority(url);
        return host_shown(authority);
    }
    return NULL;
}
