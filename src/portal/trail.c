/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A trail is a short line, or a row of short cells or items, of at least two steps.  What makes it
 * one is a label before it, or an arrow between steps of which the first leads home; signs that
 * menus have as well ("/", "|", a list) tell less, so there the last step has to be the page
 * itself, or each address to lie below the one before.
 */
#include "config.h"

#include "portal/trail.h"
#include "base/clean.h"
#include "document/html.h"
#include "text/fold.h"

#include <string.h>

#define MAX_WEIGHT 400 /* of a trail, with the title at its end */
#define MAX_STEPS  10
#define MAX_HOME   60 /* bytes of a label of the home page, and the blanks around it */
#define MAX_CELL   90 /* weight of a step that is an element of its own */

bool
trail_is_home(const char *text)
{
    static const char *const labels[] = {
        "home",
        "homepage",
        "home page",
        "main",
        "main page",
        "start",
        "front page",
        "startseite",
        "startsida",
        "start page",
        "zur startseite",
        "accueil",
        "page d'accueil",
        "page d’accueil",
        "inicio",
        "início",
        "inici",
        "portada",
        "principal",
        "página principal",
        "página inicial",
        "página de inicio",
        "pagina iniziale",
        "pagina principale",
        "strona główna",
        "főoldal",
        "kezdőlap",
        "címlap",
        "forside",
        "forsiden",
        "hjem",
        "hem",
        "etusivu",
        "avaleht",
        "sākums",
        "pradžia",
        "hlavní stránka",
        "hlavná stránka",
        "domů",
        "domov",
        "úvod",
        "úvodní stránka",
        "úvodná stránka",
        "naslovnica",
        "početna",
        "početna stranica",
        "почетна",
        "начало",
        "начална страница",
        "acasă",
        "prima pagină",
        "voorpagina",
        "главная",
        "главная страница",
        "на главную",
        "головна",
        "головна сторінка",
        "галоўная",
        "басты бет",
        "нүүр",
        "αρχική",
        "αρχική σελίδα",
        "ana sayfa",
        "anasayfa",
        "beranda",
        "trang chủ",
        "หน้าแรก",
        "หน้าหลัก",
        "الرئيسية",
        "الصفحة الرئيسية",
        "דף הבית",
        "ראשי",
        "首页",
        "首 页",
        "网站首页",
        "本站首页",
        "门户首页",
        "返回首页",
        "主页",
        "首頁",
        "網站首頁",
        "主頁",
        "ホーム",
        "トップ",
        "トップページ",
        "ホームページ",
        "홈",
        "home으로",
        "메인",
        "처음으로",
    };
    if (strlen(text) > MAX_HOME)
        return false;
    static GHashTable *set;
    if (g_once_init_enter(&set)) {
        GHashTable *made = g_hash_table_new(g_str_hash, g_str_equal);
        for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
            g_hash_table_add(made, (gpointer)labels[i]);
        g_once_init_leave(&set, made);
    }
    g_autofree char *lower = g_utf8_strdown(text, -1);
    return g_hash_table_contains(set, g_strstrip(lower));
}

/* What stands before a trail, in lower case; what is a word of other texts too needs a colon. */
static const struct {
    const char *words;
    bool colon;
} labels[] = {
    {"you are here", false},
    {"you are in", false},
    {"you are at", false},
    {"your position", true},
    {"your location", true},
    {"your current position", true},
    {"your current location", true},
    {"current position", true},
    {"current location", true},
    {"position", true},
    {"location", true},
    {"вы здесь", false},
    {"вы находитесь здесь", false},
    {"вы находитесь", true},
    {"вы сейчас здесь", false},
    {"ви тут", false},
    {"ви знаходитесь тут", false},
    {"ви знаходитесь", true},
    {"ви перебуваєте", true},
    {"sie sind hier", false},
    {"sie befinden sich hier", false},
    {"hier befinden sie sich", false},
    {"du bist hier", false},
    {"vous êtes ici", false},
    {"vous etes ici", false},
    {"está usted aquí", false},
    {"usted está aquí", false},
    {"está aquí", false},
    {"estás aquí", false},
    {"esta aquí", false},
    {"te encuentras en", true},
    {"se encuentra en", true},
    {"sou a", true},
    {"você está aqui", false},
    {"está aqui", false},
    {"você está em", true},
    {"tu sei qui", false},
    {"sei qui", false},
    {"sei in", true},
    {"ti trovi qui", false},
    {"ti trovi in", true},
    {"u bevindt zich hier", false},
    {"u bent hier", false},
    {"je bent hier", false},
    {"jesteś tutaj", false},
    {"jesteś tu", false},
    {"jesteś w", true},
    {"znajdujesz się", true},
    {"nacházíte se zde", false},
    {"nacházíte se", true},
    {"zde se nacházíte", false},
    {"jste zde", false},
    {"nachádzate sa tu", false},
    {"nachádzate sa", true},
    {"tu sa nachádzate", false},
    {"ön itt van", false},
    {"ön itt áll", false},
    {"itt vagy", false},
    {"jelenlegi hely", true},
    {"du är här", false},
    {"du er her", false},
    {"olet tässä", false},
    {"olet täällä", false},
    {"asud siin", false},
    {"jūs esat šeit", false},
    {"jūs esate čia", false},
    {"nalazite se", true},
    {"nahajate se", true},
    {"tukaj ste", false},
    {"вие сте тук", false},
    {"намирате се", true},
    {"sunteți aici", false},
    {"te afli aici", false},
    {"ești aici", false},
    {"buradasınız", false},
    {"anda di sini", false},
    {"bạn đang ở đây", false},
    {"βρίσκεστε εδώ", false},
    {"είστε εδώ", false},
    {"أنت هنا", false},
    {"انت هنا", false},
    {"您现在所在的位置", false},
    {"您现在所在位置", false},
    {"您现在的位置", false},
    {"您目前的位置", false},
    {"您当前的位置", false},
    {"您当前位置", false},
    {"您所在的位置", false},
    {"您所在位置", false},
    {"您的当前位置", false},
    {"您的位置", false},
    {"您当前所在位置", false},
    {"你现在的位置", false},
    {"你所在的位置", false},
    {"你的位置", false},
    {"当前所在位置", false},
    {"当前的位置", false},
    {"当前位置", false},
    {"现在的位置", false},
    {"现在位置", false},
    {"目前位置", false},
    {"所在位置", false},
    {"位置", true},
    {"您現在的位置", false},
    {"您目前的位置", false},
    {"您的位置", false},
    {"當前位置", false},
    {"目前所在位置", false},
    {"現在的位置", false},
    {"現在地", true},
    {"現在位置", false},
    {"현재 위치", false},
    {"현재위치", false},
};

/* "You are here:" at the beginning of a text; how many bytes of it. */
static gsize
label_length(const char *text)
{
    const char *start = text;
    for (; *start; start = g_utf8_next_char(start)) {
        gunichar c = g_utf8_get_char(start);
        if (g_unichar_isalnum(c) || start - text > 40)
            break;
    }
    g_autofree char *beginning = g_utf8_substring(start, 0, MIN(32, g_utf8_strlen(start, 128)));
    g_autofree char *lower = g_utf8_strdown(beginning, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (!g_str_has_prefix(lower, labels[i].words))
            continue;
        const char *end = lower + strlen(labels[i].words);
        if (g_str_has_prefix(end, "是"))
            end += strlen("是");
        const char *after = end + strspn(end, " ");
        gsize colon = *after == ':' ? 1 : g_str_has_prefix(after, "：") ? strlen("：") : 0;
        bool word = g_unichar_isalpha(g_utf8_get_char(end)) && g_utf8_get_char(end) < 0x2e80;
        if (!colon && (labels[i].colon || word))
            continue;
        /* lower case may be longer than what it is made of, but is so for no letter of these */
        return MIN((gsize)(start - text) + (gsize)(after - lower) + colon, strlen(text));
    }
    return 0;
}

/* --- steps ------------------------------------------------------------------------------ */

struct step {
    char *text;          /* owned */
    const xmlNode *link; /* that the whole step is, or NULL */
};

enum { NOTHING, SIGN, ARROW }; /* what separates steps, by how much it tells */

struct steps {
    struct step at[MAX_STEPS];
    guint count;
    int separator; /* the weakest that was seen, but for NOTHING */
    bool labelled, too_many;
};

static void
steps_clear(struct steps *s)
{
    for (guint i = 0; i < s->count; i++)
        g_free(s->at[i].text);
}
DEFINE_AUTO_CLEAR(steps, steps_clear)

static void
push(struct steps *s, const char *text, gsize length, const xmlNode *link)
{
    g_autofree char *step = text_squeeze(text, (gssize)length);
    if (!*step)
        return;
    if (s->count == MAX_STEPS) {
        s->too_many = true;
        return;
    }
    s->at[s->count++] = (struct step){g_steal_pointer(&step), link};
}

static const xmlNode *
link_around(const xmlNode *text, const xmlNode *block)
{
    for (const xmlNode *n = text->parent; n && n != block; n = n->parent)
        if (node_is(n, "a"))
            return n;
    return NULL;
}

/* What separates steps at the beginning of a text, and how many bytes of it do. */
static int
separator_at(const char *text, bool blank_before, gsize *length)
{
    static const char *const arrows[] = {"->", "=>", ">", "»", "›", "→", "＞", "⟩",  "〉", "▸",
                                         "▶",  "►",  "❯", "⇒", "➔", "➜", "≫",  "::", "\\"};
    static const char *const signs[] = {"／", "｜", "|", "/", "·", "•", "–", "—", "-"};
    for (size_t i = 0; i < G_N_ELEMENTS(arrows); i++)
        if (g_str_has_prefix(text, arrows[i])) {
            *length = strlen(arrows[i]);
            return ARROW;
        }
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_str_has_prefix(text, signs[i])) {
            *length = strlen(signs[i]);
            char next = text[*length];
            bool blank_after = !next || g_ascii_isspace(next) || (guchar)next == 0xc2;
            return i < 3 || (blank_before && blank_after) ? SIGN : NOTHING;
        }
    return NOTHING;
}

/* Cuts a text outside of links at its separators: "> News / ". */
static void
cut(struct steps *s, const char *text)
{
    const char *from = text;
    bool blank = true;
    for (const char *p = text; *p;) {
        gsize length;
        gunichar c = g_utf8_get_char(p);
        int separator = c < 0x80 && g_ascii_isalnum(c) ? NOTHING : separator_at(p, blank, &length);
        blank = g_unichar_isspace(c);
        if (separator == NOTHING) {
            p = g_utf8_next_char(p);
            continue;
        }
        push(s, from, (gsize)(p - from), NULL);
        s->separator = s->separator == NOTHING ? separator : MIN(s->separator, separator);
        p += length;
        from = p;
        blank = true;
    }
    push(s, from, strlen(from), NULL);
}

/* The steps of a line, after what label it has. */
static void
read_line(struct steps *s, const struct line *line)
{
    GString *loose = g_string_new(NULL), *linked = g_string_new(NULL);
    const xmlNode *link = NULL;
    for (const xmlNode *node = line->first; node; node = node_next(node, NULL)) {
        if (node->type == XML_TEXT_NODE) {
            const xmlNode *around = link_around(node, line->block);
            if (around != link && link) {
                push(s, linked->str, linked->len, link);
                g_string_truncate(linked, 0);
            }
            if (around && around != link) {
                cut(s, loose->str);
                g_string_truncate(loose, 0);
            }
            link = around;
            g_string_append(around ? linked : loose, (const char *)node->content);
            gsize label = !s->count && !around ? label_length(loose->str) : 0;
            if (label) {
                s->labelled = true;
                g_string_erase(loose, 0, (gssize)label);
            }
        }
        if (node == line->last)
            break;
    }
    push(s, linked->str, linked->len, link);
    cut(s, loose->str);
    g_string_free(loose, TRUE);
    g_string_free(linked, TRUE);
}

/* --- what they tell --------------------------------------------------------------------- */

/* The path of a link's address within its host, owned; NULL if it leads nowhere. */
static char *
path_of(const struct page *page, const xmlNode *link)
{
    g_autofree char *href = link ? html_attribute(link, "href") : NULL;
    g_autofree char *url = href ? page_resolve(page, href) : NULL;
    const char *at = url ? strstr(url, "://") : NULL;
    const char *path = at ? strchr(at + 3, '/') : url;
    return !url ? NULL : g_strdup(path ? path : "/");
}

/* Whether the end of a path is that of a home page; all before it is slashes and dots. */
static bool
is_home_file(const char *name)
{
    static const char *const files[] = {"index.", "default.", "main.", "home."};
    bool home = !*name;
    for (size_t i = 0; i < G_N_ELEMENTS(files) && !home; i++)
        home = g_str_has_prefix(name, files[i]) && !strpbrk(name, "/?");
    return home;
}

/* Whether an address, as it is written, may lead home: most links of a page are told so. */
static bool
may_lead_home(const char *href)
{
    const char *at = strstr(href, "//");
    const char *path = at && at - href <= 6 ? strchr(at + 2, '/') : href;
    if (!path)
        return true;
    path += strspn(path, "./ \t\r\n");
    return !*path || *path == '#' || strchr("idmh", g_ascii_tolower(*path)) || strchr(path, '%');
}

static bool
leads_home(const struct page *page, const xmlNode *link)
{
    g_autofree char *href = html_attribute(link, "href");
    if (!href || !may_lead_home(href))
        return false;
    g_autofree char *path = path_of(page, link);
    const char *name = path ? path + strspn(path, "./") : NULL;
    return name && name - path <= 2 && is_home_file(name);
}

static bool
is_home(const struct page *page, const struct step *step)
{
    return trail_is_home(step->text) || (step->link && leads_home(page, step->link));
}

/* Whether each step's address lies below the one before. */
static bool
leads_down(const struct page *page, const struct steps *s)
{
    g_autofree char *above = NULL;
    guint links = 0;
    for (guint i = 0; i < s->count; i++) {
        g_autofree char *path = path_of(page, s->at[i].link);
        if (!path)
            continue;
        gsize length = above ? strlen(above) : 0;
        if (above && (!g_str_has_prefix(path, above) || strlen(path) <= length))
            return false;
        links++;
        g_free(above);
        above = g_steal_pointer(&path);
    }
    return links >= 2;
}

/* Whether a step is the page itself: its title, or the beginning of it. */
static bool
is_title(const char *text, const char *folded_title)
{
    g_autofree char *fold = text_fold(text);
    g_strstrip(fold);
    gsize length = strlen(fold);
    if (g_str_has_suffix(fold, "…"))
        length -= strlen("…");
    else
        while (length && fold[length - 1] == '.')
            length--;
    bool cut_off = fold[length] != '\0';
    if (!folded_title || !length)
        return false;
    return !strncmp(folded_title, fold, length) &&
           (!folded_title[length] || cut_off || length > 24);
}

/* What stands in the place of a title: "正文". */
static bool
is_placeholder(const char *text)
{
    static const char *const words[] = {
        "正文",     "内容",    "详情",   "详细内容",  "文章内容",    "浏览文章", "文章详情",
        "信息内容", "details", "detail", "article",   "text",        "view",     "content",
        "本文",     "內容",    "текст",  "подробнее", "подробности", NULL};
    g_autofree char *lower = g_utf8_strdown(text, -1);
    return g_strv_contains(words, lower);
}

static bool
is_trail(const struct page *page, const struct steps *s, const char *title)
{
    if (s->too_many || !s->count)
        return false;
    guint links = 0;
    for (guint i = 0; i < s->count; i++)
        links += s->at[i].link != NULL;
    if (s->labelled)
        return s->count >= 2 || links || is_home(page, &s->at[0]);
    const struct step *last = &s->at[s->count - 1];
    bool home = is_home(page, &s->at[0]), ends = title && is_title(last->text, title);
    if (s->count < 2 || !links)
        return s->count >= 2 && home && s->separator == ARROW;
    if (s->separator == ARROW)
        return home || (ends && s->count >= 3) || leads_down(page, s);
    bool own = ends || (!last->link && s->separator == SIGN && links + 1 == s->count);
    return home && (own || leads_down(page, s));
}

static bool
leads_to(const struct page *page, const xmlNode *link)
{
    g_autofree char *href = link ? html_attribute(link, "href") : NULL;
    g_autofree char *url = href && *href ? page_resolve(page, href) : NULL;
    return url && !g_strcmp0(url, page->url);
}

/* The last step above the page itself. */
static char *
section_of(const struct page *page, const struct steps *s, const char *title, bool *linked)
{
    *linked = true;
    for (int pass = 0; pass < 2; pass++, *linked = false)
        for (guint i = s->count; i-- > 0;) {
            const struct step *step = &s->at[i];
            bool first = i == 0 && is_home(page, step);
            if (*linked && leads_to(page, step->link))
                continue;
            if ((step->link || !*linked) && !first && !is_title(step->text, title) &&
                !is_placeholder(step->text) && !trail_is_home(step->text))
                return g_strdup(step->text);
        }
    return NULL;
}

/* Whether a line may be a trail, or a part of one, at a glance. */
static bool
may_be_trail(const struct line *line, bool labelled)
{
    if (line->weight > MAX_WEIGHT || line->links > MAX_STEPS)
        return false;
    if (labelled || line->links)
        return true;
    g_autofree char *text = lines_text(line);
    return strchr(text, '>') || strstr(text, "»") || strstr(text, "›") || strstr(text, "→") ||
           strstr(text, "＞") || label_length(text);
}

/*
 * How many lines from this one on are cells or items of one row, short and with a link at most;
 * 1 if it stands alone.
 */
static guint
row_length(const GArray *lines, guint first, guint end)
{
    const struct line *line = lines_at(lines, first);
    if (!node_is(line->block, "li td th div dd p") || line->weight > MAX_CELL)
        return 1;
    guint count = 1;
    for (guint i = first + 1; i < end && count <= 2 * MAX_STEPS; i++) {
        const struct line *next = lines_at(lines, i);
        if (next->block->parent != line->block->parent || next->block == line->block ||
            !xmlStrEqual(next->block->name, line->block->name))
            break;
        if (next->links > 1 || next->weight > MAX_CELL * 3)
            return 1;
        count++;
    }
    return count;
}

/* Reads the trail that may begin with a line, in it alone or in the cells of its row. */
static bool
read_trail(const struct page *page, const GArray *lines, guint first, guint end, bool *labelled,
           const char *title, struct trail *out)
{
    const struct line *line = lines_at(lines, first);
    AUTO(steps_clear) struct steps steps = {.separator = NOTHING, .labelled = *labelled};
    read_line(&steps, line);
    guint count = 1, weight = line->weight;
    bool found = is_trail(page, &steps, title);
    bool begins = steps.labelled || (steps.count == 1 && is_home(page, &steps.at[0]));
    guint row = !found && begins ? row_length(lines, first, end) : 1;
    for (; !found && count < row; count++) {
        read_line(&steps, lines_at(lines, first + count));
        weight += lines_at(lines, first + count)->weight;
    }
    /* a label may stand above its trail */
    *labelled = steps.labelled && !*labelled && !steps.count;
    if (!found && (row < 2 || !is_trail(page, &steps, title)))
        return false;
    *out = (struct trail){.first = first, .count = count};
    out->section = section_of(page, &steps, title, &out->linked);
    return weight <= MAX_WEIGHT;
}

bool
trail_find(const struct page *page, const GArray *lines, guint from, guint end, const char *title,
           struct trail *out)
{
    g_autofree char *folded = title ? text_fold(title) : NULL;
    if (folded)
        g_strstrip(folded);
    bool labelled = false;
    for (guint i = from; i < end && i < lines->len; i++) {
        if (!may_be_trail(lines_at(lines, i), labelled)) {
            labelled = false;
            continue;
        }
        struct trail trail = {0};
        if (read_trail(page, lines, i, end, &labelled, folded, &trail)) {
            g_free(out->section);
            *out = trail;
            return true;
        }
        g_free(trail.section);
    }
    return false;
}
