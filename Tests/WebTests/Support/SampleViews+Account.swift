import Model
import Monitoring

@testable import Web

extension SampleViews {
    /// The page of whoever is signed in, with all that can be right and wrong on it.
    static func account() -> [any PageView] {
        let account = Account(id: Samples.owner, name: "mira", created: Samples.now - .days(40))
        let token = Token(id: ID("key"), account: account, name: "<home>", rights: .read, created: Samples.now)
        let states: [(AccountView.TokenEntry, RequestError?)] = [
            (.init(secret: "pma_<secret>"), nil), (.init(), .invalid(field: "current", "Not your <password>.")),
            (.init(), .invalid(field: "password", "Too short.")),
            (.init(name: "<x>", rights: .write), .invalid(field: "name", "No name.")),
        ]
        return states.map { entry, problem in
            AccountView(
                account,
                tokens: problem == nil ? [token] : [],
                token: entry,
                problem: problem,
                now: Samples.now,
                frame: frame(),
                formToken: Self.token
            )
        }
    }
}
