/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries in data, whatever their keys are called: the input as JSON, mended where it is none, as
 * XML, and as the script of a page that names where it takes them from.
 */
#include "config.h"

#include "base/url.h"
#include "feed/json-cost.h"
#include "feed/json-repair.h"
#include "fuzz/kit.h"
#include "portal/endpoints.h"
#include "portal/records.h"
#include "portal/row.h"

/* What jansson has allocated in all. */
static gsize allocated;

static void *
count_malloc(size_t size)
{
    allocated += size;
    return malloc(size);
}

static void
check_records(const json_t *root)
{
    g_autoptr(GPtrArray) records = records_find(root);
    for (guint i = 0; i < records->len; i++) {
        const struct record *record = g_ptr_array_index(records, i);
        g_assert_true(record->title || record->link || record->date || record->summary ||
                      record->id);
        const char *const texts[] = {record->title, record->link, record->date, record->summary,
                                     record->id};
        for (size_t t = 0; t < G_N_ELEMENTS(texts); t++)
            g_assert_true(!texts[t] || g_utf8_validate(texts[t], -1, NULL));
    }
    records_score(records);
}

/* Its cost was told before it was read. */
static json_t *
load(const char *text)
{
    gsize told = json_cost(text, strlen(text));
    allocated = 0;
    json_t *root = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    g_assert_cmpuint(allocated, <=, 2 * told + 4096);
    return root;
}

static void
read_json(const char *text)
{
    json_t *root = load(text);
    if (!root) {
        g_autofree char *mended = json_repair(text, strlen(text));
        g_assert_true(g_utf8_validate(mended, -1, NULL));
        root = load(mended);
    }
    if (root)
        check_records(root);
    json_decref(root);
}

static void
read_xml(const char *text)
{
    json_t *root = records_of_xml(text, strlen(text));
    if (root)
        check_records(root);
    json_decref(root);
}

static void
read_script(const char *text)
{
    g_autofree char *html =
        g_strconcat("<div data-url='", text, "'></div><script>", text, "</script>", NULL);
    AUTO(page_free) struct page *page =
        page_open(html, strlen(html), NULL, "http://city.example/news/");
    g_autoptr(GPtrArray) found = endpoints_find(page);
    g_assert_cmpuint(found->len, <=, 5);
    for (guint i = 0; i < found->len; i++)
        g_assert_true(url_is_web(g_ptr_array_index(found, i)));
}

static void
read_label(const char *text)
{
    g_autofree char *line = text_squeeze(text, -1), *form = row_form(line);
    row_is_label(line);
    row_is_file(line);
    g_assert_true(g_utf8_validate(form, -1, NULL));
    struct date day;
    if (row_url_day(line, DATE_AT(0), FUZZ_NOW, &day))
        g_assert_true(date_is_plausible(&day, FUZZ_NOW));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_set_alloc_funcs(count_malloc, free);
    struct bytes in = {data, data + size};
    g_autofree char *text = bytes_text(&in, '\0');
    read_json(text);
    read_xml(text);
    read_script(text);
    read_label(text);
    return 0;
}
