/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries in data: an array of objects that each have something like a name, and a link, a date or
 * an id, whatever their keys are called; found anywhere in JSON, and in XML that is no feed.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

struct record {
    char *title, *link, *date, *summary, *id; /* owned; as they are written, but dates; or NULL */
    bool takes_place;                         /* the date is that of an event */
};

/* Owned struct record *: those of the best array in a value; empty if there is none. */
GPtrArray *records_find(const json_t *root);
GPtrArray *records_new(void);

/* How good a list they are; the best is taken. */
guint records_score(const GPtrArray *records);

/*
 * An XML document as JSON: elements as objects of their attributes and children, those with nothing
 * but text as strings, and what repeats as arrays.  NULL when it is no XML, or HTML.
 */
json_t *records_of_xml(const char *text, gsize length);
