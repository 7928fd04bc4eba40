/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes to text to a feed: decodes the document and chooses the reader for it. */
#include "config.h"

#include "feed/feed.h"
#include "base/i18n.h"
#include "feed/feed-dates.h"
#include "feed/ical-lines.h"
#include "feed/json-feed.h"
#include "feed/root.h"
#include "feed/xml-feed.h"

#include <string.h>

#define MAX_DECODED (96u << 20) /* bytes of text that is not in the document as it is */

/* JSON from where it begins. */
static bool
read_json(struct feed *feed, const char *text, const char *root, gsize length,
          const struct feed_options *options, GError **error)
{
    const char *first = text;
    while (g_ascii_isspace(*first))
        first++;
    if (root > first)
        feed_warn(feed, "malformed", 1, "something stands before the JSON");
    return json_feed_read(feed, root, length - (gsize)(root - text), options, error);
}

static bool
read_text(struct feed *feed, const char *text, gsize length, const struct feed_options *options,
          GError **error)
{
    const char *json = root_of_json(text, length);
    if (json)
        return read_json(feed, text, json, length, options, error);
    g_autoptr(GError) why = NULL;
    if (xml_feed_read(feed, text, length, options, &why))
        return true;
    json = why->code == FEED_ERROR_NOT_A_FEED ? root_of_json_behind(text, length) : NULL;
    if (json && read_json(feed, text, json, length, options, NULL))
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

struct feed *
feed_parse(const char *bytes, gsize length, const struct feed_options *options, GError **error)
{
    gsize blank = 0;
    while (blank < length && (g_ascii_isspace(bytes[blank]) || !bytes[blank]))
        blank++;
    if (blank == length) {
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_EMPTY, N_("the document is empty"));
        return NULL;
    }
    const char *calendar = options->calendars ? ical_begin(bytes, length) : NULL;
    g_autofree char *unfolded = NULL;
    bool junk = calendar && calendar > bytes + blank && memcmp(bytes, "\xEF\xBB\xBF", 3);
    if (calendar) {
        unfolded = ical_unfold(calendar, length - (gsize)(calendar - bytes), &length);
        bytes = unfolded;
    }
    AUTO(charset_text_clear) struct charset_text decoded = {0};
    charset_decode(bytes, length, &options->charset, &decoded);
    AUTO(feed_free) struct feed *feed = feed_new();
    if (decoded.owned && decoded.length > MAX_DECODED) {
        g_set_error_literal(error, FEED_ERROR, FEED_ERROR_LIMIT,
                            N_("its text is longer than 96 MiB"));
        return NULL;
    }
    feed->encoding = g_strdup(decoded.encoding);
    feed->encoding_evidence = g_strdup(decoded.evidence);
    if (decoded.malformed)
        feed_warn(feed, "encoding", 0, "%u malformed sequences (%s)", decoded.malformed,
                  decoded.evidence);
    else if (decoded.overruled)
        feed_warn(feed, "encoding", 0, "the declaration is wrong (%s)", decoded.evidence);
    if (junk)
        feed_warn(feed, "malformed", 1, "something stands before the calendar");
    if (calendar) {
        options->calendars(feed, decoded.text, decoded.length, options);
        return g_steal_pointer(&feed);
    }
    feed_dates_begin(feed, decoded.text, decoded.length, options);
    bool read = read_text(feed, decoded.text, decoded.length, options, error);
    feed_dates_end(feed);
    return read ? g_steal_pointer(&feed) : NULL;
}
