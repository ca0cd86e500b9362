import TestSupport
import Testing

/// What plugin authors read is there and is true.
@Suite struct PluginDocumentationTests {
    private static let root = TextFile.path("../..", besides: #filePath)

    @Test func `every declaration of PluginAPI has a doc comment`() throws {
        let folder = "\(Self.root)/Sources/PluginAPI"
        let files = TextFile.names(in: folder).filter { $0.hasSuffix(".swift") }
        #expect(files.count > 5)
        for file in files {
            let faults = DocumentationLint.faults(in: try TextFile.read("\(folder)/\(file)"), file: file)
            #expect(faults == [])
        }
    }

    @Test(arguments: [
        ("package struct A {}", 1),
        ("/// An A.\npackage struct A {\n    package let b: Int\n}", 1),
        ("/// An A.\n@frozen\npackage struct A {\n    /// A b.\n    package let b: Int\n}", 0),
        ("/// A.\npackage protocol A {\n    func b()\n    init(_ b: Int)\n    static var c: Int { get }\n}", 3),
        ("/// A.\npackage enum A {\n    case b\n    /// C.\n    case c\n}", 1),
        ("package import Model\nimport PluginAPI\nstruct A { func b() {} }", 0),
        ("/// A.\npackage func a(_ b: Int) {\n    switch b {\n    case 1: break\n    default: break\n    }\n}", 0),
        ("/// A.\npackage private(set) var a = \"{\"\npackage var b = 1", 1),
        ("let a = \"\"\"\n    package struct B {}\n    \"\"\"\npackage var b = 1", 1),
    ])
    func `the lint finds what has none`(source: String, count: Int) {
        #expect(DocumentationLint.faults(in: source, file: "A.swift").count == count)
    }
}
