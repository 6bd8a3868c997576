#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writing to a file descriptor.
package enum Descriptor {
    /// How long a full pipe may hold up a line, in milliseconds, before the line is given up.
    private static let patience: Int32 = 1000

    /// Writes all bytes, in one call unless the system takes fewer; returns 0 or the system's error number.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer[...]
            while unsafe !rest.isEmpty {
                let count = unsafe systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count >= 0 {
                    unsafe rest = rest.dropFirst(count)
                    continue
                }
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // Somebody made the pipe non-blocking and its reader is slow.
                    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    if unsafe systemPoll(&poll) <= 0 { return EAGAIN }
                case let code: return code
                }
            }
            return 0
        }
    }

    private static func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            unsafe Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
            unsafe Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func systemPoll(_ descriptor: UnsafeMutablePointer<pollfd>) -> Int32 {
        unsafe poll(descriptor, 1, patience)
    }
}
