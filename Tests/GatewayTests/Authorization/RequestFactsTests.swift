import Testing

@testable import Gateway

@Suite struct RequestFactsTests {
    private func facts(_ fields: [(name: String, value: String)]) -> RequestFacts {
        RequestFacts(method: "GET", target: "/", fields: fields, peer: PeerAddress(text: "x", isLoopback: false))
    }

    @Test(
        "headers of a proxy are noticed in every spelling",
        arguments: [
            "Forwarded", "FORWARDED", "X-Forwarded-For", "x_forwarded_for", "X-Forwarded_Proto", "X-Forwarded", "X-Forwarded-Whatever",
            "X-Real-IP", "x_real_ip", "X_Real-Ip",
        ]
    )
    func forwarding(name: String) { #expect(facts([(name, "1")]).forwardedHeaderPresent) }

    @Test("others are not", arguments: ["X-Request-Id", "Forwarde", "X-Real-IPs", "X-Forwarde", "Host", "Y-Forwarded-For"])
    func notForwarding(name: String) { #expect(!facts([(name, "1")]).forwardedHeaderPresent) }

    @Test("takes what decisions need, in any case") func fields() {
        let facts = facts([
            ("HOST", "h"), ("authorization", "a"), ("Authorization", "b"), ("Origin", "o"), ("Access-Control-Request-Method", "POST"),
            ("access-control-request-headers", "x"), ("Cookie", "c"),
        ])
        #expect(facts.host == "h")
        #expect(facts.authorization == ["a", "b"])
        #expect(facts.origins == ["o"])
        #expect(facts.requestedMethod == "POST")
        #expect(facts.requestedHeaders == ["x"])
    }
}
