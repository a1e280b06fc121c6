/// Builds with the address sanitizer define POISONS_FREE_CELLS (Scripts/sanitize): there any touch
/// of a free cell is reported. In others these functions are nothing.
extension Heap {
  /// From here on nobody may touch these bytes.
  @inline(__always)
  static func poison(_ start: Address, _ count: Int) {
    #if POISONS_FREE_CELLS
      poisonRegion(start, count)
    #endif
  }

  /// These bytes may be touched again.
  @inline(__always)
  static func unpoison(_ start: Address, _ count: Int) {
    #if POISONS_FREE_CELLS
      unpoisonRegion(start, count)
    #endif
  }
}

#if POISONS_FREE_CELLS
  @_silgen_name("__asan_poison_memory_region")
  private func poisonRegion(_ start: Address, _ count: Int)

  @_silgen_name("__asan_unpoison_memory_region")
  private func unpoisonRegion(_ start: Address, _ count: Int)
#endif
