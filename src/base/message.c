/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Messages and results on the standard streams.  The one place that converts from UTF-8,
 * which everything inside is, to the locale's charset.
 */
#include "config.h"

#include "base/message.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/url.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

bool message_verbose;
static char radix[8] = "."; /* of the locale: LC_NUMERIC itself stays C */
static int output_error;    /* errno of the first write of results that failed */
static enum { OUTPUT_OPEN, OUTPUT_WRITTEN, OUTPUT_FAILED } output;

/* A write to them fails as before, and does not go into whatever is opened next. */
static void
hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

#ifdef ENABLE_NLS
/* gettext looks for zh_HK and zh, and not for what is nearest to it: the script decides. */
static void
look_nearby(void)
{
    static const struct {
        const char *locale, *languages;
    } nearby[] = {{"zh_HK", "zh_HK:zh_TW"},
                  {"zh_MO", "zh_MO:zh_HK:zh_TW"},
                  {"zh_SG", "zh_SG:zh_CN"},
                  {"zh_MY", "zh_MY:zh_SG:zh_CN"}};
    const char *locale = setlocale(LC_MESSAGES, NULL), *stated = g_getenv("LANGUAGE");
    for (size_t i = 0; locale && !(stated && *stated) && i < G_N_ELEMENTS(nearby); i++)
        if (g_str_has_prefix(locale, nearby[i].locale)) {
            g_setenv("LANGUAGE", nearby[i].languages, TRUE);
            return;
        }
}
#endif

void
message_init(void)
{
    hold_streams();
    if (!setlocale(LC_ALL, ""))
        setlocale(LC_ALL, "C");
    const char *ctype = setlocale(LC_CTYPE, NULL);
    if (!ctype || g_str_equal(ctype, "C") || g_str_equal(ctype, "POSIX"))
        if (!setlocale(LC_CTYPE, "C.UTF-8"))
            setlocale(LC_CTYPE, "en_US.UTF-8");
    g_strlcpy(radix, nl_langinfo(RADIXCHAR), sizeof radix);
    if (!*radix || !g_utf8_validate(radix, -1, NULL))
        g_strlcpy(radix, ".", sizeof radix);
    setlocale(LC_NUMERIC, "C");
#ifdef ENABLE_NLS
    look_nearby();
    bindtextdomain(PACKAGE, paths_locale());
    bind_textdomain_codeset(PACKAGE, "UTF-8");
    textdomain(PACKAGE);
#endif
    signal(SIGPIPE, SIG_DFL);
}

/* --- numbers ------------------------------------------------------------------------------- */

/* A text with the radix of the locale in place of its first full stop; takes it. */
static char *
with_radix(char *text)
{
    g_autofree char *own = text;
    g_auto(GStrv) parts = g_strsplit(own, ".", 2);
    return g_strjoinv(radix, parts);
}

char *
message_decimal(double number)
{
    return with_radix(g_strdup_printf("%.1f", number));
}

/* "1.0 MB" also of what g_format_size() would round to "1000.0 kB". */
char *
message_size(guint64 bytes)
{
    guint64 unit = 1000;
    while (unit < G_GUINT64_CONSTANT(1000000000000) && bytes >= unit * 1000)
        unit *= 1000;
    return with_radix(g_format_size(bytes >= unit * 1000 - unit / 20 ? unit * 1000 : bytes));
}

char *
message_size_binary(guint64 bytes)
{
    return with_radix(g_format_size_full(bytes, G_FORMAT_SIZE_IEC_UNITS));
}

/* --- the end of output ---------------------------------------------------------------------- */

static void
note_failure(bool failed)
{
    if (failed && !output_error)
        output_error = errno;
}

bool
message_output_fails(bool *gone)
{
    note_failure(fflush(stdout) != 0);
    *gone = output_error == EPIPE;
    return ferror(stdout) != 0;
}

bool
message_close_output(void)
{
    if (output == OUTPUT_OPEN) {
        bool failed = ferror(stdout) != 0;
        /* the reason went with the buffer */
        if (failed && !output_error && write(STDOUT_FILENO, "", 0) < 0)
            output_error = errno;
        errno = 0;
        if (fclose(stdout) != 0) { /* a quota or a network file system may say it last */
            note_failure(!failed);
            failed = true;
        }
        output = failed ? OUTPUT_FAILED : OUTPUT_WRITTEN;
    }
    return output == OUTPUT_WRITTEN;
}

int
message_finish(int status)
{
    if (message_close_output() || output_error == EPIPE)
        return status;
    if (output_error)
        message_error(_("cannot write to standard output: %s"), g_strerror(output_error));
    else
        message_error(_("cannot write to standard output"));
    return status <= STATUS_NOTHING ? STATUS_STORE : status;
}

/*
 * Valid UTF-8 in the locale's charset: what it lacks is transliterated, else '?'.  Newly allocated.
 */
static char *
encode(const char *text)
{
    const char *codeset = nl_langinfo(CODESET);
    if (!g_ascii_strcasecmp(codeset, "UTF-8") || !g_ascii_strcasecmp(codeset, "UTF8"))
        return g_strdup(text);
    g_autofree char *transliterating = g_strconcat(codeset, "//TRANSLIT", NULL);
    /* not every iconv knows every one */
    const char *const targets[] = {transliterating, codeset, "US-ASCII"};
    for (size_t i = 0; i < G_N_ELEMENTS(targets); i++) {
        char *encoded =
            g_convert_with_fallback(text, -1, targets[i], "UTF-8", "?", NULL, NULL, NULL);
        if (encoded)
            return encoded;
    }
    return g_strdup("");
}

char *
message_decode_argument(const char *argument)
{
    if (g_utf8_validate(argument, -1, NULL))
        return g_strdup(argument);
    char *text = g_locale_to_utf8(argument, -1, NULL, NULL, NULL);
    return text ? text : g_utf8_make_valid(argument, -1);
}

int
message_columns(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

/* The last gate: whatever a sentence was made of, nothing leaves that a terminal would obey. */
void
print_text(FILE *stream, const char *text)
{
    g_autofree char *clean = text_is_clean(text, strlen(text)) ? NULL : text_clean(text, -1);
    g_autofree char *encoded = encode(clean ? clean : text);
    note_failure(fputs(encoded, stream) < 0 && stream == stdout);
}

void
print_textf(FILE *stream, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    print_text(stream, text);
}

void
print_raw(const char *text)
{
    note_failure(fputs(text, stdout) < 0);
}

void
print_bytes(const void *bytes, gsize length)
{
    note_failure(fwrite(bytes, 1, length, stdout) < length);
}

void
print_rawf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    note_failure(vprintf(format, args) < 0);
    va_end(args);
}

/*
 * Whether stderr is a stream of the journal, which takes a priority from the beginning of a line;
 * systemd.exec(5), sd-daemon(3).
 */
static bool
is_journal(void)
{
    const char *stream = g_getenv("JOURNAL_STREAM");
    struct stat info;
    if (!stream || fstat(STDERR_FILENO, &info) < 0)
        return false;
    g_autofree char *own = g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                           (guint64)info.st_dev, (guint64)info.st_ino);
    return g_str_equal(own, stream);
}

static void say(int priority, const char *kind, const char *format, va_list args)
    G_GNUC_PRINTF(3, 0);

/* priority: of syslog(3) */
static void
say(int priority, const char *kind, const char *format, va_list args)
{
    g_autofree char *given = g_strdup_vprintf(format, args);
    g_autofree char *text = url_shown(given); /* whoever quotes an address */
    const char *name = g_get_prgname();
    bool journal = is_journal();
    g_auto(GStrv) lines = g_strsplit(*g_strchomp(text) ? text : " ", "\n", -1);
    for (char **line = lines; *line; line++) {
        if (journal)
            print_textf(stderr, "<%d>", priority);
        print_textf(stderr, "%s: %s%s\n", name ? name : PACKAGE, kind, *line);
    }
}

void
message_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_ERR, "", format, args);
    va_end(args);
}

void
message_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(LOG_WARNING, _("warning: "), format, args);
    va_end(args);
}

void
message_note(const char *format, ...)
{
    if (!message_verbose)
        return;
    va_list args;
    va_start(args, format);
    say(LOG_INFO, "", format, args);
    va_end(args);
}

char *
message_join_arguments(int argc, char **argv)
{
    GString *text = g_string_new(NULL);
    for (int i = 1; i < argc; i++) {
        g_autofree char *word = message_decode_argument(argv[i]);
        g_string_append_printf(text, "%s%s", i > 1 ? " " : "", word);
    }
    return g_string_free(text, FALSE);
}
