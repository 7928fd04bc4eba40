/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading `credentials`: words, then machines of them. */
#include "config.h"

#include "config/credentials.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/url.h"
#include "config/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_BYTES (1 << 20)
#define OTHERS    (S_IRWXG | S_IRWXO)

struct machine {
    char *host;  /* as settings_host() has it */
    int port;    /* 0: that of the scheme */
    bool plain;  /* for http, else for https */
    char *login; /* "user:password" */
};

struct credentials {
    GPtrArray *machines; /* owned struct machine * */
};

static void
machine_free(gpointer data)
{
    struct machine *machine = data;
    g_free(machine->host);
    g_free(machine->login);
    g_free(machine);
}

void
credentials_free(struct credentials *credentials)
{
    g_ptr_array_unref(credentials->machines);
    g_free(credentials);
}

/* --- words -------------------------------------------------------------------------------- */

/* What is left of a text, and where one is. */
struct reader {
    const char *file, *p;
    int line, word_line; /* now; where the last word began */
};

static bool
fail(const struct reader *r, GError **error, const char *why)
{
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: %s"), r->file, r->word_line,
                why);
    return false;
}

static void
skip_blanks(struct reader *r)
{
    for (; g_ascii_isspace(*r->p) || *r->p == '#'; r->p++) {
        if (*r->p == '#')
            r->p += strcspn(r->p, "\n");
        if (*r->p == '\n')
            r->line++;
        if (!*r->p)
            return;
    }
}

static char *
quoted_word(struct reader *r, GError **error)
{
    GString *word = g_string_new(NULL);
    for (r->p++; *r->p && *r->p != '"' && *r->p != '\n'; r->p++) {
        char c = *r->p;
        if (c == '\\' && r->p[1] && r->p[1] != '\n') {
            c = *++r->p;
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
        }
        g_string_append_c(word, c);
    }
    if (*r->p == '"') {
        r->p++;
        return g_string_free(word, FALSE);
    }
    g_string_free(word, TRUE);
    fail(r, error, _("a quotation mark is missing"));
    return NULL;
}

/* The next word; NULL at the end, and with an error. */
static char *
next_word(struct reader *r, GError **error)
{
    skip_blanks(r);
    r->word_line = r->line;
    if (!*r->p)
        return NULL;
    if (*r->p == '"')
        return quoted_word(r, error);
    gsize length = strcspn(r->p, " \t\r\n\f\v");
    r->p += length;
    return g_strndup(r->p - length, length);
}

/* A macro of netrc ends at an empty line. */
static void
skip_macro(struct reader *r)
{
    const char *end = strstr(r->p, "\n\n");
    for (; *r->p && r->p != end; r->p++)
        r->line += *r->p == '\n';
}

/* --- machines ----------------------------------------------------------------------------- */

/* HOST, HOST:PORT, [ADDRESS]:PORT, perhaps behind http://. */
static struct machine *
parse_machine(const char *name)
{
    static const char plain[] = "http://";
    struct machine *machine = g_new0(struct machine, 1);
    machine->plain = g_str_has_prefix(name, plain);
    name += machine->plain ? strlen(plain) : 0;
    const char *bracket = strchr(name, ']'), *colon = strchr(bracket ? bracket : name, ':');
    g_autofree char *host = g_strndup(name, colon ? (gsize)(colon - name) : strlen(name));
    gint64 port = 0;
    bool fine = !colon || number_parse(colon + 1, 1, 65535, &port);
    machine->port = (int)port;
    machine->host = fine && !strchr(host, '*') ? settings_host(host) : NULL;
    if (machine->host)
        return machine;
    machine_free(machine);
    return NULL;
}

/* login, password and account until the next machine. */
static bool
read_login(struct reader *r, struct machine *machine, GError **error)
{
    int line = r->word_line;
    g_autofree char *user = NULL, *password = NULL;
    for (;;) {
        const struct reader before = *r;
        g_autoptr(GError) why = NULL;
        g_autofree char *key = next_word(r, &why), *ignored = NULL;
        char **value = !key                           ? NULL
                       : g_str_equal(key, "login")    ? &user
                       : g_str_equal(key, "password") ? &password
                       : g_str_equal(key, "account")  ? &ignored
                                                      : NULL;
        if (!value) {
            *r = before; /* whoever reads machines says what is wrong with it */
            break;
        }
        g_free(*value);
        *value = next_word(r, error);
        if (!*value)
            return (error && *error) || fail(r, error, _("a value is missing"));
    }
    r->word_line = line;
    if (!user || !password || strchr(user, ':'))
        return fail(r, error, _("a machine has a login, without a colon, and a password"));
    machine->login = g_strconcat(user, ":", password, NULL);
    return true;
}

static bool
read_machine(struct reader *r, GPtrArray *machines, GError **error)
{
    g_autofree char *name = next_word(r, error);
    if (!name)
        return (error && *error) ? false : fail(r, error, _("a value is missing"));
    struct machine *machine = parse_machine(name);
    if (!machine)
        return fail(r, error, _("a machine is written as HOST, HOST:PORT or http://HOST"));
    g_ptr_array_add(machines, machine);
    return read_login(r, machine, error);
}

struct credentials *
credentials_parse(const char *file, const char *text, GError **error)
{
    AUTO(credentials_free) struct credentials *all = g_new0(struct credentials, 1);
    all->machines = g_ptr_array_new_with_free_func(machine_free);
    struct reader r = {file, text, 1, 1};
    g_autoptr(GError) why = NULL;
    bool fine = true;
    while (fine) {
        g_autofree char *word = next_word(&r, &why);
        if (!word)
            break;
        if (g_str_equal(word, "machine"))
            fine = read_machine(&r, all->machines, &why);
        else if (g_str_equal(word, "macdef"))
            skip_macro(&r);
        else if (g_str_equal(word, "default"))
            fine = fail(&r, &why, _("'default' would tell a login to every host"));
        else /* which may be a part of a password */
            fine = fail(&r, &why, _("'machine', 'login' or 'password' should stand here"));
    }
    if (!why)
        return g_steal_pointer(&all);
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}

/* --- the file ----------------------------------------------------------------------------- */

static bool
refuse(const char *path, const char *why, GError **error)
{
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot read '%s': %s"), path, why);
    return false;
}

/* Whether the open file is one that only the user reads. */
static bool
is_private(int fd, const char *path, GError **error)
{
    struct stat info;
    if (fstat(fd, &info) < 0)
        return refuse(path, g_strerror(errno), error);
    if (!S_ISREG(info.st_mode) || info.st_size > MAX_BYTES)
        return refuse(path, _("it is no file of text"), error);
    if (info.st_uid == geteuid() && !(info.st_mode & OTHERS))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ,
                info.st_uid == geteuid()
                    ? _("'%s' is refused: others may read or write it; 'chmod 600' keeps it yours")
                    : _("'%s' is refused: it belongs to another user"),
                path);
    return false;
}

static struct credentials *
read_open(int fd, const char *path, GError **error)
{
    if (!is_private(fd, path, error))
        return NULL;
    g_autofree char *text = g_malloc(MAX_BYTES + 1);
    gssize length = file_read_all(fd, text, MAX_BYTES);
    if (length < 0) {
        refuse(path, g_strerror(errno), error);
        return NULL;
    }
    text[length] = '\0';
    struct credentials *credentials = credentials_parse(path, text, error);
    memset(text, 0, (gsize)length);
    return credentials;
}

struct credentials *
credentials_load(const char *config_dir, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "credentials", NULL);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return credentials_parse(path, "", error);
    if (fd < 0) {
        refuse(path, g_strerror(errno), error);
        return NULL;
    }
    struct credentials *credentials = read_open(fd, path, error);
    close(fd);
    return credentials;
}

/* Whether what is sent there stays in this machine. */
static bool
is_loopback(const char *host)
{
    return g_str_equal(host, "localhost") || g_str_equal(host, "::1") ||
           (g_str_has_prefix(host, "127.") && g_hostname_is_ip_address(host));
}

const char *
credentials_find(const struct credentials *credentials, const char *url)
{
    g_autofree char *host = url_host(url), *authority = url_authority(url);
    if (!host || !url_is_web(url))
        return NULL;
    bool plain = !g_ascii_strncasecmp(url, "http:", strlen("http:"));
    const char *bracket = strchr(authority, ']'),
               *colon = strchr(bracket ? bracket : authority, ':');
    gint64 port = plain ? 80 : 443;
    if (colon && colon[1] && !number_parse(colon + 1, 1, 65535, &port))
        return NULL;
    for (guint i = 0; i < credentials->machines->len; i++) {
        const struct machine *m = g_ptr_array_index(credentials->machines, i);
        bool scheme = m->plain == plain || (plain && is_loopback(host));
        gint64 own = m->port ? m->port : plain ? 80 : 443;
        if (scheme && own == port && g_str_equal(m->host, host))
            return m->login;
    }
    return NULL;
}
