import Model
import PluginAPI
import TestSupport
import Testing

@testable import Host

/// An installed notifier with the service it speaks to.
struct RemoteService: Sendable, CustomTestStringConvertible {
    let plugin: any Notifier.Type
    /// The values that the service takes.
    let values: [String: String]
    /// A key or recipient that is well formed, but not the service's.
    let wrong: [String: String]
    /// Fresh, without messages.
    let make: @Sendable () -> FakeService

    var testDescription: String { plugin.id.text }

    /// How the service asks to be left alone for a while: by a header, or in the body.
    var wait: (seconds: Double, headers: HTTPHeaders, body: String) {
        switch plugin.id {
        case "telegram":
            (10_800, [:], "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":10800}}")
        case "discord":
            (10_800, [:], "{\"message\":\"You are being rate limited.\",\"retry_after\":10800.5,\"global\":false}")
        default: (10_800, ["Retry-After": "10800"], "")
        }
    }

    /// Every notifier that speaks HTTP, but the webhook, whose receiver is anything.
    static let all: [RemoteService] = {
        let user = "uMadeUpUserKeyOf30Characters01"
        let application = "aMadeUpTokenOfanApplication001"
        return [
            service(
                "ntfy",
                ["topic": "prices", "token": "tk_right", "server": "https://ntfy.example.org"],
                ["token": "tk_no"]
            ) {
                .ntfy(topic: "prices", token: "tk_right")
            },
            service(
                "telegram",
                ["token": "1:right", "chat": "-1001", "server": "https://telegram.example.org"],
                ["chat": "-1002"]
            ) { .telegram(token: "1:right", chat: "-1001") },
            service(
                "discord",
                ["url": "https://discord.com/api/webhooks/1/right-token"],
                ["url": "https://discord.com/api/webhooks/1/other-token"]
            ) { .discord(path: "/api/webhooks/1/right-token") },
            service(
                "slack",
                ["url": "https://hooks.slack.com/services/T0/B0/right-key"],
                ["url": "https://hooks.slack.com/services/T0/B0/other-key"]
            ) { .slack(path: "/services/T0/B0/right-key") },
            service("gotify", ["server": "https://gotify.example.org", "token": "Aright"], ["token": "Aother"]) {
                .gotify(token: "Aright")
            },
            service("pushover", ["user": user, "token": application], ["user": "g" + user.dropFirst()]) {
                .pushover(token: application, user: user)
            },
            service("apprise", ["server": "https://apprise.example.org", "key": "right"], ["key": "other"]) {
                .apprise(key: "right")
            },
            service(
                "resend",
                ["key": "re_right", "from": "prices@example.org", "to": "me@example.net"],
                ["from": "prices@example.com"]
            ) { .resend(key: "re_right", domain: "example.org") },
        ].compactMap { $0 }
    }()

    private static func service(
        _ id: PluginID,
        _ values: [String: String],
        _ wrong: [String: String],
        _ make: @escaping @Sendable () -> FakeService
    ) -> RemoteService? {
        InstalledPlugins.notifiers.first { $0.id == id }.map { plugin in
            RemoteService(plugin: plugin, values: values, wrong: wrong, make: make)
        }
    }

    /// The notifier, speaking to `service`.
    func notifier(_ service: FakeService, _ changes: [String: String] = [:]) throws -> any Notifier {
        let values = values.merging(changes) { $1 }
        return try plugin.init(PluginSetup(of: plugin, values, exchange: service.exchange))
    }
}
