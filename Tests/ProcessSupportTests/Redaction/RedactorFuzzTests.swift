import Foundation
import ProcessSupport
import Testing

/// No configured secret survives in any of its forms, whatever stands round it.
@Suite struct RedactorFuzzTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let alphabets = [
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "abc", "0123456789abcdef",
        "ab/+=%\\\"'&? \n\t.:-_{}", "äöü漢字🔑é\u{301}a/\\\"",
    ].map(Array.init)

    private static func text(_ count: Int, from alphabet: [Character], _ generator: inout Generator) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
    }

    private static func jsonEscaped(_ text: String, _ generator: inout Generator) -> String {
        text.utf16.map { unit -> String in
            let hexadecimal = String(unit, radix: 16)
            let escape = "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            switch unit {
            case 0x22: return "\\\""
            case 0x5C: return "\\\\"
            case 0x0A: return "\\n"
            case 0x09: return "\\t"
            case 0x2F: return Bool.random(using: &generator) ? "\\/" : "/"
            case 0x20..<0x7F where Int.random(in: 0..<8, using: &generator) > 0: return String(UnicodeScalar(UInt8(unit)))
            default: return escape
            }
        }.joined()
    }

    private static func percentEncoded(_ text: String, _ generator: inout Generator) -> String {
        text.utf8.map { byte -> String in
            let isPlain = byte < 0x7F && byte > 0x20 && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "+")
            if isPlain, Int.random(in: 0..<4, using: &generator) > 0 { return String(UnicodeScalar(byte)) }
            let hexadecimal = String(Int(byte) | 0x100, radix: 16, uppercase: Bool.random(using: &generator)).dropFirst()
            return "%\(hexadecimal)"
        }.joined()
    }

    private static func forms(_ secret: String, _ generator: inout Generator) -> [String] {
        let base64 = Data(secret.utf8).base64EncodedString()
        return [
            secret, percentEncoded(secret, &generator), jsonEscaped(secret, &generator), base64,
            base64.replacingOccurrences(of: "=", with: ""), percentEncoded(base64, &generator),
            jsonEscaped(percentEncoded(secret, &generator), &generator), jsonEscaped(jsonEscaped(secret, &generator), &generator),
        ]
    }

    @Test("no form of a secret survives", .timeLimit(.minutes(1)), arguments: 0..<40 as Range<UInt64>)
    func survives(seed: UInt64) {
        var generator = Generator(state: seed)
        let secrets = (0..<5).map { _ in
            Self.text(Int.random(in: 6...80, using: &generator), from: Self.alphabets.randomElement(using: &generator) ?? [], &generator)
        }.map { $0.trimmed }.filter { $0.utf8.count >= 4 }
        let redactor = Redactor(secrets: secrets.map(Secret.init))
        for secret in secrets {
            for form in Self.forms(secret, &generator) {
                let alphabet = Self.alphabets.randomElement(using: &generator) ?? []
                // Round the secret nothing that would make another escape of its first or last character.
                let before = Self.text(Int.random(in: 0...30, using: &generator), from: alphabet, &generator) + "|"
                let after = "|" + Self.text(Int.random(in: 0...30, using: &generator), from: alphabet, &generator)
                let shown = redactor.redact(before + form + after)
                #expect(!shown.utf8Contains(form), "seed \(seed)")
                #expect(shown.utf8Contains("***"), "seed \(seed)")
            }
        }
    }
}

extension String {
    fileprivate func utf8Contains(_ other: String) -> Bool { Data(utf8).range(of: Data(other.utf8)) != nil }
}
