/// The environment variables of the applications that the deployer sets by itself, or that have to stay as the image has
/// them.
package enum ReservedVariables {
    /// Those that it sets.
    static let own: Set<String> = ["HOST_ROLE", "DATABASE_URL", "REDIS_URL"]

    private static let database =
        "The applications use the database that is made for them, which “backup” and “restore” know. Its image and memory "
        + "are under “databases”."
    private static let redis =
        "The applications use the Redis that is made for them. Its image and memory are under “databases”."
    private static let port = "The proxy and the health check speak to the pages on the image's own port."

    /// Why nobody else may set one, in sentences; nil where anybody may.
    package static func reason(_ name: String) -> String? {
        // A secret may also be the path of a file that holds it.
        switch name.hasSuffix("_FILE") ? String(name.dropLast(5)) : name {
        case "HOST_ROLE": "Each application has a role of its own, which the deployer sets."
        case "DATABASE_URL", "HOST_DATABASE_URL": database
        case "REDIS_URL", "HOST_REDIS_URL": redis
        case "PORT", "HOST_WEB_PORT": port
        case "HOST_WEB_ADDRESS": "In a container the pages listen everywhere; else the proxy would not reach them."
        case "HOST_HEALTH_PORT": "By this port each container says whether it is well."
        default: nil
        }
    }
}
