package import JSONRPC
import ProcessSupport

/// Which tools exist for a message, beside what roles allow: the gateway's rule for the mount that the message came through.
///
/// Globs over tool names: include first, then exclude. It travels in the identity assertion, so that one server can be mounted several
/// times with different powers and the gateway reads no body.
public struct ToolPolicy: Sendable {
    /// The most bytes that ``json`` may have, so that the assertion stays within its limit.
    package static let longest = 1_024
    /// The most characters of a pattern.
    package static let longestPattern = 128

    /// What the policy says about one tool.
    public enum Verdict: Sendable, Hashable {
        /// It exists.
        case kept
        /// No include pattern matches it.
        case notIncluded
        /// This exclude pattern matches it.
        case excluded(by: String)

        /// Why the tool does not exist; nil for one that does.
        public var reason: String? {
            switch self {
            case .kept: nil
            case .notIncluded: "not matched by include"
            case .excluded(let pattern): "excluded by '\(pattern)'"
            }
        }
    }

    /// Only tools that match one of these exist; nil: every tool.
    public let include: [String]?
    /// Tools that match one of these do not exist.
    public let exclude: [String]

    private let includeGlobs: [Glob]?
    private let excludeGlobs: [Glob]

    /// A policy; nil when a pattern is empty, too long or has anything but visible ASCII characters, or when there are too many.
    public init?(include: [String]? = nil, exclude: [String] = []) {
        guard (include ?? []).allSatisfy(Self.isPattern), exclude.allSatisfy(Self.isPattern) else { return nil }
        self.include = include
        self.exclude = exclude
        includeGlobs = include.map { $0.map { Glob($0) } }
        excludeGlobs = exclude.map { Glob($0) }
        guard json.bytes().count <= Self.longest else { return nil }
    }

    /// What becomes of the tool of that name.
    public func verdict(_ tool: String) -> Verdict {
        if let includeGlobs, !includeGlobs.contains(where: { $0.matches(tool) }) { return .notIncluded }
        if let pattern = excludeGlobs.first(where: { $0.matches(tool) }) { return .excluded(by: pattern.pattern) }
        return .kept
    }

    /// Whether the tool of that name exists.
    public func allows(_ tool: String) -> Bool { verdict(tool) == .kept }

    /// Whether a text can be a pattern.
    package static func isPattern(_ text: String) -> Bool {
        (1...longestPattern).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

extension ToolPolicy {
    /// The claim `tools` of the identity assertion; a list that says nothing is left out.
    package var json: JSONObject {
        var json: JSONObject = [:]
        json.set("include", include.map { .array($0.map(JSONValue.string)) })
        if !exclude.isEmpty { json["exclude"] = .array(exclude.map(JSONValue.string)) }
        return json
    }

    /// The policy of a claim; nil when it is malformed.
    ///
    /// A member that is not known is malformed too: it may restrict, and must not be passed over.
    package init?(claim: JSONValue) {
        guard let claim = claim.objectValue, claim.keys.allSatisfy({ $0 == "include" || $0 == "exclude" }) else { return nil }
        guard let include = Self.texts(claim["include"]), let exclude = Self.texts(claim["exclude"]) else { return nil }
        self.init(include: claim.contains("include") ? include : nil, exclude: exclude)
    }

    private static func texts(_ value: JSONValue?) -> [String]? {
        guard let value else { return [] }
        guard let elements = value.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count ? texts : nil
    }
}

extension ToolPolicy: Hashable {
    /// Equal in the patterns and their order; they are ASCII.
    public static func == (lhs: ToolPolicy, rhs: ToolPolicy) -> Bool { lhs.include == rhs.include && lhs.exclude == rhs.exclude }

    /// Over the patterns.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(include)
        hasher.combine(exclude)
    }
}
