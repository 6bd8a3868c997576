import FoundationEssentials
import ProcessSupport
import Synchronization

/// `Benchmarks/budgets.json` on the disk.
package struct BudgetFile: Sendable {
    /// Suites of one test process may be updated side by side.
    private static let writing = Mutex(())

    private let path: String

    /// The file at this path.
    package init(path: String) { self.path = path }

    /// The file's content.
    ///
    /// - Throws: When it cannot be read or is malformed.
    package func read() throws -> Budgets {
        do {
            return try Budgets(try readFile(path))
        } catch let error as Budgets.Malformed {
            throw Budgets.Malformed(description: "\(path): \(error)")
        }
    }

    /// Makes the measurements the budgets of a suite, in a file that need not exist yet.
    ///
    /// - Throws: When it cannot be read or written.
    package func replace(with measurements: [Measurement], suite: String, build: BuildKind = .current) throws {
        try Self.writing.withLock { _ in
            var budgets = FileManager.default.fileExists(atPath: path) ? try read() : Budgets()
            budgets.replace(with: measurements, suite: suite, build: build)
            try Data(budgets.bytes).write(to: URL(filePath: path), options: .atomic)
        }
    }
}
