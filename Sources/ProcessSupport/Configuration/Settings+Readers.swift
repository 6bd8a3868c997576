extension Settings {
    /// A text; nil when it is not set.
    package mutating func text(_ key: SettingKey, empty: EmptyValue = .unset) -> String? {
        guard let value = find(key, empty: empty), !refusesEmpty(value, empty) else { return nil }
        return value.text
    }

    /// A text that must be set; empty, with a problem, when it is not.
    package mutating func requiredText(_ key: SettingKey) -> String {
        if let value = find(key) { return value.text }
        report(key.variable, Self.missing(key))
        return ""
    }

    /// A secret; nil when it is not set.
    package mutating func secret(_ key: SettingKey) -> Secret? {
        guard let value = find(key) else { return nil }
        let secret = Secret(value.text)
        remember(secret)
        return secret
    }

    /// A secret that must be set; empty, with a problem, when it is not.
    package mutating func requiredSecret(_ key: SettingKey) -> Secret {
        if let secret = secret(key) { return secret }
        report(key.variable, Self.missing(key))
        return Secret("")
    }

    /// A whole number in decimal digits within a range.
    package mutating func integer(
        _ key: SettingKey,
        in range: ClosedRange<Int>,
        default fallback: Int,
        empty: EmptyValue = .unset
    ) -> Int {
        guard let value = find(key, empty: empty), !refusesEmpty(value, empty) else { return fallback }
        let digits = value.text.utf8.first == UInt8(ascii: "-") ? value.text.utf8.dropFirst() : value.text.utf8[...]
        if !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit), let number = Int(value.text), range.contains(number) { return number }
        report(value.name, "must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(Self.quoted(value.text))")
        return fallback
    }

    /// One of some words, by default in any case.
    package mutating func choice<Choice: Sendable>(
        _ key: SettingKey,
        among choices: [(word: String, value: Choice)],
        default fallback: Choice,
        case matching: WordCase = .ignored,
        empty: EmptyValue = .unset
    ) -> Choice {
        guard let value = find(key, empty: empty), !refusesEmpty(value, empty) else { return fallback }
        if let choice = choices.first(where: { matching.accepts(value.text, as: $0.word) }) { return choice.value }
        report(value.name, "must be one of \(choices.map(\.word).joined(separator: ", ")), not \(Self.quoted(value.text))")
        return fallback
    }

    /// One of the cases of an enumeration whose raw values are the words, by default in any case.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: SettingKey,
        default fallback: Choice,
        case matching: WordCase = .ignored,
        empty: EmptyValue = .unset
    ) -> Choice {
        choice(key, among: Choice.allCases.map { ($0.rawValue, $0) }, default: fallback, case: matching, empty: empty)
    }

    /// `true`, `1`, `yes` or `false`, `0`, `no` in any case.
    package mutating func boolean(_ key: SettingKey, default fallback: Bool, empty: EmptyValue = .unset) -> Bool {
        guard let value = find(key, empty: empty), !refusesEmpty(value, empty) else { return fallback }
        switch value.text.lowercased() {
        case "true", "1", "yes": return true
        case "false", "0", "no": return false
        default:
            report(value.name, "must be true, 1, yes or false, 0, no, not \(Self.quoted(value.text))")
            return fallback
        }
    }

    /// The elements of a comma list, trimmed, empty ones dropped; nil when it is not set.
    package mutating func list(_ key: SettingKey, empty: EmptyValue = .unset) -> [String]? {
        text(key, empty: empty)?.commaList
    }

    private mutating func refusesEmpty(_ value: SettingValue, _ empty: EmptyValue) -> Bool {
        guard value.text.isEmpty, case .refused = empty else { return false }
        report(value.name, "must not be empty")
        return true
    }

    private static func missing(_ key: SettingKey) -> String {
        "is required: set the variable\(key.option.map { ", or give \($0)" } ?? "")"
    }

    /// A value for a message: in quotes, on one line, cut to 40 characters.
    private static func quoted(_ text: String) -> String {
        let cut = text.count > 40 ? text.prefix(40) + "…" : text[...]
        return "\"\(LogText.escaped(String(cut)))\""
    }
}

/// Whether upper and lower case differ.
package enum WordCase: Sendable {
    case ignored, exact

    func accepts(_ text: String, as word: String) -> Bool {
        switch self {
        case .ignored: text.lowercased().isIdentical(to: word.lowercased())
        case .exact: text.isIdentical(to: word)
        }
    }
}
