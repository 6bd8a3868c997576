import AuthCommon
import BenchmarkKit
import Crypto

/// The signed identity between gateway and servers (servers.md §5.1).
enum AssertionSubjects {
    static func all() throws -> [Benchmark] {
        let signer = IdentityAssertionSigner(privateKey: Curve25519.Signing.PrivateKey())
        let verifier = IdentityAssertionVerifier(keys: [signer.publicKey], audience: "ecs")
        let identity = Identity(subject: "ada@example.com", roles: ["operator"], tenant: "acme")
        let now: Int64 = 1_800_000_000
        let assertion = try signer.sign(identity, audience: "ecs", issuedAt: now, expires: now + 60)
        return [
            Benchmark("sign-assertion") { keep(try signer.sign(identity, audience: "ecs", issuedAt: now, expires: now + 60)) },
            Benchmark("verify-assertion") { keep(try verifier.verify(assertion, now: now + 1)) },
        ]
    }
}
