/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes from the terminal by ncurses: keys and clicks, which are named, and answers about how
 * it shows pixels, which are taken out of them.
 */
#include "config.h"

#define NCURSES_WIDECHAR 1
#include "ui/term-keys.h"
#include "ui/term-answers.h"
#include "ui/term-sequences.h"
#include "ui/term.h"

#include <curses.h>
#include <langinfo.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ANSWERS_WAIT G_USEC_PER_SEC /* that answers may take when the terminal is left */
static struct answers answers;
static struct sequences sequences = {.taken = G_QUEUE_INIT};
static bool resized;    /* while answers were awaited */
static gint64 asked_at; /* microseconds */
/* A key that curses named while characters before it were held (ui/term-answers.h). */
static struct {
    bool waits;
    wint_t key;
} later;

/*
 * The next key, as get_wch() has it: a character, or KEY_CODE_YES and what curses named.  Answers
 * of the terminal are taken out; *answered: the last one came.
 */
static int
next_key(wint_t *key, bool *answered)
{
    gunichar held;
    while (!*answered) {
        if (answers_next_key(&answers, &held)) {
            *key = held;
            return OK;
        }
        if (later.waits) {
            later.waits = false;
            *key = later.key;
            return KEY_CODE_YES;
        }
        int kind = get_wch(key);
        if (!answers_are_due(&answers))
            return kind;
        if (kind == OK) {
            *answered = answers_take(&answers, *key, g_get_monotonic_time());
        } else if (kind == KEY_CODE_YES && *key == KEY_RESIZE) {
            return kind; /* nobody typed it: what is held may go on */
        } else if (kind == KEY_CODE_YES) {
            later.waits = true;
            later.key = *key;
            answers_release(&answers);
        } else {
            answers_expire(&answers, g_get_monotonic_time());
            if (!answers.keys)
                return ERR;
        }
    }
    return ERR;
}

void
keys_await_answers(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    gint64 end = asked_at + ANSWERS_WAIT;
    while (answers_are_due(&answers)) {
        gint64 left = end - g_get_monotonic_time();
        bool answered = false;
        wint_t key;
        if (left <= 0 || poll(&input, 1, (int)(left / 1000 + 1)) <= 0 || input.revents != POLLIN)
            break;
        int kind;
        while ((kind = next_key(&key, &answered)) != ERR)
            resized |= kind == KEY_CODE_YES && key == KEY_RESIZE;
    }
}

int
keys_timeout(gint64 now)
{
    int answer = answers_timeout(&answers, now), sequence = sequences_timeout(&sequences, now);
    return answer < 0 ? sequence : sequence < 0 ? answer : MIN(answer, sequence);
}

void
term_ask_graphics(void)
{
    /* Apple's terminal shows questions that it does not know */
    const char *program = g_getenv("TERM_PROGRAM");
    if (answers.asked || !term_copies() || !g_str_equal(nl_langinfo(CODESET), "UTF-8") ||
        (program && g_str_equal(program, "Apple_Terminal")))
        return;
    answers.asked = true;
    asked_at = g_get_monotonic_time();
    term_write(ANSWERS_QUESTION);
}

struct graphics_way
term_graphics(void)
{
    struct winsize size = {0};
    if (!answers.whole || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return (struct graphics_way){0};
    return answers_way(
        &answers, &(struct answers_size){size.ws_col, size.ws_row, size.ws_xpixel, size.ws_ypixel});
}

static bool
function_key(wint_t key, char name[16])
{
    static const struct {
        int code;
        const char *name;
    } keys[] = {{KEY_UP, "Up"},       {KEY_DOWN, "Down"},
                {KEY_LEFT, "Left"},   {KEY_RIGHT, "Right"},
                {KEY_NPAGE, "PgDn"},  {KEY_PPAGE, "PgUp"},
                {KEY_HOME, "Home"},   {KEY_END, "End"},
                {KEY_ENTER, "Enter"}, {KEY_BACKSPACE, "Backspace"},
                {KEY_DC, "Delete"},   {KEY_BTAB, "S-Tab"}};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].code == (int)key) {
            g_strlcpy(name, keys[i].name, 16);
            return true;
        }
    }
    if ((int)key >= KEY_F(1) && (int)key <= KEY_F(12)) {
        g_snprintf(name, 16, "F%d", (int)key - KEY_F(0));
        return true;
    }
    return false;
}

static bool
mouse_event(struct term_event *event)
{
    MEVENT mouse;
    if (getmouse(&mouse) != OK)
        return false;
    event->x = mouse.x;
    event->y = mouse.y;
    event->kind = mouse.bstate & BUTTON4_PRESSED   ? TERM_WHEEL_UP
                  : mouse.bstate & BUTTON5_PRESSED ? TERM_WHEEL_DOWN
                                                   : TERM_CLICK;
    return true;
}

bool
term_event(struct term_event *event)
{
    wint_t key;
    bool answered = false;
    event->pasted = NULL;
    if (resized) {
        resized = false;
        event->kind = TERM_RESIZE;
        return true;
    }
    for (;;) {
        event->kind = TERM_KEY;
        if (sequences_next(&sequences, event->key, &event->pasted)) {
            event->kind = event->pasted ? TERM_PASTE : TERM_KEY;
            return true;
        }
        int kind = next_key(&key, &answered);
        if (kind == OK) {
            sequences_take(&sequences, key, g_get_monotonic_time());
            continue;
        }
        if (kind == KEY_CODE_YES && key == KEY_RESIZE) {
            event->kind = TERM_RESIZE;
            return true;
        }
        if (kind == KEY_CODE_YES && sequences_are_pasted(&sequences))
            continue; /* a part of the text that looks as a key */
        if (kind == ERR)
            sequences_pause(&sequences, g_get_monotonic_time());
        else
            sequences_end(&sequences);
        if (!g_queue_is_empty(&sequences.taken)) {
            later.waits = kind == KEY_CODE_YES;
            later.key = key;
            continue;
        }
        if (kind == ERR)
            break;
        if (key == KEY_MOUSE ? mouse_event(event) : function_key(key, event->key))
            return true;
    }
    event->kind = TERM_ANSWER;
    return answered;
}
