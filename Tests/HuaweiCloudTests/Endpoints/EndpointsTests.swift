import HuaweiCloud
import Testing

/// huaweicloud-http.md §3.
@Suite struct EndpointsTests {
    private func hosts(_ service: CloudService, _ region: String, _ overrides: [String: String] = [:]) throws(CloudError) -> [String] {
        try Endpoints { overrides[$0] }.endpoints(for: service, region: region).map(\.description)
    }

    @Test(arguments: [(CloudService.ecs, 33), (.cts, 34), (.iam, 34), (.pipeline, 15)])
    func theTableHasAllRegions(service: CloudService, count: Int) {
        #expect(RegionTable.regions(offering: service).count == count)
    }

    @Test func own27IAMHosts() throws {
        let own = try RegionTable.regions(offering: .iam).filter { try hosts(.iam, $0) == ["https://iam.\($0).myhuaweicloud.com"] }
        #expect(own.count == 27)
        #expect(try hosts(.iam, "cn-north-11") == ["https://iam.myhuaweicloud.com"])
    }

    @Test(arguments: [
        (CloudService.ecs, "af-south-1", ["https://ecs.af-south-1.myhuaweicloud.com"]),
        (.cts, "af-south-1", ["https://cts.af-south-1.myhuaweicloud.com", "https://cts.af-south-1.myhuaweicloud.cn"]),
        (.cts, "af-north-1", ["https://cts.af-north-1.myhuaweicloud.com", "https://cts.af-north-1.myhuaweicloud.africa"]),
        (.cts, "eu-west-101", ["https://cts.eu-west-101.myhuaweicloud.eu"]),
        (.pipeline, "cn-north-4", ["https://cloudpipeline-ext.cn-north-4.myhuaweicloud.com"]),
        (.pipeline, "la-south-2", ["https://pipeline-external.la-south-2.myhuaweicloud.com"]),
        (.pipeline, "me-east-1", ["https://pipeline.me-east-1.myhuaweicloud.com"]),
        (.ecs, "  cn-north-4\n", ["https://ecs.cn-north-4.myhuaweicloud.com"]),
    ])
    func table(service: CloudService, region: String, expected: [String]) throws {
        #expect(try hosts(service, region) == expected)
    }

    @Test(arguments: [
        (CloudService.ecs, "ru-northwest-2"), (.pipeline, "ae-ad-1"), (.cts, "xx-nowhere-1"), (.ecs, "CN-NORTH-4"), (.ecs, ""), (.iam, "x"),
    ])
    func unknownRegion(service: CloudService, region: String) {
        let error = #expect(throws: CloudError.self) { try hosts(service, region) }
        #expect(error?.code == "UNSUPPORTED_REGION")
        #expect(error?.retryable == nil)
        #expect(error?.statusCode == nil)
        #expect(error?.hint?.contains(Endpoints.variable(for: service, region: region)) == true)
        for region in RegionTable.regions(offering: service) { #expect(error?.hint?.contains(region) == true) }
        #expect(!Endpoints().isKnown(region, for: service))
    }

    @Test(arguments: [
        (CloudService.ecs, "af-south-1", "HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1"),
        (.cts, "cn-north-4", "HUAWEICLOUD_SDK_REGION_CTS_CN_NORTH_4"),
        (.pipeline, " la-south-2 ", "HUAWEICLOUD_SDK_REGION_CODEARTSPIPELINE_LA_SOUTH_2"),
        (.iam, "af-south-1", "HUAWEICLOUD_SDK_IAM_ENDPOINT"),
    ])
    func overrideVariables(service: CloudService, region: String, name: String) {
        #expect(Endpoints.variable(for: service, region: region) == name)
    }

    @Test func theOverrideWinsAndMakesARegionValid() throws {
        let overrides = [
            "HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1": "127.0.0.1:1", "HUAWEICLOUD_SDK_REGION_ECS_LAB_1": " http://a:2 , b ,",
            "HUAWEICLOUD_SDK_IAM_ENDPOINT": "http://iam.local",
        ]
        #expect(try hosts(.ecs, "af-south-1", overrides) == ["https://127.0.0.1:1"])
        #expect(try hosts(.ecs, "lab-1", overrides) == ["http://a:2", "https://b"])
        #expect(try hosts(.iam, "lab-1", overrides) == ["http://iam.local"])
        #expect(Endpoints { overrides[$0] }.isKnown("lab-1", for: .ecs))
        #expect(!Endpoints { overrides[$0] }.isKnown("lab-1", for: .cts))
    }

    @Test(arguments: ["", "  ", "\t"])
    func aBlankOverrideIsNotSet(_ value: String) throws {
        #expect(try hosts(.ecs, "af-south-1", ["HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1": value]).count == 1)
        #expect(throws: CloudError.self) { try hosts(.ecs, "lab", ["HUAWEICLOUD_SDK_REGION_ECS_LAB": value]) }
    }

    @Test(arguments: ["https://a/v1", "a b", ",", "http://good,ftp://bad"])
    func aMalformedOverrideIsAStartupProblemAndNeverIgnored(_ value: String) throws {
        let name = "HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1"
        let endpoints = Endpoints { $0 == name ? value : nil }
        let problems = endpoints.problems(for: [.ecs, .cts, .iam], region: "af-south-1")
        #expect(problems.map(\.variable) == [name])
        #expect(problems.first?.message.contains(value) == false)
        #expect(throws: CloudError.self) { try endpoints.endpoints(for: .ecs, region: "af-south-1") }
        #expect(Endpoints().problems(for: CloudService.allCases, region: "af-south-1").isEmpty)
    }
}
