import JSONRPC
import MCP
import Testing

@testable import CloudServer

/// The table of answers of consent.md §2.
@Suite struct ConsentDialogueTests {
    private static let right = ConsentDialogue.Answer.form(.accept(["confirm": " web-1 "]))
    private static let wrong = ConsentDialogue.Answer.form(.accept(["confirm": "web-2"]))
    private static let absent = ConsentDialogue.Answer.form(.accept([:]))

    @Test(
        arguments: [
            ([right], .execute), ([wrong, right], .execute), ([absent, right], .execute), ([wrong], .askAgain), ([absent], .askAgain),
            ([.form(.accept(["confirm": 1]))], .askAgain), ([.form(.accept(["confirm": .null]))], .askAgain),
            ([wrong, wrong], .end(.mismatch)), ([wrong, absent], .end(.mismatch)), ([absent, absent], .end(.mismatch)),
            ([.form(.decline)], .end(.declined)), ([.form(.cancel)], .end(.cancelled)), ([wrong, .form(.decline)], .end(.declined)),
            ([wrong, .form(.cancel)], .end(.cancelled)), ([.none], .end(.expired)), ([wrong, .none], .end(.expired)),
            ([.refused], .end(.unavailable(.clientFailed))), ([wrong, .refused], .end(.unavailable(.clientFailed))),
        ] as [([ConsentDialogue.Answer], ConsentDialogue.Step)]
    )
    func everyAnswerHasItsStep(answers: [ConsentDialogue.Answer], last: ConsentDialogue.Step) {
        var dialogue = ConsentDialogue(phrase: ConsentPhrase(text: "web-1"))
        var step: ConsentDialogue.Step?
        for answer in answers { step = dialogue.receive(answer) }
        #expect(step == last)
    }

    @Test func aDialogueThatTravelledGoesOnWhereItWas() {
        var dialogue = ConsentDialogue(phrase: ConsentPhrase(text: "web-1"), attempt: 2)
        #expect(dialogue.receive(Self.wrong) == .end(.mismatch))
    }

    @Test(arguments: [
        (ConsentRefusal.declined, "APPROVAL_DECLINED"), (.cancelled, "APPROVAL_DECLINED"), (.mismatch, "APPROVAL_DECLINED"),
        (.expired, "APPROVAL_EXPIRED"), (.unavailable(.notDeclared), "CONSENT_UNAVAILABLE"),
        (.unavailable(.clientFailed), "CONSENT_UNAVAILABLE"), (.stalePreview([]), "CONFLICT_STALE_PREVIEW"), (.role("r"), "FORBIDDEN"),
        (.identity, "UNAUTHORIZED"),
    ])
    func everyRefusalHasItsCodeAndAHint(refusal: ConsentRefusal, code: String) {
        let error = refusal.error(seconds: 120)
        #expect(error.code == code)
        #expect(error.hint?.isEmpty == false)
        #expect(error.retryable == nil)
    }
}
