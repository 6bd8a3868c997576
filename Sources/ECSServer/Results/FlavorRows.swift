import JSONRPC

/// A part of a list of flavors, which the API sends as a whole.
///
/// The next part begins behind the last flavor of this one, also when others have come or gone in front of it since.
struct FlavorRows: Sendable {
    /// The flavors of this part.
    let flavors: [Flavor]
    /// Where the next part begins; nil = there is none.
    let next: JSONObject?

    /// The part that begins at a position, or at the beginning when that is empty.
    init(_ all: [Flavor], after position: JSONObject = [:], limit: Int) {
        var start = min(max(0, position["start"]?.intValue ?? 0), all.count)
        if let last = position["after"]?.stringValue, let index = all.firstIndex(where: { $0.id == last }) { start = index + 1 }
        flavors = Array(all[start...].prefix(limit))
        let end = start + flavors.count
        next = end < all.count ? ["start": .int(end), "after": .optional(flavors.last?.id)] : nil
    }
}
