/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sync asks and says. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/url.h"
#include "sync/run.h"

#include <stdio.h>
#include <unistd.h>

/* As JSON has them; what people read of one, and whether it stands on its own without --verbose. */
static const struct {
    const char *name, *text;
    bool quiet;
} deeds[SYNC_DEEDS] = {
    [SYNC_ADDED_HERE] = {"added-here", N_("added here: %s"), false},
    [SYNC_ADDED_THERE] = {"added-there", N_("added on the server: %s"), false},
    [SYNC_REMOVED_HERE] = {"removed-here", N_("removed here: %s"), false},
    [SYNC_REMOVED_THERE] = {"removed-there", N_("removed on the server: %s"), false},
    [SYNC_MOVED_HERE] = {"moved-here", N_("has the tag of its folder now: %s"), false},
    [SYNC_MOVED_THERE] = {"moved-there", N_("is in the folder of its tag now: %s"), false},
    [SYNC_MISSING_HERE] = {"missing-here", N_("only on the server: %s"), false},
    [SYNC_MISSING_THERE] = {"missing-there", N_("only here: %s"), false},
    [SYNC_GONE_HERE] = {"gone-here", N_("removed here, still on the server (--prune): %s"), false},
    [SYNC_GONE_THERE] = {"gone-there", N_("removed on the server, still here (--prune): %s"),
                         false},
    [SYNC_REFUSED] = {"refused", N_("refused: %s"), false},
    [SYNC_LOCAL] = {"local", N_("stays here, since no server can fetch it: %s"), true},
    [SYNC_UNFETCHED] = {"unfetched", N_("not fetched yet: %s"), true},
};

void
sync_note(struct sync_run *run, enum sync_deed deed, const char *url, const char *folder)
{
    struct sync_line *line = g_new0(struct sync_line, 1);
    line->deed = deed;
    line->url = url_public(url);
    line->folder = g_strdup(folder);
    g_ptr_array_add(run->lines, line);
}

guint
sync_count(const struct sync_run *run, enum sync_deed deed)
{
    guint count = 0;
    for (guint i = 0; i < run->lines->len; i++)
        count += ((const struct sync_line *)g_ptr_array_index(run->lines, i))->deed == deed;
    return count;
}

/* --- asking ----------------------------------------------------------------------------------- */

static const char *
question(enum sync_deed deed, guint count)
{
    switch (deed) {
    case SYNC_ADDED_HERE:
        return ngettext("Add this subscription of the server here?",
                        "Add these subscriptions of the server here?", count);
    case SYNC_ADDED_THERE:
        return ngettext("Add this subscription on the server?",
                        "Add these subscriptions on the server?", count);
    case SYNC_REMOVED_HERE:
        return ngettext("Remove this subscription here, as it was removed on the server?",
                        "Remove these subscriptions here, as they were removed on the server?",
                        count);
    default:
        return ngettext("Remove this subscription on the server, as it was removed here?",
                        "Remove these subscriptions on the server, as they were removed here?",
                        count);
    }
}

bool
sync_asks(const struct sync_run *run, enum sync_deed deed, const GPtrArray *urls)
{
    char line[64];
    if (run->yes || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return run->yes;
    for (guint i = 0; i < urls->len; i++)
        print_textf(stderr, "    %s\n", (const char *)g_ptr_array_index(urls, i));
    /* TRANSLATORS: %s is a question; who answers types y or n, in any language */
    print_textf(stderr, _("%s [y/n] "), question(deed, urls->len));
    fflush(stderr);
    return fgets(line, sizeof line, stdin) && (*line == 'y' || *line == 'Y');
}

/* --- saying ----------------------------------------------------------------------------------- */

static void
print_lines(const struct sync_run *run)
{
    for (guint i = 0; i < run->lines->len; i++) {
        const struct sync_line *line = g_ptr_array_index(run->lines, i);
        if (deeds[line->deed].quiet && !message_verbose)
            continue;
        print_textf(stdout, _(deeds[line->deed].text), line->url);
        print_text(stdout, "\n");
    }
}

static void
print_local(const struct sync_run *run)
{
    guint local = sync_count(run, SYNC_LOCAL), unfetched = sync_count(run, SYNC_UNFETCHED);
    if (local && !message_verbose)
        print_textf(
            stdout,
            ngettext("%u source stays here: no server can fetch it (--verbose names it)\n",
                     "%u sources stay here: no server can fetch them (--verbose names them)\n",
                     local),
            local);
    if (unfetched && !message_verbose)
        print_textf(stdout,
                    ngettext("%u source has not been fetched yet\n",
                             "%u sources have not been fetched yet\n", unfetched),
                    unfetched);
}

static guint
sum(const guint marks[SYNC_FIELDS][2])
{
    return marks[0][0] + marks[0][1] + marks[1][0] + marks[1][1];
}

/* "12 read, 1 unstarred"; empty for none. */
static char *
marks_text(const guint marks[SYNC_FIELDS][2])
{
    static const char *const words[SYNC_FIELDS][2] = {{N_("%u unread"), N_("%u read")},
                                                      {N_("%u unstarred"), N_("%u starred")}};
    GString *text = g_string_new(NULL);
    for (int field = 0; field < SYNC_FIELDS; field++)
        for (int value = 1; value >= 0; value--)
            if (marks[field][value]) {
                g_string_append(text, text->len ? ", " : "");
                g_string_append_printf(text, _(words[field][value]), marks[field][value]);
            }
    return g_string_free(text, FALSE);
}

static void
print_marks(const struct sync_run *run)
{
    const guint(*sent)[2] = run->dry ? run->counts.send : run->sent,
          (*received)[2] = run->dry ? run->counts.receive : run->received;
    g_autofree char *there = marks_text(sent), *here = marks_text(received);
    if (*there)
        print_textf(stdout,
                    run->dry ? _("would be marked on the server: %s\n")
                             : _("marked on the server: %s\n"),
                    there);
    if (*here)
        print_textf(stdout, run->dry ? _("would be marked here: %s\n") : _("marked here: %s\n"),
                    here);
    if (run->refused)
        print_textf(stdout,
                    ngettext("%u mark was refused, and waits\n",
                             "%u marks were refused, and wait\n", run->refused),
                    run->refused);
    guint without = run->counts.items - run->counts.matched;
    if (without)
        print_textf(stdout,
                    ngettext("%u article of the server is not here\n",
                             "%u articles of the server are not here\n", without),
                    without);
    if (!sum(sent) && !sum(received) && !run->refused)
        print_text(stdout, _("all marks are the same on both sides\n"));
}

void
sync_print(const struct sync_run *run, const char *server, const struct problem *problem)
{
    (void)server;
    print_lines(run);
    print_local(run);
    if (!problem)
        print_marks(run);
}

static json_t *
marks_json(const guint marks[SYNC_FIELDS][2])
{
    return json_pack("{s:I,s:I,s:I,s:I}", "read", (json_int_t)marks[SYNC_READ][1], "unread",
                     (json_int_t)marks[SYNC_READ][0], "starred", (json_int_t)marks[SYNC_STARRED][1],
                     "unstarred", (json_int_t)marks[SYNC_STARRED][0]);
}

static json_t *
lines_json(const struct sync_run *run)
{
    json_t *list = json_array();
    for (guint i = 0; i < run->lines->len; i++) {
        const struct sync_line *line = g_ptr_array_index(run->lines, i);
        json_array_append_new(list, json_pack("{s:s,s:s,s:s?}", "url", line->url, "what",
                                              deeds[line->deed].name, "folder", line->folder));
    }
    return list;
}

void
sync_print_json(const struct sync_run *run, const char *server, const struct problem *problem)
{
    g_autofree char *public = url_public(server);
    json_t *o = json_object();
    json_object_set_new(o, "server", json_string(public));
    json_object_set_new(o, "dry_run", json_boolean(run->dry));
    json_object_set_new(o, "items", json_integer(run->counts.items));
    json_object_set_new(o, "matched", json_integer(run->counts.matched));
    json_object_set_new(o, "sent", marks_json(run->dry ? run->counts.send : run->sent));
    json_object_set_new(o, "received", marks_json(run->dry ? run->counts.receive : run->received));
    json_object_set_new(o, "refused", json_integer(run->refused));
    json_object_set_new(o, "waiting", json_integer(sync_log_count(run->store)));
    json_object_set_new(o, "subscriptions", lines_json(run));
    json_object_set_new(o, "error", problem ? problem_json(problem) : json_null());
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    print_rawf("%s\n", text);
    free(text);
}
