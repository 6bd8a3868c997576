/// Which page to ask for.
struct PageRequest: Sendable, Hashable {
    /// The most rows.
    var limit: Int
    /// Where it begins; nil = at the beginning.
    var marker: String?
}
