import Model
import Monitoring

/// The route table of `/api/v1`.
enum APIRoutes {
    static let all: [APIRoute] = products + previews + listings + alerts + channels + reporting + queue

    static let nameMember = APIBody.Member(
        name: "name",
        kind: .text,
        isNullable: true,
        description: "What to call it, one line of 1 to 300 characters; without it, the name on the page."
    )
    static let targetMember = APIBody.Member(
        name: "target",
        kind: .text,
        isNullable: true,
        description: "You are told at this price or below: “39.90”, or with its currency “39.90 EUR”; null for none."
    )
    static let intervalMember = APIBody.Member(
        name: "intervalSeconds",
        kind: .integer,
        description: "The time between two checks, in seconds."
    )
    static let addressMember = APIBody.Member(
        name: "url",
        kind: .text,
        isRequired: true,
        description: "The address of the product's page, http or https."
    )
}
