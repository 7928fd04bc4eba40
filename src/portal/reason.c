/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What guards and shells of scripts look like.  Both are short pages: what is long has something to
 * read, whatever words and scripts are in it.
 */
#include "config.h"

#include "portal/reason.h"
#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/features.h"

#include <string.h>

#define SHORT_PAGE 1500 /* weight of its text */
#define FEW_LINKS  12

/* What firewalls and captchas put into their pages, and hardly anybody else. */
static const char *const machinery[] = {
    "_cf_chl_opt",
    "cf-error-details",
    "cf-browser-verification",
    "cf-turnstile",
    "_Incapsula_Resource",
    "Incapsula incident ID",
    "errors.edgesuite.net",
    "sec-if-cpt-container",
    "cp_challenge",
    "px-captcha",
    "captcha-delivery.com",
    "AwsWafIntegration",
    "g-recaptcha",
    "h-captcha",
    "smart-captcha",
    "smartcaptcha",
    "geetest",
    "TencentCaptcha",
    "TCaptcha",
    "ddos-guard",
    "DDoS-Guard",
    "__qrator",
    "servicepipe",
    "StormWall",
    "sucuri_cloudproxy",
    "Sucuri WebSite Firewall",
    "__jsl_clearance",
    "acw_sc__v2",
    "aliyun_waf",
    "waf_captcha",
    "$_ts=window['$_ts']",
    "wzws-waf",
    "yunsuo_session_verify",
    "safedog",
    "创宇盾",
    "reese84",
    "distil_r_captcha",
    "KPSDK",
    "bobcmn",
    "/TSPD/",
    "Wordfence",
    "mod_security",
    "ModSecurity",
    NULL,
};

/* How refusals are put, of a heading: it says nothing else. */
#define HEADINGS \
    "40[13](?:[ .:-]+(?:forbidden|unauthori[sz]ed))?|forbidden|access (?:is |has been |was )?(?:denied|forbidden|blocked|restricted)|" \
    "(?:your )?request (?:was |has been )?(?:blocked|rejected|denied|unsuccessful)|(?:sorry, )?you have been blocked|" \
    "(?:error: )?the request could not be satisfied|just a moment|attention required|pardon our interruption|" \
    "are you (?:a )?(?:human|robot)|(?:verify(?:ing)? )?(?:that )?you are (?:a )?human|human verification|" \
    "checking your browser|security (?:check|verification)|too many requests|ddos protection|web application firewall|" \
    "captcha|bot (?:detection|protection)|unusual traffic|" \
    "доступ (?:к (?:сайту|ресурсу|странице) )?(?:запрещ[её]н|ограничен|заблокирован)|проверка (?:браузера|безопасности)|" \
    "(?:подтвердите,? что )?вы не робот|запрос (?:заблокирован|отклон[её]н)|доступ заборонено|" \
    "拒绝访问|禁止访问|[您你]?的?访问(?:请求)?(?:已?被)?(?:拒绝|禁止|拦截|阻断|受限)|[您你]?的?请求已?被(?:拒绝|拦截|阻断)|安全验证|人机(?:验证|校验|识别)|滑动验证|" \
    "(?:请输入)?验证码|网站防火墙|访问过于频繁|拒絕訪問|禁止訪問|" \
    "zugriff (?:verweigert|gesperrt|verboten)|sicherheits(?:überprüfung|prüfung|abfrage)|accès (?:refusé|interdit|bloqué)|" \
    "acceso (?:denegado|prohibido|bloqueado)|accesso (?:negato|vietato|bloccato)|acesso (?:negado|bloqueado|proibido)|" \
    "dostęp (?:zabroniony|zablokowany)|odmowa dostępu|toegang geweigerd|erişim engellendi|アクセス(?:が)?(?:拒否|禁止|制限)|접근이? ?(?:거부|차단)"

/* How refusals are put within sentences: they count only in a page where nothing else was found. */
#define SENTENCES \
    "(?:access|request)[^.]{0,40}(?:denied|forbidden|blocked|rejected)|don't have permission to access|(?:not|are) a robot|" \
    "you are (?:a )?human|checking your browser|enable javascript and cookies|unusual traffic|too many requests|captcha|" \
    "доступ[^.]{0,40}(?:запрещ|ограничен|заблокирован)|не робот|запрос[^.]{0,30}(?:заблокирован|отклон)|" \
    "(?:访问|请求)[^。]{0,12}(?:拒绝|禁止|拦截|阻断|受限|频繁|威胁)|(?:拒绝|禁止)访问|验证码|人机|安全验证|" \
    "zugriff[^.]{0,30}(?:verweigert|gesperrt)|accès[^.]{0,30}(?:refusé|interdit|bloqué)|acceso[^.]{0,30}(?:denegado|bloqueado)"

static bool
has_machinery(const struct page *page)
{
    for (const char *const *word = machinery; *word; word++)
        if (strstr(page->source, *word))
            return true;
    return false;
}

/*
 * Whether a heading says that one is refused, and with it the name of its site or of the guard at
 * most.
 */
static bool
is_refusing(const char *heading)
{
    static GRegex *whole;
    regex_once(&whole,
               "^[\\s\\W\\d]*(?:error\\s*)?(?:" HEADINGS ")(?:[\\s\\W\\d]*|\\s*[-|–—_:(!].*)$");
    return strlen(heading) < 200 && g_regex_match(whole, heading, 0, NULL);
}

static bool
has_refusing_heading(struct page *page)
{
    g_autoptr(GPtrArray) headings = page_elements(page, "title h1 h2");
    for (guint i = 0; i < headings->len && i < 4; i++) {
        g_autofree char *text = html_text(g_ptr_array_index(headings, i));
        if (is_refusing(text))
            return true;
    }
    return false;
}

static char *
text_of(const struct page *page)
{
    return page_root(page) ? html_text(page_root(page)) : g_strdup("");
}

static guint
links_of(struct page *page)
{
    g_autoptr(GPtrArray) links = page_elements(page, "a");
    return links->len;
}

bool
page_is_refusal(struct page *page)
{
    if (links_of(page) > FEW_LINKS) /* as of nearly every page */
        return false;
    g_autofree char *text = text_of(page);
    if (features_text_weight(text, NULL) >= SHORT_PAGE)
        return false;
    return has_refusing_heading(page) ||
           (features_text_weight(text, NULL) < SHORT_PAGE / 5 && has_machinery(page));
}

/* --- what a script would fill ------------------------------------------------------------- */

static bool
is_template(const xmlNode *node)
{
    g_autofree char *type = node_is(node, "script") ? html_attribute(node, "type") : NULL;
    return type && (strstr(type, "template") || strstr(type, "tmpl") || strstr(type, "mustache") ||
                    g_str_equal(type, "text/html"));
}

/* A script that does something; data for machines does nothing. */
static bool
is_program(const xmlNode *node)
{
    g_autofree char *type = node_is(node, "script") ? html_attribute(node, "type") : NULL;
    return node_is(node, "script") && !(type && strstr(type, "json"));
}

/* An attribute by which a framework binds data to an element. */
static bool
is_bound(const xmlNode *node)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        if (g_str_has_prefix(name, "v-for") || g_str_has_prefix(name, "ng-") ||
            g_str_has_prefix(name, "data-ng-") || g_str_equal(name, "data-reactroot") ||
            g_str_has_prefix(name, "data-server-rendered") || g_str_equal(name, "data-bind") ||
            g_str_equal(name, "*ngfor"))
            return true;
    }
    return false;
}

/*
 * An element that waits for what a script puts in: the root of an application, or a list without
 * rows.
 */
static bool
is_waiting(const xmlNode *node)
{
    static const char *const roots[] = {"app",      "root",       "__next",  "__nuxt",
                                        "app-root", "react-root", "vue-app", "application",
                                        "main-app", "mount",      NULL};
    if (!node_is(node, "div main section ul ol table tbody app-root app"))
        return false;
    guint seen = 0;
    for (const xmlNode *inner = node; inner; inner = node_next(inner, node))
        if (++seen > 20 ||
            (inner->type == XML_TEXT_NODE && !text_is_blank((const char *)inner->content)))
            return false; /* it holds something */
    g_autofree char *id = html_attribute(node, "id");
    return node_is(node, "app-root app ul ol tbody") || (id && g_strv_contains(roots, id));
}

static bool
says_loading(const char *text)
{
    static GRegex *regex;
    regex_once(
        &regex,
        "\\{\\{|加载中|正在加载|載入中|loading\\s*(?:\\.\\.|…)|загрузка\\s*(?:\\.\\.|…)|идет загрузка|wird geladen|chargement en cours|"
        "cargando|로딩|読み込み中|enable javascript|javascript (?:is )?(?:required|disabled)|启用\\s*javascript|"
        "開啟\\s*javascript|включите (?:поддержку )?javascript|javascript aktivieren|activer javascript|activar javascript");
    return g_regex_match(regex, text, 0, NULL);
}

enum page_error
page_reason(struct page *page)
{
    static GRegex *sentences;
    g_autofree char *text = text_of(page);
    guint weight = features_text_weight(text, NULL);
    if (weight < SHORT_PAGE && links_of(page) <= FEW_LINKS) {
        regex_once(&sentences, SENTENCES);
        if (has_refusing_heading(page) || has_machinery(page) ||
            g_regex_match(sentences, text, 0, NULL))
            return PAGE_ERROR_BLOCKED;
    }
    guint scripts = 0;
    bool waits = says_loading(text);
    for (const xmlNode *node = page_root(page); node && !(waits && scripts);
         node = node_next(node, NULL)) {
        scripts += is_program(node);
        if (!waits && node->type == XML_ELEMENT_NODE)
            waits = is_template(node) || is_bound(node) || is_waiting(node);
    }
    return scripts && (waits || weight < 200) ? PAGE_ERROR_SCRIPT
           : waits && strstr(text, "{{")      ? PAGE_ERROR_SCRIPT
                                              : PAGE_ERROR_EMPTY;
}
