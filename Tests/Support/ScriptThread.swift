import Foundation
import Glibc

/// Runs a body on a thread of its own whose working directory is a folder.
///
/// Scripts name files relative to the working directory, which belongs to the process; Linux gives
/// a thread one of its own when asked, so that programs of different folders run side by side.
package func onThread<Value: Sendable>(
  in folder: String,
  within seconds: Double,
  interrupt: @escaping @Sendable () -> Void,
  _ body: @escaping @Sendable () -> Value
) throws -> Value {
  let result = Box<Value?>(nil)
  let finished = DispatchSemaphore(value: 0)
  let thread = Thread {
    guard unshareFolder() == 0, chdir(folder) == 0 else {
      preconditionFailure("cannot enter \(folder): \(String(cString: strerror(errno)))")
    }
    result.value = body()
    finished.signal()
  }
  // As much as the main thread has.
  thread.stackSize = 8 << 20
  thread.start()
  if finished.wait(timeout: .now() + seconds) == .timedOut {
    interrupt()
    _ = finished.wait(timeout: .now() + 20)
    throw NotFinished(seconds: seconds)
  }
  guard let value = result.value else { preconditionFailure("the thread gave no value") }
  return value
}

/// A program that did not end in time.
package struct NotFinished: Error, CustomStringConvertible {
  var seconds: Double
  package var description: String { "it did not end within \(seconds) s" }
}

/// What one thread writes before a semaphore is signalled, and another reads after it.
package final class Box<Value>: @unchecked Sendable {
  package var value: Value
  package init(_ value: Value) { self.value = value }
}

/// The Glibc module leaves `unshare` out; 0x200 is CLONE_FS.
private func unshareFolder() -> CInt {
  guard let symbol = dlsym(nil, "unshare") else { return -1 }
  let unshare = unsafeBitCast(symbol, to: (@convention(c) (CInt) -> CInt).self)
  return unshare(0x200)
}
