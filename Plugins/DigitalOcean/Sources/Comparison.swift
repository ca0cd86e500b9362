import Model
import PluginAPI

/// Says what is missing between what is there and what was requested; pure.
struct Comparison {
    let request: MachineRequest
    let choices: Choices
    let offer: Offer
    let holdings: Holdings

    private var mark: MachineMark { request.mark }
    private var droplet: Droplet? { holdings.droplets.first }

    var survey: MachineSurvey {
        let machine = droplet.map { $0.machine(reservedIP: holdings.reservedIP(of: $0)) }
        return MachineSurvey(machine: machine, changes: changes, findings: findings)
    }

    // MARK: What can be done

    private var changes: [MachineChange] {
        [tag, key, firewall, project].compactMap { $0 } + dropletChanges
            + [projectDroplet, reservedIP].compactMap { $0 }
    }

    private var tag: MachineChange? {
        guard holdings.tag == nil else { return nil }
        return MachineChange(
            Step.tag.id,
            .create,
            what: "the tag “\(mark)”",
            why: "Everything is found again by it, and the firewall guards what has it."
        )
    }

    private var key: MachineChange? {
        guard holdings.key == nil else { return nil }
        return MachineChange(
            Step.key.id,
            .create,
            what: "the SSH key \(request.key.fingerprint)",
            why: "The account does not have it, and the droplet lets nobody else in."
        )
    }

    private var firewall: MachineChange? {
        let rules = FirewallRules(sshFrom: choices.sshFrom)
        guard let found = holdings.firewall else {
            let ssh = choices.sshFrom.joined(separator: ", ")
            return MachineChange(
                Step.firewall.id,
                .create,
                what: "the firewall “\(mark)”: 22 from \(ssh); 80 and 443 from everywhere",
                why: "It is there before the droplet, so that nothing else is ever open."
            )
        }
        if found.isAsRequested(rules, mark: mark) {
            guard found.status != "succeeded" else { return nil }
            return MachineChange(
                Step.firewall.id,
                .change,
                what: "the firewall “\(mark)”",
                why: "It is not in force yet: DigitalOcean says “\(OneLine.text(found.status, limit: 40))”."
            )
        }
        let (old, new) = (Set(found.texts), Set(rules.texts))
        let isBound = (found.tags ?? []).contains(mark.text)
        let from = old.subtracting(new).sorted() + (isBound ? [] : ["not bound to the tag"])
        let to = new.subtracting(old).sorted() + (isBound ? [] : ["bound to the tag “\(mark)”"])
        return MachineChange(
            Step.firewall.id,
            .change,
            what: "the firewall “\(mark)”",
            why: "It lets through something else than requested.",
            drift: .init(from: Self.line(from), to: Self.line(to)),
            // The drift has only what differs.
            wanted: rules.texts.sorted().joined(separator: "; ")
        )
    }

    private var project: MachineChange? {
        guard !choices.project.isEmpty, holdings.project == nil else { return nil }
        return MachineChange(
            Step.project.id,
            .create,
            what: "the project “\(choices.project)”",
            why: "There is none of that name."
        )
    }

    private var dropletChanges: [MachineChange] {
        let what = "the droplet “\(mark)”: \(choices.size) in \(choices.region), \(choices.image(for: request))"
        guard let droplet else {
            let backups = choices.backups ? ", backed up every week" : ""
            return [
                MachineChange(
                    Step.droplet.id,
                    .create,
                    what: what + backups,
                    why: "Nothing in the account has the mark.",
                    monthly: dropletCost
                )
            ]
        }
        var changes: [MachineChange] = []
        if !droplet.tags.contains(mark.text) {
            changes.append(
                MachineChange(
                    Step.dropletTag.id,
                    .change,
                    what: "the tags of the droplet \(droplet.id)",
                    why: "Without the tag no firewall guards it.",
                    drift: .init(from: Self.line(droplet.tags), to: Self.line(droplet.tags + [mark.text]))
                )
            )
        }
        if droplet.status == "off" {
            changes.append(
                MachineChange(
                    Step.power.id,
                    .change,
                    what: "the droplet \(droplet.id)",
                    why: "It is switched off.",
                    drift: .init(from: "off", to: "active")
                )
            )
        } else if droplet.status != "archive", !droplet.isReady {
            changes.append(MachineChange(Step.droplet.id, .create, what: what, why: "It is still being made."))
        }
        if choices.backups, droplet.status != "new", !droplet.features.contains("backups") {
            changes.append(
                MachineChange(
                    Step.backups.id,
                    .change,
                    what: "the backups of the droplet \(droplet.id)",
                    why: "The option “backups” asks for them.",
                    drift: .init(from: "none", to: "every week"),
                    monthly: offer.monthly(choices, backups: true)
                )
            )
        }
        return changes
    }

    private var dropletCost: Money? {
        guard let plain = offer.monthly(choices) else { return nil }
        guard choices.backups, let extra = offer.monthly(choices, backups: true) else { return plain }
        return Money(minor: plain.minor + extra.minor, currency: plain.currency)
    }

    private var projectDroplet: MachineChange? {
        guard !choices.project.isEmpty, !holdings.isAssigned else { return nil }
        return MachineChange(
            Step.projectDroplet.id,
            .change,
            what: "the project of the droplet “\(mark)”",
            why: "The option “project” names it.",
            drift: droplet == nil ? nil : .init(from: "another project", to: choices.project)
        )
    }

    private var reservedIP: MachineChange? {
        let current = droplet.flatMap { holdings.reservedIP(of: $0) }
        switch choices.reservedIP {
        case .none: return nil
        case .new:
            guard current == nil else { return nil }
            return MachineChange(
                Step.reservedIP.id,
                .create,
                what: "a reserved IP in \(choices.region)",
                why: "The option “reservedIP” asks for one; it costs only while no droplet has it."
            )
        case .address(let address):
            guard current != address else { return nil }
            return MachineChange(
                Step.reservedIP.id,
                .change,
                what: "the reserved IP \(address)",
                why: "It does not lead to the droplet.",
                drift: droplet == nil ? nil : .init(from: current ?? "none", to: address)
            )
        }
    }

    // MARK: What needs a person

    private var findings: [ProviderFinding] {
        var findings: [ProviderFinding] = []
        if let droplet {
            // What can be had matters no more, but a locked account does.
            findings += offer.findings(choices, for: request).filter { $0.thing.hasSuffix("account") }
            findings += drift(of: droplet)
        } else {
            findings += offer.findings(choices, for: request)
            if let total = holdings.total, total >= offer.account.limit {
                findings.append(
                    ProviderFinding(
                        .blocking,
                        "The account",
                        "may have \(offer.account.limit) droplets and has \(total)",
                        remedy: "Destroy one, or ask DigitalOcean for a higher limit in the control panel."
                    )
                )
            }
        }
        if holdings.droplets.count > 1 {
            let ids = holdings.droplets.map { "\($0.id)" }.joined(separator: ", ")
            findings.append(
                ProviderFinding(
                    .blocking,
                    "The tag “\(mark)”",
                    "is on \(holdings.droplets.count) droplets: \(ids)",
                    remedy: "Look which one is in use, and destroy the others in the control panel."
                )
            )
        }
        if case .address(let address) = choices.reservedIP { findings += found(address) }
        return findings
    }

    private func drift(of droplet: Droplet) -> [ProviderFinding] {
        var findings: [ProviderFinding] = []
        let name = "The droplet “\(OneLine.text(droplet.name, limit: 60))” (\(droplet.id))"
        if droplet.size != choices.size {
            findings.append(
                ProviderFinding(
                    .warning,
                    name,
                    "has the size \(droplet.size), not \(choices.size)",
                    remedy: """
                        A new size needs the droplet switched off: run “doctl compute droplet-action resize \
                        \(droplet.id) --size \(choices.size) --wait” after “… power-off \(droplet.id) --wait”, or set \
                        the option “size” to \(droplet.size).
                        """
                )
            )
        }
        if droplet.region.slug != choices.region {
            findings.append(
                ProviderFinding(
                    .warning,
                    name,
                    "stands in \(droplet.region.slug), not in \(choices.region)",
                    remedy: """
                        A droplet cannot move. Set the option “region” to \(droplet.region.slug), or make another \
                        environment in \(choices.region) and move the data there.
                        """
                )
            )
        }
        if droplet.status == "archive" {
            findings.append(
                ProviderFinding(
                    .blocking,
                    name,
                    "is archived",
                    remedy: "Ask DigitalOcean's support why, or destroy the environment and make it anew."
                )
            )
        }
        if !choices.backups, droplet.features.contains("backups") {
            // A safety net is not taken away because a default says no.
            findings.append(
                ProviderFinding(
                    .note,
                    name,
                    "is backed up, though the option “backups” says no",
                    remedy: "Set the option to yes, or switch the backups off in the control panel."
                )
            )
        }
        return findings
    }

    private func found(_ address: String) -> [ProviderFinding] {
        guard let reserved = holdings.reservedIPs.first(where: { $0.ip == address }) else {
            return [
                ProviderFinding(
                    .blocking,
                    "The reserved IP \(address)",
                    "does not belong to this account",
                    remedy: "Set the option “reservedIP” to one that does, or to new."
                )
            ]
        }
        guard let owner = reserved.droplet?.id, !holdings.droplets.contains(where: { $0.id == owner }) else {
            return []
        }
        return [
            ProviderFinding(
                .blocking,
                "The reserved IP \(address)",
                "leads to another droplet, \(owner)",
                remedy: "Take it from that one in the control panel first, or name another one."
            )
        ]
    }

    private static func line(_ parts: [String]) -> String {
        parts.isEmpty ? "nothing" : OneLine.text(parts.joined(separator: "; "), limit: 400)
    }
}
