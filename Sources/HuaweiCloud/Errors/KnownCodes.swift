/// What to do about error codes that are known (huaweicloud-http.md §6.3).
///
/// Codes are opaque: nothing but the hint depends on them.
package enum KnownCodes {
    /// The hint for a code; nil for a code that is not known.
    package static func hint(for code: String) -> String? {
        switch code {
        case authenticationFailed:
            "Authentication failed: wrong keys, expired temporary credentials, or a clock that is more than 15 minutes off."
        case "APIGW.0302", "APIGW.0306", "SYS.0403", "CTS.0002":
            "IAM does not allow this to the configured credentials; ask an administrator of the account for the permission."
        case "APIGW.0308": "The API throttles these calls; wait a while and ask for less at a time."
        case "APIGW.0101": "The API is not published in this region; this does not mean that the object is missing."
        case "Ecs.0005": "A parameter is wrong; check the arguments against the message."
        case "Ecs.0009": "The server already has this flavor; nothing needs to be done."
        case "Ecs.0019", "Ecs.0029": "The flavor was withdrawn or does not exist; choose another one from the list of flavors."
        case "Ecs.0100": "The server's status does not allow this; look at its status and wait until it fits."
        case "Ecs.0114", "Ecs.0614": "There is no such server; check the id, the region and the project."
        case "Ecs.0513": "The server is prepaid: unsubscribe from it instead of deleting it."
        case "Ecs.0605": "The server is locked; unlock it first."
        case "Ecs.0812", "Ecs.0813": "The server's drivers may not fit the flavor; install the drivers or choose another flavor."
        case "DEVPIPE.00011401", "DEVPIPE.00011136": "The pipeline id is wrong, or the pipeline belongs to another project."
        case "DEVPIPE.00011412", "DEV_21_100169":
            "The CodeArts project id is wrong (it is not the cloud project id), or the user is not a member of the project."
        case "CTS.0012": "The project id is wrong; check HUAWEICLOUD_PROJECT_ID."
        default: nil
        }
    }

    /// The code that the API gateway uses for every failure of authentication.
    static let authenticationFailed = "APIGW.0301"
}
