/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reader would call the same text.  A number counts as a counter only beside a word that
 * says what it counts, so that a price or a date is never taken for one.
 */
#include "config.h"

#include "document/compare.h"
#include "base/url.h"

#include <string.h>

#define NUMBER "\\d[\\d.,\\s]*(?:[kKmM]\\b|тыс\\.?|млн\\.?|万|萬|千)?"
/* what is counted, before its number or behind it */
#define COUNTED \
    "(?:page\\s*views?|views?|hits?|reads?|visits?|visitors?|downloads?|comments?|likes?|shares?|reposts?|times\\s+read" \
    "|просмотр\\w*|прочтени\\w*|прочитан\\w*|посещени\\w*|скачиван\\w*|комментари\\w*|репост\\w*|лайк\\w*" \
    "|aufrufe|vues|visitas|vistas|lecturas|görüntülenme|переглядів|перегляди" \
    "|(?:浏览|瀏覽|阅读|閱讀|点击|點擊|访问|訪問|查看|下载|下載|评论|評論|点赞|转发|分享)(?:次数|次數|人数|人數|量|数|數|率)?|人气|人氣|閲覧数|조회수?)"

char *
compare_kept(const char *line, const struct compare_rules *ignore)
{
    char *rest = ignore && ignore->text
                     ? g_regex_replace_literal(ignore->text, line, -1, 0, "", 0, NULL)
                     : NULL;
    return g_strstrip(rest ? rest : g_strdup(line)); /* NULL: the limit of a match, too */
}

static bool
has_digit(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isdigit(g_utf8_get_char(text)))
            return true;
    return false;
}

char *
compare_masked(const char *text)
{
    if (!has_digit(text))
        return g_strdup(text);
    static gsize once;
    static GRegex *counters;
    if (g_once_init_enter(&once)) {
        /* Views: 101 */
        counters = g_regex_new(
            "(?<!\\w)" COUNTED "\\s*[:：=\\-–—|]?\\s*[（(\\[]?\\s*" NUMBER "|" NUMBER
            "\\s*(?:次|人)?\\s*" COUNTED /* 101 просмотр, 101次浏览 */
            "|\\d+\\s*(?:seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)\\s+ago"
            "|\\d+\\s*(?:секунд\\w*|минут\\w*|мин\\.?|час\\w*|дн\\w+|день|недел\\w*)\\s+назад"
            "|\\d+\\s*(?:秒|秒钟|分钟|分鐘|小时|小時|天|周)\\s*前",
            G_REGEX_CASELESS, 0, NULL);
        g_once_init_leave(&once, 1);
    }
    char *out = g_regex_replace_literal(counters, text, -1, 0, "#", 0, NULL);
    return out ? out : g_strdup(text); /* the limit of a match: it stays as it is */
}

/* A parameter by which a server knows that it made a link itself, or when. */
static bool
is_signature(const char *parameter)
{
    static const char *const names[] = {"token",
                                        "sig",
                                        "sign",
                                        "signature",
                                        "hmac",
                                        "expires",
                                        "expire",
                                        "exp",
                                        "e",
                                        "policy",
                                        "key-pair-id",
                                        "awsaccesskeyid",
                                        "googleaccessid",
                                        "access_token",
                                        "hash",
                                        "md5",
                                        "st",
                                        "ts",
                                        "timestamp",
                                        "_",
                                        "rnd",
                                        "rand",
                                        "random",
                                        "nocache",
                                        "cachebuster",
                                        "cb"};
    gsize length = strcspn(parameter, "=");
    if (!g_ascii_strncasecmp(parameter, "x-amz-", strlen("x-amz-")) ||
        !g_ascii_strncasecmp(parameter, "x-goog-", strlen("x-goog-")))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i]) == length && !g_ascii_strncasecmp(parameter, names[i], length))
            return true;
    return false;
}

char *
compare_unsigned_url(const char *url)
{
    g_autofree char *identity = url_strict_identity(url);
    char *query = strchr(identity, '?');
    if (!query)
        return g_steal_pointer(&identity);
    *query = '\0';
    g_auto(GStrv) parameters = g_strsplit(query + 1, "&", -1);
    GString *out = g_string_new(identity);
    for (char **p = parameters; *p; p++)
        if (!is_signature(*p))
            g_string_append_printf(out, "&%s", *p);
    return g_string_free(out, FALSE);
}

static bool
same_url(const char *a, const char *b)
{
    if (!g_strcmp0(a, b))
        return true;
    g_autofree char *one = a ? compare_unsigned_url(a) : NULL,
                    *other = b ? compare_unsigned_url(b) : NULL;
    return !g_strcmp0(one, other);
}

/* Links and pictures in order. */
static bool
same_addresses(const struct document *a, const struct document *b)
{
    if (a->links->len != b->links->len || a->blocks->len != b->blocks->len)
        return false;
    for (guint i = 0; i < a->links->len; i++)
        if (!same_url(g_ptr_array_index(a->links, i), g_ptr_array_index(b->links, i)))
            return false;
    for (guint i = 0; i < a->blocks->len; i++) {
        const struct block *one = g_ptr_array_index(a->blocks, i),
                           *other = g_ptr_array_index(b->blocks, i);
        if (one->type != other->type || one->level != other->level ||
            !same_url(one->url, other->url))
            return false;
    }
    return true;
}

bool
document_says_the_same(const struct document *a, const struct document *b)
{
    if (!same_addresses(a, b))
        return false;
    g_autofree char *one = document_plain(a), *other = document_plain(b);
    if (g_str_equal(one, other))
        return true;
    g_autofree char *mine = compare_masked(one), *theirs = compare_masked(other);
    return g_str_equal(mine, theirs);
}

static char *
letters_of(const struct document *document)
{
    g_autofree char *plain = document_plain(document);
    /* compatibility too: 10⁶ is 106 */
    g_autofree char *normal = g_utf8_normalize(plain, -1, G_NORMALIZE_ALL);
    GString *out = g_string_new(NULL);
    for (const char *p = normal; p && *p; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

bool
document_has_the_same_words(const struct document *a, const struct document *b)
{
    g_autofree char *one = letters_of(a), *other = letters_of(b);
    return g_str_equal(one, other);
}
