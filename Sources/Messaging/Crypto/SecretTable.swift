import CSodium

/// Secrets of 32 bytes under numbers, oldest first: the keys of messages that have not come yet.
public struct SecretTable: ~Copyable, @unchecked Sendable {
  // SAFETY: each slot is in `slots` or in `spare` exactly once, owned by this table alone, and
  // given back when it leaves.
  private var numbers: [UInt64] = []
  private var slots: [UnsafeMutableRawPointer] = []
  private var spare: [UnsafeMutableRawPointer] = []
  private let arena: SecretArena

  /// An empty table, which takes no memory of the arena.
  public init(in arena: SecretArena) { self.arena = arena }

  deinit {
    for slot in slots { arena.release(slot) }
    for slot in spare { arena.release(slot) }
  }

  /// How many secrets there are.
  public var count: Int { numbers.count }

  /// Makes sure that so many secrets can be appended; throws `outOfMemory` and changes nothing.
  public mutating func reserve(_ count: Int) throws(CryptoError) {
    while spare.count < count { spare.append(try arena.take()) }
  }

  /// Gives reserved memory back that was not used.
  public mutating func releaseReserve() {
    for slot in spare { arena.release(slot) }
    spare = []
  }

  /// Adds a copy of 32 bytes, as the youngest; a place must have been reserved.
  public mutating func append(_ number: UInt64, copying secret: UnsafeRawPointer) {
    guard let slot = spare.popLast() else { preconditionFailure("no place was reserved") }
    slot.copyMemory(from: secret, byteCount: SecretArena.slotByteCount)
    numbers.append(number)
    slots.append(slot)
  }

  /// The place of a number in the table, from the oldest; it holds until the table changes.
  public func place(of number: UInt64) -> Int? { numbers.firstIndex(of: number) }

  /// Copies the secret at a place to 32 bytes that the caller wipes.
  public func copy(at place: Int, to output: UnsafeMutableRawPointer) {
    output.copyMemory(from: slots[place], byteCount: SecretArena.slotByteCount)
  }

  /// The number at a place.
  public func number(at place: Int) -> UInt64 { numbers[place] }

  /// Wipes and forgets the secret at a place.
  public mutating func remove(at place: Int) {
    arena.release(slots.remove(at: place))
    numbers.remove(at: place)
  }

  /// Wipes and forgets the oldest ones.
  public mutating func removeFirst(_ count: Int) {
    for slot in slots[..<count] { arena.release(slot) }
    slots.removeFirst(count)
    numbers.removeFirst(count)
  }

  /// Wipes and forgets all whose number the closure names.
  public mutating func removeAll(where isGone: (UInt64) -> Bool) {
    for place in numbers.indices.reversed() where isGone(numbers[place]) { remove(at: place) }
  }
}
