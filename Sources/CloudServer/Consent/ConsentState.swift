import JSONRPC

/// What travels with the client between the rounds of a modern call, sealed (consent.md §2).
///
/// Subject, tenant, service, tool and arguments are bound by the seal itself, nonce and expiry are part of it.
struct ConsentState: Sendable, Hashable {
    /// What was previewed.
    var preview: PreviewDigest
    /// What must be typed.
    var phrase: ConsentPhrase
    /// How often the user has been asked.
    var attempt: Int
    /// The call that asked, its action and its targets, for the audit of a call that needs nothing else of them.
    var asked: AuditedOperation

    init(preview: PreviewDigest, phrase: ConsentPhrase, attempt: Int, asked: AuditedOperation) {
        self.preview = preview
        self.phrase = phrase
        self.attempt = attempt
        self.asked = asked
    }

    /// Reads what ``content`` wrote; nil for anything else.
    ///
    /// - Parameter call: The call that brings the state back.
    init?(_ content: JSONObject, of call: AuditedOperation) {
        guard let preview = content["preview"]?.stringValue, let phrase = content["phrase"]?.stringValue,
            let attempt = content["attempt"]?.intValue, attempt > 0, let callID = content["call"]?.stringValue,
            let action = content["action"]?.stringValue, let targets = content["targets"]?.arrayValue,
            let digest = content["content"]?.stringValue
        else { return nil }
        var asked = call
        asked.callID = callID
        asked.action = action
        asked.targets = targets.compactMap(\.stringValue)
        asked.contentDigest = digest
        self.init(preview: PreviewDigest(text: preview), phrase: ConsentPhrase(text: phrase), attempt: attempt, asked: asked)
    }

    /// What is sealed.
    var content: JSONObject {
        [
            "preview": .string(preview.text), "phrase": .string(phrase.text), "attempt": .int(attempt), "call": .string(asked.callID),
            "action": .string(asked.action), "targets": .array(asked.targets.map(JSONValue.string)),
            "content": .string(asked.contentDigest),
        ]
    }
}
