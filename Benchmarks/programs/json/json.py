"""A JSON parser, character by character, over a generated document."""

ESCAPES = {
    '"': '"', "/": "/", "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
}


class Parser:
    def __init__(self, text):
        self.text = text + "\0"  # stops every scan, so none has to compare with the length
        self.at = 0

    def reject(self, expected):
        raise ValueError(f"expected {expected} at character {self.at}")

    def skip_space(self):
        text, at = self.text, self.at
        c = text[at]
        while c == " " or c == "\n" or c == "\t" or c == "\r":
            at += 1
            c = text[at]
        self.at = at
        return c

    def parse_word(self, spelling, value):
        after = self.at + len(spelling)
        if self.text[self.at:after] != spelling:
            self.reject(spelling)
        self.at = after
        return value

    def parse_number(self):
        text, start = self.text, self.at
        at, whole = start, True
        c = text[at]
        while "0" <= c <= "9" or c == "-" or c == "+" or c == "." or c == "E" or c == "e":
            if c == "." or c == "E" or c == "e":
                whole = False
            at += 1
            c = text[at]
        self.at = at
        if at == start:
            self.reject("a value")
        return int(text[start:at]) if whole else float(text[start:at])

    def parse_escape(self):
        c = self.text[self.at]
        self.at += 1
        if c == "u":
            code = int(self.text[self.at:self.at + 4], 16)
            self.at += 4
            return chr(code)
        if c not in ESCAPES:
            self.reject("an escape")
        return ESCAPES[c]

    def parse_string(self):
        text, at = self.text, self.at + 1
        start, parts = at, None
        while True:
            c = text[at]
            if c == '"':
                piece = text[start:at]
                self.at = at + 1
                if parts is None:
                    return piece
                parts.append(piece)
                return "".join(parts)
            if c == "\\":
                if parts is None:
                    parts = []
                parts.append(text[start:at])
                self.at = at + 1
                parts.append(self.parse_escape())
                at = start = self.at
            elif c == "\0":
                self.reject("a closing quote")
            else:
                at += 1

    def parse_array(self):
        items = []
        self.at += 1
        if self.skip_space() == "]":
            self.at += 1
            return items
        while True:
            items.append(self.parse_value())
            c = self.skip_space()
            self.at += 1
            if c == "]":
                return items
            if c != ",":
                self.reject("a comma or ]")

    def parse_object(self):
        members = {}
        self.at += 1
        if self.skip_space() == "}":
            self.at += 1
            return members
        while True:
            if self.skip_space() != '"':
                self.reject("a name")
            name = self.parse_string()
            if self.skip_space() != ":":
                self.reject("a colon")
            self.at += 1
            members[name] = self.parse_value()
            c = self.skip_space()
            self.at += 1
            if c == "}":
                return members
            if c != ",":
                self.reject("a comma or }")

    def parse_value(self):
        c = self.skip_space()
        if c == '"':
            return self.parse_string()
        if c == "{":
            return self.parse_object()
        if c == "[":
            return self.parse_array()
        if c == "t":
            return self.parse_word("true", True)
        if c == "f":
            return self.parse_word("false", False)
        if c == "n":
            return self.parse_word("null", None)
        return self.parse_number()


def parse(text):
    parser = Parser(text)
    value = parser.parse_value()
    if parser.skip_space() != "\0":
        parser.reject("the end")
    return value


RECORD = """\
  {"id": @id, "name": "agent \\"@name\\"", "score": @score.25, "active": @active, "parent": null,
   "tags": ["red", "gr\\u00fcn", "line\\nbreak"],
   "place": {"x": -@x, "y": 1.5e2, "empty": [], "nothing": {}}}"""


def make_document(records):
    rows, seed = [], 11
    for i in range(1, records + 1):
        seed = seed * 16807 % 2147483647
        rows.append(
            RECORD.replace("@id", str(i))
            .replace("@name", str(seed % 1000))
            .replace("@score", str(seed % 400))
            .replace("@active", "true" if seed % 2 == 0 else "false")
            .replace("@x", str(seed % 90))
        )
    return "[\n" + ",\n".join(rows) + "\n]"


def run(records, rounds):
    text = make_document(records)
    ids = names = active = nulls = green = breaks = 0
    score = places = 0.0
    for _ in range(rounds):
        for record in parse(text):
            ids += record["id"]
            score += record["score"]
            names += len(record["name"])
            if record["active"]:
                active += 1
            if record["parent"] is None:
                nulls += 1
            if record["tags"][1] == "grün":
                green += 1
            if record["tags"][2] == "line\nbreak":
                breaks += 1
            places += record["place"]["x"] + record["place"]["y"]
    print("%d %.2f %d %d" % (ids, score, names, active))
    print("%d %d %d %.1f" % (nulls, green, breaks, places))


run(1200, 9)
