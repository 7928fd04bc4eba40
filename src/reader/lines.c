/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the objects; their fields are a contract with scripts. */
#include "config.h"

#include "reader/lines.h"
#include "reader/withdrawal.h"
#include "store/articles.h"
#include "text/date.h"

#include <stdlib.h>

json_t *
lines_text(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

json_t *
lines_time(int64_t time)
{
    g_autofree char *text = time ? date_utc(time) : NULL;
    return lines_text(text);
}

char *
lines_line(json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(object);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}

json_t *
lines_article(const struct article_row *row)
{
    json_t *o = json_object(), *tags = json_array();
    g_autofree char *published = row->published.precision == DATE_NONE ? NULL
                                                                       : date_iso(&row->published);
    for (char **tag = row->tags; *tag; tag++)
        json_array_append_new(tags, json_string(*tag));
    json_object_set_new(o, "id", json_integer(row->id));
    json_object_set_new(o, "source", json_integer(row->source));
    json_object_set_new(o, "portal", lines_text(row->portal));
    json_object_set_new(o, "edition", lines_text(row->edition));
    json_object_set_new(o, "section", lines_text(row->section));
    json_object_set_new(o, "language", lines_text(row->language));
    json_object_set_new(o, "title", lines_text(row->title));
    json_object_set_new(o, "link", lines_text(row->link));
    json_object_set_new(o, "author", lines_text(row->author));
    json_object_set_new(o, "published", lines_text(published));
    json_object_set_new(o, "updated", lines_time(row->updated));
    json_object_set_new(o, "first_seen", lines_time(row->first_seen));
    g_autofree char *starts = date_is_known(&row->event.starts) ? date_iso(&row->event.starts)
                                                                : NULL;
    g_autofree char *ends = date_is_known(&row->event.ends) ? date_iso(&row->event.ends) : NULL;
    json_object_set_new(o, "starts", lines_text(starts));
    json_object_set_new(o, "ends", lines_text(ends));
    json_object_set_new(o, "place", lines_text(row->event.place));
    json_object_set_new(o, "unread", json_boolean(row->unread));
    json_object_set_new(o, "starred", json_boolean(row->starred));
    json_object_set_new(o, "tags", tags);
    json_object_set_new(o, "state",
                        lines_text(row->withdrawn ? "withdrawn"
                                   : row->revised ? "revised"
                                   : row->deleted ? "deleted"
                                                  : NULL));
    json_object_set_new(o, "attachments", json_integer(row->attachments));
    json_object_set_new(o, "withdrawn", withdrawal_json(row));
    return o;
}

static const char *
word_of(enum change_kind kind)
{
    static const char *const words[] = {[CHANGE_NEW] = "new",
                                        [CHANGE_REVISED] = "revised",
                                        [CHANGE_WITHDRAWN] = "withdrawn",
                                        [CHANGE_RETURNED] = "returned"};
    return words[kind];
}

static json_t *
number_or_null(int64_t number)
{
    return number ? json_integer(number) : json_null();
}

json_t *
lines_item(struct store *store, const struct digest_item *item, enum digest_body how,
           GError **error)
{
    g_autoptr(GError) why = NULL;
    AUTO(document_free) struct document *body =
        how == DIGEST_NONE ? NULL : articles_document(store, item->row->id, 0, &why);
    if (why && !g_error_matches(why, STORE_ERROR, STORE_ERROR_UNKNOWN)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    json_t *o = json_object();
    json_object_set_new(o, "event", json_string(word_of(item->change.kind)));
    json_t *article = lines_article(item->row);
    json_object_update(o, article);
    json_decref(article);
    struct diff_stat stat = {0};
    bool differs = digest_difference(store, &item->change, &stat);
    g_autofree char *summary = body ? digest_summary(body) : NULL,
                    *text = body && how == DIGEST_FULL ? document_plain(body) : NULL;
    json_object_set_new(o, "summary", lines_text(summary));
    json_object_set_new(o, "revision", number_or_null(item->row->revisions));
    json_object_set_new(o, "previous", number_or_null(item->change.previous));
    const struct {
        const char *name;
        guint count;
    } counts[] = {{"paragraphs_added", stat.blocks_added},
                  {"paragraphs_removed", stat.blocks_removed},
                  {"words_added", stat.words_added},
                  {"words_removed", stat.words_removed}};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        json_object_set_new(o, counts[i].name,
                            differs ? json_integer(counts[i].count) : json_null());
    if (how == DIGEST_FULL)
        json_object_set_new(o, "body", lines_text(text));
    return o;
}

json_t *
lines_end(const struct digest *digest, const char *cursor, const struct changes_place *from,
          const struct changes_place *to)
{
    json_t *o = json_object();
    json_object_set_new(o, "event", json_string("end"));
    json_object_set_new(o, "cursor", lines_text(cursor));
    json_object_set_new(o, "from", json_integer(from->article));
    json_object_set_new(o, "to", json_integer(to->article));
    json_object_set_new(o, "count", json_integer(digest->count));
    for (guint kind = 0; kind < G_N_ELEMENTS(digest->kinds); kind++)
        json_object_set_new(o, word_of(kind), json_integer(digest->kinds[kind]));
    json_object_set_new(o, "older", json_integer(digest->older_count));
    json_object_set_new(o, "more", json_integer(digest->changes.more));
    return o;
}
