/* SPDX-License-Identifier: GPL-3.0-or-later */
/* minisign and gpg: what they are told, and what is believed of what they say. */
#include "config.h"

#include "reader/signature.h"
#include "base/i18n.h"
#include "config/settings.h"

#include <string.h>

#define MINISIGN    "minisign:"
#define GPG         "gpg:"
#define FINGERPRINT 40 /* digits, at least */
#define PUBLIC_KEY  56 /* characters of one of minisign, "RW…" */

void
signature_clear(struct signature *s)
{
    g_clear_pointer(&s->key, g_free);
}

/* A fingerprint without blanks, in capitals; NULL for what is none. */
static char *
fingerprint_of(const char *text)
{
    GString *digits = g_string_new(NULL);
    for (; *text; text++)
        if (g_ascii_isxdigit(*text))
            g_string_append_c(digits, g_ascii_toupper(*text));
        else if (*text != ' ')
            break;
    bool whole = !*text && digits->len >= FINGERPRINT;
    return g_string_free(digits, !whole);
}

bool
signature_parse(const char *text, bool to_verify, struct signature *s, GError **error)
{
    *s = (struct signature){.gpg = g_str_has_prefix(text, GPG)};
    const char *key = s->gpg                             ? text + strlen(GPG)
                      : g_str_has_prefix(text, MINISIGN) ? text + strlen(MINISIGN)
                                                         : "";
    s->key = s->gpg && to_verify ? fingerprint_of(key) : g_strdup(key);
    if (s->key && *s->key && *s->key != '-')
        return true;
    if (!*key || s->key)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is not minisign:KEY or gpg:KEY"), text);
    else
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("'%s' is not the whole fingerprint of a key"), key);
    signature_clear(s);
    return false;
}

char *
signature_path(const struct signature *s, const char *file)
{
    return g_strconcat(file, s->gpg ? ".sig" : ".minisig", NULL);
}

static GPtrArray *
words(const char *const *list)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    for (; *list; list++)
        g_ptr_array_add(all, g_strdup(*list));
    g_ptr_array_add(all, NULL);
    return all;
}

GPtrArray *
signature_command(const struct signature *s, const char *file, const char *to)
{
    return s->gpg ? words((const char *const[]){"gpg", "--yes", "--quiet", "--local-user", s->key,
                                                "--output", to, "--detach-sign", "--", file, NULL})
                  : words((const char *const[]){"minisign", "-S", "-s", s->key, "-x", to, "-t",
                                                "crier bundle", "-m", file, NULL});
}

static GPtrArray *
verifier(const struct signature *s, const char *file, const char *beside)
{
    bool key = g_str_has_prefix(s->key, "RW") && strlen(s->key) == PUBLIC_KEY;
    return s->gpg ? words((const char *const[]){"gpg", "--batch", "--status-fd", "1", "--verify",
                                                "--", beside, file, NULL})
                  : words((const char *const[]){"minisign", "-V", "-q", key ? "-P" : "-p", s->key,
                                                "-x", beside, "-m", file, NULL});
}

/*
 * gpg is content with whatever key it knows: a good signature, neither expired nor revoked, of this
 * key or one that belongs to it.  There may be several, of which it tells one after the other.
 */
static bool
names_key(const char *said, const char *key)
{
    static const char *const others[] = {"NEWSIG", "VALIDSIG",  "BADSIG",    "ERRSIG",
                                         "EXPSIG", "EXPKEYSIG", "REVKEYSIG", NULL};
    g_auto(GStrv) lines = g_strsplit(said, "\n", -1);
    bool good = false;
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, " ", -1);
        guint count = g_strv_length(fields);
        if (count < 2 || !g_str_equal(fields[0], "[GNUPG:]"))
            continue;
        if (g_str_equal(fields[1], "VALIDSIG") && good && count > 2 &&
            (g_str_equal(fields[2], key) || g_str_equal(fields[count - 1], key)))
            return true;
        if (g_str_equal(fields[1], "GOODSIG"))
            good = true;
        else if (g_strv_contains(others, fields[1]))
            good = false;
    }
    return false;
}

bool
signature_verify(const struct signature *s, const char *file, const char *beside, GError **error)
{
    g_autoptr(GPtrArray) argv = verifier(s, file, beside);
    g_autofree char *said = NULL, *complaint = NULL;
    int status;
    if (!g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said,
                      &complaint, &status, error))
        return false;
    if (g_spawn_check_wait_status(status, NULL) && (!s->gpg || names_key(said, s->key)))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("the signature is not one of '%s'"),
                s->key);
    return false;
}
