# SPDX-License-Identifier: GPL-3.0-or-later
"""layouts.py CRIER: invented articles in layouts of old pages, through `crier extract`; TAP.

Each layout names nothing by class or element: titles are large, bold or centred, trails are
lines with arrows, text is split by <br> or stands in cells.  What is read has to be the same
in all of them."""
import html, json, re, subprocess, sys, tempfile, os

TEXTS = [
    {
        "site": "Town of Beiling", "title": "New Ferry Links Harbour with the Eastern Islands",
        "date": "2019-04-12", "source": "Beiling Gazette", "section": "Local News", "home": "Home",
        "here": "You are here:", "labels": ("Source:", "Date:"),
        "menu": ["City Overview", "Government", "Local News", "Investment", "Tourism", "Culture"],
        "news": ["Market hall opens after two years of repairs", "Council publishes the budget for the coming year",
                 "Notice on the change of bus routes 4 and 11", "Ice festival draws visitors from across the border"],
        "teaser": ("Library doubles its opening hours", "The central library is expected to be open until ten in the evening by the end of the year."),
        "foot": ["Sponsored by: Office of the Town Council", "All Rights Reserved: Town of Beiling", "Technical Support: Beiling Data Centre"],
        "body": [
            "A new ferry has linked the old harbour with the eastern islands since Monday, and the crossing, which used to take two hours, now takes forty minutes. The mayor and the head of the port office opened the line together.",
            "The ship carries two hundred passengers and thirty cars, and runs six times a day in summer and four times in winter, weather permitting. Tickets are sold on board and at the town hall.",
            "People on the islands had asked for the line for many years.",
            "“We can finally go to the doctor and be back for lunch,” said a teacher from the northern island, who crossed with her class on the first morning. The school plans to use the ferry for its outings from now on.",
            "The line is paid for by the town and the islands in equal parts, the council said, and the contract with the shipping company runs for ten years, with a review after the first three."],
    },
    {
        "site": "Администрация города Приреченска", "title": "Движение по улице Садовой закроют на время ремонта",
        "date": "2020-09-07", "source": "Пресс-служба администрации", "section": "Новости", "home": "Главная",
        "here": "Вы здесь:", "labels": ("Источник:", "Дата:"),
        "menu": ["О городе", "Администрация", "Новости", "Документы", "Обращения", "Контакты"],
        "news": ["Открыт новый детский сад в Заречном районе", "Опубликован проект бюджета на следующий год",
                 "Изменения в расписании автобусов номер два и семь", "Праздник урожая пройдёт на центральной площади"],
        "teaser": ("Библиотека меняет часы работы", "Центральная библиотека будет открыта до десяти часов вечера, сообщили в отделе культуры."),
        "foot": ["Все права защищены. Администрация города Приреченска", "Техническая поддержка: Центр данных"],
        "body": [
            "Движение транспорта по улице Садовой на участке от площади Труда до моста будет закрыто с понедельника, сообщает отдел дорожного хозяйства. Ремонт дорожного полотна продлится три недели.",
            "Автобусы номер два и семь на это время пойдут по улице Речной, остановки будут перенесены, а новое расписание вывесят на всех павильонах. Водителей просят заранее выбирать пути объезда.",
            "Работы ведёт муниципальное предприятие.",
            "По словам начальника отдела, участок не ремонтировали с девяностых годов, и жители много раз просили привести дорогу в порядок. На ремонт выделено двенадцать миллионов рублей из городского бюджета."],
    },
    {
        "site": "北岭市人民政府", "title": "北岭市举行春季义务植树活动",
        "date": "2021-03-12", "source": "北岭日报", "section": "本地新闻", "home": "首页",
        "here": "当前位置：", "labels": ("来源：", "发布时间："),
        "menu": ["走进北岭", "政务公开", "本地新闻", "办事服务", "互动交流", "专题专栏"],
        "news": ["全市重点项目建设推进会议召开", "关于调整二路和十四路公交线路的通告", "冰雪节吸引大批外地游客前来观光", "市图书馆延长开放时间方便市民阅读"],
        "teaser": ("图书馆延长开放时间", "记者从市文化局获悉，市图书馆将于年底前把开放时间延长到晚上十点，方便市民阅读。"),
        "foot": ["主办单位：北岭市人民政府办公室", "版权所有：北岭市人民政府", "技术支持：北岭市数据中心"],
        "body": [
            "三月十二日上午，北岭市在东山公园举行春季义务植树活动，市领导与五百多名干部群众一起挥锹铲土，栽下松树、柳树三千余株，为城市增添新绿。",
            "活动现场，大家分工合作，有的扶苗培土，有的提水浇灌，一派热火朝天的景象。经过两个多小时的劳动，一排排新栽的树苗迎风挺立，充满生机。",
            "据了解，今年全市计划造林十万亩。",
            "市林业局负责人表示，将继续组织开展形式多样的植树活动，引导广大市民爱绿、植绿、护绿，共同建设美丽家园，让城市的天更蓝、水更清、山更绿。"],
    },
]
e = html.escape
def links(items, sep, attr=""): return sep.join(f'<a href="list.php?c={i}"{attr}>{e(t)}</a>' for i, t in enumerate(items))
def info(t): return f"{t['labels'][0]} {e(t['source'])}　　{t['labels'][1]} {t['date']}"
def page(title, body, head=""): return f"<html><head><title>{e(title)}</title>{head}</head><body>{body}</body></html>"
def trail(t, sep, last=""): return f'<a href="/">{t["home"]}</a>{sep}<a href="list.php?c=2">{t["section"]}</a>{last}'
def teaser(t): return f'<h3><a href="/n/77.html">{e(t["teaser"][0])}</a></h3><p>{e(t["teaser"][1])}</p>'

def fonts(t):
    return page("Welcome", f'''<table width=960><tr><td>{links(t["menu"], " | ")}<tr><td><table><tr valign=top><td width=220><b>{t["section"]}</b><br>
{links(t["news"], "<br>")}{teaser(t)}<td><font size=2>{trail(t, " &gt; ")}</font><br><center><font size=5>{e(t["title"])}</font></center><center>{info(t)}</center><br>
<font size=3>{"<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + e(p) for p in t["body"])}</font></table><tr><td align=center>{"<br>".join(t["foot"])}</table>''')
def frames(t):
    return page(t["site"], f'''<div><div>{links(t["menu"], " ")}</div><div><div>{t["here"]} {trail(t, " » ", " » " + e(t["title"]))}</div>
<div style="font-size:20px;font-weight:bold">{e(t["title"])}</div><div>{info(t)}</div><div>{"".join(f"<div>{e(p)}</div>" for p in t["body"])}</div>
<div><a href="javascript:window.print()">[Print]</a> <a href="javascript:window.close()">[Close]</a></div></div>
<div><div>{links(t["news"], "</div><div>")}</div>{teaser(t)}</div><div>{"<br>".join(t["foot"])}</div></div>''')
def word(t):
    return page("", f'''<div class=WordSection1><p class=MsoNormal><span lang=EN-US>{trail(t, " → ")}</span></p>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:18.0pt'>{e(t["title"])}<o:p></o:p></span></b></p>
<p class=MsoNormal align=center style='text-align:center'><span style='font-size:9.0pt'>{info(t)}</span></p>
{"".join(f"<p class=MsoNormal style='text-indent:24.0pt'><span style='font-size:12.0pt'>{e(p)}<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>" for p in t["body"])}</div>
<hr><p align=center><font size=1>{"<br>".join(t["foot"])}</font></p>''')
def cells(t):
    return page(t["site"], f'''<table align=center width=980><tr><td colspan=3>{links(t["menu"], "&nbsp;")}</td></tr>
<tr><td width=200 valign=top><table>{"".join(f'<tr><td>·<a href="x{i}.html">{e(n)}</a></td></tr>' for i, n in enumerate(t["news"]))}</table></td>
<td valign=top><table width="100%"><tr><td>{t["here"]}{trail(t, "&gt;&gt;")}</td></tr><tr><td align=center height=40><strong>{e(t["title"])}</strong></td></tr>
<tr><td align=center>{info(t)}</td></tr><tr><td>{"".join(f"<p>{e(p)}</p>" for p in t["body"])}</td></tr></table></td><td width=150 valign=top>{teaser(t)}</td></tr>
<tr><td colspan=3 align=center>{"<br>".join(t["foot"])}</td></tr></table>''')
def bottom(t):
    return page(t["title"] + "_" + t["site"], f'''<table width=800><tr><td><font color=red>{t["site"]}</font></td></tr><tr><td>{trail(t, " / ", " / " + e(t["title"]))}</td></tr>
<tr><td><table><tr><td>{e(t["title"])}</td></tr><tr><td>{"<br>".join("　　" + e(p) for p in t["body"])}</td></tr><tr><td align=right>{info(t)}</td></tr></table></td></tr>
<tr><td><a href="#top">Top</a></td></tr><tr><td><p align=center>{"<br>".join(t["foot"])}</p></td></tr></table>''')
def items(t):
    return page(t["site"] + " - " + t["title"], f'''<div><h1><a href="/">{t["site"]}</a></h1><ul>{"".join(f'<li><a href="/m{i}/">{e(m)}</a></li>' for i, m in enumerate(t["menu"]))}</ul>
<ul><li><a href="/">{t["home"]}</a></li><li><a href="/news/">{t["section"]}</a></li><li>{e(t["title"])}</li></ul><div><h2>{e(t["title"])}</h2><p><small>{info(t)}</small></p>
<div>{"<br /><br />".join(e(p) for p in t["body"])}</div></div><div><h4>{t["section"]}</h4><ul>{"".join(f'<li><a href="/news/{i}.html">{e(n)}</a> 2019-03-0{i + 1}</li>' for i, n in enumerate(t["news"]))}</ul></div>
<p>{" ".join(t["foot"])}</p></div>''')
def spans(t):
    return page(t["site"], f'''<table width=1002 align=center><tr><td colspan=2>{links(t["menu"], " | ")}</td></tr><tr><td width=250 valign=top><span class=STYLE3>{t["section"]}</span><br>{links(t["news"], "<br>")}</td>
<td valign=top><span class=STYLE5>{t["here"]} {trail(t, " -&gt; ")}</span><hr><p align=center><span class=STYLE6><strong>{e(t["title"])}</strong></span></p><p align=center>{info(t)}</p>
{"".join(f"<span class=STYLE9>    {e(p)}</span><br><br>" for p in t["body"])}<p align=right>【<a href="javascript:window.close()">X</a>】</p></td></tr><tr><td colspan=2 align=center>{"<br>".join(t["foot"])}</td></tr></table>''')
def nested(t):
    return page("Untitled Document", f'''<center><table border=0><tr><td><table width=760 bgcolor=#eeeeee><tr><td>{links(t["menu"], "</td><td>")}</td></tr></table>
<table width=760><tr><td align=left>{t["here"]}</td><td>{trail(t, "&gt;")}</td></tr></table>
<table width=760><tr><td align=middle><big><b>{e(t["title"])}</b></big></td></tr></table><table width=760><tr><td align=right><i>{info(t)}</i></td></tr></table>
<table width=760><tr><td width=560 valign=top><div align=justify>{"".join(f"<p><font face=Arial size=2>{e(p)}</font>" for p in t["body"])}</div></td><td valign=top width=200>{links(t["news"], "<p>")}{teaser(t)}</td></tr></table>
<table width=760><tr><td align=center><font size=1>{" ".join(t["foot"])}</font></td></tr></table></td></tr></table></center>''')

def rows(t):
    return page("New Document", f'''<table><tr><td>{links(t["menu"], " | ")}</td></tr><tr><td><font color=gray>{t["here"]} {trail(t, " - ")}</font></td></tr>
<tr><td align=center><font size=+2 color=red>{e(t["title"])}</font></td></tr><tr><td align=center>{info(t)}</td></tr>{"".join(f"<tr><td>　　{e(p)}</td></tr>" for p in t["body"])}
<tr><td align=right><a href="javascript:window.print()">Print</a> | <a href="javascript:history.back()">Back</a></td></tr><tr><td>{"<br>".join(t["foot"])}</td></tr></table>''')
def bare(t):
    return page(t["title"], f'''{links(t["menu"], " | ")}<br>{trail(t, " &gt; ")}<br><br>{e(t["title"])}<br>{info(t)}<br><br>{"<br><br>".join(e(p) for p in t["body"])}<hr>{"<br>".join(t["foot"])}''')
def sections(t):
    return page(t["site"], f'''<div><h1>{t["site"]}</h1></div><p>{links(t["menu"], " | ")}</p><div><div>{trail(t, " › ")}</div><h2>{t["section"]}</h2><p><b>{e(t["title"])}</b></p><p>{info(t)}</p>
{"".join(f"<p>{e(p)}</p>" for p in t["body"])}</div><div>{links(t["news"], "<br>")}{teaser(t)}</div><p>{"<br>".join(t["foot"])}</p>''')
def quote(t):
    half = len(t["title"]) // 2
    cut = t["title"].find(" ", half)
    two = e(t["title"]) if cut < 0 else e(t["title"][:cut]) + "<br>" + e(t["title"][cut + 1:])
    return page("", f'''{links(t["menu"], " ")}<hr><p>{trail(t, " &gt; ")}</p><center><font size=5><b>{two}</b></font></center><p align=center><small>{info(t)}</small></p>
<blockquote>{"".join(f"<p align=justify>{e(p)}" for p in t["body"])}</blockquote><hr>{teaser(t)}<address>{"<br>".join(t["foot"])}</address>''')

def plain(t):
    return page(t["section"] + "-" + t["site"], f'''<div><div>{links(t["menu"], " ")}</div><div><div>{t["section"]}</div>{links(t["news"], "<br>")}</div>
<div><div><span>{t["section"]}</span><em>{t["here"]} {trail(t, " &rsaquo; ")}</em></div><div><div>{e(t["title"])}</div><div><span>[{t["date"]}]</span> <span>[{t["labels"][0]}{e(t["source"])}]</span></div>
<div><font face=Arial>{"<br><br>".join(e(p) for p in t["body"])}</font></div></div></div><div>{"<br>".join(t["foot"])}</div></div>''')
def loose(t):
    return page(t["site"] + ">>" + t["section"], f'''{links(t["menu"], " | ")}<hr>{t["here"]} {trail(t, " -&gt; ")} -&gt; {e(t["title"])}<br><span>{e(t["title"])}</span><br><span>{t["labels"][1]}{t["date"]}</span> <span>{t["labels"][0]}{e(t["source"])}</span><br>
{"".join(f"<div>{e(p)}</div>" for p in t["body"])}<hr><div><b>{t["section"]}</b></div><ul>{"".join(f'<li><a href="n{i}.html">{e(n)}</a></li>' for i, n in enumerate(t["news"]))}</ul><center>{"<br>".join(t["foot"])}</center>''')
def below(t):
    return page("", f'''<div><h2>{t["section"]}</h2><p>{links(t["menu"], " ")}</p><p>{t["here"]} {trail(t, "&gt;")}</p><dl><dt>{e(t["title"])}</dt></dl><table>{"".join(f"<tr><td>{e(p)}</td></tr>" for p in t["body"])}</table>
<table><tr><td>{t["date"]}</td><td>{t["labels"][0]}{e(t["source"])}</td></tr></table></div><div>{links(t["news"], "<br>")}</div><div>{"<br>".join(t["foot"])}</div>''')

LAYOUTS = [fonts, frames, word, cells, bottom, items, spans, nested, rows, bare, sections, quote, plain, loose, below]
squeeze = lambda s: re.sub(r"\s+", " ", s or "").strip()
crier, n = sys.argv[1], 0
keep = sys.argv[2] if len(sys.argv) > 2 else None
print(f"1..{len(LAYOUTS) * len(TEXTS)}")
for layout in LAYOUTS:
    for i, text in enumerate(TEXTS):
        n += 1
        with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as f:
            f.write('<meta charset="utf-8">' + layout(text)); f.flush()
            if keep: open(f"{keep}/{layout.__name__}-{i}.html", "w", encoding="utf-8").write('<meta charset="utf-8">' + layout(text))
            got = json.loads(subprocess.run([crier, "extract", "--url=http://town.example/news/show.php?id=12", f.name], capture_output=True).stdout)
        want = dict(text, body=squeeze(" ".join(text["body"])))
        faults = [f"{k}: {got.get(k)!r}" for k in ("title", "section", "source") if squeeze(got.get(k)) != want[k]]
        if (got.get("published") or "")[:10] != text["date"]: faults.append(f"date: {got.get('published')}")
        body = squeeze(got.get("body"))
        if body != want["body"]: faults.append(f"body: {body[:90]!r} … {body[-90:]!r}")
        print(f"{'not ' if faults else ''}ok {n} - {layout.__name__} {i}")
        for fault in faults: print("#", fault)
