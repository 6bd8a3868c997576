import Foundation
import ProcessSupport
import Testing

@Suite struct Base64Tests {
    @Test("agrees with Foundation for every length", arguments: 0..<70)
    func roundTrip(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 251) }
        let text = Base64.encode(bytes)
        #expect(text == Data(bytes).base64EncodedString())
        #expect(Base64.decode(text) == bytes)
        let url = Base64.encode(bytes, .urlSafe, padding: .none)
        #expect(!url.contains("=") && !url.contains("+") && !url.contains("/"))
        #expect(Base64.decode(url, .urlSafe, padding: .none) == bytes)
    }

    @Test(
        "is strict",
        arguments: [
            "A", "AA", "AAA", "AA=", "A===", "====", "=", "AB==", "AAB=", "AA==A", "AA==AAAA", "AA A", "AAAA\n", "AA-_", "AAÄ", "AAAA====",
            "A=AA", "AAA==",
        ]
    )
    func strict(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("is strict without padding too", arguments: ["A", "AA==", "AAA=", "AB", "AAB", "A+A/", "AA AA", "AAAAA"])
    func strictURL(text: String) {
        #expect(Base64.decode(text, .urlSafe, padding: .none) == nil)
    }
}
