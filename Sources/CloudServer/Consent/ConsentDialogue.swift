import JSONRPC
import MCP

/// What an answer of the user comes to, as a pure state machine: no clock, no client, no cloud (consent.md §2).
struct ConsentDialogue: Sendable, Hashable {
    /// What came back.
    enum Answer: Sendable, Hashable {
        /// The user did something with the form.
        case form(ElicitResult)
        /// Nothing in time.
        case none
        /// The client cannot ask although it said so, or its answer makes no sense.
        case refused
    }

    /// What follows.
    enum Step: Sendable, Hashable {
        /// The user consented.
        case execute
        /// The same question again.
        case askAgain
        /// It is over.
        case end(ConsentRefusal)
    }

    /// How often the user is asked.
    static let attempts = 2

    /// What must be typed.
    let phrase: ConsentPhrase
    /// Which time it is that the user is asked, from 1.
    private(set) var attempt: Int

    /// A dialogue whose question has been asked this often.
    init(phrase: ConsentPhrase, attempt: Int = 1) {
        self.phrase = phrase
        self.attempt = attempt
    }

    /// Takes an answer.
    mutating func receive(_ answer: Answer) -> Step {
        switch answer {
        case .none: return .end(.expired)
        case .refused: return .end(.unavailable(.clientFailed))
        case .form(.decline): return .end(.declined)
        case .form(.cancel): return .end(.cancelled)
        case .form(.accept(let content)):
            if phrase.matches(content[ConsentQuestion.key]?.stringValue) { return .execute }
            guard attempt < Self.attempts else { return .end(.mismatch) }
            attempt += 1
            return .askAgain
        }
    }
}
