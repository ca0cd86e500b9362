extension RedisScript {
    /// All job schedulers, or the one that is named: the time, and for each: id, when its latest job is due, its record,
    /// and 1 when that job has not begun, 2 when it is worked on, or 0 when it is over or gone.
    static let schedulers = RedisScript(
        "schedulers",
        #"""
        local found = {}
        local function look(scheduler, latest)
            if not isText(scheduler) then return end
            local record = call('HGETALL', q.p .. 'repeat:' .. scheduler)
            local id = 'repeat:' .. scheduler .. ':' .. digits(tonumber(latest))
            table.insert(found, { scheduler, digits(tonumber(latest)), record, stateOf(q, id) })
        end
        if ARGV[3] then
            local latest = call('ZSCORE', q.p .. 'repeat', ARGV[3])
            if latest then look(ARGV[3], latest) end
        else
            local all = call('ZRANGE', q.p .. 'repeat', 0, -1, 'WITHSCORES')
            for place = 1, #all, 2 do look(all[place], all[place + 1]) end
        end
        return { digits(now), found }
        """#
    )

    /// Keeps a job scheduler, if it is still as it was seen.
    ///
    /// Arguments: its id; when its latest job was due, how many it had made and the state of that job, as they were seen,
    /// or nothing three times; how many it has made now; when its next job is due, or nothing for none; when its latest
    /// one was, where there is no next; then names and values of the record. Gives back 1; 0 when it changed meanwhile; 2
    /// when that time has its job already, which is worked on.
    static let keepScheduler = RedisScript(
        "keepScheduler",
        needsRoom: true,
        #"""
        local scheduler, seen, seenMade, seenState, made, next, latest = unpack(ARGV, 3, 9)
        local record = q.p .. 'repeat:' .. scheduler

        -- From which list the job went that has not begun.
        local function takeBack(id)
            if call('ZREM', q.p .. 'delayed', id) == 1 then return 'delayed' end
            if call('ZREM', q.p .. 'prioritized', id) == 1 then return 'prioritized' end
            if call('LREM', q.p .. 'wait', 1, id) == 0 then call('LREM', q.p .. 'paused', 1, id) end
            return 'waiting'
        end

        local present = call('ZSCORE', q.p .. 'repeat', scheduler)
        present = present and digits(tonumber(present)) or ''
        if present ~= seen or (call('HGET', record, 'ic') or '') ~= seenMade then return 0 end
        local nextId = 'repeat:' .. scheduler .. ':' .. next
        if next ~= '' and isJob(q.p .. nextId) and call('LPOS', q.p .. 'active', nextId) then return 2 end
        if present ~= '' then
            local id = 'repeat:' .. scheduler .. ':' .. present
            local state = stateOf(q, id)
            if (state == 1) ~= (seenState == '1') then return 0 end
            if state == 1 then
                local from = takeBack(id)
                delete(q, id)
                event(q, 'removed', 'jobId', id, 'prev', from)
            end
        end
        call('DEL', record)
        call('HSET', record, 'ic', made, unpack(ARGV, 10))
        call('ZADD', q.p .. 'repeat', next ~= '' and next or latest, scheduler)
        if next == '' then return 1 end
        if isJob(q.p .. nextId) then
            call('ZREM', q.p .. 'failed', nextId)
            call('ZREM', q.p .. 'completed', nextId)
            takeBack(nextId)
            delete(q, nextId)
        end
        call('INCR', q.p .. 'id')
        local wait = math.max(tonumber(next) - now, 0)
        local rule = {}
        for place = 10, #ARGV, 2 do rule[ARGV[place]] = ARGV[place + 1] end
        local options = decoded(rule.opts)
        options.jobId, options.delay, options.timestamp, options.prevMillis = nextId, wait, now, tonumber(next)
        options.repeatJobKey = scheduler
        options['repeat'] = {
            every = tonumber(rule.every), pattern = rule.pattern, tz = rule.tz, limit = tonumber(rule.limit),
            startDate = tonumber(rule.startDate), endDate = tonumber(rule.endDate), offset = tonumber(rule.offset),
            count = tonumber(made)
        }
        local priority = tonumber(options.priority) or 0
        store(q, nextId, rule.name or '', rule.data or '{}', cjson.encode(options), now, wait, priority,
            'rjk', scheduler)
        begin(q, nextId, wait, priority)
        return 1
        """#
    )

    /// Removes a job scheduler and its job that is still delayed; 0 when there was none.
    static let removeScheduler = RedisScript(
        "removeScheduler",
        #"""
        local scheduler = ARGV[3]
        local latest = call('ZSCORE', q.p .. 'repeat', scheduler)
        if not latest then return 0 end
        local id = 'repeat:' .. scheduler .. ':' .. digits(tonumber(latest))
        if call('ZREM', q.p .. 'delayed', id) == 1 then
            delete(q, id)
            event(q, 'removed', 'jobId', id, 'prev', 'delayed')
        end
        call('ZREM', q.p .. 'repeat', scheduler)
        call('DEL', q.p .. 'repeat:' .. scheduler)
        return 1
        """#
    )

    /// Removes repeatable jobs of BullMQ 5 of one name, which no later version knows; gives back how they were called.
    static let removeLegacy = RedisScript(
        "removeLegacy",
        #"""
        local name = ARGV[3]
        local removed = {}
        for _, member in ipairs(call('ZRANGE', q.p .. 'repeat', 0, -1)) do
            local record = q.p .. 'repeat:' .. member
            local isLegacy = call('HEXISTS', record, 'ic') == 0
            local known = call('HGET', record, 'name') or string.match(member, '^([^:]*):')
            if isLegacy and known == name then
                call('ZREM', q.p .. 'repeat', member)
                call('DEL', record)
                table.insert(removed, member)
            end
        end
        if #removed == 0 then return removed end
        -- Their delayed jobs bear a digest of the member's text as their name.
        for _, id in ipairs(call('ZRANGE', q.p .. 'delayed', 0, -1)) do
            if string.sub(id, 1, 7) == 'repeat:' and call('HGET', q.p .. id, 'name') == name then
                local scheduler = call('HGET', q.p .. id, 'rjk')
                if not scheduler or call('HEXISTS', q.p .. 'repeat:' .. scheduler, 'ic') == 0 then
                    call('ZREM', q.p .. 'delayed', id)
                    delete(q, id)
                    event(q, 'removed', 'jobId', id, 'prev', 'delayed')
                end
            end
        end
        return removed
        """#
    )
}
