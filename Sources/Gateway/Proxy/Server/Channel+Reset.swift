import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Channel {
    /// Makes the end of the connection a reset: where the end of the connection is the end of the body, nothing else shows that it is torn.
    func resetOnClose() {
        guard let options = self as? any SocketOptionProvider else { return }
        _ = options.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }
}
