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
    struct document *document;
    GPtrArray *editions, *attachments, *facts;
    char *next; /* URL of the article's next part, or NULL */
    const char *method; /* "portal", "standard", "structured", "density", "none" */
};

struct article_options {
    const struct portal *portal; /* or NULL */
    const char *edition;         /* its edition's id, or NULL */
    const char *language;        /* the edition's language, or NULL */
    const char *first;           /* the URL of the article's first part, or NULL: this page is it */
    int offset;                  /* minutes east, of dates without zone */
    int64_t now;
};

struct article *article_extract(struct page *page, const struct article_options *options, GError **error);
/* Puts the text, pictures and attachments of a later part behind those of an article. */
void article_append(struct article *article, struct article *part);
void article_free(struct article *article);
DEFINE_AUTO_FREE(article, article_free)

/* The JSON object of `crier extract`, with a final newline. */
char *article_to_json(const struct article *article, const struct page *page);

/* --- the parts, inside this room ---------------------------------------------------- */

/*
 * Applies the rules of a portal file: the fields they give, and for JSON the document.  The
 * body's nodes, empty if no rule selects any; owned by the caller.
 */
GPtrArray *article_apply_rules(struct page *page, const struct portal_article *rules,
                               const struct article_options *options, struct article *article);
/* Takes out the blocks that the rules drop, and all from the one at which they stop. */
void article_cut_blocks(struct document *document, const struct portal_article *rules);

struct linked_data;
char *article_find_title(struct page *page, const struct linked_data *linked);
/* From the standard tags, else the last part of the breadcrumb that is not the title. */
char *article_find_section(struct page *page, const char *title);
/* before: the text above the body; head: the first lines in it. */
bool article_find_date(struct page *page, const char *before, const char *head, const struct linked_data *linked,
                       const struct article_options *options, struct date *out);
/* Date, source, author and labelled facts; body: its first element, or NULL. */
void article_find_facts(struct page *page, struct article *article, const xmlNode *body,
                        const struct linked_data *linked, const struct article_options *options);
void article_find_editions(struct page *page, GPtrArray *editions, const char *own_language);
void article_find_attachments(struct page *page, GPtrArray *attachments, const xmlNode *body);
/* One link, unless it is known. */
void article_add_attachment(struct page *page, GPtrArray *attachments, const xmlNode *link);

/* The elements that hold the body, in order, and how they were found; empty if there is none. */
GPtrArray *article_find_body(struct page *page, const char *title, const struct linked_data *linked, const char **method);
/* Takes out what is no article text: menus, share bars, related links. */
void article_prune(xmlNode *body);

/* Takes furniture out of the imported document, by its words and its place. */
void article_trim(struct article *article, const struct article_options *options);
