import Foundation
import Glibc

/// Changes two names of a folder with each other until it is told to stop.
package final class Swapper: Sendable {
  private let isStopping = Box(false)
  private let ended = DispatchSemaphore(value: 0)

  package init(_ folder: String, _ first: String, _ second: String) {
    let (isStopping, ended) = (isStopping, ended)
    Thread {
      while !isStopping.value {
        // RENAME_EXCHANGE: there is no instant without either.
        exchange("\(folder)/\(first)", "\(folder)/\(second)")
      }
      ended.signal()
    }.start()
  }

  package func stop() {
    isStopping.value = true
    ended.wait()
  }
}

private func exchange(_ first: String, _ second: String) {
  guard let symbol = dlsym(nil, "renameat2") else { preconditionFailure("no renameat2") }
  typealias Rename =
    @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt)
    -> CInt
  let rename = unsafeBitCast(symbol, to: Rename.self)
  guard rename(AT_FDCWD, first, AT_FDCWD, second, 2) == 0 else {
    preconditionFailure("cannot exchange: \(String(cString: strerror(errno)))")
  }
}
