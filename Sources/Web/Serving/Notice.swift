/// What was just done, as the address of the next page says it: a word from this list, never text.
enum Notice: String, Sendable, CaseIterable {
    case saved, renamed, removed
    case targetSet = "target-set"
    case targetRemoved = "target-removed"
    case alertAdded = "alert-added"
    case alertSnoozed = "alert-snoozed"
    case alertWoken = "alert-woken"
    case alertRemoved = "alert-removed"
    case priceBelieved = "price-believed"
    case priceRejected = "price-rejected"
    case quietSet = "quiet-set"
    case quietRemoved = "quiet-removed"
    case intervalSet = "interval-set"
    case windowSet = "window-set"
    case windowRemoved = "window-removed"
    case paused, resumed
    case checked
    case checkFailed = "check-failed"
    case checking
    case channelAdded = "channel-added"
    case channelRemoved = "channel-removed"
    case testSent = "test-sent"
    case jobRetried = "job-retried"
    case jobRemoved = "job-removed"
    case digestSaved = "digest-saved"
    case digestBegun = "digest-begun"
    case reportSent = "report-sent"
    case signedOut = "signed-out"

    /// A sentence for a person.
    var sentence: String {
        switch self {
        case .saved: "Saved. From now on this product is watched."
        case .renamed: "Renamed."
        case .removed: "The product and its history were removed."
        case .targetSet: "The target price is set."
        case .targetRemoved: "The target price was removed."
        case .alertAdded: "The alert is set. What is met already is told at the next check."
        case .alertSnoozed: "The alert rests."
        case .alertWoken: "The alert is awake again."
        case .alertRemoved: "The alert was removed."
        case .priceBelieved: "The price counts from now on."
        case .priceRejected: "The price is kept as wrong and counts for nothing, also when it is read again."
        case .quietSet: "The quiet hours are set."
        case .quietRemoved: "You are told at any time again."
        case .intervalSet: "The interval is set."
        case .windowSet: "The check times are set. “Check now” works at any time."
        case .windowRemoved: "It is checked at any time again."
        case .paused: "Paused. Nothing is checked until you resume."
        case .resumed: "Checks go on."
        case .checked: "Checked just now."
        case .checkFailed: "Checked just now, but no price could be read. Below is why."
        case .checking: "The check is still running. This page shows the result as soon as it is there."
        case .channelAdded: "The channel was added. Send a test to see whether it works."
        case .channelRemoved: "The channel was removed."
        case .testSent: "The test was delivered."
        case .jobRetried: "The job starts over."
        case .jobRemoved: "The job was removed."
        case .digestSaved: "Saved. It counts from now on."
        case .digestBegun: "The report is on its way. Below is how far it has come."
        case .reportSent: "The mail server took the report."
        case .signedOut: "You are signed out."
        }
    }
}
