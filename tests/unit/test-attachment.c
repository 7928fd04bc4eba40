/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attachments: what format bytes are, the table of converters, comma-separated values, papers set
 * in lines, and texts behind an article's body.
 */
#include "config.h"

#include "config/converters.h"
#include "config/settings.h"
#include "document/csv.h"
#include "parse/attachment.h"
#include "portal/article.h"
#include "portal/file-format.h"
#include "kit.h"

#include <glib/gstdio.h>

/* --- formats ----------------------------------------------------------------------------- */

static void
test_formats(void)
{
    static const struct {
        const char *bytes;
        gsize length;
        const char *type, *url, *format;
    } cases[] = {
        {"%PDF-1.4", 8, "text/html", "http://a.example/x", "pdf"},
        {"\xef\xbb\xbf%PDF-1.4", 11, NULL, "http://a.example/x", "pdf"},
        {"Warning: x\r\n%PDF-1.4", 20, NULL, "http://a.example/x", "pdf"},
        {"<p>%PDF-1.4</p>", 15, "text/html", "http://a.example/x", NULL},
        {"PK\3\4......word/document.xml", 27, "application/octet-stream", "http://a.example/x",
         "docx"},
        {"PK\3\4......xl/workbook.xml", 25, "application/octet-stream", "http://a.example/x",
         "xlsx"},
        {"PK\3\4......ppt/slides", 20, NULL, "http://a.example/x", "pptx"},
        {"PK\3\4....mimetypeapplication/vnd.oasis.opendocument.text", 55, NULL,
         "http://a.example/x", "odt"},
        {"PK\3\4......photos/1.jpg", 22, NULL, "http://a.example/x.zip", "zip"},
        {"\xd0\xcf\x11\xe0....W\0o\0r\0d\0D\0o\0c\0u\0", 24, NULL, "http://a.example/x", "doc"},
        {"\xd0\xcf\x11\xe0....W\0o\0r\0k\0b\0o\0o\0k\0", 24, NULL, "http://a.example/x", "xls"},
        {"\xd0\xcf\x11\xe0....P\0o\0w\0e\0r\0P\0o\0i\0", 24, NULL, "http://a.example/x", "ppt"},
        {"{\\rtf1 x}", 9, "application/msword", "http://a.example/x.doc", "rtf"},
        {"a,b\n", 4, "text/csv", "http://a.example/x.csv?v=2", "csv"},
        {"", 0, "application/pdf", "http://a.example/x", "pdf"},
        {"", 0, NULL, "http://a.example/x.html", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *format =
            article_file_format(cases[i].bytes, cases[i].length, cases[i].type, cases[i].url);
        g_test_message("%zu", i);
        g_assert_cmpstr(format, ==, cases[i].format);
    }
    g_autofree char *by_type =
                        article_document_format("Application/PDF", "http://a.example/get?id=1"),
                    *sound = article_document_format("audio/mpeg", "http://a.example/x.mp3");
    g_assert_cmpstr(by_type, ==, "pdf");
    g_assert_null(sound);
    g_assert_true(article_format_has_text("pptx"));
    g_assert_false(article_format_has_text("zip"));
}

/* --- the table ---------------------------------------------------------------------------- */

struct tables {
    char *folder, *data;
};

static void
set_up(struct tables *t, gconstpointer data)
{
    (void)data;
    t->folder = g_dir_make_tmp("crier-test-XXXXXX", NULL);
    t->data = g_build_filename(t->folder, "data", NULL);
    g_mkdir(t->data, 0700);
    g_setenv("CRIER_DATADIR", t->data, TRUE);
}

static void
tear_down(struct tables *t, gconstpointer data)
{
    (void)data;
    g_autofree char *own = g_build_filename(t->folder, "converters", NULL),
                    *installed = g_build_filename(t->data, "converters", NULL);
    g_remove(own);
    g_remove(installed);
    g_rmdir(t->data);
    g_rmdir(t->folder);
    g_free(t->data);
    g_free(t->folder);
}

static void
put(const char *folder, const char *text)
{
    g_autofree char *path = g_build_filename(folder, "converters", NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
test_table(struct tables *t, gconstpointer data)
{
    (void)data;
    put(t->data, "[one]\nFormats=pdf\nCommand=sh one {file}\nPackage=dash\n"
                 "[two]\nFormats=pdf doc\nCommand=no-such-program-two 'a b' {file}\nPackage=p\n"
                 "[three]\nFormats=doc\nCommand=no-such-program-three\n");
    AUTO(converters_free) struct converters *c = converters_load(t->folder, NULL);
    const struct converter *pdf = converters_next(c, "pdf", NULL);
    g_assert_cmpstr(pdf->name, ==, "one");
    g_assert_cmpint(pdf->timeout, ==, 60);
    g_assert_null(converters_next(c, "doc", NULL));
    g_assert_null(converters_next(c, "odt", NULL));
    g_autofree char *missing = converters_missing(c, "doc"), *none = converters_missing(c, "odt");
    g_assert_cmpstr(missing, ==, "no-such-program-two (p), no-such-program-three");
    g_assert_null(none);

    put(t->folder, "[mine]\nFormats=pdf\nCommand=sh mine {file}\nGives=html\nTimeout=7\n"
                   "[two]\nFormats=doc\nCommand=sh two\nGives=csv\nOutput={folder}/x\n");
    AUTO(converters_free) struct converters *own = converters_load(t->folder, NULL);
    pdf = converters_next(own, "pdf", NULL);
    g_assert_cmpstr(pdf->name, ==, "mine");
    g_assert_cmpint(pdf->timeout, ==, 7);
    g_assert_cmpint(pdf->gives, ==, CONVERTER_HTML);
    g_assert_cmpstr(converters_next(own, "pdf", pdf)->name, ==, "one");
    g_assert_null(converters_next(own, "pdf", converters_next(own, "pdf", pdf)));
    const struct converter *doc = converters_next(own, "doc", NULL);
    g_assert_cmpstr(doc->command[1], ==, "two");
    g_assert_cmpstr(doc->output, ==, "{folder}/x");
    g_assert_cmpuint(own->all->len, ==, 4);
}

static void
test_table_mistakes(struct tables *t, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *text, *line;
    } cases[] = {
        {"[a]\nFormats=pdf\n", ":1: "},
        {"[a]\nCommand=sh\n", ":1: "},
        {"[a]\nFormats=pdf\nCommand='sh\n", ":3: "},
        {"[a]\nFormats=pdf\nCommand=\n", ":3: "},
        {"[a]\nFormats=pdf\nCommand=sh\nGives=rtf\n", ":4: "},
        {"[a]\nFormats=pdf\nCommand=sh\nTimeout=0\n", ":4: "},
        {"[a]\nFormats=pdf\nCommand=sh\nTimeout=soon\n", ":4: "},
        {"[a]\nFormats=pdf\nCommand=sh\nShell=yes\n", ":4: "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        put(t->folder, cases[i].text);
        g_assert_null(converters_load(t->folder, &error));
        g_assert_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX);
        g_test_message("%s", error->message);
        g_assert_nonnull(strstr(error->message, cases[i].line));
    }
}

/* --- values ------------------------------------------------------------------------------- */

static char *
csv_plain(const char *text, bool *cut)
{
    AUTO(document_free) struct document *document = document_from_csv(text, cut);
    return document_plain(document);
}

static void
test_csv(void)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {"a,b\r\n1,2\r\n", "a\tb\n1\t2"},
        {"a;b\n\"x;y\";2", "a\tb\nx;y\t2"},
        {"a\tb\n1,5\t2\n", "a\tb\n1,5\t2"},
        {"\"say \"\"no\"\"\",b\n", "say \"no\"\tb"},
        {"\"two\nlines\",b\n", "two lines\tb"},
        {"a,,b\n1,,2\n,,\n", "a\tb\n1\t2"},
        {"a,b\n\f;\nc;d\n", "a\tb\n\nc\td"},
        {"\"never closed,b\n1,2", "never closed,b 1,2"},
        {"", ""},
    };
    bool cut;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *plain = csv_plain(cases[i].text, &cut);
        g_assert_cmpstr(plain, ==, cases[i].plain);
        g_assert_false(cut);
    }
    g_autoptr(GString) many = g_string_new(NULL);
    for (int i = 0; i < 6000; i++)
        g_string_append(many, "a,b\n");
    g_free(csv_plain(many->str, &cut));
    g_assert_true(cut);
}

/* --- papers ------------------------------------------------------------------------------- */

/* What is read in a document of which a converter prints `text`. */
static char *
paper(struct tables *t, const char *text)
{
    put(t->folder, "[cat]\nFormats=pdf\nCommand=cat {file}\n");
    AUTO(converters_free) struct converters *c = converters_load(t->folder, NULL);
    AUTO(attachment_text_free) struct attachment_text *read =
        attachment_read(c, text, strlen(text), "application/pdf", "http://a.example/x.pdf", "pdf");
    AUTO(document_free) struct document *document = read->text ? stored_document_read(read->text)
                                                               : document_new();
    return document_plain(document);
}

#define FULL "a line that is as long as the column of the paper lets it be"

static void
test_papers(struct tables *t, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {FULL " divi-\nded here\n", FULL " divided here"},
        {FULL " North-\nSouth\n", FULL " North- South"},
        {"soft\xc2\xadhyphens are no sign\n", "softhyphens are no sign"},
        {"one page\n\fanother page\n", "one page\n\nanother page"},
        {"   " FULL "\n" FULL "\nend.\n   " FULL "\nend.\n",
         FULL " " FULL " end.\n\n" FULL " end."},
        {"1 - 2\n", "1 - 2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *plain = paper(t, cases[i].text);
        g_assert_cmpstr(plain, ==, cases[i].plain);
    }
}

static void
test_kinds(struct tables *t, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *bytes;
        gsize length;
        const char *type, *url;
        int problem; /* -1: none */
        bool text;
    } cases[] = {
        {"<!DOCTYPE html><p>Login", 23, "text/html", "http://a.example/x.pdf", PROBLEM_NOT_A_FILE,
         false},
        {"<html><table><tr><td>1", 22, "application/vnd.ms-excel", "http://a.example/x.xls", -1,
         true},
        {"<html><p>Login", 14, "text/html", "http://a.example/x.xls", PROBLEM_NOT_A_FILE, false},
        {"only words", 10, "text/plain", "http://a.example/get?id=1", -1, true},
        {"\xff\xfe"
         "a\0,\0b\0",
         8, "text/csv", "http://a.example/x.csv", -1, true},
        {"PK\3\4photos", 10, "application/zip", "http://a.example/x.zip", -1, false},
        {"\x89PNG....", 8, "image/png", "http://a.example/x.png", -1, false},
        {"PK\3\4ppt/x", 9, NULL, "http://a.example/x", PROBLEM_NO_CONVERTER, false},
        {"%PDF-1.4", 8, NULL, "http://a.example/x", PROBLEM_NO_CONVERTER, false},
    };
    AUTO(converters_free) struct converters *c = converters_load(t->folder, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(attachment_text_free) struct attachment_text *read =
            attachment_read(c, cases[i].bytes, cases[i].length, cases[i].type, cases[i].url, NULL);
        g_test_message("%zu: %s", i, read->format ? read->format : "-");
        g_assert_cmpint(read->problem ? (int)read->problem->code : -1, ==, cases[i].problem);
        g_assert_cmpint(read->text != NULL, ==, cases[i].text);
    }
}

/* --- behind a body ------------------------------------------------------------------------ */

static void
test_attach(void)
{
    AUTO(document_free) struct document *document =
        document_from_text("See https://a.example/ please");
    AUTO(document_free) struct document *text = document_from_text("Mail to clerk@a.example now");
    g_autoptr(GBytes) before = document_serialize(document);
    document_attach(document, "x.pdf", "http://a.example/x.pdf", text);
    document_attach(document, "y", "javascript:alert(1)", text);
    document_finish(document);
    g_assert_cmpuint(document->blocks->len, ==, 3);
    g_assert_true(block_begins_attached(g_ptr_array_index(document->blocks, 1)));
    g_autofree char *plain = document_plain(document);
    g_assert_cmpstr(plain, ==,
                    "See https://a.example/ please\n\nx.pdf\n\nMail to clerk@a.example now");
    g_assert_cmpuint(document->links->len, ==, 2);
    g_autoptr(GBytes) packed = document_serialize(document);
    AUTO(document_free) struct document *again =
        document_deserialize(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
    g_assert_true(block_begins_attached(g_ptr_array_index(again->blocks, 1)));
    document_detach(again);
    document_detach(again);
    g_autoptr(GBytes) after = document_serialize(again);
    g_assert_true(g_bytes_equal(before, after));
}

static void
names_format(const char *name, const char *url, const char *of_name, const char *in_brackets,
             const char *of_url)
{
    g_autofree char *named = file_format_of_name(name), *bracketed = file_format_in_brackets(name),
                    *leads = file_format_of_url(url);
    g_assert_cmpstr(named, ==, of_name);
    g_assert_cmpstr(bracketed, ==, in_brackets);
    g_assert_cmpstr(leads, ==, of_url);
}

static void
test_names(void)
{
    names_format("Plan 2026.PDF", "/a/plan.PDF", "pdf", NULL, "pdf");
    names_format("Plan.docx (1 MB)", "/a.docx?v=1", "docx", NULL, "docx");
    names_format("Plan (PDF, 1 MB)", "/.pdf", NULL, "pdf", NULL);
    names_format("公告（ .xlsx ）", "/a.xlsx#p", NULL, "xlsx", "xlsx");
    names_format("公告（pdf文件）", "/a.pdfs", NULL, NULL, NULL);
    names_format("Plan [zip", "/a.b/c", NULL, NULL, NULL);
    names_format("a.pdf and more", "/a.pdf/b", NULL, NULL, NULL);
    names_format(".pdf", ".pdf", NULL, NULL, NULL);
    names_format("", "", NULL, NULL, NULL);
}

void
add_tests(void)
{
    g_test_add_func("/attachment/names", test_names);
    g_test_add_func("/attachment/formats", test_formats);
    g_test_add("/attachment/table", struct tables, NULL, set_up, test_table, tear_down);
    g_test_add("/attachment/table-mistakes", struct tables, NULL, set_up, test_table_mistakes,
               tear_down);
    g_test_add_func("/attachment/csv", test_csv);
    g_test_add("/attachment/papers", struct tables, NULL, set_up, test_papers, tear_down);
    g_test_add("/attachment/kinds", struct tables, NULL, set_up, test_kinds, tear_down);
    g_test_add_func("/attachment/attach", test_attach);
}
