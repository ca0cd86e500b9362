/// What jobs do, for people.
enum JobText {
    static func what(_ name: String) -> String {
        switch name {
        case "check-price": "Check a price"
        case "update-product-info": "Check a price and read the product's picture anew"
        case "deliver-message": "Deliver a message"
        case "send-digest": "Make a report"
        case "send-digest-scheduled": "Make a report by the clock"
        case "send-digest-flow": "Make a report of what was just checked"
        case "maintenance-tidy": "Remove old lines of the check log"
        case "": "A job without a name"
        default: name
        }
    }
}
