import Crypto
package import PluginAPI

/// A request for a machine, as tests make it.
package enum SampleMachine {
    /// Of a pair whose private half was thrown away.
    package static let keyLine =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILoqZGSqZsSj00qBh0N2Kcj0nQb5mO3xtsCgCqKx6pmF pma@test"
    /// As `ssh-keygen -l -E md5` prints it.
    package static let fingerprint = "a4:c9:62:88:8f:f2:82:92:79:12:fd:b1:7d:7e:74:58"

    /// nil for what is no public key.
    package static func key(_ line: String = keyLine) -> SSHPublicKey? {
        SSHPublicKey(line, md5: md5)
    }

    static func md5(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.MD5.hash(data: bytes)) }

    /// Two processors, 4 GiB, 40 GiB, Ubuntu 22.04.
    package static func request(mark: String = "pma-staging-1f3a9c", cpus: Int = 2) -> MachineRequest {
        guard let mark = MachineMark(mark), let key = key() else { preconditionFailure("The sample is well formed.") }
        return MachineRequest(environment: "staging", mark: mark, key: key, cpus: cpus)
    }
}
