import CCurl

/// All transfers of one thread: those that wait for their turn and those that libcurl is at.
final class TransferCrowd {
    private let inbox: TransferInbox
    private let multi: UnsafeMutableRawPointer
    private var politeness: Politeness
    /// What was last heard of it.
    private var turn = Politeness.Turn.idle
    /// By ticket.
    private var waiting: [Int: any Transfer] = [:]
    private var running: [Int: (transfer: any Transfer, easy: EasyHandle)] = [:]
    /// Handles of transfers that wait between two hops: they hold the cookies.
    private var kept: [Int: EasyHandle] = [:]
    private var idle: [EasyHandle] = []
    /// Handles cost some 10 kB each.
    private static let mostIdle = 64

    init(inbox: TransferInbox, politeness: Politeness, connections: Int) {
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for a multi handle.") }
        self.inbox = inbox
        self.multi = multi
        self.politeness = politeness
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(8, connections))
        inbox.open(multi)
    }

    /// Returns when the inbox is closed and everything that ran has been told.
    func run() {
        while true {
            let (commands, isClosing) = inbox.take()
            for command in commands { obey(command) }
            if isClosing { break }
            startWhatMay()
            var left: Int32 = 0
            curl_multi_perform(multi, &left)
            if takeEnded() { continue }
            curl_multi_poll(multi, nil, 0, pollTime(), nil)
        }
        for ticket in Array(waiting.keys) + Array(running.keys) { cancel(ticket) }
        idle.removeAll()
        inbox.detach()
        curl_multi_cleanup(multi)
        inbox.ended()
    }

    private func obey(_ command: TransferInbox.Command) {
        switch command {
        case .start(let ticket, let make): arrive(ticket, make(), on: nil)
        case .cancel(let ticket): cancel(ticket)
        }
    }

    /// `easy` is the handle of the hop before.
    private func arrive(_ ticket: Int, _ transfer: any Transfer, on easy: EasyHandle?) {
        if let manners = transfer.manners {
            waiting[ticket] = transfer
            if let easy { kept[ticket] = easy }
            politeness.arrive(ticket, with: manners, now: .now)
        } else {
            start(ticket, transfer, on: easy)
        }
    }

    private func startWhatMay() {
        guard !waiting.isEmpty else { return }
        let now = ContinuousClock.now
        while true {
            turn = politeness.next(now: now)
            guard case .start(let ticket) = turn else { return }
            guard let transfer = waiting.removeValue(forKey: ticket) else { continue }
            start(ticket, transfer, on: kept.removeValue(forKey: ticket))
        }
    }

    private func start(_ ticket: Int, _ transfer: any Transfer, on kept: EasyHandle?) {
        guard let easy = kept ?? idle.popLast() ?? EasyHandle() else {
            preconditionFailure("libcurl has no memory for an easy handle.")
        }
        easy.reset()
        // libcurl hands the ticket back with the end of the hop.
        easy.must(ccurl_set_pointer(easy.pointer, CURLOPT_PRIVATE, UnsafeMutableRawPointer(bitPattern: ticket)))
        transfer.prepare(easy)
        running[ticket] = (transfer, easy)
        if let refused = easy.refusedOption { return ended(ticket, refused) }
        let code = curl_multi_add_handle(multi, easy.pointer)
        precondition(code == CURLM_OK, "libcurl does not take a handle: \(String(cString: curl_multi_strerror(code))).")
    }

    /// Whether any hop had ended.
    private func takeEnded() -> Bool {
        var any = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle else { continue }
            any = true
            let code = message.pointee.data.result
            var context: UnsafeMutableRawPointer?
            _ = ccurl_get_pointer(pointer, CURLINFO_PRIVATE, &context)
            ended(Int(bitPattern: context), code)
        }
        return any
    }

    private func ended(_ ticket: Int, _ code: CURLcode) {
        guard let (transfer, easy) = running.removeValue(forKey: ticket) else { return }
        curl_multi_remove_handle(multi, easy.pointer)
        let host = transfer.manners?.host
        guard transfer.hopEnded(code, easy) else {
            if let host { politeness.leave(host) }
            return putBack(easy)
        }
        // A redirect within a host goes on at once; to another host it waits for its turn there.
        guard transfer.manners?.host != host else { return start(ticket, transfer, on: easy) }
        if let host { politeness.leave(host) }
        arrive(ticket, transfer, on: easy)
    }

    private func cancel(_ ticket: Int) {
        if let transfer = waiting.removeValue(forKey: ticket) {
            if let host = transfer.manners?.host { politeness.withdraw(ticket, at: host) }
            if let easy = kept.removeValue(forKey: ticket) { putBack(easy) }
            transfer.fail(CancellationError())
        } else if let (transfer, easy) = running.removeValue(forKey: ticket) {
            curl_multi_remove_handle(multi, easy.pointer)
            if let host = transfer.manners?.host { politeness.leave(host) }
            putBack(easy)
            transfer.fail(CancellationError())
        }
    }

    private func putBack(_ easy: EasyHandle) {
        easy.forgetCookies()
        if idle.count < Self.mostIdle { idle.append(easy) }
    }

    /// In milliseconds, until somebody's turn comes; libcurl shortens it by its own timers, and the inbox wakes it.
    private func pollTime() -> Int32 {
        guard case .wait(let until) = turn, !waiting.isEmpty else { return 60_000 }
        let span = (until - .now).components
        return Int32(max(0, min(60_000, span.seconds * 1000 + span.attoseconds / 1_000_000_000_000_000 + 1)))
    }
}
