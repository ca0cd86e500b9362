extension RedisScript {
    /// What all scripts use: the words of BullMQ's layout.
    ///
    /// A queue is a table with the prefix of its keys and its settings, since a child's parent may be in another one.
    static let common = #"""
        local call = redis.call
        local now = tonumber(ARGV[2])
        if now == 0 then
            local time = call('TIME')
            now = time[1] * 1000 + math.floor(time[2] / 1000)
        end

        -- Lua would write large numbers with 14 digits.
        local function digits(number) return string.format('%.0f', number) end

        local function decoded(text)
            if not text then return {} end
            local isFine, value = pcall(cjson.decode, text)
            return isFine and type(value) == 'table' and value or {}
        end

        -- Counts up in a hash, from nothing where others wrote something else: an error would end the whole step half done.
        local function increase(key, field)
            local count = (tonumber(call('HGET', key, field)) or 0) + 1
            call('HSET', key, field, digits(count))
            return count
        end

        local function openQueue(prefix)
            local meta = call('HMGET', prefix .. 'meta', 'paused', 'concurrency', 'max', 'duration', 'opts.maxLenEvents')
            return {
                p = prefix, paused = meta[1], concurrency = tonumber(meta[2]), max = tonumber(meta[3]),
                duration = tonumber(meta[4]), events = tonumber(meta[5]) or 10000
            }
        end

        local q = openQueue(ARGV[1])

        local function event(q, name, ...)
            call('XADD', q.p .. 'events', 'MAXLEN', '~', q.events, '*', 'event', name, ...)
        end

        -- No job may begin now.
        local function isHeld(q)
            return q.paused or q.concurrency and call('LLEN', q.p .. 'active') >= q.concurrency
        end

        -- Wakes one who waits for jobs.
        local function wake(q)
            if not isHeld(q) then call('ZADD', q.p .. 'marker', 0, '0') end
        end

        -- Lets those who wait know when the next delayed job is due.
        local function wakeForDelayed(q)
            local first = call('ZRANGE', q.p .. 'delayed', 0, 0, 'WITHSCORES')
            if first[2] and not q.paused then
                call('ZADD', q.p .. 'marker', math.floor(first[2] / 4096), '1')
            end
        end

        -- A key that holds a job and not something else of the queue.
        local function isJob(key)
            return call('TYPE', key).ok == 'hash' and call('HEXISTS', key, 'name') == 1
        end

        -- Whether a text is UTF-8. What is not can't be named by clients: they would answer with another name.
        local function isText(text)
            if not string.find(text, '[\128-\255]') then return true end
            local place = 1
            while place <= #text do
                local first, second = string.byte(text, place, place + 1)
                local rest = 0
                if first >= 194 and first < 224 then rest = 1
                elseif first >= 224 and first < 240 then rest = 2
                elseif first >= 240 and first < 245 then rest = 3
                elseif first >= 128 then return false end
                local tail = string.sub(text, place + 1, place + rest)
                if #tail < rest or string.find(tail, '[^\128-\191]') then return false end
                -- Too long for what they say, halves of pairs, and beyond the last character.
                if first == 224 and second < 160 or first == 237 and second > 159 then return false end
                if first == 240 and second < 144 or first == 244 and second > 143 then return false end
                place = place + rest + 1
            end
            return true
        end

        local notText = 'Its id is not UTF-8, so nobody could say how it ended.'

        -- Where jobs wait. Clients of BullMQ 5 keep them apart during a pause and put that list in the place of the other
        -- one afterwards: what is still in the other one would be lost.
        local function waitList(q)
            local apart = q.p .. 'paused'
            if not q.paused or call('EXISTS', apart) == 0 then return q.p .. 'wait' end
            while call('LMOVE', q.p .. 'wait', apart, 'LEFT', 'RIGHT') do end
            return apart
        end

        -- Among those that may begin: behind all others of its priority, or before them.
        local function place(q, id, priority, isFirst)
            if priority == 0 then
                call(isFirst and 'RPUSH' or 'LPUSH', waitList(q), id)
            else
                local turn = isFirst and 0 or call('INCR', q.p .. 'pc') % 4294967296
                call('ZADD', q.p .. 'prioritized', priority * 4294967296 + turn, id)
            end
        end

        local function makeReady(q, id, priority, previous, isFirst)
            place(q, id, priority, isFirst)
            wake(q)
            if previous then
                event(q, 'waiting', 'jobId', id, 'prev', previous)
            else
                event(q, 'waiting', 'jobId', id)
            end
        end

        -- Those of one millisecond come one after the other.
        local function delay(q, id, due)
            local first = due * 4096
            local last = call('ZREVRANGEBYSCORE', q.p .. 'delayed', first + 4095, first, 'WITHSCORES', 'LIMIT', 0, 1)
            local score = last[2] and math.min(last[2] + 1, first + 4095) or first
            call('ZADD', q.p .. 'delayed', score, id)
            event(q, 'delayed', 'jobId', id, 'delay', digits(due))
            wakeForDelayed(q)
        end

        -- Lets jobs wait whose time has come.
        local function promoteDue(q)
            local due = call('ZRANGEBYSCORE', q.p .. 'delayed', 0, (now + 1) * 4096 - 1, 'LIMIT', 0, 1000)
            if #due == 0 then return end
            call('ZREM', q.p .. 'delayed', unpack(due))
            for _, id in ipairs(due) do
                local key = q.p .. id
                -- An id without a job is dropped by whoever would take it, and told.
                place(q, id, isJob(key) and tonumber(call('HGET', key, 'priority')) or 0)
                if isJob(key) then
                    call('HSET', key, 'delay', 0)
                    event(q, 'waiting', 'jobId', id, 'prev', 'delayed')
                end
            end
            wake(q)
        end

        local function deleteKeys(key)
            call('DEL', key, key .. ':lock', key .. ':logs', key .. ':dependencies', key .. ':processed',
                key .. ':failed', key .. ':unsuccessful')
        end

        -- `name`, `data`, `options` and what else is given, as a new job; where it goes is up to the caller.
        local function store(q, id, name, data, options, timestamp, wait, priority, ...)
            call('HSETNX', q.p .. 'meta', 'opts.maxLenEvents', q.events)
            call('HSET', q.p .. id, 'name', name, 'data', data, 'opts', options, 'timestamp', digits(timestamp),
                'delay', digits(wait), 'priority', priority, ...)
            event(q, 'added', 'jobId', id, 'name', name)
        end

        -- Where a job may begin that was just stored.
        local function begin(q, id, wait, priority, isFirst)
            if wait > 0 then delay(q, id, now + wait) else makeReady(q, id, priority, nil, isFirst) end
        end

        -- The job is not what keeps others about the same from being added any more.
        local function releaseSubject(q, id, subject, isRemoval)
            if not subject then return end
            local key = q.p .. 'de:' .. subject
            if call('GET', key) ~= id or not isRemoval and call('PTTL', key) ~= -1 then return end
            call('DEL', key)
            local nextKey = q.p .. 'dn:' .. subject
            if isRemoval then
                call('DEL', nextKey)
                return
            end
            -- Another job about the same came while this one was done, and only the last of them was kept.
            local fields = call('HMGET', nextKey, 'name', 'data', 'opts', 'jid', 'pk', 'pd', 'pdk')
            if not fields[1] then return end
            call('DEL', nextKey)
            local own = digits(call('INCR', q.p .. 'id'))
            local nextId = fields[4] or own
            local options = decoded(fields[3])
            local wait, priority = tonumber(options.delay) or 0, tonumber(options.priority) or 0
            local rest = { 'deid', subject }
            if fields[5] then
                rest[3], rest[4], rest[5], rest[6] = 'parentKey', fields[5], 'parent', fields[6] or '{}'
            end
            store(q, nextId, fields[1], fields[2] or '{}', fields[3] or '{}', now, wait, priority, unpack(rest))
            call('SET', key, nextId)
            begin(q, nextId, wait, priority)
            if fields[7] then call('SADD', fields[7], q.p .. nextId) end
        end
        """#
}
