import CCurl

/// One of libcurl's easy handles, with what it points to; used by one thread.
///
/// Connections, names and TLS sessions belong to the multi handle, so that any easy handle serves any host.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let message: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// nil where there is no memory.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        freeLists()
        message.deallocate()
    }

    /// As new, but for the cookies: those last until `forgetCookies()`.
    func reset() {
        curl_easy_reset(pointer)
        freeLists()
        message[0] = 0
        refusedOption = nil
        set(CURLOPT_NOSIGNAL, 1)
        must(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, message))
    }

    func forgetCookies() {
        set(CURLOPT_COOKIELIST, "ALL")
    }

    /// The first option since `reset()` that libcurl did not take: the handle must not be used then, since going on
    /// without one of them could drop a guard.
    private(set) var refusedOption: CURLcode?

    /// Takes note of an option that libcurl did not take.
    func must(_ code: CURLcode) {
        if code != CURLE_OK, refusedOption == nil { refusedOption = code }
    }

    func set(_ option: CURLoption, _ value: Int) { must(ccurl_set_long(pointer, option, value)) }

    func set(_ option: CURLoption, _ value: String) { must(ccurl_set_text(pointer, option, value)) }

    /// At least one millisecond: zero would mean no limit.
    func set(_ option: CURLoption, _ span: Duration) {
        let milliseconds = span.components.seconds * 1000 + span.components.attoseconds / 1_000_000_000_000_000
        set(option, Int(max(1, min(milliseconds, 2_000_000_000))))
    }

    /// The lines live until the next `reset()`.
    func set(_ option: CURLoption, _ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) ?? list }
        guard let list else { return }
        lists.append(list)
        must(ccurl_set_list(pointer, option, list))
    }

    /// Copied.
    func setBody(_ body: [UInt8]) {
        must(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        body.withUnsafeBytes { bytes in
            var nothing: UInt8 = 0
            withUnsafeMutablePointer(to: &nothing) { nothing in
                let start = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) } ?? .init(nothing)
                must(ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start))
            }
        }
    }

    /// Those that are known now, as libcurl writes them in a cookie file.
    var cookies: [String] {
        var list: UnsafeMutablePointer<curl_slist>?
        guard ccurl_get_list(pointer, CURLINFO_COOKIELIST, &list) == CURLE_OK else { return [] }
        defer { curl_slist_free_all(list) }
        var cookies: [String] = []
        var next = list
        while let item = next {
            if let data = item.pointee.data { cookies.append(String(cString: data)) }
            next = item.pointee.next
        }
        return cookies
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// For the `…_T` values: microseconds or bytes.
    func largeNumber(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return ccurl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    /// What libcurl says went wrong, at most 200 characters; a general word for `code` where it says nothing.
    func problem(_ code: CURLcode) -> String {
        let text = message[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: message)
        return String(text.prefix(200))
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists.removeAll(keepingCapacity: true)
    }
}
