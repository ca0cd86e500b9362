/// A view that a page is made of; its properties are all that the template can name.
protocol PageView: Sendable {
    /// The template's file name, without its extension.
    static var template: String { get }
}

extension AccountView: PageView { static var template: String { "account" } }
extension AddView: PageView { static var template: String { "add" } }
extension APIView: PageView { static var template: String { "api" } }
extension AlertView: PageView { static var template: String { "alert" } }
extension AlertsView: PageView { static var template: String { "alerts" } }
extension ChannelFormView: PageView { static var template: String { "channel-form" } }
extension ChannelView: PageView { static var template: String { "channel" } }
extension ChannelsView: PageView { static var template: String { "channels" } }
extension ConfirmView: PageView { static var template: String { "confirm" } }
extension DigestView: PageView { static var template: String { "digest" } }
extension ErrorView: PageView { static var template: String { "error" } }
extension ManualReportView: PageView { static var template: String { "manual-report" } }
extension PreviewView: PageView { static var template: String { "preview" } }
extension ProductView: PageView { static var template: String { "product" } }
extension ProductsView: PageView { static var template: String { "products" } }
extension QueueView: PageView { static var template: String { "queue" } }
extension SetupView: PageView { static var template: String { "setup" } }
extension SignInView: PageView { static var template: String { "sign-in" } }
