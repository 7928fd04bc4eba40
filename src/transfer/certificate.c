/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a certificate is refused.  libcurl has one code for all of it, and the number that tells them
 * apart is of the library below: X509_V_ERR_* of OpenSSL, and of what was made of it; bits of
 * gnutls_certificate_status_t of GnuTLS.  What a certificate says of itself is known where the
 * handshake came that far: OpenSSL tells it of a certificate that is sound but for another name,
 * GnuTLS always, though without the names.
 */
#include "config.h"

#include "transfer/certificate.h"

#include <string.h>

void
certificate_prepare(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
}

static const char *
trusted_file(const char *named)
{
    const char *const places[] = {named, g_getenv("CURL_CA_BUNDLE"), g_getenv("SSL_CERT_FILE")};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        if (places[i] && *places[i])
            return places[i];
    return NULL;
}

void
certificate_trust(CURL *easy, const char *named)
{
    const char *file = trusted_file(named), *folder = g_getenv("SSL_CERT_DIR");
    if (file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, file);
    if (named) /* instead of the system's: libcurl would look into its folder as well */
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    else if (folder && *folder)
        curl_easy_setopt(easy, CURLOPT_CAPATH, folder);
}

/* --- the kind ----------------------------------------------------------------------------- */

static bool
is_gnutls(void)
{
    const char *library = curl_version_info(CURLVERSION_NOW)->ssl_version;
    return library && strstr(library, "GnuTLS");
}

/* What a certificate says of a subject: "Issuer", "Expire date"; borrowed, NULL for nothing. */
static const char *
stated(const struct curl_certinfo *chain, const char *name)
{
    gsize length = strlen(name);
    const struct curl_slist *line = chain && chain->num_of_certs ? chain->certinfo[0] : NULL;
    for (; line; line = line->next)
        if (!g_ascii_strncasecmp(line->data, name, length) && line->data[length] == ':')
            return line->data + length + 1;
    return NULL;
}

/* By its number in OpenSSL's <openssl/x509_vfy.h>, where no number has ever changed. */
static enum problem_code
kind_of_openssl(long result, const struct curl_certinfo *chain)
{
    switch (result) {
    case 9: /* CERT_NOT_YET_VALID */
        return PROBLEM_CERTIFICATE_EARLY;
    case 10: /* CERT_HAS_EXPIRED */
        return PROBLEM_CERTIFICATE_EXPIRED;
    case 18: /* DEPTH_ZERO_SELF_SIGNED_CERT */
        return PROBLEM_CERTIFICATE_SELF_SIGNED;
    case 2:  /* UNABLE_TO_GET_ISSUER_CERT */
    case 19: /* SELF_SIGNED_CERT_IN_CHAIN */
    case 20: /* UNABLE_TO_GET_ISSUER_CERT_LOCALLY */
    case 21: /* UNABLE_TO_VERIFY_LEAF_SIGNATURE */
        return PROBLEM_CERTIFICATE_AUTHORITY;
    case 66: /* EE_KEY_TOO_SMALL */
    case 67: /* CA_KEY_TOO_SMALL */
    case 68: /* CA_MD_TOO_WEAK */
        return PROBLEM_CERTIFICATE_WEAK;
    case 62: /* HOSTNAME_MISMATCH */
    case 64: /* IP_ADDRESS_MISMATCH */
        return PROBLEM_CERTIFICATE_NAME;
    default: /* libcurl compares names itself, after the chain has been found sound */
        return result <= 1 && chain && chain->num_of_certs ? PROBLEM_CERTIFICATE_NAME
                                                           : PROBLEM_CERTIFICATE;
    }
}

/* By its bits in GnuTLS's <gnutls/gnutls.h>; several may be set. */
static enum problem_code
kind_of_gnutls(long result, const struct curl_certinfo *chain)
{
    const char *issuer = stated(chain, "Issuer"), *subject = stated(chain, "Subject");
    if (result & 1 << 5) /* REVOKED */
        return PROBLEM_CERTIFICATE;
    if (result & (1 << 6 | 1 << 7)) /* SIGNER_NOT_FOUND, SIGNER_NOT_CA */
        return issuer && !g_strcmp0(issuer, subject) ? PROBLEM_CERTIFICATE_SELF_SIGNED
                                                     : PROBLEM_CERTIFICATE_AUTHORITY;
    if (result & 1 << 8) /* INSECURE_ALGORITHM */
        return PROBLEM_CERTIFICATE_WEAK;
    if (result & 1 << 9) /* NOT_ACTIVATED */
        return PROBLEM_CERTIFICATE_EARLY;
    if (result & 1 << 10) /* EXPIRED */
        return PROBLEM_CERTIFICATE_EXPIRED;
    return !result && chain && chain->num_of_certs ? PROBLEM_CERTIFICATE_NAME : PROBLEM_CERTIFICATE;
}

/* --- what is known of it ------------------------------------------------------------------ */

/* The names that a certificate is for: "www.town.example, 192.0.2.1"; NULL when they are not told. */
static char *
names_in(const struct curl_certinfo *chain)
{
    const char *all = stated(chain, "X509v3 Subject Alternative Name"),
               *subject = stated(chain, "Subject"),
               *common = subject ? g_strrstr(subject, "CN") : NULL;
    if (!all && common && !is_gnutls()) /* what counts where there are no others */
        return g_strdup(common + strlen("CN") + strspn(common + strlen("CN"), " ="));
    if (!all)
        return NULL;
    GString *names = g_string_new(all);
    g_string_replace(names, "DNS:", "", 0);
    g_string_replace(names, "IP Address:", "", 0);
    return g_string_free(names, FALSE);
}

static struct problem *
refused(CURL *easy, const char *url, const char *why)
{
    long result = 0;
    struct curl_certinfo *chain = NULL;
    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
    curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
    enum problem_code code = is_gnutls() ? kind_of_gnutls(result, chain)
                                         : kind_of_openssl(result, chain);
    g_autofree char *detail = NULL;
    switch (code) {
    case PROBLEM_CERTIFICATE_EXPIRED:
        detail = g_strdup(stated(chain, "Expire date"));
        break;
    case PROBLEM_CERTIFICATE_EARLY:
        detail = g_strdup(stated(chain, "Start date"));
        break;
    case PROBLEM_CERTIFICATE_NAME:
        detail = names_in(chain);
        break;
    case PROBLEM_CERTIFICATE_AUTHORITY:
        detail = g_strdup(stated(chain, "Issuer"));
        break;
    case PROBLEM_CERTIFICATE_SELF_SIGNED:
        break;
    default:
        detail = g_strdup(why);
    }
    return problem_new(code, url, PROBLEM_NO_NUMBER, detail);
}

/* Whether the words of a library say that both sides have no version of TLS in common. */
static bool
is_of_version(const char *why)
{
    static const char *const words[] = {"protocol version", "unsupported protocol",
                                        "unsupported version", "wrong ssl version"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(why, words[i]))
            return true;
    return false;
}

struct problem *
certificate_problem(CURL *easy, CURLcode code, const char *url, const struct request *request,
                    const char *why)
{
    const char *file = trusted_file(request->ca_file);
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return refused(easy, url, why);
    case CURLE_SSL_CACERT_BADFILE:
        return problem_new(PROBLEM_CA_FILE, url, PROBLEM_NO_NUMBER, file ? file : why);
    case CURLE_SSL_CONNECT_ERROR:
        return problem_new(is_of_version(why) ? PROBLEM_TLS_VERSION : PROBLEM_TLS, url,
                           PROBLEM_NO_NUMBER, why);
    case CURLE_SSL_CERTPROBLEM:
        return problem_new(PROBLEM_CLIENT_CERT, url, PROBLEM_NO_NUMBER,
                           request->client_cert ? request->client_cert : why);
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_USE_SSL_FAILED:
        return problem_new(PROBLEM_TLS, url, PROBLEM_NO_NUMBER, why);
    case CURLE_RECV_ERROR: /* so ends a TLS 1.3 that would have wanted a certificate of ours */
    case CURLE_SEND_ERROR:
        return strstr(why, "SSL") && strstr(why, "alert")
                   ? problem_new(PROBLEM_TLS, url, PROBLEM_NO_NUMBER, why)
                   : NULL;
    default:
        return NULL;
    }
}

/* "Dec 31 00:00:00 2049 GMT" of OpenSSL, "2049-12-31 00:00:00 GMT" of GnuTLS; 0 for anything else. */
static int64_t
moment(const char *text)
{
    time_t time = curl_getdate(text, NULL);
    if (time > 0)
        return time;
    g_autofree char *iso = g_strndup(text, strlen("2049-12-31 00:00:00"));
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) date = g_date_time_new_from_iso8601(iso, utc);
    return date ? MAX(g_date_time_to_unix(date), 0) : 0;
}

int64_t
certificate_expires(CURL *easy)
{
    struct curl_certinfo *chain = NULL;
    curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
    const char *text = stated(chain, "Expire date");
    return text ? moment(text) : 0;
}
