import ArgumentParser

/// How `config preview` and `explain` print.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json
}
