import ProcessSupport
import Testing

@Suite struct PEMTests {
    private static let block = "-----BEGIN PUBLIC KEY-----\nAAEC\n-----END PUBLIC KEY-----"

    @Test(
        "reads one block",
        arguments: [
            block, block + "\n", "\n\n" + block, block.split(separator: "\n").joined(separator: "\r\n"), "a comment\n" + block + "\nmore",
            "  -----BEGIN PUBLIC KEY-----  \n  AAEC \n\t-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nAA\nEC\n\n-----END PUBLIC KEY-----",
        ]
    )
    func one(text: String) throws {
        #expect(try PEM.parse(text) == [PEM.Block(label: "PUBLIC KEY", bytes: [0, 1, 2])])
    }

    @Test("reads several blocks in their order")
    func several() throws {
        let text = Self.block + "\n" + Self.block.replacing("PUBLIC", with: "PRIVATE") + "\n" + Self.block
        #expect(try PEM.parse(text).map(\.label) == ["PUBLIC KEY", "PRIVATE KEY", "PUBLIC KEY"])
    }

    @Test(
        "refuses what is no PEM and never shows it",
        arguments: [
            ("", "there is no PEM block"), ("AAEC", "there is no PEM block"), ("-----BEGIN PUBLIC KEY-----\nAAEC", "not closed"),
            ("-----BEGIN A-----\nAAEC\n-----END B-----", "different labels"), ("AAEC\n-----END A-----", "did not begin"),
            ("-----BEGIN A-----\n-----BEGIN A-----\n-----END A-----", "begins inside"),
            ("-----BEGIN A-----\n-----END A-----", "not base64"),
            ("-----BEGIN A-----\nAAE\n-----END A-----", "not base64"), ("-----BEGIN A-----\nAA!C\n-----END A-----", "not base64"),
            ("-----BEGIN A-----\nAAECAB==\n-----END A-----", "not base64"),
            ("-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nAAEC\n-----END A-----", "encrypted"),
            ("-----BEGIN PUBLIC KEY-----\nAA==\nAAEC\n-----END PUBLIC KEY-----", "not base64"),
        ]
    )
    func malformed(text: String, problem: String) throws {
        let error = try #require(throws: PEM.Failure.self) { try PEM.parse(text) }
        #expect(error.description.contains(problem))
        #expect(!error.description.contains("AAE"))
    }

    @Test("writes what it reads", arguments: [1, 47, 48, 49, 200])
    func roundTrip(count: Int) throws {
        let block = PEM.Block(label: "X", bytes: Array(repeating: 7, count: count))
        let text = PEM.encode(block)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 64 })
        #expect(text.hasSuffix("-----END X-----\n"))
        #expect(try PEM.parse(text) == [block])
    }
}
