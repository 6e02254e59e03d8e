// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* http_probe.c: gives damaged input to the HTTP driver. Arguments: ROUNDS FILE...; each round
 * damages one of the files, cuts it somewhere and asks every function about it. Prints how many
 * inputs were accepted, refused and found to be short. Includes the generated C, whose functions
 * are static. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http.c"

#define MOST 4096

static uint64_t state = 88172645463325252u;
static unsigned counts[3];

/* xorshift64: the same numbers in every run. */
static unsigned below(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 32) % limit;
}

static void require(int truth, const char *what)
{
    if (!truth) {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

static void count(long result)
{
    counts[result > 0 ? 0 : result < 0 ? 1 : 2]++;
}

static __Pyx_memviewslice slice(void *data, Py_ssize_t items, Py_ssize_t size)
{
    return (__Pyx_memviewslice){.data = data, .shape = {items}, .strides = {size}};
}

static size_t damage(unsigned char *data, size_t size)
{
    static const char *const words[] = {"\r\n", "\n",       " ",
                                        ":",    "chunked",  "Content-Length: 5\r\n",
                                        "0",    "\r\n\r\n", "ffffffffffffffff",
                                        "\0"};
    for (unsigned changes = below(4); changes && size > 1; changes--) {
        size_t at = below((unsigned)size);
        const char *word = words[below(sizeof(words) / sizeof(words[0]))];
        size_t length = strlen(word) ? strlen(word) : 1;
        switch (below(4)) {
        case 0:
            data[at] = (unsigned char)below(256);
            break;
        case 1: /* cut out */
            length = below((unsigned)(size - at));
            memmove(data + at, data + at + length, size - at - length);
            size -= length;
            break;
        case 2: /* put a word in */
            if (size + length <= MOST) {
                memmove(data + at + length, data + at, size - at);
                memcpy(data + at, word, length);
                size += length;
            }
            break;
        default: /* repeat what is there */
            length = below((unsigned)(size - at));
            if (size + length <= MOST) {
                memmove(data + at + length, data + at, size - at);
                size += length;
            }
        }
    }
    return size;
}

static void heads(unsigned char *data, Py_ssize_t size)
{
    int64_t facts[8] = {0};
    __Pyx_memviewslice view = slice(data, size, 1), numbers = slice(facts, 8, 8);
    Py_ssize_t seen = below((unsigned)size + 1);
    int head = __pyx_f_4http_parse_request(view, 0, size, 0, numbers);
    count(head);
    require(head <= size, "a request's head lies inside the buffer");
    if (head > 0) {
        require(facts[3] >= 0 && facts[3] < facts[4] && facts[4] < facts[5] &&
                    facts[5] < facts[6] && facts[6] < head,
                "method and target lie inside the head, one behind the other");
        require(facts[1] < 0 || !(facts[0] & 2), "not both length and chunks");
        __Pyx_memviewslice whole = slice(data, head, 1);
        int64_t at = __pyx_f_4http_find(whole, 0, "X");
        require(at == -1 || (at >> 16 <= (at & 65535) && (at & 65535) <= head), "value inside");
    }
    /* Where bytes were seen before is where no head ends. */
    if (head > 0 && seen >= head) {
        seen = head - 1;
    }
    int again = __pyx_f_4http_parse_request(view, 0, size, seen, numbers);
    require(head <= 0 || again == head, "a head that is there is found however it came");
    head = __pyx_f_4http_parse_response(view, 0, size, 0, numbers);
    count(head);
    require(head <= size && (head <= 0 || (facts[2] >= 100 && facts[2] <= 999)), "a response");
    head = __pyx_f_4http_parse_trailers(view, 0, size, 0);
    count(head);
    require(head <= size, "trailers lie inside the buffer");
    __pyx_f_4http_find(view, below((unsigned)size), "Host");
}

static void chunks(unsigned char *data, Py_ssize_t size)
{
    int64_t kept[8] = {0};
    Py_ssize_t start = 0;
    while (start < size) {
        Py_ssize_t stop = start + 1 + below((unsigned)(size - start));
        Py_ssize_t body =
            __pyx_f_4http_decode(slice(data, size, 1), start, stop, slice(kept, 8, 8));
        count(body);
        if (body < 0) {
            return;
        }
        require(start + body + kept[7] <= stop, "what was decoded lies where it came from");
        if (kept[6]) {
            return;
        }
        start = stop;
    }
}

int main(int argc, char **argv)
{
    for (int round = 0; round < atoi(argv[1]); round++) {
        static unsigned char text[MOST];
        FILE *file = fopen(argv[2 + below((unsigned)argc - 2)], "rb");
        require(file != NULL, "the file is there");
        size_t size = damage(text, fread(text, 1, MOST / 2, file));
        fclose(file);
        if (below(3) == 0) {
            size = below((unsigned)size + 1);
        }
        if (size == 0) {
            continue;
        }
        unsigned char *copy = malloc(size); /* just as long, so that one byte more is noticed */
        memcpy(copy, text, size);
        heads(copy, (Py_ssize_t)size);
        chunks(copy, (Py_ssize_t)size);
        free(copy);
        require(mirage_cython_error.kind == MIRAGE_CYTHON_NONE, "nothing was raised");
    }
    printf("%u %u %u\n", counts[0], counts[1], counts[2]);
    return 0;
}
