// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* names.h: what HTTP calls a status, a day and a month. Self-contained. */

#ifndef MIRAGE_HTTP_NAMES_H
#define MIRAGE_HTTP_NAMES_H

/* The methods, GET to TRACE, each closed by a zero byte. */
static const char mirage_http_methods[] =
    "GET\0HEAD\0POST\0PUT\0DELETE\0OPTIONS\0PATCH\0CONNECT\0TRACE";

/* The three letters of a day, 0 a Thursday, and of a month, 0 March (RFC 9110, 5.6.7). */
static const char mirage_http_days[] = "ThuFriSatSunMonTueWed";
static const char mirage_http_months[] = "MarAprMayJunJulAugSepOctNovDecJanFeb";

/* What a status is called (RFC 9110, section 15), or nothing. */
static inline const char *mirage_http_reason(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 101:
        return "Switching Protocols";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "";
    }
}

#endif
