import NIOCore

/// The sizes of the buffers that channels read into: they follow what arrives, between bounds that limit what a slow reader at the other
/// end can make the gateway hold.
enum ReceiveBuffers {
    /// For clients, whose requests are small.
    static let client = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 32_768)
    /// For upstreams.
    static let upstream = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 32_768)
}
