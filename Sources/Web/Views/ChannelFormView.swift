import Model
import Monitoring
import PluginAPI

/// The form of a channel, new or to be changed, drawn from its plugin's options: `channel-form.mustache`.
struct ChannelFormView: Sendable {
    let frame: PageFrame
    let formToken: String
    let action: String
    let headline: String
    let summary: String
    /// Why nothing can be sent by it yet.
    let obstacle: String?
    let name: String
    let nameProblem: String?
    let problem: String?
    let fields: [FieldView]
    /// nil for a new channel, which begins with our words.
    let wording: WordingView?
    let saveText: String
    let back: String
    let backText: String

    /// What a person entered.
    struct Entry: Sendable {
        var name: String
        var values: [String: String] = [:]
        /// The secrets that shall be unset.
        var cleared: Set<String> = []
        var wording = Channel.Wording()
        var problem: RequestError?

        /// What is changed: a secret that was left empty is not, unless it shall be unset.
        func changes(of detail: ChannelDetail) -> [String: String] {
            var changes = values
            for option in detail.kind?.options ?? [] where option.kind == .secret {
                if cleared.contains(option.key) {
                    changes[option.key] = ""
                } else if changes[option.key]?.isEmpty == true {
                    changes[option.key] = nil
                }
            }
            return changes
        }
    }

    init(_ kind: ChannelKind, entry: Entry, frame: PageFrame, formToken: String) {
        self.init(kind, nil, entry, nil, frame: frame, formToken: formToken)
    }

    init(
        _ kind: ChannelKind,
        changing detail: ChannelDetail,
        entry: Entry,
        preview: WordingPreview? = nil,
        frame: PageFrame,
        formToken: String
    ) {
        self.init(kind, detail, entry, preview, frame: frame, formToken: formToken)
    }

    private init(
        _ kind: ChannelKind,
        _ detail: ChannelDetail?,
        _ entry: Entry,
        _ preview: WordingPreview?,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        let path = detail.map { "/channels/\($0.channel.id)" }
        action = path.map { "\($0)/change" } ?? "/channels/new/\(kind.id)"
        headline = detail.map { "Change “\($0.channel.name)”" } ?? "Add \(kind.title)"
        summary = kind.summary
        obstacle = kind.obstacle
        name = entry.name
        saveText = detail == nil ? "Add the channel" : "Save"
        back = path ?? "/channels"
        backText = detail == nil ? "Do not add it" : "Leave it as it is"
        let problem = entry.problem
        nameProblem = problem?.sentence(for: "name")
        let known = kind.options.map { "option.\($0.key)" } + ["name", "subjectTemplate", "textTemplate"]
        self.problem = problem?.sentence(besides: Set(known))
        fields = kind.options.map { option in
            FieldView(
                option,
                value: entry.values[option.key] ?? "",
                isKept: detail?.secrets.contains(option.key) ?? false,
                problem: problem?.sentence(for: "option.\(option.key)")
            )
        }
        wording = path.map { WordingView(entry, preview: preview, action: "\($0)/preview") }
    }
}

/// A field of a form that a plugin's option asks for.
struct FieldView: Sendable, Hashable {
    let key: String
    let label: String
    let summary: String
    /// The input's type: `text`, `url`, `email` or `password`.
    let type: String
    let autocomplete: String
    /// Empty for a secret, which is never sent back.
    let value: String
    let example: String
    let standard: String?
    let isRequired: Bool
    let isOptional: Bool
    /// Whether several values may stand there, separated by commas.
    let isMultiple: Bool
    /// Whether a secret is set, and stays where the field is left empty.
    let isKept: Bool
    /// Whether what is kept can be unset.
    let canClear: Bool
    let problem: String?

    init(_ option: Option, value: String, isKept: Bool = false, problem: String?) {
        key = option.key
        label = OptionText.label(option.key)
        summary = option.summary
        example = option.kind == .secret ? "" : option.example
        standard = option.standard.flatMap { $0.isEmpty ? nil : $0 }
        isOptional = option.standard != nil
        isRequired = option.standard == nil && !isKept
        isMultiple = option.kind == .mail
        self.isKept = isKept
        canClear = isKept && option.standard != nil
        self.problem = problem.map { OptionText.labelled($0, key: option.key) }
        switch option.kind {
        case .text: (type, autocomplete, self.value) = ("text", "off", value)
        case .address: (type, autocomplete, self.value) = ("url", "off", value)
        case .mail: (type, autocomplete, self.value) = ("email", "email", value)
        case .secret: (type, autocomplete, self.value) = ("password", "new-password", "")
        }
    }
}

/// The words of a channel's messages, with what one would say.
struct WordingView: Sendable, Hashable {
    /// Where the form goes for a preview.
    let action: String
    let subject: String
    let subjectProblem: String?
    let text: String
    let textProblem: String?
    let subjectExample = "{{product}}: {{price}} ({{change}})"
    let textExample = "{{product}} costs {{price}} at {{shop}}, not {{previous}}. {{url}}"
    let placeholders: [PlaceholderRow]
    let preview: PreviewText?
    /// Whether the part is open from the start.
    let isOpen: Bool

    struct PlaceholderRow: Sendable, Hashable {
        let name: String
        let meaning: String
    }

    struct PreviewText: Sendable, Hashable {
        let subject: String
        let lines: [String]
    }

    init(_ entry: ChannelFormView.Entry, preview: WordingPreview?, action: String) {
        self.action = action
        subject = entry.wording.subject
        text = entry.wording.text
        subjectProblem = entry.problem?.sentence(for: "subjectTemplate")
        textProblem = entry.problem?.sentence(for: "textTemplate")
        placeholders = MessageTemplate.Placeholder.allCases.map { placeholder in
            PlaceholderRow(name: "{{\(placeholder.rawValue)}}", meaning: placeholder.meaning)
        }
        self.preview = preview.map { PreviewText(subject: $0.subject, lines: $0.lines) }
        isOpen = !subject.isEmpty || !text.isEmpty || preview != nil || subjectProblem != nil || textProblem != nil
    }
}
