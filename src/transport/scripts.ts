/**
 * The shared log as scripts inside Redis, where each runs alone and by one clock. A budget is four keys: what is known of
 * it (`facts`), its units by when they stop counting (`log`), and the processes that wait for it, by rank (`line`) and by
 * when they are given up (`alive`). All of them go away by themselves a day after they were last needed.
 */
import { hash } from 'node:crypto'

export interface Script {
  lua: string
  sha: string
}

const script = (lua: string): Script => ({ lua, sha: hash('sha1', lua) })

/** Times are milliseconds; units and ends are whole numbers, written out so that none turns into an exponent. */
const COMMON = `
local facts, log, line, alive = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local given, period, day, step, usual = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1', tonumber(ARGV[4]), tonumber(ARGV[5])
local me, life, channel, name = ARGV[6], ARGV[7], ARGV[8], ARGV[9]
local DAY = 86400000
local now = given
if now == 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function whole(number) return string.format('%.0f', number) end
local function fact(field) return tonumber(redis.call('HGET', facts, field) or '0') end
local function amount() local told = fact('amount') if told > 0 then return told end return usual end
local function used() return fact('used') end

-- When a unit that comes back at this moment stops counting.
local function endOf(at)
  if day then return (math.floor(at / DAY) + 1) * DAY end
  return at + period
end
local function count(units, till)
  if units <= 0 then return end
  local last = whole(math.ceil(till / step) * step)
  redis.call('HINCRBY', facts, 'c:' .. last, whole(units))
  redis.call('HINCRBY', facts, 'used', whole(units))
  redis.call('ZADD', log, last, 'c:' .. last)
end
-- Takes an entry out of the log; gives its units.
local function strike(entry)
  local units = tonumber(redis.call('HGET', facts, entry) or '0')
  redis.call('ZREM', log, entry)
  redis.call('HDEL', facts, entry)
  if units > 0 then redis.call('HINCRBY', facts, 'used', whole(-units)) end
  return units
end
local function forget()
  -- Whoever held these was killed: they count as if they came back when their lease was over.
  local entries = redis.call('ZRANGEBYSCORE', log, '-inf', whole(now), 'WITHSCORES')
  for at = 1, #entries, 2 do
    local units = strike(entries[at])
    if string.sub(entries[at], 1, 2) == 'o:' then
      local till = endOf(tonumber(entries[at + 1]))
      if till > now then count(units, till) end
    end
  end
  if redis.call('ZCARD', log) == 0 then redis.call('HDEL', facts, 'used') end
end
local function keep()
  local till = math.max(period, fact('closed') - now, 0) + DAY
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, whole(till)) end
end
local function first()
  for _, gone in ipairs(redis.call('ZRANGEBYSCORE', alive, '-inf', whole(now))) do
    redis.call('ZREM', line, gone)
    redis.call('ZREM', alive, gone)
  end
  return redis.call('ZRANGE', line, 0, 0)[1]
end
local function nudge()
  local head = first()
  if head then redis.call('PUBLISH', channel .. head, name) end
end
`

/**
 * Ask for `units`. Gives `pass`, or `wait` with the milliseconds and 1 when that is certain, 2 when it is closed, or
 * `forgotten` when this log is not the one the asker knew; always with the log's life at the end.
 */
export const ADMIT = script(`${COMMON}
local wanted, urgency, id, lease, blind, grace = tonumber(ARGV[10]), tonumber(ARGV[11]), ARGV[12], tonumber(ARGV[13]), tonumber(ARGV[14]), tonumber(ARGV[15])
local fresh, quiet = ARGV[16], tonumber(ARGV[17])
local known = redis.call('HGET', facts, 'life')
if not known then
  -- Emptied under us, or never there. Who knew another one takes the time for all to say what they have sent.
  local closed = fact('closed')
  redis.call('DEL', facts, log, line, alive)
  redis.call('HSET', facts, 'life', fresh)
  if life ~= '' then closed = math.max(closed, now + quiet) end
  if closed > now then redis.call('HSET', facts, 'closed', whole(closed)) end
  known = fresh
end
keep()
if life ~= '' and life ~= known then return { 'forgotten', 0, 0, known } end
forget()
local RANK = 1099511627776
local rank = tonumber(redis.call('ZSCORE', line, me) or '-1')
if math.floor(rank / RANK) ~= urgency then
  rank = urgency * RANK + redis.call('HINCRBY', facts, 'seq', 1)
  redis.call('ZADD', line, whole(rank), me)
  redis.call('ZADD', alive, whole(now + grace), me)
end
local head = first()
local closed, most, taken = fact('closed'), amount(), used()
local units = math.min(wanted, most)
if head == me and now >= closed and (taken == 0 or taken + units <= most) then
  redis.call('ZREM', line, me)
  redis.call('ZREM', alive, me)
  redis.call('ZADD', log, whole(now + lease), 'o:' .. id)
  redis.call('HSET', facts, 'o:' .. id, whole(units))
  redis.call('HINCRBY', facts, 'used', whole(units))
  nudge()
  keep()
  return { 'pass', whole(units), 0, known }
end
local wait, certain = blind, 0
if now < closed then
  wait, certain = closed - now, 2
elseif head ~= me then
  wait = math.max(1, tonumber(redis.call('ZSCORE', alive, head) or '0') - now + 1)
else
  local freed, entries, held = 0, redis.call('ZRANGE', log, 0, -1, 'WITHSCORES'), false
  local at = 1
  for at = 1, #entries, 2 do
    if string.sub(entries[at], 1, 2) == 'o:' then held = true
    elseif freed < taken + units - most then
      freed = freed + fact(entries[at])
      if freed >= taken + units - most then wait = tonumber(entries[at + 1]) - now end
    end
  end
  if freed < taken + units - most then redis.call('HSET', facts, 'blind', 1)
  elseif not held then certain = 1 end
end
redis.call('ZADD', alive, whole(now + wait + grace), me)
keep()
return { 'wait', whole(wait), certain, known }
`)

/** Units come back: used, they count for a period from now on. */
export const GIVE_BACK = script(`${COMMON}
local id, sent, held = ARGV[10], ARGV[11] == '1', tonumber(ARGV[12])
-- Emptied meanwhile: whoever sent it tells it with all else when it notices.
if redis.call('HGET', facts, 'life') ~= life then return end
strike('o:' .. id)
if sent then count(held, endOf(now)) end
forget()
if not sent or redis.call('HDEL', facts, 'blind') == 1 then nudge() end
keep()
`)

/** Nobody waits in that process any more. */
export const LEAVE = script(`${COMMON}
redis.call('ZREM', line, me)
redis.call('ZREM', alive, me)
nudge()
`)

export const CLOSE = script(`${COMMON}
local till = now + tonumber(ARGV[10])
if till > fact('closed') then redis.call('HSET', facts, 'closed', whole(till)) end
keep()
`)

/** What the tool said: size, what is left, in how many milliseconds it begins anew; -1 for what it did not say. */
export const LEARN = script(`${COMMON}
local size, left, reset = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
forget()
local before = amount()
if size > 0 then redis.call('HSET', facts, 'amount', whole(size)) end
if left >= 0 then
  local till = endOf(now)
  if reset >= 0 then till = now + reset end
  count(amount() - used() - left, till)
end
if amount() > before then nudge() end
keep()
`)

/** What a process sent unheard: for how long it is closed, then pairs of units and milliseconds they still count. */
export const TELL = script(`${COMMON}
forget()
for at = 11, #ARGV, 2 do count(tonumber(ARGV[at]), now + tonumber(ARGV[at + 1])) end
local till = now + tonumber(ARGV[10])
if till > fact('closed') then redis.call('HSET', facts, 'closed', whole(till)) end
keep()
`)

/** How many units count now, over all processes, and of how many. */
export const USAGE = script(`${COMMON}
forget()
return { whole(used()), whole(amount()) }
`)

/** Requests that take long stay under way. */
export const RENEW = script(`${COMMON}
local till = whole(now + tonumber(ARGV[10]))
for at = 11, #ARGV do
  if redis.call('ZSCORE', log, 'o:' .. ARGV[at]) then redis.call('ZADD', log, till, 'o:' .. ARGV[at]) end
end
`)

/**
 * Says that a process lives; gives how many do, and tells the others when it is a new one. KEYS: the list of them. ARGV:
 * name, milliseconds until it is given up, the channel that all hear.
 */
export const LIVE = script(`
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local new = redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]))
local alive = redis.call('ZCARD', KEYS[1])
if new == 1 then redis.call('PUBLISH', ARGV[3], alive) end
return alive
`)

export const SCRIPTS: readonly Script[] = [ADMIT, GIVE_BACK, LEAVE, CLOSE, LEARN, TELL, USAGE, RENEW, LIVE]
