import AuthCommon
import JSONRPC

/// Reads one element of `services`.
struct ServiceReader {
    private var members: ManifestMembers
    /// The name, once it is read and well formed.
    private(set) var name: String?
    /// The mount path, once it is read and well formed, or `/<name>`.
    private(set) var mountPath: String?

    /// A reader for these members.
    init(members: ManifestMembers) { self.members = members }

    /// The service; nil when something essential is missing, which was reported.
    ///
    /// - Parameter limits: Those of all services.
    mutating func read(_ problems: inout ManifestReader, _ limits: Limits) -> ServiceEntry? {
        readName(&problems)
        let isEnabled = members.boolean("enabled", &problems) ?? true
        readMountPath(&problems)
        let roles = members.strings("required_roles", &problems) { $0.isEmpty ? "must not be empty" : nil }
        let tools = readTools(&problems)
        let ownLimits = readLimits(&problems, limits)
        let target = readTarget(&problems)
        members.rejectRest(&problems)
        guard let name, let mountPath, let target else { return nil }
        return ServiceEntry(
            name: name,
            isEnabled: isEnabled,
            mountPath: mountPath,
            requiredRoles: roles,
            tools: tools,
            limits: ownLimits,
            target: target
        )
    }

    /// `limits`: those of all services, unless this one has its own.
    private mutating func readLimits(_ problems: inout ManifestReader, _ limits: Limits) -> UpstreamLimits {
        guard var members = members.object("limits", &problems) else { return limits.upstream }
        var own = limits
        own.read(Limits.members.filter(\.isPerService), from: &members, &problems)
        return own.upstream
    }

    private mutating func readName(_ problems: inout ManifestReader) {
        guard members.has("name") else {
            problems.report("\(members.path).name", "is required")
            return
        }
        guard let text = members.string("name", &problems) else { return }
        guard Self.isName(text) else {
            problems.report("\(members.path).name", "must match ^[a-z0-9][a-z0-9-]{0,62}$")
            return
        }
        name = text
    }

    private mutating func readMountPath(_ problems: inout ManifestReader) {
        guard members.has("mount_path") else {
            mountPath = name.map { "/\($0)" }
            if let mountPath, let problem = Self.problem(ofMount: mountPath) { problems.report("\(members.path).mount_path", problem) }
            return
        }
        guard let text = members.string("mount_path", &problems) else { return }
        let path = text.utf8.last == UInt8(ascii: "/") ? String(text.dropLast()) : text
        if let problem = Self.problem(ofMount: path) {
            problems.report("\(members.path).mount_path", problem)
        } else {
            mountPath = path
        }
    }

    /// `tools`: globs over the names of the server's tools.
    ///
    /// An empty `include` is refused: it could mean everything or nothing.
    private mutating func readTools(_ problems: inout ManifestReader) -> ToolPolicy? {
        guard var tools = members.object("tools", &problems) else { return nil }
        var isWellFormed = true
        let place = tools.path
        let check = { (pattern: String) -> String? in
            ToolPolicy.isPattern(pattern) ? nil : "must be a pattern of 1 to \(ToolPolicy.longestPattern) visible ASCII characters"
        }
        let hasInclude = tools.has("include")
        let include = tools.strings("include", &problems, check: check) { isWellFormed = false }
        let exclude = tools.strings("exclude", &problems, check: check) { isWellFormed = false }
        tools.rejectRest(&problems)
        guard isWellFormed else { return nil }
        if hasInclude && include.isEmpty {
            problems.report("\(place).include", "must not be empty; leave it out to include every tool")
            return nil
        }
        if include.isEmpty && exclude.isEmpty {
            problems.report(place, "must have include or exclude")
            return nil
        }
        guard let policy = ToolPolicy(include: hasInclude ? include : nil, exclude: exclude) else {
            problems.report(place, "is too long: at most \(ToolPolicy.longest) bytes fit into the identity assertion")
            return nil
        }
        return policy
    }

    private mutating func readTarget(_ problems: inout ManifestReader) -> ServiceEntry.Target? {
        switch (members.has("command"), members.has("upstream")) {
        case (true, true), (false, false):
            _ = members.strings("command", &problems) { _ in nil }
            _ = members.string("upstream", &problems)
            problems.report(members.path, "must have exactly one of command and upstream")
            return nil
        case (true, false):
            return command(&problems)
        case (false, true):
            guard let text = members.string("upstream", &problems) else { return nil }
            guard let address = UpstreamAddress(text) else {
                problems.report("\(members.path).upstream", "must be http://host:port without path, or unix:/absolute/path")
                return nil
            }
            return .upstream(address)
        }
    }

    private mutating func command(_ problems: inout ManifestReader) -> ServiceEntry.Target? {
        var count = 0
        var isWellFormed = true
        let words = members.strings("command", &problems) { word in
            count += 1
            if count == 1 && word.isEmpty { return "must name an executable" }
            return word.utf8.contains(0) ? "must not contain a NUL character" : nil
        } failed: {
            isWellFormed = false
        }
        guard isWellFormed else { return nil }
        if words.isEmpty {
            problems.report("\(members.path).command", "must name an executable")
            return nil
        }
        return .command(words)
    }

    private static func isName(_ text: String) -> Bool {
        guard (1...63).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    private static func problem(ofMount path: String) -> String? {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.count >= 2, segments[0].isEmpty, segments.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(isPathCharacter) })
        else { return "must match ^(/[A-Za-z0-9._~-]+)+/?$" }
        if segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) {
            return "must not have a segment \".\" or \"..\""
        }
        let first = String(Substring(segments[1]))
        if ["healthz", "readyz", "metrics", "status", ".well-known"].contains(first) {
            return "/\(first) is reserved for the gateway itself"
        }
        return nil
    }

    private static func isPathCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
