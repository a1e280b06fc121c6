"""Key schedule, agreement, ratchet and group encryption of DMP/1.

Primitives come from PyPI `cryptography` (X25519, ML-KEM-768, Ed25519) and `PyNaCl`
(XChaCha20-Poly1305); HMAC and HKDF are written out.
"""

import hashlib

import nacl.bindings
import nacl.exceptions
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from cbor import Refused


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hmac(key, *parts):
    key = sha256(key) if len(key) > 64 else key
    key = key.ljust(64, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in key), *parts)
    return sha256(bytes(byte ^ 0x5C for byte in key), inner)


def hkdf(salt, secret, purpose, count):
    key, block, output = hmac(salt, secret), b"", b""
    while len(output) < count:
        block = hmac(key, block, purpose, bytes([len(output) // 32 + 1]))
        output += block
    return output[:count]


def u32(number):
    return number.to_bytes(4, "big")


def lp(part):
    return u32(len(part)) + part


def header(type, length):
    return type.to_bytes(2, "big") + b"\x01\x01" + u32(length)


# MARK: Link

LINK_1 = 0x0AB0


def mac1(link_key, pattern, message):
    """Over the frame's header, the pattern and Noise's first message."""
    length = 1 + len(message) + 16
    key = sha256(b"dmp1 mac1", link_key)
    return hmac(key, header(LINK_1, length), bytes([pattern]), message)[:16]


# MARK: Agreement (PQXDH)


def dh(secret, public):
    return X25519PrivateKey.from_private_bytes(secret).exchange(
        X25519PublicKey.from_public_bytes(public)
    )


def x25519_public(secret):
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def associated_data(certificate_i, certificate_r, knock, accept, ephemeral, ciphertext):
    return sha256(
        b"dmp1 ad",
        lp(certificate_i),
        lp(certificate_r),
        lp(knock),
        lp(accept),
        ephemeral,
        lp(ciphertext),
    )


def session_id(ad):
    return sha256(b"dmp1 sid", ad)[:8]


def agreed(ad, secrets):
    """Root key, psk of later links, exporter."""
    output = hkdf(
        ad, b"\xff" * 32 + b"".join(secrets), b"dmp1 pqxdh x25519 mlkem768 sha256", 96
    )
    return output[:32], output[32:64], output[64:]


def respond(ad, identity, prekey, one_time, kem_seed, peer, ephemeral, ciphertext):
    """The responder's side; `identity`, `prekey`, `one_time` are secret, `peer` is IKi."""
    secrets = [dh(prekey, peer), dh(identity, ephemeral), dh(prekey, ephemeral)]
    if one_time is not None:
        secrets.append(dh(one_time, ephemeral))
    secrets.append(MLKEM768PrivateKey.from_seed_bytes(kem_seed).decapsulate(ciphertext))
    return agreed(ad, secrets)


def initiate(ad, identity, ephemeral, peer, prekey, one_time, kem_secret):
    """The initiator's side; `identity` and `ephemeral` are secret, `peer` is IKr."""
    secrets = [dh(identity, prekey), dh(ephemeral, peer), dh(ephemeral, prekey)]
    if one_time is not None:
        secrets.append(dh(ephemeral, one_time))
    return agreed(ad, secrets + [kem_secret])


def kem_public(seed):
    return MLKEM768PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()


# MARK: Ratchet

INITIAL, RATCHET, GROUP = 0x0A83, 0x0A84, 0x0A85


def seal(plaintext, data, nonce, key):
    return nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, data, nonce, key)


def unseal(ciphertext, data, nonce, key):
    try:
        return nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            ciphertext, data, nonce, key
        )
    except nacl.exceptions.CryptoError:
        raise Refused("tag") from None


def strip(plaintext):
    content = plaintext.rstrip(b"\0")
    if not content.endswith(b"\x80"):
        raise Refused("padding")
    return content[:-1]


class Chain:
    """A chain key and the index of its next message key."""

    def __init__(self, key):
        self.key, self.index = key, 0

    def next(self):
        message_key = hmac(self.key, b"\x01")
        self.key = hmac(self.key, b"\x02")
        self.index += 1
        return message_key


class Ratchet:
    """A Double Ratchet that trusts its peer: it shows what the bytes must be."""

    CHAINS = 5

    def __init__(self, ad, root_key, own_secret):
        self.ad, self.root_key, self.own_secret = ad, root_key, own_secret
        self.peer = None
        self.sending = self.receiving = None
        self.previous = 0
        self.peers, self.stored = [], {}

    def turn_receiving(self, peer):
        self.peer = peer
        self.receiving = self.chain()
        self.peers.append(peer)
        for old in self.peers[: -self.CHAINS]:
            for place in [place for place in self.stored if place[0] == old]:
                del self.stored[place]

    def turn_sending(self, own_secret):
        self.previous = self.sending.index if self.sending else 0
        self.own_secret = own_secret
        self.sending = self.chain()

    def chain(self):
        output = hkdf(self.root_key, dh(self.own_secret, self.peer), b"dmp1 root", 64)
        self.root_key = output[:32]
        return Chain(output[32:])

    def skip(self, until):
        while self.receiving.index < until:
            index = self.receiving.index
            self.stored[self.peer, index] = self.receiving.next()

    def message_key(self, peer, previous, index):
        """None when the message was opened before, or its key forgotten."""
        if (peer, index) in self.stored:
            return self.stored.pop((peer, index))
        if peer in self.peers[:-1]:
            return None
        if peer != self.peer or not self.receiving:
            if self.receiving:
                self.skip(previous)
            self.turn_receiving(peer)
        if index < self.receiving.index:
            return None
        self.skip(index)
        return self.receiving.next()

    def open(self, frame_type, body):
        """The content of a RATCHET, or of the one in INITIAL; None for an old one."""
        sid, peer, counts = body[:8], body[8:40], body[40:48]
        previous, index = int.from_bytes(counts[:4], "big"), int.from_bytes(counts[4:], "big")
        nonce, ciphertext = body[48:72], body[72:]
        if sid != session_id(self.ad):
            raise Refused("session")
        key = self.message_key(peer, previous, index)
        if key is None:
            return None
        data = self.ad + frame_type.to_bytes(2, "big") + b"\x01\x01" + body[:48]
        return strip(unseal(ciphertext, data, nonce, key))

    def send(self, frame_type, content, nonce, block=1):
        index = self.sending.index
        head = session_id(self.ad) + x25519_public(self.own_secret)
        head += u32(self.previous) + u32(index)
        plaintext = content + b"\x80"
        plaintext += b"\0" * (-len(plaintext) % block)
        data = self.ad + frame_type.to_bytes(2, "big") + b"\x01\x01" + head
        return head + nonce + seal(plaintext, data, nonce, self.sending.next())


# MARK: Groups


def group_associated(head, record):
    return b"dmp1 group" + GROUP.to_bytes(2, "big") + b"\x01\x01" + head + record


def group_seal(head, record, plaintext, message_key, signing_seed):
    """`head` is the 80 bytes, whose last 24 are the nonce."""
    data = group_associated(head, record)
    ciphertext = seal(plaintext, data, head[56:], message_key)
    key = Ed25519PrivateKey.from_private_bytes(signing_seed)
    return head + ciphertext + key.sign(data + ciphertext)


def group_open(body, record, chain_key, iteration, signing_key):
    """The plaintext; `chain_key` is that of `iteration`."""
    head, ciphertext, signature = body[:80], body[80:-64], body[-64:]
    data = group_associated(head, record)
    try:
        Ed25519PublicKey.from_public_bytes(signing_key).verify(signature, data + ciphertext)
    except InvalidSignature:
        raise Refused("signature") from None
    chain = Chain(chain_key)
    for _ in range(iteration, int.from_bytes(head[52:56], "big")):
        chain.next()
    return unseal(ciphertext, data, head[56:], chain.next())
