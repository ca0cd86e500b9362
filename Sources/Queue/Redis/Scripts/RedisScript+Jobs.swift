extension RedisScript {
    /// The jobs of a state, for people who look.
    ///
    /// Arguments: the state, how many, and from which place. Gives back for each: id, name, when it was added, tries made
    /// and allowed, when it is due or ended or nothing, its worker and its last problem.
    static let jobs = RedisScript(
        "jobs",
        #"""
        local state, limit, offset = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
        local found, times = {}, {}

        -- The rest of the page, from a list whose end comes first.
        local function readList(key)
            local length = call('LLEN', key)
            if limit > 0 and offset < length then
                local ids = call('LRANGE', key, math.max(length - offset - limit, 0), length - offset - 1)
                for place = #ids, 1, -1 do table.insert(found, ids[place]) end
                limit = limit - #ids
            end
            offset = math.max(offset - length, 0)
        end

        local function readSet(key, isReversed, divisor)
            if limit <= 0 then return end
            local ids = call(isReversed and 'ZREVRANGE' or 'ZRANGE', key, offset, offset + limit - 1, 'WITHSCORES')
            for place = 1, #ids, 2 do
                table.insert(found, ids[place])
                if divisor then times[ids[place]] = digits(math.floor(ids[place + 1] / divisor)) end
            end
        end

        if state == 'waiting' then
            readList(q.p .. 'wait')
            readList(q.p .. 'paused')
            readSet(q.p .. 'prioritized', false)
        elseif state == 'delayed' then
            readSet(q.p .. 'delayed', false, 4096)
        elseif state == 'active' then
            readList(q.p .. 'active')
        else
            readSet(q.p .. 'failed', true, 1)
        end

        local jobs = {}
        for _, id in ipairs(found) do
            if isJob(q.p .. id) then
                local fields = call('HMGET', q.p .. id, 'name', 'timestamp', 'atm', 'opts', 'pb', 'failedReason')
                table.insert(jobs, {
                    id, fields[1], fields[2] or '0', fields[3] or '0',
                    math.max(tonumber(decoded(fields[4]).attempts) or 1, 1), times[id] or '',
                    state == 'active' and fields[5] or '', fields[6] or ''
                })
            end
        end
        return jobs
        """#
    )

    /// Lets a failed job start over; 0 when there is no such one, or another one about the same is still to be done.
    static let retry = RedisScript(
        "retry",
        #"""
        local id = ARGV[3]
        local key = q.p .. id
        if not isJob(key) or not call('ZSCORE', q.p .. 'failed', id) then return 0 end
        local subject = call('HGET', key, 'deid')
        if subject then
            local holder = call('GET', q.p .. 'de:' .. subject)
            if holder and stateOf(q, holder) ~= 0 then return 0 end
            call('SET', q.p .. 'de:' .. subject, id)
        end
        call('ZREM', q.p .. 'failed', id)
        call('HDEL', key, 'finishedOn', 'processedOn', 'failedReason', 'atm', 'ats')
        -- A parent that was told of the failure waits for the job again, or would if it still waits.
        local parent = call('HGET', key, 'parentKey')
        if parent and call('EXISTS', parent) == 1 then
            local wasTold = call('ZREM', parent .. ':unsuccessful', key) + call('HDEL', parent .. ':failed', key)
            if wasTold > 0 then call('SADD', parent .. ':dependencies', key) end
        end
        makeReady(q, id, tonumber(call('HGET', key, 'priority')) or 0, 'failed')
        return 1
        """#
    )

    /// Removes a job that nobody works on; 0 when there is no such one, or it is the next one of a scheduler.
    static let remove = RedisScript(
        "remove",
        #"""
        local id = ARGV[3]
        local key = q.p .. id
        if not isJob(key) or call('EXISTS', key .. ':lock') == 1 or call('LPOS', q.p .. 'active', id) then return 0 end
        local scheduler = call('HGET', key, 'rjk')
        local latest = scheduler and call('ZSCORE', q.p .. 'repeat', scheduler)
        if latest and 'repeat:' .. scheduler .. ':' .. digits(tonumber(latest)) == id and stateOf(q, id) == 1 then
            return 0
        end
        local previous
        for _, set in ipairs({ 'delayed', 'prioritized', 'failed', 'completed', 'waiting-children' }) do
            if call('ZREM', q.p .. set, id) == 1 then previous = set end
        end
        for _, list in ipairs({ 'wait', 'paused' }) do
            if call('LREM', q.p .. list, 0, id) > 0 then previous = list end
        end
        delete(q, id)
        event(q, 'removed', 'jobId', id, 'prev', previous or 'unknown')
        return 1
        """#
    )
}
