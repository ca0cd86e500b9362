import SQL

extension Migration {
    /// What stands for the page that was read last, so that the same bytes are not read again.
    static let m0005Digest = Migration("M0005 digest", ["ALTER TABLE listing ADD COLUMN body_digest TEXT"])
}
