import Monitoring
import PluginAPI

/// The form for a new channel, drawn from its plugin's options: `channel-form.mustache`.
struct ChannelFormView: Sendable {
    let frame: PageFrame
    let formToken: String
    let action: String
    let title: String
    let summary: String
    let name: String
    let nameProblem: String?
    let problem: String?
    let fields: [FieldView]

    init(
        _ kind: ChannelKind,
        name: String?,
        values: [String: String],
        problem: RequestError?,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        action = "/channels/new/\(kind.id)"
        title = kind.title
        summary = kind.summary
        self.name = name ?? kind.title
        nameProblem = problem?.sentence(for: "name")
        self.problem = problem?.sentence(besides: Set(kind.options.map { "option.\($0.key)" } + ["name"]))
        fields = kind.options.map { option in
            FieldView(option, value: values[option.key] ?? "", problem: problem?.sentence(for: "option.\(option.key)"))
        }
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
    /// Whether several values may stand there, separated by commas.
    let isMultiple: Bool
    let problem: String?

    init(_ option: Option, value: String, problem: String?) {
        key = option.key
        label = OptionText.label(option.key)
        summary = option.summary
        example = option.kind == .secret ? "" : option.example
        standard = option.standard.flatMap { $0.isEmpty ? nil : $0 }
        isRequired = option.standard == nil
        isMultiple = option.kind == .mail
        self.problem = problem
        switch option.kind {
        case .text: (type, autocomplete, self.value) = ("text", "off", value)
        case .address: (type, autocomplete, self.value) = ("url", "off", value)
        case .mail: (type, autocomplete, self.value) = ("email", "email", value)
        case .secret: (type, autocomplete, self.value) = ("password", "new-password", "")
        }
    }
}
