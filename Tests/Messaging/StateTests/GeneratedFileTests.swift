import DMPModel
import JanusTestSupport
import Testing

/// Scripts/state-tables --write keeps them.
@Suite struct GeneratedFileTests {
  @Test func thePageIsThatOfTheTables() throws {
    #expect(try Repository.text("docs/dmp/states.md") == StatePage.text)
  }

  @Test func theModelIsThatOfTheTables() throws {
    #expect(try Repository.text("Tests/Model/tables.pml") == PromelaTables.text)
  }
}
