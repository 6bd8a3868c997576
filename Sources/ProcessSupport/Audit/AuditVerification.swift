/// Checks the records of a chain one after the other and names the first place where it is broken.
///
/// Pure: fed with lines.
package struct AuditVerification: Sendable {
    /// The first place where the chain is broken.
    package struct Break: Error, Sendable, Hashable, CustomStringConvertible {
        /// The file.
        package let file: String
        /// The line in it, from 1; 0 for the file as a whole.
        package let line: Int
        /// What is wrong there.
        package let problem: String

        /// A place.
        package init(file: String, line: Int, problem: String) {
            self.file = file
            self.line = line
            self.problem = problem
        }

        package var description: String { line == 0 ? "\(file): \(problem)" : "\(file):\(line): \(problem)" }
    }

    /// How many records were checked.
    package private(set) var records = 0
    /// The number of the first record; 0 before there is one.
    package private(set) var first = 0
    /// The end of the chain so far.
    package private(set) var chain = AuditChain.empty

    /// Nothing is checked yet.
    package init() {}

    /// Checks the next line.
    ///
    /// - Parameters:
    ///   - bytes: The line without its line feed.
    ///   - file: The file, for the break.
    ///   - line: The line's number in it.
    package mutating func check(_ bytes: some RandomAccessCollection<UInt8>, file: String, line: Int) throws(Break) {
        let record: AuditLine
        do throws(AuditLine.Fault) {
            record = try AuditLine(bytes)
        } catch {
            let expected = records > 0 ? " (record \(chain.sequence + 1) was expected)" : ""
            throw Break(file: file, line: line, problem: "the record \(error)\(expected)")
        }
        if let problem = problem(of: record) { throw Break(file: file, line: line, problem: problem) }
        if records == 0 { first = record.sequence }
        records += 1
        chain = record.chain
    }

    private func problem(of record: AuditLine) -> String? {
        let number = record.sequence
        if records == 0 {
            // An older file may have been put away: then the chain begins in the middle.
            guard number == 1, record.previous != AuditDigest.origin else { return nil }
            return "record 1 does not begin a chain"
        }
        if number > chain.sequence + 1 {
            let missing =
                chain.sequence + 1 == number - 1 ? "record \(number - 1) is" : "records \(chain.sequence + 1) to \(number - 1) are"
            return "\(missing) missing before record \(number)"
        }
        if number <= chain.sequence { return "record \(number) comes after record \(chain.sequence)" }
        if record.previous != chain.hash { return "record \(number) does not follow the record before it: that one is not the original" }
        return nil
    }
}
