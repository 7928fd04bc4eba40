/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a line in words: struck out, code, above the line, asking for a note. */
#include "config.h"

#include "base/i18n.h"
#include "ui/spoken-parts.h"

#include <string.h>

/* --- above and below the line ---------------------------------------------------------------- */

static const char *
power_in_words(const char *inner, char **words)
{
    /* TRANSLATORS: read out right behind a number or a unit: "10 to the power of 6", "m squared";
       with what parts it from that */
    *words = g_strdup_printf(_(" to the power of %s"), inner);
    return g_str_equal(inner, "2") ? _(" squared") : g_str_equal(inner, "3") ? _(" cubed") : *words;
}

/* Whether lowered text reads right where it stands: H₂O, PM₂.₅, x₁. */
static bool
reads_lowered(const char *before, const char *inner)
{
    return *before && !g_ascii_isdigit(*before) && strspn(inner, "0123456789.,") == strlen(inner);
}

/* What is said for a stretch of a text. */
static char *
script_in_words(const struct notes *notes, const char *text, const struct script *script)
{
    const char *inner = script->inner->str;
    char before[2] = {script->start ? text[script->start - 1] : '\0', '\0'};
    gunichar next = g_utf8_get_char(text + script->end);
    const char *gap = g_unichar_isalnum(next) && next < 0x2e80 ? " " : "";
    g_autofree char *asked = notes_asked(notes, text, script), *power = NULL;
    if (asked) {
        /* TRANSLATORS: read out in a text where a footnote belongs */
        g_autofree char *note = g_strdup_printf(_("(note %s)"), asked);
        return g_strconcat(*before == ' ' ? "" : " ", note, gap, NULL);
    }
    if (script->plain || script->kind == SCRIPT_BRACKETED || !*before || *before == ' ')
        return script->kind == SCRIPT_BRACKETED || script->plain
                   ? g_strndup(text + script->start, script->end - script->start)
                   : g_strdup(inner);
    if (script_is_power(text, script))
        return g_strconcat(power_in_words(inner, &power), gap, NULL);
    if (script->kind == SCRIPT_LOWERED && reads_lowered(before, inner))
        return g_strdup(inner);
    g_autofree char *words = g_strdup_printf(script->kind == SCRIPT_RAISED
                                                 /* TRANSLATORS: read out of what stands above or
                                                    below the line */
                                                 ? _("superscript %s")
                                                 : _("subscript %s"),
                                             inner);
    return g_strconcat(" ", words, gap, NULL);
}

/* A line while it is said. */
struct saying {
    const struct layout_line *line;
    const struct notes *notes;
    struct script script; /* the next one; said: up to its end */
    bool any;             /* there is one */
};

static void
find_script(struct saying *s, gsize from)
{
    s->any = script_next(s->line->text, s->line->runs, from, &s->script);
}

/* Bytes [from, to) of the line, with words for what begins in them. */
static void
say_bytes(struct saying *s, GString *out, gsize from, gsize to)
{
    const char *text = s->line->text;
    while (from < to) {
        gsize until = s->any ? MIN(MAX(s->script.start, from), to) : to;
        g_string_append_len(out, text + from, (gssize)(until - from));
        from = until;
        if (!s->any || from >= to)
            break;
        if (from == s->script.start) {
            g_autofree char *words = script_in_words(s->notes, text, &s->script);
            g_string_append(out, words);
        }
        from = MIN(s->script.end, to);
        if (from == s->script.end)
            find_script(s, from);
    }
}

/* --- styles ---------------------------------------------------------------------------------- */

/* A stretch of text in one of the styles that have words, as far as it has come. */
struct stretch {
    guint style; /* LAYOUT_DELETED, LAYOUT_INSERTED, LAYOUT_CODE, or 0 */
    GString *text;
};

/* Whether the sign that ends it is still to come: the number of a link is within it, too. */
static bool
is_open(const struct stretch *stretch)
{
    return stretch->style == LAYOUT_DELETED && g_str_has_prefix(stretch->text->str, "[-") &&
           !g_str_has_suffix(stretch->text->str, "-]");
}

/* Words for what has ended; next: the text that follows. */
static void
end_stretch(struct stretch *stretch, GString *out, const char *next)
{
    const char *text = stretch->text->str;
    gsize length = stretch->text->len;
    if (stretch->style == LAYOUT_DELETED && g_str_has_prefix(text, "[-")) { /* document/form.c */
        text += 2;
        length -= 2 + (g_str_has_suffix(text, "-]") ? 2 : 0);
    }
    g_autofree char *inner = g_strndup(text, length);
    if (stretch->style && *inner)
        g_string_append_printf(out,
                               stretch->style == LAYOUT_DELETED
                                   /* TRANSLATORS: read out in a text, before and behind a part */
                                   ? _("struck out: %s, end")
                                   : stretch->style == LAYOUT_INSERTED ? _("inserted: %s, end")
                                                                       : _("code: %s, end"),
                               inner);
    else
        g_string_append(out, inner);
    if (stretch->style && *inner && *next == ' ') /* what follows is heard apart from it */
        g_string_append_c(out, ',');
    g_string_truncate(stretch->text, 0);
}

/* The style of a run that has words. */
static guint
style_of(const struct layout_run *run, bool code)
{
    return !run                                 ? 0
           : run->style & LAYOUT_DELETED        ? LAYOUT_DELETED
           : run->style & LAYOUT_INSERTED       ? LAYOUT_INSERTED
           : code && (run->style & LAYOUT_CODE) ? LAYOUT_CODE
                                                : 0;
}

char *
spoken_text(const struct notes *notes, const struct layout_line *line, gsize from, gsize to,
            bool code)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GString) inner = g_string_new(NULL), text = g_string_new(NULL);
    struct stretch stretch = {.text = text};
    struct saying saying = {.line = line, .notes = notes, .script = {.inner = inner}};
    find_script(&saying, from);
    gsize at = from;
    for (guint i = 0; i <= line->runs->len && at < to; i++) {
        const struct layout_run *run =
            i < line->runs->len ? &g_array_index(line->runs, struct layout_run, i) : NULL;
        gsize begin = MIN(run ? MAX(run->start, at) : to, to),
              end = MIN(run ? MAX(run->start + run->length, begin) : to, to);
        bool open = is_open(&stretch);
        guint style = open && run ? LAYOUT_DELETED : style_of(run, code);
        if (begin > at && stretch.style && !open) {
            end_stretch(&stretch, out, line->text + at);
            stretch.style = 0;
        }
        say_bytes(&saying, stretch.text, at, begin);
        if (style != stretch.style) {
            end_stretch(&stretch, out, begin < to ? line->text + begin : "");
            stretch.style = style;
        }
        say_bytes(&saying, stretch.text, begin, end);
        at = end;
    }
    end_stretch(&stretch, out, "");
    return g_string_free(out, FALSE);
}
