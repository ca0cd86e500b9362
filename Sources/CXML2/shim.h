#pragma once
// libxml2's headers pull in ICU's, which clash with FoundationICU when both are imported as modules.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
// The C library's converters: libxml2 knows few character sets without them.
#include <iconv.h>
