extension RedisScript {
    /// Ends taken jobs and takes others, all in one step.
    ///
    /// Arguments: how many end, and for each: id, lease, how, why or what to note, the wait that the other side wants and a number from 0
    /// up to 1 by chance. Then: how many to take, a text that makes leases unique, how long they last, the worker's name,
    /// how many completed and failed jobs are kept that say nothing themselves, how many bytes data may have, and pairs of
    /// a job of a scheduler and when the scheduler's next one is due, or nothing for none.
    ///
    /// A job of a scheduler is not taken before its next time is given, so that taking it and making the next one are one
    /// step: it is named instead. Gives back: the time, the places of the ends that were lost, the taken jobs, the job that
    /// needs a time with its scheduler, its own time, the scheduler's record and its options, and what was not taken: id
    /// and reason, or nothing for an id that has no job.
    static let settle = RedisScript(
        "settle",
        #"""
        local cursor = 2
        local function argument()
            cursor = cursor + 1
            return ARGV[cursor]
        end

        local ends = {}
        for number = 1, tonumber(argument()) do
            ends[number] = {
                id = argument(), lease = argument(), how = argument(), why = argument(),
                after = tonumber(argument()), chance = tonumber(argument())
            }
        end
        local limit = tonumber(argument())
        local token, lease, worker = argument(), argument(), argument()
        local keptCompleted, keptFailed, mostData = tonumber(argument()), tonumber(argument()), tonumber(argument())
        local nextTimes = {}
        for _ = 1, tonumber(argument()) do
            local id = argument()
            nextTimes[id] = argument()
        end

        -- How long a job waits after it failed for the time `count`.
        local function backoff(options, count, chance)
            local rule = options.backoff
            if type(rule) == 'number' then return rule end
            if type(rule) ~= 'table' then return 0 end
            local wait = tonumber(rule.delay) or 0
            if rule.type == 'exponential' then wait = math.floor(wait * 2 ^ math.min(count - 1, 60) + 0.5) end
            wait = math.min(wait, tonumber(rule.limit) or 86400000)
            local jitter = math.min(math.max(tonumber(rule.jitter) or 0, 0), 1)
            if jitter > 0 then wait = wait * (1 - jitter) + wait * jitter * chance end
            return math.floor(wait + 0.0000001)
        end

        local isOver = false
        local function conclude(id, state, value, standard)
            isOver = true
            finish(q, id, state, value, standard)
        end

        local function tryAgain(ended, key)
            local options = decoded(call('HGET', key, 'opts'))
            local count = (tonumber(call('HGET', key, 'atm')) or 0) + 1
            noteFailure(key, ended.why, options)
            if count >= (tonumber(options.attempts) or 1) then
                conclude(ended.id, 'failed', ended.why, keptFailed)
                return
            end
            increase(key, 'atm')
            local wait = math.max(backoff(options, count, ended.chance), ended.after)
            if wait > 0 then
                call('HSET', key, 'delay', digits(wait))
                delay(q, ended.id, now + wait)
            else
                makeReady(q, ended.id, tonumber(call('HGET', key, 'priority')) or 0, 'active', options.lifo)
            end
        end

        local function finishWell(ended, key)
            if call('SCARD', key .. ':dependencies') > 0 then
                call('ZADD', q.p .. 'waiting-children', now, ended.id)
                event(q, 'waiting-children', 'jobId', ended.id, 'prev', 'active')
            else
                conclude(ended.id, 'completed', ended.why == '' and 'null' or cjson.encode(ended.why), keptCompleted)
            end
        end

        -- What was due before these ends comes before what comes back by them.
        promoteDue(q)
        local lost, returned = {}, {}
        for number, ended in ipairs(ends) do
            local key = q.p .. ended.id
            if not holds(q, ended.id, ended.lease) or not leave(q, ended.id) then
                table.insert(lost, number)
            elseif ended.how == 'finished' then
                finishWell(ended, key)
            elseif ended.how == 'tryAgain' then
                tryAgain(ended, key)
            elseif ended.how == 'giveUp' then
                noteFailure(key, ended.why, decoded(call('HGET', key, 'opts')))
                conclude(ended.id, 'failed', ended.why, keptFailed)
            else
                table.insert(returned, ended.id)
            end
        end
        -- The last one first, so that they come in the order in which they were taken.
        for number = #returned, 1, -1 do
            local id = returned[number]
            makeReady(q, id, tonumber(call('HGET', q.p .. id, 'priority')) or 0, 'active', true)
        end

        local function isLimited()
            if not q.max or not q.duration then return false end
            if (tonumber(call('GET', q.p .. 'limiter')) or 0) < q.max then return false end
            return call('PTTL', q.p .. 'limiter') > 0
        end

        local function countForLimit()
            if not q.max or not q.duration then return end
            if call('INCR', q.p .. 'limiter') == 1 then call('PEXPIRE', q.p .. 'limiter', q.duration) end
        end

        -- The scheduler whose latest job this is, if the next one is still to be made.
        local function schedulerOf(id, key)
            local scheduler = call('HGET', key, 'rjk')
            if not scheduler then return nil end
            local latest = call('ZSCORE', q.p .. 'repeat', scheduler)
            if not latest or 'repeat:' .. scheduler .. ':' .. digits(tonumber(latest)) ~= id then return nil end
            return call('HEXISTS', q.p .. 'repeat:' .. scheduler, 'ic') == 1 and scheduler or nil
        end

        local function makeNext(scheduler, options, time)
            local next = 'repeat:' .. scheduler .. ':' .. time
            if call('EXISTS', q.p .. next) == 1 then
                if call('ZREM', q.p .. 'failed', next) + call('ZREM', q.p .. 'completed', next) == 0 then
                    event(q, 'duplicated', 'jobId', next)
                    return
                end
                delete(q, next)
            end
            local record = q.p .. 'repeat:' .. scheduler
            call('ZADD', q.p .. 'repeat', time, scheduler)
            increase(record, 'ic')
            call('INCR', q.p .. 'id')
            local wait = math.max(tonumber(time) - now, 0)
            options.jobId, options.delay, options.timestamp, options.prevMillis = next, wait, now, tonumber(time)
            options.repeatJobKey = scheduler
            if type(options['repeat']) == 'table' then
                options['repeat'].count = (tonumber(options['repeat'].count) or 0) + 1
            end
            local template = call('HMGET', record, 'name', 'data')
            local priority = tonumber(options.priority) or 0
            store(q, next, template[1] or '', template[2] or '{}', cjson.encode(options), now, wait, priority,
                'rjk', scheduler)
            begin(q, next, wait, priority)
        end

        local taken, needs, refused = {}, {}, {}

        -- Fails a job without doing it.
        local function refuse(id, key, why)
            table.insert(refused, { id, why })
            leave(q, id)
            noteFailure(key, why, {})
            conclude(id, 'failed', why, keptFailed)
        end

        -- Others add whatever they like.
        local function isObject(text)
            return string.find(text, '^%s*{') and (pcall(cjson.decode, text))
        end

        local function start(id, key)
            call('LPUSH', q.p .. 'active', id)
            local turn = increase(key, 'ats')
            call('HSET', key, 'processedOn', digits(now), 'pb', worker)
            local proof = token .. '#' .. digits(now) .. '.' .. turn
            call('SET', key .. ':lock', proof, 'PX', lease)
            event(q, 'active', 'jobId', id, 'prev', 'waiting')
            local fields = call('HMGET', key, 'name', 'opts', 'atm', 'timestamp', 'defa', 'attemptsMade')
            if fields[5] then
                refuse(id, key, fields[5])
                return
            end
            countForLimit()
            local bytes = call('HSTRLEN', key, 'data')
            if bytes > mostData then
                refuse(id, key, 'Its data has ' .. bytes .. ' bytes; at most ' .. mostData .. ' are taken.')
                return
            end
            local data = call('HGET', key, 'data') or '{}'
            if not isObject(data) then
                refuse(id, key, 'Its data is not a JSON object.')
                return
            end
            local options = decoded(fields[2])
            table.insert(taken, {
                id, fields[1], data, tonumber(fields[3] or fields[6]) or 0,
                math.max(tonumber(options.attempts) or 1, 1), fields[4] or digits(now),
                tonumber(options.deadline) or '', proof, call('PEXPIRETIME', key .. ':lock')
            })
        end

        while #taken < limit and not isHeld(q) and not isLimited() do
            local id = call('LINDEX', q.p .. 'wait', -1)
            local isOfWait = id
            if not id then id = call('ZRANGE', q.p .. 'prioritized', 0, 0)[1] end
            if not id then
                call('DEL', q.p .. 'pc')
                break
            end
            local key = q.p .. id
            local isThere = isJob(key)
            local isNamed = isText(id)
            local scheduler = isThere and isNamed and schedulerOf(id, key)
            if scheduler and not nextTimes[id] then
                needs = {
                    id, scheduler, call('HGETALL', q.p .. 'repeat:' .. scheduler), call('HGET', key, 'opts') or '{}'
                }
                break
            end
            if isOfWait then call('RPOP', q.p .. 'wait') else call('ZREM', q.p .. 'prioritized', id) end
            if not isThere then
                table.insert(refused, { id, '' })
            elseif not isNamed then
                refuse(id, key, notText)
            else
                local options = scheduler and decoded(call('HGET', key, 'opts'))
                start(id, key)
                if scheduler and nextTimes[id] ~= '' then makeNext(scheduler, options, nextTimes[id]) end
            end
        end

        local rest = call('LLEN', q.p .. 'wait') + call('ZCARD', q.p .. 'prioritized')
        if #taken > 0 and rest > 0 then wake(q) end
        -- As BullMQ says it: after the last one, not while one comes back.
        if isOver and #taken == 0 and rest == 0 and call('LLEN', q.p .. 'active') == 0 then event(q, 'drained') end
        return { digits(now), lost, taken, needs, refused }
        """#
    )

    /// Extends leases.
    ///
    /// Arguments: how long they last, how many, and for each: id and lease. Gives back the places of those that were lost,
    /// and when the others end by the server's clock.
    static let renew = RedisScript(
        "renew",
        #"""
        local lost, ends = {}, {}
        for number = 1, tonumber(ARGV[4]) do
            local id, lease = ARGV[3 + 2 * number], ARGV[4 + 2 * number]
            if holds(q, id, lease) then
                call('SET', q.p .. id .. ':lock', lease, 'PX', ARGV[3])
                call('SREM', q.p .. 'stalled', id)
                table.insert(ends, call('PEXPIRETIME', q.p .. id .. ':lock'))
            else
                table.insert(lost, number)
            end
        end
        return { lost, ends }
        """#
    )
}
