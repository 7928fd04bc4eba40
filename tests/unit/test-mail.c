/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail messages: what a reader of mail gets back out of them, and what they may not hold. */
#include "config.h"

#include "text/mail.h"
#include "unit/kit.h"

#include <string.h>

/* --- a reader of mail, as far as it goes ---------------------------------------------------- */

static char *
from_quoted(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        if (*p != '=') {
            g_string_append_c(out, *p);
        } else if (p[1] == '\n') {
            p++;
        } else {
            g_assert_true(g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2]));
            g_string_append_c(out,
                              (char)(g_ascii_xdigit_value(p[1]) * 16 + g_ascii_xdigit_value(p[2])));
            p += 2;
        }
    }
    return g_string_free(out, FALSE);
}

/* The decoded n-th part. */
static char *
part_of(const char *message, int n)
{
    const char *mark = strstr(message, "boundary=\"");
    g_assert_nonnull(mark);
    mark += strlen("boundary=\"");
    g_autofree char *boundary = g_strndup(mark, strcspn(mark, "\"")),
                    *line = g_strconcat("\n--", boundary, NULL);
    g_auto(GStrv) parts = g_strsplit(message, line, -1);
    g_assert_cmpuint(g_strv_length(parts), ==, 4);
    g_assert_cmpstr(parts[3], ==, "--\n");
    char *body = strstr(parts[n], "\n\n");
    g_assert_nonnull(body);
    *body = '\0';
    body += 2;
    if (strstr(parts[n], "quoted-printable"))
        return from_quoted(body);
    g_assert_nonnull(strstr(parts[n], "base64"));
    gsize length;
    g_autofree guchar *bytes = g_base64_decode(body, &length);
    return g_strndup((const char *)bytes, length);
}

/* RFC 3676, 4.2 to 4.6, with DelSp=yes: the paragraphs. */
static char *
unflow(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        const char *p = **line == ' ' ? *line + 1 : *line;
        g_assert_false(**line == '>');
        gsize length = strlen(p);
        bool flows = length && p[length - 1] == ' ';
        g_string_append_len(out, p, (gssize)(length - flows));
        if (!flows && line[1])
            g_string_append_c(out, '\n');
    }
    while (out->len && out->str[out->len - 1] == '\n')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

/* The unfolded value of a header, its encoded words decoded (RFC 2047); NULL: there is none. */
static char *
header_of(const char *message, const char *name)
{
    g_autofree char *start = g_strconcat("\n", name, ":", NULL),
                    *whole = g_strconcat("\n", message, NULL);
    *strstr(whole, "\n\n") = '\0';
    char *at = strstr(whole, start);
    if (!at)
        return NULL;
    at += strlen(start);
    gsize length = 0;
    while (at[length] && (at[length] != '\n' || at[length + 1] == ' '))
        length++;
    g_autofree char *value = g_strndup(at, length);
    GString *out = g_string_new(NULL);
    bool encoded = false;
    for (const char *p = value; *p;) {
        gsize blank = strspn(p, " \n"), word = strcspn(p + blank, " \n");
        g_autofree char *text = g_strndup(p + blank, word);
        bool is = g_str_has_prefix(text, "=?UTF-8?B?") && g_str_has_suffix(text, "?=");
        if (out->len && blank && !(is && encoded))
            g_string_append_c(out, ' ');
        if (is) {
            g_assert_cmpuint(word, <=, 75);
            text[word - 2] = '\0';
            gsize size;
            g_autofree guchar *bytes = g_base64_decode(text + strlen("=?UTF-8?B?"), &size);
            /* each word is of whole characters */
            g_assert_true(g_utf8_validate_len((const char *)bytes, size, NULL));
            g_string_append_len(out, (const char *)bytes, (gssize)size);
        } else {
            g_string_append(out, text);
        }
        encoded = is;
        p += blank + word;
    }
    return g_string_free(out, FALSE);
}

/* What holds of every message. */
static void
check_message(const char *message)
{
    g_auto(GStrv) lines = g_strsplit(message, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (strlen(*line) > 78)
            g_test_message("%s", *line);
        g_assert_cmpuint(strlen(*line), <=, 78);
        g_assert_cmpstr(*line, !=, ".");
        g_assert_false(g_str_has_prefix(*line, "From "));
        for (const char *p = *line; *p; p++)
            g_assert_true(*p >= ' ' && *p < 0x7f);
    }
}

static char *
compose(const char *subject, const char *text)
{
    char *const to[] = {(char *)"Анна Петрова <anna@town.example>", (char *)"root", NULL};
    g_autofree char *html = g_strconcat("<p>", text, "</p>", NULL);
    struct mail mail = {.from = "crier <news@town.example>",
                        .to = to,
                        .subject = subject,
                        .id = "digest.1@town.example",
                        .list = "council.digest.town.example",
                        .date = 1761350400,
                        .offset = -210,
                        .text = text,
                        .html = html};
    char *message = mail_compose(&mail);
    check_message(message);
    g_autofree char *second = part_of(message, 2);
    g_assert_true(g_str_has_prefix(second, html));
    return message;
}

static void
flows(const char *text)
{
    g_autofree char *message = compose("News", text), *flowed = part_of(message, 1),
                    *got = unflow(flowed);
    g_assert_cmpstr(got, ==, text);
}

/* --- tests ---------------------------------------------------------------------------------- */

static void
test_headers(void)
{
    g_autofree char *message = compose("3 new articles", "Text");
    static const char *const headers[][2] = {
        {"Date", "Fri, 24 Oct 2025 20:30:00 -0330"},
        {"From", "crier <news@town.example>"},
        {"To", "Анна Петрова <anna@town.example>, root"},
        {"Subject", "3 new articles"},
        {"Message-ID", "<digest.1@town.example>"},
        {"List-Id", "<council.digest.town.example>"},
        {"Auto-Submitted", "auto-generated"},
        {"MIME-Version", "1.0"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
        g_autofree char *value = header_of(message, headers[i][0]);
        g_assert_cmpstr(value, ==, headers[i][1]);
    }
}

static void
test_subjects(void)
{
    static const char *const subjects[] = {
        "",
        "новости: 12 новых статей, 3 изменены, 1 снята с сайта, и ещё много чего другого здесь",
        "城市新闻：十二篇新文章，三篇有改动，一篇已撤下，还有许多其他内容在这里等待阅读。",
        "Council: 12 new articles, 3 revised, 1 withdrawn, and a line that is longer than one line",
        "=?UTF-8?Q?not_so?=",
        "a  b",
        "https://town.example/a/path/that/is/longer/than/any/line/of/a/header/may/be/at/all/index.html",
        "🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
        g_autofree char *message = compose(subjects[i], "Text"),
                        *value = header_of(message, "Subject");
        g_assert_cmpstr(value, ==, subjects[i]);
    }
}

static void
test_bodies(void)
{
    flows("Text");
    flows("One\n\nTwo\nThree");
    /* what a mailbox, a server or a reader of mail would take for something else */
    flows("From the council\n.\n..\n> not quoted\n indented\n--\nFrom here on");
    flows("a = b, 100 %\ttab");
    flows(
        "The council has decided to build a bridge over the river, and to open it in the autumn of "
        "the next year, From what is known it will be closed for lorries > 3 t. "
        "https://town.example/a/path/that/is/longer/than/any/line/of/a/text/that/flows/may/be/index.html "
        "and so on");
    flows("Городской совет решил построить мост через реку и открыть его осенью следующего года; "
          "движение грузовых автомобилей по нему будет запрещено");
    flows(
        "市议会决定在河上修建一座桥，并于明年秋季通车。据悉，该桥将禁止货车通行，行人和自行车可以免费通过，"
        "施工期间渡轮照常运行，票价不变。");
    flows(
        "two  blanks   and more, in a line that is long enough that it has to be broken somewhere   here");
    g_autoptr(GString) wide = g_string_new(NULL);
    for (int i = 0; i < 3000; i++)
        g_string_append_c(wide, 'x');
    flows(wide->str);
}

/* Blanks at the end of a line would make it flow. */
static void
test_trailing_blanks(void)
{
    g_autofree char *message = compose("News", "One  \n-- \nTwo "), *text = part_of(message, 1);
    g_assert_true(g_str_has_prefix(text, "One\n--\nTwo\n"));
}

static void
test_addresses(void)
{
    static const char *const pairs[][2] = {
        {"a@b.example", "a@b.example"},
        {" a@b.example ", "a@b.example"},
        {"<a@b.example>", "a@b.example"},
        {"root", "root"},
        {"a.b+c@[192.0.2.1]", "a.b+c@[192.0.2.1]"},
        {"Town Council <a@b.example>", "Town Council <a@b.example>"},
        {"Doe, J. <a@b.example>", "\"Doe, J.\" <a@b.example>"},
        {"\"Doe, J.\" <a@b.example>", "\"Doe, J.\" <a@b.example>"},
        {"a \"b\" \\ <a@b.example>", "\"a \\\"b\\\" \\\\\" <a@b.example>"},
        {"Анна <a@b.example>", "=?UTF-8?B?0JDQvdC90LA=?= <a@b.example>"},
        {"a@почта.example", "a@xn--80a1acny.example"},
        {"", NULL},
        {"a b", NULL},
        {"@b.example", NULL},
        {"a@", NULL},
        {"a@b..example", NULL},
        {"a..b@b.example", NULL},
        {"a@b.example, c@d.example", NULL},
        {"a@b.example\nBcc: c@d.example", NULL},
        {"a\r <a@b.example>", NULL},
        {"a <a@b.example> b", NULL},
        {"анна@b.example", NULL},
        {"\xff <a@b.example>", NULL},
        {"<>", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *address = mail_address(pairs[i][0]);
        g_assert_cmpstr(address, ==, pairs[i][1]);
    }
}

void
add_tests(void)
{
    g_test_add_func("/mail/headers", test_headers);
    g_test_add_func("/mail/subjects", test_subjects);
    g_test_add_func("/mail/bodies", test_bodies);
    g_test_add_func("/mail/trailing-blanks", test_trailing_blanks);
    g_test_add_func("/mail/addresses", test_addresses);
}
