import HuaweiCloud
import Testing

@Suite struct PercentEncodingTests {
    @Test func onlyTheUnreservedSetStandsForItself() {
        for value in UInt8(0)..<128 {
            let character = String(Unicode.Scalar(value))
            let isUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".contains(character)
            #expect((PercentEncoding.encode(character) == character) == isUnreserved, "\(value)")
        }
    }

    @Test(arguments: [("a b", "a%20b"), ("/", "%2F"), ("é", "%C3%A9"), ("e\u{301}", "e%CC%81"), ("😀", "%F0%9F%98%80"), ("", "")])
    func encodesUTF8WithUpperCaseDigits(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded).utf8.elementsEqual(text.utf8))
    }

    @Test(arguments: [("%", "%"), ("%a", "%a"), ("%zz", "%zz"), ("a+b", "a+b"), ("%2b", "+"), ("%E4%B8", "\u{FFFD}")])
    func decodesWhatIsEncodedAndKeepsTheRest(text: String, decoded: String) { #expect(PercentEncoding.decode(text) == decoded) }

    @Test(arguments: [
        (["v1", "p", "servers"], "/v1/p/servers"), (["a/b", "..", "?x=1", "ü"], "/a%2Fb/../%3Fx%3D1/%C3%BC"), (["a", ""], "/a/"), ([], ""),
    ])
    func aPieceOfAPathStaysOnePiece(pieces: [String], path: String) { #expect(PercentEncoding.path(pieces) == path) }
}
