/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes out of an imported body the boilerplate that is left in it, which only its words and its
 * place give away: at the head the title again, what stands above it, and lines of date and author;
 * between paragraphs links to other articles; at the tail everything after a line that ends
 * articles ("Related news").
 *
 * Every rule has a limit of length (bytes), so that no sentence of an article that happens to begin
 * like boilerplate takes much with it.
 */
#include "config.h"

#include "base/regex.h"
#include "portal/article-parts.h"
#include "portal/features.h"
#include "text/fold.h"

#include <string.h>

static struct block *
block_at(const GPtrArray *blocks, guint index)
{
    return g_ptr_array_index(blocks, index);
}

/* Captions are no text of the body. */
static bool
is_captioned(const struct block *block)
{
    return block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED || block->type == BLOCK_TABLE;
}

static const char *
text_of(const struct block *block)
{
    return is_captioned(block) ? "" : block->content.text->str;
}

static gsize
length_of(const struct block *block)
{
    return is_captioned(block) ? 0 : block->content.text->len;
}

static bool
is_paragraph(const struct block *block)
{
    return block->type == BLOCK_PARAGRAPH || block->type == BLOCK_HEADING ||
           block->type == BLOCK_QUOTE || block->type == BLOCK_TERM ||
           block->type == BLOCK_DEFINITION || (block->type == BLOCK_ITEM && !block->marker);
}

/* --- the head ---------------------------------------------------------------------------- */

static bool
is_title(const struct block *block, const char *folded_title)
{
    if (!folded_title || !*folded_title || block->type == BLOCK_TABLE || !length_of(block) ||
        length_of(block) > 600)
        return false;
    g_autofree char *folded = text_fold(text_of(block));
    g_strstrip(folded);
    size_t a = strlen(folded), b = strlen(folded_title);
    if (a == b)
        return !strcmp(folded, folded_title);
    return MIN(a, b) * 10 > MAX(a, b) * 6 && MIN(a, b) > 12 &&
           (strstr(folded, folded_title) || strstr(folded_title, folded));
}

/* A line that prints date, source or author and nothing else. */
static bool
is_info_line(const struct block *block, const struct article *article,
             const struct article_options *o)
{
    const char *text = text_of(block);
    gsize length = length_of(block);
    if (!length || length > 200 || block->type == BLOCK_TABLE)
        return false;
    struct date date;
    gsize start, end;
    if (date_find(text, &o->dates, &date, &start, &end) && start < 60 &&
        length - (end - start) < 100 && !strstr(text, "。") && !g_str_has_suffix(text, ".") &&
        !g_str_has_suffix(text, ". "))
        return true;
    if (article->author && *article->author && length < strlen(article->author) + 24 &&
        strstr(text, article->author))
        return true;
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "^\\s*(来源|信息来源|作者|字号|浏览次数|责任编辑|编辑|记者|Updated|Published|Posted|Source|Источник|Автор|By|Von|Par|Por|Di|Door|"
            "Written by|Reviewed by|Text|Foto|Photo|Photos by|Image|Credit|Stand)\\s*[:：(（]|"
            "^\\s*(By|Von|Par|Por|Door)\\s+\\p{Lu}[^.!?。]{1,80}$|"
            "^[^.]{0,40}\\b\\d+\\s*(min(ute)?s?|Min\\.?|мин|分钟)( read| Lesezeit| чтения)?\\s*$|"
            "^\\s*(Share|Print|Email|Comments?|Save|Listen( to this.*)?|Copy link|Teilen|Drucken|Anhören|Поделиться|Слушать.*|Advertisement|"
            "Anzeige|Реклама|Jump to content|\\d+ (hours?|days?|minutes?|weeks?) ago)\\s*$"),
        text, 0, NULL);
}

/* A date that stands for itself in the body, at its head or as its last line. */
static void
take_date(struct article *article, const struct block *block, const struct article_options *o)
{
    struct date date;
    gsize start, end, length = length_of(block);
    if (article->published.precision == DATE_NONE && length && length < 160 &&
        date_find(text_of(block), &o->dates, &date, &start, &end) && start < 60 &&
        length - (end - start) < 100 && date_is_plausible(&date, o->now))
        article->published = date;
}

static void
trim_head(struct article *article, bool titled, const struct article_options *o)
{
    GPtrArray *blocks = article->document->blocks;
    g_autofree char *folded = article->title ? text_fold(article->title) : NULL;
    if (folded)
        g_strstrip(folded);
    /* above the title stand kickers and crumbs */
    gsize above = 0;
    gsize most = titled ? 100 : 500;
    for (guint i = 0; i < blocks->len && i < 12 && above < most; i++) {
        const struct block *block = block_at(blocks, i);
        if (is_title(block, folded) || (block->type == BLOCK_HEADING && block->level == 1)) {
            g_ptr_array_remove_range(blocks, 0, i + 1);
            break;
        }
        above += length_of(block);
    }
    for (guint i = 0, looked = 0; i < blocks->len && looked < 6; looked++) {
        const struct block *block = block_at(blocks, i);
        if (block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED)
            i++;
        else if (is_info_line(block, article, o) || is_title(block, folded)) {
            const char *label = i ? text_of(block_at(blocks, i - 1)) : "";
            if (!article_is_event_label(label, strlen(label)))
                take_date(article, block, o);
            g_ptr_array_remove_index(blocks, i);
        } else if (length_of(block) > 120 || i > 2)
            break;
        else
            i++; /* a lead or a place between */
    }
}

/* --- between ------------------------------------------------------------------------------- */

static bool
is_linked(const struct block *block)
{
    guint linked = 0;
    for (guint i = 0; i < block->content.spans->len; i++) {
        const struct span *span = &g_array_index(block->content.spans, struct span, i);
        linked += span->link ? span->length : 0;
    }
    return linked * 10 > block->content.text->len * 8;
}

static bool
links_attachment(const struct block *block, const struct article *article)
{
    for (guint i = 0; i < block->content.spans->len; i++) {
        guint link = g_array_index(block->content.spans, struct span, i).link;
        const char *url = link ? g_ptr_array_index(article->document->links, link - 1) : NULL;
        for (guint a = 0; url && a < article->attachments->len; a++)
            if (g_str_equal(
                    ((const struct attachment *)g_ptr_array_index(article->attachments, a))->url,
                    url))
                return true;
    }
    return false;
}

#define ANNOUNCES 30 /* bytes of the shortest line that announces: more than "Read also:" */

/* "The plans can be found here:" */
static bool
announces(const struct block *block)
{
    const char *text = text_of(block);
    return block->type != BLOCK_HEADING && length_of(block) >= ANNOUNCES && !is_linked(block) &&
           (g_str_has_suffix(text, ":") || g_str_has_suffix(text, "："));
}

/* A link to another article, or a call to do something, between two paragraphs. */
static bool
is_insert(const struct block *block, const struct article *article)
{
    gsize length = length_of(block);
    if (!length || length > 400 || !is_paragraph(block))
        return false;
    if (links_attachment(block, article))
        return false;
    bool linked = is_linked(block);
    if (linked && length < 300)
        return true;
    if (!linked && length >= 160)
        return false;
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "^\\s*(Related( (stories|articles|content|coverage|topics))?|Read more|Read also|Read next|See also|More from|More:|MORE |Also on|"
            "Also read|ALSO READ|Don.t miss|Recommended|Watch( now| more)?:|Click here|Sign up|Subscribe|Newsletter|Follow us|Join us|"
            "Story continues( below)?|Article continues|Advertisement|Scroll to|Continue reading|Download the|Get the|"
            "Lesen Sie( auch| mehr)?|Mehr zum Thema|Lies auch|Auch interessant|Anzeige|Werbung|Lire aussi|À lire|A lire|Leer más|Lea también|"
            "Te puede interesar|Leggi anche|Lees ook|Les også|Läs också|Czytaj (też|także|więcej)|Читайте также|Читать также|Подписывайтесь|"
            "Фото:|相关阅读|延伸阅读|相关新闻|推荐阅读|更多精彩|点击查看|关连记事|関連記事|あわせて読みたい|관련기사)"),
        text_of(block), 0, NULL);
}

/* --- the tail ------------------------------------------------------------------------------- */

bool
article_is_stop(const char *line)
{
    static GRegex *regex;
    return strlen(line) < 300 &&
           g_regex_match(
               regex_once(
                   &regex,
                   "^[\\s\\[【(（*]*(责任编辑|责编|编辑[:：]|纠错|打印本页|打印|关闭窗口|关闭本页|关闭|扫一扫|分享到|分享|相关链接|相关阅读|相关新闻|"
                   "上一篇|下一篇|Sponsored by|All Rights Reserved|Technical Support|Organized by|Copyright|©|版权所有|版權所有|主办单位|"
                   "Все права защищены|Всі права захищен|Tous droits réservés|Alle Rechte vorbehalten|(Todos los )?derechos reservados|Todos os direitos|"
                   "Tutti i diritti|Wszelkie prawa|Alle rechten voorbehouden|Med ensamrätt|Všechna práva|Sva prava|Tüm hakları|"
                   "Новости по теме|Читайте также|Поделиться|Материалы по теме|Share this|Related (news|articles|stories|posts|topics|content)|"
                   "More (from|stories|on this)|Read more|You (may|might) also like|About the (author|newspaper|paper)|"
                   "Über (den Autor|die Autorin|die Zeitung)|À propos de l.auteur|Sobre (o|el|la) autora?|Об (авторе|издании)|(#\\s?){3}|Leave a (comment|reply)|Comments?$|Tags?:|Topics:|"
                   "Filed under|Recommended|Most (read|popular)|Our Standards|Sign up for|Subscribe to|Newsletter|Editor's picks|Popular|Trending|"
                   "Mehr zum Thema|Das könnte Sie|Kommentare|Schlagworte|Quelle:|Zur Startseite|Adresse für Rückfragen|Pressekontakt|Herausgeber$|"
                   "Media contacts?|Press contacts?|Contact presse|Sur le même sujet|Commentaires|Noticias relacionadas)"),
               line, 0, NULL);
}

/* "Responsible for this page: …", "Was this page helpful?": a line that speaks of the page. */
static bool
is_of_page(const struct block *block)
{
    static GRegex *regex;
    return length_of(block) < 300 &&
           g_regex_match(
               regex_once(
                   &regex,
                   "^[^:：.!?。]{0,60}(?:(?:this|cette|questa|esta|deze|aquesta) pag(?:e|ina)|this website|th[ei]s? site|"
                   "diese[rnm]? (?:Seite|Internetseite|Webseite)|denn[ae] sid[ea]n?|den här sidan|esta página|"
                   "(?:tej|ta|tę) stron[yaę]|této strán(?:ky|ce)|tejto stránk[ye]|(?:этой|данной) страниц[ыей]|цієї сторінки|"
                   "本页面?|本頁|このページ)[^:：.!?。]{0,40}(?:[:：]|[?？](?:\\W*\\b\\w{1,5}\\b){0,3}\\W*$)"),
               text_of(block), 0, NULL);
}

static void
trim_tail(GPtrArray *blocks)
{
    gsize rest = 0, whole = 0;
    for (guint i = 0; i < blocks->len; i++)
        whole += length_of(block_at(blocks, i));
    guint cut = blocks->len;
    for (guint i = blocks->len; i-- > 1;) {
        rest += length_of(block_at(blocks, i));
        /* what follows must be short: boilerplate, not half an article */
        if (rest > 1500 || rest * 10 > whole * 7)
            break;
        if (article_is_stop(text_of(block_at(blocks, i))) || is_of_page(block_at(blocks, i)))
            cut = i;
    }
    if (cut < blocks->len)
        g_ptr_array_remove_range(blocks, cut, blocks->len - cut);
    /* a heading without anything below it; "7. Adjournment" is an item of an agenda */
    while (blocks->len > 1 && block_at(blocks, blocks->len - 1)->type == BLOCK_HEADING &&
           !g_ascii_isdigit(*text_of(block_at(blocks, blocks->len - 1))))
        g_ptr_array_remove_index(blocks, blocks->len - 1);
}

void
article_trim(struct article *article, bool titled, const struct article_options *o)
{
    GPtrArray *blocks = article->document->blocks;
    trim_head(article, titled, o);
    bool announced = false; /* the links that follow */
    for (guint i = 0; i < blocks->len;) {
        struct block *block = block_at(blocks, i);
        bool insert = blocks->len > 3 && is_insert(block, article);
        if (insert && !(announced && is_linked(block))) {
            g_ptr_array_remove_index(blocks, i);
            continue;
        }
        announced = insert || announces(block);
        i++;
    }
    trim_tail(blocks);
    /* "2025年6月1日" below the text of a notice */
    if (blocks->len > 1 && length_of(block_at(blocks, blocks->len - 1)) < 40)
        take_date(article, block_at(blocks, blocks->len - 1), o);
}
