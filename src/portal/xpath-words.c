/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of libxml2's XPath by their codes. */
#include "config.h"

#include "portal/xpath-words.h"

#include <glib.h>
#include <libxml/xpath.h>

const char *
xpath_words(const struct _xmlError *error)
{
    static const struct {
        int code;
        const char *words;
    } all[] = {{XPATH_UNFINISHED_LITERAL_ERROR, "a quotation mark in it is not closed"},
               {XPATH_START_LITERAL_ERROR, "a quotation mark in it is not closed"},
               {XPATH_INVALID_PREDICATE_ERROR, "a bracket in it is not closed"},
               {XPATH_UNCLOSED_ERROR, "a bracket in it is not closed"},
               {XPATH_UNKNOWN_FUNC_ERROR, "it calls a function that there is not"},
               {XPATH_VARIABLE_REF_ERROR, "it has a variable that there is not"},
               {XPATH_UNDEF_VARIABLE_ERROR, "it has a variable that there is not"},
               {XPATH_FORBID_VARIABLE_ERROR, "it has a variable that there is not"},
               {XPATH_UNDEF_PREFIX_ERROR, "it has a namespace that there is not"},
               {XPATH_INVALID_OPERAND, "a value in it is of the wrong kind"},
               {XPATH_INVALID_TYPE, "a value in it is of the wrong kind"},
               {XPATH_INVALID_ARITY, "a function in it has too many or too few arguments"},
               {XPATH_OP_LIMIT_EXCEEDED, "it has too much to do"},
               {XPATH_RECURSION_LIMIT_EXCEEDED, "it is too deep"}};
    for (size_t i = 0; error && i < G_N_ELEMENTS(all); i++)
        if (error->domain == XML_FROM_XPATH && error->code == XML_XPATH_EXPRESSION_OK + all[i].code)
            return all[i].words;
    return "it is no XPath";
}
