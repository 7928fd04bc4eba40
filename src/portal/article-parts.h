/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of extracting an article, a file each.  Inside this room only. */
#pragma once

#include "portal/article-model.h"
#include "portal/linked-data.h"
#include "portal/lines.h"
#include "portal/trail.h"

/*
 * Applies the rules of a portal file: the fields they give, and for JSON the document.  The
 * body's nodes, empty if no rule selects any; owned by the caller.
 */
GPtrArray *article_apply_rules(struct page *page, const struct portal_article *rules,
                               const struct article_options *options, struct article *article);
/* Takes out the blocks that the rules drop, and all from the one at which they stop. */
void article_cut_blocks(struct document *document, const struct portal_article *rules);

/* Where an article's parts stand among the lines of its page. */
struct article_lines {
    GArray *all;        /* owned struct line */
    guint first;        /* the first line in the body; all->len if there is no body */
    guint text;         /* the first line of its prose; all->len if there is none */
    guint end;          /* the line after its last */
    guint body;         /* the line after the body's last, which may hold more */
    const xmlNode *box; /* a form to write comments in within it, or NULL */
    guint title;        /* the first that shows the title; all->len if none does */
    guint below;        /* the line after the last that shows it */
    struct trail trail; /* .count 0: the page has none */
    /* how most of the body looks: what is so too does not stand out */
    struct {
        bool bold, centred;
        guint8 size; /* pixels; the usual, where the markup sets none */
    } usual;
};

/* bodies: its elements in order; there may be none. */
void article_lines_read(struct page *page, const GPtrArray *bodies, struct article_lines *out);
/* Finds the lines that show a title, or NULL, and the trail. */
void article_lines_find(struct page *page, const char *title, struct article_lines *lines);
void article_lines_clear(struct article_lines *lines);
DEFINE_AUTO_CLEAR(article_lines, article_lines_clear)
/* Finds where the text ends in its body. */
void article_lines_end(struct article_lines *lines, const struct article_options *options);
/*
 * Takes out of the body what stands above its title, the title itself, the trail, controls, and
 * what stands below the end.
 */
void article_lines_cut(struct article_lines *lines);

char *article_find_title(struct page *page, const struct linked_data *linked,
                         const struct article_lines *lines, const struct date_style *style);

/* The parts of a page's <title> ("Road closed | Town Daily"), folded. */
struct title_parts {
    GPtrArray *folded; /* char * */
    const char *site;  /* folded: the name of the site, or NULL */
    const char *whole; /* all of it, folded; NULL if there is none */
};
/* The line that looks like a title, how much so, and which it is; NULL for none. */
char *article_title_by_looks(const struct article_lines *lines, const struct title_parts *parts,
                             const struct date_style *style, double *score, guint *line);
/* Whether a line prints when, by whom or from where, as the lines below a title do. */
bool article_is_info(const char *text, const struct date_style *style);
/* Numbers and signs alone, as "[2019-04-12]" is. */
bool article_is_bare_date(const char *text);
/* The same by its label alone ("Source: …"). */
bool article_is_labelled(const char *text);

/* From the standard tags, else the last step of the trail that is not the title. */
char *article_find_section(struct page *page, const char *title, const struct article_lines *lines);

/* All text of the page above its body, in lines. */
char *article_text_above(const struct page *page, const xmlNode *body);
/*
 * When it was published, and when it was changed, as far as the page says.  body: its first
 * element; before: the text between title and body; after: labelled lines at its end; head: the
 * first lines in the body.
 */
void article_find_dates(struct page *page, const xmlNode *body, const char *before,
                        const char *after, const char *head, const struct linked_data *linked,
                        const struct article_lines *lines, const struct article_options *options,
                        struct article *article);
/* Whether a text ends with a label for the day of an event ("Start date:"), no day of publication. */
bool article_is_event_label(const char *text, gsize length);
/* Date, source, author and labelled facts; body: its first element, or NULL. */
void article_find_facts(struct page *page, struct article *article, const xmlNode *body,
                        const struct linked_data *linked, const struct article_lines *lines,
                        const struct article_options *options);

/* The elements that hold the body, in order, and how they were found; empty if there is none. */
GPtrArray *article_find_body(struct page *page, const struct linked_data *linked,
                             const char **method);
/* Puts what stands between the title and the body, and reads like its beginning, before it. */
void article_find_leads(struct page *page, GPtrArray *bodies, const char *title);
/* Takes out what is no article text: menus, share bars, related links. */
void article_prune(xmlNode *body);

/* Whether an element is a form in a body of some weight, and not the one around the page. */
bool article_is_form(const xmlNode *node, guint whole);
/* Whether it belongs to what can be filled in or pressed; form: it is in such a form. */
bool article_is_of_field(const xmlNode *node, bool form, guint whole);

/* Whether a line is one that ends articles: "Related news", "All rights reserved". */
bool article_is_stop(const char *text);
/*
 * Takes boilerplate out of the imported document, by its words and its place; titled: what stands
 * above the title is known, and gone.
 */
void article_trim(struct article *article, bool titled, const struct article_options *options);
