import DMP
import JanusCrypto

// What a content says, field by field, as `objects.py` shows it.

extension BodyValue {
  var shown: JSON {
    switch self {
    case .null: ["null": ""]
    case .bool(let bool): ["bool": bool ? "true" : "false"]
    case .integer(let integer): ["integer": .number(integer)]
    case .float(let float): ["float": float.isNaN ? "nan" : .text(Self.bits(float))]
    case .text(let text): ["text": .text(text)]
    case .bytes(let bytes): ["bytes": .bytes(bytes)]
    case .array(let values): ["array": .list(values.map(\.shown))]
    case .map(let entries): ["map": Self.pairs(entries)]
    case .duration(let nanoseconds): ["duration": .number(nanoseconds)]
    case .structure(let name, let fields): ["struct": [.text(name), Self.pairs(fields)]]
    case .enumeration(let name, let `case`, let values):
      ["enum": [.text(name), .text(`case`), .list(values.map(\.shown))]]
    }
  }

  private static func bits(_ float: Double) -> String {
    hex((0..<8).map { UInt8(truncatingIfNeeded: float.bitPattern >> (56 - 8 * UInt64($0))) })
  }

  private static func pairs(_ entries: [BodyEntry]) -> JSON {
    .list(entries.map { [.text($0.key), $0.value.shown] })
  }
}

extension Content {
  var shown: JSON {
    switch self {
    case .open(let content): content.shown
    case .message(let content): content.shown
    case .ask(let content): content.shown
    case .reply(let content): content.shown
    case .cancel(let id): ["kind": "4", "id": .number(id)]
    case .receipt(let content): content.shown
    case .beat(let content): content.shown("6")
    case .beatAnswer(let content): content.shown("7")
    case .senderKey(let content): content.shown
    case .groupRecord(let record): ["kind": "9", "record": .bytes(record.bytes)]
    case .groupWant(let group, let chain):
      ["kind": "10", "group": .bytes(group.array), "chain": .bytes(chain.array)]
    case .groupAnswer(let group, let joins):
      ["kind": "11", "group": .bytes(group.array), "answer": joins ? "1" : "0"]
    case .bye(let reason): ["kind": "12", "reason": .number(reason.rawValue)]
    case .skip(let base): ["kind": "13", "base": .number(base)]
    case .unknown(let kind): ["kind": .number(kind)]
    }
  }
}

extension OpenContent {
  var shown: JSON {
    [
      "kind": "0", "intent": .text(intent), "windowMessages": .number(windowMessages),
      "windowBytes": .number(windowBytes),
    ]
  }
}

extension MessageContent {
  var shown: JSON {
    .fields([
      "kind": "1", "sequence": .number(sequence), "body": body.value.shown,
      "intent": intent.map(JSON.text), "ttl": ttlMilliseconds.map { .number($0) },
      "schema": schema.map { .bytes($0.array) },
    ])
  }
}

extension AskContent {
  var shown: JSON {
    .fields([
      "kind": "2", "id": .number(id), "body": body.value.shown,
      "intent": intent.map(JSON.text), "left": .number(millisecondsLeft),
      "schema": schema.map { .bytes($0.array) },
    ])
  }
}

extension ReplyContent {
  var shown: JSON {
    switch outcome {
    case .answer(let body): ["kind": "3", "id": .number(id), "body": body.value.shown]
    case .failure(let failure, let path):
      .fields([
        "kind": "3", "id": .number(id), "failure": .number(failure.rawValue),
        "path": path.map(JSON.text),
      ])
    }
  }
}

extension ReceiptContent {
  var shown: JSON {
    [
      "kind": "5", "incarnation": .bytes(incarnation.array),
      "deliveredUpTo": .number(delivered.upTo), "delivered": delivered.shownAbove,
      "readUpTo": .number(read.upTo), "read": read.shownAbove,
      "windowMessages": .number(windowMessages), "windowBytes": .number(windowBytes),
      "chains": .list(chains.map { [.bytes($0.id.array), .number($0.iteration)] }),
      "refused": .list(refused.map { [.number($0.sequence), .number($0.reason.rawValue)] }),
    ]
  }
}

extension BeatContent {
  func shown(_ kind: JSON) -> JSON {
    .fields([
      "kind": kind, "time": .number(timeMilliseconds),
      "auditHead": auditHead.map { .bytes($0.array) },
    ])
  }
}

extension SenderKeyContent {
  var shown: JSON {
    [
      "kind": "8", "group": .bytes(group.array), "epoch": .number(epoch),
      "chain": .bytes(chain.array), "iteration": .number(iteration),
      "chainKey": chainKey.secret.withUnsafeBytes { .bytes($0) },
      "signingKey": .bytes(signingKey.bytes.array), "record": .bytes(record.array),
    ]
  }
}

extension GroupContent {
  var shown: JSON {
    .fields([
      "sequence": .number(sequence), "body": body.value.shown,
      "schema": schema.map { .bytes($0.array) },
    ])
  }
}
