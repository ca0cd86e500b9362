/// Where machines come from.
///
/// The deployer asks it what is there, shows that as a plan, journals each change that a person agreed to, has it made,
/// and asks again. Every instance reads the world afresh and remembers nothing between two calls: the process may be
/// killed between any two requests, and the next one goes on from what it finds. What belongs to a request is known by
/// its mark alone, never by an id from a journal.
package protocol InfrastructureProvider: Plugin {
    /// Reads what is there; changes nothing.
    ///
    /// What has to be changed by a person comes as findings, all of them at once. Throws where nothing can be read: a
    /// wrong token, a program that is not there.
    func survey(_ request: MachineRequest) async throws(ProviderError) -> MachineSurvey

    /// Makes one of the changes that a survey or `removal` listed, and returns when it is done.
    ///
    /// One that is done already is fine, and so is one whose maker was killed halfway. `progress` gets one line whenever
    /// there is something new to say. Throws `ProviderError.cancelled` when the task is cancelled.
    func perform(
        _ change: MachineChange,
        for request: MachineRequest,
        progress: @escaping @Sendable (String) -> Void
    ) async throws(ProviderError)

    /// The changes that take away everything that carries the request's mark, in order; nothing where nothing does.
    func removal(of request: MachineRequest) async throws(ProviderError) -> [MachineChange]

    /// What keeps this provider from working here, each with what to do; empty where nothing does.
    func diagnose() async -> [ProviderFinding]
}
