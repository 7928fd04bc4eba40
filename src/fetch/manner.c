/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From settings and credentials to the members of a request. */
#include "config.h"

#include "fetch/manner.h"
#include "base/url.h"
#include "fetch/role.h"

#define IN_FLIGHT ((gsize)256 << 20) /* of a command that asks for one thing after the other */

static GPtrArray *
headers_of(const struct settings *settings, const struct settings_subject *subject)
{
    g_autoptr(GPtrArray) stated = settings_headers_for(settings, subject);
    GPtrArray *headers = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < stated->len; i++) {
        const struct header_setting *header = g_ptr_array_index(stated, i);
        if (*header->value)
            g_ptr_array_add(headers, g_strdup_printf("%s: %s", header->name, header->value));
    }
    return headers;
}

struct manner *
manner_new(const struct context *context, const struct settings_subject *subject,
           const struct credentials *credentials, const char *written)
{
    const struct setting_values s = settings_for(context->settings, subject);
    const char *folder = context->config_dir;
    struct manner *manner = g_new0(struct manner, 1);
    manner->written = url_without_login(written, &manner->login);
    if (!manner->login && credentials)
        manner->login = g_strdup(credentials_find(credentials, manner->written));
    manner->secrets = headers_of(context->settings, subject);
    manner->ca_file = setting_path(folder, s.fetch_ca_file);
    manner->client_cert = setting_path(folder, s.fetch_client_cert);
    manner->client_key = setting_path(folder, s.fetch_client_key);
    manner->no_cookies = g_str_equal(s.fetch_cookies, SETTING_COOKIES_NO);
    if (setting_is_cookie_file(s.fetch_cookies))
        manner->cookie_file = setting_path(folder, s.fetch_cookies);
    manner->user_agent = *s.fetch_user_agent ? s.fetch_user_agent : NULL;
    manner->proxy = setting_proxy(s.fetch_proxy);
    manner->timeout = s.fetch_timeout;
    manner->ip = s.fetch_ip == FETCH_IP_4 ? 4 : s.fetch_ip == FETCH_IP_6 ? 6 : 0;
    return manner;
}

void
manner_free(struct manner *manner)
{
    char *strings[] = {manner->written,     manner->login,       manner->ca_file,
                       manner->cookie_file, manner->client_cert, manner->client_key};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_ptr_array_unref(manner->secrets);
    g_free(manner);
}

static gpointer
copy_text(gconstpointer text, gpointer data)
{
    (void)data;
    return g_strdup(text);
}

void
manner_apply(const struct manner *manner, struct request *request)
{
    request->ca_file = g_strdup(manner->ca_file);
    request->user_agent = g_strdup(manner->user_agent);
    request->proxy = g_strdup(manner->proxy);
    request->timeout = manner->timeout;
    request->ip = manner->ip;
    request->no_cookies = manner->no_cookies;
    if (!url_takes_login(manner->written, request->url))
        return;
    request->login = g_strdup(manner->login);
    request->secrets = g_ptr_array_copy(manner->secrets, copy_text, NULL);
    g_ptr_array_set_free_func(request->secrets, g_free);
    request->cookie_file = g_strdup(manner->cookie_file);
    request->client_cert = g_strdup(manner->client_cert);
    request->client_key = g_strdup(manner->client_key);
}

GPtrArray *
manner_files(const struct context *context)
{
    static const enum setting names[] = {SETTING_FETCH_CA_FILE, SETTING_FETCH_CLIENT_CERT,
                                         SETTING_FETCH_CLIENT_KEY, SETTING_FETCH_COOKIES};
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GPtrArray) values = settings_values_of(context->settings, names[i]);
        for (guint j = 0; j < values->len; j++) {
            const char *value = ((const struct setting_value *)g_ptr_array_index(values, j))->text;
            char *path = names[i] != SETTING_FETCH_COOKIES || setting_is_cookie_file(value)
                             ? setting_path(context->config_dir, value)
                             : NULL;
            if (path)
                g_ptr_array_add(files, path);
        }
    }
    return files;
}

struct http *
manner_http(const struct context *context, struct starter *starter, int connections,
            GAsyncQueue *out)
{
    const struct setting_values *s = &context->settings->values;
    g_autoptr(GPtrArray) files = manner_files(context);
    const struct http_options options = {
        .starter = starter,
        .role = ROLE_TRANSFER,
        .connections = connections,
        .host_connections = connections,
        .limits.timeout = s->fetch_timeout,
        .limits.stall = s->fetch_stall,
        .limits.max_size = (gsize)s->fetch_max_size << 20,
        .max_in_flight = IN_FLIGHT,
        .user_agent = s->fetch_user_agent,
        .files = files,
    };
    return http_new(&options, out);
}
