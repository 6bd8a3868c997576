import CloudServer
import HuaweiCloud
import JSONRPC

extension UpdateChanges {
    /// The changes as the question to the user tells them (consent.md §2).
    var consentFacts: [ConsentFact] {
        let ofBranch = branch.map { branch in
            let source = branch.sourceAlias.map { " of source \($0)" } ?? ""
            return ConsentFact("default branch" + source, "\(branch.before ?? "none") → \(branch.after)")
        }
        let ofTasks = (tasks ?? []).map { task in
            ConsentFact("task of entry \(task.sequence.text(.compact)) of the first stage", "\(task.before ?? "none") → \(task.after)")
        }
        return (ofBranch.map { [$0] } ?? []) + ofTasks
    }
}
