/// The state of ECS: servers, flavors, jobs, and what deleted servers left behind.
///
/// A pure value: every operation takes the time and answers or throws; nothing happens in between.
struct Compute: Sendable, Hashable {
    /// Newest first, as the API lists them.
    var servers: [Server]
    var flavors: [Flavor]
    /// The jobs that are under way, oldest first.
    var activeJobs: [Job]
    /// The jobs that ended or wait for payment, in the order in which they did; the oldest are forgotten.
    var finishedJobs: [Job]
    /// Data disks that outlived their servers.
    var detachedVolumes: [AttachedVolume] = []
    /// Elastic IPs that outlived their servers.
    var unboundAddresses: [String] = []

    /// How many finished jobs can be asked for.
    static let rememberedJobs = 5_000

    /// The state of a data set.
    init(servers: [Server], flavors: [Flavor], jobs: [Job]) {
        self.servers = servers.sorted { ($0.created, $1.id) > ($1.created, $0.id) }
        self.flavors = flavors
        activeJobs = jobs.filter { !$0.status.isFinal }
        finishedJobs = jobs.filter(\.status.isFinal)
    }

    /// The server's place, by its identifier in any letter case.
    func index(of serverID: String) -> Int? {
        let wanted = ASCIIText.lowercased(serverID)
        return servers.firstIndex { $0.id.utf8.elementsEqual(wanted.utf8) }
    }

    /// The server of an identifier in any letter case.
    func server(_ serverID: String) -> Server? { index(of: serverID).map { servers[$0] } }

    /// The flavor of an identifier.
    func flavor(_ flavorID: String) -> Flavor? { flavors.first { $0.id.utf8.elementsEqual(flavorID.utf8) } }
}
