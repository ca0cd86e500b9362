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
            local isOver = call('EXISTS', q.p .. holder) == 0 or isEnded(q, holder)
            -- BullMQ may keep others away for a while after the end.
            if isOver and call('PTTL', key) <= 0 then return false end
            event(q, 'deduplicated', 'jobId', holder, 'deduplicationId', subject, 'deduplicatedJobId', id)
            return true
        end

        -- Who waits already comes first.
        promoteDue(q)
        local added = 0
        for place = 4, 3 + 7 * ARGV[3], 7 do
            local id, name, data, options, wait, priority, subject = unpack(ARGV, place, place + 6)
            call('INCR', q.p .. 'id')
            wait, priority = tonumber(wait), tonumber(priority)
            local key = q.p .. id
            local rest = {}
            local isPresent = call('EXISTS', key) == 1
            local isOver = isPresent and isEnded(q, id)
            if subject ~= '' and (not isPresent or isOver) and isPending(subject, id) then
                -- It was told.
            elseif isPresent and not isOver then
                event(q, 'duplicated', 'jobId', id)
            else
                if isOver then rest = makeWay(q, id) end
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

    /// Adds a job and the children for which it waits.
    ///
    /// Arguments: how many, and for each, the parent first: id, name, data, options, delay and priority, and what a child
    /// keeps of its parent. Gives back 1; 0 when the parent is present; below zero the place of a child, counted from 1,
    /// that has another parent.
    static let addFlow = RedisScript(
        "addFlow",
        needsRoom: true,
        #"""
        local count = tonumber(ARGV[3])
        local function member(number) return unpack(ARGV, 7 * number - 3, 7 * number + 3) end

        local parentId, name, data, options, parentWait, parentPriority = member(1)
        local parentKey = q.p .. parentId
        if call('EXISTS', parentKey) == 1 and not isEnded(q, parentId) then
            event(q, 'duplicated', 'jobId', parentId)
            return 0
        end
        for number = 2, count do
            local id = member(number)
            local other = call('HGET', q.p .. id, 'parentKey')
            if other and other ~= parentKey and not isEnded(q, id) and call('EXISTS', other) == 1 then
                return 1 - number
            end
        end

        promoteDue(q)
        local rest = isEnded(q, parentId) and makeWay(q, parentId) or {}
        call('INCR', q.p .. 'id')
        store(q, parentId, name, data, options, now, tonumber(parentWait), tonumber(parentPriority), unpack(rest))
        call('ZADD', q.p .. 'waiting-children', now, parentId)
        event(q, 'waiting-children', 'jobId', parentId)
        for number = 2, count do
            local id, name, data, options, wait, priority, parent = member(number)
            call('INCR', q.p .. 'id')
            if call('EXISTS', q.p .. id) == 1 and not isEnded(q, id) then
                -- It goes on as it is, and the parent waits for it.
                call('HSET', q.p .. id, 'parentKey', parentKey, 'parent', parent)
                event(q, 'duplicated', 'jobId', id)
            else
                local rest = isEnded(q, id) and makeWay(q, id) or {}
                table.insert(rest, 'parentKey')
                table.insert(rest, parentKey)
                table.insert(rest, 'parent')
                table.insert(rest, parent)
                wait, priority = tonumber(wait), tonumber(priority)
                store(q, id, name, data, options, now, wait, priority, unpack(rest))
                begin(q, id, wait, priority)
            end
            call('SADD', parentKey .. ':dependencies', q.p .. id)
        end
        return 1
        """#
    )
}
