/// What jobs do, for people.
enum JobText {
    static func what(_ name: String) -> String {
        switch name {
        case "check-price": "Check a price"
        case "deliver-message": "Deliver a message"
        case "maintenance-tidy": "Remove old lines of the check log"
        case "": "A job without a name"
        default: name
        }
    }
}
