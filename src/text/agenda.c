/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text line by line: prose in sentences, labels of what follows, rows of tables. */
#include "config.h"

#include "text/agenda.h"
#include "base/regex.h"
#include "text/agenda-parts.h"
#include "text/date-months.h"
#include "text/date-scan.h"
#include "text/date-zone.h"
#include "text/date.h"
#include "text/language.h"
#include "text/script.h"
#include "text/sentence.h"

#include <string.h>

static const char *const words[AGENDA_ROLES] = {NULL, "deadline", "event", "begins", "ends"};

const char *
agenda_role_word(enum agenda_role role)
{
    return words[role];
}

static void
free_date(gpointer data)
{
    struct agenda_date *date = data;
    g_free(date->sentence);
    g_free(date);
}

/* What stands above a line as its label: short, and without a date of its own. */
#define LABEL_LONGEST 200 /* bytes */

/*
 * How far what stands behind a sentence still says when that begins which the sentence dates:
 * "Начало в 12:00."
 */
static gsize
start_behind(const char *rest)
{
    static GRegex *starts;
    g_autoptr(GMatchInfo) match = NULL;
    int end = 0;
    if (g_regex_match(
            regex_once(
                &starts,
                "^\\s*(?:Начало|Старт|Сбор|Открытие|Start|Starts|Begins|Время|Doors|Time|Polls open|开始时间)"
                "[^.\n]{0,40}?\\d{1,2}(?:[:.]\\d\\d| час\\w*| [ap]\\.?m\\.?)"),
            rest, 0, &match))
        g_match_info_fetch_pos(match, 0, NULL, &end);
    return (gsize)end;
}

static void
read_sentence(struct agenda_finder *finder, const char *label, const char *sentence)
{
    if (strlen(sentence) > AGENDA_LONGEST)
        return;
    if (agenda_may_hold_period(sentence, finder->language))
        agenda_ask_for_periods(finder, sentence);
    if (!agenda_may_hold_date(finder, sentence))
        return;
    bool wide = language_is_of(finder->language, "zh") || language_is_of(finder->language, "ja");
    g_autofree char *whole = label ? g_strconcat(label, wide ? "：" : ": ", sentence, NULL) : NULL;
    agenda_ask(finder, whole ? whole : sentence);
}

/* A line that says nothing itself but what the next one is about: "Срок подачи", "活动时间：" */
static bool
is_label(const char *line, const char *language)
{
    gsize length = strlen(line);
    const char *colon = strchr(line, ':'), *wide = strstr(line, "：");
    bool whole = (colon && colon[1]) || (wide && wide[3]); /* it has its value */
    return length && length <= LABEL_LONGEST && !whole && !agenda_has_number(line, language) &&
           !strchr(".!?", line[length - 1]) && !g_str_has_suffix(line, "。");
}

/* --- tables ------------------------------------------------------------------------------ */

/* with a stop, "12.05" may be a day: hours are whole, or of five minutes */
#define CLOCK \
    "(?:[01]?\\d|2[0-4])(?:(?::\\d\\d|\\.[0-5][05])(?:\\s?[ap]\\.?m\\.?)?|\\s?[ap]\\.?m\\.?)"

/* A cell that is nothing but hours. */
static bool
is_hours(const char *cell)
{
    static GRegex *hours;
    return g_regex_match(
        regex_once(&hours, "^(?:" CLOCK "(?:\\s*(?:[-–—~至]|to|до)\\s*" CLOCK ")?)$"), cell, 0,
        NULL);
}

/* A row with the hours behind the day that they are of: "14 апреля 10:00–11:30: у магазина". */
static char *
row_of(const struct agenda_finder *finder, const char *line)
{
    g_auto(GStrv) cells = g_strsplit(line, "\t", 0);
    GString *out = g_string_new(NULL);
    for (char **cell = cells; *cell; cell++) {
        if (is_hours(*cell))
            continue;
        bool number = out->len && g_ascii_isdigit(out->str[out->len - 1]);
        g_string_append_printf(out, "%s%s", !out->len ? "" : number ? " | " : ": ", *cell);
        g_autoptr(GArray) dates = date_scan(*cell, finder->style, finder->published);
        for (char **other = cells; dates->len == 1 && *other; other++)
            if (is_hours(*other) &&
                !date_is_known(&g_array_index(dates, struct date_stretch, 0).to))
                g_string_append_printf(out, " %s", *other);
    }
    return g_string_free(out, FALSE);
}

/* What a table is about, which each of its rows is asked with: what stands above it, its head. */
static char *
head_of(const char *label, const char *line)
{
    char *head = g_strconcat(label ? label : "", label ? ": " : "", line, NULL);
    return g_strdelimit(head, "\t", ' ');
}

/* What the lines above say of the next one. */
struct above {
    char *title;                    /* the first line, or NULL */
    char *label;                    /* a short line, or NULL */
    char *prose;                    /* one that is none, right above a table; or NULL */
    char *head;                     /* of the table that is being read, or NULL */
    char **names;                   /* of its columns, or NULL */
    struct agenda_columns *columns; /* or NULL: none of its rows has been asked */
};

static void
forget_table(struct above *above)
{
    g_clear_pointer(&above->head, g_free);
    g_clear_pointer(&above->names, g_strfreev);
    g_clear_pointer(&above->columns, g_free);
}

/* A row as one says it: "Day: 16 October, Hours: 8:00–14:00"; NULL: the head is of other columns. */
static char *
words_of(const struct above *above, const char *line)
{
    g_auto(GStrv) cells = g_strsplit(line, "\t", 0);
    if (!above->names || g_strv_length(cells) != g_strv_length(above->names))
        return NULL;
    GString *out = g_string_new(above->label);
    g_string_append(out, above->label ? ": " : "");
    const char *between = "";
    for (guint i = 0; cells[i]; i++) {
        if (!*g_strstrip(cells[i]))
            continue;
        const char *name = above->names[i];
        g_string_append_printf(out, "%s%s%s%s", between, name, *name ? ": " : "", cells[i]);
        between = ", ";
    }
    return g_string_free(out, FALSE);
}

/*
 * What a table is about: the label above it says it, else the title, unless what stands between
 * says something else.
 */
static enum meaning
topic_of(const struct agenda_finder *finder, const struct above *above)
{
    const char *near = above->label ? above->label : above->prose;
    enum meaning said = near ? agenda_topic(finder->language, near) : VETO,
                 title = above->title ? agenda_topic(finder->language, above->title) : VETO;
    /* what people are asked for beside does not say another thing: "keep some water in reserve" */
    bool asks = !above->label && said == DEADLINE && title != VETO &&
                agenda_says(finder->language, near) & 1u << title;
    return above->label && said != VETO            ? said
           : said == VETO || said == title || asks ? title
                                                   : VETO;
}

/* Reads a line of a table; rows: the text from it on. */
static void
read_row(struct agenda_finder *finder, struct above *above, const char *line, const char *rows)
{
    if (!agenda_has_number(line, finder->language)) {
        forget_table(above);
        above->head = head_of(above->label, line);
        above->names = g_strsplit(line, "\t", 0);
        for (char **name = above->names; *name; name++)
            g_strstrip(*name);
        return;
    }
    if (strlen(line) > AGENDA_LONGEST || !agenda_may_hold_date(finder, line))
        return;
    g_autofree char *row = row_of(finder, line);
    guint known = finder->out->len;
    if (!above->columns)
        above->columns =
            agenda_columns_new(finder->language, above->names, rows, topic_of(finder, above));
    finder->topic = agenda_row_topic(finder->language, above->columns, line);
    read_sentence(finder, above->head ? above->head : above->label, row);
    finder->topic = VETO;
    g_autofree char *told = words_of(above, line);
    for (guint i = known; told && i < finder->out->len; i++) {
        struct agenda_date *date = g_ptr_array_index(finder->out, i);
        g_free(date->sentence);
        date->sentence = agenda_evidence(told);
    }
}

static void
read_prose(struct agenda_finder *finder, struct above *above, const char *line)
{
    /* a label is of what stands alone in the next line */
    const char *label = strlen(line) <= LABEL_LONGEST ? above->label : NULL;
    if (agenda_may_hold_date(finder, line) || agenda_may_hold_period(line, finder->language)) {
        for (const char *end, *p = line; *p; p = end, label = NULL) {
            end = sentence_end(p);
            end += start_behind(end);
            g_autofree char *sentence = g_strstrip(g_strndup(p, (gsize)(end - p)));
            read_sentence(finder, label, sentence);
        }
    }
    g_clear_pointer(&above->label, g_free);
    g_free(above->prose);
    above->prose = g_strdup(line);
    forget_table(above);
    if (!is_label(line, finder->language))
        return;
    gsize colon = g_str_has_suffix(line, "：") ? strlen("：") : g_str_has_suffix(line, ":") ? 1 : 0;
    above->label = g_strndup(line, strlen(line) - colon);
}

GPtrArray *
agenda_find(const char *text, const char *language, const struct date_style *style,
            int64_t published)
{
    g_autofree char *by = script_language(language, text);
    struct agenda_finder finder = {
        g_ptr_array_new_with_free_func(free_date), by, style, published, 0, VETO};
    struct date_style own = *style; /* "des 16." is a day in Norwegian alone */
    if (!own.language && by)
        own.language = date_language(by);
    finder.style = &own;
    struct date date = {.time = published, .offset = (int16_t)date_style_offset(style, published)};
    finder.day = agenda_day(&date);
    struct above above = {0};
    bool any = by && agenda_has_rules(by) &&
               (agenda_may_hold_date(&finder, text) || agenda_may_hold_period(text, by));
    while (any && *text && finder.out->len < AGENDA_MAX) {
        gsize length = strcspn(text, "\n");
        g_autofree char *line = g_strstrip(g_strndup(text, length));
        if (*line && !above.title)
            above.title = g_strdup(line);
        if (strchr(line, '\t'))
            read_row(&finder, &above, line, text);
        else if (*line)
            read_prose(&finder, &above, line);
        text += length + (text[length] != '\0');
    }
    g_free(above.title);
    g_free(above.label);
    g_free(above.prose);
    forget_table(&above);
    return finder.out;
}
