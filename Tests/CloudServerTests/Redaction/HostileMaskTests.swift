import CloudServer
import Foundation
import JSONRPC
import Testing

/// Masking of texts that somebody made to break it.
@Suite(.timeLimit(.minutes(2))) struct HostileMaskTests {
    /// Pieces that make a careless search start over and over.
    private static let pieces = [
        "token", "token=", "token:\"", "token='", "\"token\": {", "token=[", "token = ", "token=\\\"", "\\", "\\\"", "\"", "'", "{", "}",
        "[{\"a\":", "<", "<token>", "<token ",
        "<token a=\"", "<token><![CDATA[", "<token>\n", "eyJ", "eyJ-", "eyJa.", "eyJa..", ".eyJ", "Bearer ", "Basic abcdefg ",
        "Authorization: ", "Cookie:'", " ", "\u{3000}",
        "a:", "密", "token=Basic ", "token==", "-_.", "{\"token\":\"", "[", "[\"[", "{\"b\":\"{\\\"",
    ]

    /// 256 KiB of a piece: a quadratic search would take minutes.
    @Test(arguments: pieces)
    func isLinearInARepeatedPiece(_ piece: String) {
        let text = String(repeating: piece, count: (256 << 10) / piece.utf8.count)
        _ = Masking.mask(text)
        _ = Masking.mask("{\"a\":" + JSONValue.string(text).text() + "}")
    }

    @Test func isLinearInRandomMixturesOfPieces() {
        var random = SplitMix(state: 1)
        for _ in 0..<20 {
            var text = ""
            while text.utf8.count < 64 << 10 { text += Self.pieces[Int(random.next() % UInt64(Self.pieces.count))] }
            _ = Masking.mask(text)
        }
    }

    /// Whatever stands before them, the name and its value: either it is hidden by its name, or by what reached over it.
    @Test(arguments: [
        "\n\n\"password\":\"hunter2\",", "\npassword: hunter2\n", "&password=hunter2&", "\n<password>hunter2</password>",
        " password = hunter2 ", ";X-Auth-Token: hunter2\r\n", "\n\\\"password\\\" : \\\"hunter2\\\"",
    ])
    func aSecretSurvivesNoPrefix(_ ending: String) {
        var random = SplitMix(state: 2)
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<(random.next() % 8) { text += Self.pieces[Int(random.next() % UInt64(Self.pieces.count))] }
            text += ending
            let masked = Masking.mask(text)
            #expect(!masked.contains("hunter2"), "\(text) → \(masked)")
        }
    }

    @Test func aSecretInJSONSurvivesNoNesting() throws {
        var random = SplitMix(state: 3)
        for _ in 0..<500 {
            var value: JSONValue = ["api_key": "hunter2", "x": 1]
            for _ in 0..<(random.next() % 10) {
                switch random.next() % 5 {
                case 0: value = [value, 1]
                case 1: value = ["a": value]
                case 2: value = .string(value.text())
                case 3: value = .string(value.text(.pretty(indent: 2)))
                default: value = ["request": .string("body=" + value.text())]
                }
            }
            #expect(!Masking.mask(value.text()).contains("hunter2"), "\(value.text())")
            #expect(!Masking.maskText(value.text()).contains("hunter2"), "\(value.text())")
        }
    }

    @Test func theOutputOfTheStructuredPassIsJSON() throws {
        var random = SplitMix(state: 4)
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<6 { text += Self.pieces[Int(random.next() % UInt64(Self.pieces.count))] }
            let document: JSONValue = ["a": .string(text), text: [.string(text)]]
            #expect(throws: Never.self) { try JSONParser.parse(Masking.mask(document.text())) }
        }
    }

    /// A small generator with a fixed start, so that a failure can be repeated.
    private struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
