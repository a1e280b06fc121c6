"""Deterministic CBOR (RFC 8949 section 4.2.1), as far as DMP goes.

`decode` reads any well-formed item of the allowed kinds, then writes it again: what differs was not
deterministic. Ints are Python ints, byte strings bytes, text str, arrays lists, maps dicts.
"""

import math
import struct


class Refused(Exception):
    """Bytes that are not what they should be."""


class Tag:
    def __init__(self, number, value):
        self.number = number
        self.value = value


def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for information, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * width):
            return bytes([major << 5 | information]) + argument.to_bytes(width, "big")
    raise ValueError("more than 64 bits")


def encode_float(value):
    if math.isnan(value):
        return b"\xf9\x7e\x00"
    for initial, form in ((0xF9, ">e"), (0xFA, ">f")):
        try:
            packed = struct.pack(form, value)
        except OverflowError:
            continue
        if struct.unpack(form, packed)[0] == value:
            return bytes([initial]) + packed
    return b"\xfb" + struct.pack(">d", value)


def encode(value):
    if value is None:
        return b"\xf6"
    if value is True:
        return b"\xf5"
    if value is False:
        return b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return encode_float(value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return head(3, len(text)) + text
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(encode(item) for item in value)
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return head(5, len(pairs)) + b"".join(key + item for key, item in pairs)
    if isinstance(value, Tag):
        return head(6, value.number) + encode(value.value)
    raise TypeError(type(value))


class Reader:
    def __init__(self, data):
        self.data = data
        self.offset = 0

    def take(self, count):
        if len(self.data) - self.offset < count:
            raise Refused("truncated")
        self.offset += count
        return self.data[self.offset - count : self.offset]

    def argument(self, information):
        if information < 24:
            return information
        if information > 27:
            raise Refused("indefinite or reserved")
        return int.from_bytes(self.take(1 << (information - 24)), "big")

    def item(self):
        initial = self.take(1)[0]
        major, information = initial >> 5, initial & 31
        if major == 7:
            return self.simple(information)
        argument = self.argument(information)
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8", "strict")
            except UnicodeDecodeError:
                raise Refused("not UTF-8") from None
        if major == 6:
            return Tag(argument, self.item())
        if argument > len(self.data) - self.offset:
            raise Refused("announces more than is there")
        if major == 4:
            return [self.item() for _ in range(argument)]
        pairs = {}
        for _ in range(argument):
            key = self.item()
            if not isinstance(key, (int, str, bytes)) or isinstance(key, bool):
                raise Refused("key of another type")
            if key in pairs:
                raise Refused("key twice")
            pairs[key] = self.item()
        return pairs

    def simple(self, information):
        if information in (20, 21):
            return information == 21
        if information == 22:
            return None
        forms = {25: (2, ">e"), 26: (4, ">f"), 27: (8, ">d")}
        if information not in forms:
            raise Refused("simple value")
        width, form = forms[information]
        return struct.unpack(form, self.take(width))[0]


def decode(data):
    """The one item that fills `data`."""
    reader = Reader(data)
    try:
        value = reader.item()
        again = encode(value)
    except RecursionError:
        raise Refused("too deep") from None
    if reader.offset != len(data):
        raise Refused("trailing bytes")
    if again != data:
        raise Refused("not deterministic")
    return value
