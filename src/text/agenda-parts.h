/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a text is asked for its agenda: the rules of text/agenda.def, and what is found while one is
 * read.  Inside this room only.
 */
#pragma once

#include "text/agenda.h"
#include "text/date-scan.h"

/* What a rule says of its date; of a stretch, of both ends. */
enum meaning {
    VETO,     /* no date that binds */
    DEADLINE, /* a stretch: begins, deadline */
    EVENT,    /* a stretch of days: event, ends */
    BEGINS,   /* a stretch: begins, ends */
    ENDS,
    BOTH,   /* a deadline, and an event then: bids are opened when they are due */
    WITHIN, /* so long after publication a deadline: (?<n>…) and (?<unit>…) */
    AFTER,  /* the same: begins */
    AT_ONCE /* begins when it is published */
};

struct agenda_rule {
    const char *language;
    enum meaning meaning;
    const char *pattern;
};

extern const struct agenda_rule agenda_rules[];
extern const size_t agenda_rule_count;
/* Its pattern, compiled; and which rules a sentence may match, one bool a rule, newly allocated. */
const GRegex *agenda_rule_regex(size_t rule);
bool agenda_has_rules(const char *language);
bool *agenda_rules_for(const char *sentence, const char *language);

/* A pattern in which @ is a date, compiled when it is first asked for. */
const GRegex *agenda_regex(GRegex **where, const char *pattern);

struct agenda_finder {
    GPtrArray *out;       /* struct agenda_date */
    const char *language; /* borrowed; or NULL */
    const struct date_style *style;
    int64_t published, day; /* the latter in days, in the zone of the style */
    enum meaning topic;     /* of the table that is read; VETO: its row says it, or nothing */
};

/* Adds a date unless it is there. */
void agenda_add(struct agenda_finder *finder, enum agenda_role role, const struct date *date,
                bool computed, const char *sentence);
/* A sentence in one line, as it is kept with what it sets; newly allocated. */
char *agenda_evidence(const char *sentence);
int64_t agenda_day(const struct date *date); /* of its own zone, since 1970 */

/* Asks a sentence, with its dates masked; whether a text may have any. */
void agenda_ask(struct agenda_finder *finder, const char *sentence);
bool agenda_may_hold_date(const struct agenda_finder *finder, const char *text);
/* Whether it has a number at all, or a word that makes a date without one: it is no label then. */
bool agenda_has_number(const char *text, const char *language);

/* What a date of a masked sentence is of which no rule speaks, by its number; false: nothing. */
bool agenda_guess(const struct agenda_finder *finder, const char *masked, guint number,
                  const struct date_stretch *date, enum meaning *meaning);

/* The meaning that a rule gives a date, if it can have it as it stands: no event is "until" a day. */
enum meaning agenda_settle(const struct agenda_finder *finder, const char *masked, guint number,
                           const struct date_stretch *date, enum meaning meaning);

/*
 * What the rows of a table are of, by a text above it: the names of its columns and what stands in
 * them do not say it in the same words in each language.  VETO: it does not say.
 */
enum meaning agenda_topic(const char *language, const char *above);
#define AGENDA_LONGEST 1200 /* bytes of a sentence or row that is asked; what is longer is a list */

/*
 * The same of a row, which may say something else, as may the names of its columns (or NULL): what
 * these say is read once a table, and which columns say where, by the rows from its first one on.
 */
struct agenda_columns *agenda_columns_new(const char *language, char *const *names,
                                          const char *rows,
                                          enum meaning topic); /* to be freed by g_free() */
enum meaning agenda_row_topic(const char *language, const struct agenda_columns *columns,
                              const char *row);
unsigned agenda_says(const char *language, const char *text); /* 1 << each meaning of its words */
/* The meaning of hours of a day in such a row, which had one by its own words. */
enum meaning agenda_in_row(const struct agenda_finder *finder, const struct date_stretch *date,
                           enum meaning meaning);

bool agenda_has_cues(const char *language); /* whether anything can be guessed */

/* Asks it for periods that count from publication; whether a text may have any. */
void agenda_ask_for_periods(struct agenda_finder *finder, const char *sentence);
bool agenda_may_hold_period(const char *text, const char *language);
