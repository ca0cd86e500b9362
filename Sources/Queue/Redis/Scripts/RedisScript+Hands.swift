extension RedisScript {
    /// Adds a line to what people read about a job.
    ///
    /// Arguments: id, line and how many lines are kept at most. Gives back how many there are; 0 when there is no such job.
    static let log = RedisScript(
        "log",
        needsRoom: true,
        #"""
        local id, line, most = ARGV[3], ARGV[4], tonumber(ARGV[5])
        if not isJob(q.p .. id) then return 0 end
        -- What the job's producer wants counts for more.
        most = tonumber(decoded(call('HGET', q.p .. id, 'opts')).kl) or most
        local lines = q.p .. id .. ':logs'
        call('RPUSH', lines, line)
        call('LTRIM', lines, -most, -1)
        return call('LLEN', lines)
        """#
    )

    /// Says how far a job has come.
    ///
    /// Arguments: id and JSON. Gives back 0 when there is no such job.
    static let setProgress = RedisScript(
        "setProgress",
        needsRoom: true,
        #"""
        local id, progress = ARGV[3], ARGV[4]
        if not isJob(q.p .. id) then return 0 end
        call('HSET', q.p .. id, 'progress', progress)
        event(q, 'progress', 'jobId', id, 'data', progress)
        return 1
        """#
    )

    /// Lets a delayed job begin now.
    ///
    /// Argument: its id. Gives back 0 when it is not delayed.
    static let promote = RedisScript(
        "promote",
        #"""
        local id = ARGV[3]
        if call('ZREM', q.p .. 'delayed', id) == 0 then return 0 end
        -- A name without a job is dropped.
        if not isJob(q.p .. id) then return 0 end
        call('HSET', q.p .. id, 'delay', 0)
        makeReady(q, id, tonumber(call('HGET', q.p .. id, 'priority')) or 0, 'delayed')
        return 1
        """#
    )

    /// Deletes jobs of one state, the oldest ones first.
    ///
    /// Arguments: `wait`, `prioritized`, `delayed`, `active`, `completed` or `failed`; from when on they are kept; how many
    /// are deleted at most; and how many are passed over, counted from the first. Gives back how many were deleted, how many
    /// were looked at and kept, and 1 when there may be more.
    ///
    /// What somebody works on and what a job scheduler counts on is kept.
    static let clean = RedisScript(
        "clean",
        #"""
        local state, before, most, skipped = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
        local key = q.p .. state
        local isList = state == 'wait' or state == 'paused' or state == 'active'
        local ids
        if isList then
            -- The first one is at the end.
            ids = call('LRANGE', key, -skipped - most, -skipped - 1)
        else
            ids = call('ZRANGE', key, skipped, skipped + most - 1)
        end

        local function isOfScheduler(id)
            local scheduler = call('HGET', q.p .. id, 'rjk')
            local latest = scheduler and call('ZSCORE', q.p .. 'repeat', scheduler)
            return latest and 'repeat:' .. scheduler .. ':' .. digits(tonumber(latest)) == id
        end

        local function timeOf(id)
            local fields = call('HMGET', q.p .. id, 'finishedOn', 'processedOn', 'timestamp')
            if state == 'completed' or state == 'failed' then return tonumber(fields[1] or fields[3]) or 0 end
            if state == 'active' then return tonumber(fields[2] or fields[3]) or 0 end
            return tonumber(fields[3]) or 0
        end

        local deleted, kept = 0, 0
        for number = 1, #ids do
            local id = ids[isList and #ids + 1 - number or number]
            local isKept = isJob(q.p .. id)
                and (timeOf(id) > before or call('EXISTS', q.p .. id .. ':lock') == 1 or isOfScheduler(id))
            if isKept then
                kept = kept + 1
            else
                if isList then call('LREM', key, -1, id) else call('ZREM', key, id) end
                delete(q, id)
                deleted = deleted + 1
            end
        end
        if deleted > 0 then event(q, 'cleaned', 'count', deleted) end
        return { deleted, kept, #ids == most and 1 or 0 }
        """#
    )
}
