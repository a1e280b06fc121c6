import FuzzTargets
import Glibc

// The entries that libFuzzer calls. The target is named by JANUS_FUZZ_TARGET: arguments belong to
// libFuzzer, which starts itself again with them.

private let target: FuzzTarget = {
  let name = getenv("JANUS_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
    fail("JANUS_FUZZ_TARGET must be one of \(names)")
  }
  return target
}()

private func fail(_ message: String) -> Never {
  let line = "janus-fuzz: \(message)\n"
  _ = line.withCString { Glibc.write(2, $0, strlen($0)) }
  exit(64)
}

/// With JANUS_FUZZ_SEEDS: writes seeds made from the programs named on standard input into that
/// folder, and the dictionary into a file beside it, and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutableRawPointer
) -> CInt {
  guard let folder = getenv("JANUS_FUZZ_SEEDS").map({ String(cString: $0) }) else { return 0 }
  var number = 0
  for seed in target.seeds {
    write(seed, to: "\(folder)/seed-\(number)")
    number += 1
  }
  while let path = readLine() {
    guard let seed = target.seed(from: bytes(of: path)) else { continue }
    write(seed, to: "\(folder)/seed-\(number)")
    number += 1
  }
  let lines = target.dictionary.map { word in
    let escaped = word.utf8.map { byte in
      let digits = String(byte, radix: 16)
      return "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
    return "\"\(escaped.joined())\"\n"
  }
  write(Array(lines.joined().utf8), to: "\(folder).dictionary")
  exit(0)
}

/// Runs one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int) -> Int

/// Changes an input in place; its new length.
///
/// Every fourth time bytes are changed blindly.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>,
  _ count: Int,
  _ room: Int,
  _ seed: UInt32
) -> Int {
  if seed % 4 != 0 {
    let input = Array(UnsafeBufferPointer(start: data, count: count))
    if let changed = target.mutated(input, seed: UInt64(seed)), changed.count <= room,
      !changed.isEmpty
    {
      data.update(from: changed, count: changed.count)
      return changed.count
    }
  }
  return mutateBytes(data, count, room)
}

/// Makes one input of two; its length.
@_cdecl("LLVMFuzzerCustomCrossOver")
public func crossOver(
  _ first: UnsafePointer<UInt8>,
  _ firstCount: Int,
  _ second: UnsafePointer<UInt8>,
  _ secondCount: Int,
  _ out: UnsafeMutablePointer<UInt8>,
  _ room: Int,
  _ seed: UInt32
) -> Int {
  let crossed = target.crossed(
    Array(UnsafeBufferPointer(start: first, count: firstCount)),
    Array(UnsafeBufferPointer(start: second, count: secondCount)),
    seed: UInt64(seed)
  )
  guard let crossed, crossed.count <= room else { return 0 }
  out.update(from: crossed, count: crossed.count)
  return crossed.count
}

private func bytes(of path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { fail("cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

private func write(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "wb") else { fail("cannot write \(path)") }
  let written = fwrite(bytes, 1, bytes.count, file)
  guard fclose(file) == 0, written == bytes.count else { fail("cannot write \(path)") }
}
