#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// libFuzzer's own loop, for programs that bring their `main`. Source: https://llvm.org/docs/LibFuzzer.html
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*read_input)(const uint8_t *bytes, size_t length));
