/// Where the admin listener is (gateway.md §4): always on loopback.
enum AdminPort: Sendable, Hashable {
    /// There is none.
    case off
    /// This port, which must be free; 0 is any free one.
    case required(Int)
    /// The default one; when it is taken there is no admin listener.
    case preferred(Int)
}
