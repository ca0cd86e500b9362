extension RedisScript {
    /// Adds jobs; says how many were new.
    ///
    /// Arguments: how many, and for each: id, name, data, options, delay and priority, what it is about or nothing.
    static let add = RedisScript(
        "add",
        needsRoom: true,
        #"""
        -- Whether another one about the same is still to be done.
        local function isPending(subject, id)
            local key = q.p .. 'de:' .. subject
            local holder = call('GET', key)
            if not holder then return false end
            local isOver = call('EXISTS', q.p .. holder) == 0 or call('ZSCORE', q.p .. 'failed', holder)
                or call('ZSCORE', q.p .. 'completed', holder)
            -- BullMQ may keep others away for a while after the end.
            if isOver and call('PTTL', key) <= 0 then return false end
            event(q, 'deduplicated', 'jobId', holder, 'deduplicationId', subject, 'deduplicatedJobId', id)
            return true
        end

        -- Who waits already comes first.
        promoteDue(q)
        call('HSETNX', q.p .. 'meta', 'opts.maxLenEvents', q.events)
        local added = 0
        for place = 4, 3 + 7 * ARGV[3], 7 do
            local id, name, data, options, wait, priority, subject = unpack(ARGV, place, place + 6)
            call('INCR', q.p .. 'id')
            wait, priority = tonumber(wait), tonumber(priority)
            local key = q.p .. id
            local rest = {}
            local isPresent = call('EXISTS', key) == 1
            local isOver = isPresent
                and (call('ZSCORE', q.p .. 'failed', id) or call('ZSCORE', q.p .. 'completed', id))
            if subject ~= '' and (not isPresent or isOver) and isPending(subject, id) then
                -- It was told.
            elseif isPresent and not isOver then
                event(q, 'duplicated', 'jobId', id)
            else
                if isOver then
                    -- It starts over; that it stalled stays known, so that one which kills its worker does so once.
                    local stalls = call('HGET', key, 'stc')
                    if stalls then rest = { 'stc', stalls } end
                    call('ZREM', q.p .. 'failed', id)
                    call('ZREM', q.p .. 'completed', id)
                    delete(q, id)
                end
                if subject ~= '' then
                    table.insert(rest, 'deid')
                    table.insert(rest, subject)
                    call('SET', q.p .. 'de:' .. subject, id)
                end
                store(q, id, name, data, options, now, wait, priority, unpack(rest))
                begin(q, id, wait, priority)
                added = added + 1
            end
        end
        return added
        """#
    )
}
