/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the worker's commands share: reading input with a cap, errors as JSON, their fences. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "base/url.h"
#include "fence/fence.h"
#include "portal/endpoints.h"
#include "text/charset.h"
#include "worker/commands.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define INPUT_CAP (256u << 20)

void
sandbox_enter(void)
{
#ifdef PR_SET_NO_NEW_PRIVS
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

void
worker_fence_parse(void)
{
    json_object_seed(0); /* from a device that it would open later */
    /* where Landlock does not say which files, none is opened any more */
    const struct fence_state could = fence_available();
    if (could.seccomp && !could.landlock)
        charset_keep_converters();
    worker_bound(NULL);
    fence_enter(FENCE_PARSE, NULL);
}

void
worker_enclose(const struct context *context, unsigned places, const char *const *read,
               const char *const *write)
{
    context_enclose(context, FENCE_WRITE, places, read, write);
}

char **
worker_files(const GPtrArray *urls)
{
    GStrvBuilder *files = g_strv_builder_new();
    for (guint i = 0; i < urls->len; i++) {
        const char *url = g_ptr_array_index(urls, i);
        g_autofree char *path = g_ascii_strncasecmp(url, "file:", strlen("file:"))
                                    ? NULL
                                    : g_filename_from_uri(url, NULL, NULL);
        if (path)
            g_strv_builder_add(files, path);
    }
    char **list = g_strv_builder_end(files);
    g_strv_builder_unref(files);
    return list;
}

char *
worker_read(const char *path, gsize *length)
{
    bool standard = g_str_equal(path, "-");
    FILE *file = standard ? stdin : fopen(path, "rb");
    if (!file) {
        message_error(_("cannot read '%s': %s"), path, g_strerror(errno));
        return NULL;
    }
    GByteArray *bytes = g_byte_array_new();
    char buffer[65536];
    size_t got;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0 && bytes->len <= INPUT_CAP)
        g_byte_array_append(bytes, (const guint8 *)buffer, (guint)got);
    bool failed = ferror(file) != 0;
    int why = errno;
    if (!standard)
        fclose(file);
    if (failed || bytes->len > INPUT_CAP) {
        if (failed)
            message_error(_("cannot read '%s': %s"), path, g_strerror(why));
        else
            message_error(_("'%s' is larger than %d MiB"), path, (int)(INPUT_CAP >> 20));
        g_byte_array_unref(bytes);
        return NULL;
    }
    *length = bytes->len;
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    return (char *)g_byte_array_free(bytes, FALSE);
}

void
worker_propose_endpoints(const struct page *page, const char *url)
{
    g_autoptr(GPtrArray) endpoints = endpoints_find(page);
    for (guint i = 0; i < endpoints->len; i++) {
        g_autofree char *shown = url_public(g_ptr_array_index(endpoints, i));
        /* TRANSLATORS: the first %s is the page, the second an address that may be a source */
        message_warning(_("%s: its scripts take data from %s, which may be added in its place"),
                        url, shown);
    }
}

int
worker_print_error(const char *code, const char *message)
{
    g_autofree char *clean = g_utf8_make_valid(message, -1);
    json_t *o = json_pack("{s:{s:s,s:s}}", "error", "code", code, "message", clean);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    print_rawf("%s\n", text);
    free(text);
    return STATUS_SOME;
}
