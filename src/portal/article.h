/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article page -> its article.  In order: the portal file's rules, the tags of China's
 * government web standard, structured data, known containers, then text density.  A page
 * without an article's text is an error (PAGE_ERROR_EMPTY), never filled with its footer.
 */
#pragma once

#include "document/document.h"
#include "portal/page.h"
#include "text/date.h"

struct edition_link {
    char *language; /* BCP 47 */
    char *url;
    const char *scope; /* "article" or "home" */
};

struct attachment {
    char *url, *title, *type; /* type: "pdf", … */
};

struct fact { /* a labelled fact that the page prints, as 索引号 */
    char *label, *value;
};

struct article {
    char *url, *title, *source, *author, *section, *language;
    struct date published, updated; /* precision DATE_NONE: the page prints none */
    struct document *document;
    GPtrArray *editions, *attachments, *facts;
    const char *method; /* "portal", "standard", "structured", "density", "none" */
};

struct article_options {
    const struct portal *portal; /* or NULL */
    const char *edition;         /* its edition's id, or NULL */
    const char *language;        /* the edition's language, or NULL */
    int offset;                  /* minutes east, of dates without zone */
    int64_t now;
};

struct article *article_extract(struct page *page, const struct article_options *options, GError **error);
void article_free(struct article *article);
DEFINE_AUTO_FREE(article, article_free)

/* The JSON object of `crier extract`, with a final newline. */
char *article_to_json(const struct article *article, const struct page *page);

/* --- the parts, inside this room ---------------------------------------------------- */

char *article_find_title(struct page *page);
/* From the standard tags, else the last part of the breadcrumb that is not the title. */
char *article_find_section(struct page *page, const char *title);
void article_find_facts(struct page *page, struct article *article, const xmlNode *body,
                        const struct article_options *options);
void article_find_editions(struct page *page, GPtrArray *editions, const char *own_language);
void article_find_attachments(struct page *page, GPtrArray *attachments, const xmlNode *body);

/* The best container of the body, and how it was found; NULL if there is none. */
xmlNode *article_find_body(struct page *page, const char **method);
/* Takes out what is no article text: menus, share bars, related links. */
void article_prune(xmlNode *body);
