public import JSONRPC

/// Takes the messages that belong to one request or one session.
public protocol MessageSink: Sendable {
    /// Sends a message.
    ///
    /// Waits while the receiver is slow; does nothing when the receiver is gone.
    func send(_ message: JSONRPCMessage) async

    /// Whether the receiver can be sent anything but the answer.
    var isOpen: Bool { get }

    /// Ends the connection but not the work, where the client can resume.
    func hangUp() async
}

extension MessageSink {
    /// Everything can be sent by default.
    public var isOpen: Bool { true }

    /// Nothing can be resumed by default.
    public func hangUp() async {}
}

/// A sink for requests whose client cannot be sent anything but the answer.
public struct DiscardingSink: MessageSink {
    /// Nothing can be sent.
    public var isOpen: Bool { false }

    /// A sink.
    public init() {}

    /// Drops the message.
    public func send(_ message: JSONRPCMessage) async {}
}
