/// Which forms of answer an `Accept` header allows (RFC 9110 §12.5.1).
struct AcceptedForms: OptionSet, Sendable {
    let rawValue: UInt8

    /// A single JSON document.
    static let json = AcceptedForms(rawValue: 1)
    /// An event stream.
    static let eventStream = AcceptedForms(rawValue: 2)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Reads the header's value; without one every form is allowed.
    ///
    /// Ranges with `q=0` allow nothing.
    init(header: String?) {
        guard let header else {
            self = [.json, .eventStream]
            return
        }
        self = []
        for range in header.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = range.split(separator: UInt8(ascii: ";"))
            guard let type = parts.first, !parts.dropFirst().contains(where: Self.isZero) else { continue }
            switch String(decoding: type.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased() {
            case "*/*": formUnion([.json, .eventStream])
            case "application/json", "application/*": formUnion(.json)
            case "text/event-stream", "text/*": formUnion(.eventStream)
            default: break
            }
        }
    }

    private static func isZero(_ parameter: some Collection<UInt8>) -> Bool {
        let text = String(decoding: parameter.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
        guard text.hasPrefix("q=") else { return false }
        return text.dropFirst(2).allSatisfy { $0 == "0" || $0 == "." }
    }
}
