extension PostgresRefusal {
    /// What keeps the server from letting us in, and what to do; nil when waiting may help.
    ///
    /// `place` is where the address was given.
    func entryRemedy(in place: String) -> String? {
        switch code {
        case "28P01": "Check user and password in \(place)."
        case "28000": authorizationRemedy(place)
        case "3D000": "Make the database with “createdb”, or name another one in \(place)."
        case "42501": "Give the user CONNECT on the database."
        default: nil
        }
    }

    /// One code stands for all of them; the words are the server's, in English unless it was set up otherwise.
    private func authorizationRemedy(_ place: String) -> String {
        let hba = "in the server's pg_hba.conf"
        let remedies = [
            ("valid client certificate", "Name a certificate and its key in \(place), as sslcert and sslkey."),
            // After a try with TLS and one without, it is not TLS that is missing.
            ("SSL encryption", "Let this user connect from this machine \(hba)."),
            (
                "no encryption",
                "Connect with TLS, by sslmode=verify-full and sslrootcert in \(place), or let this user connect from "
                    + "this machine without it \(hba)."
            ),
            ("pg_hba.conf", "Let this user connect from this machine \(hba)."),
            ("role \"", "Make the user, or name another one in \(place)."),
        ]
        return remedies.first { message.contains($0.0) }?.1 ?? "Check user and password in \(place)."
    }
}

extension SQLError {
    /// When the way to the server is shut on our side, which waiting does not change; nil for any other reason.
    ///
    /// These words are libpq's own, in English.
    static func shutWay(_ why: String, _ address: PostgresAddress) -> SQLError? {
        let place = address.place
        let remedies = [
            ("no password supplied", "Set a password in \(place)\(address.fileWords)."),
            (
                "root certificate file",
                "Set sslrootcert in \(place) to the file of the root that the server's certificate is signed by."
            ),
            (
                "certificate verify failed",
                "The root in sslrootcert did not sign the server's certificate, or it has run out: set sslrootcert in "
                    + "\(place) to the file of the root that did, or renew the certificate."
            ),
            (
                "does not match host name",
                "Name the server in \(place) as its certificate does, or give it one for this name."
            ),
            ("certificate", "Check sslmode, sslrootcert, sslcert and sslkey in \(place)."),
            ("private key file", "Check sslkey in \(place)."),
            (
                "server does not support SSL",
                "Set TLS up on the server (ssl=on), or do without it by sslmode=disable in \(place)."
            ),
        ]
        guard let (_, remedy) = remedies.first(where: { why.contains($0.0) }) else { return nil }
        return .open("The database “\(address.name)” can't be opened: \(why). \(remedy)")
    }
}

extension PostgresDatabase {
    /// What people are told when a connection could not be made.
    static func explain(_ failure: PostgresFailure, _ address: PostgresAddress) -> SQLError {
        if let error = shut(failure, address) { return error }
        return SQLError(failure, database: address.name)
    }

    /// What another try to connect will not change; nil when it may.
    static func shut(_ failure: PostgresFailure, _ address: PostgresAddress) -> SQLError? {
        switch failure {
        case .lost(let why): return .shutWay(why, address)
        case .refused(let refusal):
            guard refusal.isOfEntry, let remedy = refusal.entryRemedy(in: address.place) else { return nil }
            return .open("The database “\(address.name)” can't be opened: \(refusal.message). \(remedy)")
        }
    }
}
