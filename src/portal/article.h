/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article page -> its article.  In order: the portal file's rules, the tags of China's
 * government web standard, structured data, known containers, then text density, then the
 * documents and pictures that are all that it has.  A page without any of these is an error
 * that says why (portal/reason.h), never filled with its footer.
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
/*
 * What came instead of a page, when it is a file: an article that has it as its attachment, or as its picture.
 * NULL when the bytes may be a page, or nobody knows where they came from; language may be NULL.
 */
bool article_is_file(const char *bytes, gsize length, const char *content_type, const char *url);
struct article *article_of_file(const char *bytes, gsize length, const char *content_type, const char *url, const char *language);
/* Puts the text, pictures and attachments of a later part behind those of an article. */
void article_append(struct article *article, struct article *part);
void article_free(struct article *article);
DEFINE_AUTO_FREE(article, article_free)

/* The JSON object of `crier extract`, with a final newline. */
char *article_to_json(const struct article *article, const struct page *page);

/* One without anything in it; method "none". */
struct article *article_new(const char *url, const char *language);

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
/* What is linked and shown in frames in and beside the body. */
void article_find_attachments(struct page *page, GPtrArray *attachments, const xmlNode *body);
/* One link, unless it is known. */
void article_add_attachment(struct page *page, GPtrArray *attachments, const xmlNode *link);
/* Whether an element links to, or shows, a document that is no page. */
bool article_is_document(const xmlNode *node);
/*
 * The documents of a measured page without a body: the first one's element, or NULL.  *around: what holds
 * them and text of at least that weight, or NULL.
 */
const xmlNode *article_find_documents(struct page *page, GPtrArray *attachments, guint least, xmlNode **around);
/* The pictures of such a page, put into the document; false when it has none. */
bool article_find_pictures(struct page *page, struct document *document);

/* The elements that hold the body, in order, and how they were found; empty if there is none. */
GPtrArray *article_find_body(struct page *page, const char *title, const struct linked_data *linked, const char **method);
/* Takes out what is no article text: menus, share bars, related links. */
void article_prune(xmlNode *body);

/* Takes furniture out of the imported document, by its words and its place. */
void article_trim(struct article *article, const struct article_options *options);
