"""did:key, base58btc, the text of a card, safety numbers."""

import base64
import hashlib

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58(data):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def did(root_key):
    return "did:key:z" + base58(b"\xed\x01" + root_key)


def card_text(card):
    return "dmpcard1:" + base64.urlsafe_b64encode(card).decode().rstrip("=")


def safety_number(first, second):
    groups = []
    for key in sorted([first, second]):
        digest = hashlib.sha256(b"dmp1 fingerprint" + key).digest()
        for _ in range(5199):
            digest = hashlib.sha256(digest + key).digest()
        for index in range(0, 30, 5):
            groups.append(f"{int.from_bytes(digest[index : index + 5], 'big') % 100_000:05}")
    return " ".join(groups)
