#!/bin/sh
# Says that it was called, into the file $CALLS.
echo called >>"$CALLS"
