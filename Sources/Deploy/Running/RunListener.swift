/// Whoever shows a person how far a run is.
package protocol RunListener: Sendable {
    /// The last run was cut short while it was at this.
    func resumes(at what: String, of stage: String)
    func begins(_ change: PlannedChange, of stage: String)
    /// What is being waited for.
    func waits(_ what: String)
    func ends(_ change: PlannedChange, of stage: String)
}
