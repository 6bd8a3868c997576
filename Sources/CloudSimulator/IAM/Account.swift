/// The one account of the simulated cloud and the user whose access key it knows.
struct Account: Sendable, Hashable {
    var domainID: String
    var domainName: String
    var userID: String
    var userName: String

    /// The account of the demo.
    static let demo = Account(
        domainID: "d0000000000000000000000000000acc",
        domainName: "demo-account",
        userID: "d000000000000000000000000000ad01",
        userName: "demo-admin"
    )
}
