#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An IPv4 or IPv6 address as its bytes.
package struct IPAddress: Sendable, Hashable {
    /// Four or sixteen bytes in network order.
    package let bytes: [UInt8]

    /// Parses the usual notation: four decimal numbers, or IPv6 without brackets and without a zone.
    ///
    /// Nil for everything else.
    package init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes[..<4])
        } else if unsafe inet_pton(AF_INET6, text, &bytes) == 1 {
            self.bytes = bytes
        } else {
            return nil
        }
    }

    /// 127.0.0.0/8, `::1`, and `::ffff:127.0.0.0/104`, which is the first one as an IPv6 socket sees it.
    package var isLoopback: Bool {
        if bytes.count == 4 { return bytes[0] == 127 }
        if isMapped { return bytes[12] == 127 }
        return bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The IPv4 address that an IPv4-mapped IPv6 address (`::ffff:192.0.2.7`) stands for; every other address as it is.
    package var unmapped: IPAddress { isMapped ? IPAddress(bytes: Array(bytes[12...])) : self }

    /// The address with all bits behind the first `length` ones cleared.
    package func masked(to length: Int) -> IPAddress {
        var bytes = bytes
        for index in bytes.indices {
            let kept = min(max(length - 8 * index, 0), 8)
            bytes[index] &= UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
        return IPAddress(bytes: bytes)
    }

    /// The usual notation, that of RFC 5952 for IPv6.
    package var text: String {
        var buffer = [CChar](repeating: 0, count: 64)
        let isWritten = unsafe inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &buffer, socklen_t(buffer.count)) != nil
        let characters = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return isWritten ? String(decoding: characters, as: UTF8.self) : ""
    }

    private var isMapped: Bool {
        bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    }
}
