import Testing

@testable import Gateway

@Suite struct LoadHealthTests {
    @Test("not healthy before the first load, nor after a failure until the next one that is good") func health() {
        var load = LoadHealth()
        #expect(!load.isHealthy)
        load.failed(at: 1, "no")
        #expect(!load.isHealthy)
        load.succeeded(at: 2)
        #expect(load.isHealthy)
        load.failed(at: 3, "no")
        load.failed(at: 4, "still not")
        #expect(!load.isHealthy)
        #expect((load.lastSuccess, load.lastFailure, load.failures, load.error) == (2, 4, 3, "still not"))
        load.succeeded(at: 5)
        #expect(load.isHealthy)
        #expect((load.lastSuccess, load.lastFailure, load.failures, load.error) == (5, 4, 3, nil))
    }
}
