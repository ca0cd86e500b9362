import CCurl

/// One thing that the thread does with libcurl, in one or more hops; used by that thread only.
protocol Transfer: AnyObject {
    /// Whose turn it has to wait for before each hop, and how; nil: at once.
    var manners: Manners? { get }

    /// Sets all options of the next hop on a handle that is reset. libcurl's callbacks may point to the transfer: it
    /// lives until the hop has ended.
    func prepare(_ easy: EasyHandle)

    /// The hop has ended; says whether there is another one. If not, the caller has been answered.
    func hopEnded(_ code: CURLcode, _ easy: EasyHandle) -> Bool

    /// The caller is answered with the error; the transfer is not used any more.
    func fail(_ error: any Error)
}

/// Makes a transfer on the thread that will own it.
typealias TransferMaker = @Sendable () -> any Transfer
