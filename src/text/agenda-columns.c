/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row of a table or the names of its columns say of its hours.  What says where or when does
 * not: "Торговая, 5" below "Адрес" is no market, "Дата проведения" heads any table.
 */
#include "config.h"

#include "base/regex.h"
#include "text/agenda-parts.h"
#include "text/street.h"

/* What the names of columns of places have in them. */
#define PLACES \
    "\\b(?:адрес|улиц|мест[оа]\\b|насел[её]нн|район|микрорайон|территори|объект|участ[ок]|дома?\\b|" \
    "домов|остановк|площадк|вулиц|місц|населен|об['’ʼ]єкт|будин|дільниц|stra(?:ß|ss)e|adresse|" \
    "bereich|stadtteil|treffpunkt|quartier|secteur|direcci[oó]n|көше|мекен|орын|орны|аудан|елді)\\w*|" \
    "\\b(?:address|street|lane|road|place|location|venue|site|area|district|neighbou?rhood|" \
    "building|village|stop|rue|lieu|commune|calle|lugar|barrio|zona|sector)(?:x|e?s)?\\b|" \
    "\\b(?:where|\\w*sort|einsatzort|ort|orte)\\b|地点|地址|街道|区域|范围|小区|位置|路段|地段|" \
    "村|場所|会場|地区|住所|장소|주소|지역|구역|위치|^동$"

/* What the names of columns of places, days and hours of anything have besides. */
#define OF_ANYTHING \
    "\\b(?:(?:врем|режим|график|час)\\w* работы|прове[дс]|проводи|начал|оконч|заверш|почат|закінч|" \
    "start|begin|end(?:s|ing)?\\b|(?:opening|working) (?:hours|times?)|hours of operation|ende\\b|" \
    "öffnungszeit|début|fin\\b|(?:horaires?|heures?) d['’]ouverture|inicio|comienzo|" \
    "horarios? de apertura|басталу|аяқталу|өтетін|өткізілу|өткізу)\\w*|" \
    "(?:开始|结束|起止|截止|举办|举行|活动|营业|开放|运营)(?:时间|日期|地点)|" \
    "(?:開始|終了|開催)(?:時間|時刻|日時|日|場所)?|(?:시작|종료|개최|운영) ?(?:시간|일시|일|장소)"

/* Words of English for streets that are words of works too. */
#define WAYS "\\b(?:streets?|lanes?|roads?)\\b"

#define HOLDS (1u << BEGINS | 1u << ENDS) /* what makes the same of hours of a day */

static bool
is_place(const char *name)
{
    static GRegex *places;
    return g_regex_match(regex_once(&places, "(?i)(?:" PLACES ")"), name, 0, NULL);
}

static unsigned
name_says(const char *language, const char *name)
{
    static GRegex *without;
    g_autofree char *rest = g_regex_replace_literal(
        regex_once(&without, "(?i)(?:" OF_ANYTHING "|" PLACES ")"), name, -1, 0, "", 0, NULL);
    return rest ? agenda_says(language, rest) : 0;
}

/* Where something is may say what holds there: "Mill Street closed", but "a concert hall". */
static unsigned
cell_says(const char *language, const char *cell, bool place)
{
    static GRegex *ways;
    if (!agenda_says(language, cell))
        return 0;
    g_autofree char *unnamed = street_leave_out(cell, place);
    g_autofree char *rest =
        g_regex_replace_literal(regex_once(&ways, "(?i)" WAYS), unnamed, -1, 0, "", 0, NULL);
    unsigned said = rest ? agenda_says(language, rest) : 0;
    return place ? said & HOLDS : said;
}

enum meaning
agenda_row_topic(const char *language, char *const *names, const char *row, enum meaning topic)
{
    if (!(1u << topic & (HOLDS | 1u << EVENT)))
        return topic;
    g_auto(GStrv) cells = g_strsplit(row, "\t", 0);
    bool named = names && g_strv_length((GStrv)names) == g_strv_length(cells);
    unsigned said = 0;
    for (guint i = 0; names && names[i]; i++)
        said |= name_says(language, names[i]);
    for (guint i = 0; cells[i]; i++)
        said |= cell_says(language, cells[i], named && is_place(names[i]));
    bool event = said & 1u << EVENT, holds = said & HOLDS;
    return event == holds ? topic : event ? EVENT : BEGINS;
}
