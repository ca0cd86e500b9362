import Model
import Testing

struct MailTests {
    private func mail(_ html: String?, _ pictures: [MailPicture]?) -> Mail {
        Mail(
            to: ["a@b.example"],
            subject: "",
            text: "",
            html: html,
            pictures: pictures,
            idempotencyKey: "a",
            date: Timestamp(milliseconds: 0)
        )
    }

    @Test func `a browser gets the pictures within the page`() {
        let pictures = [1, 2].map { MailPicture(id: "course-\($0)@a", base64: "AB\($0)=") }
        let html = "<img src=\"cid:course-2@a\"> cid:course-1@a <img src=\"cid:course-1@a\"><img src=\"cid:other@a\">"
        let page = "<img src=\"data:image/png;base64,AB2=\"> cid:course-1@a <img src=\"data:image/png;base64,AB1=\">"
        #expect(mail(html, pictures).page == page + "<img src=\"cid:other@a\">")
        #expect(mail(html, nil).page == html)
        #expect(mail(nil, pictures).page == nil)
        #expect(mail("\"cid:", pictures).page == "\"cid:")
    }
}
