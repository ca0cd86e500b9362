/// What one application of the environment should be.
struct ApplicationTarget: Sendable {
    let role: ApplicationRole
    let settings: [String: CoolifyValue]
    let variables: ApplicationVariables
    /// Of the image, 64 digits; nil where nobody knows.
    let digits: String?

    /// The port on which the image's web pages are.
    private static let port = "8080"

    init(
        _ wish: ApplicationWish,
        image: ApplicationImage,
        digits: String?,
        address: String,
        variables: ApplicationVariables
    ) {
        role = wish.role
        self.variables = variables
        self.digits = digits
        settings = image.fields.merging(Self.settings(wish, address: address)) { first, _ in first }
    }

    private static func settings(_ wish: ApplicationWish, address: String) -> [String: CoolifyValue] {
        var settings: [String: CoolifyValue] = [
            "limits_memory": .text(wish.memory),
            // The image has no curl; its own program asks itself.
            "health_check_enabled": true,
            "health_check_type": "cmd",
            "health_check_command": "host health",
            "health_check_interval": 5,
            "health_check_timeout": 6,
            // With the pause before them, more than 2 minutes: a new version may have much to migrate.
            "health_check_retries": 30,
            "health_check_start_period": 10,
            // With a fixed name the old container is stopped before the new one starts, so that there are never two.
            "is_consistent_container_name_enabled": .flag(wish.role == .scheduler),
        ]
        if wish.role == .web {
            settings["ports_exposes"] = .text(port)
            settings["domains"] = .text(address)
        }
        return settings
    }

    /// Stands for all of it; what was deployed with the same one needs no deployment.
    var stamp: String {
        var values = variables.wanted.mapValues(\.value)
        // No key of a variable has a space.
        for (field, value) in settings { values["setting \(field)"] = value.word }
        return Stamp.of(values)
    }
}

extension ApplicationRole {
    /// In Coolify's dashboard.
    var applicationName: String { "price-monitor-\(rawValue)" }
}
