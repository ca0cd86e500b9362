/// How many jobs are in each state.
package struct QueueCounts: Hashable, Sendable {
    package var waiting: Int
    package var delayed: Int
    package var active: Int
    package var failed: Int

    package init(waiting: Int, delayed: Int, active: Int, failed: Int) {
        self.waiting = waiting
        self.delayed = delayed
        self.active = active
        self.failed = failed
    }
}
