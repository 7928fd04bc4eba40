/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When an article was published: what the page states for machines, labelled and marked
 * dates near the title, the URL; never a date out of prose.  The day is taken as it is
 * written, and what cannot be true is passed over.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/article-parts.h"
#include "portal/features.h"
#include "portal/row.h"

#include <string.h>

static bool
whole_date(const char *text, const struct article_options *o, struct date *out)
{
    return text && date_parse(text, &o->dates, out) && date_is_plausible(out, o->now);
}

/*
 * Whether a text ends with a label for the day of the last change ("Last updated:"), which is not
 * the day of publication. "Updated:" alone may be either, and is taken for that if there is no
 * other.
 */
static bool
is_update_label(const char *text, gsize length)
{
    static GRegex *regex;
    g_autofree char *label = g_strndup(text, length);
    return g_regex_match(
        regex_once(
            &regex,
            "(?:(?:last|page|site|content)[\\s-]+(?:was )?(?:last )?(?:updated?|modified|changed?|revised|edited|reviewed)|"
            "date modified|last modification|"
            "(?:zuletzt|letztmals) (?:aktualisiert|geändert|bearbeitet)|letzte[sr]? (?:aktualisierung|änderung|bearbeitung|update)|"
            "aktualisiert am|geändert am|"
            "dernière (?:mise à jour|modification)|mise? à jour|modifié le|"
            "última? (?:actualización|modificación|atualização|modificação|actualització)|(?:ú|u)ltima vez que|"
            "actualizado|atualizado|ultim[oa] (?:aggiornamento|modifica)|aggiornat[oa]|modificato il|"
            "laatst (?:bijgewerkt|gewijzigd|aangepast)|laatste (?:wijziging|update)|bijgewerkt|gewijzigd|"
            "sist (?:oppdatert|endret|endra)|oppdatert|senast (?:uppdaterad|ändrad|granskad)|uppdaterad|"
            "sidst (?:opdateret|ændret)|opdateret|viimeksi (?:päivitetty|muokattu)|päivitetty|"
            "ostatni(?:a|o) (?:aktualizacj|modyfikacj|zmian|zaktualizowan)\\w*|zaktualizowano|data (?:aktualizacji|modyfikacji)|"
            "posledn[íá] (?:aktualizace|aktualizácia|změna|zmena|úprava)|aktualizováno|aktualizované|"
            "zadnj[aei] (?:sprememba|posodobitev|izmjena|ažuriranje|promjena)|posodobljeno|ažurirano|"
            "utolsó (?:frissítés|módosítás)|utoljára (?:frissítve|módosítva)|frissítve|ultima actualizare|actualizat|"
            "viimati (?:muudetud|uuendatud)|atjaunots|atnaujinta|son güncelle\\w*|güncellenme|τελευταία ενημέρωση|"
            "последн\\w+ (?:обновлени|изменени|редакци)\\w*|(?:дата )?(?:обновлен|изменен)(?:о|а|ия)|отредактировано|"
            "останн\\w+ (?:оновленн|змін)\\w*|оновлено|последна (?:промяна|актуализация)|"
            "最后(?:更新|修改|编辑)|最近(?:更新|修改)|最後(?:更新|修改)|最終更新|修改(?:时间|日期|時間)|최종\\s?(?:수정|업데이트|갱신)|수정일|"
            "cập nhật lần cuối|terakhir diperbarui|آخر تحديث|עודכן"
            ")[^.!?。\\p{N}]{0,24}$"),
        label, 0, NULL);
}

/*
 * Whether a text ends with a label for the day on which something takes place or is due, which is
 * not that of publication either.
 */
bool
article_is_event_label(const char *text, gsize length)
{
    static GRegex *regex;
    if (length > 60)
        return false;
    g_autofree char *label = g_strndup(text, length);
    return g_regex_match(
        regex_once(
            &regex,
            "\\b(?:start(?:s|ing)?|begin(?:s|ning)?|ends?|event|meeting|opening|closing|deadline|due|expir\\w+|valid|effective|when|"
            "(?:fecha (?:de|del) )?(?:inicio|comienzo|finalización|fin|término|celebración|evento|acto)|cuándo|"
            "início|fim|quando|inizio|fine|scadenza|début|échéance|quand|beginn|ende|termin|wann|frist|"
            "начал[ао]|окончани[ея]|проведени[ея]|срок|початок|початку|закінчення|kiedy|początek|koniec|termin|"
            "začátek|konec|kdy|aanvang|einde|wanneer|når|slutt|slut|när)\\b(?: (?:date|time|on|datum|data|fecha))?\\W*$|"
            "(?:开始|结束|截止|活动|会议|举办|报名|生效|实施)(?:时间|日期|日)?\\W*$|(?:開催|開始|終了|締切)日?時?\\W*$|"
            "(?:일시|기간|시작일|종료일|마감일)\\W*$"),
        label, 0, NULL);
}

/* A date at the beginning of a short text. */
static bool
leading_date(const char *text, const struct article_options *o, struct date *out)
{
    gsize start, end;
    return text && strlen(text) < 160 && date_find(text, &o->dates, out, &start, &end) &&
           start < 60 && date_is_plausible(out, o->now) && !is_update_label(text, start);
}

static bool
first_meta(struct page *page, const char *const *names, const struct article_options *o,
           struct date *out)
{
    for (; *names; names++) {
        g_autofree char *value = page_meta(page, *names);
        if (value && (whole_date(value, o, out) || leading_date(value, o, out)))
            return true;
    }
    return false;
}

/* What says that it is the date of publication. */
static bool
stated_date(struct page *page, const struct article_options *o, struct date *out)
{
    static const char *const names[] = {
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datePublished",
        "rnews:datePublished",
        "article:published",
        "article.published",
        "publishdate",
        "publish-date",
        "publish_date",
        "pub_date",
        "parsely-pub-date",
        "sailthru.date",
        "cXenseParse:recs:publishtime",
        "OriginalPublicationDate",
        "firstpublishedtime",
        "pubtime",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms:issued",
        "dc:date.issued",
        "dcsext.articlefirstpublished",
        "citation_publication_date",
        "citation_online_date",
        "citation_date",
        "article_date_original",
        "article:post_date",
        "displaydate",
        "shareaholic:article_published_time",
        "bt:pubdate",
        "release_date",
        NULL,
    };
    return first_meta(page, names, o, out);
}

/* What may as well be the day when a record was made; a date that people see is better. */
static bool
vague_date(struct page *page, const struct article_options *o, struct date *out)
{
    static const char *const names[] = {"dcterms.created",
                                        "dcterms:created",
                                        "dc.date.created",
                                        "dcterms.date",
                                        "dcterms:date",
                                        "dc.date",
                                        "dc:date",
                                        "date",
                                        NULL};
    return first_meta(page, names, o, out);
}

/* The date of an element: its datetime or content, else its text. */
static bool
element_date(const xmlNode *node, const struct article_options *o, struct date *out)
{
    static const char *const attributes[] = {"datetime", "content", "title"};
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        if (value && whole_date(value, o, out))
            return true;
    }
    g_autofree char *text = html_text(node);
    return *text && leading_date(text, o, out);
}

/* --- where a date stands ------------------------------------------------------------------- */

/* How an element says that it is a date, by how much it tells. */
enum mark {
    PROPERTY,       /* itemprop="datePublished" */
    PUBLISHED_TIME, /* a <time> that says the same */
    START,          /* itemprop="startDate" */
    PUBLISHED,      /* class="published" */
    TIME,
    STAMP,
    CALLED, /* class="date" */
    MARKS,
};

#define MAX_MARKED 40 /* elements with a mark that are looked at */

/* What is asked about places: the elements around title and text, and how deep they lie. */
struct place {
    const struct article_lines *lines;
    GHashTable *depths;       /* element -> depth; empty where there is no text */
    const xmlNode *root;      /* of the page */
    bool looked;              /* for marks */
    GPtrArray *marked[MARKS]; /* elements, borrowed; in document order */
};

static bool
has_word(const char *value, const char *const *words)
{
    for (; value && *words; words++)
        if (strstr(value, *words))
            return true;
    return false;
}

/* Whether an element stands beside the text, or in a row. */
static bool
is_beside(const xmlNode *node, bool of_rows)
{
    for (; node; node = node->parent)
        if (node_is(node, "aside nav footer") || (of_rows && node_is(node, "header li table")))
            return true;
    return false;
}

static void
mark(struct place *place, enum mark mark, const xmlNode *node)
{
    if (!place->marked[mark])
        place->marked[mark] = g_ptr_array_new();
    if (place->marked[mark]->len < MAX_MARKED)
        g_ptr_array_add(place->marked[mark], (gpointer)node);
}

static void
mark_element(struct place *place, const xmlNode *node)
{
    static const char *const of_times[] = {"publish", "entry-date", "post", NULL};
    static const char *const of_published[] = {"published",      "publish-date", "post-date",
                                               "entry-date",     "pubdate",      "article-date",
                                               "date-published", "dateline",     NULL};
    static const char *const of_stamps[] = {"timestamp", "meta-date", NULL};
    static const char *const of_dates[] = {"date", NULL};
    const char *class = NULL, *id = NULL, *property = NULL;
    bool datetime = false, pubdate = false;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        const char *value = attr->children ? (const char *)attr->children->content : NULL;
        if (!strcmp(name, "class"))
            class = value;
        else if (!strcmp(name, "id"))
            id = value;
        else if (!strcmp(name, "itemprop"))
            property = value;
        datetime |= !strcmp(name, "datetime");
        pubdate |= !strcmp(name, "pubdate");
    }
    if (!class && !id && !property && !datetime && !pubdate)
        return;
    if (property && !strcmp(property, "datePublished"))
        mark(place, PROPERTY, node);
    if (property && !strcmp(property, "startDate"))
        mark(place, START, node);
    if ((class || datetime || pubdate) && node_is(node, "time")) {
        if (pubdate || has_word(class, of_times))
            mark(place, PUBLISHED_TIME, node);
        if (datetime && !is_beside(node, false))
            mark(place, TIME, node);
    }
    if (has_word(class, of_published))
        mark(place, PUBLISHED, node);
    if ((id && (!strcmp(id, "date") || !strcmp(id, "paperdate"))) || has_word(class, of_stamps))
        mark(place, STAMP, node);
    if (has_word(class, of_dates) && !is_beside(node, true))
        mark(place, CALLED, node);
}

static void
place_add(struct place *place, guint line)
{
    const struct article_lines *l = place->lines;
    const xmlNode *block = line < l->all->len ? lines_at(l->all, line)->block : NULL;
    guint depth = 0;
    for (const xmlNode *n = block; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        depth++;
    for (const xmlNode *n = block; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        g_hash_table_insert(place->depths, (gpointer)n, GUINT_TO_POINTER(depth--));
}

#define PAGE_DEPTH 2 /* of <body> */

/* How deep the element lies that holds a node and the title or the text; 0 if nobody knows. */
static guint
depth_of(const struct place *place, const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = n->parent) {
        guint depth = GPOINTER_TO_UINT(g_hash_table_lookup(place->depths, n));
        if (depth)
            return depth;
    }
    return 0;
}

/* Whether a node stands between the title and the text. */
static bool
is_between(const struct place *place, const xmlNode *node)
{
    const struct article_lines *l = place->lines;
    return l->title < l->all->len && l->text < l->all->len &&
           xmlXPathCmpNodes((xmlNode *)lines_at(l->all, l->title)->first, (xmlNode *)node) == 1 &&
           xmlXPathCmpNodes((xmlNode *)node, (xmlNode *)lines_at(l->all, l->text)->first) == 1;
}

static bool
is_below(const struct place *place, const xmlNode *node)
{
    const struct article_lines *l = place->lines;
    return l->text < l->all->len &&
           xmlXPathCmpNodes((xmlNode *)lines_at(l->all, l->text)->first, (xmlNode *)node) == 1;
}

/* Whether title and text stand in nothing but the page. */
static bool
is_flat(const struct place *place)
{
    const struct article_lines *l = place->lines;
    if (l->title == l->all->len || l->text == l->all->len)
        return true;
    const xmlNode *title = lines_at(l->all, l->title)->block;
    return title->parent && node_is(title->parent, "body");
}

#define TEASER_LINK 15 /* weight of a link that is a title, not a label */

/* Whether a node belongs to a link to another article: in it, or in a box that is mostly links. */
static bool
is_of_teaser(const struct place *place, const xmlNode *node)
{
    for (const xmlNode *n = node; n && !g_hash_table_contains(place->depths, n); n = n->parent) {
        if (node_is(n, "a"))
            return true;
        const struct features *m = n->type == XML_ELEMENT_NODE ? features_of(n) : NULL;
        if (m && m->linked >= TEASER_LINK && m->linked * 2 > m->text)
            return true;
    }
    return false;
}

#define MENU_LINKS 6   /* between a clock in the head of a page and the title */
#define MENU_NODES 400 /* that are looked at */

/* Whether a menu stands between a node and the title below it: a clock in the head of the page. */
static bool
is_above_menu(const struct place *place, const xmlNode *node)
{
    const struct article_lines *l = place->lines;
    if (l->title == l->all->len)
        return false;
    const xmlNode *title = lines_at(l->all, l->title)->first;
    guint links = 0, nodes = 0;
    for (const xmlNode *n = node; n && n != title; n = node_next(n, NULL)) {
        links += node_is(n, "a");
        if (links >= MENU_LINKS || ++nodes > MENU_NODES)
            break;
    }
    return links >= MENU_LINKS && xmlXPathCmpNodes((xmlNode *)node, (xmlNode *)title) == 1;
}

/*
 * The date of those elements that stands nearest to the title and the text; what shares with them
 * nothing but the page is a clock or belongs to something else.
 */
static bool
nearest_date(enum mark mark, struct place *place, const struct article_options *o, struct date *out)
{
    for (const xmlNode *node = place->looked ? NULL : place->root; node;
         node = node_next(node, NULL))
        if (node->type == XML_ELEMENT_NODE && node->properties)
            mark_element(place, node);
    place->looked = true;
    const GPtrArray *nodes = place->marked[mark];
    guint most = 0;
    for (guint i = 0; nodes && i < nodes->len; i++) {
        const xmlNode *node = g_ptr_array_index(nodes, i);
        struct date date;
        guint depth = depth_of(place, node);
        bool known = g_hash_table_size(place->depths) > 0;
        if (known && (depth <= most || is_of_teaser(place, node) ||
                      (depth <= PAGE_DEPTH && !is_between(place, node) &&
                       !(is_flat(place) && is_below(place, node)))))
            continue;
        if (!element_date(node, o, &date) || (mark > PUBLISHED_TIME && is_above_menu(place, node)))
            continue;
        *out = date;
        most = MAX(depth, 1);
        if (!known)
            return true;
    }
    return most > 0;
}

#define LINES_ABOVE 4   /* the title, in which a date is looked for */
#define LINES_BELOW 25  /* the text */
#define LINE_MOST   120 /* bytes of a line that is a date and little else */

/* "09.10.20 15:57 | Rubric" above the title, in the same element. */
static bool
date_above(const struct place *place, const struct article_options *o, struct date *out)
{
    const struct article_lines *l = place->lines;
    for (guint i = l->title, n = 0; l->title < l->all->len && i-- > 0 && n < LINES_ABOVE; n++) {
        const struct line *line = lines_at(l->all, i);
        gsize start, end;
        if (line->weight > LINE_MOST || line->linked * 2 > line->weight || line->dropped ||
            depth_of(place, line->block) <= PAGE_DEPTH || is_of_teaser(place, line->block) ||
            is_above_menu(place, line->first))
            continue;
        g_autofree char *text = lines_text(line);
        if (date_find(text, &o->dates, out, &start, &end) && start < 40 &&
            strlen(text) - (end - start) < LINE_MOST && date_is_plausible(out, o->now) &&
            !is_update_label(text, start))
            return true;
    }
    return false;
}

/* "(08.10.2020) The council …": the day with which a text begins. */
static bool
date_first(const struct place *place, const struct article_options *o, struct date *out)
{
    const struct article_lines *l = place->lines;
    if (l->text == l->all->len)
        return false;
    g_autofree char *text = lines_text(lines_at(l->all, l->text));
    gsize start, end;
    return *text == '(' && date_find(text, &o->dates, out, &start, &end) && start == 1 &&
           text[end] == ')' && date_is_plausible(out, o->now);
}

/* A line below the text that is a label and a date: "Date 08.10.2020". */
static bool
date_below(const struct place *place, bool update, const struct article_options *o,
           struct date *out)
{
    static GRegex *regex;
    const struct article_lines *l = place->lines;
    guint from = update ? l->title : l->text;
    if (update && from == l->all->len)
        from = l->first;
    for (guint i = from; i < l->all->len && i < l->end + LINES_BELOW; i++) {
        const struct line *line = lines_at(l->all, i);
        gsize start, end;
        if (line->weight > LINE_MOST || line->linked)
            continue;
        g_autofree char *text = lines_text(line);
        if (!date_find(text, &o->dates, out, &start, &end) || start == 0 || start > 60 ||
            strlen(text) - end > 20 || !date_is_plausible(out, o->now))
            continue;
        regex_once(
            &regex,
            "^\\W*(?:(?:publication |posting |date of )?date(?: of publication)?|published(?: on)?|posted(?: on)?|"
            "datum|veröffentlicht(?: am)?|publiziert am|publié(?: le)?|date de publication|fecha(?: de publicación)?|publicado(?: el| em)?|"
            "data(?: di pubblicazione| publikacji| de publicação)?|pubblicato(?: il)?|opublikowano|datums|dato|publisert|publicerad|julkaistu|"
            "zveřejněno|objavljeno|дата(?: публикации| создания)?|опубликовано|размещено|дата публікації|опубліковано|"
            "日期|发布日期|发布时间|发表时间|时间|發布日期|日期|掲載日|公開日|등록일|작성일)\\W*$");
        g_autofree char *label = g_strndup(text, start);
        if (update ? is_update_label(text, start) : g_regex_match(regex, label, 0, NULL))
            return true;
    }
    return false;
}

/* A line at the end that is a date and a counter: "7 October 2020 Views: 1447". */
static bool
date_with_counter(const struct place *place, const struct article_options *o, struct date *out)
{
    static GRegex *regex;
    const struct article_lines *l = place->lines;
    for (guint i = MAX(l->text, l->end - MIN(l->end, LINES_BELOW));
         i < l->all->len && i < l->end + LINES_BELOW; i++) {
        const struct line *line = lines_at(l->all, i);
        gsize start, end;
        if (line->weight > LINE_MOST / 2 || line->links || line->dropped)
            continue;
        g_autofree char *text = lines_text(line);
        if (!strchr(text, ':') || !date_find(text, &o->dates, out, &start, &end) || start > 4 ||
            !date_is_plausible(out, o->now) || is_of_teaser(place, line->block))
            continue;
        regex_once(&regex, "^\\W*\\p{L}[^:]{0,30}:[\\s\\d]+\\W*$");
        if (g_regex_match(regex, text + end, 0, NULL))
            return true;
    }
    return false;
}

/* --- labels --------------------------------------------------------------------------------- */

/* Whether the label that ends there is one of an event: "Event date:". */
static bool
is_of_event(const char *text, gsize end)
{
    const char *from = text + end;
    for (gsize length = 0; from > text && length < 40; length++) {
        const char *before = g_utf8_find_prev_char(text, from);
        if (!before || *before == '\n')
            break;
        from = before;
    }
    return article_is_event_label(from, (gsize)(text + end - from));
}

/* A date right behind a label. */
static bool
after_label(const GRegex *regex, const char *text, const struct article_options *o,
            struct date *out)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_regex_match(regex, text, 0, &match);
    while (g_match_info_matches(match)) {
        int start, end;
        g_match_info_fetch_pos(match, 0, &start, &end);
        g_autofree char *rest = text_beginning(text + end, strlen(text + end), 80);
        gsize at;
        if (date_find(rest, &o->dates, out, &at, NULL) && at < 4 &&
            date_is_plausible(out, o->now) && !is_update_label(text, (gsize)end) &&
            !is_of_event(text, (gsize)end))
            return true;
        g_match_info_next(match, NULL);
    }
    return false;
}

/* The day on which a document was written or comes into force is not that of its publication. */
#define NOT_OTHER "(?<!成文)(?<!生效)(?<!截止)(?<!实施)(?<!签发)(?<!开始)(?<!结束)"

static bool
labelled_date(const char *text, const struct article_options *o, struct date *out)
{
    static GRegex *regex;
    regex_once(&regex,
               "(发布时间|发布日期|发稿时间|更新时间|上载日期|公开日期|发文日期|" NOT_OTHER
               "日期|" NOT_OTHER "时间|日\\s*期|時間|發布日期|Updated?|Published|Posted|"
               "Date|Дата публикации|Опубликовано|Дата|Stand|Datum|작성일|등록일)\\s*[:：]\\s*");
    return after_label(regex, text, o, out);
}

/* The same by labels that no clock has. */
static bool
clearly_labelled_date(const struct page *page, const xmlNode *body, const struct article_options *o,
                      struct date *out)
{
    static GRegex *regex;
    g_autofree char *text = article_text_above(page, body);
    regex_once(&regex,
               "(发布时间|发布日期|发稿时间|上载日期|公开日期|发文日期|發布日期|Published|Posted|"
               "Дата публикации|Опубликовано|작성일|등록일)\\s*[:：]\\s*");
    return after_label(regex, text, o, out);
}

/* A line that is little more than a date: "2025-06-01 08:30  12 次浏览". */
static bool
line_date(const char *text, const struct article_options *o, struct date *out)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        gsize start, end;
        const char *above = line > lines && strlen(line[-1]) ? line[-1] : "";
        if (!**line || strlen(*line) > 300 || !date_find(*line, &o->dates, out, &start, &end))
            continue;
        if (start < 60 && date_is_plausible(out, o->now) && !is_update_label(*line, start) &&
            !article_is_event_label(start ? *line : above, start ? start : strlen(above)))
            return true;
    }
    return false;
}

/* Short lines that begin with their date, as lists of facts within the body do. */
static bool
heading_date(const char *text, const struct article_options *o, struct date *out)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        gsize start;
        const char *above = line > lines ? line[-1] : "";
        if (strlen(g_strstrip(*line)) < 120 && !article_is_event_label(above, strlen(above)) &&
            date_find(*line, &o->dates, out, &start, NULL) && start < 4 &&
            date_is_plausible(out, o->now))
            return true;
    }
    return false;
}

/* Whether a text may hold a label that footing_date() looks for, which is dear in a long one. */
static bool
may_be_footed(const char *text)
{
    static const char *const stems[] = {"发表",      "發表",           "发布",          "убликован",
                                        "УБЛИКОВАН", "ата публикации", "АТА ПУБЛИКАЦИИ"};
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++)
        if (strstr(text, stems[i]))
            return true;
    for (const char *am = text; (am = strcasestr(am, "am ")); am++)
        if (g_ascii_isdigit(am[3]))
            return true;
    return strcasestr(text, "posted ") != NULL;
}

/* What stands below an article: "发表于 2004-12-27 12:40", "am 29.12.2010, 13:36 Uhr". */
static bool
footing_date(const struct page *page, const struct article_options *o, struct date *out)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "(发表于|發表於|发布于|发布时间|发表时间|发布日期|Posted on|Posted at|Опубликовано|Дата публикации)\\s*[:：]?\\s*|"
        "\\bam\\s+(?=\\d{1,2}\\.\\d{1,2}\\.\\d{4},?\\s+(?:um\\s+)?\\d{1,2}:\\d{2})");
    g_autofree char *text = page_root(page) ? html_text(page_root(page)) : g_strdup("");
    return may_be_footed(text) && after_label(regex, text, o, out);
}

static bool
published(struct page *page, const xmlNode *body, const char *before, const char *after,
          const char *head, const struct linked_data *linked, struct place *place,
          const struct article_options *o, struct date *out)
{
    g_autofree char *standard = page_meta(page, "PubDate"),
                    *updated = page_meta(page, "og:updated_time");
    return stated_date(page, o, out) || whole_date(linked->published, o, out) ||
           nearest_date(PROPERTY, place, o, out) || nearest_date(PUBLISHED_TIME, place, o, out) ||
           labelled_date(before, o, out) || nearest_date(START, place, o, out) ||
           nearest_date(PUBLISHED, place, o, out) || nearest_date(TIME, place, o, out) ||
           vague_date(page, o, out) || line_date(before, o, out) || date_above(place, o, out) ||
           date_first(place, o, out) ||
           (page->url && row_url_day(page->url, &o->dates, o->now, out)) ||
           clearly_labelled_date(page, body, o, out) || whole_date(standard, o, out) ||
           labelled_date(after, o, out) || line_date(after, o, out) ||
           date_below(place, false, o, out) || date_with_counter(place, o, out) ||
           nearest_date(STAMP, place, o, out) || whole_date(linked->page_published, o, out) ||
           heading_date(head, o, out) || nearest_date(CALLED, place, o, out) ||
           footing_date(page, o, out) || whole_date(updated, o, out);
}

/* --- day and month exchanged ---------------------------------------------------------------- */

#define PRINTED_MOST 60 /* weight of a line that prints a date and little else */

static bool
is_day(const struct date *date, int year, int month, int day)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_utc(date->time + date->offset * 60);
    return local && g_date_time_get_year(local) == year && g_date_time_get_month(local) == month &&
           g_date_time_get_day_of_month(local) == day;
}

/*
 * What a page states for machines may have day and month exchanged ("11/01/2023" in a <meta> for
 * what it prints as "01.11.2023"): if it prints the one and not the other, that is the day.
 */
static void
settle_order(struct date *date, const struct place *place, const struct article_options *o)
{
    const struct article_lines *l = place->lines;
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_utc(date->time + date->offset * 60);
    int year, month, day;
    if (!local || l->text == l->all->len)
        return;
    g_date_time_get_ymd(local, &year, &month, &day);
    if (day > 12 || day == month)
        return;
    guint title = MIN(l->title, l->text);
    bool exchanged = false;
    for (guint i = title - MIN(title, LINES_ABOVE); i < l->all->len && i < l->end + LINES_BELOW;
         i++) {
        if (i > l->text + LINES_BELOW && i + LINES_BELOW < l->end)
            i = l->end - LINES_BELOW; /* what stands in the midst of the text is of the text */
        const struct line *line = lines_at(l->all, i);
        if (line->weight > PRINTED_MOST || line->linked || line->dropped)
            continue;
        struct date printed;
        g_autofree char *text = lines_text(line);
        if (!date_find(text, &o->dates, &printed, NULL, NULL) || printed.ambiguous)
            continue;
        if (is_day(&printed, year, month, day))
            return;
        exchanged |= is_day(&printed, year, day, month);
    }
    g_autoptr(GDateTime) other =
        exchanged
            ? g_date_time_new_utc(year, day, month, g_date_time_get_hour(local),
                                  g_date_time_get_minute(local), g_date_time_get_seconds(local))
            : NULL;
    if (other)
        date->time = g_date_time_to_unix(other) - date->offset * 60;
}

static bool
changed(struct page *page, const struct linked_data *linked, const struct place *place,
        const struct article_options *o, struct date *out)
{
    g_autofree char *modified =
        page_meta(page, "article:modified_time dateModified lastmodifiedtime");
    return whole_date(modified, o, out) || whole_date(linked->modified, o, out) ||
           date_below(place, true, o, out);
}

/* The same of an event: the days that its page shows are those of the event. */
static bool
announced(struct page *page, const struct linked_data *linked, struct place *place,
          const struct article_options *o, struct date *out)
{
    return stated_date(page, o, out) || whole_date(linked->published, o, out) ||
           nearest_date(PROPERTY, place, o, out);
}

void
article_find_dates(struct page *page, const xmlNode *body, const char *before, const char *after,
                   const char *head, const struct linked_data *linked,
                   const struct article_lines *lines, const struct article_options *o,
                   struct article *article)
{
    g_autoptr(GHashTable) depths = g_hash_table_new(NULL, NULL);
    struct place place = {.lines = lines, .depths = depths, .root = page_root(page)};
    struct date date;
    place_add(&place, lines->title);
    place_add(&place, lines->text);
    bool is_event = event_is_known(&article->event);
    if (article->published.precision == DATE_NONE &&
        (is_event ? announced(page, linked, &place, o, &date)
                  : published(page, body, before, after, head, linked, &place, o, &date))) {
        settle_order(&date, &place, o);
        article->published = date;
    }
    if (changed(page, linked, &place, o, &date))
        article->updated = date;
    for (size_t i = 0; i < MARKS; i++)
        if (place.marked[i])
            g_ptr_array_unref(place.marked[i]);
}
