import CCurl
import Logging
import Model
import PluginAPI

/// One HTTP exchange with its redirects.
final class ExchangeTransfer: Transfer {
    typealias Answer = CheckedContinuation<HopEnd, any Error>

    private let door: Door
    private let shared: Fetcher.Shared
    private let answer: Answer

    // Where it is now.
    private var hop: Hop
    private var start: ContinuousClock.Instant?
    private var took = Duration.zero

    // Of this hop; libcurl's callbacks write here.
    private var addressGuard = AddressGuard.open
    private var head = HeaderBlock()
    private var body: [UInt8] = []
    private var halt: Halt?
    private var isConnected = false

    /// Why a callback told libcurl to stop.
    private enum Halt {
        case address(IPAddress, AddressKind)
        case tooManyHeaders
        case tooLarge
        /// The body of a redirect is of no interest.
        case enough
    }

    private static let mostHeaderBytes = 256 * 1024
    private static let mostRedirectBytes = 64 * 1024
    /// What is set aside for a body before its first byte, whatever length it claims.
    private static let mostReservedBytes = 512 * 1024

    init(_ hop: Hop, through door: Door, shared: Fetcher.Shared, answer: Answer) {
        self.hop = hop
        self.door = door
        self.shared = shared
        self.answer = answer
    }

    /// A hop that is not single goes from host to host as every host is treated.
    var manners: Manners? {
        guard door == .guarded else { return nil }
        if hop.isSingle { return hop.manners }
        let settings = shared.settings
        return Manners(host: target.host, concurrency: settings.hostConcurrency, pause: settings.hostPause)
    }

    private var target: ExchangeTarget { hop.target }

    func prepare(_ easy: EasyHandle) {
        start = .now
        // With a route, what is connected is the operator's proxy, and what it is asked for was checked before.
        addressGuard =
            door == .operator || hop.route != nil
            ? .open
            : AddressGuard(host: target.host, port: target.port, allowed: shared.settings.allowPrivateHosts)
        head = HeaderBlock()
        body = []
        halt = nil
        isConnected = false
        ExchangeOptions(hop: hop, settings: shared.settings).apply(to: easy)
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.must(ccurl_set_write(easy.pointer, exchangeReceivedBody, context))
        easy.must(ccurl_set_header(easy.pointer, exchangeReceivedHeader, context))
        easy.must(ccurl_set_open_socket(easy.pointer, exchangeOpensSocket, context))
        easy.must(ccurl_set_before_request(easy.pointer, exchangeIsConnected, context))
    }

    func hopEnded(_ code: CURLcode, _ easy: EasyHandle) -> Bool {
        passTime()
        if let error = error(code, easy) {
            end(.failure(error))
            return false
        }
        guard isRedirect, let location = head.value("location") else {
            let response = HTTPResponse(
                status: head.status,
                headers: HTTPHeaders(head.fields),
                body: body,
                url: target.shown
            )
            end(.success(.answer(response)))
            return false
        }
        guard !hop.isSingle else {
            let onward = HopEnd.Onward(
                status: head.status,
                location: location,
                cookies: easy.cookies,
                timeLeft: hop.timeLeft
            )
            end(.success(.redirect(onward)))
            return false
        }
        do throws(ExchangeError) {
            hop = try hop.redirected(
                status: head.status,
                location: location,
                limit: shared.settings.maximumRedirects
            )
            return true
        } catch {
            end(.failure(error))
            return false
        }
    }

    func fail(_ error: any Error) {
        passTime()
        end(.failure(error))
    }

    /// nil: the answer of this hop is here, as far as it is wanted.
    private func error(_ code: CURLcode, _ easy: EasyHandle) -> ExchangeError? {
        if code == CURLE_OK { return nil }
        switch halt {
        case .enough: return nil
        case .tooLarge: return .tooLarge(limit: hop.maximumBytes)
        case .tooManyHeaders:
            return .refused("\(target.name) sent more than \(Self.mostHeaderBytes / 1024) kB of headers.")
        case .address(let address, let kind):
            return kind.refusal(of: address, host: target.host)
        case nil: return ExchangeFailure(code, hop, easy, shared.settings, isConnected: isConnected).error
        }
    }

    private func passTime() {
        guard let start else { return }
        let span = ContinuousClock.now - start
        self.start = nil
        took += span
        hop.timeLeft = max(.zero, hop.timeLeft - span)
    }

    private func end(_ result: Result<HopEnd, any Error>) {
        let outcome: ExchangeClass =
            switch result {
            case .success(.answer(let response)): ExchangeClass(status: response.status)
            case .success(.redirect): .redirection
            case .failure(let error): ExchangeClass(error)
            }
        shared.metrics.record(outcome, took: took, byteCount: body.count)
        shared.logger.debug(
            "An exchange has ended.",
            metadata: [
                "fetch.host": "\(target.name)", "fetch.outcome": "\(outcome.rawValue)", "http.status": "\(head.status)",
                "fetch.bytes": "\(body.count)", "fetch.took.milliseconds": "\(took.wholeMilliseconds)",
            ]
        )
        answer.resume(with: result)
    }

    private var isRedirect: Bool { Redirect.isRedirect(status: head.status, location: head.value("location")) }
}

// What libcurl's callbacks do; each says whether the transfer goes on.
extension ExchangeTransfer {
    fileprivate func receivedHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        head.append(line)
        if head.byteCount > Self.mostHeaderBytes { halt = .tooManyHeaders }
        return halt == nil
    }

    fileprivate func receivedBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if body.isEmpty {
            let claimed = head.value("content-length").flatMap { Int($0) } ?? 0
            body.reserveCapacity(max(bytes.count, min(claimed, Self.mostReservedBytes)))
        }
        body.append(contentsOf: bytes)
        if isRedirect {
            if body.count > Self.mostRedirectBytes { halt = .enough }
        } else if hop.cutsBody, body.count >= hop.maximumBytes {
            halt = .enough
        } else if body.count > hop.maximumBytes {
            body = []
            halt = .tooLarge
        }
        return halt == nil
    }

    /// Asked once more for the connection that is used, since that may be an open one that another exchange was allowed to
    /// make.
    fileprivate func mayAsk(_ address: IPAddress?) -> Bool {
        isConnected = true
        return mayConnect(to: address)
    }

    /// Asked for each address before it is connected.
    fileprivate func mayConnect(to address: IPAddress?) -> Bool {
        if addressGuard.isOpen { return true }
        guard let address else { return false }
        guard let kind = addressGuard.refuses(address) else { return true }
        halt = .address(address, kind)
        return false
    }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> ExchangeTransfer? {
    context.map { Unmanaged<ExchangeTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private func exchangeReceivedBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let goesOn = transfer(context)?.receivedBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? false
    // Any other number than that of the bytes aborts the transfer.
    return goesOn ? size * count : Int(CURL_WRITEFUNC_ERROR)
}

private func exchangeReceivedHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let goesOn = transfer(context)?.receivedHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? false
    return goesOn ? size * count : Int(CURL_WRITEFUNC_ERROR)
}

private func exchangeOpensSocket(
    _ context: UnsafeMutableRawPointer?,
    _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address, let connected = ccurl_address(address) else { return CURL_SOCKET_BAD }
    guard transfer(context)?.mayConnect(to: IPAddress(connected)) ?? false else { return CURL_SOCKET_BAD }
    return ccurl_socket(address)
}

private func exchangeIsConnected(
    _ context: UnsafeMutableRawPointer?,
    _ remote: UnsafeMutablePointer<CChar>?,
    _ local: UnsafeMutablePointer<CChar>?,
    _ remotePort: Int32,
    _ localPort: Int32
) -> Int32 {
    let address = remote.flatMap { IPAddress(String(cString: $0)) }
    let goesOn = transfer(context)?.mayAsk(address) ?? false
    return goesOn ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
