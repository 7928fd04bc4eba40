/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line is edited at its end alone: what a terminal shows without anything known of it is that a
 * character goes.  Its modes are as they were when the line is there.
 */
#include "config.h"

#include "reader/outside-line.h"
#include "base/message.h"
#include "text/cells.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE 0x1b
/* ms in which what follows an escape makes it a key that has a name, as in the reader */
#define SEQUENCE        100
#define CONTROL(letter) ((letter)&0x1f)

struct asked {
    int fd;
    bool utf8;
    char *line;
    gsize length, size;
};

static void
on_interrupt(int number)
{
    (void)number;
}

/* Nothing depends on it: who sees no echo sees no harm. */
static void
echo(const struct asked *a, const char *text, gsize length)
{
    gssize written = write(a->fd, text, length);
    (void)written;
}

/* Where the last character begins: a cluster, of bytes that are none each. */
static gsize
last_character(const struct asked *a, int *cells)
{
    gsize at = 0, last = 0;
    *cells = 1;
    if (!a->utf8 || !g_utf8_validate(a->line, (gssize)a->length, NULL))
        return a->length - 1;
    while (at < a->length) {
        last = at;
        at += cells_next_cluster(a->line + at, cells);
    }
    return last;
}

static void
erase_character(struct asked *a)
{
    int cells;
    if (!a->length)
        return;
    a->length = last_character(a, &cells);
    a->line[a->length] = '\0';
    while (cells-- > 0)
        echo(a, "\b \b", 3);
}

static void
erase_word(struct asked *a)
{
    while (a->length && a->line[a->length - 1] == ' ')
        erase_character(a);
    while (a->length && a->line[a->length - 1] != ' ')
        erase_character(a);
}

static void
insert(struct asked *a, unsigned char c)
{
    if (a->length + 1 >= a->size)
        return;
    a->line[a->length++] = (char)c;
    a->line[a->length] = '\0';
    echo(a, (const char *)&c, 1);
}

static bool
read_byte(const struct asked *a, int timeout, unsigned char *c)
{
    struct pollfd input = {.fd = a->fd, .events = POLLIN};
    return poll(&input, 1, timeout) > 0 && read(a->fd, c, 1) == 1;
}

/* What follows an escape: true when it is an arrow or another key with a name, which is nothing. */
static bool
skip_sequence(const struct asked *a)
{
    unsigned char c;
    if (!read_byte(a, SEQUENCE, &c) || (c != '[' && c != 'O'))
        return false;
    while (read_byte(a, SEQUENCE, &c))
        if (c >= '@' && c <= '~')
            break;
    return true;
}

/* False: it is left. */
static bool
take_keys(struct asked *a)
{
    unsigned char c;
    while (read_byte(a, -1, &c)) {
        if (c == '\n' || c == '\r')
            return true;
        if (c == CONTROL('G') || (c == CONTROL('D') && !a->length) ||
            (c == ESCAPE && !skip_sequence(a)))
            return false;
        if (c == 0x7f || c == CONTROL('H'))
            erase_character(a);
        else if (c == CONTROL('W'))
            erase_word(a);
        else if (c == CONTROL('U'))
            while (a->length)
                erase_character(a);
        else if (c >= ' ')
            insert(a, c);
    }
    return false; /* ^C, or no terminal any more */
}

static void
print_question(FILE *terminal, const char *question)
{
    print_textf(terminal, "\n%s", question);
    fflush(terminal);
}

/* The modes are set before the question is seen: who answers at once is read as who waits. */
static bool
ask_keys(FILE *terminal, const char *question, char *line, gsize size)
{
    struct asked asked = {
        .fd = fileno(terminal), .utf8 = g_get_charset(NULL), .line = line, .size = size};
    struct termios before, raw;
    *line = '\0';
    if (tcgetattr(asked.fd, &before) < 0)
        return false;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(asked.fd, TCSANOW, &raw);
    print_question(terminal, question);
    bool got = take_keys(&asked);
    echo(&asked, "\n", 1);
    tcsetattr(asked.fd, got ? TCSANOW : TCSAFLUSH, &before);
    return got;
}

static bool
ask_line(FILE *terminal, const char *question, char *line, gsize size)
{
    print_question(terminal, question);
    return fgets(line, (int)size, terminal) != NULL;
}

bool
outside_ask_line(const char *question, bool keys, char *line, gsize size)
{
    FILE *terminal = fopen("/dev/tty", "r+e");
    if (!terminal)
        return false;
    struct sigaction end = {.sa_handler = on_interrupt},
                     before; /* no SA_RESTART: it ends reading */
    sigaction(SIGINT, &end, &before);
    tcflush(fileno(terminal), TCIFLUSH); /* what was typed for the reader is no command */
    bool got = keys ? ask_keys(terminal, question, line, size)
                    : ask_line(terminal, question, line, size);
    if (got)
        line[strcspn(line, "\n")] = '\0';
    fclose(terminal);
    sigaction(SIGINT, &before, NULL);
    return got;
}
