#!/usr/bin/env python3
"""Prints lines for the other implementation: `generate.py PART COUNT SEED`, COUNT of each kind.

PART is objects, names, links, agreements, ratchets or groups. For every object that is right, two
that were changed a little, with this side's verdict.
"""

import json
import random
import sys

import cbor
import identity
import keys
import lines
import objects
from cbor import Refused


def mutated(rng, data):
    data = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        index = rng.randrange(len(data)) if data else 0
        action = rng.randrange(5) if data else 1
        if action == 0:
            del data[index]
        elif action == 1:
            data.insert(index, rng.randrange(256))
        elif action == 2 and rng.random() < 0.2:
            del data[index:]
        elif action == 3:
            data[index] ^= 1 << rng.randrange(8)
        elif data:
            data[index] = rng.randrange(256)
    return bytes(data)


class Agent:
    def __init__(self, rng):
        self.root, self.signing = rng.randbytes(32), rng.randbytes(32)
        self.agreement, self.link = rng.randbytes(32), rng.randbytes(32)
        self.key = objects.public_key(self.root)
        certificate = {
            0: self.key,
            1: rng.randbytes(16),
            2: objects.public_key(self.signing),
            3: keys.x25519_public(self.agreement),
            4: keys.x25519_public(self.link),
            5: rng.randrange(100),
            6: 1_790_000_000,
            7: 1_820_000_000 + rng.randrange(1000),
        }
        self.certificate = objects.sign(
            objects.CERTIFICATE.context, cbor.encode(certificate), self.root
        )
        card = objects.CARD.payload.make_with(rng, {0: self.certificate})
        self.card = objects.sign(objects.CARD.context, cbor.encode(card), self.signing)


def make_with(self, rng, given):
    """As `make`, some fields being given."""
    return {
        key: given[key] if key in given else kind.make(rng)
        for key, _, kind, is_optional in self.fields
        if key in given or not is_optional or rng.random() < 0.5
    }


objects.Map.make_with = make_with


def signed(rng, kind, agents):
    """A payload of this kind, and the seed of who signs it."""
    agent = agents[0]
    shape = objects.SIGNED[kind].payload
    if kind == "certificate":
        return cbor.decode(cbor.decode(agent.certificate)[2]), agent.root
    if kind == "card":
        return cbor.decode(cbor.decode(agent.card)[2]), agent.signing
    if kind == "revocation":
        return shape.make_with(rng, {0: agent.key}), agent.root
    if kind == "groupRecord":
        members = sorted(agents, key=lambda agent: agent.key)
        epoch, salt = rng.randrange(2), rng.randbytes(16)
        given = {
            0: objects.group_id(agent.key, salt),
            1: epoch,
            2: rng.randbytes(32) if epoch else None,
            3: [member.card for member in members],
            5: agent.key,
            7: salt,
        }
        return shape.make_with(rng, given), agent.signing
    return shape.make(rng), agent.signing


def plain(rng, kind, agents):
    if kind == "body":
        return objects.BODY.make(rng)
    if kind == "content":
        number = rng.choice(sorted(objects.CONTENTS))
        if number == 9:
            value, seed = signed(rng, "groupRecord", agents)
            record = objects.sign(objects.GROUP_RECORD.context, cbor.encode(value), seed)
            return {0: 9, 1: record}
        return {0: number, **objects.CONTENTS[number].make(rng)}
    return objects.PLAIN[kind].payload.make(rng)


def valid(rng, kind, agents):
    """Bytes that this side accepts, and the seed of who signed them."""
    while True:
        seed = None
        if kind in objects.SIGNED:
            value, seed = signed(rng, kind, agents)
            data = objects.sign(objects.SIGNED[kind].context, cbor.encode(value), seed)
        else:
            data = cbor.encode(plain(rng, kind, agents))
        if lines.opened(kind, data) is not None:
            return data, seed


def objects_of(rng, kind, count):
    for _ in range(count):
        agents = [Agent(rng) for _ in range(3)]
        data, seed = valid(rng, kind, agents)
        line = {"kind": kind, "bytes": data.hex(), "value": lines.opened(kind, data)}
        yield {**line, "seed": seed.hex()} if seed else line
        for _ in range(2):
            changed = mutated(rng, data)
            line = {"kind": kind, "bytes": changed.hex()}
            value = lines.opened(kind, changed)
            yield {**line, "value": value} if value is not None else line


# MARK: Computations


def did(rng):
    return {"rootKey": rng.randbytes(32).hex()}


def card_text(rng):
    return {"card": Agent(rng).card.hex()}


def safety_number(rng):
    return {"first": rng.randbytes(32).hex(), "second": rng.randbytes(32).hex()}


def group_id(rng):
    return {"admin": rng.randbytes(32).hex(), "salt": rng.randbytes(16).hex()}


def mac1(rng):
    pattern = rng.randrange(2)
    return {
        "linkKey": keys.x25519_public(rng.randbytes(32)).hex(),
        "pattern": str(pattern),
        "message": rng.randbytes(48 if pattern else 32).hex(),
    }


def chain(rng):
    return {"chainKey": rng.randbytes(32).hex(), "messageKeys": [""] * 5}


def agreement(rng):
    initiator, responder = Agent(rng), Agent(rng)
    secrets = {
        "identitySecretI": initiator.agreement,
        "ephemeralSecret": rng.randbytes(32),
        "identitySecretR": responder.agreement,
        "prekeySecret": rng.randbytes(32),
        "kemSeed": rng.randbytes(64),
    }
    if rng.random() < 0.5:
        secrets["oneTimeSecret"] = rng.randbytes(32)
    kem = keys.MLKEM768PrivateKey.from_seed_bytes(secrets["kemSeed"]).public_key()
    _, ciphertext = kem.encapsulate()
    knock, _ = valid(rng, "knock", [initiator])
    accept, _ = valid(rng, "accept", [responder])
    seen = {
        "certificateI": initiator.certificate,
        "certificateR": responder.certificate,
        "knock": knock,
        "accept": accept,
        "ephemeral": keys.x25519_public(secrets["ephemeralSecret"]),
        "ciphertext": ciphertext,
    }
    return {name: part.hex() for name, part in {**secrets, **seen}.items()}


def ratchet(rng):
    """A conversation: who speaks when, what comes late and what comes twice, is drawn."""
    line = agreement(rng)
    output = lines.agreement(line)
    ad, root_key = (bytes.fromhex(output[name]) for name in ("associatedData", "rootKey"))
    prekey = bytes.fromhex(line["prekeySecret"])
    initiator = keys.Ratchet(ad, root_key, None)
    initiator.peer = keys.x25519_public(prekey)
    sides = {"initiator": initiator, "responder": keys.Ratchet(ad, root_key, prekey)}
    peers = {"initiator": "responder", "responder": "initiator"}
    answered = {"initiator": initiator.peer, "responder": None}
    steps, frames, waiting = [], [], []

    def send(name, frame_type):
        side = sides[name]
        if side.sending is None or side.peer != answered[name]:
            side.turn_sending(rng.randbytes(32))
            answered[name] = side.peer
        content, block = rng.randbytes(rng.randint(1, 60)), rng.choice([1, 256])
        frame = side.send(frame_type, content, rng.randbytes(24), block)
        step = {"do": "send", "side": name, "secret": side.own_secret.hex()}
        step |= {"type": str(frame_type), "content": content.hex(), "block": str(block)}
        steps.append({**step, "frame": frame.hex()})
        waiting.append(len(frames))
        frames.append((peers[name], frame_type, frame))

    def receive(number):
        name, frame_type, frame = frames[number]
        content = sides[name].open(frame_type, frame)
        steps.append(
            {"do": "old" if content is None else "open", "side": name, "frame": str(number)}
        )

    send("initiator", keys.INITIAL)
    receive(waiting.pop())
    send("responder", keys.RATCHET)
    receive(waiting.pop())
    for _ in range(40):
        choice = rng.random()
        if waiting and choice < 0.45:
            receive(waiting.pop(rng.randrange(len(waiting))))
        elif choice < 0.55:
            receive(rng.choice([number for number in range(len(frames)) if number not in waiting]))
        else:
            send(rng.choice(sorted(sides)), keys.RATCHET)
    return {**line, "steps": steps}


def group(rng):
    chain_key, seed, record = rng.randbytes(32), rng.randbytes(32), rng.randbytes(32)
    start, steps = rng.randrange(100), rng.randrange(20)
    head = rng.randbytes(32) + keys.u32(rng.randrange(9)) + rng.randbytes(16)
    head += keys.u32(start + steps) + rng.randbytes(24)
    chain = keys.Chain(chain_key)
    for _ in range(steps):
        chain.next()
    plaintext, _ = valid(rng, "groupContent", [])
    frame = keys.group_seal(head, record, plaintext, chain.next(), seed)
    parts = {"chainKey": chain_key, "signingSeed": seed, "record": record}
    parts |= {"frame": frame, "plaintext": plaintext}
    return {**{name: part.hex() for name, part in parts.items()}, "iteration": str(start)}


COMPUTED = {
    "names": {
        "did": did,
        "cardText": card_text,
        "safetyNumber": safety_number,
        "groupID": group_id,
    },
    "links": {"mac1": mac1},
    "agreements": {"agreement": agreement},
    "ratchets": {"chain": chain, "ratchet": ratchet},
    "groups": {"group": group},
}


def generate(part, count, rng):
    if part == "objects":
        for kind in [*objects.SIGNED, *objects.PLAIN]:
            yield from objects_of(rng, kind, count)
        return
    for kind, make in COMPUTED[part].items():
        for _ in range(count):
            line = {"kind": kind, **make(rng)}
            yield {**line, **lines.COMPUTATIONS[kind](line)}


if __name__ == "__main__":
    part, count, seed = sys.argv[1:]
    for line in generate(part, int(count), random.Random(int(seed))):
        print(json.dumps(line))
