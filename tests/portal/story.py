# SPDX-License-Identifier: GPL-3.0-or-later
"""The story of Songhe, an invented town that edits, withdraws, brings back, sets deadlines, cites
its own decrees and announces works, in three languages; part of the demo portal under /story/.

    /control/story?step=N     the town as it is after N of its steps (see STEPS)
    /control/story?list=HOW   its lists: plain, paged (four a page), pinned, importance

Each article is (number, date, {language: (title, [paragraphs])}).
"""
import html

LANGUAGES = ("zh", "ru", "en")
SITE = {"zh": "松河县政府", "ru": "Администрация Сунхэ", "en": "Songhe County"}
LIST = {"zh": "公告", "ru": "Объявления", "en": "Notices"}
MENU = {"zh": ["首页", "概况", "政策", "服务", "互动", "数据", "联系"],
        "ru": ["Главная", "О районе", "Документы", "Услуги", "Приёмная", "Данные", "Контакты"],
        "en": ["Home", "About", "Documents", "Services", "Questions", "Data", "Contact"]}
NEXT = {"zh": "下一页", "ru": "Следующая", "en": "Next page"}
NOT_FOUND = {"zh": "您访问的页面不存在", "ru": "Страница не найдена", "en": "Page not found"}

DECREE, AMENDMENT, WATER, GRANT, FAIR, WELL, DEPOT, LEVY, SCHOOL, BRIDGE, LIBRARY, MARKET = range(301, 313)
PINNED = SCHOOL

ARTICLES = [
    (DECREE, "2025-10-12", {
        "zh": ("松河县人民政府关于城区静音时段的规定",
               ["松政发〔2025〕18号", "自2025年11月15日起施行。城区夜间二十二时至次日六时不得进行产生噪声的施工作业，违反规定的由主管部门责令改正。"]),
        "ru": ("Постановление от 12.10.2025 № 118-п о часах тишины",
               ["Настоящее постановление вступает в силу с 15 ноября 2025 года. С двадцати двух до шести часов в городе не ведут шумных работ; нарушителей обязывают прекратить работы."]),
        "en": ("Ordinance on quiet hours in the town",
               ["Ordinance 2025-18", "This ordinance takes effect on 15 November 2025. From ten in the evening until six in the morning no noisy works are done in the town; whoever does so is told to stop."]),
    }),
    (AMENDMENT, "2025-10-13", {
        "zh": ("关于修改静音时段规定的通知", ["《城区静音时段的规定》（松政发〔2025〕18号）作如下修改：静音时段的开始时间由二十二时改为二十三时，其余条款不变，请各单位遵照执行。"]),
        "ru": ("О внесении изменений в правила тишины", ["В постановление № 118-п от 12.10.2025 вносится изменение: часы тишины начинаются не в двадцать два, а в двадцать три часа; остальное остаётся прежним."]),
        "en": ("Quiet hours amended", ["Ordinance 2025-18 is amended: quiet hours begin at eleven in the evening and no longer at ten; all other sections stay as they were written and remain in force."]),
    }),
    (WATER, "2025-10-14", {
        "zh": ("关于花园街停水的通知", ["因管网检修，2025年11月20日9时至17时停水，范围：花园街12号至18号。请居民提前储水，检修结束后先放水片刻再饮用。"]),
        "ru": ("Отключение воды на Садовой улице", ["В связи с ремонтом сетей 20 ноября 2025 года с 9:00 до 17:00 будет отключена вода: ул. Садовая, дома 12–18. Просим жителей сделать запас воды заранее."]),
        "en": ("Water supply interrupted in Garden Street", ["Because of repairs the water will be off on 20 November 2025 from 9:00 to 17:00 in Garden Street, houses 12 to 18. Residents are asked to keep some water in reserve."]),
    }),
    (GRANT, "2025-10-15", {
        "zh": ("关于申报小微企业补贴的公告", ["小微企业补贴开始申报，申报截止日期为2025年11月14日。申报材料请送县政务服务中心二楼窗口，逾期不再受理。"]),
        "ru": ("Приём заявок на поддержку малых предприятий", ["Начался приём заявок на поддержку малых предприятий. Заявки принимаются до 14 ноября 2025 года в окнах второго этажа центра услуг; опоздавшие не рассматриваются."]),
        "en": ("Grants for small businesses", ["Small businesses can apply for a grant. Applications are accepted until 14 November 2025 at the windows on the second floor of the service centre; late ones are not considered."]),
    }),
    (FAIR, "2025-10-16", {
        "zh": ("秋季农产品展销会开幕", ["秋季农产品展销会在县体育场开幕，四十二家合作社带来新米、蜂蜜和菌类，展销会持续一周，欢迎市民前来选购。"]),
        "ru": ("Открылась осенняя ярмарка", ["На стадионе открылась осенняя ярмарка: сорок два хозяйства привезли рис нового урожая, мёд и грибы. Ярмарка продлится неделю, вход для всех свободный."]),
        "en": ("Autumn fair opens", ["The autumn fair has opened in the stadium: forty-two farms have brought new rice, honey and mushrooms. The fair goes on for a week, and everybody is welcome."]),
    }),
    (WELL, "2025-10-17", {
        "zh": ("东山村水井水质检测结果", ["县疾控中心公布东山村三口水井的检测结果，其中一口水井的硝酸盐含量偏高，建议村民暂时使用自来水，复检结果另行公布。"]),
        "ru": ("Качество воды в колодцах Дуншаня", ["Опубликованы результаты проверки трёх колодцев деревни Дуншань: в одном из них много нитратов, жителям советуют брать воду из водопровода; о повторной проверке сообщат."]),
        "en": ("Water of the wells of Dongshan tested", ["The results for three wells of the village of Dongshan are published: one of them holds too much nitrate, so residents should use tap water; a second test will follow."]),
    }),
    (DEPOT, "2025-10-18", {
        "zh": ("关于公交停车场选址的公示", ["县交通局拟在河西路南侧建设公交停车场，占地六千平方米，现予公示，市民对选址有意见的可以书面提出，公示期为十天。"]),
        "ru": ("О месте для автобусного парка", ["Управление транспорта предлагает построить автобусный парк к югу от улицы Хэси на шести тысячах квадратных метров; возражения жителей принимаются письменно десять дней."]),
        "en": ("Site of the bus depot", ["The transport office proposes to build the bus depot south of Hexi Road on six thousand square metres; residents may object to the site in writing for ten days."]),
    }),
    (LEVY, "2025-10-19", {
        "zh": ("关于垃圾处理费标准的说明", ["县发展改革局说明垃圾处理费的构成：收集占四成，运输占三成，处理占三成，收费标准三年未变，相关账目在网站公开。"]),
        "ru": ("Из чего складывается плата за вывоз мусора", ["Управление развития поясняет плату за мусор: четыре десятых идут на сбор, по три на перевозку и переработку; тариф не менялся три года, счета открыты."]),
        "en": ("What the waste charge pays for", ["The development office explains the waste charge: four tenths pay for collection, three each for transport and treatment; it has not changed for three years, and the accounts are open."]),
    }),
    (SCHOOL, "2025-10-20", {
        "zh": ("第三小学新教学楼启用", ["第三小学新教学楼今天启用，楼内有二十四间教室、一座图书室和一间科学实验室，学生从下周一开始在新教学楼上课。"]),
        "ru": ("Новый корпус третьей школы", ["Сегодня открыт новый корпус третьей школы: двадцать четыре класса, библиотека и лаборатория. Занятия в нём начинаются в следующий понедельник."]),
        "en": ("New building of the third school", ["The new building of the third school was opened today, with twenty-four classrooms, a library and a laboratory. Lessons in it begin next Monday morning."]),
    }),
    (BRIDGE, "2025-10-21", {
        "zh": ("松河大桥维修期间交通安排", ["松河大桥自本月二十七日起封闭维修，行人和自行车可以从浮桥通过，汽车绕行北环路。维修预计持续三周，期间公交五路改道。"]),
        "ru": ("Движение на время ремонта моста", ["С двадцать седьмого числа мост через Сунхэ закрыт на ремонт: пешеходы и велосипедисты идут по понтонному мосту, машины по северному объезду. Ремонт займёт три недели."]),
        "en": ("Traffic while the bridge is repaired", ["From the twenty-seventh the Songhe bridge is closed for repairs: walkers and cyclists use the floating bridge, cars the northern bypass. The repairs will take three weeks."]),
    }),
    (LIBRARY, "2025-10-22", {
        "zh": ("县图书馆周末讲座预告", ["本周六下午县图书馆举办地方志讲座，主讲人介绍松河一百年来的河道变迁，免费入场，座位一百二十个，先到先得。"]),
        "ru": ("Лекция в районной библиотеке", ["В субботу в районной библиотеке расскажут, как за сто лет менялось русло Сунхэ. Вход свободный, мест сто двадцать, их занимают по мере прихода."]),
        "en": ("Lecture in the county library", ["On Saturday afternoon the county library tells how the course of the Songhe has changed in a hundred years. Entrance is free; there are a hundred and twenty seats."]),
    }),
    (MARKET, "2025-10-23", {
        "zh": ("早市搬迁至河滨广场", ["为改善交通，站前早市搬迁至河滨广场，摊位数量不变，营业时间为每天五时至九时，周边设有免费停车位一百个。"]),
        "ru": ("Утренний рынок переезжает", ["Чтобы разгрузить вокзальную площадь, утренний рынок переезжает на набережную; мест столько же, торговля идёт с пяти до девяти, рядом сто бесплатных стоянок."]),
        "en": ("Morning market moves", ["To ease traffic at the station the morning market moves to the riverside square; there are as many stalls as before, from five to nine, and a hundred free parking places."]),
    }),
]

# What is edited: (step, number) -> by language, what stands there and what comes in its place.
EDITS = {
    (1, BRIDGE): {"zh": [("三周", "五周")], "ru": [("три недели", "пять недель")], "en": [("three weeks", "five weeks")]},
    (1, GRANT): {"zh": [("11月14日", "11月21日")], "ru": [("14 ноября", "21 ноября")], "en": [("14 November", "21 November")]},
}

# What becomes of pages from a step on, until another: by step, number -> how.
GONE = {
    2: {FAIR: "404", WELL: "list", DEPOT: "soft", LEVY: "unlisted", LIBRARY: "bare", MARKET: "home"},
    3: {FAIR: "", LEVY: "", MARKET: ""},
}
OUTAGE = 4
STEPS = """0: all is there
1: the grant's deadline and the bridge's weeks are edited
2: six are withdrawn: by 404, to the list, by a page that says so, from the list, without a text, to the home
3: the fair, the levy and the market are back
4: an outage: each page is a 404
5: as after 3"""

STATE = {"step": 0, "list": "plain"}
PORTAL = "\n".join(
    ["[Portal]", "Name=Songhe (story)", "Name[zh]=松河（故事）", "Name[ru]=Сунхэ (история)", "Home=@BASE@/story/en/", "TimeZone=+08:00"] +
    [f"[Edition {lang}]\nName={SITE[lang]}\nHome=@BASE@/story/{lang}/\n"
     f"[Section {lang}/notices]\nName={LIST[lang]}\nKind=list\nUrl=@BASE@/story/{lang}/notices/index.html\n"
     "Rows=//ul[@class='list']/li\nTitle=.//a\nLink=.//a/@href\nDate=.//span\nNext=//a[@class='next']/@href" for lang in LANGUAGES] +
    ["[Article]", "Title=//h1", "Date=//p[@class='date']", "Body=//div[@class='text']", ""])


def fate(number):
    """What has become of a page by now; an outage leaves what was gone before as it was."""
    if STATE["step"] == OUTAGE:
        return "404"
    now = ""
    for step in range(STATE["step"] + 1):
        now = GONE.get(step, {}).get(number, now)
    return now


def texts(number, lang):
    title, parts = next(t[lang] for n, _, t in ARTICLES if n == number)
    for (step, edited), changes in EDITS.items():
        if edited == number and step <= STATE["step"]:
            for old, new in changes[lang]:
                title, parts = title.replace(old, new), [p.replace(old, new) for p in parts]
    return title, parts


def page(lang, title, body):
    menu = "".join(f'<li><a href="/story/{lang}/menu-{i}.html">{m}</a></li>' for i, m in enumerate(MENU[lang]))
    return (f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{html.escape(title)} - {SITE[lang]}</title></head><body>'
            f'<ul class="menu">{menu}</ul>{body}<div class="foot">{SITE[lang]}</div></body></html>\n')


def article(number, lang):
    title, parts = texts(number, lang)
    date = next(d for n, d, _ in ARTICLES if n == number)
    text = "".join(f"<p>{html.escape(p)}</p>" for p in parts)
    return page(lang, title, f'<h1>{html.escape(title)}</h1><p class="date">{date}</p><div class="text">{text}</div>')


def listing(lang, which):
    rows = [(n, d, texts(n, lang)[0]) for n, d, _ in reversed(ARTICLES) if fate(n) != "unlisted"]
    if STATE["list"] == "importance":
        rows.sort(key=lambda row: row[0] * 7 % 13)
    if STATE["list"] == "pinned":
        rows.sort(key=lambda row: row[0] != PINNED)
    more = ""
    if STATE["list"] == "paged":
        more = f'<a class="next" href="/story/{lang}/notices/index_{which + 1}.html">{NEXT[lang]}</a>' if which * 4 < len(rows) else ""
        rows = rows[(which - 1) * 4:which * 4]
    items = "".join(f'<li><a href="/story/{lang}/notices/{n}.html">{html.escape(t)}</a><span>{d}</span></li>' for n, d, t in rows)
    return page(lang, LIST[lang], f'<ul class="list">{items}</ul>{more}')


def control(query):
    STATE["step"] = int(query.get("step", STATE["step"]))
    STATE["list"] = query.get("list", STATE["list"])


def answer(path):
    """(status, text, headers) of a path."""
    parts = path.strip("/").split("/")[1:]
    if parts[:1] == ["hop"]:
        return 302, "", {"Location": f"/story/hop/{int(parts[1]) + 1}/{parts[2]}" if int(parts[1]) < 3 else f"/story/{parts[2]}/"}
    lang = parts[0] if parts and parts[0] in LANGUAGES else None
    if lang and len(parts) == 1:
        return 200, page(lang, SITE[lang], "".join(f"<p>{html.escape(m)}</p>" for m in MENU[lang])), {}
    name = parts[2] if lang and len(parts) == 3 and parts[1] == "notices" else ""
    if name.startswith("index"):
        return 200, listing(lang, int(name[6:-5]) if name.startswith("index_") else 1), {}
    number = int(name[:-5]) if name[:-5].isdigit() else 0
    if not any(n == number for n, _, _ in ARTICLES):
        return 404, "<html><body><h1>404</h1></body></html>", {}
    how = fate(number)
    if how == "404":
        return 404, "<html><body><h1>404 Not Found</h1></body></html>", {}
    if how in ("list", "home"):
        return 302, "", {"Location": f"/story/{lang}/notices/index.html" if how == "list" else f"/story/hop/1/{lang}"}
    if how == "soft":
        return 200, page(lang, NOT_FOUND[lang], f"<div class=\"text\"><p>{NOT_FOUND[lang]}</p></div>"), {}
    if how == "bare":
        return 200, page(lang, SITE[lang], '<h1></h1><p class="date"></p><div class="text"></div>'), {}
    return 200, article(number, lang), {}
