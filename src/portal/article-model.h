/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as a page has it, and what is said of the page where it is looked for. */
#pragma once

#include "document/document.h"
#include "portal/page.h"
#include "text/date.h"
#include "text/event.h"

struct edition_link {
    char *language; /* BCP 47 */
    char *url;
    const char *scope; /* "article" or "home" */
};
void edition_link_free(gpointer link);

struct attachment {
    char *url, *title, *type; /* type: "pdf", … */
};

struct fact { /* a labelled fact that the page prints, as 索引号 */
    char *label, *value;
};

struct article {
    char *url, *title, *source, *author, *section, *language;
    struct date published, updated; /* precision DATE_NONE: the page prints none */
    struct event event;             /* what the page is about, if that takes place */
    struct document *document;
    GPtrArray *editions, *attachments, *facts;
    char *number;       /* of the document that it is, as the page labels it, or NULL */
    char *next;         /* URL of the article's next part, or NULL */
    const char *method; /* "portal", "standard", "structured", "density", "none" */
};

struct article_options {
    const struct portal *portal; /* or NULL */
    const char *edition;         /* its edition's id, or NULL */
    const char *language;        /* the edition's language, or NULL */
    const char *first;           /* the URL of the article's first part, or NULL: this page is it */
    struct date_style dates;     /* how they are written, as far as it is known */
    int64_t now;
};

/* One without anything in it; method "none". */
struct article *article_new(const char *url, const char *language);
/* Puts the text, pictures and attachments of a later part behind those of an article. */
void article_append(struct article *article, struct article *part);
void article_free(struct article *article);
DEFINE_AUTO_FREE(article, article_free)
