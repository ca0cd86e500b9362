import Model
import Testing

struct HTTPHeadersTests {
    @Test func `finds the first value without regard to case`() {
        let headers: HTTPHeaders = ["Content-Type": "text/html", "content-type": "text/plain"]
        #expect(headers["CONTENT-TYPE"] == "text/html")
        #expect(headers["Content-Length"] == nil)
    }

    @Test func `setting replaces every value of a name and keeps the others in order`() {
        var headers: HTTPHeaders = ["A": "1", "B": "2", "a": "3", "C": "4"]
        headers["a"] = "5"
        #expect(headers.fields.map { "\($0.name)=\($0.value)" } == ["B=2", "C=4", "a=5"])
    }

    @Test func `setting nil removes every value of a name`() {
        var headers: HTTPHeaders = ["A": "1", "B": "2", "a": "3"]
        headers["A"] = nil
        #expect(headers.fields.map(\.name) == ["B"])
    }

    @Test func `appending keeps the values that are there`() {
        var headers: HTTPHeaders = ["Set-Cookie": "a=1"]
        headers.append("Set-Cookie", "b=2")
        #expect(headers.fields.map(\.value) == ["a=1", "b=2"])
        #expect(headers["set-cookie"] == "a=1")
    }
}
