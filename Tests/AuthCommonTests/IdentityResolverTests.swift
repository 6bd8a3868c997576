import AuthCommon
import JSONRPC
import ProcessSupport
import Testing

@Suite struct IdentityResolverTests {
    private let assertions = Assertions()
    private let development = DevelopmentIdentity(log: .disabled)

    private func reason(_ resolver: IdentityResolver, _ headers: [String]) throws -> String {
        let error = try #require(throws: AuthenticationError.self) { try resolver.resolve(headers, now: Assertions.now) }
        #expect(error.status == 401)
        return error.reason
    }

    @Test("with a key: a valid assertion is that identity")
    func valid() throws {
        let resolver = IdentityResolver(verifier: assertions.verifier, development: development)
        #expect(
            try resolver.resolve([assertions.sign()], now: Assertions.now)
                == Identity(subject: "alice", roles: ["operator", "auditor"], tenant: "acme")
        )
    }

    @Test("with a key and no header: missing-identity, never the development identity")
    func missing() throws {
        for development in [nil, development] {
            #expect(try reason(IdentityResolver(verifier: assertions.verifier, development: development), []) == "missing-identity")
        }
    }

    @Test("with a key and an invalid header: invalid-identity with its reason")
    func invalid() throws {
        let resolver = IdentityResolver(verifier: assertions.verifier, development: development)
        #expect(try reason(resolver, [""]) == "invalid-identity:malformed")
        #expect(try reason(resolver, [assertions.sign(Assertions.claims("aud", "cts"))]) == "invalid-identity:audience")
        #expect(try reason(resolver, [Assertions().sign()]) == "invalid-identity:signature")
    }

    @Test("a header sent more than once is invalid, also the same one twice or joined by a comma")
    func repeated() throws {
        let resolver = IdentityResolver(verifier: assertions.verifier, development: development)
        let jws = try assertions.sign()
        #expect(try reason(resolver, [jws, jws]) == "invalid-identity:malformed")
        #expect(try reason(resolver, ["", jws]) == "invalid-identity:malformed")
        #expect(try reason(resolver, ["\(jws), \(jws)"]) == "invalid-identity:malformed")
    }

    @Test("without a key and with a header: unverifiable-identity")
    func unverifiable() throws {
        for development in [nil, development] {
            let resolver = IdentityResolver(verifier: nil, development: development)
            #expect(try reason(resolver, [assertions.sign()]) == "unverifiable-identity")
            #expect(try reason(resolver, [""]) == "unverifiable-identity")
        }
    }

    @Test("without a key and header: the development identity if startup allowed it")
    func developmentIdentity() throws {
        #expect(
            try IdentityResolver(verifier: nil, development: development).resolve([], now: 0)
                == Identity(subject: "dev-local", roles: ["admin"])
        )
        #expect(try reason(IdentityResolver(verifier: nil, development: nil), []) == "missing-identity")
    }
}
