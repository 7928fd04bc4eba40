/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of portal files, one table a group: how each is written, checked, kept and freed.
 * Inside this room only.
 */
#pragma once

#include "config/keyfile.h"
#include "config/portal.h"

#include <stddef.h>

enum portal_group {
    GROUP_PORTAL,
    GROUP_PROFILE,
    GROUP_EDITION,
    GROUP_SECTION,
    GROUP_ARTICLE,
    GROUP_TEST
};

/* What the value of a key is, and as what it is kept. */
enum portal_value {
    TEXT, /* char * */
    URL,
    TEMPLATE, /* {page} and its like */
    URL_TEMPLATE,
    CHARSET,
    ZONE,         /* struct date_style: "+08:00", "Europe/Warsaw" */
    ORDER,        /* enum date_order */
    NUMBER,       /* int from min to max */
    FLAG,         /* bool */
    FORMAT,       /* int: html or json */
    KIND,         /* int: feed or list */
    REGEX,        /* GRegex * */
    RULE,         /* struct portal_rule: NAME, NAME.2, NAME.Capture, … */
    NAMES,        /* GHashTable *: Name, Name[zh] */
    HEADERS,      /* GPtrArray * of char *: Header.NAME */
    COUNTERPARTS, /* GHashTable *: Counterpart.LANGUAGE */
    EDITION,      /* the id of one that stands above */
    SAVED_PAGE,   /* a path below $CRIER_CORPORA */
};

struct portal_key {
    const char *name;
    enum portal_value kind;
    size_t offset; /* in the struct that the group fills */
    int min, max;
};

/* The keys of a group; the last has no name. */
const struct portal_key *portal_keys_of(enum portal_group group);

/* A group, or a key of it, on its way into the struct that the group fills. */
struct portal_reader {
    const struct keyfile *file;
    struct portal *portal;
    const char *group;
    const char *key, *value; /* NULL: the group itself */
    GError **error;
};

/* Fills base from a group's keys; false and the reader's error for what is wrong. */
bool portal_keys_read(struct portal_reader *reader, enum portal_group group, void *base);

/* Frees the members that the keys fill. */
void portal_keys_clear(enum portal_group group, void *base);

/* Sets the error with file, line and reason; always false. */
bool portal_read_fail(const struct portal_reader *reader, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* An empty portal, and what is added to it, with the values of what is not stated; copies ids. */
struct portal *portal_new(void);
struct portal_edition *portal_add_edition(struct portal *portal, const char *id);
struct portal_section *portal_add_section(struct portal *portal, const char *id);
struct portal_article *portal_add_article(struct portal *portal);
