# SPDX-License-Identifier: GPL-3.0-or-later
# 1C-Bitrix: news lists and details with the components' own class names, ?PAGEN_1=2 for pages,
# feeds by bitrix:rss.out.
[Profile]
Name=1C-Bitrix
Name[ru]=1С-Битрикс
Fingerprint=/bitrix/(?:js|templates|cache|components)/
Feed=/rss/
Feed.2=/news/rss/
Feed.3=/bitrix/rss.php

[List]
Rows=//*[contains(concat(" ",@class," ")," news-item ")]
Title=.//b
Title.2=.//a
Date=.//*[contains(@class,"news-date-time")]
Next=//a[contains(@href,"PAGEN_1=")][normalize-space()="След."]/@href
Next.2=//a[contains(@class,"modern-page-next")]/@href

[Article]
Date=//*[contains(concat(" ",@class," ")," news-detail ")]//*[contains(@class,"news-date-time")]
Body=//*[contains(concat(" ",@class," ")," news-detail ")]
Remove=//*[contains(@class,"news-date-time")]
