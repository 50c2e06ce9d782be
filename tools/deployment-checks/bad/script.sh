#!/usr/bin/env bash
# A list that is not one: of three files, only the first is copied.
files=(one two three)
cp $files "$1"
