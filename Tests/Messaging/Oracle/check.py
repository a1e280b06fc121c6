#!/usr/bin/env python3
"""Checks the lines, or the arrays, of the files named: counts each kind, exits 1 if one is wrong."""

import collections
import json
import sys

import lines

counts, wrong = collections.Counter(), 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            # An array has one element on each of its lines.
            text = text.strip().rstrip(",")
            if text in ("[", "]"):
                continue
            line = json.loads(text)
            counts[line["kind"]] += 1
            try:
                lines.check(line)
            except Exception as error:
                wrong += 1
                if wrong <= 10:
                    print(f"{path}:{number}: {line['kind']}: {error!r}", file=sys.stderr)
for kind, count in sorted(counts.items()):
    print(kind, count)
sys.exit(1 if wrong or not counts else 0)
