/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether an article is still there: when its page was asked for last, the signs that its portal
 * has taken it away, what was believed of them, and that it came back.
 *
 * A sign is doubted first, and believed when it is seen again some time later (fetch/presence.h
 * says how long).  The table `rechecks` has the moment of the last asking, the doubt, and since
 * when there is another title; what was believed is a row of `changes` with its evidence, which
 * stays when the article is back, as does that it is.  A sign of the page is refuted by the page,
 * one of the list by the list.
 */
#pragma once

#include "base/auto.h"
#include "store/store.h"
#include "store/withdrawal.h"

/* Instead of how long a sign has to be there: it may be a fault, and is only looked at again. */
#define WITHDRAWAL_NEVER (-1)

/*
 * A sign was seen at `now`, be it of a page that was asked for or of a list.  It is believed
 * `after` seconds from the first one on that could be believed, whatever that one was.
 */
bool withdrawals_take_sign(struct store *store, int64_t article, const struct withdrawal_sign *sign,
                           int64_t after, int64_t now, GError **error);

/* Its page was asked for, and nothing can be said of it. */
bool withdrawals_asked(struct store *store, int64_t article, int64_t now, GError **error);

/*
 * It has another title, of which its page may say more.  It is wanted until it answers, unless it
 * has at `now`.
 */
bool withdrawals_want_page(struct store *store, int64_t article, int64_t now, GError **error);

/*
 * Before it is written that its page failed at `now`: one that is wanted waits from its first
 * failure on, however long ago the title came.
 */
bool withdrawals_missed_page(struct store *store, int64_t article, int64_t now, GError **error);

/* Its page is there: signs of it are refuted.  unchanged: nothing else is written of that. */
bool withdrawals_saw_page(struct store *store, int64_t article, bool unchanged, int64_t now,
                          GError **error);

/* Its list names it: that it did not is refuted. */
bool withdrawals_saw_listed(struct store *store, int64_t article, const char *place, int64_t now,
                            GError **error);

/* An article whose page is to be asked for again. */
struct recheck {
    int64_t article;
    char *link;
    bool doubted;  /* a sign waits to be seen again */
    bool retitled; /* it has another title since it answered */
};
void recheck_free(gpointer recheck);

/*
 * The pages of a source whose turn has come: doubted ones first, then those that have waited
 * longest; of articles from `since` on (seconds UTC), and those with another title.  Each is asked
 * for at growing intervals.  Owned struct recheck *.
 */
GPtrArray *withdrawals_due(struct store *store, int64_t source, int64_t since, int64_t now);

/* Articles of a source whose pages were seen to be there last, whatever their turn is. */
GPtrArray *withdrawals_witnesses(struct store *store, int64_t source, int limit);

/* The articles (int64_t) of a source that its list was seen to lack. */
GArray *withdrawals_unlisted(struct store *store, int64_t source);

/*
 * What the list of a source named when it was read last, as far as it was in the order of dates:
 * numbers of articles (int64_t), the first first.
 */
GArray *withdrawals_list(struct store *store, int64_t source);
bool withdrawals_put_list(struct store *store, int64_t source, const GArray *articles,
                          GError **error);

/* What is asked of an article that a list lacks. */
struct lacking {
    int64_t published; /* 0: not known */
    char *title;       /* owned */
    bool withdrawn;
    bool elsewhere; /* another source has the same page */
};
bool withdrawals_lacking(struct store *store, int64_t article, struct lacking *lacking);

/* That an article was withdrawn, or came back. */
struct presence {
    bool back;
    int64_t at; /* when it was seen, seconds UTC */
    struct withdrawal_sign sign;
};

/* What is known of an article, the oldest first; owned struct presence *. */
GPtrArray *withdrawals_history(struct store *store, int64_t article);
