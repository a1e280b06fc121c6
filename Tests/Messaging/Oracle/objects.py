"""Everything that DMP/1 puts on the wire and that is CBOR: the tables of docs/dmp/protocol.md."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

import cbor
from cbor import Refused
from fields import (
    Body,
    Choice,
    Curve,
    ListOf,
    Map,
    MapOf,
    Nullable,
    Octets,
    Pair,
    Ranges,
    Refusals,
    SEQUENCE,
    Text,
    Unsigned,
    UP_TO,
    require,
)

U64, U32, U8 = Unsigned(), Unsigned(2**32 - 1), Unsigned(255)
INTENT, ACTION, NAME = Text(1, 256), Text(0, 256), Text(1, 128)
FEATURES = ListOf(Text(1, 64), 32)
OFFERS = ListOf(U8, 16, least=1)

# MARK: COSE_Sign1 (RFC 9052)

PROTECTED = cbor.encode({1: -8})


def to_be_signed(context, payload):
    return cbor.encode(["Signature1", PROTECTED, context.encode(), payload])


def sign(context, payload, seed):
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(to_be_signed(context, payload))
    return cbor.encode([PROTECTED, {}, payload, signature])


def public_key(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


class Signed:
    """A COSE_Sign1 with a payload of this shape; shown as its payload's fields."""

    def __init__(self, context, limit, payload):
        self.context, self.limit, self.payload = context, limit, payload

    def open(self, data):
        """The payload's map, and its bytes, whoever signed."""
        require(len(data) <= self.limit, "too large")
        parts = cbor.decode(data)
        require(isinstance(parts, list) and len(parts) == 4, "not COSE_Sign1")
        protected, unprotected, payload, signature = parts
        require(protected == PROTECTED and unprotected == {}, "headers")
        require(isinstance(payload, bytes) and isinstance(signature, bytes), "parts")
        require(len(signature) == 64, "signature")
        value = cbor.decode(payload)
        self.payload.check(value)
        return value, payload, signature

    def verify(self, data, key):
        value, payload, signature = self.open(data)
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(
                signature, to_be_signed(self.context, payload)
            )
        except (InvalidSignature, ValueError):
            raise Refused("signature") from None
        return value

    # As a field: a byte string.

    def check(self, value):
        require(isinstance(value, bytes), "byte string")
        self.open(value)

    def show(self, value):
        return value.hex()

    def read(self, text):
        return bytes.fromhex(text)


class Plain:
    """A map and nothing around it."""

    def __init__(self, payload, limit):
        self.payload, self.limit = payload, limit

    def open(self, data):
        require(len(data) <= self.limit, "too large")
        value = cbor.decode(data)
        self.payload.check(value)
        return value


# MARK: Signed objects


def check_certificate(fields):
    require(fields["expiry"] > fields["notBefore"], "ends before it begins")


CERTIFICATE = Signed(
    "dmp1 certificate",
    512,
    Map(
        (0, "rootKey", Octets(32)),
        (1, "device", Octets(16)),
        (2, "signingKey", Octets(32)),
        (3, "agreementKey", Curve()),
        (4, "linkKey", Curve()),
        (5, "sequence", U64),
        (6, "notBefore", U64),
        (7, "expiry", U64),
        check=check_certificate,
    ),
)

CARD = Signed(
    "dmp1 card",
    4096,
    Map(
        (0, "certificate", CERTIFICATE),
        (1, "addresses", ListOf(Text(1, 256), 8)),
        (2, "capabilities", ListOf(INTENT, 64)),
        (3, "name", NAME),
        (4, "sequence", U64),
        (5, "expiry", U64),
    ),
)

REVOCATION = Signed(
    "dmp1 revocation",
    512,
    Map(
        (0, "rootKey", Octets(32)),
        (1, "device", Nullable(Octets(16))),
        (2, "sequence", U64),
        (3, "reason", U64),
    ),
)

KNOCK = Signed(
    "dmp1 knock",
    2048,
    Map(
        (0, "to", Octets(32)),
        (1, "nonce", Octets(16)),
        (2, "linkHash", Octets(32)),
        (3, "versions", OFFERS),
        (4, "suites", OFFERS),
        (5, "features", FEATURES),
        (6, "critical", FEATURES),
        (7, "intent", INTENT),
        (8, "action", ACTION),
        (9, "urgency", Choice(3)),
        (10, "ttl", U64),
        (11, "replaces", Octets(8), True),
        (12, "why", Choice(3)),
    ),
)

ACCEPT = Signed(
    "dmp1 accept",
    4096,
    Map(
        (0, "knock", Octets(32)),
        (1, "version", U8),
        (2, "suite", U8),
        (3, "features", FEATURES),
        (4, "signedPrekey", Curve()),
        (5, "oneTimePrekey", Curve(), True),
        (6, "kemKey", Octets(1184)),
        (7, "expiry", U64),
        (8, "limits", MapOf(U64, U64, 16)),
    ),
)


def root_of_card(card):
    return cbor.decode(cbor.decode(cbor.decode(cbor.decode(card)[2])[0])[2])[0]


def group_id(admin, salt):
    return hashlib.sha256(b"dmp1 group id" + admin + salt).digest()


def check_record(fields):
    require((fields["previous"] is None) == (fields["epoch"] == 0), "previous record")
    roots = [root_of_card(card) for card in fields["cards"]]
    require(roots == sorted(set(roots)), "members out of order")


GROUP_RECORD = Signed(
    "dmp1 group record",
    65_536,
    Map(
        (0, "group", Octets(32)),
        (1, "epoch", U32),
        (2, "previous", Nullable(Octets(32))),
        (3, "cards", ListOf(CARD, 32, least=2)),
        (4, "name", NAME),
        (5, "admin", Octets(32)),
        (6, "time", U64),
        (7, "salt", Octets(16)),
        check=check_record,
    ),
)

AUDIT = Signed(
    "dmp1 audit",
    512,
    Map((0, "count", U64), (1, "head", Octets(32)), (2, "time", U64)),
)

SIGNED = {
    "certificate": CERTIFICATE,
    "card": CARD,
    "revocation": REVOCATION,
    "knock": KNOCK,
    "accept": ACCEPT,
    "groupRecord": GROUP_RECORD,
    "audit": AUDIT,
}

# MARK: Frames


def check_resume(fields):
    check_above(fields["upTo"], fields["above"])


def check_above(up_to, above):
    require(not above or above[0][0] > up_to + 1, "a range that touches what it follows")


FRAMES = {
    "reject": Plain(
        Map((0, "knock", Octets(32)), (1, "reason", Choice(6, 1)), (2, "retry", U64)), 128
    ),
    "close": Plain(Map((0, "reason", Choice(6, 1))), 128),
    "resume": Plain(
        Map(
            (0, "session", Nullable(Octets(8))),
            (1, "incarnation", Octets(8)),
            (2, "boot", U64),
            (3, "bootNonce", Octets(16)),
            (4, "base", SEQUENCE),
            (5, "peerIncarnation", Nullable(Octets(8))),
            (6, "upTo", UP_TO),
            (7, "above", Ranges()),
            (8, "cardSequence", U64),
            (9, "peerBoot", Pair(U64, Octets(16)), True),
            check=check_resume,
        ),
        4096,
    ),
    "initial": Plain(
        Map(
            (0, "accept", Octets(32)),
            (1, "ephemeralKey", Curve()),
            (2, "ciphertext", Octets(1088)),
            (3, "ratchet", Octets(89, 69_632)),
        ),
        69_632,
    ),
}

# MARK: Contents


def check_receipt(fields):
    check_above(fields["deliveredUpTo"], fields["delivered"])
    check_above(fields["readUpTo"], fields["read"])


BEAT = [(1, "time", U64), (2, "auditHead", Octets(32), True)]
BODY = Body()

CONTENTS = {
    0: Map((1, "intent", INTENT), (2, "windowMessages", U64), (3, "windowBytes", U64)),
    1: Map(
        (1, "sequence", SEQUENCE),
        (2, "body", BODY),
        (3, "intent", INTENT, True),
        (4, "ttl", U64, True),
        (5, "schema", Octets(32), True),
    ),
    2: Map(
        (1, "id", U64),
        (2, "body", BODY),
        (3, "intent", INTENT, True),
        (4, "left", U64),
        (5, "schema", Octets(32), True),
    ),
    4: Map((1, "id", U64)),
    5: Map(
        (1, "incarnation", Octets(8)),
        (2, "deliveredUpTo", UP_TO),
        (3, "delivered", Ranges()),
        (4, "readUpTo", UP_TO),
        (5, "read", Ranges()),
        (6, "windowMessages", U64),
        (7, "windowBytes", U64),
        (8, "chains", MapOf(Octets(16), U32, 64)),
        (9, "refused", Refusals()),
        check=check_receipt,
    ),
    6: Map(*BEAT),
    7: Map(*BEAT),
    8: Map(
        (1, "group", Octets(32)),
        (2, "epoch", U32),
        (3, "chain", Octets(16)),
        (4, "iteration", Unsigned(2**31 - 1)),
        (5, "chainKey", Octets(32)),
        (6, "signingKey", Octets(32)),
        (7, "record", Octets(32)),
    ),
    9: Map((1, "record", GROUP_RECORD)),
    10: Map((1, "group", Octets(32)), (2, "chain", Octets(16))),
    11: Map((1, "group", Octets(32)), (2, "answer", Choice(1))),
    12: Map((1, "reason", Choice(2, 1))),
    13: Map((1, "base", SEQUENCE)),
}


class Reply:
    """Kind 3: an answer, or a failure; null is an answer, so absence is asked of the map."""

    ANSWER = Map((1, "id", U64), (2, "body", BODY))
    FAILURE = Map((1, "id", U64), (3, "failure", Choice(8, 1)), (4, "path", Text(0, 256), True))

    def shape(self, is_answer):
        return self.ANSWER if is_answer else self.FAILURE

    def check(self, value):
        self.shape(2 in value).check(value)

    def show(self, value):
        return self.shape(2 in value).show(value)

    def read(self, shown):
        return self.shape("body" in shown).read(shown)

    def make(self, rng):
        return self.shape(rng.random() < 0.5).make(rng)


CONTENTS[3] = Reply()


class Content:
    """{0: kind, …}; kinds from 128 on are ignored, whatever stands beside."""

    def open(self, data):
        reader = cbor.Reader(data)
        initial = reader.take(1)[0]
        require(initial >> 5 == 5, "map")
        count = reader.argument(initial & 31)
        require(reader.data[: reader.offset] == cbor.head(5, count), "not shortest")
        require(0 < count <= (len(data) - reader.offset) // 2, "pairs")
        require(reader.item() == 0 and data[reader.offset - 1] == 0, "field 0")
        start = reader.offset
        kind = reader.item()
        require(isinstance(kind, int) and not isinstance(kind, bool) and kind >= 0, "kind")
        require(data[start : reader.offset] == cbor.encode(kind), "not shortest")
        if kind >= 128:
            return {0: kind}
        require(kind in CONTENTS, "unknown kind")
        value = cbor.decode(data)
        CONTENTS[kind].check({key: item for key, item in value.items() if key != 0})
        return value

    def show(self, value):
        rest = {key: item for key, item in value.items() if key != 0}
        fields = CONTENTS[value[0]].show(rest) if value[0] in CONTENTS else {}
        return {"kind": str(value[0]), **fields}

    def read(self, shown):
        return {0: int(shown["kind"]), **CONTENTS[int(shown["kind"])].read(shown)}


class BodyObject:
    def open(self, data):
        value = cbor.decode(data)
        BODY.check(value)
        return value

    def show(self, value):
        return BODY.show(value)

    def read(self, shown):
        return BODY.read(shown)


GROUP_CONTENT = Plain(
    Map((0, "sequence", SEQUENCE), (1, "body", BODY), (2, "schema", Octets(32), True)), 70_000
)

PLAIN = {
    "content": Content(),
    "body": BodyObject(),
    "groupContent": GROUP_CONTENT,
    **FRAMES,
}


def open_object(kind, data):
    """The value as JSON, or Refused; signatures are not looked at."""
    if kind in SIGNED:
        value, _, _ = SIGNED[kind].open(data)
        return SIGNED[kind].payload.show(value)
    shape = PLAIN[kind]
    return (shape.payload if isinstance(shape, Plain) else shape).show(shape.open(data))


def make_object(kind, value, seed=None):
    """The bytes of a value that JSON shows."""
    if kind in SIGNED:
        shape = SIGNED[kind]
        return sign(shape.context, cbor.encode(shape.payload.read(value)), seed)
    shape = PLAIN[kind]
    return cbor.encode((shape.payload if isinstance(shape, Plain) else shape).read(value))
