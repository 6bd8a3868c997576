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

    private let expectation: AuditExpectation
    /// Where the first record stands.
    private var beginning: (file: String, line: Int)?
    /// Where the last record stands.
    private var end: (file: String, line: Int)?
    /// The record with the expected hash; nil when it has not come.
    private var expected: Int?

    /// Nothing is checked yet.
    package init(expecting expectation: AuditExpectation = AuditExpectation()) {
        self.expectation = expectation
        if isExpected(chain) { expected = 0 }
    }

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
        if records == 0 {
            first = record.sequence
            beginning = (file, line)
        }
        records += 1
        chain = record.chain
        end = (file, line)
        if isExpected(chain) { expected = chain.sequence }
    }

    /// Checks that the chain, of which all lines have been checked, has the expected ends.
    ///
    /// - Parameter file: What to name when there are no records.
    package func checkEnds(of file: String) throws(Break) {
        if expectation.fromStart, first != 1 {
            guard let beginning else {
                throw Break(file: file, line: 0, problem: "there are no records, so that the chain does not begin here")
            }
            throw Break(
                file: beginning.file,
                line: beginning.line,
                problem: "the chain begins with record \(first), not with record 1: files are missing, or were cut off at their beginning"
            )
        }
        guard let hash = expectation.lastHash, !isExpected(chain) else { return }
        let place = end ?? (file, 0)
        throw Break(file: place.file, line: place.line, problem: endProblem(hash))
    }

    private func endProblem(_ hash: String) -> String {
        guard let expected else {
            return
                "the chain ends with \(records == 0 ? "no record" : "record \(chain.sequence)"), and no record here has the expected hash "
                + "\(hash): records were cut off at the end, or the hash is that of another trail"
        }
        let owner = expected == 0 ? "a chain without records" : "record \(expected)"
        return
            "the expected hash is that of \(owner), but the chain goes on to record \(chain.sequence): records were added since it was noted"
    }

    private func isExpected(_ chain: AuditChain) -> Bool {
        guard let hash = expectation.lastHash else { return false }
        return hash.utf8.elementsEqual(chain.hash.utf8)
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
