import JSONRPC

/// The code of the error that parsing throws; nil when it succeeds.
func parseFailure(_ bytes: [UInt8], limits: JSONLimits = JSONLimits(), duplicates: DuplicateKeys = .rejected) -> JSONParseError.Code? {
    parseError(bytes, limits: limits, duplicates: duplicates)?.code
}

/// The error that parsing throws; nil when it succeeds.
func parseError(_ bytes: [UInt8], limits: JSONLimits = JSONLimits(), duplicates: DuplicateKeys = .rejected) -> JSONParseError? {
    do throws(JSONParseError) {
        _ = try JSONParser.parse(bytes, limits: limits, duplicates: duplicates)
        return nil
    } catch {
        return error
    }
}

/// The error that parsing throws; nil when it succeeds.
func parseError(_ text: String) -> JSONParseError? { parseError(Array(text.utf8)) }
