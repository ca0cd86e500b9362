extension RedisScript {
    /// All jobs that somebody holds: id, lock or nothing, when that ends by the server's clock, and which turn it
    /// is; the one that was taken last comes first.
    ///
    /// Then those that nobody can, with the reason or nothing for an id that has no job; they are no more. Argument: how many failed jobs are kept.
    static let held = RedisScript(
        "held",
        #"""
        local found, refused = {}, {}
        if q.paused then waitList(q) end
        for _, id in ipairs(call('LRANGE', q.p .. 'active', 0, -1)) do
            local key = q.p .. id
            if isJob(key) then
                local lock = call('GET', key .. ':lock')
                if not lock and not isText(id) then
                    leave(q, id)
                    noteFailure(key, notText, {})
                    finish(q, id, 'failed', notText, tonumber(ARGV[3]))
                    table.insert(refused, { id, notText })
                else
                    table.insert(found, {
                        id, lock or '', call('PEXPIRETIME', key .. ':lock'),
                        call('HGET', key, 'ats') or '0'
                    })
                end
            else
                -- The job was deleted, and its name stayed.
                call('LREM', q.p .. 'active', 1, id)
                table.insert(refused, { id, '' })
            end
        end
        return { found, refused }
        """#
    )

    /// Offers jobs again whose worker is lost, if nobody has begun them anew since that was found out.
    ///
    /// Arguments: how often a job may stall, how many failed ones are kept, what is said of one that stalled too often,
    /// how many, and for each: id, lock or nothing, and turn. Gives back how many wait again.
    static let recover = RedisScript(
        "recover",
        #"""
        local most, keptFailed, why = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
        local waiting = 0
        -- The one that was taken last comes first, so that in the end the first one does.
        for number = 1, tonumber(ARGV[6]) do
            local id, expected, turn = ARGV[4 + 3 * number], ARGV[5 + 3 * number], ARGV[6 + 3 * number]
            local key = q.p .. id
            if (call('GET', key .. ':lock') or '') == expected and isJob(key)
                and (call('HGET', key, 'ats') or '0') == turn and leave(q, id)
            then
                if increase(key, 'stc') > most then
                    event(q, 'stalled', 'jobId', id)
                    noteFailure(key, why, decoded(call('HGET', key, 'opts')))
                    finish(q, id, 'failed', why, keptFailed)
                else
                    makeReady(q, id, tonumber(call('HGET', key, 'priority')) or 0, 'active', true)
                    event(q, 'stalled', 'jobId', id)
                    waiting = waiting + 1
                end
            end
        end
        return waiting
        """#
    )

    /// No job is delayed for longer than it was to be: after a clock was set back, its time lies too far ahead.
    ///
    /// Jobs of schedulers go on waiting for a time of the clock. Arguments: how many are looked at, and from which place,
    /// counted from the one that is due last. Gives back how many there were to look at.
    static let mendDelays = RedisScript(
        "mendDelays",
        #"""
        local found = call('ZREVRANGE', q.p .. 'delayed', ARGV[4], ARGV[4] + ARGV[3] - 1, 'WITHSCORES')
        for place = 1, #found, 2 do
            local id, due = found[place], math.floor(found[place + 1] / 4096)
            local fields = call('HMGET', q.p .. id, 'delay', 'rjk')
            local wait = tonumber(fields[1])
            if wait and not fields[2] and due > now + wait then
                call('ZREM', q.p .. 'delayed', id)
                delay(q, id, now + wait)
            end
        end
        return #found / 2
        """#
    )

    /// When the next job may be taken: in how many milliseconds; nothing when none is to come or may be taken.
    static let nextTurn = RedisScript(
        "nextTurn",
        #"""
        if q.paused then waitList(q) end
        if isHeld(q) then return false end
        if q.max and q.duration and (tonumber(call('GET', q.p .. 'limiter')) or 0) >= q.max then
            local rest = call('PTTL', q.p .. 'limiter')
            if rest > 0 then return rest end
        end
        if call('EXISTS', q.p .. 'wait', q.p .. 'prioritized') > 0 then return 0 end
        local first = call('ZRANGE', q.p .. 'delayed', 0, 0, 'WITHSCORES')
        if not first[2] then return false end
        return math.max(math.floor(first[2] / 4096) - now, 0)
        """#
    )

    static let pause = RedisScript(
        "pause",
        #"""
        if q.paused then return 0 end
        call('HSET', q.p .. 'meta', 'paused', 1, 'pausedOn', digits(now))
        call('DEL', q.p .. 'marker')
        event(q, 'paused')
        return 1
        """#
    )

    static let resume = RedisScript(
        "resume",
        #"""
        call('HDEL', q.p .. 'meta', 'paused', 'pausedOn')
        -- Where clients of BullMQ 5 keep jobs during a pause.
        while call('LLEN', q.p .. 'paused') > 0 do
            call('LMOVE', q.p .. 'paused', q.p .. 'wait', 'LEFT', 'RIGHT')
        end
        if not q.paused then return 0 end
        q.paused = false
        if call('EXISTS', q.p .. 'wait', q.p .. 'prioritized') > 0 then wake(q) else wakeForDelayed(q) end
        event(q, 'resumed')
        return 1
        """#
    )

    /// Since when the queue is paused; nothing when it is not.
    static let pausedSince = RedisScript(
        "pausedSince",
        #"""
        if not q.paused then
            -- Somebody else ended the pause.
            call('HDEL', q.p .. 'meta', 'pausedOn')
            return false
        end
        -- Others pause without saying when: it counts from when it was seen.
        call('HSETNX', q.p .. 'meta', 'pausedOn', digits(now))
        return call('HGET', q.p .. 'meta', 'pausedOn')
        """#
    )
}
