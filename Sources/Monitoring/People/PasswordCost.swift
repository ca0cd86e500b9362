/// How much guessing a password costs, by scrypt's three numbers.
///
/// Source: RFC 7914.
///
/// One try needs `128 × rounds × blockSize` bytes of memory, `parallelism` times one after another.
package struct PasswordCost: Hashable, Sendable {
    /// A power of 2.
    let rounds: Int
    let blockSize: Int
    let parallelism: Int

    /// 32 MiB and some tenths of a second, as OWASP's advice on storing passwords has it.
    package static let standard = PasswordCost(rounds: 1 << 15, blockSize: 8, parallelism: 3)

    /// Next to nothing: for tests, which make many accounts.
    package static let least = PasswordCost(rounds: 2, blockSize: 1, parallelism: 1)
}
