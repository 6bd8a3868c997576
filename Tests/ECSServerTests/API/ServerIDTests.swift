import Testing

@testable import ECSServer

@Suite struct ServerIDTests {
    @Test func idsAreComparedWithoutRegardToCase() {
        #expect(ServerID("AAAA-bbbb") == ServerID("aaaa-BBBB"))
        #expect(ServerID("AAAA-bbbb").hashValue == ServerID("aaaa-BBBB").hashValue)
        #expect(ServerID("aaaa") != ServerID("aaab"))
        #expect(ServerID("\u{212A}") != ServerID("k"))
        #expect(ServerID("[") != ServerID("{"))
    }

    @Test func letterCaseIsKept() {
        #expect(ServerID("AbC").text == "AbC")
    }
}
