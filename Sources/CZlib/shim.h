#pragma once

#include <zlib.h>

// A macro in zlib, which hands over the version and the size that this program was compiled with. The negative window
// means bare deflate, without zlib's own head and sum: an archive has its own.
static inline int pm_inflate_begin(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
