# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts of Beiling, an invented northern city, in three languages.

Each article is (id, date, {language: (title, [paragraphs])}).  A paragraph may also be a
("table", rows), a ("picture", file, alt, caption) or a ("files", [(file, title)]).
"""

CITY = {"zh": "北岭市人民政府", "ru": "Администрация города Бэйлин", "en": "Beiling Municipal Government"}
HOME = {"zh": "首页", "ru": "Главная", "en": "Home"}
SECTIONS = {
    "news": {"zh": "本地要闻", "ru": "Новости города", "en": "Local News"},
    "notices": {"zh": "通知公告", "ru": "Объявления", "en": "Public Notices"},
}
EDITION = {"zh": "中文版", "ru": "Русская версия", "en": "English Version"}
SOURCE_LABEL = {"zh": "来源：", "ru": "Источник: ", "en": "Source: "}
DATE_LABEL = {"zh": "发布时间：", "ru": "Опубликовано: ", "en": "Published: "}
SOURCE = {"zh": "北岭日报", "ru": "Вечерний Бэйлин", "en": "Beiling Daily"}
VIEWS = {"zh": "浏览次数：", "ru": "Просмотров: ", "en": "Views: "}
NEXT = {"zh": "下一页", "ru": "Следующая", "en": "Next page"}
FOOTER = {
    "zh": ["主办单位：北岭市人民政府办公室", "版权所有：北岭市人民政府", "承办单位：北岭市政务公开领导小组办公室", "技术支持：北岭市信息中心"],
    "ru": ["Учредитель: канцелярия администрации города Бэйлин", "Все права защищены: администрация города Бэйлин",
           "Организатор: отдел открытости управления", "Техническая поддержка: информационный центр города Бэйлин"],
    "en": ["Sponsored by: Office of Beiling Municipal Government", "All Rights Reserved: Beiling Municipal Government",
           "Organized by: Office for Open Government of Beiling", "Technical Support: Beiling Information Center"],
}

NEWS = [
    (101, "2025-10-08 09:20", {
        "zh": ("北岭至松河客运渡轮恢复通航",
               ["随着河面水位回落，北岭至松河的客运渡轮于今日上午恢复通航，首班渡轮载客一百二十六人。",
                "市交通局介绍，渡轮每日往返六个班次，票价与去年相同，学生凭证件享受半价。",
                "镕喆堃等生僻字在旅客姓名中也能正确打印，新的售票系统已经投入使用。"]),
        "ru": ("Паром между Бэйлином и Сунхэ снова ходит",
               ["После спада воды пассажирский паром между Бэйлином и Сунхэ возобновил движение сегодня утром; первым рейсом переправились сто двадцать шесть человек.",
                "По данным управления транспорта, паром делает шесть рейсов в день, цена билета осталась прошлогодней, учащиеся платят половину.",
                "Ещё одно новшество — электронная очередь: её номер приходит в сообщении."]),
        "en": ("Passenger ferry between Beiling and Songhe resumes",
               ["As the river has fallen to its usual level, the passenger ferry between Beiling and Songhe resumed this morning; the first crossing carried one hundred and twenty-six people.",
                "The transport office says that the ferry makes six round trips a day, that fares are those of last year, and that pupils pay half.",
                "Tickets are sold at the pier and at the post office on Station Street."]),
    }),
    (102, "2025-10-10 15:05", {
        "zh": ("湿地观鸟季开幕 首周接待游客八千人次",
               ["城北湿地观鸟季昨日开幕，首周预约已满，预计接待游客八千人次。",
                ("picture", "cranes.png", "湿地上空的鹤群", "十月九日清晨，鹤群飞过湿地。"),
                "管理处提醒游客沿木栈道行走，不要投喂鸟类，也不要使用无人机。"]),
        "ru": ("Открылся сезон наблюдения за птицами",
               ["Вчера на болотах к северу от города открылся сезон наблюдения за птицами; на первую неделю записались восемь тысяч человек.",
                ("picture", "cranes.png", "Журавли над болотом", "Утро девятого октября: журавли над болотом."),
                "Дирекция просит ходить только по деревянным мосткам, не кормить птиц и не запускать дроны."]),
        "en": ("Bird watching season opens in the northern wetland",
               ["The bird watching season opened yesterday in the wetland north of the city; eight thousand visitors have booked for the first week.",
                ("picture", "cranes.png", "Cranes above the wetland", "Cranes cross the wetland on the morning of 9 October."),
                "The wardens ask visitors to stay on the boardwalk, not to feed the birds and to leave drones at home."]),
    }),
    (103, "2025-10-14 11:40", {
        "zh": ("市图书馆延长开放时间至晚上十点",
               ["自本月二十日起，市图书馆开放时间延长至每晚十点，周末不休息。",
                "馆内新增自习座位二百四十个，并设立俄文和英文阅览区。读者可以在网上预约座位。"]),
        "ru": ("Городская библиотека будет открыта до десяти вечера",
               ["С двадцатого октября городская библиотека работает до двадцати двух часов ежедневно, без выходных.",
                "Прибавилось двести сорок мест для занятий; открыты залы русской и английской книги. Место можно заказать через сеть."]),
        "en": ("City library to stay open until ten in the evening",
               ["From the twentieth of this month the city library stays open until ten in the evening, weekends included.",
                "There are two hundred and forty new seats, and reading rooms for Russian and English books. Seats can be booked online."]),
    }),
    (104, "2025-10-20 08:00", {
        "zh": ("北岭机场开通至三座城市的冬季航线",
               ["北岭机场今日公布冬季时刻表，新开通至三座城市的直达航线，每周共十一个班次。",
                "机场巴士时刻同步调整，末班车在最后一个航班到达四十分钟后发车。"]),
        "ru": ("Аэропорт Бэйлина открывает зимние рейсы в три города",
               ["Аэропорт объявил зимнее расписание: прямые рейсы в три города, всего одиннадцать в неделю.",
                "Изменилось и расписание автобусов: последний отходит через сорок минут после прилёта последнего самолёта."]),
        "en": ("Beiling Airport opens winter routes to three cities",
               ["Beiling Airport published its winter timetable today, with direct flights to three cities, eleven a week in all.",
                "The airport bus follows: the last one leaves forty minutes after the last arrival."]),
    }),
    (105, "2025-10-24 16:30", {
        "zh": ("老火车站改建为城市博物馆",
               ["建成近百年的老火车站将改建为城市博物馆，候车大厅的穹顶和站台雨棚原样保留。",
                "市民可以在十一月底之前捐赠与铁路有关的旧物，所有捐赠都会登记并致谢。"]),
        "ru": ("Старый вокзал станет музеем города",
               ["Старый вокзал, которому почти сто лет, станет музеем города; купол зала ожидания и навесы платформ сохранят.",
                "До конца ноября горожане могут передать музею вещи, связанные с железной дорогой; каждый дар будет записан."]),
        "en": ("Old railway station becomes the museum of the city",
               ["The old railway station, almost a hundred years old, becomes the museum of the city; the dome of the waiting hall and the platform roofs stay as they are.",
                "Until the end of November citizens may give things that have to do with the railway; every gift will be recorded."]),
    }),
]

NOTICES = [
    (201, "2025-09-12", {
        "zh": ("关于公开征求停车管理办法意见的公告",
               ["为规范机动车停放秩序，我市起草了停车管理办法，现公开征求意见，截止日期为九月三十日。",
                "意见和建议可以寄送市城市管理局，也可以在办公时间当面提交。"]),
        "ru": ("Обсуждается проект правил парковки",
               ["Чтобы навести порядок на стоянках, город подготовил проект правил парковки; замечания принимаются до тридцатого сентября.",
                "Замечания можно прислать в управление городского хозяйства или принести лично в рабочее время."]),
        "en": ("Draft parking rules open for comment",
               ["The city has drafted parking rules and asks for comments until the thirtieth of September.",
                "Comments may be sent to the city management office or handed in during office hours."]),
    }),
    (202, "2025-09-18", {
        "zh": ("关于冬季供热起止时间的通知",
               ["今年冬季供热自十月十五日开始，至次年四月十五日结束，供热期间室内温度不低于二十摄氏度。",
                "供热单位应当在供热开始前七日完成注水和试压，并提前公告。"]),
        "ru": ("О начале и конце отопительного сезона",
               ["Отопительный сезон начинается пятнадцатого октября и кончается пятнадцатого апреля; в квартирах должно быть не ниже двадцати градусов.",
                "За семь дней до начала системы заполняют водой и проверяют под давлением, о чём жителей извещают заранее."]),
        "en": ("Beginning and end of the heating season",
               ["Heating begins on the fifteenth of October and ends on the fifteenth of April; rooms must reach at least twenty degrees.",
                "Seven days before the beginning the pipes are filled and tested, and residents are told in advance."]),
    }),
    (203, "2025-09-25", {
        "zh": ("关于公交二路和十四路调整线路的通知",
               ["因道路施工，公交二路和十四路自九月二十八日起临时绕行中山街，撤销两处站点。",
                "施工预计十一月上旬结束，届时恢复原线路。"]),
        "ru": ("Автобусы № 2 и № 14 изменят маршрут",
               ["Из-за ремонта дороги автобусы № 2 и № 14 с двадцать восьмого сентября идут в объезд; две остановки временно закрыты.",
                "Ремонт продлится до начала ноября, затем движение пойдёт по-прежнему."]),
        "en": ("Buses 2 and 14 take a different route",
               ["Because of road works buses 2 and 14 make a detour from the twenty-eighth of September; two stops are closed.",
                "The works should end early in November, and the buses will then return to their route."]),
    }),
    (204, "2025-10-11", {
        "zh": ("关于计划停水的通知",
               ["因管网检修，下列街道将分时段停水，请居民提前储水。",
                ("table", [["日期", "时间", "街道", "户数"], ["10月16日", "8:00–12:00", "中山街", "1240"],
                           ["10月17日", "13:00–17:00", "滨河路", "860"], ["10月18日", "8:00–17:00", "站前街、教育街", "2105"]]),
                "恢复供水后请先放水片刻再饮用。"]),
        "ru": ("Плановое отключение воды",
               ["В связи с ремонтом сетей на улицах, названных ниже, будет отключена вода; просим сделать запас.",
                ("table", [["День", "Часы", "Улица", "Квартир"], ["16 октября", "8:00–12:00", "Чжуншань", "1240"],
                           ["17 октября", "13:00–17:00", "Набережная", "860"], ["18 октября", "8:00–17:00", "Вокзальная и Учебная", "2105"]]),
                "Когда воду дадут, слейте её недолго, прежде чем пить."]),
        "en": ("Planned interruption of the water supply",
               ["Because of repairs the water will be off in the streets below; please keep some in reserve.",
                ("table", [["Day", "Hours", "Street", "Households"], ["16 October", "8:00–12:00", "Zhongshan Street", "1240"],
                           ["17 October", "13:00–17:00", "Riverside Road", "860"], ["18 October", "8:00–17:00", "Station Street and School Street", "2105"]]),
                "Let the water run for a while before you drink it again."]),
    }),
    (205, "2025-10-15", {
        "zh": ("市政府采购项目招标公告",
               ["北岭市公共资源交易中心对路灯更换项目进行公开招标，投标截止时间为十一月五日上午九时。",
                "招标文件和报名表见附件，可以免费下载。",
                ("files", [("tender.pdf", "招标文件"), ("form.docx", "报名表")])]),
        "ru": ("Открыт конкурс на замену уличных фонарей",
               ["Центр государственных закупок города объявляет открытый конкурс на замену уличных фонарей; заявки принимаются до девяти часов утра пятого ноября.",
                "Условия конкурса и бланк заявки приложены, скачать их можно бесплатно.",
                ("files", [("tender.pdf", "Условия конкурса"), ("form.docx", "Бланк заявки")])]),
        "en": ("Call for tenders: replacement of street lamps",
               ["The procurement centre of the city calls for tenders for the replacement of street lamps; bids are due at nine in the morning on the fifth of November.",
                "The tender documents and the form are attached and may be downloaded free of charge.",
                ("files", [("tender.pdf", "Tender documents"), ("form.docx", "Application form")])]),
    }),
    (206, "2025-10-22", {
        "zh": ("关于开展流感疫苗接种的公告",
               ["自十月二十五日起，各社区卫生服务中心为六十岁以上居民免费接种流感疫苗，请携带身份证件。",
                "接种后请留观三十分钟。"]),
        "ru": ("Началась прививка от гриппа",
               ["С двадцать пятого октября жителям старше шестидесяти лет бесплатно делают прививку от гриппа в поликлиниках по месту жительства; нужен паспорт.",
                "После прививки надо полчаса побыть под наблюдением."]),
        "en": ("Flu vaccination begins",
               ["From the twenty-fifth of October residents over sixty are vaccinated against flu free of charge at their health centre; please bring an identity card.",
                "Stay for thirty minutes afterwards."]),
    }),
]

# What the city does to its words afterwards: by article, one change after the other, each as what
# stands there and what comes in its place, in title, paragraphs and tables.
REVISIONS = {
    204: [
        {"zh": [("8:00–12:00", "8:00–14:00"), ("2105", "2310"), ("先放水片刻", "先放水十分钟")],
         "ru": [("8:00–12:00", "8:00–14:00"), ("2105", "2310"), ("слейте её недолго", "слейте её в течение десяти минут")],
         "en": [("8:00–12:00", "8:00–14:00"), ("2105", "2310"), ("for a while", "for ten minutes")]},
        {"zh": [("关于计划停水的通知", "关于推迟计划停水的通知"), ("因管网检修，下列街道将分时段停水，请居民提前储水。", "下列街道的停水推迟一周，具体时间另行通知。")],
         "ru": [("Плановое отключение воды", "Отключение воды переносится"),
                ("В связи с ремонтом сетей на улицах, названных ниже, будет отключена вода; просим сделать запас.",
                 "Отключение воды на улицах, названных ниже, переносится на неделю.")],
         "en": [("Planned interruption of the water supply", "Interruption of the water supply postponed"),
                ("Because of repairs the water will be off in the streets below; please keep some in reserve.",
                 "In the streets below the water will be off a week later; the hours will be told.")]},
        {lang: [] for lang in CITY},
    ],
}
