/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a digest is from, what it is called, and what tells it from others. */
#include "config.h"

#include "reader/digest-mail.h"
#include "text/mail.h"

#include <string.h>

#define MAIL_NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

char *
digest_own_address(void)
{
    const char *user = g_get_user_name(), *host = g_get_host_name();
    g_autofree char *whole = g_strdup_printf("crier <%s@%s>", user, host),
                    *address = mail_address(whole);
    return g_strdup(address ? whole : "crier <crier@localhost>");
}

/* The host of an address, for names that are to be this machine's; newly allocated. */
static char *
host_of(const char *address)
{
    const char *at = strrchr(address, '@');
    g_autofree char *host = g_strcanon(g_strdup(at ? at + 1 : ""), MAIL_NAME_CHARS ".", '.');
    g_auto(GStrv) labels = g_strsplit(host, ".", -1);
    GString *out = g_string_new(NULL); /* a literal stands in brackets */
    for (char **label = labels; *label; label++)
        if (**label)
            g_string_append_printf(out, "%s%s", out->len ? "." : "", *label);
    return g_string_free(out->len ? out : g_string_assign(out, "localhost"), FALSE);
}

/* "NAME.digest.HOST": a label, whatever a cursor is called. */
static char *
list_id(const char *cursor, const char *host)
{
    g_autofree char *label = g_strcanon(g_strdup(cursor), MAIL_NAME_CHARS, '-');
    return g_strdup_printf("%s.digest.crier.%s", label, host);
}

char *
digest_mail(struct store *store, const struct digest *digest, const struct digest_envelope *e,
            enum digest_body body, GError **error)
{
    struct digest_style style = {.form = DIGEST_TEXT, .body = body};
    g_autofree char *text = digest_print(store, digest, &style, error);
    style.form = DIGEST_HTML;
    g_autofree char *html = text ? digest_print(store, digest, &style, error) : NULL;
    if (!html)
        return NULL;
    const char *cursor = e->name;
    g_autofree char *from = mail_address(e->from), *host = host_of(from);
    g_autofree char *title = digest_title(digest);
    g_autofree char *subject = e->subject ? g_strdup(e->subject)
                               : cursor   ? g_strdup_printf("%s: %s", cursor, title)
                                          : g_strdup_printf("crier: %s", title);
    /* the same for the same content, so that what is sent twice can be told to be one */
    g_autofree char *all = g_strjoin("\n", cursor ? cursor : "", subject, text, html, NULL),
                    *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1),
                    *id = g_strdup_printf("digest.%.40s@%s", sum, host),
                    *list = cursor ? list_id(cursor, host) : NULL;
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(e->date);
    struct mail mail = {
        .from = e->from,
        .to = e->to,
        .subject = subject,
        .id = id,
        .list = list,
        .date = e->date,
        .offset = local ? (int)(g_date_time_get_utc_offset(local) / G_TIME_SPAN_MINUTE) : 0,
        .text = text,
        .html = html,
    };
    return mail_compose(&mail);
}
