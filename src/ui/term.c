/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ncurses at work. */
#include "config.h"

#define NCURSES_WIDECHAR 1
#include "ui/term.h"
#include "base/i18n.h"
#include "reader/child.h"
#include "text/cells.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static struct termios saved_modes;
static char restore_sequence[256];
static attr_t attributes[STYLE_COUNT];
static short pairs[STYLE_COUNT];
static SCREEN *screen;

/* After a crash: modes back, cursor on, the other screen off, with what a handler may call. */
static void
on_crash(int number)
{
    ssize_t written = write(STDOUT_FILENO, restore_sequence, strlen(restore_sequence));
    (void)written;
    tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
    signal(number, SIG_DFL);
    raise(number);
}

static void
add_capability(const char *name)
{
    const char *text = tigetstr(name);
    if (text && text != (char *)-1)
        g_strlcat(restore_sequence, text, sizeof restore_sequence);
}

static void
choose_styles(bool color)
{
    static const struct {
        attr_t mono;
        short color; /* -1: the terminal's own */
        attr_t with_color;
    } looks[STYLE_COUNT] = {
        [STYLE_NORMAL] = {A_NORMAL, -1, A_NORMAL},
        [STYLE_BAR] = {A_REVERSE, -1, A_REVERSE},
        [STYLE_HINT] = {A_DIM, -1, A_DIM},
        [STYLE_DIM] = {A_DIM, -1, A_DIM},
        [STYLE_STRONG] = {A_BOLD, -1, A_BOLD},
        [STYLE_EMPHASIS] = {A_UNDERLINE, -1, A_UNDERLINE},
        [STYLE_HEADING] = {A_BOLD, COLOR_CYAN, A_BOLD},
        [STYLE_CODE] = {A_NORMAL, COLOR_GREEN, A_NORMAL},
        [STYLE_QUOTE] = {A_NORMAL, COLOR_GREEN, A_NORMAL},
        [STYLE_LINK] = {A_UNDERLINE, COLOR_CYAN, A_UNDERLINE},
        [STYLE_FOCUS] = {A_REVERSE, -1, A_REVERSE},
        [STYLE_UNREAD] = {A_BOLD, -1, A_BOLD},
        [STYLE_MATCH] = {A_STANDOUT, COLOR_YELLOW, A_REVERSE},
        [STYLE_ERROR] = {A_BOLD, COLOR_RED, A_BOLD},
    };
    color = color && has_colors() && start_color() == OK && use_default_colors() == OK;
    for (int i = 0; i < STYLE_COUNT; i++) {
        attributes[i] = color ? looks[i].with_color : looks[i].mono;
        pairs[i] = 0;
        if (color && looks[i].color >= 0 && init_pair((short)(i + 1), looks[i].color, -1) == OK)
            pairs[i] = (short)(i + 1);
    }
}

bool
term_start(bool color, GError **error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("the reader needs a terminal; 'crier list' and 'crier show' do not"));
        return false;
    }
    tcgetattr(STDIN_FILENO, &saved_modes);
    screen = newterm(NULL, stdout, stdin);
    if (!screen) {
        const char *type = g_getenv("TERM");
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("the terminal type '%s' is not known here; try TERM=xterm"), type ? type : "");
        return false;
    }
    set_escdelay(25);
    cbreak();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    choose_styles(color);
    static const char *const capabilities[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
    for (size_t i = 0; i < G_N_ELEMENTS(capabilities); i++)
        add_capability(capabilities[i]);
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    for (size_t i = 0; i < G_N_ELEMENTS(crashes); i++)
        signal(crashes[i], on_crash);
    return true;
}

void
term_stop(void)
{
    if (!screen)
        return;
    endwin();
    delscreen(screen);
    screen = NULL;
}

void
term_size(int *width, int *height)
{
    getmaxyx(stdscr, *height, *width);
}

bool
term_can_show(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        wchar_t c = (wchar_t)g_utf8_get_char(p);
        char bytes[MB_LEN_MAX];
        mbstate_t state = {0};
        if (wcwidth(c) != 1 || wcrtomb(bytes, c, &state) == (size_t)-1)
            return false;
    }
    return true;
}

/* What the locale cannot show becomes '?', once a cell. */
static void
to_wide(const struct cell *cell, wchar_t out[CCHARW_MAX + 1])
{
    int n = 0;
    for (const char *p = cell->text; *p && n < CCHARW_MAX; p = g_utf8_next_char(p)) {
        wchar_t c = (wchar_t)g_utf8_get_char(p);
        char bytes[MB_LEN_MAX];
        mbstate_t state = {0};
        bool shown = wcwidth(c) >= 0 && wcrtomb(bytes, c, &state) != (size_t)-1;
        if (!shown && n > 0)
            continue;
        bool utf8 = g_str_equal(nl_langinfo(CODESET), "UTF-8");
        out[n++] = shown ? c : utf8 ? 0xfffd : L'?';
    }
    out[n] = 0;
}

void
term_paint(const struct grid *grid, bool all)
{
    int width, height;
    term_size(&width, &height);
    if (all)
        clearok(stdscr, TRUE);
    for (int y = 0; y < MIN(grid->height, height); y++) {
        for (int x = 0; x < MIN(grid->width, width); x++) {
            const struct cell *cell = &grid->cells[y * grid->width + x];
            if (cell->width == 0)
                continue;
            wchar_t wide[CCHARW_MAX + 1];
            to_wide(cell, wide);
            cchar_t c;
            setcchar(&c, wide, attributes[cell->style], pairs[cell->style], NULL);
            mvadd_wch(y, x, &c);
            /* a wide character that came out narrow leaves its second cell to be cleared */
            if (cell->width == 2 && wide[0] && wcwidth(wide[0]) == 1 && x + 1 < width) {
                setcchar(&c, L" ", attributes[cell->style], pairs[cell->style], NULL);
                mvadd_wch(y, x + 1, &c);
            }
        }
    }
    move(CLAMP(grid->cursor_y, 0, height - 1), CLAMP(grid->cursor_x, 0, width - 1));
    refresh();
}

static bool
function_key(wint_t key, char name[16])
{
    static const struct {
        int code;
        const char *name;
    } keys[] = {{KEY_UP, "Up"}, {KEY_DOWN, "Down"}, {KEY_LEFT, "Left"}, {KEY_RIGHT, "Right"}, {KEY_NPAGE, "PgDn"},
                {KEY_PPAGE, "PgUp"}, {KEY_HOME, "Home"}, {KEY_END, "End"}, {KEY_ENTER, "Enter"},
                {KEY_BACKSPACE, "Backspace"}, {KEY_DC, "Delete"}, {KEY_BTAB, "S-Tab"}, {KEY_RESIZE, "Resize"}};
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

bool
term_key(char name[16])
{
    wint_t key;
    int kind = get_wch(&key);
    if (kind == ERR)
        return false;
    if (kind == KEY_CODE_YES)
        return function_key(key, name) || term_key(name);
    static const struct {
        wint_t code;
        const char *name;
    } keys[] = {{'\r', "Enter"}, {'\n', "Enter"}, {'\t', "Tab"}, {27, "Esc"}, {' ', "Space"}, {127, "Backspace"},
                {8, "Backspace"}, {'\\', "Backslash"}};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].code == key) {
            g_strlcpy(name, keys[i].name, 16);
            return true;
        }
    }
    if (key < 32) {
        g_snprintf(name, 16, "^%c", (char)(key + 64));
        return true;
    }
    int length = g_unichar_to_utf8((gunichar)key, name);
    name[length] = '\0';
    return true;
}
