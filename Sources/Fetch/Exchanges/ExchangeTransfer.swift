import CCurl
import Logging
import Model
import PluginAPI

/// One HTTP exchange with its redirects.
final class ExchangeTransfer: Transfer {
    typealias Answer = CheckedContinuation<HTTPResponse, any Error>

    private let door: Door
    private let shared: Fetcher.Shared
    private let answer: Answer

    // Where it is now.
    private var request: HTTPRequest
    private var target: ExchangeTarget
    private var redirectsLeft: Int
    private var timeLeft: Duration
    private var start: ContinuousClock.Instant?
    private var took = Duration.zero

    // Of this hop; libcurl's callbacks write here.
    private var addressGuard = AddressGuard.open
    private var head = HeaderBlock()
    private var body: [UInt8] = []
    private var halt: Halt?

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

    init(
        _ request: HTTPRequest,
        to target: ExchangeTarget,
        through door: Door,
        shared: Fetcher.Shared,
        answer: Answer
    ) {
        self.request = request
        self.target = target
        self.door = door
        self.shared = shared
        self.answer = answer
        redirectsLeft = max(0, shared.settings.maximumRedirects)
        timeLeft = shared.settings.totalTimeout
    }

    var politeTo: String? { door == .guarded ? target.host : nil }

    func prepare(_ easy: EasyHandle) {
        start = .now
        addressGuard =
            door == .operator
            ? .open
            : AddressGuard(host: target.host, port: target.port, allowed: shared.settings.allowPrivateHosts)
        head = HeaderBlock()
        body = []
        halt = nil
        ExchangeOptions(request: request, target: target, settings: shared.settings, timeLeft: timeLeft).apply(to: easy)
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
            end(.success(response))
            return false
        }
        do throws(ExchangeError) {
            try follow(location)
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

    private func follow(_ location: String) throws(ExchangeError) {
        guard redirectsLeft > 0 else {
            throw .refused(
                "\(target.name) redirects again and again; after \(shared.settings.maximumRedirects) redirects the "
                    + "program gives up. Use the address that a browser ends at."
            )
        }
        redirectsLeft -= 1
        let redirect = try Redirect(of: request, to: target, status: head.status, location: location)
        request = redirect.request
        target = redirect.target
    }

    /// nil: the answer of this hop is here, as far as it is wanted.
    private func error(_ code: CURLcode, _ easy: EasyHandle) -> ExchangeError? {
        if code == CURLE_OK { return nil }
        switch halt {
        case .enough: return nil
        case .tooLarge: return .tooLarge(limit: shared.settings.maximumBytes)
        case .tooManyHeaders:
            return .refused("\(target.name) sent more than \(Self.mostHeaderBytes / 1024) kB of headers.")
        case .address(let address, let kind):
            let name = IPAddress(target.host) == nil ? "\(target.host) resolves to \(address)," : "\(address) is"
            return .refused(
                "\(name) \(kind.rawValue), which is not fetched. An administrator can open it with "
                    + "fetch.allowPrivateHosts."
            )
        case nil: return ExchangeFailure(code, target, easy, shared.settings).error
        }
    }

    private func passTime() {
        guard let start else { return }
        let span = ContinuousClock.now - start
        self.start = nil
        took += span
        timeLeft = max(.zero, timeLeft - span)
    }

    private func end(_ result: Result<HTTPResponse, any Error>) {
        let outcome: ExchangeClass =
            switch result {
            case .success(let response): ExchangeClass(status: response.status)
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
        } else if body.count > shared.settings.maximumBytes {
            body = []
            halt = .tooLarge
        }
        return halt == nil
    }

    /// Asked for each address before it is connected, and once more for the connection that is used, since that may
    /// be an open one that another exchange was allowed to make.
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
    let goesOn = transfer(context)?.mayConnect(to: address) ?? false
    return goesOn ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
