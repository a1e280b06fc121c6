"""The types of fields: how each checks a CBOR value, shows it as JSON, and makes up one.

JSON has numbers and bytes as text (decimal, hexadecimal), so that no reader loses digits.
"""

import struct

import cbor
from cbor import Refused, Tag


def require(condition, why):
    if not condition:
        raise Refused(why)


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


class Unsigned:
    def __init__(self, most=2**64 - 1, least=0):
        self.least, self.most = least, most

    def check(self, value):
        require(is_int(value) and self.least <= value <= self.most, "unsigned")

    def show(self, value):
        return str(value)

    def read(self, text):
        return int(text)

    def make(self, rng):
        value = rng.getrandbits(rng.randint(1, 64))
        return min(max(value, self.least), self.most)


class Choice(Unsigned):
    """A number of a closed set."""

    def make(self, rng):
        return rng.randint(self.least, self.most)


SEQUENCE = Unsigned(2**63 - 1, 1)
UP_TO = Unsigned(2**63 - 1)


class Octets:
    def __init__(self, least, most=None):
        self.least, self.most = least, least if most is None else most

    def check(self, value):
        require(
            isinstance(value, bytes) and self.least <= len(value) <= self.most, "byte string"
        )

    def show(self, value):
        return value.hex()

    def read(self, text):
        return bytes.fromhex(text)

    def make(self, rng):
        return rng.randbytes(rng.randint(self.least, min(self.most, self.least + 100)))


class Curve(Octets):
    """A key of X25519: its number is less than 2^255 - 19."""

    def __init__(self):
        super().__init__(32)

    def check(self, value):
        super().check(value)
        require(int.from_bytes(value, "little") < 2**255 - 19, "two encodings of one point")

    def make(self, rng):
        return rng.randrange(2**255 - 19).to_bytes(32, "little")


class Text:
    """`least` and `most` bytes of UTF-8."""

    LETTERS = ["a", "b", "/", "*", "\u00e9", "e\u0301", "\u6c34", "\U00010151", '"', "\0"]

    def __init__(self, least, most):
        self.least, self.most = least, most

    def check(self, value):
        require(
            isinstance(value, str) and self.least <= len(value.encode()) <= self.most, "text"
        )

    def show(self, value):
        return value

    def read(self, text):
        return text

    def make(self, rng):
        return "".join(rng.choice(self.LETTERS) for _ in range(rng.randint(self.least, 9)))


class ListOf:
    def __init__(self, element, most, least=0):
        self.element, self.least, self.most = element, least, most

    def check(self, value):
        require(isinstance(value, list) and self.least <= len(value) <= self.most, "list")
        for item in value:
            self.element.check(item)

    def show(self, value):
        return [self.element.show(item) for item in value]

    def read(self, items):
        return [self.element.read(item) for item in items]

    def make(self, rng):
        count = rng.randint(self.least, min(self.most, self.least + 3))
        return [self.element.make(rng) for _ in range(count)]


class Pair:
    def __init__(self, first, second):
        self.parts = (first, second)

    def check(self, value):
        require(isinstance(value, list) and len(value) == 2, "pair")
        for part, item in zip(self.parts, value):
            part.check(item)

    def show(self, value):
        return [part.show(item) for part, item in zip(self.parts, value)]

    def read(self, items):
        return [part.read(item) for part, item in zip(self.parts, items)]

    def make(self, rng):
        return [part.make(rng) for part in self.parts]


class MapOf:
    """A map that JSON shows as a list of pairs, in the order of the encoded keys."""

    def __init__(self, key, item, most):
        self.key, self.item, self.most = key, item, most

    def check(self, value):
        require(isinstance(value, dict) and len(value) <= self.most, "map")
        for key, item in value.items():
            self.key.check(key)
            self.item.check(item)

    def show(self, value):
        keys = sorted(value, key=cbor.encode)
        return [[self.key.show(key), self.item.show(value[key])] for key in keys]

    def read(self, pairs):
        return {self.key.read(key): self.item.read(item) for key, item in pairs}

    def make(self, rng):
        return {self.key.make(rng): self.item.make(rng) for _ in range(rng.randint(0, 3))}


class Ranges(ListOf):
    """Ranges with gaps between each other; that the first lies above `up to`, Map checks."""

    def __init__(self):
        super().__init__(Pair(UP_TO, UP_TO), 64)

    def check(self, value):
        super().check(value)
        for start, end in value:
            require(start <= end, "empty range")
        for (_, end), (start, _) in zip(value, value[1:]):
            require(start > end + 1, "ranges touch")

    def make(self, rng):
        ranges, end = [], 2000
        for _ in range(rng.randint(0, 3)):
            start = end + rng.randint(2, 50)
            end = start + rng.randint(0, 5)
            ranges.append([start, end])
        return ranges


class Refusals(ListOf):
    """[[number, reason]], numbers ascending."""

    def __init__(self):
        super().__init__(Pair(SEQUENCE, Choice(4, 1)), 64)

    def check(self, value):
        super().check(value)
        numbers = [number for number, _ in value]
        require(numbers == sorted(set(numbers)), "numbers out of order")

    def make(self, rng):
        numbers = sorted(rng.sample(range(1, 1000), rng.randint(0, 3)))
        return [[number, rng.randint(1, 4)] for number in numbers]


class Nullable:
    def __init__(self, inner):
        self.inner = inner

    def check(self, value):
        if value is not None:
            self.inner.check(value)

    def show(self, value):
        return None if value is None else self.inner.show(value)

    def read(self, value):
        return None if value is None else self.inner.read(value)

    def make(self, rng):
        return self.inner.make(rng) if rng.random() < 0.5 else None


DURATION, STRUCT, ENUM = 55601, 55602, 55603


class Body:
    """What a script sends."""

    DEPTH, ITEMS, BYTES = 16, 65_536, 65_536

    def check(self, value):
        require(self.items(value, 0) <= self.ITEMS, "too many items")
        require(len(cbor.encode(value)) <= self.BYTES, "too long")

    def items(self, value, depth):
        """The number of items of a value that `depth` containers enclose."""
        if value is None or isinstance(value, (bool, float, bytes, str)):
            return 1
        if isinstance(value, int):
            require(-(2**63) <= value < 2**63, "more than 64 signed bits")
            return 1
        require(depth < self.DEPTH, "too deep")
        if isinstance(value, list):
            return 1 + sum(self.items(item, depth + 1) for item in value)
        if isinstance(value, dict):
            require(all(isinstance(key, str) for key in value), "keys are text")
            return 1 + len(value) + sum(self.items(item, depth + 1) for item in value.values())
        return 1 + self.tagged(value, depth)

    def tagged(self, tag, depth):
        parts = tag.value
        require(isinstance(parts, list), "a tag holds an array")
        if tag.number == DURATION:
            require(len(parts) == 1 and is_int(parts[0]), "duration")
        elif tag.number == STRUCT:
            require(
                len(parts) == 2 and isinstance(parts[0], str) and isinstance(parts[1], dict),
                "struct",
            )
        elif tag.number == ENUM:
            require(len(parts) >= 2 and all(isinstance(part, str) for part in parts[:2]), "enum")
        else:
            raise Refused("unknown tag")
        return self.items(parts, depth)

    def show(self, value):
        if value is None:
            return {"null": ""}
        if isinstance(value, bool):
            return {"bool": "true" if value else "false"}
        if isinstance(value, int):
            return {"integer": str(value)}
        if isinstance(value, float):
            return {"float": "nan" if value != value else struct.pack(">d", value).hex()}
        if isinstance(value, bytes):
            return {"bytes": value.hex()}
        if isinstance(value, str):
            return {"text": value}
        if isinstance(value, list):
            return {"array": [self.show(item) for item in value]}
        if isinstance(value, dict):
            return {"map": self.pairs(value)}
        if value.number == DURATION:
            return {"duration": str(value.value[0])}
        if value.number == STRUCT:
            return {"struct": [value.value[0], self.pairs(value.value[1])]}
        name, case, *values = value.value
        return {"enum": [name, case, [self.show(item) for item in values]]}

    def pairs(self, value):
        return [[key, self.show(value[key])] for key in sorted(value, key=cbor.encode)]

    def read(self, shown):
        ((kind, value),) = shown.items()
        readers = {
            "null": lambda: None,
            "bool": lambda: value == "true",
            "integer": lambda: int(value),
            "float": lambda: (
                float("nan") if value == "nan" else struct.unpack(">d", bytes.fromhex(value))[0]
            ),
            "bytes": lambda: bytes.fromhex(value),
            "text": lambda: value,
            "array": lambda: [self.read(item) for item in value],
            "map": lambda: {key: self.read(item) for key, item in value},
            "duration": lambda: Tag(DURATION, [int(value)]),
            "struct": lambda: Tag(STRUCT, [value[0], self.read({"map": value[1]})]),
            "enum": lambda: Tag(ENUM, value[:2] + [self.read(item) for item in value[2]]),
        }
        return readers[kind]()

    def make(self, rng, depth=3):
        text, number = Text(0, 50), lambda: rng.getrandbits(64) - 2**63 >> rng.randint(0, 63)
        simple = [
            lambda: None,
            lambda: rng.random() < 0.5,
            number,
            lambda: rng.choice([0.0, -0.0, 1.5, 0.1, 65504.0, 1e300, 2.0**-24, float("inf")]),
            lambda: struct.unpack(">d", rng.randbytes(8))[0],
            lambda: struct.unpack(">f", rng.randbytes(4))[0],
            lambda: rng.randbytes(rng.randint(0, 30)),
            lambda: text.make(rng),
            lambda: Tag(DURATION, [number()]),
        ]
        if depth == 0:
            return rng.choice(simple[:-1])()
        values = lambda: [self.make(rng, depth - 1) for _ in range(rng.randint(0, 4))]
        fields = lambda: {
            text.make(rng): self.make(rng, depth - 1) for _ in range(rng.randint(0, 4))
        }
        return rng.choice(
            simple
            + [
                values,
                fields,
                lambda: Tag(STRUCT, [text.make(rng), fields()]),
                lambda: Tag(ENUM, [text.make(rng), text.make(rng)] + values()),
            ]
        )()


class Map:
    """A map with integer keys: (key, name, type, is it optional?)."""

    def __init__(self, *fields, check=None):
        self.fields = [field if len(field) == 4 else (*field, False) for field in fields]
        self.extra = check

    def check(self, value):
        require(isinstance(value, dict), "map")
        require(all(is_int(key) for key in value), "keys are integers")
        require(set(value) <= {key for key, *_ in self.fields}, "unknown field")
        for key, name, kind, is_optional in self.fields:
            if key in value:
                kind.check(value[key])
            else:
                require(is_optional, f"no {name}")
        if self.extra:
            self.extra({name: value.get(key) for key, name, *_ in self.fields})

    def show(self, value):
        return {name: kind.show(value[key]) for key, name, kind, _ in self.fields if key in value}

    def read(self, shown):
        return {
            key: kind.read(shown[name]) for key, name, kind, _ in self.fields if name in shown
        }

    def make(self, rng):
        return {
            key: kind.make(rng)
            for key, _, kind, is_optional in self.fields
            if not is_optional or rng.random() < 0.5
        }
