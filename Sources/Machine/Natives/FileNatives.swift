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
  /// The path in the first argument; nil after a fault.
  func path(for verb: String, _ function: String) -> String? {
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
    return path
  }

  /// The fault of a path that was not opened.
  func failure(_ verb: String, _ path: String, _ error: AccessError) -> NativeResult {
    switch error {
    case .denied(let flag, let reason):
      fault(.denied, "to \(verb) \(path) needs \(flag)", hint: reason)
    case .system(let code): failure(verb, path, code)
    case .notRegular: fault(.io, "cannot \(verb) \(path): it is a pipe, device or socket")
    }
  }

  func failure(_ verb: String, _ path: String, _ code: Int32) -> NativeResult {
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
      .parse,
      "\(call.machine.display(call[0])) is no UTF-8: byte \(offset) does not fit",
      hint: "fs.read_bytes reads any file"
    )
  }
}

private func readBytes(_ call: NativeCall) -> NativeResult {
  readFile(call, "fs.read_bytes") { call.done(text: $0, Tag.bytes) }
}

private func readFile(
  _ call: NativeCall,
  _ function: String,
  _ body: ([UInt8]) -> NativeResult
) -> NativeResult {
  guard let path = call.path(for: "read", function) else { return call.raised }
  let file: CInt
  do {
    file = try call.machine.environment.grants.open(path, for: .reading)
  } catch {
    return call.failure("read", path, error)
  }
  defer { close(file) }
  var information = stat()
  guard fstat(file, &information) == 0 else { return call.failure("read", path, errno) }
  // A file may grow meanwhile: what counts is what comes.
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
      }
    )
    if status == 0 { return body(bytes) }
    if status < 0, errno != EINTR { return call.failure("read", path, errno) }
  }
}

private func exists(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "look for", "fs.exists") else { return call.raised }
  do {
    close(try call.machine.environment.grants.open(path, for: .looking))
    return call.done(.bool(true))
  } catch {
    // What cannot be looked at in a folder that may be looked into is not there for the script.
    guard case .system = error else { return call.failure("look for", path, error) }
    return call.done(.bool(false))
  }
}

/// The names in a folder, in order.
private func list(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "list", "fs.list") else { return call.raised }
  let descriptor: CInt
  do {
    descriptor = try call.machine.environment.grants.open(path, for: .listing)
  } catch {
    return call.failure("list", path, error)
  }
  guard let folder = fdopendir(descriptor) else {
    let code = errno
    close(descriptor)
    return call.failure("list", path, code)
  }
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

/// The bytes in the second argument; nil after a fault.
private func content(_ call: NativeCall, _ function: String) -> UnsafeBufferPointer<UInt8>? {
  guard call[1].isString || call[1].tag == Tag.bytes else {
    _ = call.typeFault(1, "a string or bytes", in: function)
    return nil
  }
  return call.bytes(1)
}

private func write(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "write", "fs.write"),
    let bytes = content(call, "fs.write")
  else { return call.raised }
  do {
    let place = try call.machine.environment.grants.place(of: path, followsLink: true)
    try FileReplacement(place: place).write(bytes)
    return call.done(.null)
  } catch {
    return call.failure("write", path, error)
  }
}

private func append(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "write", "fs.append"),
    let bytes = content(call, "fs.append")
  else { return call.raised }
  do {
    let file = try call.machine.environment.grants.open(path, for: .appending)
    var code = FileReplacement.writeAll(bytes, to: file)
    if close(file) != 0, code == 0 { code = errno }
    return code == 0 ? call.done(.null) : call.failure("write", path, code)
  } catch {
    return call.failure("write", path, error)
  }
}

/// Removes a file, a link (not what it names) or an empty folder.
private func remove(_ call: NativeCall) -> NativeResult {
  guard let path = call.path(for: "remove", "fs.remove") else { return call.raised }
  do {
    let place = try call.machine.environment.grants.place(of: path, followsLink: false)
    if unlinkat(place.folder, place.name, 0) == 0 { return call.done(.null) }
    // POSIX says EPERM for a folder, Linux EISDIR.
    guard errno == EISDIR || errno == EPERM,
      unlinkat(place.folder, place.name, AT_REMOVEDIR) == 0
    else { return call.failure("remove", path, errno) }
    return call.done(.null)
  } catch {
    return call.failure("remove", path, error)
  }
}
