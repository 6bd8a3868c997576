/// A file of variables that cannot be used: the first malformed line, never its text.
package struct EnvFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as the caller calls it.
    package let file: String
    /// The line, counted from 1; 0 when the file could not be read at all.
    package let line: Int
    /// What is wrong with the line.
    package let problem: String

    init(file: String, line: Int, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    init(unreadable error: FileReadError) {
        let problem =
            switch error.problem {
            case .notFound: "not found"
            case .notAFile: "is not a regular file"
            case .tooLarge(let limit): "is larger than \(limit) bytes"
            case .unreadable(let reason): reason
            }
        self.init(file: error.path, line: 0, problem: problem)
    }

    package var description: String { line == 0 ? "\(file): \(problem)" : "\(file):\(line): \(problem)" }
}
