import Model

/// The plugins compiled into a build, looked up by id.
package struct Registry: Sendable {
    /// In the order of the list that a person wrote; no result depends on it.
    package let scrapers: [any SiteScraper.Type]
    /// In the order of the list that a person wrote; no result depends on it.
    package let notifiers: [any Notifier.Type]
    /// In the order of the list that a person wrote; no result depends on it.
    package let providers: [any InfrastructureProvider.Type]

    /// Refuses two plugins with one id and two scrapers with one site, naming both.
    package init(
        scrapers: [any SiteScraper.Type],
        notifiers: [any Notifier.Type],
        providers: [any InfrastructureProvider.Type] = []
    ) throws(RegistryError) {
        var ids: Set<String> = []
        for id in scrapers.map({ $0.id }) + notifiers.map({ $0.id }) + providers.map({ $0.id }) {
            guard id.isWellFormed else {
                throw RegistryError("The plugin id “\(id)” is not lowercase words and dashes.")
            }
            guard ids.insert(id.text).inserted else { throw RegistryError("Two plugins have the id “\(id)”.") }
        }
        var owners: [String: PluginID] = [:]
        for scraper in scrapers {
            for site in scraper.sites {
                if let other = owners.updateValue(scraper.id, forKey: site) {
                    throw RegistryError("The plugins “\(other)” and “\(scraper.id)” both read the site “\(site)”.")
                }
            }
        }
        self.scrapers = scrapers
        self.notifiers = notifiers
        self.providers = providers
    }

    /// nil when no such notifier is compiled in.
    package func notifier(_ id: PluginID) -> (any Notifier.Type)? { notifiers.first { $0.id == id } }

    /// nil when no such provider is compiled in.
    package func provider(_ id: PluginID) -> (any InfrastructureProvider.Type)? { providers.first { $0.id == id } }
}

/// Why a list of plugins cannot be used; found at start and by the contract test.
package struct RegistryError: Error, Hashable, CustomStringConvertible {
    /// A sentence that names the plugins.
    package let description: String

    /// `description` is a sentence that names the plugins.
    package init(_ description: String) {
        self.description = description
    }
}
