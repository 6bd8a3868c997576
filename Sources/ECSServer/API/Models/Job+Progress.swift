extension Job {
    /// How far a job or a part of it has come (ecs.md §2.4).
    enum Progress: Sendable, Hashable {
        /// It goes on by itself; also what is not understood.
        case running
        /// It does not go on before a person has done something.
        case needsPerson
        /// It has succeeded or failed.
        case ended

        init(_ status: String?) {
            self =
                switch status {
                case "SUCCESS", "FAIL": .ended
                case "PENDING_PAYMENT": .needsPerson
                default: .running
                }
        }
    }

    /// How far the job has come.
    var progress: Progress { Progress(status) }
}
