import DMP
import JanusCrypto

// What an object says, field by field, as `objects.py` shows it.

extension Certificate {
  var shown: JSON {
    [
      "rootKey": .bytes(did.rootKey.bytes.array), "device": .bytes(device.array),
      "signingKey": .bytes(signingKey.bytes.array),
      "agreementKey": .bytes(agreementKey.bytes.array), "linkKey": .bytes(linkKey.bytes.array),
      "sequence": .number(sequence), "notBefore": .number(notBefore), "expiry": .number(expiry),
    ]
  }
}

extension Card {
  var shown: JSON {
    [
      "certificate": .bytes(certificate.bytes), "addresses": .list(addresses.map(JSON.text)),
      "capabilities": .list(capabilities.map(JSON.text)), "name": .text(name),
      "sequence": .number(sequence), "expiry": .number(expiry),
    ]
  }
}

extension Revocation {
  var shown: JSON {
    [
      "rootKey": .bytes(did.rootKey.bytes.array),
      "device": device.map { .bytes($0.array) } ?? .null, "sequence": .number(sequence),
      "reason": .number(reason),
    ]
  }
}

extension Knock {
  var shown: JSON {
    .fields([
      "to": .bytes(to.rootKey.bytes.array), "nonce": .bytes(nonce.array),
      "linkHash": .bytes(linkHash.array), "versions": .list(versions.map { .number($0) }),
      "suites": .list(suites.map { .number($0) }), "features": .list(features.map(JSON.text)),
      "critical": .list(criticalFeatures.map(JSON.text)), "intent": .text(intent),
      "action": .text(action), "urgency": .number(urgency.rawValue),
      "ttl": .number(ttlMilliseconds), "replaces": replaces.map { .bytes($0.array) },
      "why": .number(why.rawValue),
    ])
  }
}

extension Accept {
  var shown: JSON {
    .fields([
      "knock": .bytes(knock.array), "version": .number(version), "suite": .number(suite),
      "features": .list(features.map(JSON.text)),
      "signedPrekey": .bytes(signedPrekey.bytes.array),
      "oneTimePrekey": oneTimePrekey.map { .bytes($0.bytes.array) }, "kemKey": .bytes(kemKey),
      "expiry": .number(expiryMilliseconds),
      "limits": .list(limits.map { [.number($0.key), .number($0.value)] }),
    ])
  }
}

extension GroupRecord {
  var shown: JSON {
    [
      "group": .bytes(group.array), "epoch": .number(epoch),
      "previous": previous.map { .bytes($0.array) } ?? .null,
      "cards": .list(cards.map { .bytes($0.bytes) }), "name": .text(name),
      "admin": .bytes(admin.rootKey.bytes.array), "time": .number(time),
      "salt": .bytes(salt.array),
    ]
  }
}

extension AuditPoint {
  var shown: JSON {
    ["count": .number(count), "head": .bytes(head.array), "time": .number(time)]
  }
}

// MARK: Frames

extension RejectFrame {
  var shown: JSON {
    [
      "knock": .bytes(knock.array), "reason": .number(reason.rawValue),
      "retry": .number(retryMilliseconds),
    ]
  }
}

extension CloseFrame {
  var shown: JSON { ["reason": .number(reason.rawValue)] }
}

extension ReceivedNumbers {
  var shownAbove: JSON {
    .list(above.map { [.number($0.lowerBound), .number($0.upperBound)] })
  }
}

extension ResumeFrame {
  var shown: JSON {
    .fields([
      "session": session.map { .bytes($0.array) } ?? .null,
      "incarnation": .bytes(incarnation.array), "boot": .number(boot.count),
      "bootNonce": .bytes(boot.nonce.array), "base": .number(base),
      "peerIncarnation": peerIncarnation.map { .bytes($0.array) } ?? .null,
      "upTo": .number(received.upTo), "above": received.shownAbove,
      "cardSequence": .number(cardSequence),
      "peerBoot": peerBoot.map { [.number($0.count), .bytes($0.nonce.array)] },
    ])
  }
}

extension InitialFrame {
  var shown: JSON {
    [
      "accept": .bytes(accept.array), "ephemeralKey": .bytes(ephemeralKey.bytes.array),
      "ciphertext": .bytes(kemCiphertext), "ratchet": .bytes(ratchet),
    ]
  }
}
