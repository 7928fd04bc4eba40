/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composing the head of an article. */
#include "config.h"

#include "reader/heading.h"
#include "base/detail.h"
#include "base/i18n.h"
#include "reader/counterpart.h"
#include "reader/withdrawal.h"
#include "base/url.h"
#include "store/articles.h"
#include "store/edition-groups.h"
#include "store/sources.h"
#include "text/cells.h"
#include "text/raised.h"

#include <locale.h>
#include <string.h>

const char *
heading_title(const struct article_row *row)
{
    return *row->title ? row->title : _("(no title)");
}

char *
heading_date(const struct date *date)
{
    g_autoptr(GDateTime)
        moment = g_date_time_new_from_unix_utc(date->time + (int64_t)date->offset * 60);
    if (!moment || date->precision == DATE_NONE)
        return g_strdup("");
    return g_date_time_format(moment, date->precision == DATE_DAY ? "%Y-%m-%d" : "%Y-%m-%d %H:%M");
}

/* What a warning says before the title of an article; newly allocated, NULL: it is of no such. */
static char *
date_refused_by(const struct problem *warning, const char *title)
{
    AUTO(problem_free)
    struct problem *own = problem_newf(PROBLEM_BAD_DATE, NULL, PROBLEM_NO_NUMBER, DETAIL_DATE_AHEAD,
                                       "", title); /* cut as that one is */
    const char *detail = warning->code == PROBLEM_BAD_DATE ? warning->detail : NULL;
    const char *end = g_strstr_len(own->detail, -1, "of '");
    if (!detail || !end || !g_str_has_suffix(detail, end))
        return NULL;
    gsize length = strlen(detail) - strlen(end);
    return g_strndup(detail, MIN(length, strlen("2031-10-25")));
}

char *
heading_refused_date(struct store *store, const struct article_row *row)
{
    if (row->published.precision != DATE_NONE || !*row->title)
        return NULL;
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, row->source), *refused = NULL;
    AUTO(source_free) struct source *source = sources_find(store, name, NULL);
    for (guint i = 0; source && !refused && i < source->warnings->len; i++)
        refused = date_refused_by(g_ptr_array_index(source->warnings, i), row->title);
    /* TRANSLATORS: a date that an article states; beside it stands when it was first seen */
    return refused ? g_strdup_printf(_("The stated date %s cannot be true"), refused) : NULL;
}

/* translated: where the terminal cannot show the name; NULL: the code says as much there. */
static const struct language {
    const char *code, *name, *translated;
} languages[] = {{"zh-Hant", "繁體中文", N_("Chinese")},
                 {"zh", "中文", N_("Chinese")},
                 {"ru", "Русский", N_("Russian")},
                 {"en", "English", N_("English")},
                 {"ja", "日本語", N_("Japanese")},
                 {"ko", "한국어", N_("Korean")},
                 {"de", "Deutsch", N_("German")},
                 {"fr", "Français", N_("French")},
                 {"es", "Español", N_("Spanish")},
                 {"kk", "Қазақша", N_("Kazakh")},
                 {"mn", "Монгол", N_("Mongolian")},
                 {"ar", "العربية", N_("Arabic")},
                 {"ca", "Català", NULL},
                 {"da", "Dansk", NULL},
                 {"pt", "Português", NULL},
                 {"it", "Italiano", NULL},
                 {"he", "עברית", NULL},
                 {"id", "Bahasa Indonesia", NULL},
                 {"ro", "Română", NULL},
                 {"et", "Eesti", NULL},
                 {"nl", "Nederlands", NULL},
                 {"cs", "Čeština", NULL},
                 {"sv", "Svenska", NULL},
                 {"tr", "Türkçe", NULL},
                 {"pl", "Polski", NULL},
                 {"sk", "Slovenčina", NULL},
                 {"sl", "Slovenščina", NULL},
                 {"hr", "Hrvatski", NULL},
                 {"sr", "Српски", NULL},
                 {"bs", "Bosanski", NULL},
                 {"mk", "Македонски", NULL},
                 {"bg", "Български", NULL},
                 {"nb", "Norsk bokmål", NULL},
                 {"nn", "Norsk nynorsk", NULL},
                 {"no", "Norsk", NULL},
                 {"fi", "Suomi", NULL},
                 {"is", "Íslenska", NULL},
                 {"lv", "Latviešu", NULL},
                 {"lt", "Lietuvių", NULL},
                 {"hu", "Magyar", NULL},
                 {"el", "Ελληνικά", NULL},
                 {"sq", "Shqip", NULL},
                 {"uk", "Українська", NULL},
                 {"be", "Беларуская", NULL},
                 {"ka", "ქართული", NULL},
                 {"hy", "Հայերեն", NULL},
                 {"az", "Azərbaycanca", NULL},
                 {"uz", "Oʻzbekcha", NULL},
                 {"ky", "Кыргызча", NULL},
                 {"tg", "Тоҷикӣ", NULL},
                 {"fa", "فارسی", NULL},
                 {"ur", "اردو", NULL},
                 {"hi", "हिन्दी", NULL},
                 {"bn", "বাংলা", NULL},
                 {"th", "ไทย", NULL},
                 {"vi", "Tiếng Việt", NULL},
                 {"ms", "Bahasa Melayu", NULL},
                 {"eu", "Euskara", NULL},
                 {"gl", "Galego", NULL},
                 {"ga", "Gaeilge", NULL},
                 {"cy", "Cymraeg", NULL},
                 {"rm", "Rumantsch", NULL},
                 {"lb", "Lëtzebuergesch", NULL},
                 {"mt", "Malti", NULL}};

/* The language of a tag, whatever stands behind it: "zh-Hant-HK", "pt-BR". */
static const struct language *
language_of(const char *code)
{
    for (size_t i = 0; code && i < G_N_ELEMENTS(languages); i++) {
        size_t length = strlen(languages[i].code);
        if (!g_ascii_strncasecmp(code, languages[i].code, length) && !g_ascii_isalnum(code[length]))
            return &languages[i];
    }
    return NULL;
}

bool
heading_is_lost(const char *text)
{
    const char *charset;
    if (g_get_charset(&charset))
        return false;
    g_autofree char *shown =
        g_convert_with_fallback(text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
    long all = g_utf8_strlen(text, -1), lost = 0;
    for (const char *p = shown; p && *p; p++)
        lost += *p == '?';
    return all && lost * 2 > all;
}

static const char *
own_language(void)
{
    return g_get_language_names_with_category("LC_MESSAGES")[0];
}

bool
heading_has_language(void)
{
    const char *locale = own_language();
    return !g_str_equal(locale, "C") && !g_str_has_prefix(locale, "C.") &&
           !g_str_equal(locale, "POSIX");
}

bool
heading_is_own(const char *code)
{
    const char *locale = heading_has_language() ? own_language() : "en";
    size_t length = strcspn(code, "-");
    return !g_ascii_strncasecmp(code, locale, length) && !g_ascii_isalpha(locale[length]);
}

bool
heading_is_own_country(const char *code)
{
    /* "ru_RU.UTF-8"; LANGUAGE may say no more than a language */
    const char *locale = setlocale(LC_MESSAGES, NULL),
               *country = locale ? strchr(locale, '_') : NULL;
    return code && country && !g_ascii_strncasecmp(country + 1, code, strlen(code)) &&
           !g_ascii_isalnum(country[1 + strlen(code)]);
}

const char *
heading_language(const char *code)
{
    const struct language *language = language_of(code);
    return !language                          ? code
           : !heading_is_lost(language->name) ? language->name
           : language->translated             ? gettext(language->translated)
                                              : code;
}

char *
heading_title_shown(const struct article_row *row)
{
    const struct language *language = language_of(row->language);
    if (!heading_is_lost(heading_title(row)))
        return g_strdup(heading_title(row));
    /* TRANSLATORS: in place of a title that the terminal cannot show: its language */
    return language && language->translated
               ? g_strdup_printf(_("(title in %s)"), gettext(language->translated))
               : g_strdup(_("(title in another script)"));
}

static void
add_part(GString *line, const char *separator, const char *part)
{
    if (part && *part)
        g_string_append_printf(line, "%s%s", line->len ? separator : "", part);
}

static void
wrap(struct layout *layout, const char *text, int width, guint style)
{
    struct rich_text rich = {g_string_new(text), g_array_new(FALSE, FALSE, sizeof(struct span))};
    layout_wrap(layout, &rich, "", "", width, style, 0);
    g_string_free(rich.text, TRUE);
    g_array_unref(rich.spans);
}

/* keymap: its key for what changed is named; or NULL. */
static char *
revised_note(const struct article_row *row, const struct keymap *keymap)
{
    int times = row->revisions - 1;
    if (!keymap)
        return g_strdup_printf(ngettext("The portal has changed this text %d time.",
                                        "The portal has changed this text %d times.",
                                        (unsigned long)times),
                               times);
    g_autofree char *note = g_strdup_printf(
        ngettext("The portal has changed this text %d time; {revisions} shows how.",
                 "The portal has changed this text %d times; {revisions} shows how.",
                 (unsigned long)times),
        times);
    return keymap_text(keymap, CONTEXT_READER, note);
}

char *
heading_name(const char *name, int room, const char *ellipsis)
{
    const char *scheme = strstr(name, "://");
    if (!scheme || scheme != name + strcspn(name, ":/ ") || cells_width(name, -1) <= room)
        return cells_ellipsize(name, room, ellipsis);
    return cells_cut_middle(scheme + strlen("://"), room, ellipsis);
}

char *
heading_source(const struct article_row *row, int room, const char *ellipsis)
{
    const char *name = row->source_name, *own = row->source_label;
    /* TRANSLATORS: between a name and what is of it */
    const char *joint = _(": "); /* as store/source-names.c has it */
    g_autofree char *tail = g_strconcat(joint, own, NULL);
    bool apart = strlen(name) > strlen(tail) && g_str_has_suffix(name, tail);
    int width = cells_width(own, -1), between = cells_width(joint, -1);
    if (!apart || room < 8 || cells_width(name, -1) <= room)
        return heading_name(name, room, ellipsis);
    g_autofree char *owner = g_strndup(name, strlen(name) - strlen(tail)),
                    *head = cells_ellipsize(owner, room - between - MIN(width, room / 2), ellipsis),
                    *joined = g_strconcat(head, tail, NULL);
    return cells_ellipsize(joined, room, ellipsis);
}

/* When an article without a date came, by the calendar of who reads. */
static char *
first_seen(const struct article_row *row)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(row->first_seen);
    g_autofree char *day = moment && row->first_seen ? g_date_time_format(moment, "%Y-%m-%d")
                                                     : NULL;
    return day ? g_strdup_printf(_("first seen %s"), day) : g_strdup("");
}

char *
heading_facts(const struct article_row *row, const char *separator)
{
    g_autofree char *date = date_is_known(&row->published) ? heading_date(&row->published)
                                                           : first_seen(row);
    GString *line = g_string_new(NULL);
    add_part(line, separator, date);
    add_part(line, separator, row->publisher);
    add_part(line, separator,
             row->author && g_strcmp0(row->author, row->publisher) ? row->author : NULL);
    add_part(line, separator,
             row->section && g_strcmp0(row->section, row->source_label) ? row->section : NULL);
    add_part(line, separator, row->source_name);
    return g_string_free(line, FALSE);
}

/* "2026-11-10 19:00 – 21:30": of one day the day is said once. */
static char *
time_of_event(const struct event *event)
{
    char *starts = heading_date(&event->starts);
    g_autofree char *ends = heading_date(&event->ends);
    if (!*starts || !*ends)
        return starts;
    gsize day = strlen("2026-11-10 ");
    bool same = strlen(ends) > day && !strncmp(starts, ends, day);
    char *both = g_strdup_printf("%s – %s", starts, same ? ends + day : ends);
    g_free(starts);
    return both;
}

char *
heading_event(const struct article_row *row, const char *separator)
{
    g_autofree char *time = time_of_event(&row->event);
    GString *line = g_string_new(NULL);
    add_part(line, separator, time);
    add_part(line, separator, row->event.place);
    if (line->len) {
        /* TRANSLATORS: when and where an event takes place stands behind it */
        g_autofree char *text = g_strdup_printf(_("Takes place: %s"), line->str);
        g_string_assign(line, text);
    }
    return g_string_free(line, FALSE);
}

char *
heading_notes(const struct article_row *row)
{
    GString *text = g_string_new(NULL);
    if (row->withdrawn) {
        g_autofree char *withdrawn = withdrawal_note(row);
        add_part(text, " ", withdrawn);
    }
    if (row->revised) {
        g_autofree char *revised = revised_note(row, NULL);
        add_part(text, " ", revised);
    }
    return g_string_free(text, FALSE);
}

static bool
is_starred(const GArray *copies, int64_t article)
{
    for (guint i = 0; copies && i < copies->len; i++) {
        const struct edition_copy *copy = &g_array_index(copies, struct edition_copy, i);
        if (copy->article == article)
            return copy->starred;
    }
    return false;
}

/*
 * Its other editions, and which of them have a star: their one row in a list has it, too.  Newly
 * allocated, NULL: there are none.
 */
static char *
editions_of(struct store *store, const struct article_row *row, const struct heading_options *o,
            const char *separator)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autoptr(GPtrArray) editions = counterpart_stored(store, row);
    for (guint i = 0; i < editions->len; i++) {
        const struct stored_edition *e = g_ptr_array_index(editions, i);
        const char *name = heading_language(e->language);
        g_autofree char *starred = !is_starred(o->copies, e->article) ? NULL
                                   : o->star ? g_strdup_printf("%s %s", name, o->star)
                                             /* TRANSLATORS: a language, whose edition has a star */
                                             : g_strdup_printf(_("%s (starred)"), name);
        if (e->article)
            add_part(line, separator, starred ? starred : name);
    }
    return line->len ? g_strdup_printf(_("Also in: %s"), line->str) : NULL;
}

#define ADDRESS_LINES 3 /* of an address: some are a screen long in a narrow terminal */

struct layout *
heading_layout(struct store *store, const struct article_row *row, const struct heading_options *o)
{
    int width = o->width;
    bool ascii = o->ascii;
    AUTO(document_free) struct document *nothing = document_new();
    struct layout_options options = {.width = width};
    struct layout *layout = layout_new(nothing, &options);
    const char *dot = ascii ? " - " : " · ";
    g_autofree char *plain_title = ascii || !raised_is_shown() ? raised_ascii(heading_title(row), 0)
                                                               : NULL;
    wrap(layout, plain_title ? plain_title : heading_title(row), width, LAYOUT_HEADING);
    g_autofree char *facts = heading_facts(row, dot);
    if (*facts)
        wrap(layout, facts, width, LAYOUT_DIM);
    g_autofree char *refused = heading_refused_date(store, row);
    if (refused)
        wrap(layout, refused, width, LAYOUT_DIM);
    g_autofree char *url = o->address && row->link ? url_shown(row->link) : NULL,
                    *shown = url ? cells_ellipsize(url, ADDRESS_LINES * width, ascii ? "~" : "…")
                                 : NULL;
    if (shown)
        wrap(layout, shown, width, LAYOUT_DIM);
    g_autofree char *event = heading_event(row, dot);
    if (*event)
        wrap(layout, event, width, LAYOUT_STRONG);
    g_autofree char *editions = editions_of(store, row, o, dot);
    if (editions)
        wrap(layout, editions, width, LAYOUT_DIM);
    if (row->withdrawn) {
        g_autofree char *note = withdrawal_note(row);
        wrap(layout, note, width, LAYOUT_STRONG);
    }
    g_autofree char *history = withdrawal_history(store, row->id);
    if (history)
        wrap(layout, history, width, LAYOUT_DIM);
    if (row->revised) {
        g_autofree char *text = revised_note(row, o->keymap);
        wrap(layout, text, width, LAYOUT_DIM);
    }
    return layout;
}
