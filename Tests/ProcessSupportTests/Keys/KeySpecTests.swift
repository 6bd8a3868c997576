import ProcessSupport
import Testing

@Suite struct KeySpecTests {
    private static let pem = "-----BEGIN PUBLIC KEY-----\nAAEC\n-----END PUBLIC KEY-----"
    private static let other = "-----BEGIN PUBLIC KEY-----\nAwQF\n-----END PUBLIC KEY-----"

    private func load(
        _ spec: String,
        _ variables: [String: String] = [:],
        files: [String: String] = [:],
        base: String? = nil
    ) throws -> KeyMaterial {
        try KeySpec(spec, named: "jwt.public_key").load(environment: Environment(variables), baseFolder: base) {
            path throws(FileReadError) in
            guard let text = files[path] else { throw FileReadError(path: path, problem: .notFound) }
            return Array(text.utf8)
        }
    }

    private func failure(_ spec: String, _ variables: [String: String] = [:], files: [String: String] = [:]) throws -> String {
        try #require(throws: KeySpecError.self) { try load(spec, variables, files: files) }.description
    }

    @Test("inline PEM", arguments: [pem, pem.replacing("\n", with: "\\n"), "  \(pem)\n", pem.replacing("\n", with: "\\n\n")])
    func inline(text: String) throws {
        let material = try load(text)
        #expect(material.blocks == [PEM.Block(label: "PUBLIC KEY", bytes: [0, 1, 2])])
        #expect(material.source == "jwt.public_key")
    }

    @Test("several keys in one text")
    func several() throws {
        #expect(try load(Self.pem + "\\n" + Self.other).blocks.map(\.bytes) == [[0, 1, 2], [3, 4, 5]])
    }

    @Test(
        "file:PATH, relative to the base folder",
        arguments: [
            ("file:key.pem", "/etc/mcp", "/etc/mcp/key.pem"), ("file:key.pem", "/etc/mcp/", "/etc/mcp/key.pem"),
            ("file:../key.pem", "conf", "conf/../key.pem"),
            ("file:/a/key.pem", "/etc/mcp", "/a/key.pem"), ("file:///a/key.pem", "/etc/mcp", "/a/key.pem"),
            ("file:key.pem", nil, "key.pem"),
            ("file: key.pem ", "", "key.pem"), ("file:my key.pem", nil, "my key.pem"),
        ]
    )
    func file(spec: String, base: String?, path: String) throws {
        let material = try load(spec, files: [path: Self.pem + "\n"], base: base)
        #expect(material.blocks.count == 1)
        #expect(material.source == path)
        #expect(material.name == "jwt.public_key")
    }

    @Test("a literal \\n in a file is none")
    func literalInFile() throws {
        #expect(try failure("file:k", files: ["k": Self.pem.replacing("\n", with: "\\n")]).contains("there is no PEM block"))
    }

    @Test("env:NAME, whose value may be PEM, a file or another variable, up to depth 3")
    func chain() throws {
        let variables = ["A": "env:B", "B": " env:C ", "C": Self.pem.replacing("\n", with: "\\n"), "F": "file:k", "X": "env:A"]
        #expect(try load("env:C", variables).source == "C")
        #expect(try load("env:B", variables).blocks.count == 1)
        #expect(try load("env:A", variables).blocks.count == 1)
        #expect(try load("env:F", variables, files: ["/base/k": Self.pem], base: "/base").source == "/base/k")
        #expect(try failure("env:X", variables) == "jwt.public_key: max depth: variables may refer to one another 3 times at most")
    }

    @Test("a variable that refers to itself ends at the max depth")
    func cycle() throws {
        #expect(try failure("env:A", ["A": "env:A"]).contains("max depth"))
        #expect(try failure("env:A", ["A": "env:B", "B": "env:A"]).contains("max depth"))
    }

    @Test(
        "says which member or variable is wrong",
        arguments: [
            ("", "jwt.public_key: is empty"), ("  ", "jwt.public_key: is empty"),
            ("env:UNSET", "jwt.public_key: variable UNSET is not set"),
            ("env:EMPTY", "jwt.public_key: variable EMPTY is empty"), ("env:BLANK", "jwt.public_key: variable BLANK is empty"),
            ("env:", "jwt.public_key: env: names no variable"), ("file:", "jwt.public_key: file: names no file"),
            ("file:missing.pem", "jwt.public_key: file missing.pem: not found"),
            ("file:empty.pem", "jwt.public_key: file empty.pem is empty"),
            ("file://host/key.pem", "jwt.public_key: must be file:PATH or file:///absolute/path"),
            ("env:TO_UNSET", "jwt.public_key: variable UNSET is not set (in variable TO_UNSET)"),
            ("env:TO_FILE", "jwt.public_key: file missing.pem: not found (in variable TO_FILE)"),
            ("key.pem", "jwt.public_key: must be file:PATH, env:NAME or PEM text"),
            ("env:WORD", "jwt.public_key: must be file:PATH, env:NAME or PEM text (in variable WORD)"),
            ("file:word.pem", "jwt.public_key: there is no PEM block; its BEGIN and END need lines of their own (in file word.pem)"),
            ("FILE:x", "jwt.public_key: must be file:PATH, env:NAME or PEM text"),
        ]
    )
    func errors(spec: String, expected: String) throws {
        let variables = ["EMPTY": "", "BLANK": " \n", "TO_UNSET": "env:UNSET", "TO_FILE": "file:missing.pem", "WORD": "topsecretword"]
        #expect(try failure(spec, variables, files: ["empty.pem": "\n", "word.pem": "topsecretword"]) == expected)
    }

    @Test("never shows key text, also behind the wrong prefix")
    func noKeyText() throws {
        let body = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v1m6gk8xkEYHtLp2aKgyoUVWvAYwOHl8wd0Xy"
        for spec in [
            body, "env:\(body)", "file:\(body)", "-----BEGIN PRIVATE KEY-----\(body)", "env:-----BEGIN PRIVATE KEY-----\\n\(body)", "env:A",
        ] {
            #expect(try !failure(spec, ["A": "env:\(body)"]).contains("MC4C"))
        }
    }

    @Test("the text is a secret, and an unusable key is named like the others")
    func material() throws {
        let material = try load(Self.pem)
        #expect(!"\(material)".contains("AAEC"))
        #expect(material.text.reveal() == Self.pem)
        #expect(material.unusable("is not RSA").description == "jwt.public_key: is not RSA")
        #expect(material.unusable("is not RSA").problem == SettingProblem(name: "jwt.public_key", message: "is not RSA"))
    }

    @Test("refuses a file that is no text")
    func binary() throws {
        let error = try #require(throws: KeySpecError.self) {
            try KeySpec("file:k", named: "K").load(environment: Environment()) { _ throws(FileReadError) in [0xFF, 0xFE] }
        }
        #expect(error.description == "K: file k is not a PEM text")
    }
}
