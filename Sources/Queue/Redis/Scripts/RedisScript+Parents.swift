extension RedisScript {
    /// What becomes of a parent when a child ends.
    static let parents = #"""
        -- The queue of a parent, from the text in its child.
        local function queueOf(parent)
            local home = type(parent.queueKey) == 'string' and parent.queueKey .. ':' or nil
            return home and (home == q.p and q or openQueue(home)) or nil
        end

        -- A parent whose children are all done may begin.
        local function releaseParent(home, key, id)
            local wait = tonumber(call('HGET', key, 'delay')) or 0
            local priority = tonumber(call('HGET', key, 'priority')) or 0
            if wait > 0 then
                delay(home, id, now + wait)
                return
            end
            place(home, id, priority, priority == 0)
            wake(home)
            event(home, 'waiting', 'jobId', id, 'prev', 'waiting-children')
        end

        local function releaseIfDone(home, key, id)
            if call('SCARD', key .. ':dependencies') > 0 then return end
            if call('ZREM', home.p .. 'waiting-children', id) == 1 then releaseParent(home, key, id) end
        end

        -- The child `key` ended as `state`; `value` is its result or the reason of its failure.
        local function tellParent(key, parentKey, text, state, value)
            if not parentKey or call('EXISTS', parentKey) == 0 then return end
            local parent = decoded(text)
            local home, id = queueOf(parent), parent.id
            if not home or not id then return end
            if state == 'completed' then
                if call('SREM', parentKey .. ':dependencies', key) == 0 then return end
                call('HSET', parentKey .. ':processed', key, value)
                releaseIfDone(home, parentKey, id)
            elseif parent.fpof then
                if call('SREM', parentKey .. ':dependencies', key) == 0 then return end
                call('ZADD', parentKey .. ':unsuccessful', now, key)
                local isFreed = call('ZREM', home.p .. 'waiting-children', id) == 1
                if not isFreed and call('ZREM', home.p .. 'delayed', id) == 1 then
                    call('HSET', parentKey, 'delay', 0)
                    isFreed = true
                end
                if isFreed or not call('ZSCORE', home.p .. 'failed', id) then
                    call('HSET', parentKey, 'defa', 'child ' .. key .. ' failed')
                end
                if isFreed then releaseParent(home, parentKey, id) end
            elseif parent.cpof then
                if call('SREM', parentKey .. ':dependencies', key) == 0 then return end
                call('HSET', parentKey .. ':failed', key, value)
                if call('ZREM', home.p .. 'waiting-children', id) == 1 then releaseParent(home, parentKey, id) end
            elseif parent.idof or parent.rdof then
                if call('SREM', parentKey .. ':dependencies', key) == 0 then return end
                if parent.idof then call('HSET', parentKey .. ':failed', key, value) end
                releaseIfDone(home, parentKey, id)
            end
        end

        -- The child is gone; a parent does not wait for it any more.
        local function leaveParent(key, parentKey, text)
            if not parentKey or call('EXISTS', parentKey) == 0 then return end
            local parent = decoded(text)
            local home = queueOf(parent)
            if not home or not parent.id then return end
            if call('SREM', parentKey .. ':dependencies', key) == 1 then releaseIfDone(home, parentKey, parent.id) end
        end
        """#
}
