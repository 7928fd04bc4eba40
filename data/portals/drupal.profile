# SPDX-License-Identifier: GPL-3.0-or-later
# Drupal 7 to 11: lists by the views module, ?page=1 for the second page, /rss.xml.
[Profile]
Name=Drupal
Fingerprint=Drupal \d|/sites/(?:default|all)/|drupal-settings-json|Drupal\.settings
Feed=/rss.xml

[List]
Rows=//*[contains(concat(" ",@class," ")," views-row ")][.//a]
Date=.//time/@datetime
Date.2=.//*[contains(@class,"date-display-single")]
Next=//li[contains(@class,"pager") and contains(@class,"next")]//a/@href
