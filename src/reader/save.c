/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing an article, or an attachment that is kept, to a file. */
#include "config.h"

#include "reader/save.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/url.h"
#include "document/layout.h"
#include "reader/heading.h"
#include "reader/outside.h"
#include "reader/page.h"
#include "store/articles.h"
#include "store/files.h"

#include <errno.h>
#include <string.h>

#define NAME_MAX_BYTES 120
#define TEXT_WIDTH     80

char *
save_name(const char *title, const char *extension)
{
    GString *name = g_string_new(NULL);
    g_autofree char *valid = g_utf8_make_valid(title, -1);
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gsize step = (gsize)(g_utf8_next_char(p) - p);
        if (name->len + step > NAME_MAX_BYTES)
            break;
        if (c == ' ' && !name->len)
            continue;
        if ((c == '.' || c == '-') && !name->len) /* neither hidden nor an option */
            g_string_append_c(name, '_');
        else if (c == '/' || c == '\\' || c == ':' || g_unichar_iscntrl(c))
            g_string_append_c(name, name->len ? '-' : '_');
        else
            g_string_append_len(name, p, (gssize)step);
    }
    g_strchomp(name->str);
    name->len = strlen(name->str);
    if (!name->len)
        g_string_append(name, "article");
    g_string_append(name, extension);
    return g_string_free(name, FALSE);
}

char *
save_name_of_file(const char *url)
{
    g_autofree char *end = g_strndup(url, strcspn(url, "?#"));
    g_autofree char *decoded =
        g_uri_unescape_string(strrchr(end, '/') ? strrchr(end, '/') + 1 : end, NULL);
    g_autofree char *clean = decoded ? text_squeeze(decoded, -1) : g_strdup("");
    return save_name(clean, "");
}

static void
append_layout(GString *out, const struct layout *layout)
{
    for (guint i = 0; i < layout->lines->len; i++)
        g_string_append_printf(
            out, "%s\n", ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
}

static char *
as_text(struct store *store, const struct article_row *row, const struct document *document)
{
    GString *out = g_string_new(NULL);
    AUTO(layout_free) struct layout *head =
        heading_layout(store, row, &(struct heading_options){.width = TEXT_WIDTH});
    append_layout(out, head);
    if (row->link)
        g_string_append_printf(out, "%s\n", row->link);
    g_string_append_c(out, '\n');
    AUTO(layout_free) struct layout *body =
        layout_new(document, &(struct layout_options){.width = TEXT_WIDTH});
    append_layout(out, body);
    for (guint i = 0; i < document->links->len; i++)
        g_string_append_printf(out, "%s[%u] %s\n", i ? "" : "\n", i + 1,
                               (const char *)g_ptr_array_index(document->links, i));
    return g_string_free(out, FALSE);
}

static char *
as_markdown(struct store *store, const struct article_row *row, struct document *document)
{
    AUTO(document_free) struct document *page = page_compose(store, row, document);
    return document_markdown(page);
}

static char *
as_html(struct store *store, const struct article_row *row, struct document *document)
{
    AUTO(document_free) struct document *page = page_compose(store, row, document);
    g_autofree char *begin = page_html_begin(heading_title(row)),
                    *article = page_html_article(row, page);
    return g_strconcat(begin, article, page_html_end, NULL);
}

char *
save_render(struct store *store, const struct article_row *row, enum save_format format,
            GError **error)
{
    AUTO(document_free) struct document *document = articles_document(store, row->id, 0, error);
    if (!document)
        return NULL;
    document_link_pictures(document);
    return format == SAVE_MARKDOWN ? as_markdown(store, row, document)
           : format == SAVE_HTML   ? as_html(store, row, document)
                                   : as_text(store, row, document);
}

enum save_format
save_format_of(const char *path)
{
    g_autofree char *name = g_ascii_strdown(path, -1);
    return g_str_has_suffix(name, ".md")     ? SAVE_MARKDOWN
           : g_str_has_suffix(name, ".html") ? SAVE_HTML
                                             : SAVE_TEXT;
}

bool
save_article(struct store *store, const struct article_row *row, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST, _("'%s' exists already"), path);
        return false;
    }
    g_autofree char *text = save_render(store, row, save_format_of(path), error);
    return text && outside_save(path, text, strlen(text), error);
}

/* --- attachments -------------------------------------------------------------------------- */

bool
save_attachment(struct store *store, const char *url, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST, _("'%s' exists already"), path);
        return false;
    }
    g_autoptr(GBytes) bytes = files_bytes(store, url);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return outside_save(path, data, length, error);
}

/* "Plan 2026" of "http://e.example/files/Plan%202026.pdf?v=1", with the ending of its format. */
static char *
name_of(const struct stored_file *file)
{
    g_autofree char *path = g_strndup(file->url, strcspn(file->url, "?#"));
    g_autofree char *base = g_path_get_basename(path), *plain = g_uri_unescape_string(base, NULL);
    g_autofree char *clean = text_squeeze(plain ? plain : base, -1);
    char *dot = strrchr(clean, '.');
    if (dot && dot > clean)
        *dot = '\0';
    g_autofree char *ending = g_strconcat(".", file->format ? file->format : "bin", NULL);
    return save_name(clean, ending);
}

char *
save_attachment_copy(struct store *store, const char *url, GError **error)
{
    AUTO(stored_file_free) struct stored_file *file = files_find(store, url);
    if (!file)
        return NULL;
    g_autofree char *name = name_of(file);
    g_autoptr(GBytes) bytes = files_bytes(store, url);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return outside_save_copy(name, data, length, error);
}
