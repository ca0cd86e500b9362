extension RedisScript {
    /// How many jobs wait, are delayed, are active and have failed.
    static let counts = RedisScript(
        "counts",
        #"""
        local ready = call('ZCOUNT', q.p .. 'delayed', 0, (now + 1) * 4096 - 1)
        return {
            call('LLEN', q.p .. 'wait') + call('LLEN', q.p .. 'paused') + call('ZCARD', q.p .. 'prioritized') + ready,
            call('ZCARD', q.p .. 'delayed') - ready, call('LLEN', q.p .. 'active'), call('ZCARD', q.p .. 'failed')
        }
        """#
    )

    /// Why jobs were given up, of those that failed and are still kept: id and reason.
    ///
    /// Arguments: ids.
    static let failures = RedisScript(
        "failures",
        #"""
        local found = {}
        for place = 3, #ARGV do
            if call('ZSCORE', q.p .. 'failed', ARGV[place]) then
                table.insert(found, ARGV[place])
                table.insert(found, call('HGET', q.p .. ARGV[place], 'failedReason') or 'Nobody knows why.')
            end
        end
        return found
        """#
    )

    /// Not 0 when the job waits or is worked on.
    ///
    /// Argument: an id.
    static let isPending = RedisScript(
        "isPending",
        #"""
        return stateOf(q, ARGV[3])
        """#
    )

    /// For how many milliseconds the job that waits longest has been ready; nothing when none waits.
    ///
    /// BullMQ keeps no time for that. It follows from when the job was added or last begun and how long it had to wait.
    static let longestWait = RedisScript(
        "longestWait",
        #"""
        local first
        local function look(id)
            if not id then return end
            local fields = call('HMGET', q.p .. id, 'timestamp', 'processedOn', 'opts', 'atm')
            local options = decoded(fields[3])
            local ready = tonumber(fields[1]) or now
            local tries = tonumber(fields[4]) or 0
            if fields[2] and tries > 0 then
                local rule = type(options.backoff) == 'table' and options.backoff or {}
                local wait = tonumber(rule.delay) or 0
                if rule.type == 'exponential' then wait = wait * 2 ^ math.min(tries - 1, 60) end
                ready = tonumber(fields[2]) + math.min(wait, tonumber(rule.limit) or wait)
            elseif fields[2] then
                ready = tonumber(fields[2])
            else
                ready = ready + (tonumber(options.delay) or 0)
            end
            first = math.min(first or now, ready, now)
        end
        look(call('LINDEX', q.p .. 'wait', -1))
        look(call('LINDEX', q.p .. 'paused', -1))
        -- The one whose turn it is, of each priority: there are few of them, however many jobs wait.
        local next = 0
        while true do
            local found = call('ZRANGEBYSCORE', q.p .. 'prioritized', next, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
            if not found[1] then break end
            look(found[1])
            next = (math.floor(found[2] / 4294967296) + 1) * 4294967296
        end
        local due = call('ZRANGE', q.p .. 'delayed', 0, 0, 'WITHSCORES')
        if due[2] and math.floor(due[2] / 4096) <= now then
            first = math.min(first or now, math.floor(due[2] / 4096))
        end
        return first and now - first or false
        """#
    )
}
