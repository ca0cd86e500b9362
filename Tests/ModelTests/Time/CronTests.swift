import Model
import Testing

struct CronTests {
    /// Every sentence names the field, what it takes and what is wrong.
    @Test(arguments: [
        ("", "The pattern is empty. Write five fields: minute, hour, day of month, month, day of week."),
        ("  ", "The pattern is empty. Write five fields: minute, hour, day of month, month, day of week."),
        (
            "* * * *",
            """
            The pattern has 4 fields. It needs five (minute, hour, day of month, month, day of week), or six with the \
            second first; a year cannot be named.
            """
        ),
        (
            "0 0 0 1 1 * 2027",
            """
            The pattern has 7 fields. It needs five (minute, hour, day of month, month, day of week), or six with the \
            second first; a year cannot be named.
            """
        ),
        (
            "@noon",
            """
            “@noon” is not a known shorthand. There are @yearly, @annually, @monthly, @weekly, @daily, @midnight, \
            @hourly, @minutely, @secondly, @weekdays, @weekends.
            """
        ),
        ("60 * * * *", "“60” is out of range in the field “minute”. The field takes 0–59."),
        ("99 0 0 * * *", "“99” is out of range in the field “second”. The field takes 0–59."),
        ("0 24 * * *", "“24” is out of range in the field “hour”. The field takes 0–23."),
        ("0 0 0 * *", "“0” is out of range in the field “day of month”. The field takes 1–31, and L for the last day."),
        ("0 0 * 13 *", "“13” is out of range in the field “month”. The field takes 1–12 or JAN–DEC."),
        (
            "0 0 * * 8",
            """
            “8” is out of range in the field “day of week”. The field takes 0–7 or SUN–SAT (0 and 7 are Sunday), 5L \
            for the last Friday, 5#2 for the second.
            """
        ),
        ("soon * * * *", "“soon” means nothing in the field “minute”. The field takes 0–59."),
        ("1.5 * * * *", "“1.5” means nothing in the field “minute”. The field takes 0–59."),
        (
            "99999999999999999999 * * * *",
            "“99999999999999999999” means nothing in the field “minute”. The field takes 0–59."
        ),
        ("0 0 * MON *", "“MON” means nothing in the field “month”. The field takes 1–12 or JAN–DEC."),
        (
            "0 17-9 * * *",
            "The range “17-9” in the field “hour” runs backwards; write two ranges with a comma. The field takes 0–23."
        ),
        ("*/0 * * * *", "The step of “*/0” in the field “minute” must be a whole number from 1. The field takes 0–59."),
        ("*/x * * * *", "The step of “*/x” in the field “minute” must be a whole number from 1. The field takes 0–59."),
        (
            "*/90 * * * *",
            "The step of “*/90” in the field “minute” is so wide that only 0 is left; write 0. The field takes 0–59."
        ),
        (
            "1,,2 * * * *",
            "The field “minute” has a comma, dash or slash with nothing beside it: “1,,2”. The field takes 0–59."
        ),
        (
            "-5 * * * *",
            "The field “minute” has a comma, dash or slash with nothing beside it: “-5”. The field takes 0–59."
        ),
        (
            "5/ * * * *",
            "The field “minute” has a comma, dash or slash with nothing beside it: “5/”. The field takes 0–59."
        ),
        (
            "H * * * *",
            "“H” in the field “minute”: “H”, a value by hash, is not supported; write the value itself. The field takes 0–59."
        ),
        (
            "0 0 15W * *",
            """
            “15W” in the field “day of month”: “W”, the nearest weekday, is not supported. The field takes 1–31, and L \
            for the last day.
            """
        ),
        (
            "0 0 L-3 * *",
            """
            “L-3” in the field “day of month”: in the day of month “L” stands alone, for its last day. The field takes \
            1–31, and L for the last day.
            """
        ),
        (
            "0 0 * * 5#6",
            """
            “5#6” in the field “day of week”: after # comes which one in the month, 1 to 5. The field takes 0–7 or \
            SUN–SAT (0 and 7 are Sunday), 5L for the last Friday, 5#2 for the second.
            """
        ),
        (
            "0 0 30 FEB *",
            """
            The pattern never comes: none of its months has one of its days of the month. February has at most 29 days; \
            April, June, September and November have 30.
            """
        ),
    ])
    func `says what is wrong`(pattern: String, expected: String) {
        let error = #expect(throws: CronError.self) { try Cron(pattern) }
        #expect(error?.description == expected)
    }

    @Test(arguments: [
        "0 0 * * L", "0 0 * * L5", "L * * * *", "0 L * * *", "0 0 * L *", "0 0 * 5L *", "0 0 5L * *", "0 0 5#2 * *",
        "0 0 * 5#2 *", "0 0 * * 5#", "0 0 * * #2", "0 0 * * 5#2#3", "0 0 * * 8#2", "0 0 * * 1-5#2", "0 0 LW * *",
        "0 0 * * 1-5L", "H/5 * * * *", "H(0-5) * * * *", "0 0 * H *", "1-2-3 * * * *", "1/2/3 * * * *", "* * * * * x",
        "0 0 * * FRI-MON", "0 0 31 4,6,9,11 *", "0 0 31 2 *", "@daily @daily", "@", "0 0 ١ * *", "0 0 * JANUARY *",
        "0 0 * * MONDAY", "+5 * * * *", "0x1 * * * *", "*-5 * * * *", "1-* * * * *", "** * * * *", "? ? ? ? ?/0",
        "0 24/1 * * *", "* * 32/1 * *", "\u{0} * * * *", "0 0 ,1 * *", "0 0 1, * *", "@reboot",
    ])
    func `refuses what it cannot promise`(pattern: String) {
        #expect(throws: CronError.self) { try Cron(pattern) }
    }

    @Test(arguments: [
        "@YEARLY", "0 0 1-31 * MON-SUN", "0 0 * jan-Dec 0-7", "0 0 l * 5l", "0 0 * * fri#5,sunL,2", "0 0 L,15 JUL *",
        "0 0 29 2 *", "0 0 30 FEB MON", "?/5 ? ? ? ?", "5-5 * * * *", "59/1 * * * *", " 0\t0  * * * ", "0,0,0 * * * *",
        "0 0 L 2 *", "* * * * * *",
    ])
    func `takes what means something`(pattern: String) throws {
        #expect(try Cron(pattern).pattern == pattern)
        #expect(try Cron(pattern).next(after: Timestamp(milliseconds: 0), in: .utc) != nil)
    }

    @Test func `quotes no more of a pattern than a person can read`() {
        let pattern = String(repeating: "x", count: 100_000) + " * * * *"
        let error = #expect(throws: CronError.self) { try Cron(pattern) }
        #expect((error?.description.count ?? 0) < 400)
    }

    @Test func `bears any text`() {
        var dice = Dice(state: 7)
        let signs = Array("0123456789*?,-/#LWH@ \tjanmonfri\u{e9}٣\n")
        var taken = 0
        for _ in 0..<20_000 {
            let pattern = String(
                (0..<Int.random(in: 0...14, using: &dice)).map { _ in signs.randomElement(using: &dice) ?? " " }
            )
            guard let cron = try? Cron(pattern) else { continue }
            taken += 1
            #expect(cron.next(after: Timestamp(milliseconds: 1_795_435_200_000), in: .utc) != nil, "\(pattern)")
        }
        let sound = ["*", "?", "5", "1-5", "*/2", "2,4", "3/2", "1-6/3"]
        let odd = ["L", "5L", "5#2", "jan", "MON", ",", "99", "W", "/3", "5-", "29", "30,31", "*/90"]
        for _ in 0..<5000 {
            let fields = (0..<5).map { _ in
                (Int.random(in: 0..<5, using: &dice) > 0 ? sound : odd).randomElement(using: &dice) ?? "*"
            }
            guard let cron = try? Cron(fields.joined(separator: " ")) else { continue }
            taken += 1
            #expect(cron.next(after: Timestamp(milliseconds: 1_795_435_200_000), in: .utc) != nil, "\(cron.pattern)")
        }
        #expect(taken > 1000)
    }
}
