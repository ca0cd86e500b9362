import CCurl
import Model

/// What libcurl is told about one hop, all but the callbacks.
struct ExchangeOptions {
    let hop: Hop
    let settings: FetchSettings

    private var request: HTTPRequest { hop.request }
    private var timeLeft: Duration { hop.timeLeft }

    func apply(to easy: EasyHandle) {
        easy.set(CURLOPT_URL, hop.target.url)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        setProxy(of: easy)
        easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        // What was sent over a connection that was kept, and died before it answered, libcurl sends again by itself: it cannot
        // know that the server had done it already. What makes something twice when it comes twice needs a new connection.
        if request.isFresh || !request.method.isSafeToRepeat { easy.set(CURLOPT_FRESH_CONNECT, 1) }
        easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        easy.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br, zstd")
        // Fewer reads for the same bytes. A wish: a handle whose last connection still carries other streams keeps its
        // buffer, and libcurl says no.
        _ = ccurl_set_long(easy.pointer, CURLOPT_BUFFERSIZE, 64 * 1024)
        // Cookies of one exchange last from hop to hop of it, and no longer. An empty one begins their keeping; the name of
        // an empty file would too, but each time adds to a list that is lost with a reset of the handle.
        easy.set(CURLOPT_COOKIELIST, "Set-Cookie:")
        for cookie in hop.cookies { easy.set(CURLOPT_COOKIELIST, cookie) }
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(settings.connectTimeout, timeLeft))
        easy.set(CURLOPT_TIMEOUT_MS, timeLeft)
        if !hop.cutsBody {
            easy.must(ccurl_set_offset(easy.pointer, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(hop.maximumBytes)))
        }
        if let file = settings.trustedCertificates { easy.set(CURLOPT_CAINFO, file) }
        // Ending a transfer while its name is looked up would hold the thread, and so all others, until the look-up ends.
        easy.set(CURLOPT_QUICK_EXIT, 1)
        setMethod(of: easy)
        easy.set(CURLOPT_HTTPHEADER, lines)
    }

    private func setProxy(of easy: EasyHandle) {
        guard let route = hop.route else {
            // A proxy of the environment would resolve names itself, and the guard would see the proxy's address.
            easy.set(CURLOPT_PROXY, "")
            easy.set(CURLOPT_NOPROXY, "*")
            return
        }
        easy.set(CURLOPT_PROXY, route.proxy.url)
        easy.set(CURLOPT_NOPROXY, "")
        // What the proxy says to CONNECT is no header of the page.
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if let file = settings.trustedCertificates { easy.set(CURLOPT_PROXY_CAINFO, file) }
        guard let address = route.pinned else { return }
        // The proxy is asked for a tunnel to the address that was checked, whatever the name says by now; the name goes
        // on to the server, in the certificate's check and in Host.
        let host = address.bytes.count == 16 ? "[\(address)]" : "\(address)"
        easy.set(CURLOPT_CONNECT_TO, ["::\(host):\(hop.target.port)"])
    }

    private func setMethod(of easy: EasyHandle) {
        if request.method == .get, request.body.isEmpty {
            easy.set(CURLOPT_HTTPGET, 1)
        } else if request.method == .delete, request.body.isEmpty {
            easy.set(CURLOPT_CUSTOMREQUEST, "DELETE")
        } else {
            easy.set(CURLOPT_POST, 1)
            easy.setBody(request.body)
            if request.method != .post { easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        }
    }

    /// The caller's headers as they are, after those of ours that the caller does not bring.
    private var lines: [String] {
        let names = Set(request.headers.fields.map { $0.name.lowercased() })
        var lines: [String] = []
        func standard(_ name: String, _ value: String) {
            // Nothing after the colon: libcurl sends no such header.
            if !names.contains(name.lowercased()) { lines.append(value.isEmpty ? "\(name):" : "\(name): \(value)") }
        }
        standard("User-Agent", hop.userAgent)
        // A page is asked for as a person's browser does; who is sent something is not asked for a page.
        if request.method == .get {
            standard("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            standard("Accept-Language", settings.acceptLanguage)
        } else {
            standard("Accept", "*/*")
        }
        standard("Expect", "")
        standard("Content-Type", "")
        for field in request.headers.fields where !Self.ours.contains(field.name.lowercased()) {
            // A semicolon is libcurl's way to send a header without a value.
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        return lines
    }

    /// How long the body is, is for us to say.
    private static let ours: Set<String> = ["content-length", "transfer-encoding", "connection", "te", "trailer"]
}

extension HTTPRequest.Method {
    /// Whether a second request of the same kind does no more than the first (RFC 9110, 9.2.2).
    fileprivate var isSafeToRepeat: Bool {
        switch self {
        case .get, .put, .delete: true
        case .post, .patch: false
        }
    }
}
