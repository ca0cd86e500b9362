import FoundationEssentials
import Model
import PluginAPI

/// The pictures of a report: the courses of the prices of those products that are shown whole.
struct ReportCourses {
    /// By the product's place in the report; nil where there is nothing to see.
    private let courses: [Course?]

    struct Course {
        let picture: MailPicture
        let words: String
    }

    /// `key` is the message's: the same mail has the same pictures in every attempt, and no other mail has them.
    init(_ report: Message.Report, key: String) {
        courses = report.items.prefix(ReportRows.mostWhole).enumerated().map { place, item in
            CoursePicture(of: item).map { course in
                Course(
                    picture: MailPicture(
                        id: "course-\(place + 1)@\(key)",
                        base64: Data(course.png.bytes).base64EncodedString()
                    ),
                    words: course.words
                )
            }
        }
    }

    var pictures: [MailPicture] { courses.compactMap { $0?.picture } }

    subscript(place: Int) -> Course? { courses.indices.contains(place) ? courses[place] : nil }
}
