/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the command line and the screen have in common: the store with its sources in step
 * with `urls`, marks that wait when a fetch holds the store, undo.
 */
#pragma once

#include "config/context.h"
#include "config/urls.h"
#include "store/listing.h"
#include "store/marks.h"
#include "store/sources.h"

struct session {
    struct context *context; /* borrowed */
    struct urls *urls;       /* owned */
    struct store *store;     /* owned; NULL without a file of it and without subscriptions */
    bool create;             /* the store is made when there are subscriptions */
    /* there is no file: the store is in memory, and holds the subscriptions alone */
    bool absent;
    bool taken_up;          /* since this was set to false */
    GArray *pending;        /* struct mark_change that could not be written yet */
    GPtrArray *undo, *redo; /* struct undo_step *: undo each step, or do it again; newest last */
};

/*
 * Loads crier.conf and `urls` and opens the store.  One that is not there is made when `create` is
 * true and something is subscribed to; else nothing is made, and a store that --store names must be
 * there.
 */
struct session *session_open(struct context *context, bool create, int timeout_ms, GError **error);
void session_close(struct session *session);
/* What is said of a store for which the disk has no room (store_is_full()), translated. */
const char *session_full_text(const struct session *session);
/*
 * Whether there is room again, and the store, which was only read, has been taken up anew; then
 * taken_up is set, too.  A mark does so on its own.
 */
bool session_take_up(struct session *session);
DEFINE_AUTO_FREE(session, session_close)

/* Reads `urls` again and brings the store into step. */
bool session_reload(struct session *session, GError **error);

/*
 * The same after `urls` was changed: a store that somebody else writes all the time is brought into
 * step by the next command.
 */
bool session_follow(struct session *session, GError **error);

/* An exit status for an error of any room. */
int session_status(const GError *error);

/*
 * Applies changes and remembers how to undo them; what is read in one language is so in all
 * (read.all-editions), which is one step.  When the store is busy they wait and
 * session_flush() tries again; STORE_ERROR_READ_ONLY and others are reported at once.
 */
bool session_mark(struct session *session, const struct mark_change *changes, guint count,
                  GError **error);

/* What undoing, or doing again, has done. */
struct undone {
    guint count;     /* changes; 0: there was nothing to undo */
    guint works;     /* session_count_works() of them */
    int64_t article; /* of the first change; or 0 */
    enum mark mark;  /* of the first change */
    bool on;         /* whether it has that mark now */
    const char *tag; /* of the first change, interned; or NULL */
    bool alike;      /* all of them are the same change */
    bool restored;   /* it was deleted, and is there again */
    char *name;      /* of the source or saved query whose line in `urls` it was; owned, or NULL */
    char *url;       /* of the source, where that is so; owned, or NULL */
    bool group;      /* that source is one of an edition, whose lines those are */
    bool subscribed; /* the line is there again */
};
void undone_clear(struct undone *undone);
bool session_undo(struct session *session, struct undone *undone, GError **error);
bool session_redo(struct session *session, struct undone *undone, GError **error);

/*
 * Takes out of `urls` what has these URLs, or is the saved query "query:TITLE:QUERY", so that it can
 * be undone in one step: the file is what it was then, or where others have changed it, what they
 * wrote and that (urls_put_back()).  name: of the edition that these are; NULL: as the first of
 * them is called.
 */
bool session_unsubscribe(struct session *session, char *const *urls, const char *name,
                         GError **error);
/*
 * Applies a change that the program makes on its own, such as marking an article as read when it is
 * opened: undo leaves it alone and takes back what somebody did before.  In a store that takes no
 * marks nothing is changed, which is no error.
 */
bool session_note(struct session *session, const struct mark_change *change, GError **error);
bool session_flush(struct session *session, GError **error);

/* A row as it will be when the marks that wait for another program are written. */
void session_overlay(const struct session *session, struct article_row *row);
/* Makes a row stand for its other editions, too: before the marks that wait are laid over it. */
void session_join(const struct session *session, struct article_row *row);

/*
 * How many articles marks are of, to people who see an article in several languages as one: each
 * counts once, and so do its editions.
 */
guint session_count_works(const struct session *session, const struct mark_change *changes,
                          guint count);

/* The unread articles of a listing, those that others stand for too: owned int64_t. */
GArray *session_unread_of(const struct session *session, const struct listing *listing,
                          GError **error);
/* How many things articles are, each of which counts once with its editions. */
guint session_works_of(const struct session *session, const GArray *articles);
/* Marks articles as read; *count gets how many changed, *works of what. */
bool session_mark_read(struct session *session, const GArray *articles, guint *count, guint *works,
                       GError **error);

/*
 * Subscribes: a portal's name, with edition and section if given, or a URL.  What it
 * writes into `urls` is "portal:…" or the URL.  An address that a portal reads which is subscribed
 * to is there already, CONFIG_ERROR_EXISTS; anyway: it is subscribed to all the same.
 */
bool session_add(struct session *session, const char *what, const char *title, char *const *tags,
                 bool anyway, GError **error);

/* Whether the text names a portal of the catalogue ("qiqihar/ru"), not a URL. */
bool session_is_portal(const struct session *session, const char *text);
