import CCurl
import Glibc
import PluginAPI

/// What libcurl says about a hop that failed, in words for a person.
struct ExchangeFailure {
    let code: CURLcode
    let target: ExchangeTarget
    let route: ProxyRoute?
    let settings: FetchSettings
    /// libcurl's own words, at most 200 characters.
    let problem: String
    /// The phase that a hop was in when its time was up.
    let phase: Phase
    /// `errno` of the last connection attempt.
    let systemError: Int32
    /// What the proxy answered when it was asked for a tunnel; 0 where it was not.
    let tunnelStatus: Int

    enum Phase {
        case resolving, connecting, waiting, receiving
    }

    /// `isConnected`: the request was about to be sent.
    init(_ code: CURLcode, _ hop: Hop, _ easy: EasyHandle, _ settings: FetchSettings, isConnected: Bool) {
        self.code = code
        target = hop.target
        route = hop.route
        tunnelStatus = easy.number(CURLINFO_HTTP_CONNECTCODE)
        self.settings = settings
        problem = easy.problem(code)
        systemError = Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO))
        phase = Self.phase(easy, target, isConnected: isConnected)
    }

    var error: ExchangeError {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timeout(timeoutText)
        case CURLE_FILESIZE_EXCEEDED: .tooLarge(limit: settings.maximumBytes)
        case CURLE_URL_MALFORMAT: .refused("The address of \(target.name) cannot be read: \(problem).")
        default: .unreachable(proxyText ?? unreachableText)
        }
    }

    /// nil where the proxy, if there is one, did what it should.
    private var proxyText: String? {
        guard let route else { return nil }
        let proxy = "The proxy \(route.proxy.shown)"
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "\(proxy) was not found: its name does not resolve. Check the proxy's setting."
        case CURLE_COULDNT_CONNECT where systemError == ECONNREFUSED:
            return "\(proxy) refused the connection: nobody listens there. Check the proxy's setting, or start it."
        case CURLE_COULDNT_CONNECT: return "\(proxy) cannot be reached from here. Check the proxy's setting."
        case _ where tunnelStatus == 407:
            return "\(proxy) wants a user name and a password, or others than those set. Check the proxy's setting."
        case _ where tunnelStatus >= 300:
            return
                "\(proxy) does not open a way to \(target.name) (status \(tunnelStatus)). Ask who runs it, or let the "
                + "proxy resolve names itself with proxyResolves."
        case CURLE_PROXY:
            return "\(proxy) does not open a way to \(target.name): \(problem). Check the proxy's setting."
        default: return nil
        }
    }

    private var unreachableText: String {
        let name = target.name
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "\(target.host) was not found: the name does not resolve. Check it for typing mistakes, and the "
                + "name servers of this machine."
        case CURLE_COULDNT_CONNECT where systemError == ECONNREFUSED:
            return "\(name) refused the connection: nobody listens on port \(target.port). Check the address, or try "
                + "again when the server is back."
        case CURLE_COULDNT_CONNECT:
            let why = systemError == 0 ? "" : " (\(String(cString: strerror(systemError))))"
            return "\(name) cannot be reached from here\(why). Check the network and the firewall of this machine."
        case CURLE_PEER_FAILED_VERIFICATION:
            return "\(name) does not prove who it is: \(problem). Check the address; if it is right, its owner has to "
                + "repair the certificate."
        case CURLE_SSL_CONNECT_ERROR:
            return "\(name) does not agree on an encrypted connection: \(problem). Check whether the address should "
                + "begin with http://."
        case CURLE_SSL_CACERT_BADFILE:
            return "The file of trusted certificates cannot be read: \(problem). Check fetch.trustedCertificates, or "
                + "install the package ca-certificates."
        case CURLE_GOT_NOTHING:
            return "\(name) closed the connection without an answer. Try again later."
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            return "\(name) broke the connection off before the whole answer was here. Try again later."
        case CURLE_BAD_CONTENT_ENCODING:
            return "\(name) sent an answer that cannot be unpacked: \(problem). Its owner has to repair that."
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
            return "\(name) answered with something that is not HTTP. Check the port in the address."
        default:
            return "\(name) could not be asked: \(problem)."
        }
    }

    private var timeoutText: String {
        let connect = min(settings.connectTimeout, settings.totalTimeout).shortText
        let name = target.name
        return switch phase {
        case .resolving:
            "The name \(target.host) was not resolved in time. Check the name servers of this machine."
        case .connecting where target.scheme == "https":
            "\(name) did not complete an encrypted connection within \(connect). It may be down, a firewall may drop "
                + "what is sent to it, or it does not encrypt on this port; try again later."
        case .connecting:
            "\(name) did not accept a connection within \(connect). It may be down, or a firewall may drop what is "
                + "sent to it; try again later."
        case .waiting:
            "\(name) accepted the request but did not begin to answer within \(settings.totalTimeout.shortText). Try "
                + "again later, or raise fetch.timeoutSeconds."
        case .receiving:
            "\(name) did not send its whole answer within \(settings.totalTimeout.shortText). Try again later, or "
                + "raise fetch.timeoutSeconds."
        }
    }

    /// The first step whose end was not seen; of a connection that was open already libcurl keeps no times.
    private static func phase(_ easy: EasyHandle, _ target: ExchangeTarget, isConnected: Bool) -> Phase {
        if !isConnected {
            let isResolved = easy.largeNumber(CURLINFO_NAMELOOKUP_TIME_T) > 0 || IPAddress(target.host) != nil
            return isResolved ? .connecting : .resolving
        }
        if easy.largeNumber(CURLINFO_STARTTRANSFER_TIME_T) == 0 { return .waiting }
        return .receiving
    }
}

extension Duration {
    /// As in `30 s` and `250 ms`.
    var shortText: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
