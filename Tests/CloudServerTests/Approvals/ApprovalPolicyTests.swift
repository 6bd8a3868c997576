import Testing

@testable import CloudServer

@Suite struct ApprovalPolicyTests {
    private let ada = ApprovalOwner(subject: "ada", tenant: "acme")

    @Test(arguments: [ApprovalPolicy.automatic, .twoPhase])
    func theSameSubjectOfTheSameTenantConfirms(policy: ApprovalPolicy) {
        #expect(policy.allows(ada, toConfirmFor: ada))
        #expect(!policy.allows(ApprovalOwner(subject: "bob", tenant: "acme"), toConfirmFor: ada))
        #expect(!policy.allows(ApprovalOwner(subject: "ada", tenant: "other"), toConfirmFor: ada))
        #expect(!policy.allows(ApprovalOwner(subject: "ada", tenant: ""), toConfirmFor: ada))
    }

    @Test func fourEyesNeedsAnotherSubjectOfTheSameTenant() {
        #expect(!ApprovalPolicy.fourEyes.allows(ada, toConfirmFor: ada))
        #expect(ApprovalPolicy.fourEyes.allows(ApprovalOwner(subject: "bob", tenant: "acme"), toConfirmFor: ada))
        #expect(!ApprovalPolicy.fourEyes.allows(ApprovalOwner(subject: "bob", tenant: "other"), toConfirmFor: ada))
    }

    @Test func underElicitNobodyConfirms() { #expect(!ApprovalPolicy.elicit.allows(ada, toConfirmFor: ada)) }

    @Test func theAuditNamesThePathOfConsent() {
        #expect(ApprovalPolicy.automatic.confirmedPath.rawValue == "two-phase")
        #expect(ApprovalPolicy.fourEyes.confirmedPath.rawValue == "four-eyes")
    }
}
