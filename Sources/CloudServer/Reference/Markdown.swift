/// The few forms of GitHub-flavoured Markdown that the tool reference consists of.
enum Markdown {
    /// Running text: what would be markup is escaped, code between backticks stays.
    static func text(_ text: String) -> String {
        var output = ""
        var isCode = false
        for scalar in ErrorText.singleLine(text).unicodeScalars {
            switch scalar {
            case "`": isCode.toggle()
            case "*", "<", "[", "\\": if !isCode { output += "\\" }
            default: break
            }
            output.unicodeScalars.append(scalar)
        }
        return output
    }

    /// A code span, which may hold backticks.
    static func code(_ text: String) -> String { text.contains("`") ? "`` \(text) ``" : "`\(text)`" }

    /// A table; cells are Markdown already.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---" }] + rows).map(row).joined(separator: "\n")
    }

    /// A cell ends at a bar, even in a code span.
    private static func row(_ cells: [String]) -> String {
        "| " + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }.joined(separator: " | ")
            + " |"
    }
}
