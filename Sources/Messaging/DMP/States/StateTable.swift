/// A state machine as data: a cell for every event (row) in every state (column).
package struct StateTable<Event, Column, Condition, Action, Target>: Sendable
where
  Event: CaseIterable & Hashable & Sendable, Column: CaseIterable & Hashable & Sendable,
  Condition: Sendable, Action: Sendable, Target: Sendable
{
  package typealias Cell = TableCell<Condition, Action, Target>

  private let rows: [Event: [Column: Cell]]

  /// A row gives one cell for each column, in the order of `Column.allCases`.
  init(_ rows: KeyValuePairs<Event, [Cell]>) {
    self.rows = Dictionary(
      uniqueKeysWithValues: rows.map { event, cells in
        precondition(cells.count == Column.allCases.count, "\(event) has \(cells.count) cells")
        return (event, Dictionary(uniqueKeysWithValues: zip(Column.allCases, cells)))
      })
    precondition(self.rows.count == Event.allCases.count, "an event has no row")
  }

  /// What an event does in a state.
  package func cell(_ event: Event, in column: Column) -> Cell {
    guard let cell = rows[event]?[column] else {
      preconditionFailure("no cell for \(event) in \(column)")
    }
    return cell
  }
}
