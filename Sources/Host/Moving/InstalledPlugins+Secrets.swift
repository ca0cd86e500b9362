import Moving
import PluginAPI

extension InstalledPlugins {
    /// Which options of channels are secret, as their plugins say.
    static func channelSecrets() throws -> ChannelSecrets {
        let notifiers = try registry().notifiers
        let secrets = Dictionary(
            uniqueKeysWithValues: notifiers.map { plugin in
                (plugin.id.text, Set(plugin.options.filter { $0.kind == .secret }.map(\.key)))
            }
        )
        return ChannelSecrets { secrets[$0] }
    }
}
