import HuaweiCloud
import Testing

/// huaweicloud-http.md §1.3, beyond the vectors.
@Suite struct CanonicalQueryTests {
    @Test func listsOfTextAreSortedByCodePoint() {
        #expect(CanonicalQuery.make([("t", .texts(["b", "a", "C", "10", "9"]))]) == "t=10&t=9&t=C&t=a&t=b")
    }

    @Test func listsOfIntegersAreSortedByNumber() {
        #expect(CanonicalQuery.make([("n", .integers([10, -2, 9]))]) == "n=-2&n=9&n=10")
    }

    @Test func literalsAreValues() { #expect(CanonicalQuery.make([("b", true), ("i", 7), ("t", "x")]) == "b=true&i=7&t=x") }

    @Test(arguments: [
        ("", ""),
        ("b=1&a=2", "a=2&b=1"),
        ("a", "a="),
        ("a=&&b", "a=&b="),
        ("a=b=c", "a=b%3Dc"),
        ("a=x+y", "a=x%2By"),
        ("a=%7e%41", "a=~A"),
        ("t=b&t=a", "t=b&t=a"),
    ])
    func canonicalFormOfTheWire(raw: String, expected: String) {
        #expect(CanonicalQuery.canonical(of: raw) == expected)
    }
}
