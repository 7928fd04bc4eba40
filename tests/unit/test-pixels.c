/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pixels on terminals: Sixel and Kitty's graphics read back by small decoders of our own, what is
 * believed of rasters, answers among keys, and which pictures are shown and written when.
 */
#include "config.h"

#include "document/drawn.h"
#include "ui/graphics.h"
#include "ui/shown-pixels.h"
#include "ui/term-answers.h"
#include "unit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define CELL_WIDTH  10
#define CELL_HEIGHT 20
#define MS          1000

typedef struct raster own_raster;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(own_raster, raster_unref)

/* Stripes and points in `colors` colours, and pixels that are clear. */
static struct raster *
make_raster(guint width, guint height, guint colors)
{
    struct raster *raster = raster_new(width, height);
    raster->cell_width = CELL_WIDTH;
    raster->cell_height = CELL_HEIGHT;
    raster->count = colors;
    for (guint i = 0; i < colors; i++)
        raster->colors[i] = (i * 0x30f1b) & 0xffffff;
    for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
            raster->pixels[(gsize)y * width + x] =
                (guint8)(x < width / 2 ? y / 5 % (colors + 1) : (x * 7 + y * 3) % (colors + 1));
    return raster;
}

/* --- Sixel ---------------------------------------------------------------------------------- */

/* What a terminal makes of one: numbers of colours, one more each; 0 is clear. */
struct sixel {
    guint width, height;
    guint colors[256][3];
    guint8 *pixels; /* owned */
};

static guint
read_number(const char **at)
{
    char *end;
    guint number = (guint)strtoul(*at, &end, 10);
    g_assert_true(end > *at);
    *at = end;
    return number;
}

static void
skip(const char **at, const char *text)
{
    g_assert_true(g_str_has_prefix(*at, text));
    *at += strlen(text);
}

/* "#N" or "#N;2;R;G;B"; the number. */
static guint
read_color(struct sixel *sixel, const char **at)
{
    guint color = read_number(at);
    g_assert_cmpuint(color, <, 255);
    if (**at != ';')
        return color;
    skip(at, ";2");
    for (int c = 0; c < 3; c++) {
        skip(at, ";");
        sixel->colors[color][c] = read_number(at);
        g_assert_cmpuint(sixel->colors[color][c], <=, 100);
    }
    return color;
}

static struct sixel
read_sixel(const char *at)
{
    struct sixel sixel = {0};
    guint x = 0, top = 0, color = 0;
    skip(&at, "\033P0;1;0q\"1;1;");
    sixel.width = read_number(&at);
    skip(&at, ";");
    sixel.height = read_number(&at);
    sixel.pixels = g_malloc0((gsize)sixel.width * sixel.height);
    while (*at != '\033') {
        char c = *at++;
        guint count = 1;
        if (c == '#') {
            color = read_color(&sixel, &at);
            continue;
        }
        if (c == '$' || c == '-') {
            x = 0;
            top += c == '-' ? 6 : 0;
            continue;
        }
        if (c == '!') {
            count = read_number(&at);
            c = *at++;
        }
        g_assert_true(c >= 63 && c < 127 && x + count <= sixel.width && top < sixel.height);
        for (guint i = 0; i < count; i++, x++)
            for (guint y = 0; y < 6; y++)
                if ((c - 63) >> y & 1) {
                    g_assert_cmpuint(top + y, <, sixel.height);
                    sixel.pixels[(gsize)(top + y) * sixel.width + x] = (guint8)(color + 1);
                }
    }
    g_assert_cmpstr(at, ==, "\033\\");
    return sixel;
}

static void
check_sixel(const struct raster *raster, guint top, guint end)
{
    g_autoptr(GString) out = g_string_new(NULL);
    graphics_sixel(out, raster, top, end);
    struct sixel sixel = read_sixel(out->str);
    g_assert_cmpuint(sixel.width, ==, raster->width);
    g_assert_cmpuint(sixel.height, ==, end - top);
    for (guint i = 0; i < raster->count; i++)
        for (guint c = 0; c < 3; c++) {
            int part = (int)(raster->colors[i] >> (16 - 8 * c) & 255),
                shown = (int)(sixel.colors[i][c] * 255 / 100);
            g_assert_cmpint(ABS(part - shown), <=, 2);
        }
    const guint8 *pixels = raster->pixels + (gsize)top * raster->width;
    for (gsize i = 0; i < (gsize)raster->width * (end - top); i++)
        g_assert_cmpuint(sixel.pixels[i], ==,
                         raster_is_clear(raster, pixels[i]) ? 0 : pixels[i] + 1u);
    g_free(sixel.pixels);
}

static void
test_sixel(void)
{
    static const guint counts[] = {0, 1, 2, 16, 254, 255};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autoptr(own_raster) raster = make_raster(97, 63, counts[i]);
        check_sixel(raster, 0, 63);
        check_sixel(raster, 20, 40);
        check_sixel(raster, 62, 63);
    }
    g_autoptr(own_raster) least = make_raster(1, 1, 1);
    check_sixel(least, 0, 1);
}

/* A stretch of one colour is written as one. */
static void
test_sixel_runs(void)
{
    g_autoptr(own_raster) raster = make_raster(500, 6, 1);
    memset(raster->pixels, 0, 3000);
    g_autoptr(GString) out = g_string_new(NULL);
    graphics_sixel(out, raster, 0, 6);
    g_assert_cmpstr(out->str, ==, "\033P0;1;0q\"1;1;500;6#0;2;0;0;0#0!500~\033\\");
}

/* --- Kitty ---------------------------------------------------------------------------------- */

static void
test_kitty_send(void)
{
    g_autoptr(own_raster) raster = make_raster(301, 203, 200);
    g_autoptr(GString) out = g_string_new(NULL), text = g_string_new(NULL);
    graphics_kitty_send(out, raster, 7);
    g_auto(GStrv) pieces = g_strsplit(out->str, "\033\\", -1);
    guint count = g_strv_length(pieces) - 1; /* nothing is behind the last */
    g_assert_cmpstr(pieces[count], ==, "");
    g_assert_cmpuint(count, >, 1);
    for (guint i = 0; i < count; i++) {
        g_autofree char *head = g_strdup_printf(
            i ? "\033_Gq=2,m=%d;" : "\033_Ga=t,f=32,o=z,t=d,q=2,i=7,s=301,v=203,m=%d;",
            i + 1 < count);
        g_assert_true(g_str_has_prefix(pieces[i], head));
        const char *data = pieces[i] + strlen(head);
        g_assert_cmpuint(strlen(data), <=, 4096);
        g_assert_true(i + 1 == count || strlen(data) % 4 == 0);
        g_string_append(text, data);
    }
    gsize length;
    g_autofree guchar *packed = g_base64_decode(text->str, &length);
    uLongf size = 301 * 203 * 4;
    g_autofree guint8 *rgba = g_malloc(size);
    g_assert_cmpint(uncompress(rgba, &size, packed, length), ==, Z_OK);
    g_assert_cmpuint(size, ==, 301 * 203 * 4);
    for (gsize i = 0; i < 301 * 203; i++) {
        const guint8 *pixel = rgba + i * 4;
        bool clear = raster_is_clear(raster, raster->pixels[i]);
        g_assert_cmpuint(pixel[3], ==, clear ? 0 : 255);
        if (!clear)
            g_assert_cmphex((guint)(pixel[0] << 16 | pixel[1] << 8 | pixel[2]), ==,
                            raster->colors[raster->pixels[i]]);
    }
}

static void
test_kitty_place(void)
{
    g_autoptr(own_raster) raster = make_raster(30, 50, 2);
    g_autoptr(GString) out = g_string_new(NULL);
    graphics_kitty_place(out, raster, 7, 2, 20, 50);
    graphics_kitty_remove(out, 7, 2);
    graphics_kitty_drop(out, 7);
    g_assert_cmpstr(out->str, ==,
                    "\033_Ga=p,q=2,C=1,i=7,p=2,x=0,y=20,w=30,h=30\033\\"
                    "\033_Ga=d,d=i,q=2,i=7,p=2\033\\"
                    "\033_Ga=d,d=I,q=2,i=7\033\\");
}

/* --- what is believed ----------------------------------------------------------------------- */

static struct raster *
through_wire(const GByteArray *bytes, gsize cut, guint width, guint height, guint colors)
{
    struct wire_input in = wire_input(bytes->data, bytes->len - cut);
    struct raster *raster = raster_get(&in, width, height, colors);
    g_assert_true(!raster || wire_is_done(&in));
    return raster;
}

static void
test_wire(void)
{
    gsize before = raster_live();
    {
        g_autoptr(own_raster) raster = make_raster(40, 30, 5);
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        raster_put(bytes, raster);
        g_autoptr(own_raster) same = through_wire(bytes, 0, 40, 30, 5);
        g_assert_nonnull(same);
        g_assert_cmpmem(same->pixels, 1200, raster->pixels, 1200);
        g_assert_cmpuint(same->serial, !=, raster->serial);
        g_assert_cmpuint(raster_live() - before, ==, 2400);
        g_assert_null(through_wire(bytes, 0, 39, 30, 5));
        g_assert_null(through_wire(bytes, 0, 40, 29, 5));
        g_assert_null(through_wire(bytes, 0, 40, 30, 4));
        for (gsize cut = 1; cut < bytes->len; cut++)
            g_assert_null(through_wire(bytes, cut, 40, 30, 5));
    }
    g_assert_cmpuint(raster_live(), ==, before);
}

/* Whatever is in them, they are colours, or nothing is believed. */
static void
test_lies(void)
{
    g_autoptr(own_raster) raster = make_raster(4, 4, 5);
    g_autoptr(GByteArray) bytes = g_byte_array_new(), colored = g_byte_array_new(),
                          huge = g_byte_array_new(), none = g_byte_array_new();
    raster->pixels[15] = 6;
    raster_put(bytes, raster);
    g_assert_null(through_wire(bytes, 0, 4, 4, 255));
    raster->pixels[15] = 5;
    raster->colors[4] = 0x1000000;
    raster_put(colored, raster);
    g_assert_null(through_wire(colored, 0, 4, 4, 255));
    wire_put_number(huge, 1 << 12);
    wire_put_number(huge, (RASTER_MAX_PIXELS >> 12) + 1);
    g_assert_null(through_wire(huge, 0, 1 << 16, 1 << 16, 255));
    raster_put(none, NULL);
    struct wire_input in = wire_input(none->data, none->len);
    g_assert_null(raster_get(&in, 4, 4, 255));
    g_assert_true(wire_is_done(&in));
}

/* --- answers -------------------------------------------------------------------------------- */

#define KITTY "\033_Gi=31;OK\033\\"
#define SIZE  "\033[6;20;10t"
#define COUNT "\033[?1;0;16S"
#define PLAIN "\033[?62;c"
#define SIXEL "\033[?63;1;2;4;6;9;15;22c"

/* The characters of a text pass, `gap` microseconds between two; what is left are keys. */
static char *
pass(struct answers *answers, const char *text, gint64 *now, gint64 gap)
{
    GString *keys = g_string_new(NULL);
    gunichar c;
    for (const char *p = text; *p; p = g_utf8_next_char(p), *now += gap) {
        answers_expire(answers, *now);
        while (answers_next_key(answers, &c))
            g_string_append_unichar(keys, c);
        if (answers_are_due(answers))
            answers_take(answers, g_utf8_get_char(p), *now);
        else
            g_string_append_unichar(keys, g_utf8_get_char(p));
        while (answers_next_key(answers, &c))
            g_string_append_unichar(keys, c);
    }
    return g_string_free(keys, FALSE);
}

/* Nothing comes any more: what is held is let go, in a time that is known. */
static char *
wait_for_keys(struct answers *answers, gint64 *now)
{
    GString *keys = g_string_new(NULL);
    gunichar c;
    for (int i = 0; answers_timeout(answers, *now) >= 0; i++) {
        g_assert_cmpint(i, <, 3);
        g_assert_cmpint(answers_timeout(answers, *now), <=, 1001);
        *now += (gint64)answers_timeout(answers, *now) * MS;
        answers_expire(answers, *now);
        while (answers_next_key(answers, &c))
            g_string_append_unichar(keys, c);
    }
    return g_string_free(keys, FALSE);
}

static void
test_answers(void)
{
    static const struct {
        const char *text, *keys;
        bool whole, kitty, sixel;
        guint colors;
    } cases[] = {
        {KITTY SIZE PLAIN, "", true, true, false, 0},
        {SIZE COUNT SIXEL, "", true, false, true, 16},
        {KITTY SIZE COUNT SIXEL, "", true, true, true, 16},
        {"\033_Gi=31;EINVAL:no\033\\" SIZE PLAIN, "", true, false, false, 0},
        {"j" KITTY "k" SIZE "öl" PLAIN "x", "jkölx", true, true, false, 0},
        {"\033" KITTY "\033" SIZE PLAIN, "\033\033", true, true, false, 0},
        {"\033\033" KITTY "\033[" SIZE PLAIN, "\033\033\033[", true, true, false, 0},
        {PLAIN KITTY, KITTY, true, false, false, 0},            /* after the last one */
        {SIZE "\033[?1;3;0S" SIXEL, "", true, false, true, 0},  /* it does not know */
        {"\033[?62;2j" KITTY PLAIN, "j", true, true, false, 0}, /* half an answer, and a key */
        {"\033[A\033OB" SIZE "\033[200~", "\033[A\033OB\033[200~", false, false, false, 0},
        {"\033[?j\033_x\033_Gj", "\033[?j\033_x", false, false, false, 0},
        {"jjjj", "jjjj", false, false, false, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (gint64 gap = 0; gap <= 10 * MS; gap += 10 * MS) {
            struct answers answers = {.asked = true};
            gint64 now = 5;
            g_autofree char *keys = pass(&answers, cases[i].text, &now, gap);
            g_test_message("%s", cases[i].keys);
            g_assert_cmpstr(keys, ==, cases[i].keys);
            g_assert_true(answers.whole == cases[i].whole && answers.kitty == cases[i].kitty &&
                          answers.sixel == cases[i].sixel);
            g_assert_cmpuint(answers.colors, ==, cases[i].colors);
        }
    }
}

/* One that is asked nothing loses nothing. */
static void
test_unasked(void)
{
    struct answers answers = {.asked = false};
    g_assert_false(answers_are_due(&answers));
    g_assert_cmpint(answers_timeout(&answers, 0), ==, -1);
}

/* Answers may be cut anywhere: what may be keys comes out after a while, the rest never. */
static void
test_cut_answers(void)
{
    static const char all[] = KITTY SIZE COUNT SIXEL;
    for (gsize cut = 0; cut < sizeof all; cut++) {
        struct answers answers = {.asked = true};
        gint64 now = 0;
        g_autofree char *begin = g_strndup(all, cut), *none = pass(&answers, begin, &now, MS),
                        *late = wait_for_keys(&answers, &now),
                        *keys = pass(&answers, "jq\033", &now, MS),
                        *escape = wait_for_keys(&answers, &now);
        g_assert_cmpstr(none, ==, "");
        g_assert_cmpuint(strlen(late), <=, 3);
        g_assert_true(g_str_has_prefix("\033[?", late) || g_str_has_prefix("\033[6", late) ||
                      g_str_has_prefix("\033_G", late));
        if (cut + 1 < sizeof all) {
            g_assert_cmpstr(keys, ==, "jq");
            g_assert_cmpstr(escape, ==, "\033");
        } else {
            g_assert_cmpstr(keys, ==, "jq\033");
        }
    }
}

/* Two halves with some time between them are one answer. */
/* Who reads a key long after half an answer, and no word of the time between, reads a key. */
static void
test_late_reader(void)
{
    static const char all[] = KITTY SIZE COUNT SIXEL;
    for (gsize cut = 4; cut < strlen(KITTY) - 1; cut++) {
        struct answers answers = {.asked = true};
        gint64 now = 0;
        g_autofree char *begin = g_strndup(all, cut), *none = pass(&answers, begin, &now, 0);
        now += 3000 * MS;
        for (const char *key = "j:"; *key; key++)
            answers_take(&answers, (gunichar)*key, now);
        answers_expire(&answers, now);
        gunichar c;
        g_assert_cmpstr(none, ==, "");
        g_assert_true(answers_next_key(&answers, &c) && c == 'j');
        g_assert_true(answers_next_key(&answers, &c) && c == ':');
        g_assert_false(answers_next_key(&answers, &c));
    }
    struct answers answers = {.asked = true};
    gint64 now = 0;
    g_autofree char *begin = g_strndup(all, 6), *none = pass(&answers, begin, &now, 0);
    now += 3000 * MS; /* and who reads the rest late reads an answer */
    for (const char *rest = all + 6; *rest; rest++)
        answers_take(&answers, (gunichar)*rest, now);
    gunichar c;
    g_assert_cmpstr(none, ==, "");
    g_assert_false(answers_next_key(&answers, &c));
    g_assert_true(answers.whole && answers.kitty);
}

static void
test_split_answers(void)
{
    static const char all[] = KITTY SIZE COUNT SIXEL;
    for (gsize cut = 1; cut < sizeof all - 1; cut++) {
        struct answers answers = {.asked = true};
        gint64 now = 0;
        g_autofree char *begin = g_strndup(all, cut), *none = pass(&answers, begin, &now, 0);
        now += 90 * MS;
        g_autofree char *keys = pass(&answers, all + cut, &now, 0);
        g_assert_cmpstr(none, ==, "");
        g_assert_cmpstr(keys, ==, "");
        g_assert_true(answers.whole && answers.kitty && answers.sixel);
    }
}

/* An escape key alone is one, soon. */
static void
test_escape(void)
{
    struct answers answers = {.asked = true};
    gint64 now = 0;
    g_autofree char *none = pass(&answers, "\033", &now, 0);
    g_assert_cmpstr(none, ==, "");
    g_assert_cmpint(answers_timeout(&answers, now), <=, 101);
    g_autofree char *escape = wait_for_keys(&answers, &now);
    g_assert_cmpstr(escape, ==, "\033");
    /* or at once, when another kind of key comes behind it */
    g_autofree char *again = pass(&answers, "\033", &now, 0);
    gunichar c;
    g_assert_cmpstr(again, ==, "");
    answers_release(&answers);
    g_assert_true(answers_next_key(&answers, &c) && c == 27);
    g_assert_false(answers_next_key(&answers, &c));
    /* but half an answer is nobody's key */
    g_autofree char *half = pass(&answers, "\033[?62", &now, 0);
    g_assert_cmpstr(half, ==, "");
    answers_release(&answers);
    g_assert_false(answers_next_key(&answers, &c));
    /* and none ends with a zero, as Ctrl-Space is */
    g_autofree char *six = pass(&answers, "\033[?6", &now, 0);
    g_assert_cmpstr(six, ==, "");
    answers_take(&answers, 0, now);
    g_assert_false(answers.whole);
}

/* Any bytes are keys or answers, none is lost but of half answers, and nothing is held for ever. */
static void
test_garbage(void)
{
    static const char some[] = "\033\033\033[]_G?6;31tcS\\jö=i, ";
    for (int round = 0; round < 3000; round++) {
        struct answers answers = {.asked = true};
        gint64 now = 0;
        g_autoptr(GString) text = g_string_new(NULL);
        for (int i = g_test_rand_int_range(0, 300); i > 0; i--) {
            char c = some[g_test_rand_int_range(0, sizeof some - 1)];
            g_string_append_c(text, (guchar)c < 128 ? c : 'o');
        }
        g_autofree char *keys = pass(&answers, text->str, &now, 0),
                        *late = wait_for_keys(&answers, &now),
                        *more = pass(&answers, "jk", &now, 0);
        g_assert_cmpuint(strlen(keys) + strlen(late), <=, text->len);
        g_assert_cmpstr(more, ==, "jk");
    }
}

static void
test_way(void)
{
    static const struct {
        struct answers answers;
        struct answers_size size;
        struct graphics_way way;
    } cases[] = {
        {{.whole = true, .kitty = true, .sixel = true, .cell_width = 10, .cell_height = 20},
         {80, 24, 0, 0},
         {GRAPHICS_KITTY, 10, 20, 255}},
        {{.whole = true, .sixel = true, .cell_width = 10, .cell_height = 20, .colors = 16},
         {80, 24, 803, 490},
         {GRAPHICS_SIXEL, 10, 20, 16}},
        {{.whole = true, .sixel = true, .colors = 1024},
         {80, 24, 800, 480},
         {GRAPHICS_SIXEL, 10, 20, 255}},
        /* cells have become larger since */
        {{.whole = true, .kitty = true, .cell_width = 10, .cell_height = 20},
         {40, 12, 800, 480},
         {GRAPHICS_KITTY, 20, 40, 255}},
        {{.whole = true, .kitty = true}, {80, 24, 0, 0}, {GRAPHICS_NONE, 0, 0, 0}},
        {{.whole = true, .kitty = true, .cell_width = 300, .cell_height = 20},
         {80, 24, 0, 0},
         {GRAPHICS_NONE, 0, 0, 0}},
        {{.whole = true, .cell_width = 10, .cell_height = 20}, {0}, {GRAPHICS_NONE, 0, 0, 0}},
        {{.kitty = true, .cell_width = 10, .cell_height = 20}, {0}, {GRAPHICS_NONE, 0, 0, 0}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct graphics_way way = answers_way(&cases[i].answers, &cases[i].size);
        g_assert_cmpint(way.kind, ==, cases[i].way.kind);
        g_assert_cmpuint(way.cell_width, ==, cases[i].way.cell_width);
        g_assert_cmpuint(way.cell_height, ==, cases[i].way.cell_height);
        g_assert_cmpuint(way.colors, ==, cases[i].way.colors);
    }
}

/* --- on the screen -------------------------------------------------------------------------- */

/* The rows of a picture from `first` on, at line y of the grid, as an article puts them. */
static void
put_picture(struct grid *grid, struct raster *raster, int y, int first)
{
    int columns = (int)(raster->width + CELL_WIDTH - 1) / CELL_WIDTH,
        rows = (int)(raster->height + CELL_HEIGHT - 1) / CELL_HEIGHT;
    for (int row = first; row < rows && y < grid->height; row++, y++) {
        for (int x = 0; x < columns; x++)
            grid_put_symbol(grid, 2 + x, y, '#', 0, 0);
        grid_put_graphic(grid, 2, y, columns, row, raster);
    }
}

/* Shows a grid with one picture; what is written. */
static char *
show(struct shown_pixels *pixels, struct raster *raster, int y, int first, gint64 now)
{
    AUTO(grid_free) struct grid *grid = grid_new(30, 10);
    GString *out = g_string_new(NULL);
    if (raster)
        put_picture(grid, raster, y, first);
    shown_pixels_choose(pixels, grid, 30, 10, now);
    shown_pixels_write(pixels, out, false);
    return g_string_free(out, FALSE);
}

static struct shown_pixels *
new_pixels(enum graphics kind)
{
    struct shown_pixels *pixels = shown_pixels_new();
    pixels->way = (struct graphics_way){kind, CELL_WIDTH, CELL_HEIGHT, 255};
    pixels->moved = -1000 * MS;
    return pixels;
}

/* Nothing is drawn while it moves, once when it rests, and no more then. */
static void
test_sixel_rests(void)
{
    AUTO(shown_pixels_free) struct shown_pixels *pixels = new_pixels(GRAPHICS_SIXEL);
    g_autoptr(own_raster) raster = make_raster(95, 70, 8);
    gint64 now = 0;
    for (int y = 5; y > 0; y--, now += 100 * MS) {
        g_autofree char *moving = show(pixels, raster, y, 0, now);
        g_assert_cmpstr(moving, ==, "");
        g_assert_false(shown_pixels_cover(pixels, 2, y));
        g_assert_cmpint(shown_pixels_timeout(pixels, now), ==, 151);
    }
    now += 60 * MS;
    g_autofree char *rests = show(pixels, raster, 1, 0, now);
    g_assert_true(g_str_has_prefix(rests, "\033[2;3H\033P0;1;0q\"1;1;95;70#"));
    g_assert_true(shown_pixels_cover(pixels, 2, 1) && shown_pixels_cover(pixels, 11, 4));
    g_assert_false(shown_pixels_cover(pixels, 1, 1) || shown_pixels_cover(pixels, 12, 1) ||
                   shown_pixels_cover(pixels, 2, 0) || shown_pixels_cover(pixels, 2, 5));
    g_assert_cmpint(shown_pixels_timeout(pixels, now), ==, -1);
    g_autofree char *same = show(pixels, raster, 1, 0, now + 1);
    g_assert_cmpstr(same, ==, "");
    /* the part that is seen is drawn */
    g_autofree char *leaves = show(pixels, raster, 0, 2, now + 2),
                    *part = show(pixels, raster, 0, 2, now + 200 * MS);
    g_assert_cmpstr(leaves, ==, "");
    g_assert_true(g_str_has_prefix(part, "\033[1;3H\033P0;1;0q\"1;1;95;30#"));
}

static void
test_kitty_moves(void)
{
    AUTO(shown_pixels_free) struct shown_pixels *pixels = new_pixels(GRAPHICS_KITTY);
    g_autoptr(own_raster) raster = make_raster(95, 70, 8);
    g_autofree char *first = show(pixels, raster, 5, 0, 0),
                    *sent = show(pixels, raster, 5, 0, 200 * MS),
                    *moved = show(pixels, raster, 4, 0, 201 * MS),
                    *part = show(pixels, raster, 0, 1, 202 * MS),
                    *gone = show(pixels, NULL, 0, 0, 203 * MS),
                    *back = show(pixels, raster, 8, 0, 204 * MS);
    guint id = 0x63720000u + raster->serial;
    g_autofree char *place = g_strdup_printf("\033_Ga=d,d=i,q=2,i=%u,p=1\033\\\033[5;3H"
                                             "\033_Ga=p,q=2,C=1,i=%u,p=1,x=0,y=0,w=95,h=70\033\\",
                                             id, id),
                    *place_part =
                        g_strdup_printf("\033_Ga=d,d=i,q=2,i=%u,p=1\033\\\033[1;3H"
                                        "\033_Ga=p,q=2,C=1,i=%u,p=1,x=0,y=20,w=95,h=50\033\\",
                                        id, id),
                    *remove = g_strdup_printf("\033_Ga=d,d=i,q=2,i=%u,p=1\033\\", id);
    g_assert_cmpstr(first, ==, "");
    g_assert_true(g_str_has_prefix(sent, "\033_Ga=t,"));
    g_assert_cmpstr(moved, ==, place);
    g_assert_cmpstr(part, ==, place_part);
    g_assert_cmpstr(gone, ==, remove);
    /* above the last line of the screen alone, which would scroll: not here */
    g_assert_cmpstr(back, ==, "");
    g_assert_cmpint(shown_pixels_timeout(pixels, 204 * MS), ==, -1);
    g_autoptr(GString) forgotten = g_string_new(NULL);
    shown_pixels_forget(pixels, forgotten);
    g_autofree char *drop = g_strdup_printf("\033_Ga=d,d=I,q=2,i=%u\033\\", id);
    g_assert_cmpstr(forgotten->str, ==, drop);
}

/* One picture twice: two places with numbers of their own. */
static void
test_kitty_twice(void)
{
    AUTO(shown_pixels_free) struct shown_pixels *pixels = new_pixels(GRAPHICS_KITTY);
    g_autoptr(own_raster) raster = make_raster(20, 20, 2);
    g_autoptr(GString) out = g_string_new(NULL);
    AUTO(grid_free) struct grid *grid = grid_new(30, 10);
    put_picture(grid, raster, 1, 0);
    put_picture(grid, raster, 3, 0);
    shown_pixels_choose(pixels, grid, 30, 10, 0);
    shown_pixels_choose(pixels, grid, 30, 10, 200 * MS);
    shown_pixels_write(pixels, out, false);
    g_assert_nonnull(strstr(out->str, ",p=1,"));
    g_assert_nonnull(strstr(out->str, ",p=2,"));
    g_auto(GStrv) sent = g_strsplit(out->str, "a=t", -1);
    g_assert_cmpuint(g_strv_length(sent), ==, 2);
}

/* What Kitty keeps is bounded: the oldest that are not seen go. */
static void
test_kitty_bounds(void)
{
    AUTO(shown_pixels_free) struct shown_pixels *pixels = new_pixels(GRAPHICS_KITTY);
    gint64 now = 0;
    guint dropped = 0;
    for (int i = 0; i < 12; i++, now += 1000 * MS) {
        g_autoptr(own_raster)
            raster = make_raster(60, 40000, 1); /* 9.6 MB, of which little is seen */
        g_autofree char *first = show(pixels, raster, 0, 0, now),
                        *moved = show(pixels, raster, 0, 1999, now + 1),
                        *shown = show(pixels, raster, 0, 1999, now + 200 * MS);
        g_assert_null(strstr(first, "a=t,"));
        g_assert_null(strstr(moved, "a=t,"));
        g_assert_nonnull(strstr(shown, "a=t,"));
        dropped += strstr(shown, "d=I") != NULL;
        g_assert_cmpuint(pixels->kept_bytes, <=, 64u << 20);
    }
    g_assert_cmpuint(dropped, ==, 6);
}

/* What is put over a picture has its cells, and a screen that was cleared is filled again. */
static void
test_covered(void)
{
    AUTO(shown_pixels_free) struct shown_pixels *pixels = new_pixels(GRAPHICS_SIXEL);
    g_autoptr(own_raster) raster = make_raster(95, 70, 8);
    g_autofree char *first = show(pixels, raster, 1, 0, 0),
                    *rests = show(pixels, raster, 1, 0, 200 * MS);
    g_assert_cmpstr(first, ==, "");
    AUTO(grid_free) struct grid *grid = grid_new(30, 10);
    g_autoptr(GString) cleared = g_string_new(NULL), over = g_string_new(NULL);
    put_picture(grid, raster, 1, 0);
    shown_pixels_choose(pixels, grid, 30, 10, 201 * MS);
    shown_pixels_write(pixels, cleared, true);
    g_assert_cmpstr(cleared->str, ==, rests);
    grid_put(grid, 5, 2, "menu", 10, STYLE_NORMAL);
    shown_pixels_choose(pixels, grid, 30, 10, 900 * MS);
    shown_pixels_write(pixels, over, false);
    g_assert_cmpstr(over->str, ==, "");
    g_assert_false(shown_pixels_cover(pixels, 2, 1));
    /* nor is one that was made for cells of another size */
    raster->cell_width = 7;
    g_autofree char *other = show(pixels, raster, 1, 0, 2000 * MS);
    g_assert_cmpstr(other, ==, "");
    g_assert_cmpint(shown_pixels_timeout(pixels, 2000 * MS), ==, -1);
}

void
add_tests(void)
{
    g_test_add_func("/pixels/sixel", test_sixel);
    g_test_add_func("/pixels/sixel-runs", test_sixel_runs);
    g_test_add_func("/pixels/kitty-send", test_kitty_send);
    g_test_add_func("/pixels/kitty-place", test_kitty_place);
    g_test_add_func("/pixels/wire", test_wire);
    g_test_add_func("/pixels/lies", test_lies);
    g_test_add_func("/pixels/answers", test_answers);
    g_test_add_func("/pixels/unasked", test_unasked);
    g_test_add_func("/pixels/cut-answers", test_cut_answers);
    g_test_add_func("/pixels/split-answers", test_split_answers);
    g_test_add_func("/pixels/late-reader", test_late_reader);
    g_test_add_func("/pixels/escape", test_escape);
    g_test_add_func("/pixels/garbage", test_garbage);
    g_test_add_func("/pixels/way", test_way);
    g_test_add_func("/pixels/sixel-rests", test_sixel_rests);
    g_test_add_func("/pixels/kitty-moves", test_kitty_moves);
    g_test_add_func("/pixels/kitty-twice", test_kitty_twice);
    g_test_add_func("/pixels/kitty-bounds", test_kitty_bounds);
    g_test_add_func("/pixels/covered", test_covered);
}
