import JSONRPC

/// The audit trail of the demo before it began: a week in a small company's account.
enum BuiltInTraces {
    static func make() -> [TraceRecord] {
        (single + days.flatMap(daily) + objects).sorted { $0.ageSeconds > $1.ageSeconds }
    }

    private static let day = 86_400
    private static let days = Array(0..<7)

    /// What happens every day: somebody logs in, the CI servers are started in the morning and stopped in the evening.
    private static func daily(_ number: Int) -> [TraceRecord] {
        let start = number * day
        let server = BuiltInServers.id("ci-runner-03")
        return [
            BuiltInTrace(
                name: "login",
                service: "IAM",
                resource: ("user", "anna", IdentifierDigest.hex(of: "user anna", count: 32)),
                user: "anna",
                origin: "ConsoleAction",
                code: "302"
            ).record(age: start + 30_000),
            BuiltInTrace(
                name: "startServer",
                service: "ECS",
                resource: ("ecs", "ci-runner-03", server),
                user: "ci-bot",
                request: #"{"os-start":{"servers":[{"id":"\#(server)"}]}}"#,
                response: #"{"job_id":"ff80808294\#(IdentifierDigest.hex(of: "start \(number)", count: 22))"}"#
            ).record(age: start + 28_000),
            BuiltInTrace(
                name: "stopServer",
                service: "ECS",
                resource: ("ecs", "ci-runner-03", server),
                user: "ci-bot",
                request: #"{"os-stop":{"servers":[{"id":"\#(server)"}],"type":"SOFT"}}"#,
                response: #"{"job_id":"ff80808294\#(IdentifierDigest.hex(of: "stop \(number)", count: 22))"}"#
            ).record(age: start + 1_700),
        ]
    }

    private static let single: [TraceRecord] = [
        BuiltInTrace(
            name: "createServer",
            service: "ECS",
            resource: ("ecs", "search-prod-02", BuiltInServers.id("search-prod-02")),
            user: "demo-admin",
            rating: "incident",
            request:
                #"{"server":{"name":"search-prod-02","flavorRef":"m6.xlarge.8","adminPass":"Not-A-Real-Password-3","user_data":"IyEvYmluL3No"}}"#,
            response: #"{"job_id":"ff8080829400000000000000000d0002"}"#,
            message: "No valid host was found"
        ).record(age: 2 * day),
        BuiltInTrace(
            name: "createAccessKey",
            service: "IAM",
            resource: ("credential", "ci-bot", "NOTAREALACCESSKEY002"),
            user: "demo-admin",
            request: #"{"credential":{"user_id":"ci-bot","description":"for the runners"}}"#,
            response:
                #"{"credential":{"access":"NOTAREALACCESSKEY002","secret":"NotARealSecretKey0000000000000000000Demo","status":"active"}}"#,
            code: "201"
        ).record(age: 3 * day + 600),
        BuiltInTrace(
            name: "login",
            service: "IAM",
            resource: ("user", "root", IdentifierDigest.hex(of: "user root", count: 32)),
            user: "root",
            origin: "ConsoleAction",
            rating: "warning",
            request: #"{"username":"root","password":"Not-A-Real-Password-4"}"#,
            response: "login failed: password=Not-A-Real-Password-4 is wrong",
            message: "Login failed",
            code: "401"
        ).record(age: day + 4_000),
        BuiltInTrace(
            name: "createSecurityGroupRule",
            service: "VPC",
            resource: ("security-group-rule", "sg-web", IdentifierDigest.uuid(of: "security group sg-web")),
            user: "anna",
            origin: "ConsoleAction",
            request: #"{"security_group_rule":{"direction":"ingress","port_range_min":"443","remote_ip_prefix":"0.0.0.0/0"}}"#,
            response: #"{"security_group_rule":{"id":"\#(IdentifierDigest.uuid(of: "rule 443"))"}}"#,
            code: "201"
        ).record(age: 4 * day),
        BuiltInTrace(
            name: "deleteServer",
            service: "ECS",
            resource: ("ecs", "web-prod-05", IdentifierDigest.uuid(of: "server web-prod-05")),
            user: nil,
            origin: "SystemAction",
            message: "Scaled in by AS group web-prod"
        ).record(age: 5 * day + 1_234),
        BuiltInTrace(
            name: "attachVolume",
            service: "EVS",
            resource: ("evs", "volume-db-02", IdentifierDigest.uuid(of: "volume 1 of db-prod-02")),
            user: "demo-admin",
            request: #"{"volumeAttachment":{"volumeId":"\#(IdentifierDigest.uuid(of: "volume 1 of db-prod-02"))","device":"/dev/vdb"}}"#
        ).record(age: 6 * day),
        BuiltInTrace(
            name: "createInstance",
            service: "RDS",
            resource: ("instance", "orders", IdentifierDigest.hex(of: "rds orders", count: 32)),
            user: "anna",
            rating: "warning",
            request: largeRequest,
            response: #"{"errCode":"DBS.200603","externalMessage":"The quota is not sufficient."}"#,
            message: "The quota is not sufficient.",
            code: "403"
        ).record(age: day / 2),
        BuiltInTrace(
            name: "rebootServer",
            service: "ECS",
            resource: ("ecs", "api-prod-03", BuiltInServers.id("api-prod-03")),
            user: "anna",
            origin: "ConsoleAction",
            request: #"{"reboot":{"servers":[{"id":"\#(BuiltInServers.id("api-prod-03"))"}],"type":"SOFT"}}"#,
            response: #"{"job_id":"ff8080829400000000000000000d0004"}"#
        ).record(age: 900),
        BuiltInTrace(
            name: "resizeServer",
            service: "ECS",
            resource: ("ecs", "vpn-gateway-01", BuiltInServers.id("vpn-gateway-01")),
            user: "demo-admin",
            request: #"{"resize":{"flavorRef":"c6.xlarge.2"}}"#,
            response: #"{"order_id":"CS2609241123042"}"#
        ).record(age: 7_200),
    ]

    /// Longer than any tool shows.
    private static let largeRequest: String = {
        let parameters = (0..<220).map { #"{"name":"parameter_\#($0)","value":"\#($0 * 7)"}"# }.joined(separator: ",")
        return #"{"name":"orders","password":"Not-A-Real-Password-5","configuration":[\#(parameters)]}"#
    }()

    /// Data events: objects that were read and written in OBS.
    private static let objects: [TraceRecord] = (0..<45).map { number in
        let action = ["GET.OBJECT", "PUT.OBJECT", "HEAD.OBJECT", "DELETE.OBJECT"][number % 4]
        return BuiltInTrace(
            name: action,
            service: "OBS",
            resource: ("bucket", number % 3 == 0 ? "shop-backup" : "shop-static", nil),
            user: number % 5 == 0 ? "anna" : "ci-bot",
            origin: number % 2 == 0 ? "ObsSDK" : "ObsAPI",
            kind: .data,
            rating: number % 11 == 10 ? "warning" : "normal",
            request: #"{"key":"reports/\#(number).csv"}"#,
            code: number % 11 == 10 ? "404" : "200"
        ).record(age: 300 + number * 13_000)
    }
}
