/// Where a key is: `file:PATH`, `env:NAME`, or the PEM text itself (gateway.md §7.2).
///
/// The value of a variable may be a key spec again, up to three variables in a row. In inline PEM a literal `\n` counts as a line feed.
package struct KeySpec: Sendable {
    /// How many variables may refer to one another.
    package static let maximumDepth = 3

    private let text: Secret
    private let name: String

    /// A key spec that stands in the member or variable of this name; errors begin with the name.
    package init(_ text: String, named name: String) {
        self.text = Secret(text)
        self.name = name
    }

    /// Follows the spec and reads the PEM text.
    ///
    /// Relative paths start at `baseFolder`, or at the working folder when that is nil.
    package func load(
        environment: Environment,
        baseFolder: String? = nil,
        readFile: FileReader = readFile
    ) throws(KeySpecError) -> KeyMaterial {
        var spec = text.reveal().trimmed
        var source = name
        var place = ""
        var depth = 0
        while spec.hasPrefix("env:") {
            let variable = spec.dropFirst(4).trimmed
            depth += 1
            guard depth <= Self.maximumDepth else {
                throw failure("max depth: variables may refer to one another \(Self.maximumDepth) times at most")
            }
            guard !variable.isEmpty else { throw failure("env: names no variable\(place)") }
            guard let value = environment[variable] else { throw failure("variable \(shown(variable)) is not set\(place)") }
            spec = value.trimmed
            guard !spec.isEmpty else { throw failure("variable \(shown(variable)) is empty\(place)") }
            source = shown(variable)
            place = " (in variable \(source))"
        }
        guard !spec.isEmpty else { throw failure("is empty") }
        if spec.hasPrefix("file:") { return try load(file: String(spec.dropFirst(5)), place, baseFolder, readFile) }
        guard spec.contains("-----BEGIN ") else {
            throw failure("must be file:PATH, env:NAME or PEM text\(place)")
        }
        return try material(spec.replacingLiteralLineFeeds(), source: source, place)
    }

    private func load(file: String, _ place: String, _ baseFolder: String?, _ readFile: FileReader) throws(KeySpecError) -> KeyMaterial {
        var path = file.trimmed
        if path.hasPrefix("//") {
            guard path.hasPrefix("///") else { throw failure("must be file:PATH or file:///absolute/path\(place)") }
            path = String(path.dropFirst(2))
        }
        guard !path.isEmpty else { throw failure("file: names no file\(place)") }
        if !path.hasPrefix("/"), let baseFolder, !baseFolder.isEmpty {
            path = baseFolder.hasSuffix("/") ? baseFolder + path : "\(baseFolder)/\(path)"
        }
        let bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(path)
        } catch {
            throw failure("file \(shown(error.description))\(place)")
        }
        guard let text = String(strictUTF8: bytes) else { throw failure("file \(shown(path)) is not a PEM text\(place)") }
        guard !text.trimmed.isEmpty else { throw failure("file \(shown(path)) is empty\(place)") }
        return try material(text, source: path, " (in file \(shown(path)))")
    }

    private func material(_ text: String, source: String, _ place: String) throws(KeySpecError) -> KeyMaterial {
        do throws(PEM.Failure) {
            return KeyMaterial(blocks: try PEM.parse(text), text: Secret(text), name: name, source: source)
        } catch {
            throw failure("\(error.problem)\(place)")
        }
    }

    private func failure(_ message: String) -> KeySpecError { KeySpecError(name: name, message: message) }

    /// A name or path for a message, unless it looks as if somebody had put a key behind the wrong prefix.
    private func shown(_ text: String) -> String {
        let words = text.utf8.split { !$0.isASCIILetterOrDigit }
        let isKey = words.contains { word in
            word.count >= 24 && word.contains(where: \.isASCIIUppercase) && word.contains(where: \.isASCIILowercase)
                && word.contains(where: \.isASCIIDigit)
        }
        return isKey || text.contains("-----") || text.utf8.count > 1024 ? "<not shown>" : LogText.escaped(text)
    }
}

extension String {
    /// The text with each literal `\n` turned into a line feed.
    fileprivate func replacingLiteralLineFeeds() -> String {
        var result = ""
        var rest = self[...]
        while let backslash = rest.firstIndex(of: "\\") {
            result += rest[..<backslash]
            let next = rest.index(after: backslash)
            if next < rest.endIndex, rest[next] == "n" {
                result += "\n"
                rest = rest[rest.index(after: next)...]
            } else {
                result += "\\"
                rest = rest[next...]
            }
        }
        return result + rest
    }
}
