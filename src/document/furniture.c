/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Furniture by its words, which stand alone in their line: in prose they mean what they say. */
#include "config.h"

#include "document/furniture.h"
#include "document/compare.h"

#include <string.h>

#define LONGEST 200 /* bytes of a line that is looked at */
#define COUNTER 60  /* the same, for a counter: its words take long to look for */
#define SLACK   4   /* bytes beside a link: a mark before it, a stop behind */

#define NETWORKS \
    "(?:vk|вк|вконтакте|ok|одноклассники|telegram|телеграм|whatsapp|viber|facebook|twitter|x|linkedin|e-?mail|qq|微信|微博|朋友圈|新浪微博|qq空间|复制链接)"

static const GRegex *
shares(void)
{
    static gsize once;
    static GRegex *regex;
    if (g_once_init_enter(&once)) {
        regex = g_regex_new(
            "^(?:share(?: this(?: page)?)?|поделиться(?: в соцсетях)?|分享(?:到|至)?|partager|teilen|compartir|udostępnij)"
            "(?:\\s*[:：]|$)(?:[\\s,|/·]*" NETWORKS ")*[\\s,|/·]*$",
            G_REGEX_CASELESS, 0, NULL);
        g_once_init_leave(&once, 1);
    }
    return regex;
}

static const GRegex *
related(void)
{
    static gsize once;
    static GRegex *regex;
    if (g_once_init_enter(&once)) {
        regex = g_regex_new(
            "^(?:related(?: (?:articles|news|links|content|stories))?|see also|read (?:also|more)"
            "|читайте также|смотрите также|похожие (?:новости|материалы)|по теме|другие новости"
            "|相关(?:阅读|链接|新闻|文章|推荐|内容)|推荐阅读|延伸阅读|相關(?:閱讀|連結|新聞|文章))\\s*[:：]?$",
            G_REGEX_CASELESS, 0, NULL);
        g_once_init_leave(&once, 1);
    }
    return regex;
}

/* A counter that is all there is: what is masked leaves signs alone. */
static bool
only_counts(const char *line)
{
    g_autofree char *masked = compare_masked(line);
    if (!strchr(masked, '#') || !strcmp(masked, line))
        return false;
    for (const char *p = masked; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            return false;
    return true;
}

bool
furniture_is_line(const char *line)
{
    gsize length = strlen(line);
    return length <= LONGEST &&
           ((length <= COUNTER && only_counts(line)) || g_regex_match(shares(), line, 0, NULL));
}

/* Whether links are all that a block says. */
static bool
only_links(const struct block *block)
{
    gsize linked = 0;
    if (block->type == BLOCK_TABLE || block->url)
        return false;
    for (guint i = 0; i < block->content.spans->len; i++) {
        const struct span *span = &g_array_index(block->content.spans, struct span, i);
        linked += span->link ? span->length : 0;
    }
    return linked && linked + SLACK >= block->content.text->len;
}

guint
furniture_related(const struct document *document, guint from)
{
    const struct block *heading = g_ptr_array_index(document->blocks, from);
    const GString *text = heading->content.text;
    if (!text->len || text->len > LONGEST || !g_regex_match(related(), text->str, 0, NULL))
        return 0;
    guint end = from + 1;
    while (end < document->blocks->len && only_links(g_ptr_array_index(document->blocks, end)))
        end++;
    return end > from + 1 ? end - from : 0;
}
