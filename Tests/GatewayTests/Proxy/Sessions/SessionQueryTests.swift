import Testing

@testable import Gateway

@Suite struct SessionQueryTests {
    @Test(
        arguments: [
            ("session_id=a", "session_id=X"), ("a=1&session_id=b&c", "a=1&session_id=X&c"), ("&session_id=a&&", "&session_id=X&&"),
            ("session_id=a=b", "session_id=X"), ("Session_id=q&session_id=a", "Session_id=q&session_id=X"),
            ("xsession_id=q&session_id=a", "xsession_id=q&session_id=X"),
        ]
    )
    func replacesTheOneValue(_ query: String, _ expected: String) {
        #expect(SessionQuery.replacing(query.utf8) { _ in "X" } == expected)
    }

    @Test(
        "gateway.md §9.3: missing, empty, repeated or disguised",
        arguments: [
            "", "a=1", "session_id", "session_id=", "session_id=a&session_id=a", "session_id=a&session%5Fid=b", "session%5fid=b",
            "session_id=a&%73ession_id=b", "session_id=a&session_id", "session_id=a&+session_id=b", "session_id=a&session_id%20=b",
            "session_id=a&%00session_id=b",
        ]
    )
    func refuses(_ query: String) {
        #expect(SessionQuery.value(in: query.utf8) == nil)
        #expect(SessionQuery.replacing(query.utf8) { _ in "X" } == nil)
    }

    @Test func valueIsTakenAsItStands() {
        #expect(SessionQuery.value(in: "x=y&session_id=a%2Fb".utf8).map { String(decoding: $0, as: UTF8.self) } == "a%2Fb")
    }
}
