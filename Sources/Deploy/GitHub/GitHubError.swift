import PluginAPI

/// Why GitHub was not asked, or did not do what it was asked.
package enum GitHubError: Error, Hashable, Sendable {
    /// There is no program `gh`.
    case noProgram
    /// `gh` is not signed in to github.com.
    case notSignedIn
    /// GitHub does not take the token that `gh` has.
    case tokenRefused
    /// This account may not manage the repository's secrets.
    case notAllowed
    /// There is no such repository, or this account may not see it.
    case noRepository
    /// It was asked too often.
    case tooMany
    /// Anything else, in the words of `gh`; completes a sentence that begins with `gh`.
    case failed(String)

    /// What was tried, and what to do; one or more sentences with the command to give.
    package func words(about repository: String) -> String {
        switch self {
        case .noProgram:
            "GitHub's program gh is not on the PATH, and the secrets are set by it. Install it (https://cli.github.com; "
                + "Debian and Ubuntu: “sudo apt install gh”), sign in with “gh auth login --hostname github.com”, and apply "
                + "again."
        case .notSignedIn:
            "gh is not signed in. Give the command “gh auth login --hostname github.com --scopes repo”, or set GH_TOKEN to a "
                + "token that may write the repository's secrets, and apply again."
        case .tokenRefused:
            "GitHub refuses the token that gh has: it is wrong, or has expired. Give the command “gh auth login --hostname "
                + "github.com --scopes repo”, or where GH_TOKEN is set, set it to a new one; then apply again."
        case .notAllowed:
            "This account, or its token, may not manage the secrets of \(repository). A classic token needs the scope repo "
                + "(“gh auth refresh --hostname github.com --scopes repo”), a fine-grained one “Secrets: read and write”, "
                + "and the account must administer the repository."
        case .noRepository:
            "GitHub has no repository \(repository), or this account may not see it. Look with “gh repo view "
                + "\(repository)”, and correct its name in the settings or sign in as somebody else: “gh auth login "
                + "--hostname github.com --scopes repo”."
        case .tooMany:
            "GitHub was asked too often. Wait some minutes, and apply again; “gh api rate_limit” says until when."
        case .failed(let what):
            "gh \(what). Try “gh api repos/\(repository)/actions/secrets”, mend what it says, and apply again."
        }
    }
}
