/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and responses: how they are made and freed. */
#include "config.h"

#include "transfer/exchange.h"
#include "transfer/http-session.h"

struct request *
request_new(const char *url, int kind, gpointer owner)
{
    struct request *request = g_new0(struct request, 1);
    request->url = g_strdup(url);
    request->kind = kind;
    request->owner = owner;
    return request;
}

void
request_free(struct request *request)
{
    char *strings[] = {request->url,         request->etag,      request->last_modified,
                       request->validated,   request->post,      request->post_type,
                       request->login,       request->ca_file,   request->user_agent,
                       request->proxy,       request->link,      request->cookie_file,
                       request->client_cert, request->client_key};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    if (request->headers)
        g_ptr_array_unref(request->headers);
    if (request->secrets)
        g_ptr_array_unref(request->secrets);
    if (request->own)
        g_ptr_array_unref(request->own);
    http_session_unref(request->session);
    g_free(request);
}

struct response *
response_new(struct request *request)
{
    struct response *response = g_new0(struct response, 1);
    response->request = request;
    response->body = g_byte_array_new();
    return response;
}

void
response_remark(struct response *response, struct problem *remark)
{
    if (!response->remarks)
        response->remarks = problems_new();
    problems_add(response->remarks, remark);
}

void
response_free(struct response *response)
{
    if (response->request)
        request_free(response->request);
    char *strings[] = {response->url,   response->moved_to,      response->content_type,
                       response->etag,  response->last_modified, response->cache_control,
                       response->links, response->evidence};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    if (response->problem)
        problem_free(response->problem);
    if (response->remarks)
        g_ptr_array_unref(response->remarks);
    g_byte_array_unref(response->body);
    g_free(response);
}

bool
response_is_document(const struct response *response)
{
    return !response->problem && response->status != 304;
}

void
response_drop_body(struct response *response)
{
    g_byte_array_unref(response->body);
    response->body = g_byte_array_new();
}
