/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What users write for crier beside urls: the first byte picks crier.conf, a theme, the table of
 * converters or what --set says.  What is taken holds together, what is refused is told.
 */
#include "config.h"

#include "config/context.h"
#include "config/converters.h"
#include "config/header.h"
#include "config/template.h"
#include "fuzz/folder-kit.h"
#include "reader/keymap.h"
#include "ui/theme.h"

static void
check_error(bool fine, const GError *error)
{
    g_assert_true(fine == (error == NULL));
    g_assert_true(!error || (error->domain == CONFIG_ERROR && *error->message));
}

/* All settings have values in their ranges, and their texts give them again. */
static void
check_settings(const struct settings *settings)
{
    AUTO(settings_free) struct settings *again = settings_new();
    for (int i = 0; i < SETTING_COUNT; i++) {
        g_autoptr(GError) error = NULL;
        settings_set(again, NULL, settings_table[i].name, settings_text(settings, (enum setting)i),
                     "test", &error);
        g_assert_no_error(error);
    }
    char *const tags[] = {(char *)"city", NULL};
    const struct settings_subject subject = {"http://city.example/feed", tags, NULL};
    settings_for(settings, &subject);
    g_autoptr(GPtrArray) headers = settings_headers_for(settings, &subject);
    for (guint i = 0; i < headers->len; i++) {
        const struct header_setting *header = g_ptr_array_index(headers, i);
        g_assert_true(header_may_be_set(header->name) && header_is_value(header->value));
    }
}

static void
check_keys(const struct context *context)
{
    g_autoptr(GError) error = NULL;
    struct keymap *keymap = keymap_new(context, &error);
    check_error(keymap != NULL, error);
    if (!keymap)
        return;
    for (int i = 0; i < ACTION_COUNT; i++) {
        g_autofree char *keys = keymap_keys(keymap, CONTEXT_LIST, (enum action)i);
        g_assert_true(g_utf8_validate(keys, -1, NULL));
    }
    g_autoptr(GPtrArray) ways = keymap_continuations(keymap, CONTEXT_LIST, "S");
    g_assert_nonnull(ways);
    keymap_free(keymap);
}

static void
read_conf(struct context *context, const char *text)
{
    folder_write("crier.conf", text);
    g_autoptr(GError) error = NULL;
    bool fine = context_load(context, &error);
    check_error(fine, error);
    check_settings(context->settings);
    check_keys(context);
}

static void
read_theme(const char *text)
{
    struct theme theme;
    g_assert_true(theme_load(&theme, "/dev/null", "default", NULL));
    g_autoptr(GError) error = NULL;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    bool fine = theme_parse(&theme, "x.theme", valid, &error);
    check_error(fine, error);
    static const int colors[] = {0, 8, 16, 256, 1 << 24};
    for (int style = 0; style < STYLE_COUNT; style++) {
        for (size_t c = 0; c < G_N_ELEMENTS(colors); c++) {
            struct look look = theme_look(&theme, (enum style)style, colors[c]);
            g_autofree char *told = theme_describe(&look);
            g_assert_true(*told);
            g_assert_true(colors[c] == 1 << 24 || (look.foreground < MAX(colors[c], 1) &&
                                                   look.background < MAX(colors[c], 1)));
        }
    }
}

static void
read_converters(const char *text)
{
    folder_write("converters", text);
    g_autoptr(GError) error = NULL;
    struct converters *converters = converters_load(folder(), &error);
    check_error(converters != NULL, error);
    if (!converters)
        return;
    for (guint i = 0; i < converters->all->len; i++) {
        const struct converter *c = g_ptr_array_index(converters->all, i);
        g_assert_true(c->name && c->formats && c->formats[0] && c->command && c->command[0]);
        g_assert_cmpint(c->timeout, >, 0);
    }
    g_autofree char *missing = converters_missing(converters, "pdf");
    g_assert_true(!missing || *missing);
    g_assert_null(converters_next(converters, "no-such-format", NULL));
    converters_free(converters);
}

static char *
value_of(const char *name, gpointer data)
{
    (void)data;
    return *name == 'p' ? g_strdup("{page}") : NULL;
}

static void
read_assignment(struct context *context, const char *text)
{
    g_autoptr(GError) error = NULL;
    bool fine = context_set(context, text, &error);
    check_error(fine, error);
    check_settings(context->settings);
    g_autofree char *expanded = template_expand(text, value_of, NULL);
    g_autofree char *unknown = template_unknown_name(text, "page start", 2);
    g_assert_nonnull(expanded);
    g_assert_true(!unknown || !template_has("{page}{start}", unknown));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_setenv("XDG_CONFIG_HOME", "/dev/null", TRUE);
    g_setenv("CRIER_DATADIR", folder(), FALSE);
    struct bytes in = {data, data + size};
    uint8_t kind = bytes_number(&in);
    g_autofree char *text = bytes_until(&in, '\0');
    AUTO(context_free) struct context *context = context_new();
    g_free(context->config_dir);
    context->config_dir = g_strdup(folder());
    switch (kind % 4) {
    case 0:
        read_conf(context, text);
        break;
    case 1:
        read_theme(text);
        break;
    case 2:
        read_converters(text);
        break;
    default:
        read_assignment(context, text);
    }
    return 0;
}
