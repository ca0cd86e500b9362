import PluginAPI

extension PluginContract {
    /// The README is there, has the fixed sections in their order, and its table of options says what the code says.
    package func readmeFaults() -> [String] {
        guard let readme else { return ["There is no README.md."] }
        let lines = readme.split(separator: "\n").map(String.init)
        var faults: [String] = []
        if lines.first != "# \(plugin.title)" { faults.append("The README does not begin with “# \(plugin.title)”.") }
        if !lines.contains(plugin.summary) { faults.append("The README does not say “\(plugin.summary)” on a line.") }
        let sections = Self.headings(of: lines)
        let first =
            switch plugin {
            case is any Notifier.Type: "What it sends"
            case is any InfrastructureProvider.Type: "What it makes"
            default: "What it reads"
            }
        let wanted = [first, "Options", "Example", "Limits", "Source"]
        if sections != wanted { faults.append("The README's sections are \(sections), but must be \(wanted).") }
        return faults + optionTableFaults(lines)
    }

    /// The headings of the second level, outside of code.
    private static func headings(of lines: [String]) -> [String] {
        var isCode = false
        var headings: [String] = []
        for line in lines {
            if line.hasPrefix("```") { isCode.toggle() }
            if !isCode, line.hasPrefix("## ") { headings.append(String(line.dropFirst(3))) }
        }
        return headings
    }

    /// Rows of `| key | type | default | secret | meaning |`, the key in backticks.
    private func optionTableFaults(_ lines: [String]) -> [String] {
        let section = lines.drop { $0 != "## Options" }.dropFirst().prefix { !$0.hasPrefix("## ") }
        let rows = section.filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        }
        var faults: [String] = []
        for option in plugin.options {
            guard let row = rows.first(where: { $0.first == "`\(option.key)`" }), row.count >= 5 else {
                faults.append("The README's table of options has no whole row for “\(option.key)”.")
                continue
            }
            let kind = option.kind.rawValue
            if row[1] != kind {
                faults.append("The README says that “\(option.key)” is of type “\(row[1])”, the code “\(kind)”.")
            }
            if row[2].contains("required") != (option.standard == nil) {
                faults.append("The README does not say truly whether “\(option.key)” is required: “\(row[2])”.")
            }
            if let standard = option.standard, !standard.isEmpty, !row[2].contains(standard) {
                faults.append("The README does not name the default of “\(option.key)”, “\(standard)”.")
            }
            if (row[3] == "yes") != (option.kind == .secret) {
                faults.append("The README does not say truly whether “\(option.key)” is secret: “\(row[3])”.")
            }
        }
        let known = plugin.options.map { "`\($0.key)`" }
        for row in rows where !known.contains(row.first ?? "") {
            faults.append("The README has an option \(row.first ?? "") that the code has not.")
        }
        return faults
    }
}
