/// Why the framing of a body is broken.
///
/// The raw values are stable words for logs and tests.
enum MalformedBody: String, Error, Sendable, Hashable {
    case chunkSize = "chunk-size"
    case chunkEnd = "chunk-end"
    case trailer
    case controlCharacter = "control-character"
    case tooMuchOverhead = "too-much-overhead"
}
