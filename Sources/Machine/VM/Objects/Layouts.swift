/// Byte offsets in heap objects. Every object begins with a header: kind at 0, colour at 1, size
/// class at 2 (16 bit), and at 4 a 32-bit number that belongs to the kind.
enum Header {
  static let kind = 0
  static let color = 1
  static let sizeClass = 2
  /// The shape of a struct, case or error; the length of text; a list's element form.
  static let aux = 4
  static let size = 16
}

/// Text and byte strings. Short text is interned; long data lies in a shared buffer.
/// `aux` is the length in bytes.
enum TextLayout {
  /// 0 until computed.
  static let hash = 8
  /// Number of Unicode scalars; `unknownScalars` until counted.
  static let scalars = 12
  static let inlineBytes = 16
  /// External form: where the bytes are, and the buffer that owns them.
  static let pointer = 16
  static let buffer = 24
  static let externalSize = 32
  static let unknownScalars = UInt32.max
  static let internLimit = 40
  static let inlineLimit = 240
}

/// Growing memory that several pieces of text share, each a prefix or a part of what is used.
enum BufferLayout {
  static let used = 8
  static let data = 16
  static let capacity = 24
  static let size = 32
}

/// `aux` is the element form.
enum ListLayout {
  static let count = 8
  static let data = 16
  static let capacity = 24
  static let size = 32
}

/// How a list keeps its elements: packed while all are of one scalar type.
package enum ElementForm {
  package static let int: UInt32 = 0
  package static let float: UInt32 = 1
  package static let any: UInt32 = 2
  package static let bool: UInt32 = 3
  /// Nothing stored yet: the first element decides.
  package static let empty: UInt32 = 4
}

/// Entries (key, value) at positions; `MapIndex` says how a large map finds them and keeps their
/// order, a small one has them in insertion order and no index.
/// `aux` counts changes of the key set, for iterators.
enum MapLayout {
  /// Entries that are not removed.
  static let count = 8
  static let entries = 16
  /// Numbers in use, those of removed entries included (32 bit), and how many there may be
  /// (32 bit).
  static let used = 24
  static let capacity = 28
  /// Of a large map.
  static let index = 32
  /// Positions of a large map less one (32 bit); 0 for a small one.
  static let mask = 40
  /// Positions (32 bit).
  static let positions = 44
  static let size = 48
  /// A key, in its padding the entry's number, and a value. A position without an entry has no key.
  static let entrySize = 32
  static let number = 12
  /// Maps up to this many entries are searched entry by entry.
  static let linearLimit = 8
}

/// Structs, cases with payload, errors: fields follow the header. `aux` is the shape.
enum FieldsLayout {
  /// Errors: the trace, or 0.
  static let trace = 8
  static let first = 16
}

/// `aux` is the number of captures.
enum ClosureLayout {
  static let prototype = 8
  static let captures = 16
}

enum CellLayout {
  static let value = 16
  static let size = 32
}

/// `aux` holds `RangeFlags`.
enum RangeLayout {
  static let start = 8
  static let end = 16
  static let step = 24
  static let size = 32
}

enum RangeFlags {
  static let inclusive: UInt32 = 1
  static let hasStart: UInt32 = 2
  static let hasEnd: UInt32 = 4
  static let hasStep: UInt32 = 8
}

/// A native function as a value.
enum NativeLayout {
  static let record = 8
  static let size = 16
}

/// A type as a value: `aux` is its number.
enum TypeLayout { static let size = 16 }

/// A value of the host that scripts hold: `aux` is its kind, `token` finds it in a table.
enum HandleLayout {
  static let token = 8
  static let size = 16
}

/// The machine's record of a prototype, outside the heap.
enum PrototypeRecord {
  static let entry = 0
  /// The number of arguments that goes straight to `entry`; 0xffffffff when none does.
  static let exactCount = 8
  static let parameterCount = 12
  static let frameSize = 16
  static let index = 24
  static let defaultsEntry = 32
  static let requiredCount = 40
  static let flags = 44
  static let handlers = 48
  static let handlerCount = 56
  static let captureCount = 60
  static let codeWords = 64
  /// The closure of a function without captures, or 0.
  static let closure = 72
  static let size = 80
  static let hasRest: UInt32 = 1
  static let noExactCount = UInt32.max
}

/// A fiber is also the task that `spawn` gives.
enum FiberLayout {
  /// A `FiberState` (32 bit) and the fiber's number (32 bit).
  static let state = 8
  static let number = 12
  static let stack = 16
  static let base = 24
  static let stackSize = 32
  static let pc = 40
  /// Distance from the stack's start to the register that takes what the fiber waits for; -1 none.
  static let destination = 48
  /// The next fiber in a queue it stands in.
  static let next = 56
  static let nursery = 64
  static let nextSibling = 72
  /// Counts wake-ups: a waiter with another count is stale.
  static let ticket = 80
  /// Why it waits: a `WaitReason`.
  static let reason = 84
  static let previousSibling = 88
  static let result = 96
  /// The innermost open `within`.
  static let deadline = 112
  /// Tasks that await this one: a chain through `next`.
  static let awaiters = 120
  /// What it waits for, an object or 0.
  static let waitsFor = 128
  /// A cancellation or deadline waiting to be raised: a value.
  static let pending = 144
  /// Non-zero while cleanups of a cancellation run: waits are not cancelled again.
  static let shield = 136
  /// The collector's cycle in which its registers were last searched.
  static let searchedCycle = 140
  static let size = 160
}

enum NurseryLayout {
  static let count = 8
  static let firstChild = 16
  static let owner = 24
  /// The first failure, or undefined.
  static let failure = 32
  /// Non-zero once the children were cancelled.
  static let isCancelled = 48
  static let size = 64
}

enum ChannelLayout {
  static let capacity = 8
  static let ring = 16
  /// Position of the oldest message and the number of messages (32 bit each).
  static let head = 24
  static let count = 28
  /// Waiting fibers or `waiter`s, chained.
  static let receivers = 32
  static let lastReceiver = 40
  static let senders = 48
  static let lastSender = 56
  static let number = 64
  static let ringCapacity = 72
  static let size = 80
  /// `aux` bit.
  static let closed: UInt32 = 1
}

/// One arm of a `select` in a channel's queue, or a sender with its message.
enum WaiterLayout {
  static let fiber = 8
  static let next = 16
  /// Ticket of the fiber when it began to wait.
  static let ticket = 24
  /// Which arm of the select; -1 for a plain send.
  static let arm = 28
  static let message = 32
  static let size = 48
}

enum DeadlineLayout {
  static let fiber = 8
  static let outer = 16
  /// When, in nanoseconds of the machine's clock.
  static let instant = 24
  static let nursery = 32
  /// Number of the timer, 0 once it fired or was dropped.
  static let timer = 40
  static let size = 48
}

/// Code places from the innermost frame out. `aux` is their number.
enum TraceLayout {
  static let total = 8
  static let first = 16
  static let entrySize = 16
}
