#pragma once
// libxml2's headers pull in ICU's, which clash with FoundationICU when both are imported as modules.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
// The C library's converters: libxml2 knows few character sets without them.
#include <iconv.h>
#include <string.h>

// `memmem` is an extension that Swift's C library module hides on Linux.
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
static inline const void *markup_find(const void *bytes, size_t count, const void *text, size_t length) {
    return memmem(bytes, count, text, length);
}
