# SPDX-License-Identifier: GPL-3.0-or-later
"""documents.py PORT_FILE: a portal that publishes documents, on 127.0.0.1; writes the port when it listens.

Every document is made here, with as little in it as its format allows.  /set?NAME=TEXT changes what
/NAME says from then on, as a portal does that replaces a file.
"""
import http.server
import io
import itertools
import os
import sys
import urllib.parse
import zipfile


def pdf(lines, empty=False):
    """A page of text in a font that no reader has: what its codes mean is only in its ToUnicode map."""
    characters = sorted(set("".join(lines)))
    codes = {c: n + 1 for n, c in enumerate(characters)}
    shown = "" if empty else " ".join("<%s> Tj T*" % "".join("%04x" % codes[c] for c in line) for line in lines)
    text = "BT /F1 12 Tf 72 720 Td 14 TL %s ET" % shown
    pairs = "\n".join("<%04x> <%s>" % (codes[c], c.encode("utf-16-be").hex()) for c in characters)
    cmap = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n%s\nendbfchar endcmap end end" % (len(characters), pairs))

    def stream(body):
        return "<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)

    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
               stream(text),
               "<< /Type /Font /Subtype /Type0 /BaseFont /Nobody /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
               "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nobody /DW 600 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
               "/Supplement 0 >> /FontDescriptor 8 0 R >>",
               stream(cmap),
               "<< /Type /FontDescriptor /FontName /Nobody /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 "
               "/CapHeight 700 /StemV 80 >>"]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += "%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join("%010d 00000 n \n" % place for place in places)
    out += "xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out))
    return out.encode("latin-1")


def archive(files):
    """Of pairs of a name and a text, or of a name and the pieces of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compresslevel=1) as zipped:
        for name, body in files:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            with zipped.open(info, "w") as part:
                for piece in [body] if isinstance(body, str) else body:
                    part.write(piece.encode())
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets):
    return XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % "".join(
        '<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (n, RELATION, kind, target) for n, (kind, target) in enumerate(targets, 1))


def types(**parts):
    return (XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>%s</Types>' % "".join(
                '<Override PartName="/%s" ContentType="%s%s+xml"/>' % (part.replace("__", "/") + ".xml", OFFICE, kind) for part, kind in parts.items()))


def docx(text, repeat=1):
    paragraph = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text
    return archive([("[Content_Types].xml", types(word__document="wordprocessingml.document.main")),
                    ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
                    ("word/document.xml", itertools.chain(
                        [XML + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'],
                        itertools.repeat(paragraph, repeat), ["</w:body></w:document>"]))])


def xlsx(rows):
    cells = "".join("<row r=\"%d\">%s</row>" % (r, "".join(
        '<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>' % ("ABC"[c], r, text) for c, text in enumerate(row))) for r, row in enumerate(rows, 1))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive([("[Content_Types].xml", types(xl__workbook="spreadsheetml.sheet.main", xl__worksheets__sheet1="spreadsheetml.worksheet")),
                    ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
                    ("xl/workbook.xml", XML + '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Fees" sheetId="1" r:id="rId1"/></sheets></workbook>'
                     % (space, RELATION)),
                    ("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml"))),
                    ("xl/worksheets/sheet1.xml", XML + '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, cells))])


def odt(text):
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    kind = "application/vnd.oasis.opendocument.text"
    return archive([("mimetype", kind),
                    ("content.xml", XML + '<office:document-content xmlns:office="%s" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
                     'office:version="1.2"><office:body><office:text><text:p>%s</text:p></office:text></office:body></office:document-content>'
                     % (office, text)),
                    ("META-INF/manifest.xml", XML + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                     '<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/></manifest:manifest>' % kind)])


def page(title, body):
    return ('<!DOCTYPE html><html lang="en"><head><title>%s - Town of Elmham</title></head><body><main><h1>%s</h1>%s</main></body></html>'
            % (title, title, body)).encode()


def rows(*links):
    return "<ul>%s</ul>" % "".join('<li><a href="%s">%s</a> <span>2025-10-%02d</span></li>' % (href, title, 20 - n)
                                   for n, (href, title) in enumerate(links))


LONG = "<article>%s<p><a href=\"annex.pdf\">Annex</a></p></article>" % (
    "<p>The council has agreed on the plan for the meadows by the river, and every household gets a copy of it in the next weeks.</p>" * 6)
SHORT = '<article><p>The decree is attached to this notice.</p><p><a href="fees.pdf">Decree on fees (PDF)</a></p></article>'
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Elmham feed</title><link>@BASE@/</link>
<item><title>Tender for the school roof</title><link>@BASE@/tender.pdf</link><guid>1</guid></item>
<item><title>Minutes of the council in May</title><guid>2</guid><link>@BASE@/minutes.html</link>
<enclosure url="@BASE@/minutes.pdf" type="application/pdf" length="800"/></item>
<item><title>Market day is moved</title><guid>3</guid><link>@BASE@/market.html</link><description>%s</description>
<enclosure url="@BASE@/stalls.pdf" type="application/pdf" length="800"/></item></channel></rss>""" % ("The market is held on Friday this week. " * 20)
PDF = "application/pdf"
BYTES = "application/octet-stream"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
                    "e221bc330000000049454e44ae426082")

# name -> (type, bytes)
SITE = {
    "list.html": ("text/html", page("Notices", rows(
        ("culvert.pdf", "Closure of the culvert in Mill Lane"), ("bridge.pdf", "О ремонте моста через реку"), ("water.pdf", "关于停水的通知"),
        ("get?id=5", "Decree on the burning of leaves"), ("liar.pdf", "Sale of the old fire engine"), ("frame.html", "Report of the auditors for the year"),
        ("short.html", "Fees of the cemetery"), ("long.html", "Plan for the meadows by the river"), ("photo.png", "Poster of the harvest fair"), ("poster.html", "Poster of the regatta")))),
    "office.html": ("text/html", page("Office", rows(
        ("rules.docx", "Rules of the allotment gardens"), ("open.odt", "Statute of the youth council"), ("fees.xlsx", "Table of fees for the baths"),
        ("form.rtf", "Form for holders of dogs"), ("places.csv", "Polling places of the district"), ("saved.xls", "Budget of the fire brigade"),
        ("get?id=6", "Contract with the bus company"), ("slides.pptx", "Slides on the new school")))),
    "faults.html": ("text/html", page("Faults", rows(
        ("login.pdf", "Notice behind a login page"), ("gone.pdf", "Notice that is gone for good"), ("large.pdf", "Notice of a hundred pages"),
        ("scan.pdf", "Notice that was scanned"), ("broken.pdf", "Notice that was cut off")))),
    "odd.html": ("text/html", page("Odd", rows(
        ("-rf;touch%20$HOME%60id%60.pdf", "Notice with an odd name"), ("../../etc/x.pdf?a=../b", "Notice with an odd path"), ("culvert.pdf", "Closure of the culvert")))),
    "bomb.html": ("text/html", page("Bomb", rows(
        ("bomb.docx", "Rules that swell when they are read"), ("culvert.pdf", "Closure of the culvert in Mill Lane"), ("short.html", "Fees of the cemetery")))),
    "feed.xml": ("application/rss+xml", FEED.encode()),
    "frame.html": ("text/html", page("Report", '<iframe src="report.pdf" width="600" height="800"></iframe>')),
    "poster.html": ("text/html", page("Poster of the regatta", '<article><img src="photo-2.png" alt="Regatta" width="800" height="600"></article>')),
    "photo-2.png": ("image/png", PNG),
    "slides.pptx": (OFFICE + "presentationml.presentation", archive([("ppt/presentation.xml", XML + "<p/>")])),
    "short.html": ("text/html", page("Fees", SHORT)),
    "long.html": ("text/html", page("Plan", LONG)),
    "culvert.pdf": (PDF, pdf(["The culvert in Mill Lane is closed for re-", "pairs until the end of October."])),
    "bridge.pdf": (PDF, pdf(["Движение по мосту закрыто до первого ноября."])),
    "water.pdf": (PDF, pdf(["    因管网检修，西城区和东城区的部分居民楼今晚八点起停水，请各位居民提前做好储",
                            "水准备，停水范围包括解放路以北全部小区。", "    恢复供水时间另行通知，由此带来的不便敬请谅解，咨询电话请拨打市政服务热线中",
                            "心，谢谢配合。"])),
    "get?id=5": (BYTES, b"\r\n" + pdf(["Leaves may be burnt on Saturdays, bonfires never."])),
    "liar.pdf": ("text/html; charset=utf-8", pdf(["The engine has served since the flood of 1953."])),
    "report.pdf": (PDF, pdf(["The auditors found the books in order."])),
    "fees.pdf": (PDF, pdf(["A grave for thirty years costs four hundred crowns."])),
    "annex.pdf": (PDF, pdf(["Orchids grow on the northern meadow."])),
    "tender.pdf": (PDF, pdf(["Bids for slates are opened in public."])),
    "minutes.pdf": (PDF, pdf(["The mayor opened the session with a minute of silence."])),
    "stalls.pdf": (PDF, pdf(["Stalls are numbered from the fountain."])),
    "photo.png": ("image/png", PNG),
    "rules.docx": (OFFICE + "wordprocessingml.document", docx("Hedges are cut before midsummer.")),
    "get?id=6": (BYTES, docx("Buses run every twenty minutes.")),
    "bomb.docx": (OFFICE + "wordprocessingml.document", lambda: docx("swelling " * 1000, 100000)),
    "open.odt": ("application/vnd.oasis.opendocument.text", odt("Members are elected by ballot.")),
    "fees.xlsx": (OFFICE + "spreadsheetml.sheet", xlsx([["Bath", "Fee"], ["Sauna", "seven crowns"]])),
    "form.rtf": ("application/rtf", br"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}\f0 Muzzles are worn in the park.\par}"),
    "places.csv": ("text/csv", "Street;Place\r\n\"Mill Lane; north\";Gymnasium\r\n".encode()),
    "saved.xls": ("application/vnd.ms-excel", b"<html><body><table><tr><td>Hoses</td><td>900</td></tr></table></body></html>"),
    "login.pdf": ("text/html", page("Login", "<p>Please sign in to read this document, or register as a new user.</p>")),
    "large.pdf": (PDF, pdf(["Too large."]) + b"%" * (1 << 20)),
    "scan.pdf": (PDF, pdf(["nothing"], empty=True)),
    "broken.pdf": (PDF, b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog"),
    "-rf;touch%20$HOME%60id%60.pdf": (PDF, pdf(["Odd names do no harm."])),
    "x.pdf?a=../b": (PDF, pdf(["Odd paths do no harm."])),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.rsplit("/", 1)[1] if "?" not in self.path else self.path[1:].split("etc/")[-1]
        if name.startswith("set?"):
            for key, value in urllib.parse.parse_qsl(name[4:]):
                SITE[key] = (SITE[key][0], pdf([value]))
            name = "list.html"
        if name not in SITE:
            self.send_error(404)
            return
        kind, body = SITE[name]
        if callable(body):  # what takes seconds to make, for those alone who ask for it
            body = body()
        body = body.replace(b"@BASE@", b"http://127.0.0.1:%d" % self.server.server_port)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
