#if canImport(Glibc)
    import Glibc
#endif

/// Decides when it is worth giving memory back to the system: when most of very many connections have ended.
struct HeapWatch: Sendable {
    /// Ticks between two looks.
    private static let interval = 20
    /// Fewer connections than this are not worth it.
    private static let threshold = 512

    private var most = 0
    private var ticks = 0

    /// Has seen nothing.
    init() {}

    /// Called with every tick of the loop's clock.
    mutating func shouldTrim(connections: Int) -> Bool {
        most = max(most, connections)
        ticks += 1
        guard ticks >= Self.interval else { return false }
        ticks = 0
        guard most >= Self.threshold, connections <= most / 2 else { return false }
        most = connections
        return true
    }
}

/// The memory of the process.
enum Heap {
    /// Gives free memory back to the system, where the C library keeps it otherwise.
    static func trim() {
        #if canImport(Glibc)
            // The header of `malloc_trim` is in no module, so it is looked up: `int malloc_trim(size_t pad)`.
            typealias Trim = @convention(c) (Int) -> Int32
            guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
            _ = unsafe unsafeBitCast(symbol, to: Trim.self)(0)
        #endif
    }
}
