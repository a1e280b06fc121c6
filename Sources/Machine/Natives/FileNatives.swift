import JanusBytecode
import JanusVM
import Glibc

/// Natives of fs.jan. Each asks for the right to touch its path first.
enum FileNatives {
  static let table: [Native] = [
    Native("fs.read") { native($0, $1, $2, read) },
    Native("fs.read_bytes") { native($0, $1, $2, readBytes) },
    Native("fs.write") { native($0, $1, $2, write) },
    Native("fs.append") { native($0, $1, $2, append) },
    Native("fs.exists") { native($0, $1, $2, exists) },
    Native("fs.list") { native($0, $1, $2, list) },
    Native("fs.remove") { native($0, $1, $2, remove) },
  ]
}

extension NativeCall {
  /// The path in the first argument, if the script may do that to it; nil after a fault.
  fileprivate func path(
    for verb: String, _ function: String, _ access: (String) -> Access
  ) -> String? {
    guard self[0].isString else {
      _ = typeFault(0, "a string", in: function)
      return nil
    }
    let path = machine.swiftString(self[0])
    // The system would see another path than the one that was asked for.
    guard !path.isEmpty, !path.utf8.contains(0) else {
      _ = fault(.io, "cannot \(verb) \(machine.described(self[0])): it is no path")
      return nil
    }
    if let flag = machine.environment.grants.refusal(of: access(path)) {
      _ = fault(.denied, "to \(verb) \(path) needs \(flag)")
      return nil
    }
    return path
  }

  fileprivate func failure(_ verb: String, _ path: String, _ code: Int32) -> NativeResult {
    fault(.io, "cannot \(verb) \(path): \(String(cString: strerror(code)))")
  }
}

// MARK: Reading

private func read(_ call: NativeCall) -> NativeResult {
  readFile(call, "fs.read") { bytes in
    let offset = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { call.heap.invalidOffset($0, buffer.count) }
    }
    guard let offset else { return call.done(text: bytes) }
    return call.fault(
      .parse, "\(call.machine.display(call[0])) is no UTF-8: byte \(offset) does not fit",
      hint: "fs.read_bytes reads any file")
  }
}

private func readBytes(_ call: NativeCall) -> NativeResult {
  readFile(call, "fs.read_bytes") { call.done(text: $0, Tag.bytes) }
}

private func readFile(
  _ call: NativeCall, _ function: String, _ body: ([UInt8]) -> NativeResult
) -> NativeResult {
  guard let path = call.path(for: "read", function, { .read(path: $0) }) else { return call.raised }
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return call.failure("read", path, errno) }
  defer { close(file) }
  var information = stat()
  guard fstat(file, &information) == 0 else { return call.failure("read", path, errno) }
  guard information.st_mode & S_IFMT != S_IFDIR else { return call.failure("read", path, EISDIR) }
  // A file may grow meanwhile, and devices have no size: what counts is what comes.
  var bytes: [UInt8] = []
  bytes.reserveCapacity(min(max(0, Int(information.st_size)), 1 << 24))
  while true {
    let chunk = max(1 << 16, min(bytes.count, 1 << 22))
    guard bytes.count + chunk <= textLimit, call.heap.hasRoom(for: (bytes.count + chunk) * 2) else {
      return call.fault(.limit, "\(path) is larger than memory allows")
    }
    var status = 0
    bytes.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        status = Glibc.read(file, buffer.baseAddress, chunk)
        count = max(0, status)
      })
    if status == 0 { return body(bytes) }
    if status < 0, errno != EINTR { return call.failure("read", path, errno) }
  }
}

private func exists(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "look for", "fs.exists", { .read(path: $0) }) else {
    return call.raised
  }
  return call.done(.bool(access(path, F_OK) == 0))
}

/// The names in a folder, in order.
private func list(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "list", "fs.list", { .read(path: $0) }) else {
    return call.raised
  }
  guard let folder = opendir(path) else { return call.failure("list", path, errno) }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  guard call.hasRoom(elements: names.count * 8) else { return call.listTooLong }
  let list = call.heap.makeList()
  for name in names.sorted() { call.heap.append(list, call.machine.string(name)) }
  return call.done(list: list)
}

// MARK: Writing

private func write(_ call: NativeCall) -> NativeResult {
  writeFile(call, "fs.write", O_TRUNC)
}

private func append(_ call: NativeCall) -> NativeResult {
  writeFile(call, "fs.append", O_APPEND)
}

private func writeFile(_ call: NativeCall, _ function: String, _ flags: Int32) -> NativeResult {
  guard let path = call.path(for: "write", function, { .write(path: $0) }) else {
    return call.raised
  }
  guard call[1].isString || call[1].tag == Tag.bytes else {
    return call.typeFault(1, "a string or bytes", in: function)
  }
  let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o666)
  guard file >= 0 else { return call.failure("write", path, errno) }
  let bytes = call.bytes(1)
  var done = 0
  while let start = bytes.baseAddress, done < bytes.count {
    let status = Glibc.write(file, start + done, bytes.count - done)
    if status < 0, errno != EINTR {
      let code = errno
      close(file)
      return call.failure("write", path, code)
    }
    done += max(0, status)
  }
  // Some file systems report a full disk only now.
  guard close(file) == 0 else { return call.failure("write", path, errno) }
  return call.done(.null)
}

/// Removes a file or an empty folder.
private func remove(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "remove", "fs.remove", { .write(path: $0) }) else {
    return call.raised
  }
  guard Glibc.remove(path) == 0 else { return call.failure("remove", path, errno) }
  return call.done(.null)
}
