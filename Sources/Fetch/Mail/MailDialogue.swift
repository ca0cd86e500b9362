import CCurl

/// What is said between us and the mail server for one mail; used by one thread.
final class MailDialogue {
    private let delivery: MailDelivery
    private let deadline: ContinuousClock.Instant

    // libcurl's callbacks write here.
    private var unread: ArraySlice<UInt8>
    private var hasSentAll = false
    private var accepted: ContinuousClock.Instant?
    /// The last line of the server that said no; foreign text.
    private(set) var refusal = ""

    /// How long a server that has accepted the mail may take to say goodbye.
    private static let mostGoodbye = Duration.seconds(2)

    init(_ delivery: MailDelivery) {
        self.delivery = delivery
        deadline = .now + delivery.settings.totalTimeout
        unread = Array(delivery.message.text.utf8)[...]
    }

    /// Whether the server has taken the mail, whatever came after.
    var isAccepted: Bool { accepted != nil }

    /// Blocks: libcurl waits for the answer to a mail and for the goodbye without its event loop, and without regard to
    /// its own limit for the second: so this is not for the thread of the page fetches, and `goesOn` ends it.
    func hold(on easy: EasyHandle) -> CURLcode {
        easy.reset()
        setOptions(of: easy)
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.must(ccurl_set_read(easy.pointer, mailIsRead, context))
        easy.must(ccurl_set_header(easy.pointer, mailGotReply, context))
        easy.must(ccurl_set_open_socket(easy.pointer, mailOpensSocket, context))
        easy.must(ccurl_set_progress(easy.pointer, mailGoesOn, context))
        if let refused = easy.refusedOption { return refused }
        return withExtendedLifetime(self) { curl_easy_perform(easy.pointer) }
    }

    private func setOptions(of easy: EasyHandle) {
        let settings = delivery.settings
        easy.set(CURLOPT_URL, settings.description)
        easy.set(CURLOPT_PROTOCOLS_STR, settings.isTLS ? "smtps" : "smtp")
        easy.set(CURLOPT_PROXY, "")
        easy.set(CURLOPT_NOPROXY, "*")
        easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout)
        easy.set(CURLOPT_TIMEOUT_MS, settings.totalTimeout)
        easy.set(CURLOPT_QUICK_EXIT, 1)
        easy.set(CURLOPT_NOPROGRESS, 0)
        // A server hangs up on an idle connection, and a mail is rare: each has its own, ended by QUIT.
        easy.set(CURLOPT_FORBID_REUSE, 1)
        protect(easy, settings)
        if let login = settings.login {
            easy.set(CURLOPT_USERNAME, login.user)
            easy.set(CURLOPT_PASSWORD, login.password)
        }
        easy.set(CURLOPT_MAIL_FROM, "<\(delivery.message.from.address)>")
        easy.set(CURLOPT_MAIL_RCPT, delivery.message.recipients.map { "<\($0)>" })
        easy.set(CURLOPT_UPLOAD, 1)
    }

    /// See `MailSettings` for the rule.
    private func protect(_ easy: EasyHandle, _ settings: MailSettings) {
        if let file = settings.trustedCertificates { easy.set(CURLOPT_CAINFO, file) }
        let isDemanded = settings.isTLS || (settings.login != nil && !settings.isLoopback)
        easy.set(CURLOPT_USE_SSL, Int((isDemanded ? CURLUSESSL_ALL : CURLUSESSL_TRY).rawValue))
        if settings.isLoopback, settings.trustedCertificates == nil {
            easy.set(CURLOPT_SSL_VERIFYPEER, 0)
            easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }
}

// What libcurl's callbacks do.
extension MailDialogue {
    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let bytes = unread.prefix(buffer.count)
        buffer.copyBytes(from: bytes)
        unread = unread.dropFirst(bytes.count)
        if bytes.isEmpty { hasSentAll = true }
        return bytes.count
    }

    /// After the mail's last byte come the answer to it and the goodbye, in this order.
    fileprivate func gotReply(_ line: UnsafeRawBufferPointer) {
        switch line.first {
        case 0x34, 0x35: refusal = String(decoding: line.prefix(400), as: UTF8.self)
        case 0x32 where hasSentAll && refusal.isEmpty: accepted = accepted ?? .now
        default: break
        }
    }

    /// Asked at least once a second.
    fileprivate var goesOn: Bool {
        if let accepted { return ContinuousClock.now - accepted < Self.mostGoodbye }
        return !delivery.isGivenUp && .now < deadline
    }
}

private func dialogue(_ context: UnsafeMutableRawPointer?) -> MailDialogue? {
    context.map { Unmanaged<MailDialogue>.fromOpaque($0).takeUnretainedValue() }
}

private func mailIsRead(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let buffer = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
    return dialogue(context)?.read(into: buffer) ?? Int(CURL_READFUNC_ABORT)
}

private func mailGotReply(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    dialogue(context)?.gotReply(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

/// Any number but zero ends the dialogue.
private func mailGoesOn(
    _ context: UnsafeMutableRawPointer?,
    _ downloadTotal: curl_off_t,
    _ downloaded: curl_off_t,
    _ uploadTotal: curl_off_t,
    _ uploaded: curl_off_t
) -> Int32 {
    dialogue(context)?.goesOn == true ? 0 : 1
}

/// Only so that the programs which this process starts do not inherit the connection.
private func mailOpensSocket(
    _ context: UnsafeMutableRawPointer?,
    _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    address.map { ccurl_socket($0) } ?? CURL_SOCKET_BAD
}
