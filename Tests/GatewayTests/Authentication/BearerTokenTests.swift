import Testing

@testable import Gateway

@Suite struct BearerTokenTests {
    @Test(
        "scheme Bearer in any case, white space, token",
        arguments: ["Bearer abc", "bearer abc", "BEARER abc", "BeArEr \t abc", "Bearer abc  ", "  Bearer abc"]
    )
    func found(value: String) throws { #expect(String(Substring(try BearerToken.extract([value]))) == "abc") }

    @Test(
        "no header, another scheme, an empty token",
        arguments: [
            [], [""], ["Bearer"], ["Bearer "], ["Bearer \t "], ["Basic abc"], ["abc"], ["Bearerabc"], ["Bearer\u{A0}abc"], ["Bearer, abc"],
        ]
    )
    func missing(values: [String]) { #expect(throws: BearerToken.Fault.missing) { try BearerToken.extract(values) } }

    @Test("two headers are malformed, equal ones too") func malformed() {
        #expect(throws: BearerToken.Fault.malformed) { try BearerToken.extract(["Bearer a", "Bearer a"]) }
        #expect(throws: BearerToken.Fault.malformed) { try BearerToken.extract(["Bearer a", ""]) }
    }
}
