/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What markup means, kept in all that is made of it; addresses in prose; plain text. */
#include "config.h"

#include "document/address.h"
#include "document/html-import.h"
#include "document/html-reference.h"
#include "document/layout.h"
#include "text/raised.h"
#include "unit/kit.h"

#define BASE "http://example.org/a/b.html"

static void
plain_is(const char *html, const char *expected)
{
    AUTO(document_free) struct document *document = html_import_fragment(html, BASE);
    g_autofree char *plain = document_plain(document);
    g_assert_cmpstr(plain, ==, expected);
}

static void
markdown_is(const char *html, const char *expected)
{
    AUTO(document_free) struct document *document = html_import_fragment(html, BASE);
    g_autofree char *text = document_markdown(document);
    g_assert_cmpstr(text, ==, expected);
}

static void
html_is(const char *html, const char *expected)
{
    AUTO(document_free) struct document *document = html_import_fragment(html, BASE);
    g_autofree char *text = document_html(document);
    g_assert_cmpstr(text, ==, expected);
}

static void
shown_is(const char *html, int width, bool ascii, const char *expected)
{
    AUTO(document_free) struct document *document = html_import_fragment(html, BASE);
    struct layout_options options = {.width = width, .ascii = ascii};
    AUTO(layout_free) struct layout *layout = layout_new(document, &options);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < layout->lines->len; i++)
        g_string_append_printf(
            out, "%s\n", ((const struct layout_line *)g_ptr_array_index(layout->lines, i))->text);
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

static void
test_raised(void)
{
    plain_is(
        "10<sup>6</sup> m<sup>2</sup> 10<sup>-3</sup> 10<sup>&#8722;3</sup> H<sub>2</sub>O CO<sub>3</sub><sup>2-</sup>",
        "10⁶ m² 10⁻³ 10⁻³ H₂O CO₃²⁻");
    plain_is("10<sup>n+1</sup> x<sub>ij</sub> e<sup>x</sup> 2<sup>2<sup>n</sup></sup>",
             "10^(n+1) x_(ij) e^x 2^(2^(n))");
    plain_is(
        "2<sup>n</sup> C<sup>n</sup> m<sup>²</sup> 2<sup>º</sup> 1.<sup>a</sup> N.<sup>o</sup> D<sup>r</sup> Ca<sup>2+</sup> <sup>14</sup>C NO<sub>x</sub> 3<sup>1</sup>/<sub>2</sub>",
        "2^n C^n m² 2º 1.ª N.º Dr Ca²⁺ ¹⁴C NO_x 3¹/₂");
    plain_is("10<sup> <b>6</b> </sup>pieces", "10 ⁶ pieces");
    plain_is(
        "word<sup>1</sup>, word<sup>[2]</sup>, word<sup>3, 4</sup>, word<sup>*</sup>, <sup>5</sup> note, (<sup>a</sup>)",
        "word¹, word[2], word³, ⁴, word*, ⁵ note, (a)");
    plain_is(
        "1<sup>st</sup> 2<sup>nd</sup> 1<sup>er</sup> 2<sup>e</sup> 2<sup>o</sup> 1<sup>a</sup> 5<sup>й</sup> XX<sup>e</sup> M<sup>me</sup> n<sup>o</sup> 5",
        "1st 2nd 1er 2e 2º 1ª 5й XXe Mme nº 5");
    plain_is("Crier<sup>TM</sup> 20<sup>o</sup>C 9<sup>00</sup>", "Crier™ 20ºC 9⁰⁰");
    plain_is(
        "10<span style='Vertical-Align: super; color: red'>6</span> H<font style='vertical-align:sub'>2</font>O",
        "10⁶ H₂O");
    html_is("10<sup>-6</sup> 10<sup>n+1</sup> 1<sup>st</sup>",
            "<p>10<sup>−6</sup> 10<sup>n+1</sup> 1<sup>st</sup></p>\n");
    markdown_is("x<sub>ij</sub> 10<sup>6</sup>", "x\\_(ij) 10⁶\n");
    shown_is("10<sup>6</sup> of H<sub>2</sub>O", 40, true, "10^6 of H_2O\n");
    g_autofree char *ascii = raised_ascii("10⁻⁶ m², CO₂", 0);
    g_assert_cmpstr(ascii, ==, "10^-6 m^2, CO_2");
    g_assert_null(raised_ascii("10 — м", 0));
}

static void
test_deleted(void)
{
    const char *html = "Fee <del>100</del> <ins>80</ins>, <s>a <b>b</b> c</s><u>new</u>";
    plain_is(html, "Fee [-100-] 80, [-a b c-]new");
    markdown_is(html, "Fee ~~100~~ 80, ~~a~~ ~~**b**~~ ~~c~~new\n");
    html_is(
        html,
        "<p>Fee <del>100</del> <ins>80</ins>, <del>a <strong>b</strong> c</del><ins>new</ins></p>\n");
    html_is("<u>only</u>", "<p><em>only</em></p>\n");
    plain_is(
        "<strike>x</strike> <span style='text-decoration: underline line-through'>y</span> <i class='a line-through'>z</i>",
        "[-x-] [-y-] [-z-]");
    plain_is("<del>10<sup>6</sup> m<sup>2</sup></del> 10<sup><s>3</s></sup>", "[-10⁶ m²-] 10[-³-]");
    plain_is("<del><p>one</p><p>two</p></del><del> </del>", "[-one-]\n\n[-two-]");
    plain_is("<ul><li style='text-decoration:line-through'>gone<li>here</ul>", "[-gone-]\n\nhere");
    plain_is(
        "<table><tr><td>a<td><s>1</s><tr style='text-decoration:line-through'><td>b<td>2</table>",
        "a\t[-1-]\n[-b-]\t[-2-]");
    plain_is("<h2><del>Old</del> New</h2><pre><del>x</del></pre>", "[-Old-] New\n\n[-x-]");
    markdown_is("<del><a href='/x'>gone</a></del>", "[~~gone~~](http://example.org/x)\n");
}

static void
test_titles(void)
{
    static const struct {
        const char *html, *text;
    } cases[] = {{"<p>10<sup>6</sup> of CO<sub>2</sub>", "10⁶ of CO₂"},
                 {"<p><s>Closed</s> Open", "[-Closed-] Open"},
                 {"<p><ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby>x", "漢字(hànzì)x"},
                 {"<p>x<sup>2", "x²"},
                 {"<p>one<br>two", "one two"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(cases[i].html, strlen(cases[i].html));
        g_autofree char *text = html_text(xmlDocGetRootElement(page));
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void
test_inline(void)
{
    plain_is("<q>a <q>b</q></q>", "“a ‘b’”");
    plain_is(
        "<p lang=de><q>a</q></p><p lang=fr-CH><q>b</q></p><p lang=zh-TW><q>c</q></p><p lang=xx><q>d</q></p>",
        "„a“\n\n«\u00a0b\u00a0»\n\n「c」\n\n“d”");
    plain_is("<q>Слово</q>", "«Слово»");
    plain_is("<ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby>", "漢字(hànzì)");
    plain_is(
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>です",
        "漢字(かんじ)です");
    plain_is("<ruby><rb>漢<rb>字<rt>かん<rt>じ</ruby>", "漢字(かんじ)");
    plain_is("<ruby>漢<rt>hàn<rp>)</ruby> <ruby>x</ruby>", "漢(hàn) x");
    plain_is(
        "<p>Rate <math><mfrac><mi>a</mi><mrow><mn>2</mn><mi>b</mi></mrow></mfrac><mo>+</mo><msup><mi>x</mi><mn>2</mn></msup></math> a month",
        "Rate a/(2b) + x² a month");
    plain_is(
        "<math><semantics><msqrt><mn>2</mn></msqrt><annotation>\\sqrt{2}</annotation></semantics></math>",
        "√2");
    plain_is(
        "<math><msub><mi>x</mi><mi>i</mi></msub><mo>=</mo><mfenced><mi>a</mi><mi>b</mi></mfenced></math>",
        "x_i = (a, b)");
    plain_is("<math alttext='E=mc^2'></math>", "E=mc^2");
    html_is("<mark>seen</mark> <kbd>F1</kbd> <var>x</var>",
            "<p><mark>seen</mark> <code>F1</code> <em>x</em></p>\n");
}

static void
test_lists(void)
{
    plain_is("<ol><li value=12>twelve<li>thirteen</ol>", "12. twelve\n\n13. thirteen");
    plain_is("<ol start=99999999999><li>a<li>b</ol>", "2147483647. a\n\n2147483648. b");
    plain_is("<ol start=' -3x'><li>a<li>b</ol>", "-3. a\n\n-2. b");
    plain_is("<ol start=3 reversed><li>c<li>b</ol><ol reversed><li>x<li>y</ol>",
             "3. c\n\n2. b\n\n2. x\n\n1. y");
    plain_is(
        "<ol type=a start=26><li>z<li>aa</ol><ol type=I start=4><li>four</ol><ol type=i start=0><li>nil<li>one</ol>",
        "z. z\n\naa. aa\n\nIV. four\n\n0. nil\n\ni. one");
    plain_is(
        "<ol style='list-style-type: upper-roman'><li>x</ol><ol style='list-style:none'><li>y</ol>",
        "I. x\n\ny");
    plain_is("<ol start=-1><li>a<li>b<li>c</ol>", "-1. a\n\n0. b\n\n1. c");
    plain_is("<ol start=2147483647><li>a<li>b</ol><ol start=99999999999999999999><li>c</ol>",
             "2147483647. a\n\n2147483648. b\n\n2147483647. c");
    AUTO(document_free) struct document *document =
        html_import_fragment("<ol><li>a<li>b</ol><ol start=7><li>c<li>d</ol>", NULL);
    /* there, what any list counts goes without saying */
    g_autofree char *body = document_body(document);
    g_assert_cmpstr(body, ==, "a\n\nb\n\n7. c\n\n8. d");

    const char *html =
        "<ol start=9><li>nine<p>more of it</p></li><li>ten<ul><li>in</li></ul></li></ol>";
    shown_is(html, 40, false, "9. nine\n\n   more of it\n\n10. ten\n  • in\n");
    markdown_is(html, "9. nine\n\n   more of it\n10. ten\n    - in\n");
    html_is(
        html,
        "<ol><li value=\"9\">nine<p>more of it</p></li>\n<li value=\"10\">ten\n<ul><li>in</li></ul>\n</li></ol>\n");
    const char *two = "<ul><li>a</ul><ul><li>b</ul>";
    shown_is(two, 40, true, "* a\n\n* b\n");
    markdown_is(two, "- a\n\n* b\n");
    html_is(two, "<ul><li>a</li></ul>\n<ul><li>b</li></ul>\n");
    /* shows iv. */
    html_is("<ol type=i start=4><li>x</ol>", "<ol><li type=\"a\" value=\"256\">x</li></ol>\n");
    markdown_is("<ol type=A><li>x</ol>", "- A. x\n");

    const char *definitions = "<dl><dt>Term<dd>What it is<dd>And else</dl>";
    shown_is(definitions, 40, false, "Term\n    What it is\n    And else\n");
    html_is(definitions, "<dl><dt>Term</dt>\n<dd>What it is</dd>\n<dd>And else</dd>\n</dl>\n");
    markdown_is(definitions, "**Term**  \nWhat it is\n\nAnd else\n");
    plain_is("<table><tr><td>x<td><ol start=2><li>a<li>b</ol></table>", "x\t2. a 3. b");
    plain_is("<details><summary>More</summary><p>All of it</p></details>", "More\n\nAll of it");
}

static void
test_spans(void)
{
    const char *html =
        "<table><caption>Cap <b>1</b></caption><tr><th>Street<th>Day<th>Hours<tr><td rowspan=2>Elm<td>Mon<td>9-11<tr><td>Tue<td>14-16<tr><td colspan=2>both<td>z</table>";
    plain_is(html, "Cap 1\n\nStreet\tDay\tHours\nElm\tMon\t9-11\n\tTue\t14-16\nboth\t\tz");
    markdown_is(
        html,
        "Cap **1**\n\n| Street | Day | Hours |\n| --- | --- | --- |\n| Elm | Mon | 9-11 |\n|  | Tue | 14-16 |\n| both |  | z |\n");
    shown_is(
        html, 40, true,
        "Cap 1\nStreet | Day | Hours\n-------+-----+------\nElm    | Mon | 9-11\n       | Tue | 14-16\nboth         | z\n");
    shown_is(
        html, 12, true,
        "Cap 1\nStreet: Elm\nDay: Mon\nHours: 9-11\n\nStreet: Elm\nDay: Tue\nHours: 14-16\n\nStreet, Day:\n  both\nHours: z\n");
    html_is(
        "<table><caption>C<tr><td rowspan=2>a<td>b<tr><td>c</table>",
        "<table>\n<caption>C</caption>\n<tr><td rowspan=\"2\">a</td><td>b</td></tr>\n<tr><td>c</td></tr>\n</table>\n");
    /* a row without text is left out, and what spans it shrinks */
    plain_is("<table><tr><td rowspan=3>a<td>1<tr><td> <tr><td>2<tr><td>b<td>3</table>",
             "a\t1\n\t2\nb\t3");
    /* 0: to the end of the group, which no cell leaves; a foot comes last */
    plain_is(
        "<table><tfoot><tr><td>sum<td>9</tfoot><tbody><tr><td rowspan=0>a<td>1<tr><td>2</tbody><tbody><tr><td rowspan=9>b<td>3</tbody></table>",
        "a\t1\n\t2\nb\t3\nsum\t9");
    plain_is("<table><tr><td colspan=1000>title<tr><td>a<td>b</table>", "title\na\tb");
    plain_is(
        "<table><tr><td>a<td>b<tr style='display:none'><td>x<td>y<tr><td>c<td hidden>n<td>d</table>",
        "a\tb\nc\td");
    /* two rows of headers name the values of records */
    shown_is(
        "<table><tr><th rowspan=2>Day<th colspan=2>Hours<tr><th>from<th>to<tr><td>Monday<td>08:00 in the morning<td>12:00 at noon</table>",
        20, true,
        "Day: Monday\nHours, from: 08:00\n  in the morning\nHours, to: 12:00 at\n  noon\n");
}

static void
test_pictures(void)
{
    static const struct {
        const char *html, *url;
    } cases[] = {
        {"<img src='/loading.gif' data-original='/real.jpg'>", "real.jpg"},
        {"<img src='data:image/gif;base64,R0' data-src='/real.jpg'>", "real.jpg"},
        {"<img src='/blank.gif' srcset='/s.jpg 300w, /real.jpg 1200w'>", "real.jpg"},
        {"<img src='/placeholder-600x400.png' data-srcset='/s.jpg, /real.jpg 2x'>", "real.jpg"},
        {"<picture><source srcset='/real.webp 2x, data:x 3x'><img src='data:x'></picture>",
         "real.webp"},
        {"<picture><source srcset='/other.webp'><img src='/real.jpg'></picture>", "real.jpg"},
        {"<img src='/static/image/common/none.gif' file='/real.jpg' zoomfile='/real.jpg'>",
         "real.jpg"},
        {"<img src='/lazy.png'><noscript><img src='/real.jpg'></noscript>", "real.jpg"},
        {"<img src='/lazy.png' alt='x'><noscript><img src='/real.jpg'></noscript>", "real.jpg"},
        {"<img src='/real.jpg'><noscript><img src='/real.jpg?w=2'></noscript>", "real.jpg"},
        {"<figure><img src='/small/real.jpg'><div><img><noscript><img src='/real.jpg'></noscript></div></figure>",
         "real.jpg"},
        {"<img data-url='/page.html' src='/real.jpg'>", "real.jpg"},
        {"<img src='/spinner.svg' data-url='/real.png'>", "real.png"},
        {"<amp-img src='/real.jpg' width=600 height=400></amp-img>", "real.jpg"},
        {"<img src='/real.jpg'><img src='/real.jpg'>", "real.jpg"},
        {"<img src='/real.jpg'><img src='/1x1.gif' width=1 height=1><img src='/p' style='width:1px;height:1px'><img src='/q' style='display:none'>",
         "real.jpg"},
        {"<img src='/loading-dock.jpg'>", "loading-dock.jpg"},
        {"<img src='/real.jpg' alt=''>", "real.jpg"},
        {"<img src='/real.png' alt='' width=600 height=0>", "real.png"},
        {"<p>Text <img src='/deco.png' alt=''> goes on</p><img src='/real.jpg'>", "real.jpg"},
        {"<img src='/line.png' alt=''><img src='/x.jpg' role=presentation><img src='/i.png' alt='' width=48><img src='/real.jpg'>",
         "real.jpg"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(document_free) struct document *document = html_import_fragment(cases[i].html, BASE);
        const char *url = NULL;
        guint pictures = 0;
        for (guint b = 0; b < document->blocks->len; b++) {
            const struct block *block = g_ptr_array_index(document->blocks, b);
            if (block->type != BLOCK_PICTURE)
                continue;
            url = block->url;
            pictures++;
        }
        g_test_message("%s", cases[i].html);
        g_assert_cmpuint(pictures, ==, 1);
        g_autofree char *expected = g_strconcat("http://example.org/", cases[i].url, NULL);
        g_assert_cmpstr(url, ==, expected);
    }
    plain_is("<p>Hello <img class=emoji alt='😀' src='/e.svg'> all", "Hello 😀 all");
    markdown_is(
        "<a href='/page'><img src='/p.jpg' alt='P'></a><a href='/big.jpg'><img src='/s.jpg'></a>",
        "[![P](http://example.org/p.jpg)](http://example.org/page)\n\n![](http://example.org/s.jpg)\n");
    shown_is("<p><a href='/page'><img src='/p.jpg' alt='P'></a><p><a href='/x'>x</a>", 40, false,
             "[picture: P][1]\n\nx[2]\n");
    /* once more with other words, or as a link; an icon at each link says nothing */
    markdown_is("<img src='/p.jpg' alt='A'><img src='/p.jpg' alt='A'><img src='/p.jpg'>"
                "<img src='/p.jpg' alt='B'><a href='/page'><img src='/p.jpg'></a>"
                "<a href='/other'><img src='/p.jpg'></a>",
                "![A](http://example.org/p.jpg)\n\n![B](http://example.org/p.jpg)\n\n"
                "[![](http://example.org/p.jpg)](http://example.org/page)\n");
    markdown_is(
        "<a href='/a'><img src='/i.gif' alt='File a'> a</a><a href='/b'><img src='/i.gif' alt='File b'> b</a>",
        "[![File a](http://example.org/i.gif)](http://example.org/a)\n\n[a](http://example.org/a)[ b](http://example.org/b)\n");
    shown_is("<img src='data:image/png;base64,AAAA' alt='Map of the works'>", 40, false,
             "[picture: Map of the works]\n");
}

static void
test_embedded(void)
{
    shown_is("<iframe src='https://video.example/embed/1' title='Council session'></iframe>", 60,
             false, "[embedded: Council session][1]\n");
    shown_is(
        "<video controls><source src='/film.mp4' type='video/mp4'><source src='/film.webm'>Your browser is old</video>",
        60, false, "[video: film.mp4][1]\n");
    shown_is(
        "<audio src='/a%20b.mp3'></audio><iframe data-src='//www.youtube.com/embed/x' src='about:blank'></iframe>",
        60, false, "[audio: a b.mp3][1]\n\n[video: www.youtube.com][2]\n");
    shown_is(
        "<object data='/plan.pdf' type='application/pdf'><embed src='/plan.pdf'></object><embed src='/plan.pdf'>",
        60, false, "[document: plan.pdf][1]\n");
    shown_is(
        "<iframe src='/pdfjs/viewer.html?file=%2Ffiles%2Fplan.pdf#page=2'></iframe><iframe src='https://docs.example/viewer?embedded=true&url=http://a.example/x.docx' title='Plan'></iframe>",
        60, false, "[document: plan.pdf][1]\n\n[document: Plan][2]\n");
    shown_is("<p>a</p><embed src='/f.swf'><p>b</p><embed src='/g.swf'><ul><li>c</ul>", 60, false,
             "a\n\n[embedded: f.swf][1]\n\nb\n\n[embedded: g.swf][2]\n\n• c\n");
    shown_is(
        "<object><param name=movie value='/f.swf'></object><amp-youtube data-videoid=abc></amp-youtube>",
        60, false, "[embedded: f.swf][1]\n\n[video: www.youtube.com][2]\n");
    shown_is("<video><p>See <a href='/film.mp4'>the film</a></p></video>", 60, false,
             "See the film[1]\n");
    shown_is("<table><tr><td>a<td><iframe src='/map' title='Map'></iframe></table>", 60, true,
             "a | Map[1]\n");
    plain_is(
        "<p>x</p><iframe src='https://www.googletagmanager.com/ns.html?id=1' height=0 width=0></iframe><iframe src='/t' width=1 height=1></iframe>"
        "<iframe src='https://ad.doubleclick.net/x' width=300 height=250></iframe><noscript><iframe src='/c' style='display:none'></iframe></noscript>"
        "<iframe src='javascript:alert(1)'></iframe><iframe srcdoc='x'></iframe>",
        "x");
    html_is("<iframe src='/x' title='T &lt;b&gt;'></iframe>",
            "<figure><a href=\"http://example.org/x\">T &lt;b&gt;</a></figure>\n");
    AUTO(document_free) struct document *document =
        html_import_fragment("<iframe src='/x'></iframe>", BASE);
    g_assert_false(document_is_empty(document));
}

static void
test_references(void)
{
    plain_is("&copy 2026 Town, at&nbspnoon, caf&eacute, caf&eacute2, &ampamp; &lt3",
             "© 2026 Town, at\u00a0noon, café, café2, &ampamp; <3");
    plain_is("AT&T, R&D, a&b, &copy; &notin; &AMP &COPY &COPY; &REG",
             "AT&T, R&D, a&b, © ∉ & © © ®");
    plain_is("&#55357;&#56832; &#xD83D;&#xDE00; &#xd83d; &#56832; &#55357;x &#1114112; &#39;",
             "😀 😀 \ufffd \ufffd \ufffdx \ufffd '");
    plain_is("&check; 1&period;5 &lpar;x&rpar; &numero;5", "✓ 1.5 (x) №5");
    AUTO(document_free) struct document *document = html_import_fragment(
        "<a href='/x?a=1&copy=2&reg1=3&amp;lang=de'>&copy x</a><a title=\"a > b\" href='/y?q=&eacute&lt'>y</a>"
        "<a href='/z?a=1&amp;amp;b=2'>z</a><script>a &copy b</script><!-- &copy -->",
        BASE);
    g_assert_cmpstr(g_ptr_array_index(document->links, 0), ==,
                    "http://example.org/x?a=1&copy=2&reg1=3&lang=de");
    g_assert_cmpstr(g_ptr_array_index(document->links, 1), ==, "http://example.org/y?q=%C3%A9%3C");
    g_assert_cmpstr(g_ptr_array_index(document->links, 2), ==, "http://example.org/z?a=1&b=2");
    gsize length;
    g_assert_null(html_complete_references("a &amp; b &copy; & c &x", 23, &length));
    g_assert_null(html_complete_references("&", 1, &length));
    g_assert_null(html_complete_references("&#", 2, &length));
}

static void
addresses_are(const char *text, const char *expected)
{
    guint left = ADDRESS_MAX_LOOKS;
    g_autoptr(GArray) found = address_find(text, strlen(text), &left);
    GString *out = g_string_new(NULL);
    for (guint i = 0; found && i < found->len; i++) {
        const struct address *address = &g_array_index(found, struct address, i);
        g_autofree char *part = g_strndup(text + address->start, address->length);
        g_string_append_printf(out, "%s%s", i ? " " : "", address->url);
        g_assert_true(g_utf8_validate(part, -1, NULL));
    }
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

static void
test_addresses(void)
{
    addresses_are("See http://example.org/bare, or (https://x.example/a_(b)).",
                  "http://example.org/bare https://x.example/a_(b)");
    addresses_are("www.example.com! \"http://a.example/?q=1&b=2\" <http://b.example/>",
                  "http://www.example.com http://a.example/?q=1&b=2 http://b.example/");
    addresses_are("网址http://www.gov.cn/a.html，电话：0455-8223456。详见www.gov.cn查询",
                  "http://www.gov.cn/a.html tel:04558223456 http://www.gov.cn");
    addresses_are("http://президент.рф/новости. https://zh.wikipedia.org/wiki/北京（注）",
                  "http://xn--d1abbgf6aiiy.xn--p1ai/новости https://zh.wikipedia.org/wiki/北京");
    addresses_are(
        "Пишите на gosuslugi.ru или info@mos.ru, office@example.org; почта info@администрация.рф",
        "http://gosuslugi.ru mailto:info@mos.ru mailto:office@example.org mailto:info@администрация.рф");
    addresses_are("邮箱abc@def.cn请联系", "mailto:abc@def.cn");
    addresses_are(
        "+7 (495) 123-45-67, 8 (800) 100-20-30, (512) 974-2000, 512-974-2000, 400-800-1234",
        "tel:+74951234567 tel:88001002030 tel:5129742000 tel:5129742000 tel:4008001234");
    addresses_are("тел. 2-12-34, Tel.: 123 45 67, call 311", "tel:21234 tel:1234567 tel:311");
    addresses_are("Called off: 3 of 7. All told 5 fell; hotel 21234, the Wall 12345, taxes 777",
                  "");
    addresses_are("by emailing 7towns@a.example", "mailto:7towns@a.example");
    addresses_are("Téléphone: 31234, факс 41234, Тел 51234", "tel:31234 tel:41234 tel:51234");
    addresses_are("热线12345，电话13812345678", "tel:12345 tel:13812345678");
    addresses_are(
        "2026-11-20, 10.05.2026, 08:00-12:00, № 123-ФЗ, 7701234567, 1 000 000, 3.14, 127.0.0.1, ISBN 978-5-17-118366-5",
        "");
    addresses_are(
        "Node.js, e.g. this, file.txt, and/or, a@b, http://, www., @name, Constitution of 1993-2020",
        "");
    AUTO(document_free) struct document *document = html_import_fragment(
        "<p>http://a.example/ then <a href='/b'>b http://c.example/</a>, <code>http://d.example/</code></p><pre>http://e.example/</pre><p>f@g.example</p>",
        BASE);
    /* in the order of the text, none within links or code */
    g_assert_cmpuint(document->links->len, ==, 3);
    g_assert_cmpstr(g_ptr_array_index(document->links, 0), ==, "http://a.example/");
    g_assert_cmpstr(g_ptr_array_index(document->links, 1), ==, "http://example.org/b");
    g_assert_cmpstr(g_ptr_array_index(document->links, 2), ==, "mailto:f@g.example");
    AUTO(document_free) struct document *kept = html_import_fragment(
        "<a href='mailto:a@b.example?subject=Hi&attach=/etc/passwd&body=x'>m</a><a href='tel:+7-495'>t</a><a href='mailto:'>n</a><a href='javascript:x'>j</a>",
        BASE);
    g_assert_cmpuint(kept->links->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(kept->links, 0), ==, "mailto:a@b.example?subject=Hi&body=x");
    g_assert_cmpstr(g_ptr_array_index(kept->links, 1), ==, "tel:+7-495");
}

/* A text of one letter, or of nothing but beginnings, takes no longer than it is long. */
/* Digits that may each begin a number are looked at so often, and not for a minute. */
static void
test_addresses_in_vain(void)
{
    GString *text = g_string_new("tel. +7 (495) 123-45-67 ");
    for (int i = 0; i < 200000; i++)
        g_string_append(text, "123456 ");
    guint left = ADDRESS_MAX_LOOKS;
    g_autoptr(GArray) found = address_find(text->str, text->len, &left);
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_cmpuint(left, ==, 0);
    g_assert_null(address_find("www.a.example", 13, &left));
    g_string_free(text, TRUE);
}

static void
test_long_text(void)
{
    static const char *const parts[] = {"a",   "a.", "a@",   "www.",  "http://", "1",    "1 ",
                                        "+7 ", "(",  "тел ", "&copy", "<a ",     "a@a.", "北"};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        GString *text = g_string_new(NULL);
        while (text->len < 300000)
            g_string_append(text, parts[i]);
        gint64 start = g_get_monotonic_time();
        AUTO(document_free) struct document *document = html_import_fragment(text->str, BASE);
        g_test_message("%s: %ld ms", parts[i], (long)(g_get_monotonic_time() - start) / 1000);
        g_assert_nonnull(document);
        g_string_free(text, TRUE);
    }
}

static void
test_plain_text(void)
{
    static const struct {
        const char *text, *plain;
        bool wrapped;
    } cases[] = {
        {"First\nSecond\n\nNew\n- a\n- b", "First\nSecond\n\nNew\n- a\n- b", false},
        {"  a\n    b\n  c", "a\n  b\nc", false},
        {"\r\none\r\n\r\n \t\r\ntwo\r\n", "one\n\ntwo", false},
        {"Day    Hours\nMon    9-11\nTue    14", "Day    Hours\nMon    9-11\nTue    14", false},
        {"This line was broken because it would have been too long for\nthe page, and so was this one, which is as long as the one above\nit.\n- but an item\nis one",
         "This line was broken because it would have been too long for the page, and so was this one, which is as long as the one above it.\n- but an item\nis one",
         true},
        {"", "", false},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        AUTO(document_free) struct document *document =
            document_from_plain(cases[i].text, cases[i].wrapped);
        g_autofree char *plain = document_plain(document);
        g_assert_cmpstr(plain, ==, cases[i].plain);
    }
    AUTO(document_free) struct document *indented = document_from_plain("a\n  - b", false);
    g_autofree char *html = document_html(indented), *markdown = document_markdown(indented);
    g_assert_cmpstr(html, ==, "<p>a<br>&nbsp;&nbsp;- b</p>\n");
    g_assert_cmpstr(markdown, ==, "a  \n\u00a0\u00a0\\- b\n");
    AUTO(document_free) struct document *document =
        document_from_plain("Day\tHours\nMon\t9\n\nSee http://a.example/", false);
    g_assert_cmpint(((const struct block *)g_ptr_array_index(document->blocks, 0))->type, ==,
                    BLOCK_PRE);
    g_assert_cmpuint(document->links->len, ==, 1);
}

void
add_tests(void)
{
    g_test_add_func("/form/raised", test_raised);
    g_test_add_func("/form/deleted", test_deleted);
    g_test_add_func("/form/titles", test_titles);
    g_test_add_func("/form/inline", test_inline);
    g_test_add_func("/form/lists", test_lists);
    g_test_add_func("/form/spans", test_spans);
    g_test_add_func("/form/pictures", test_pictures);
    g_test_add_func("/form/embedded", test_embedded);
    g_test_add_func("/form/references", test_references);
    g_test_add_func("/form/addresses", test_addresses);
    g_test_add_func("/form/addresses-in-vain", test_addresses_in_vain);
    g_test_add_func("/form/long-text", test_long_text);
    g_test_add_func("/form/plain-text", test_plain_text);
}
