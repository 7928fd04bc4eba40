/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking the terminal, and painting grids on it with ncurses. */
#include "config.h"

#define NCURSES_WIDECHAR 1
#include "ui/term.h"
#include "base/i18n.h"
#include "text/cells.h"
#include "ui/shown-pixels.h"
#include "ui/term-keys.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

G_DEFINE_QUARK(crier_term_error, term_error)

static struct termios saved_modes;
static char restore_sequence[256];
static attr_t attributes[STYLE_COUNT];
static int pairs[STYLE_COUNT];
static int own_ink, own_paper; /* the numbers of STYLE_NORMAL; -1: the terminal's own */
static bool direct_colors;     /* a number is 0xrrggbb, but for the palette's first ones */
static bool colors_ready, mouse_restored;
static SCREEN *screen;

/* What was on the screen when it was painted last, beside what curses knows. */
static struct {
    guint hyperlinks; /* hash_hyperlinks() */
    GArray *wider;    /* guint hash_wider() of each line */
    struct shown_pixels *pixels;
} painted;

/* Bracketed paste: what is pasted comes between two sequences. */
#define PASTES_ON  "\033[?2004h"
#define PASTES_OFF "\033[?2004l"

static volatile sig_atomic_t continued; /* after ^Z: the terminal may keep no pixels */
static volatile sig_atomic_t framed;    /* what is pasted is */
static struct sigaction curses_stop;    /* what curses does at ^Z */

static void
on_continue(int number)
{
    (void)number;
    continued = 1;
}

/* What a handler may call, too. */
static void
frame_pastes(bool on)
{
    const char *sequence = on ? PASTES_ON : PASTES_OFF;
    ssize_t written = framed ? write(STDOUT_FILENO, sequence, strlen(sequence)) : 0;
    (void)written;
}

/* The shell has its own way with what is pasted. */
static void
on_stop(int number)
{
    frame_pastes(false);
    curses_stop.sa_handler(number); /* returns when crier goes on */
    frame_pastes(true);
}

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

int
term_colors(void)
{
    if (!has_colors() || !colors_ready)
        return 0;
    if (COLORS >= 1 << 24 || tigetflag("RGB") > 0)
        return 1 << 24;
    return COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
}

void
term_set_theme(const struct theme *theme, int colors)
{
    static const attr_t names[] = {A_BOLD, A_DIM, A_ITALIC, A_UNDERLINE, A_REVERSE};
    for (int i = 0; i < STYLE_COUNT; i++) {
        struct look look = theme_look(theme, (enum style)i, colors);
        attributes[i] = A_NORMAL;
        for (size_t a = 0; a < G_N_ELEMENTS(names); a++)
            if (look.attributes & 1u << a)
                attributes[i] |= names[a];
        pairs[i] = 0;
        /* a direct-colour terminal takes 0xrrggbb for a colour */
        int foreground = look.foreground == COLOR_OWN ? -1 : look.foreground & 0xffffff;
        int background = look.background == COLOR_OWN ? -1 : look.background & 0xffffff;
        if (i == STYLE_NORMAL) {
            own_ink = foreground;
            own_paper = background;
        }
        if ((foreground >= 0 || background >= 0) &&
            init_extended_pair(i + 1, foreground, background) == OK)
            pairs[i] = i + 1;
    }
    direct_colors = colors >= 1 << 24;
    /* where nothing is written the theme's background shows too */
    cchar_t blank;
    setcchar(&blank, L" ", attributes[STYLE_NORMAL], 0,
             pairs[STYLE_NORMAL] ? &pairs[STYLE_NORMAL] : NULL);
    bkgrndset(&blank);
}

void
term_set_mouse(bool on)
{
    const char *reports = tigetstr("XM");
    if (on && reports && reports != (char *)-1 && !mouse_restored) { /* after a crash, too */
        g_strlcat(restore_sequence, tiparm(reports, 0), sizeof restore_sequence);
        mouse_restored = true;
    }
    mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
    mouseinterval(0); /* ui/mouse.c tells double clicks itself, and no key waits for them */
}

void
term_set_ambiguous(bool wide)
{
    cells_set_ambiguous(wide);
}

/*
 * Whether the type that TERM names can be painted on.  Nothing is written to the terminal before
 * that is known.
 */
static bool
check_type(GError **error)
{
    const char *type = g_getenv("TERM"), *move_to = NULL;
    int found;
    if (!type || !*type) {
        g_set_error(error, TERM_ERROR, TERM_ERROR_UNUSABLE,
                    _("TERM does not say what the terminal is; 'crier --plain' works on any"));
        return false;
    }
    if (setupterm(type, STDOUT_FILENO, &found) != OK) {
        g_set_error(
            error, TERM_ERROR, TERM_ERROR_UNUSABLE,
            _("the terminal type '%s' is not known here; try TERM=xterm, or 'crier --plain', which works on any"),
            type);
        return false;
    }
    move_to = tigetstr("cup");
    bool able = move_to && move_to != (char *)-1 && *move_to && tigetflag("hc") <= 0 &&
                tigetflag("os") <= 0;
    del_curterm(cur_term);
    if (!able)
        g_set_error(error, TERM_ERROR, TERM_ERROR_UNUSABLE,
                    _("a '%s' terminal cannot be painted on; 'crier --plain' works on any"), type);
    return able;
}

/* ^C comes as other keys do, so that it can be answered; it ends nothing. */
static void
make_interrupt_a_key(void)
{
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) != 0)
        return;
    modes.c_cc[VINTR] = _POSIX_VDISABLE;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    def_prog_mode(); /* what curses goes back to after another program */
}

bool
term_start(GError **error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        g_set_error(error, TERM_ERROR, TERM_ERROR_UNUSABLE,
                    _("the reader needs a terminal; 'crier list' and 'crier show' do not"));
        return false;
    }
    if (!check_type(error))
        return false;
    tcgetattr(STDIN_FILENO, &saved_modes);
    /* beside the session's leader no shell goes on: curses would leave the screen for nothing */
    if (getpgrp() == getsid(0))
        signal(SIGTSTP, SIG_IGN);
    screen = newterm(NULL, stdout, stdin);
    if (!screen) {
        g_set_error(error, TERM_ERROR, TERM_ERROR_UNUSABLE,
                    _("the terminal cannot be set up; 'crier --plain' works on any"));
        return false;
    }
    painted.wider = g_array_new(FALSE, TRUE, sizeof(guint));
    painted.pixels = shown_pixels_new();
    set_escdelay(25);
    cbreak();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    make_interrupt_a_key();
    colors_ready = start_color() == OK && use_default_colors() == OK;
    static const char *const capabilities[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
    for (size_t i = 0; i < G_N_ELEMENTS(capabilities); i++)
        add_capability(capabilities[i]);
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    for (size_t i = 0; i < G_N_ELEMENTS(crashes); i++)
        signal(crashes[i], on_crash);
    signal(SIGCONT, on_continue);
    framed = term_copies(); /* what knows one sequence of xterm's ignores another */
    if (framed)
        g_strlcat(restore_sequence, PASTES_OFF, sizeof restore_sequence);
    frame_pastes(true);
    if (sigaction(SIGTSTP, NULL, &curses_stop) == 0 && curses_stop.sa_handler != SIG_IGN &&
        curses_stop.sa_handler != SIG_DFL) {
        struct sigaction stop = curses_stop;
        stop.sa_handler = on_stop;
        sigaction(SIGTSTP, &stop, NULL);
    }
    return true;
}

/* The terminal keeps no picture any more, and shows none. */
static void
forget_pixels(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    shown_pixels_forget(painted.pixels, out);
    fwrite(out->str, 1, out->len, stdout);
    fflush(stdout); /* before what curses writes past it, which may lead to another screen */
}

void
term_stop(void)
{
    if (!screen)
        return;
    keys_await_answers();
    forget_pixels();
    frame_pastes(false);
    framed = 0;
    endwin();
    signal(SIGCONT, SIG_DFL);
    delscreen(screen);
    screen = NULL;
    g_clear_pointer(&painted.wider, g_array_unref);
    g_clear_pointer(&painted.pixels, shown_pixels_free);
}

void
term_lend(void)
{
    if (!screen)
        return;
    keys_await_answers();
    forget_pixels();
    frame_pastes(false);
    endwin();
    fflush(stdout);
}

void
term_take_back(void)
{
    if (!screen)
        return;
    flushinp(); /* what was typed for the other program, and not what is typed for what is seen */
    frame_pastes(true);
    refresh();
}

static const struct {
    int number;
    void (*handler)(int);
} lent_signals[] = {{SIGINT, SIG_IGN}, {SIGQUIT, SIG_IGN}, {SIGTSTP, SIG_DFL}};

void
term_signals_lend(struct term_signals *signals)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lent_signals); i++) {
        struct sigaction action = {.sa_handler = lent_signals[i].handler};
        sigaction(lent_signals[i].number, &action, &signals->before[i]);
    }
}

void
term_signals_take_back(const struct term_signals *signals)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lent_signals); i++)
        sigaction(lent_signals[i].number, &signals->before[i], NULL);
}

bool
term_copies(void)
{
    /* consoles, and terminals that print what they do not know */
    static const char *const without[] = {"linux", "vt",   "ansi", "cons",
                                          "sun",   "wsvt", "dumb", "unknown"};
    const char *type = g_getenv("TERM"), *set_selection = tigetstr("Ms");
    if (!type || !*type)
        return false;
    if (set_selection && set_selection != (char *)-1)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(without); i++)
        if (g_str_has_prefix(type, without[i]))
            return false;
    return true;
}

void
term_write(const char *sequence)
{
    fputs(sequence, stdout);
    fflush(stdout);
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
        if (wcwidth(c) < 0 || cells_of_char((gunichar)c) != 1 ||
            wcrtomb(bytes, c, &state) == (size_t)-1)
            return false;
    }
    return true;
}

void
term_set_graphics(const struct graphics_way *way)
{
    painted.pixels->way = *way;
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

/* --- the colours of pictures ------------------------------------------------------------------ */

/* Pairs of colours in use beside those of styles: two numbers -> the pair's. */
static GHashTable *picture_pairs;
static int last_pair = STYLE_COUNT; /* curses counts them from 1, and styles have the first */
static int most_pairs;              /* that may be in use now */
static bool pairs_used, pairs_lack; /* by what is painted; they were not enough for it */
static int coarseness;              /* how little tells colours apart: bits[], cube[] */

#define COARSEST 3
#define RENAME   1024 /* pairs whose other colours curses looks for on the screen, one by one */

/* Pairs that curses keeps; cells hold their numbers in 15 bits. */
static int
pairs_there(void)
{
    return MIN(COLOR_PAIRS, 1 << 15);
}

/*
 * All pairs get other colours.  For each of many curses would go through the whole screen to see
 * what to paint anew: that is all of it then.  Whether it is.
 */
static bool
forget_pairs(void)
{
    bool many = last_pair > RENAME;
    if (many)
        clearok(curscr, TRUE);
    if (picture_pairs)
        g_hash_table_remove_all(picture_pairs);
    last_pair = STYLE_COUNT;
    return many;
}

/* A colour by a few bits of its parts; the others repeat these, so that white stays white. */
static int
coarse_direct(guint32 color)
{
    static const int bits[COARSEST + 1] = {5, 4, 3, 2};
    guint32 number = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        guint32 part = color >> shift & 0xff & (0xffu << (8 - bits[coarseness]));
        for (int have = bits[coarseness]; coarseness && have < 8; have *= 2)
            part |= part >> have;
        number |= part << shift;
    }
    return (int)number;
}

/* The same of a number of the palette: its cube of 6 x 6 x 6 and its 24 greys. */
static int
coarse_indexed(int number)
{
    static const int cube[COARSEST + 1][6] = {
        {0, 1, 2, 3, 4, 5}, {0, 0, 2, 2, 5, 5}, {0, 0, 2, 2, 5, 5}, {0, 0, 0, 5, 5, 5}};
    const int *to = cube[coarseness];
    if (number >= 232)
        return number - (number - 232) % (1 << coarseness);
    if (number < 16)
        return number;
    number -= 16;
    return 16 + to[number / 36] * 36 + to[number / 6 % 6] * 6 + to[number % 6];
}

/* own: what stands for 0. */
static int
color_number(guint32 color, int own)
{
    return !color          ? own
           : direct_colors ? coarse_direct(color & 0xffffff)
                           : coarse_indexed((int)(color & 0xffffff));
}

/* The pair of a cell: its style's, or of its own colours; pairs_lack where there are no more. */
static int
pair_of(const struct cell *cell)
{
    if (!cell->ink && !cell->paper)
        return pairs[cell->style];
    pairs_used = true;
    int ink = color_number(cell->ink, own_ink), paper = color_number(cell->paper, own_paper);
    gint64 key = (gint64)(ink + 1) << 32 | (guint32)(paper + 1);
    if (!picture_pairs)
        picture_pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    int pair = GPOINTER_TO_INT(g_hash_table_lookup(picture_pairs, &key));
    if (pair)
        return pair;
    pairs_lack |= last_pair + 1 >= most_pairs;
    if (pairs_lack || init_extended_pair(last_pair + 1, ink, paper) != OK)
        return pairs[STYLE_NORMAL];
    g_hash_table_insert(picture_pairs, g_memdup2(&key, sizeof key), GINT_TO_POINTER(++last_pair));
    return last_pair;
}

/* Colour pairs above 255 need the long form. */
static void
set_cell(cchar_t *c, const wchar_t *text, const struct cell *cell)
{
    int pair = pair_of(cell);
    setcchar(c, text, attributes[cell->style], (short)pair, &pair);
}

/*
 * OSC 8 is nothing that a cell can hold: the text of links is written once more, after the
 * update, with the address around it, and the cursor is put back.
 */
static void
write_hyperlinks(const struct grid *grid)
{
    const char *save = tigetstr("sc"), *restore = tigetstr("rc"), *move_to = tigetstr("cup");
    if (!grid->hyperlinks->len || !save || save == (char *)-1 || !restore ||
        restore == (char *)-1 || !move_to || move_to == (char *)-1)
        return;
    putp(save);
    for (guint i = 0; i < grid->hyperlinks->len; i++) {
        const struct hyperlink *link = &g_array_index(grid->hyperlinks, struct hyperlink, i);
        putp(tiparm(move_to, link->y, link->x));
        fprintf(stdout, "\033]8;;%s\033\\", link->url);
        for (int x = link->x; x < link->x + link->cells; x++) {
            const struct cell *cell = &grid->cells[link->y * grid->width + x];
            if (!cell->width)
                continue;
            vid_puts(attributes[cell->style], (short)pairs[cell->style], &pairs[cell->style],
                     putchar);
            wchar_t wide[CCHARW_MAX + 1];
            to_wide(cell, wide);
            fprintf(stdout, "%ls", wide);
        }
        vid_puts(A_NORMAL, 0, NULL, putchar);
        fputs("\033]8;;\033\\", stdout);
    }
    putp(restore);
    fflush(stdout);
}

/* A number that is another one when other stretches lead somewhere, or to other addresses. */
static guint
hash_hyperlinks(const struct grid *grid)
{
    guint hash = 0;
    for (guint i = 0; i < grid->hyperlinks->len; i++) {
        const struct hyperlink *link = &g_array_index(grid->hyperlinks, struct hyperlink, i);
        hash = hash * 31 + g_str_hash(link->url) + (guint)(link->y * 1009 + link->x);
    }
    return hash;
}

/* --- characters that are wider here than curses knows --------------------------------------- */

/*
 * curses places by wcwidth(3) alone.  A character of ambiguous width that takes two cells on this
 * terminal is two blanks to it; the character is written over them after each update.
 */
static bool
is_wider(const struct cell *cell)
{
    gunichar c = cell->width == 2 ? g_utf8_get_char(cell->text) : 0;
    return c && wcwidth((wchar_t)c) == 1 && cells_of_char(c) == 2;
}

/*
 * A number that is another one when other such characters stand in a line; 0 when there are none.
 */
static guint
hash_wider(const struct grid *grid, int y)
{
    guint hash = 0;
    for (int x = 0; x < grid->width; x++) {
        const struct cell *cell = &grid->cells[y * grid->width + x];
        if (is_wider(cell))
            hash = hash * 31 + g_str_hash(cell->text) * (guint)(x + 1) + cell->style + 1;
    }
    return hash;
}

static void
write_wider_line(const struct grid *grid, int y, int width, const char *move_to)
{
    int end = -1; /* the column at which the terminal's cursor stands; -1: elsewhere */
    for (int x = 0; x + 1 < MIN(grid->width, width); x++) {
        const struct cell *cell = &grid->cells[y * grid->width + x];
        if (!is_wider(cell))
            continue;
        wchar_t wide[CCHARW_MAX + 1];
        to_wide(cell, wide);
        if (x != end)
            putp(tiparm(move_to, y, x));
        vid_puts(attributes[cell->style], (short)pairs[cell->style], &pairs[cell->style], putchar);
        fprintf(stdout, "%ls", wide);
        end = x + 2;
    }
}

/*
 * Has curses write the lines anew in which such characters stand or stood, if they are others now;
 * whether there are any.
 */
static bool
renew_wider_lines(const struct grid *grid, int height)
{
    bool any = false;
    g_array_set_size(painted.wider, (guint)MAX(height, 0));
    for (int y = 0; y < height; y++) {
        guint hash = y < grid->height ? hash_wider(grid, y) : 0;
        if (g_array_index(painted.wider, guint, y) != hash) {
            wredrawln(stdscr, y, 1);
            any = true;
        }
        g_array_index(painted.wider, guint, y) = hash;
    }
    return any;
}

static void
write_wider(const struct grid *grid, int width, int height, int cursor_x, int cursor_y)
{
    const char *move_to = tigetstr("cup");
    bool any = false;
    for (int y = 0; y < MIN(grid->height, height); y++) {
        if (!g_array_index(painted.wider, guint, y))
            continue;
        write_wider_line(grid, y, width, move_to);
        any = true;
    }
    if (!any)
        return;
    vid_puts(A_NORMAL, 0, NULL, putchar);
    putp(tiparm(move_to, cursor_y, cursor_x));
    fflush(stdout);
}

/* --- painting ------------------------------------------------------------------------------- */

static void
paint_cell(const struct cell *cell, int x, int y, int width)
{
    wchar_t wide[CCHARW_MAX + 1] = L" ";
    bool wider = is_wider(cell);
    cchar_t c;
    if (!wider)
        to_wide(cell, wide);
    set_cell(&c, wide, cell);
    mvadd_wch(y, x, &c);
    /* a wide character that came out narrow leaves its second cell to be cleared */
    if (cell->width == 2 && wide[0] && wcwidth(wide[0]) == 1 && x + 1 < width) {
        set_cell(&c, L" ", cell);
        mvadd_wch(y, x + 1, &c);
    }
}

/* What stands where pixels are: a blank that curses takes for none, and writes once. */
static const struct cell under_pixels = {.text = "\u00a0", .width = 1, .style = STYLE_NORMAL};

/* Whether there were pairs enough for it; whole: else nothing more is painted. */
static bool
paint_cells(const struct grid *grid, int width, int height, bool whole)
{
    bool lack = false;
    pairs_lack = pairs_used = false;
    for (int y = 0; y < MIN(grid->height, height) && (whole || !lack); y++) {
        for (int x = 0; x < MIN(grid->width, width); x++)
            if (grid->cells[y * grid->width + x].width)
                paint_cell(shown_pixels_cover(painted.pixels, x, y)
                               ? &under_pixels
                               : &grid->cells[y * grid->width + x],
                           x, y, width);
        lack = pairs_lack;
    }
    return !lack;
}

/*
 * Begins anew with the pairs, as finely as half of them suffice for: the other half is there for
 * what comes next.  Whether all of the terminal is painted.
 */
static bool
paint_with_new_pairs(const struct grid *grid, int width, int height)
{
    bool all = false, enough = false;
    most_pairs = pairs_there() / 2;
    for (coarseness = 0; !enough; coarseness++) {
        all |= forget_pairs();
        enough = paint_cells(grid, width, height, coarseness == COARSEST) || coarseness == COARSEST;
    }
    coarseness--;
    return all;
}

/* Pixels go over what curses has written; cleared: that was all of the screen. */
static void
write_pixels(bool cleared, int cursor_x, int cursor_y)
{
    g_autoptr(GString) out = g_string_new(NULL);
    shown_pixels_write(painted.pixels, out, cleared);
    if (!out->len)
        return;
    fwrite(out->str, 1, out->len, stdout);
    putp(tiparm(tigetstr("cup"), cursor_y, cursor_x));
    fflush(stdout);
}

void
term_paint(const struct grid *grid, bool all)
{
    int width, height;
    term_size(&width, &height);
    /* curses has painted itself what it knows of */
    all |= continued;
    continued = 0;
    bool cleared = all;
    if (all)
        forget_pixels();
    shown_pixels_choose(painted.pixels, grid, width, height, g_get_monotonic_time());
    /* in a line with pixels nothing is moved by inserting what is before it */
    idcok(stdscr, !painted.pixels->wanted->len && !painted.pixels->shown->len);
    most_pairs = pairs_there();
    if (!paint_cells(grid, width, height, false) && paint_with_new_pairs(grid, width, height))
        all = cleared = true;
    if (!pairs_used && !painted.pixels->chosen->len)
        coarseness = 0; /* for the next picture */
    int cursor_x = CLAMP(grid->cursor_x, 0, width - 1),
        cursor_y = CLAMP(grid->cursor_y, 0, height - 1);
    move(cursor_y, cursor_x);
    guint hyperlinks = hash_hyperlinks(grid);
    bool links = hyperlinks != painted.hyperlinks || all;
    painted.hyperlinks = hyperlinks;
    if (links && grid->hyperlinks->len == 0)
        cleared = true; /* those that were there are gone only with what is written anew */
    if (cleared)
        clearok(stdscr, TRUE);
    if (renew_wider_lines(grid, height))
        shown_pixels_rewritten(painted.pixels);
    refresh();
    write_pixels(cleared, cursor_x, cursor_y);
    write_wider(grid, width, height, cursor_x, cursor_y);
    if (links)
        write_hyperlinks(grid);
}

int
term_timeout(void)
{
    gint64 now = g_get_monotonic_time();
    int held = keys_timeout(now), rest = shown_pixels_timeout(painted.pixels, now);
    return held < 0 || rest < 0 ? MAX(held, rest) : MIN(held, rest);
}
