import BenchmarkKit

/// The benchmarks of this program.
///
/// The gateway's data path and the tools' own work belong to executables, which no other program can link: their budgets are in
/// `Tests/GatewayTests/Budgets` and `Tests/ECSServerTests/Budgets`.
enum Subjects {
    /// All of them, in the order of the table.
    static func all() throws -> [Benchmark] {
        try MessageSubjects.all() + SigningSubjects.all() + SchemaSubjects.all() + AssertionSubjects.all()
    }
}
