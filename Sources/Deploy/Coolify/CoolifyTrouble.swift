import Model
import PluginAPI

/// What went wrong with a call, as sentences for a person.
enum CoolifyTrouble {
    /// 429, more often than is waited for.
    static func busy(_ call: CoolifyAPI.Call, _ response: HTTPResponse, _ blot: Blot) -> DeployError {
        DeployError(
            "Coolify takes no more requests for now (429), so it could not be asked to \(call.purpose)"
                + "\(quote(response, blot)). Give the command again in a few minutes: it goes on from what is there."
        )
    }

    /// 5xx.
    static func failed(_ call: CoolifyAPI.Call, _ response: HTTPResponse, _ blot: Blot) -> DeployError {
        DeployError(
            "Coolify answered \(response.status) when asked to \(call.purpose)\(quote(response, blot)). Look at its log on "
                + "the machine with “docker logs coolify”, then give the command again: it goes on from what is there."
        )
    }

    /// No answer.
    static func silent(_ call: CoolifyAPI.Call, _ why: String, _ blot: Blot) -> DeployError {
        let line = OneLine.text(blot(why), limit: 200)
        let end = line.last == "." ? String(line.dropLast()) : line
        return DeployError(
            "Coolify gave no answer when asked to \(call.purpose): \(end). Check that the machine is up, then give the "
                + "command again: it goes on from what is there."
        )
    }

    /// The request can't leave this machine, or the answer can't be taken.
    static func unaskable(_ call: CoolifyAPI.Call, _ why: String, _ blot: Blot) -> DeployError {
        DeployError(
            "Coolify cannot be asked to \(call.purpose): \(OneLine.text(blot(why), limit: 200)) Check this "
                + "installation's limits under “fetch”."
        )
    }

    static func unreadable(_ purpose: String) -> DeployError {
        DeployError(
            "Coolify was asked to \(purpose) and gave an answer that cannot be read. Check that “coolify.version” is the "
                + "one that runs there; for a newer one, a newer version of this program may be needed."
        )
    }

    /// Every other status.
    static func refused(_ call: CoolifyAPI.Call, _ response: HTTPResponse, _ blot: Blot) -> DeployError {
        let said = quote(response, blot)
        let complaint = CoolifyValue(json: response.body)
        switch response.status {
        case 401:
            return DeployError(
                "Coolify does not know the deployer's token (401). Run “apply” again: it puts the token in place by SSH."
            )
        case 400 where complaint?["message"]?.word?.hasPrefix("Invalid token") == true:
            return DeployError(
                "Coolify refuses the deployer's token (400)\(said). Run “apply” again: it puts the token in place by SSH."
            )
        case 403:
            return DeployError(
                "Coolify does not let the deployer \(call.purpose) (403)\(said). Run “apply” again, which switches the "
                    + "API on and gives the token its rights; if that does not help, look at Settings, Advanced, Allowed "
                    + "IPs in the dashboard."
            )
        case 404:
            return DeployError(
                "Coolify was asked to \(call.purpose) and has no such thing (404)\(said). Somebody may have removed it; "
                    + "give the command again to see what is missing."
            )
        case 405:
            return DeployError(
                "Coolify wants another kind of request to \(call.purpose) (405)\(said). Set “coolify.version” to the one "
                    + "that runs there, or update this program."
            )
        case 409:
            return DeployError(
                "Coolify refused to \(call.purpose), for something else is in the way (409)\(said). Remove that, or "
                    + "choose another name, and give the command again."
            )
        default:
            return DeployError(
                "Coolify refused to \(call.purpose) (\(response.status))\(said). Change what it names, and give the "
                    + "command again: it goes on from what is there."
            )
        }
    }

    /// `: “Validation failed.” limits_memory: The field is wrong.`, without the stop at its end; or nothing.
    private static func quote(_ response: HTTPResponse, _ blot: Blot) -> String {
        // Not every failure is told in the API's own words: a page of HTML helps nobody.
        guard let complaint = CoolifyValue(json: response.body) else { return "" }
        var parts: [String] = []
        for field in ["message", "error"] {
            if let text = complaint[field]?.word { parts.append("“\(OneLine.text(blot(text), limit: 200))”") }
        }
        if case .object(let fields)? = complaint["errors"] {
            parts += fields.sorted { $0.key < $1.key }.map { field, value in
                // One sentence, or several, by field.
                let texts = value.word.map { [$0] } ?? value.elements.compactMap(\.word)
                return "\(field): \(OneLine.text(blot(texts.joined(separator: " ")), limit: 200))"
            }
        }
        parts += (complaint["conflicts"]?.elements ?? []).compactMap { conflict in
            let words = ["domain", "resource_name", "message"].compactMap { conflict[$0]?.word }
            return words.isEmpty ? nil : OneLine.text(blot(words.joined(separator: ", ")), limit: 200)
        }
        guard !parts.isEmpty else { return "" }
        let text = parts.joined(separator: " ")
        return ": \(text.last == "." ? String(text.dropLast()) : text)"
    }
}
