#if canImport(Glibc)
    import Glibc
#endif

/// How the C library manages the memory of the process.
package enum ProcessHeap {
    /// `M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of `mallopt(3)`.
    private static let parameters: [Int32] = [-1, -3]

    /// Keeps so much free memory at hand, in bytes, before any is given back to the system.
    ///
    /// By default the C library gives back what is over 128 KB: a server whose answers are of that order would return and fetch the same
    /// pages with every call. To be called before there are threads; elsewhere than with the GNU C library it does nothing.
    package static func keep(_ bytes: Int32) {
        #if canImport(Glibc)
            // The header is in no module, so the function is looked up: `int mallopt(int param, int value)`.
            typealias Option = @convention(c) (Int32, Int32) -> Int32
            guard let symbol = unsafe dlsym(nil, "mallopt") else { return }
            let set = unsafe unsafeBitCast(symbol, to: Option.self)
            for parameter in parameters { _ = set(parameter, bytes) }
        #endif
    }
}
