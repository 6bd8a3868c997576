import Testing

@testable import CloudServer

@Suite struct ApprovalIDTests {
    @Test func isTheFixedPrefixAnd32LowerCaseHexDigits() {
        #expect(ApprovalID(high: 0xABCD, low: 1).text == "apr-000000000000abcd0000000000000001")
        #expect(ApprovalID(high: .max, low: .max).text == "apr-" + String(repeating: "f", count: 32))
    }

    @Test(arguments: [(UInt64(0), UInt64(0)), (1, .max), (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)])
    func readsWhatItWrote(high: UInt64, low: UInt64) {
        let id = ApprovalID(high: high, low: low)
        #expect(ApprovalID(id.text) == id)
    }

    @Test(arguments: [
        "", "apr-", "apr-0", "apr-000000000000abcd000000000000000", "apr-000000000000abcd00000000000000011",
        "apr-000000000000ABCD0000000000000001", "apr_000000000000abcd0000000000000001", "000000000000abcd0000000000000001",
        " apr-000000000000abcd0000000000000001", "apr-000000000000abcd0000000000000001\n", "apr-000000000000abcd000000000000000g",
        "APR-000000000000abcd0000000000000001", "apr-０00000000000abcd00000000000000",
    ])
    func anythingElseIsNoID(text: String) {
        #expect(ApprovalID(text) == nil)
    }

    @Test func showsItsFirstEightDigitsOnly() {
        let id = ApprovalID(high: 0x0123_4567_89AB_CDEF, low: 7)
        #expect(id.logText == "01234567")
        #expect("\(id)" == "apr-01234567…")
        #expect(!String(reflecting: id).contains("89abcdef"))
    }

    @Test func isCutInTexts() {
        let text = "confirm apr-0123456789abcdef0123456789abcdef, not apr-zz or é"
        #expect(ApprovalID.masked(in: text) == "confirm apr-01234567…, not apr-zz or é")
        #expect(ApprovalID.masked(in: "plain") == "plain")
    }
}
