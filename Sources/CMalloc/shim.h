#pragma once
// glibc's settings for its heap, which Swift's C library module leaves out.
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
