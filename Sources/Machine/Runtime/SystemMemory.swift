import Glibc

/// The memory of the machine, or of the container.
enum SystemMemory {
  /// The least of physical memory and the control group's limit (cgroup v2, memory.max).
  static func bytes() -> Int {
    let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    return min(physical, controlGroupLimit() ?? physical)
  }

  /// Nil without a limit.
  private static func controlGroupLimit() -> Int? {
    let text: [UInt8]
    do {
      text = try readFile("/sys/fs/cgroup/memory.max")
    } catch {
      // Not a control group of this kind: there is no limit to read.
      return nil
    }
    return Int(String(decoding: text, as: UTF8.self).filter(\.isNumber))
  }
}
