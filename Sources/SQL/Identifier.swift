extension String {
    /// A name of a table, schema or database as it stands in a statement: in double quotes.
    package var asIdentifier: String {
        "\"\(split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
}
