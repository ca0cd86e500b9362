import Hummingbird
import Model
import Monitoring

/// What every page is made with.
struct Site: Sendable {
    let monitoring: Monitoring
    let templates: Templates
    let assets: Assets
    let cookie: SessionCookie
    let version: String
    /// Where people reach this installation, without a slash at the end; nil when no public address was set.
    let publicURL: String?
    let now: @Sendable () -> Timestamp

    enum Section: Sendable {
        case products, alerts, channels, digest, account
    }

    /// What surrounds a page; one that `isLive` asks for itself again when something changed.
    func frame(
        _ title: String,
        _ context: WebContext,
        section: Section? = nil,
        notice: Notice? = nil,
        isLive: Bool = false
    ) -> PageFrame {
        PageFrame(
            title: title,
            stylesheet: assets.stylesheet.path,
            icon: assets.icon.path,
            live: isLive ? assets.script.path : nil,
            version: version,
            account: context.session.map { .init(name: $0.account.name, formToken: $0.formToken) },
            isProducts: section == .products,
            isAlerts: section == .alerts,
            isChannels: section == .channels,
            isDigest: section == .digest,
            isAccount: section == .account,
            notice: notice?.sentence,
            refresh: nil
        )
    }

    func page(_ view: some PageView, status: Int = 200) -> Response {
        .html(templates.html(view), status: status)
    }
}
