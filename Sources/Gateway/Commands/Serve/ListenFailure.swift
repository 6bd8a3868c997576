import NIOCore
import ProcessSupport

/// Says in a few words why an address cannot be listened on.
enum ListenFailure {
    /// The words.
    static func text(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return systemErrorText(error.errnoCode).lowercased()
    }
}
