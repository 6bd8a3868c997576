/// What a server uses the cloud project id for (servers.md, first table).
package enum ProjectIDUse: Sendable, Hashable {
    /// Its paths contain it: `HUAWEICLOUD_PROJECT_ID`, or a look-up at IAM.
    case required
    /// It is only sent along when `HUAWEICLOUD_PROJECT_ID` is set; it is never looked up.
    case optional
}
