package import JSONRPC

/// What a server says about its confirm tool; everything else about it is the same for all servers.
package struct Confirmation: Sendable {
    /// The name for people.
    package var title: String
    /// What the results mean, appended to the common description.
    package var notes: String
    /// The JSON Schema of `data`: the results of all operations that can be confirmed.
    package var output: JSONObject

    /// The texts.
    package init(title: String = "Confirm a pending operation", notes: String = "", output: JSONObject = ["type": "object"]) {
        self.title = title
        self.notes = notes
        self.output = output
    }
}
