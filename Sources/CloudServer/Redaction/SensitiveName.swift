/// Decides from a member's name alone whether its value must be hidden (cts.md §6.2).
///
/// Linear in the length of the name, whatever it contains.
package enum SensitiveNames {
    /// What a hidden value is replaced by in results.
    package static let placeholder = "***MASKED***"

    /// Whether a value under this name is to be hidden.
    package static func contains(_ name: some StringProtocol) -> Bool {
        let words = significantWords(of: name)
        guard let last = words.last else { return false }
        if lastWords.contains(last) { return true }
        if words.count >= 2 {
            let pair = words[words.count - 2]
            if (last == "key" || last == "keys") && keyOwners.contains(pair) { return true }
            if last == "data" && pair == "user" { return true }
        }
        let joined = words.joined()
        return joinedEndings.contains { joined.utf8.count >= $0.utf8.count && joined.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// The words of a name without those at its end that only tell how the value is written, as in `private_key_pem`.
    ///
    /// At least one word is left unless the name has none.
    package static func significantWords(of name: some StringProtocol) -> [String] {
        var words = words(of: name)
        while words.count > 1, let last = words.last, formWords.contains(last) { words.removeLast() }
        return words
    }

    /// The words of a name in lower case: `IAMToken`, `iam_token` and `iam-token1` are all `iam`, `token`.
    package static func words(of name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        var scalars = name.unicodeScalars.makeIterator()
        var previous: Unicode.Scalar?
        var current = scalars.next()
        while let scalar = current {
            let next = scalars.next()
            if isBreak(after: previous, before: scalar, followedBy: next) { finish(&word, into: &words) }
            // The full mapping, so that a letter such as the Kelvin sign cannot hide a word.
            for letter in scalar.properties.lowercaseMapping.unicodeScalars {
                if ("a"..."z").contains(letter) { word.unicodeScalars.append(letter) } else { finish(&word, into: &words) }
            }
            previous = scalar
            current = next
        }
        finish(&word, into: &words)
        return words
    }

    /// Whether a word begins at a capital: after a lower-case letter or a digit, or as the last capital of an acronym.
    private static func isBreak(after previous: Unicode.Scalar?, before scalar: Unicode.Scalar, followedBy next: Unicode.Scalar?) -> Bool {
        guard let previous, isUpper(scalar) else { return false }
        if isLower(previous) || ("0"..."9").contains(previous) { return true }
        guard let next else { return false }
        return isUpper(previous) && isLower(next)
    }

    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }

    private static func isLower(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

    private static func finish(_ word: inout String, into words: inout [String]) {
        guard !word.isEmpty else { return }
        words.append(word)
        word = ""
    }

    /// Rule 1: a name whose last word is one of these.
    private static let lastWords: Set<String> = [
        "password", "passwords", "passwd", "pwd", "pass", "passphrase", "passphrases", "secret", "secrets", "token", "tokens", "credential",
        "credentials", "authorization", "cookie", "cookies", "kubeconfig", "sk",
    ]

    /// Rule 2: these before `key` or `keys` at the end.
    private static let keyOwners: Set<String> = ["access", "secret", "private", "api", "session", "ssh", "encryption"]

    /// Rule 3: a name that, written as one word, ends like this.
    private static let joinedEndings = [
        "password", "passwords", "passwd", "passphrase", "secret", "secrets", "token", "tokens", "credential", "credentials",
        "authorization", "accesskey", "secretkey", "privatekey", "apikey", "sessionkey", "sshkey", "adminpass", "userdata", "kubeconfig",
    ]

    /// Words that tell the form of a value and not what it is.
    private static let formWords: Set<String> = ["pem", "value", "content", "text", "plaintext", "base", "encoded"]
}
