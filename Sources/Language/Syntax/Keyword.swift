/// The reserved words. Contextual words are `ContextualWord`.
public enum Keyword: String, CaseIterable, Sendable {
  case and, await, `break`, `catch`, const, `continue`, `defer`, `do`, `else`, end, `enum`, error
  case fail, `false`, `for`, `func`, `if`, impl, `in`, `is`, `let`, match, not, null, nursery, or
  case pub, `return`, select, spawn, `struct`, trait, `true`, `try`, unless, use, using, `var`, when
  case `while`, within
}

/// Words with a meaning in one place only; elsewhere they are ordinary names.
public enum ContextualWord: String, CaseIterable, Sendable {
  case `as`, but, `case`, `default`, feature, given, scenario, `self`, step, test, then, timeout,
    zig
}
