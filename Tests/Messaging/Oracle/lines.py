"""The lines of JSON that the two implementations exchange: what is claimed, and its proof.

A line has a `kind`, and either what an object of that kind shows (`bytes`, `value`, the signer's
`seed`; no `value` when the bytes must be refused) or what a computation takes and gives.
"""

import cbor
import identity
import keys
import objects
from cbor import Refused


def opened(kind, data):
    try:
        return objects.open_object(kind, data)
    except Refused:
        return None


def check_object(line):
    kind, data, value = line["kind"], bytes.fromhex(line["bytes"]), line.get("value")
    assert opened(kind, data) == value, f"shows {opened(kind, data)}"
    if value is None or (kind in objects.SIGNED and "seed" not in line):
        return
    if value.get("kind", "0") != "0" and int(value["kind"]) >= 128:
        return
    seed = bytes.fromhex(line["seed"]) if "seed" in line else None
    assert objects.make_object(kind, value, seed) == data, "is written differently"
    if kind in objects.SIGNED:
        objects.SIGNED[kind].verify(data, signer(kind, data, objects.public_key(seed)))


def signer(kind, data, seed_key):
    """The key that must have signed: where the object itself names it, that one."""
    value, _, _ = objects.SIGNED[kind].open(data)
    if kind in ("certificate", "revocation"):
        return value[0]
    if kind == "card":
        return card_keys(data)[1]
    if kind == "groupRecord":
        admins = [card for card in value[3] if card_keys(card)[0] == value[5]]
        return card_keys(admins[0])[1]
    return seed_key


def card_keys(card):
    """Root key and signing key, the certificate and the card being verified."""
    value, _, _ = objects.CARD.open(card)
    claim, _, _ = objects.CERTIFICATE.open(value[0])
    certificate = objects.CERTIFICATE.verify(value[0], claim[0])
    objects.CARD.verify(card, certificate[2])
    return certificate[0], certificate[2]


# MARK: Computations: from the fields of a line to what it must say


def unhex(line, *names):
    return [bytes.fromhex(line[name]) for name in names]


def did(line):
    return {"text": identity.did(*unhex(line, "rootKey"))}


def card_text(line):
    return {"text": identity.card_text(*unhex(line, "card"))}


def safety_number(line):
    return {"number": identity.safety_number(*unhex(line, "first", "second"))}


def group_id(line):
    return {"group": objects.group_id(*unhex(line, "admin", "salt")).hex()}


def mac1(line):
    key, message = unhex(line, "linkKey", "message")
    return {"mac": keys.mac1(key, int(line["pattern"]), message).hex()}


def chain(line):
    (key,) = unhex(line, "chainKey")
    chain = keys.Chain(key)
    return {"messageKeys": [chain.next().hex() for _ in line["messageKeys"]]}


AD_PARTS = ("certificateI", "certificateR", "knock", "accept", "ephemeral", "ciphertext")


def agreement(line):
    """The responder's side from its secrets; the initiator's from its own, with KEM's secret."""
    ad = keys.associated_data(*unhex(line, *AD_PARTS))
    one_time = bytes.fromhex(line["oneTimeSecret"]) if "oneTimeSecret" in line else None
    identity_r, prekey, seed = unhex(line, "identitySecretR", "prekeySecret", "kemSeed")
    identity_i, ephemeral = unhex(line, "identitySecretI", "ephemeralSecret")
    ciphertext = bytes.fromhex(line["ciphertext"])
    output = keys.respond(
        ad,
        identity_r,
        prekey,
        one_time,
        seed,
        keys.x25519_public(identity_i),
        bytes.fromhex(line["ephemeral"]),
        ciphertext,
    )
    same = keys.initiate(
        ad,
        identity_i,
        ephemeral,
        keys.x25519_public(identity_r),
        keys.x25519_public(prekey),
        keys.x25519_public(one_time) if one_time else None,
        keys.MLKEM768PrivateKey.from_seed_bytes(seed).decapsulate(ciphertext),
    )
    assert same == output, "the two sides differ"
    names = ("rootKey", "linkPSK", "exporter")
    return {
        "associatedData": ad.hex(),
        "sid": keys.session_id(ad).hex(),
        **{name: key.hex() for name, key in zip(names, output)},
    }


def ratchet(line):
    """Two ratchets after an agreement; the steps are done in the order of the list.

    A send has the `secret` of the ratchet key that the side has while it sends, and gives the body
    of a frame of `type`. The others name the frame by its number among the sends: `open`, or `old`
    for one that gives nothing any more.
    """
    output = agreement(line)
    ad, root_key = unhex(output, "associatedData", "rootKey")
    (prekey,) = unhex(line, "prekeySecret")
    initiator = keys.Ratchet(ad, root_key, None)
    initiator.peer = keys.x25519_public(prekey)
    sides = {"initiator": initiator, "responder": keys.Ratchet(ad, root_key, prekey)}
    frames = []
    for step in line["steps"]:
        side = sides[step["side"]]
        if step["do"] == "send":
            secret, frame, content = unhex(step, "secret", "frame", "content")
            if secret != side.own_secret or side.sending is None:
                side.turn_sending(secret)
            frame_type = int(step["type"])
            made = side.send(frame_type, content, frame[48:72], int(step["block"]))
            assert made == frame, f"frame {len(frames)} is {made.hex()}"
            frames.append((frame_type, frame, content))
        else:
            frame_type, frame, content = frames[int(step["frame"])]
            expected = content if step["do"] == "open" else None
            assert side.open(frame_type, frame) == expected, f"step {step} opens differently"
    return output


def group(line):
    chain_key, record, seed = unhex(line, "chainKey", "record", "signingSeed")
    frame, plaintext = unhex(line, "frame", "plaintext")
    iteration = int(line["iteration"])
    opened = keys.group_open(frame, record, chain_key, iteration, objects.public_key(seed))
    assert opened == plaintext, "opens differently"
    chain = keys.Chain(chain_key)
    for _ in range(iteration, int.from_bytes(frame[52:56], "big")):
        chain.next()
    made = keys.group_seal(frame[:80], record, plaintext, chain.next(), seed)
    assert made == frame, "is sealed differently"
    return {}


COMPUTATIONS = {
    "did": did,
    "cardText": card_text,
    "safetyNumber": safety_number,
    "groupID": group_id,
    "mac1": mac1,
    "chain": chain,
    "agreement": agreement,
    "ratchet": ratchet,
    "group": group,
}


def check(line):
    if line["kind"] not in COMPUTATIONS:
        check_object(line)
        return
    for name, value in COMPUTATIONS[line["kind"]](line).items():
        assert line[name] == value, f"{name} is {value}"
