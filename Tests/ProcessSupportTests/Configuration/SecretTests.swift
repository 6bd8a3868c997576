import ProcessSupport
import Testing

@Suite struct SecretTests {
    private let secret = Secret("hunter2-hunter2")

    @Test("never shows itself in descriptions, interpolation or reflection")
    func hidden() {
        var dumped = ""
        dump([secret], to: &dumped)
        for text in [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped,
        ] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("<redacted>"))
        }
    }

    @Test("gives the plain text only by its name")
    func reveal() {
        #expect(secret.reveal() == "hunter2-hunter2")
        #expect(!secret.isEmpty)
        #expect(Secret("").isEmpty)
    }

    @Test("compares bytes")
    func equality() {
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
        #expect(Secret("a") != Secret("ab"))
        // Canonically equivalent, but other bytes.
        #expect(Secret("\u{E9}") != Secret("e\u{301}"))
        #expect(Set([Secret("a"), Secret("a"), Secret("b")]).count == 2)
    }

    @Test(
        "abbreviates an access key to its ends",
        arguments: [("HPUA1234567890123456", "HPUA****3456"), ("123456789", "1234****6789"), ("12345678", "****"), ("", "****")]
    )
    func abbreviated(text: String, expected: String) {
        #expect(Secret(text).abbreviated == expected)
    }

    @Test("values that may hold secrets show none when printed")
    func containers() throws {
        let environment = Environment(["SECRET": "hunter2-hunter2"])
        var settings = Settings(environment: environment, file: ["OTHER": "hunter2-hunter2"])
        _ = settings.secret("SECRET")
        let block = PEM.Block(label: "PRIVATE KEY", bytes: Array("hunter2-hunter2".utf8))
        let spec = KeySpec("hunter2-hunter2", named: "key")
        var dumped = ""
        dump(environment, to: &dumped)
        dump(settings, to: &dumped)
        dump(block, to: &dumped)
        dump(spec, to: &dumped)
        #expect(!(dumped + "\(environment) \(settings) \(block) \(spec)").contains("hunter2"))
        #expect("\(environment)" == "1 variables")
        #expect("\(block)" == "PRIVATE KEY of 15 bytes")
    }
}
