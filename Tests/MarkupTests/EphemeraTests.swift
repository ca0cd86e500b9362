import Testing

@testable import Markup

/// What may differ between two answers without making them two pages, and what may not.
@Suite struct EphemeraTests {
    private func text(_ page: String) -> String { String(decoding: PageText(Array(page.utf8)).bytes, as: UTF8.self) }

    /// `~` stands for what is another one in each answer.
    @Test(arguments: [
        "<meta name=\"csrf-token\" content=\"~\"><p>5 EUR</p>",
        "<META content='~' NAME='_csrf'>",
        "<meta name=csrf-token content=~><p>5 EUR</p>",
        "<meta id=xsrf-token content=~ data-x=1/>",
        "<meta name=\"request-id\" content=\"~\">",
        "<meta name=\"sentry-trace\" content=\"~-1\">",
        "<input type=\"hidden\" name=\"authenticity_token\" value=\"~\" autocomplete=off>",
        "<input name=\"form_key\" type=\"HIDDEN\" value=\"~\" />",
        "<input type='hidden' name='csrfmiddlewaretoken' value='~'>",
        "<input type=hidden id=__VIEWSTATE name=__VIEWSTATE value=~>",
        "<script nonce=\"~\">a()</script><style nonce=~>b{}</style><link rel=preload nonce='~'>",
        "<p>5<!-- made in ~ ms --> EUR</p>",
        "<!--~-->",
        "<a href=\"/cdn-cgi/l/email-protection\" class=\"__cf_email__\" data-cfemail=\"~\">[email]</a>",
        "<a class=x href='/cdn-cgi/l/email-protection#~'><span data-cfemail=~>[email]</span></a>",
        "<script>(function(){window['__CF$cv$params']={r:'~',t:'MTc2'};})();</script><p>5 EUR</p>",
        "<script>window.NREUM||(NREUM={});NREUM.info={\"applicationTime\":~}</script>",
    ])
    func `two answers that differ in nothing else are one page`(page: String) {
        let answers = ["8f3a91bc", "00d1e2", "0123456789abcdef+0123456789abcdef/5.00"].map {
            page.replacing("~", with: $0)
        }
        #expect(Set(answers.map(text)).count == 1)
        #expect(!text(answers[0]).contains("8f3a91bc"))
    }

    @Test(arguments: [
        "<meta name=\"price\" content=\"~\">", "<meta property=\"product:price:amount\" content=\"~\">",
        "<meta name=\"csrf-token\" content=\"x\"><p>~</p>",
        "<input type=\"hidden\" name=\"price\" value=\"~\">", "<input type=\"text\" name=\"token\" value=\"~\">",
        "<input name=\"token\" value=\"~\">", "<p nonce=\"~\">5</p>", "<p title=\"<!-- ~ -->\">5</p>",
        "<p title='<meta name=csrf-token content=~>'>5</p>", "<p>nonce=\"~\"</p>",
        "<script>var a = '<!-- ~ -->'</script>", "<script>'<meta name=csrf-token content=~>'</script>",
        "<script type=\"application/ld+json\">{\"price\": \"~\"}</script>",
        "<script>__CF$cv$params;\(String(repeating: " ", count: 3000))price = ~</script>",
        "<!-- a --!> ~ <!-- b -->", "<!--> ~ <!-- b -->", "<!---> ~ <!-- b -->", "<!-- ~", "<!-- a --> ~ <!-- b -->",
        "<a href=\"/p/~\">x</a><a href=\"/cdn-cgi/l/email-protection#1\">y</a>", "<! ~ >", "</p ~>",
        "a < meta name=token content=~", "<style><!-- ~ -->", "<script><!-- ~ -->", "<style>a</styl><!-- ~ -->",
        "<styleü><!-- ~ -->",
    ])
    func `what may state a price makes two pages`(page: String) {
        #expect(text(page.replacing("~", with: "5")) != text(page.replacing("~", with: "7")))
        #expect(text(page.replacing("~", with: "5")).contains("5"))
    }

    @Test(arguments: [
        ("<meta name=token content=x data-price=5>", "<meta name=token  data-price=5>"),
        ("<meta name=\"token\"content=\"x\"id=y>", "<meta name=\"token\"id=y>"),
        ("<meta name=token content=>5", "<meta name=token >5"),
        ("<meta name=token content=\"x", "<meta name=token "),
        ("<script nonce>a</script>", "<script >a</script>"),
        ("<<!-- abcd -->b>", "<<!---->b>"), ("<p><!----></p>", "<p><!----></p>"), ("<!-- -->", "<!-- -->"),
        ("<link/nonce=\"x\"/rel=a>", "<link//rel=a>"), ("<meta", "<meta"), ("<meta =", "<meta ="),
    ])
    func `what stands beside it stays`(page: String, expected: String) {
        #expect(text(page) == expected)
        #expect(text(expected) == expected)
    }

    @Test func `a page in another character set is trimmed once it is text`() {
        let page = "<p>5 €</p><!-- ~ ms -->".replacing("~", with: "12")
        let utf16: [UInt8] = [0xff, 0xfe] + page.utf16.flatMap { unit in [UInt8(unit & 0xff), UInt8(unit >> 8)] }
        #expect(PageText(utf16).bytes == Array("<p>5 €</p><!---->".utf8))
        #expect(PageText(utf16).characterSet == "utf-16le")
    }
}
