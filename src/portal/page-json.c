/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is printed of any page as JSON: its warnings, and why nothing was found in it. */
#include "config.h"

#include "portal/page-json.h"
#include "portal/endpoints.h"

json_t *
page_warnings_json(const struct page *page)
{
    json_t *array = json_array();
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *warning = g_ptr_array_index(page->warnings, i);
        json_t *o = json_object();
        json_object_set_new(o, "code", json_string(warning->code));
        g_autofree char *message = g_utf8_make_valid(warning->message, -1);
        json_object_set_new(o, "message", json_string(message));
        json_array_append_new(array, o);
    }
    return array;
}

json_t *
page_json_string(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

char *
page_error_to_json(const struct page *page, const GError *error)
{
    g_autofree char *message = g_utf8_make_valid(error->message, -1);
    json_t *endpoints = json_array();
    if (g_error_matches(error, PAGE_ERROR, PAGE_ERROR_SCRIPT)) {
        g_autoptr(GPtrArray) found = endpoints_find(page);
        for (guint i = 0; i < found->len; i++)
            json_array_append_new(endpoints, json_string(g_ptr_array_index(found, i)));
    }
    json_t *o = json_pack("{s:{s:s,s:s,s:o},s:o}", "error", "code", page_error_word(error),
                          "message", message, "endpoints", endpoints, "warnings",
                          page_warnings_json(page));
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}
