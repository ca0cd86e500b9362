import Logging

extension RedisQueue {
    /// Says what others wrote that nobody can use: pairs of an id and the reason why its job was given up, or nothing for an
    /// id that has no job.
    func tellRefused(_ refused: RedisReply) {
        for entry in refused.list {
            guard let id = entry[0].text, let why = entry[1].text else { continue }
            guard !why.isEmpty else {
                logger.warning("Dropped an id in the queue that has no job.", metadata: ["job.id": "\(id.prefix(200))"])
                continue
            }
            logger.warning(
                "A job was given up.",
                metadata: ["job.id": "\(id.prefix(200))", "outcome": "failed", "error": "\(why)"]
            )
        }
    }
}
