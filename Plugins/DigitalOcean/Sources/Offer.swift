import FoundationEssentials
import Model
import PluginAPI

/// What DigitalOcean offers to this account.
struct Offer: Sendable {
    let account: AccountAnswer.Account
    let regions: [RegionPage.Region]
    let sizes: [Size]
    /// nil where there is no such image; of the release's own where the options name none.
    let image: ImageAnswer.Image?

    static func read(
        _ choices: Choices,
        for request: MachineRequest? = nil,
        by api: API
    ) async throws(ProviderError) -> Offer {
        // First, for a wrong token shows here.
        let account = try await api.read(AccountAnswer.self, "/v2/account", "show the account").account
        let regions = try await api.list(RegionPage.self, "/v2/regions", "list the regions")
        let sizes = try await api.list(SizePage.self, "/v2/sizes", "list the sizes")
        let slug = request.map { choices.image(for: $0) } ?? choices.image
        let image =
            slug.isEmpty
            ? nil : try await api.find(ImageAnswer.self, "/v2/images/\(slug)", "show the image “\(slug)”")?.image
        return Offer(account: account, regions: regions, sizes: sizes, image: image)
    }

    func size(_ choices: Choices) -> Size? { sizes.first { $0.slug == choices.size } }

    /// Dollars a month: for the droplet, or for its weekly backups, which cost a fifth of it.
    func monthly(_ choices: Choices, backups: Bool = false) -> Money? {
        guard let price = size(choices)?.monthly, let dollars = Currency(code: "USD") else { return nil }
        return Money(decimal: "\(backups ? price / 5 : price)", currency: dollars)
    }

    /// What of the options cannot be had, all of it.
    func findings(_ choices: Choices, for request: MachineRequest? = nil) -> [ProviderFinding] {
        var findings: [ProviderFinding] = []
        if account.status != "active" {
            let status = OneLine.text(account.status, limit: 40)
            let weight: ProviderFinding.Weight = account.status == "locked" ? .blocking : .warning
            findings.append(
                ProviderFinding(
                    weight,
                    "The DigitalOcean account",
                    "is “\(status)”",
                    remedy: "Sign in at https://cloud.digitalocean.com; it says what is missing."
                )
            )
        }
        findings += place(choices)
        if let request { findings += fit(choices, request) }
        return findings
    }

    private func place(_ choices: Choices) -> [ProviderFinding] {
        let region = regions.first { $0.slug == choices.region }
        let open = regions.filter(\.available).map(\.slug).sorted().joined(separator: ", ")
        var findings: [ProviderFinding] = []
        if region?.available != true {
            findings.append(
                ProviderFinding(
                    .blocking,
                    "The region “\(choices.region)”",
                    region == nil ? "does not exist" : "takes no new droplets at the moment",
                    remedy: "Set the option “region” to one of \(open)."
                )
            )
        }
        guard let size = size(choices), size.available else {
            let near = sizes.filter { $0.available && $0.regions.contains(choices.region) }.map(\.slug)
            let some = near.filter { $0.hasPrefix("s-") }.prefix(8).joined(separator: ", ")
            findings.append(
                ProviderFinding(
                    .blocking,
                    "The size “\(choices.size)”",
                    size(choices) == nil ? "does not exist, or this account may not use it" : "is not offered any more",
                    remedy: some.isEmpty
                        ? "Set the option “size” to another one."
                        : "Set the option “size” to another one, such as \(some)."
                )
            )
            return findings
        }
        if let region, region.available, !(size.regions.contains(region.slug) && region.sizes.contains(size.slug)) {
            let others = size.regions.sorted().joined(separator: ", ")
            findings.append(
                ProviderFinding(
                    .blocking,
                    "The size “\(size.slug)”",
                    "is not offered in “\(region.slug)” at the moment",
                    remedy: others.isEmpty
                        ? "Set the option “size” to another one."
                        : "Set the option “region” to one of \(others), or choose another size."
                )
            )
        }
        return findings
    }

    private func fit(_ choices: Choices, _ request: MachineRequest) -> [ProviderFinding] {
        let slug = choices.image(for: request)
        var findings: [ProviderFinding] = []
        if let image {
            if !image.regions.contains(choices.region) || (image.status ?? "available") != "available" {
                findings.append(
                    ProviderFinding(
                        .blocking,
                        "The image “\(slug)”",
                        "cannot be used in “\(choices.region)”",
                        remedy: "Choose another region or image."
                    )
                )
            }
        } else {
            findings.append(
                ProviderFinding(
                    .blocking,
                    "The image “\(slug)”",
                    "does not exist",
                    remedy: "Set the option “image” to one such as ubuntu-22-04-x64, or correct the release."
                )
            )
        }
        guard let size = size(choices) else { return findings }
        // A size is what it is; the request says what the program needs.
        let short = [
            size.vcpus < request.cpus ? "\(size.vcpus) of \(request.cpus) processors" : nil,
            size.memory < request.memoryMiB ? "\(size.memory) of \(request.memoryMiB) MiB of memory" : nil,
            size.disk < request.diskGiB ? "\(size.disk) of \(request.diskGiB) GiB of disk" : nil,
        ].compactMap { $0 }
        if !short.isEmpty {
            findings.append(
                ProviderFinding(
                    .blocking,
                    "The size “\(size.slug)”",
                    "is smaller than the environment asks for: \(short.joined(separator: ", "))",
                    remedy: "Set the option “size” to a larger one, or ask for less."
                )
            )
        }
        return findings
    }
}
