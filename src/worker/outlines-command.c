/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `outlines FORMAT FILE|-`, for `crier import`: the subscriptions in another reader's file, a line
 * of JSON each (config/outline.h).  FORMAT: auto, opml, urls, newsboat, sfeedrc or state.  Of state
 * the first line is MARK_LINE_FORMAT, and the others are marks (config/mark-line.h).
 */
#include "config.h"

#include "base/clean.h"
#include "base/detail.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "config/mark-line.h"
#include "config/outline.h"
#include "feed/opml.h"
#include "portal/rule.h"
#include "worker/commands.h"

#include <string.h>

/*
 * Makes portal files of the rules, whose XPaths are tried first: where one is none the outline is
 * refused, unless it is one of crier's own and its portal file may be there.
 */
static void
make_portal(struct outline *outline)
{
    for (int i = 0; i < OUTLINE_RULES && !outline->json; i++) {
        g_autofree char *why = outline->rules[i] && i != OUTLINE_ITEM_FORMAT
                                   ? rule_xpath_fault(outline->rules[i])
                                   : NULL,
                        *name = outline_rule_attribute((enum outline_rule)i, false);
        g_autofree char *detail = why ? g_strdup_printf("%s: %s: %s", name, outline->rules[i], why)
                                      : NULL,
                        *shown = why ? detail_shown(detail) : NULL;
        if (why && !outline->page)
            outline_refuse(outline, "%s", shown);
        if (why)
            return;
    }
    if (outline->rules[OUTLINE_ITEM] && !outline->why)
        outline_make_portal(outline);
}

static GPtrArray *
read_opml(const char *name, const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    AUTO(opml_free) struct opml *opml = opml_parse(bytes, length, &error);
    if (!opml) {
        message_error(_("'%s': %s"), name, _(error->message));
        return NULL;
    }
    if (opml->too_deep) {
        g_autofree char *what = g_strdup_printf(
            _("folders that lie deeper in each other than %d are left out"), OPML_MAX_DEPTH);
        message_warning(_("'%s': %s"), name, what);
    }
    for (guint i = 0; i < opml->outlines->len; i++)
        make_portal(g_ptr_array_index(opml->outlines, i));
    return g_steal_pointer(&opml->outlines);
}

static bool
is_text(const char *name, const char *bytes, gsize length)
{
    bool text = strlen(bytes) == length;
    if (!text)
        message_error(_("'%s' is no text file: there is a NUL byte in it"), name);
    return text;
}

static GPtrArray *
read_text(const char *name, const char *format, const char *text, gsize length)
{
    if (!is_text(name, text, length))
        return NULL;
    return g_str_equal(format, "sfeedrc") ? outlines_of_sfeedrc(text)
                                          : outlines_of_urls(text, true);
}

/* Marks as they can be believed; a line that is none is told and left out. */
static int
print_marks(const char *name, const char *bytes)
{
    int number = 0, bad = 0, first = 0;
    print_raw(MARK_LINE_FORMAT "\n");
    for (const char *p = bytes; *p; number++) {
        gsize length = strcspn(p, "\n");
        g_autofree char *text = g_strndup(p, length);
        p += length + (p[length] == '\n');
        if (text_is_blank(text))
            continue;
        struct mark_line *line = mark_line_from_json(text);
        g_autofree char *json = line ? mark_line_to_json(line) : NULL;
        if (line)
            mark_line_free(line);
        else if (!bad++)
            first = number + 1;
        print_raw(json ? json : "");
    }
    if (bad) {
        g_autofree char *what =
            g_strdup_printf(ngettext("%d line holds no marks, line %d",
                                     "%d lines hold no marks, the first is line %d", bad),
                            bad, first);
        message_warning(_("'%s': %s"), name, what);
    }
    return STATUS_OK;
}

int
worker_outlines(struct context *context, int argc, char **argv)
{
    (void)context;
    gsize length;
    g_autofree char *bytes = argc == 3 ? worker_read(argv[2], &length) : NULL;
    if (!bytes)
        return STATUS_USAGE;
    worker_fence_parse();
    const char *name = argv[2],
               *format = g_str_equal(argv[1], "auto") ? outlines_guess(bytes) : argv[1];
    if (g_str_equal(format, "state"))
        return is_text(name, bytes, length) ? print_marks(name, bytes) : STATUS_USAGE;
    if (length > OUTLINES_MAX_BYTES) {
        message_error(_("'%s' is larger than %d MiB"), name, OUTLINES_MAX_BYTES >> 20);
        return STATUS_USAGE;
    }
    g_autoptr(GPtrArray) outlines = g_str_equal(format, "opml")
                                        ? read_opml(name, bytes, length)
                                        : read_text(name, format, bytes, length);
    if (!outlines)
        return STATUS_USAGE;
    if (outlines->len > OUTLINES_MAX) {
        g_autofree char *what =
            g_strdup_printf(_("there are more than %d subscriptions in it"), OUTLINES_MAX);
        message_error(_("'%s': %s"), name, what);
        return STATUS_USAGE;
    }
    for (guint i = 0; i < outlines->len; i++) {
        g_autofree char *line = outline_to_json(g_ptr_array_index(outlines, i));
        print_raw(line);
    }
    return STATUS_OK;
}
