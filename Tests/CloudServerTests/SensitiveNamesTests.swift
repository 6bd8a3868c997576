import CloudServer
import Foundation
import JSONRPC
import Testing

/// The sensitive names of cts.md §6.2.
@Suite struct SensitiveNamesTests {
    private struct Row: Decodable, CustomTestStringConvertible {
        var key: String
        var sensitive: Bool
        var testDescription: String { key }
    }

    private static let golden: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/golden-cts-keys.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    }()

    @Test func theGoldenFileIsReadInFull() {
        #expect(Self.golden.count == 73)
    }

    @Test(arguments: golden)
    private func classifiesEveryGoldenRow(_ row: Row) {
        #expect(SensitiveNames.contains(row.key) == row.sensitive)
    }

    @Test(arguments: [
        ("IAMToken", ["iam", "token"]), ("adminPass", ["admin", "pass"]), ("password1", ["password"]),
        ("X-Auth-Token", ["x", "auth", "token"]),
        ("os.kernel_args", ["os", "kernel", "args"]), ("ABC", ["abc"]), ("aB", ["a", "b"]), ("", []), ("密码", []),
    ])
    func splitsNamesIntoWords(_ name: String, _ words: [String]) {
        #expect(SensitiveNames.words(of: name) == words)
    }

    @Test(arguments: [
        "private_key_pem", "secret_value", "token_content", "passwordText", "api_keys", "encryption_keys", "encryptionKey", "user data",
        "user_data", "USER_DATA", "token_base64_encoded", "credentialsPlaintext", "access.keys", "to\u{212A}en",
    ])
    func formWordsAndSeparatorsDoNotHideAName(_ name: String) {
        #expect(SensitiveNames.contains(name))
    }

    @Test(arguments: [
        "public_key", "keys", "data", "value", "text", "pem", "base64", "encoded_content", "key_pair", "passthrough", "skip", "tasks",
        "data_user", "user_datas", "tokenizer",
    ])
    func otherNamesStayVisible(_ name: String) {
        #expect(!SensitiveNames.contains(name))
    }

    @Test(.timeLimit(.minutes(1)))
    func aVeryLongNameIsClassifiedInLinearTime() {
        #expect(SensitiveNames.contains(String(repeating: "aB1_", count: 500_000) + "token"))
    }
}
