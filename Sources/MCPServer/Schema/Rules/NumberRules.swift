import JSONRPC

/// The keywords that only numbers can violate.
struct NumberRules: Sendable {
    private enum Rule {
        case atLeast
        case moreThan
        case atMost
        case lessThan
        case multiple
    }

    private struct Bound {
        let rule: Rule
        let limit: JSONNumber
        /// The limit, when 64 bits hold it.
        let int: Int?
        let requirement: String
    }

    private let bounds: [Bound]

    /// Reads the keywords; nil if all are missing.
    init?(_ reader: KeywordReader) throws(JSONSchemaError) {
        let keywords: [(String, Rule, String)] = [
            ("minimum", .atLeast, "must be ≥ "), ("exclusiveMinimum", .moreThan, "must be > "), ("maximum", .atMost, "must be ≤ "),
            ("exclusiveMaximum", .lessThan, "must be < "), ("multipleOf", .multiple, "must be a multiple of "),
        ]
        var bounds: [Bound] = []
        for (keyword, rule, words) in keywords {
            guard let limit = try reader.number(keyword) else { continue }
            if rule == .multiple {
                guard limit > JSONNumber(0) else { throw reader.error(keyword, "must be greater than 0") }
                guard limit.isMultiple(of: limit) != nil else { throw reader.error(keyword, "must have at most 18 significant digits") }
            }
            bounds.append(Bound(rule: rule, limit: limit, int: limit.int, requirement: words + limit.text))
        }
        if bounds.isEmpty { return nil }
        self.bounds = bounds
    }

    /// What a number violates.
    func violated(by number: JSONNumber) -> [String] {
        let int = Int(number.text)
        return bounds.filter { !Self.holds($0, number, int) }.map(\.requirement)
    }

    private static func holds(_ bound: Bound, _ number: JSONNumber, _ int: Int?) -> Bool {
        if let int, let limit = bound.int {
            switch bound.rule {
            case .atLeast: return int >= limit
            case .moreThan: return int > limit
            case .atMost: return int <= limit
            case .lessThan: return int < limit
            case .multiple: return int.isMultiple(of: limit)
            }
        }
        switch bound.rule {
        case .atLeast: return number >= bound.limit
        case .moreThan: return number > bound.limit
        case .atMost: return number <= bound.limit
        case .lessThan: return number < bound.limit
        case .multiple: return number.isMultiple(of: bound.limit) ?? false
        }
    }
}
