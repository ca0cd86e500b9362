extension RedisScript {
    /// How a job ends, and who keeps what is over.
    static let ends = #"""
        -- Deletes a job with everything that belongs to it, from no list.
        local function delete(q, id)
            local key = q.p .. id
            local fields = call('HMGET', key, 'deid', 'parentKey', 'parent')
            deleteKeys(key)
            releaseSubject(q, id, fields[1], true)
            leaveParent(key, fields[2], fields[3])
        end

        local function isEnded(q, id)
            return call('ZSCORE', q.p .. 'failed', id) or call('ZSCORE', q.p .. 'completed', id)
        end

        -- A job that is over goes, since it starts over. What is to be kept: that it stalled, so that one which kills its
        -- worker does so once.
        local function makeWay(q, id)
            local stalls = call('HGET', q.p .. id, 'stc')
            call('ZREM', q.p .. 'failed', id)
            call('ZREM', q.p .. 'completed', id)
            delete(q, id)
            return stalls and { 'stc', stalls } or {}
        end

        -- 1 for a job that has not begun, 2 for one that is worked on, 0 for one that is over or gone.
        local function stateOf(q, id)
            if not isJob(q.p .. id) then return 0 end
            if isEnded(q, id) then return 0 end
            return call('LPOS', q.p .. 'active', id) and 2 or 1
        end

        local function evict(q, state, ids)
            for _, id in ipairs(ids) do
                call('ZREM', q.p .. state, id)
                deleteKeys(q.p .. id)
            end
        end

        -- How long jobs of a state are kept: a truth, a number, or a table, as BullMQ writes it.
        local function kept(rule, standard)
            if rule == nil or rule == cjson.null then rule = standard end
            if rule == true then return { count = 0 } end
            if rule == false then return { count = -1 } end
            if type(rule) == 'number' then return { count = rule } end
            return type(rule) == 'table' and rule or { count = -1 }
        end

        -- An active job, whose lock is taken off already, is over. `value` is its result or the reason of its failure;
        -- `standard` how many are kept where the job says nothing.
        local function finish(q, id, state, value, standard)
            local key = q.p .. id
            local fields = call('HMGET', key, 'opts', 'parentKey', 'parent', 'deid')
            local options = decoded(fields[1])
            releaseSubject(q, id, fields[4])
            tellParent(key, fields[2], fields[3], state, value)
            local made = increase(key, 'atm')
            local rule = options.removeOnComplete
            if state == 'failed' then rule = options.removeOnFail end
            rule = kept(rule, standard)
            local count, age = tonumber(rule.count), tonumber(rule.age)
            if count == 0 then
                deleteKeys(key)
                leaveParent(key, fields[2], fields[3])
            else
                call('ZADD', q.p .. state, now, id)
                call('HSET', key, state == 'failed' and 'failedReason' or 'returnvalue', value,
                    'finishedOn', digits(now))
                if state == 'failed' then call('HDEL', key, 'defa') end
                if age then
                    local limit = tonumber(rule.limit) or 1000
                    evict(q, state,
                        call('ZREVRANGEBYSCORE', q.p .. state, now - age * 1000, '-inf', 'LIMIT', 0, limit))
                end
                if count and count > 0 then evict(q, state, call('ZREVRANGE', q.p .. state, count, count + 999)) end
            end
            if state == 'failed' then
                event(q, 'failed', 'jobId', id, 'failedReason', value, 'prev', 'active')
                if made >= (tonumber(options.attempts) or 1) then
                    event(q, 'retries-exhausted', 'jobId', id, 'attemptsMade', made)
                end
            else
                event(q, 'completed', 'jobId', id, 'returnvalue', value, 'prev', 'active')
            end
        end

        -- A failed try, for people: BullMQ keeps a text for each.
        local function noteFailure(key, why, options)
            local stack = decoded(call('HGET', key, 'stacktrace'))
            table.insert(stack, why)
            local most = tonumber(options.stackTraceLimit)
            while most and #stack > most do table.remove(stack, 1) end
            call('HSET', key, 'failedReason', why, 'stacktrace', #stack == 0 and '[]' or cjson.encode(stack))
        end

        -- What a lease says: the lock, and which of the job's turns it is for.
        local function holds(q, id, lease)
            local lock = call('GET', q.p .. id .. ':lock')
            if lock then return lock == lease end
            -- The lock ran out, as when the clock of the server was set, and nobody has taken the job since.
            local turn = call('HMGET', q.p .. id, 'processedOn', 'ats')
            if not turn[1] or not turn[2] then return false end
            if string.match(lease, '#(.*)$') ~= turn[1] .. '.' .. turn[2] then return false end
            return call('LPOS', q.p .. 'active', id) ~= false
        end

        -- Takes the job out of its worker's hands; false where it is not there.
        local function leave(q, id)
            call('DEL', q.p .. id .. ':lock')
            call('SREM', q.p .. 'stalled', id)
            return call('LREM', q.p .. 'active', -1, id) == 1
        end
        """#
}
