/// The Dockerfile, stage by stage. <https://docs.docker.com/reference/dockerfile/>
struct Dockerfile {
    static let path = "containers/Dockerfile"

    struct Stage {
        /// An image or another stage.
        let base: String
        let name: String
        var instructions: [Instruction] = []
    }

    struct Instruction {
        /// In capitals.
        let word: String
        /// On one line.
        let rest: String
    }

    private(set) var stages: [Stage] = []

    init() throws {
        self.init(try Checkout.text(Self.path))
    }

    init(_ text: String) {
        var lines: [String] = [""]
        for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("#") {
            let isContinued = line.hasSuffix("\\")
            lines[lines.count - 1] += isContinued ? "\(line.dropLast()) " : "\(line)"
            if !isContinued { lines.append("") }
        }
        for line in lines {
            let words = line.split(separator: " ")
            guard let word = words.first else { continue }
            let rest = words.dropFirst().joined(separator: " ")
            if word == "FROM" {
                let isNamed = words.count == 4 && words[2] == "AS"
                stages.append(Stage(base: String(words[1]), name: isNamed ? String(words[3]) : ""))
            } else if !stages.isEmpty {
                stages[stages.count - 1].instructions.append(Instruction(word: String(word), rest: rest))
            }
        }
    }

    /// Bases that are images, not stages.
    var images: [String] {
        let names = Set(stages.map(\.name))
        return stages.map(\.base).filter { !names.contains($0) }
    }

    /// Everything that makes up a stage, from its image on.
    func all(of name: String) -> [Instruction] {
        guard let stage = stages.first(where: { $0.name == name }) else { return [] }
        return all(of: stage.base) + stage.instructions
    }

    /// What is copied from the folder that is built.
    var copied: [String] {
        stages.flatMap(\.instructions).filter { $0.word == "COPY" && !$0.rest.hasPrefix("--from=") }
            .flatMap { $0.rest.split(separator: " ").dropLast().map(String.init) }
    }
}
