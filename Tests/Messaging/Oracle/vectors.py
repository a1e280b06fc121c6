#!/usr/bin/env python3
"""Writes the vectors of docs/dmp/vectors anew: `vectors.py FOLDER`."""

import json
import pathlib
import random
import sys

import generate

COUNTS = {"objects": 2, "names": 3, "links": 4, "agreements": 3, "ratchets": 2, "groups": 3}

for part, count in COUNTS.items():
    lines = [json.dumps(line) for line in generate.generate(part, count, random.Random(20261121))]
    path = pathlib.Path(sys.argv[1]) / f"{part}.json"
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
