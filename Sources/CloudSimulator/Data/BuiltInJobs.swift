/// The jobs of the demo that were over before it began: one that went well, one that failed, one that waits for a payment.
enum BuiltInJobs {
    static func make() -> [PastJob] {
        [
            PastJob(
                id: "ff8080829400000000000000000d0001",
                type: "startServer",
                serverIDs: [BuiltInServers.id("api-prod-01")],
                status: .success,
                ageSeconds: 86_400
            ),
            PastJob(
                id: "ff8080829400000000000000000d0002",
                type: "createSingleServer",
                serverIDs: [BuiltInServers.id("search-prod-02")],
                status: .failed,
                ageSeconds: 172_800,
                failure: JobFailure(code: "Ecs.0219", reason: "No valid host was found with enough resources.")
            ),
            PastJob(
                id: "ff8080829400000000000000000d0003",
                type: "resizeServer",
                serverIDs: [BuiltInServers.id("vpn-gateway-01")],
                status: .pendingPayment,
                ageSeconds: 7_200
            ),
        ]
    }
}
