import Foundation
import JanusBytecode
import JanusTestSupport
import Testing

/// Images are no trusted input: a damaged one is refused, or ends as programs end.
@Suite struct MutationTests {
  static let batches = Array(0..<20)
  static let mutationsPerBatch = 100

  /// Has something of everything that an image can hold.
  static let source = """
    use std.json
    const LIMIT = 20
    struct Point { x: float, y: float = 0.0 }
    enum Shape { Circle(r: float), Rect(w: float, h: float), Empty }
    error Trouble { Late(after: int) }
    trait Area { func area(self) -> float do 0.0 end }
    impl Area for Point { }
    impl Point { func length(self) -> float do (self.x ** 2 + self.y ** 2) ** 0.5 end }
    func fib(n: int) -> int do
        if n < 2 do n else fib(n - 1) + fib(n - 2) end
    end
    func area(shape) do
        match shape {
            Shape.Circle(r) when r > 1.0 => 3.0 * r * r
            Shape.Rect(w, h) => w * h
            _ => 0.0
        }
    end
    func options(a, b: int = 2, ..rest) do
        a + b + rest.len()
    end
    func risky(n) do
        defer note("left")
        fail Trouble.Late(after: n) when n > 2
        n
    end
    let notes = []
    func note(text) do
        notes.push(text)
    end
    func counter() do
        var n = 0
        || do
            n += 1
            n
        end
    end
    func main(args) do
        let next = counter()
        next()
        print(fib(12), " ", next(), " ", options(1), " ", options(1, b: 5))
        print(options(..[1, 2, 3]))
        print(area(Shape.Circle(r: 2.0)), area(Shape.Rect(w: 2.0, h: 3.0)), area(Shape.Empty))
        let p = Point { x: 3.0, y: 4.0 }
        p.x = 6.0
        p.x += 1.5
        print($"{p.length():.2f} {p.area()} {p} {b"ab"} {250ms}")
        for n in 1..4 do
            print(risky(n) catch { Trouble.Late => "late", _ => "other" })
        end
        let table = { a: 1, "b": [1, 2, ..args], 3: null }
        for key, value in table do
            note($"{key}={value}")
        end
        let [first, ..others] = notes
        print(first, others.len(), "a" in table, first is string)
        let ch = channel(1)
        nursery do
            let task = spawn fib(5)
            spawn do
                for i in 0..<3 do ch.send(i) end
                ch.close()
            end
            for m in ch do write m end
            print(await task)
        end
        print(within 1s do json.text({ x: [1, 2.5] }) end)
        outer: for i in 0..<LIMIT do
            var k = 0
            while k < 10 do
                k += 3
                continue outer when k == 6 and i < 3
                break outer when i > 5
            end
        end
        var bits = 1 << 40 | 5
        bits ^= ~bits >>> 3
        print(bits & 255, 7 % 3, -7 / 2, 2 ** 10, 9_007 *% 3, not true, xs(notes)[-1])
    end
    func xs(list) do
        list.map(|x| x.upper()).sorted()
    end
    """

  /// The program's modules without their sources, its own the last.
  static let modules: [ModuleImage] = {
    guard
      let program = CompiledProgram(Array(source.utf8), name: "seed.jan", folder: Repository.root)
    else { preconditionFailure("the seed program does not compile") }
    return program.stripped
  }()

  static let image = ImageWriter.write(modules)

  /// Where the program's own module begins: half of the mutations go there, the rest anywhere.
  static let ownModule =
    image.count
    - (ImageWriter.write(Array(modules.suffix(1))).count - ImageWriter.write([]).count)

  private static let limits = [
    "run", "--max-steps", "200000", "--max-memory", "64m", "--timeout", "10s",
  ]

  @Test func theSeedProgramRuns() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.image, to: "seed.jbc")
    let process = try ChildProcess.run(
      ChildProcess.janus,
      Self.limits + ["seed.jbc", "x"],
      folder: folder.root
    )
    let output = String(decoding: process.output, as: UTF8.self)
    #expect(output.hasPrefix("144 2 3 6\n4\n"))
    let error = String(decoding: process.errorOutput, as: UTF8.self)
    #expect(error == "")
    #expect(process.end == .exited(0))
  }

  @Test(arguments: batches)
  func aDamagedImageIsRefusedOrEndsCleanly(_ batch: Int) throws {
    var random = SeededRandom(seed: UInt64(batch))
    let accepted = try run(named: "bytes-\(batch)") {
      mutated(Self.image, from: Self.ownModule, &random)
    }
    // Otherwise the mutations try the reader only.
    #expect(accepted >= Self.mutationsPerBatch / 20)
  }

  @Test(arguments: batches)
  func aProgramWithAnotherInstructionIsRefusedOrEndsCleanly(_ batch: Int) throws {
    var mutation = CodeMutation(Self.modules, seed: UInt64(batch))
    let accepted = try run(named: "code-\(batch)") { mutation.image() }
    #expect(accepted >= Self.mutationsPerBatch / 4)
  }

  /// Runs those of a batch that are accepted, each in a process; their number.
  private func run(named name: String, _ makeImage: () -> [UInt8]) throws -> Int {
    let folder = try TemporaryFolder()
    var accepted = 0
    for number in 0..<Self.mutationsPerBatch {
      let image = makeImage()
      do {
        _ = try ImageReader.read(image)
      } catch {
        continue
      }
      accepted += 1
      try folder.write(image, to: "\(number).jbc")
      let process = try ChildProcess.run(
        ChildProcess.janus,
        Self.limits + ["\(number).jbc", "x"],
        folder: folder.root,
        seconds: 30
      )
      guard process.end.isCrash else { continue }
      let kept = FileManager.default.temporaryDirectory
        .appendingPathComponent("janus-mutation-\(name)-\(number).jbc").path
      try Data(image).write(to: URL(fileURLWithPath: kept))
      let error = String(decoding: process.errorOutput.prefix(2000), as: UTF8.self)
      Issue.record("\(name)/\(number) \(process.end), kept in \(kept): \(error)")
    }
    return accepted
  }

  @Test func everyTruncationIsRefused() {
    let image = Self.image
    for count in stride(from: 0, to: image.count, by: 97) {
      #expect(throws: ImageError.self) { try ImageReader.read(Array(image.prefix(count))) }
    }
  }

  /// One to three small changes.
  private func mutated(
    _ image: [UInt8],
    from own: Int,
    _ random: inout SeededRandom
  ) -> [UInt8] {
    var image = image
    for _ in 0..<random.below(3) + 1 {
      let start = random.below(2) == 0 ? min(own, image.count - 1) : 0
      let position = start + random.below(image.count - start)
      switch random.below(8) {
      case 0...2: image[position] ^= 1 << UInt8(random.below(8))
      case 3: image[position] = UInt8(random.below(256))
      case 4: image[position] = image[position] &+ 1
      case 5: image[position] = image[start + random.below(image.count - start)]
      case 6: image.insert(UInt8(random.below(256)), at: position)
      default:
        if random.below(8) == 0 {
          image.removeLast(image.count - position)
          if image.isEmpty { image = [0] }
        } else {
          image.remove(at: position)
        }
      }
    }
    return image
  }
}
