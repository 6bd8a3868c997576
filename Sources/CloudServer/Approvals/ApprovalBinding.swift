/// To whom and to what an approval belongs (approvals.md §1).
package struct ApprovalBinding: Sendable, Hashable {
    /// The caller that asked for the operation.
    package let owner: ApprovalOwner
    /// The service whose confirm tool executes it.
    package let service: String
    /// The tool of the call that asked for it.
    package let tool: String

    /// A binding.
    package init(owner: ApprovalOwner, service: String, tool: String) {
        self.owner = owner
        self.service = service
        self.tool = tool
    }
}
