import JSONRPC
import MCP
import Synchronization

/// The wire form of a tool's definition in each revision, made when it is first asked for and copied from then on.
final class PreparedDefinition: Sendable {
    private let definition: Tool
    private let forms = Mutex<[ProtocolRevision: JSONValue]>([:])

    init(_ definition: Tool) { self.definition = definition }

    /// What `tools/list` shows.
    func json(_ revision: ProtocolRevision) -> JSONValue {
        forms.withLock { forms in
            if let form = forms[revision] { return form }
            let form =
                switch definition.json(revision) {
                case .object(let object): JSONValue.object(object.prepared())
                case let other: other
                }
            forms[revision] = form
            return form
        }
    }
}
