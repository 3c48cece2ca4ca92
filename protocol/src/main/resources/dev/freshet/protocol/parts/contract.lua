-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- What the invalidator of a namespace promises, and to whom.

-- Why nothing may be stored or taken, if so: 'no-invalidator' if none ever published here, 'foreign' if it works on
-- another database than the reader.
local function refusal(covers, system, database, own)
    if not covers then
        return 'no-invalidator'
    end
    if own ~= '' and own ~= (system or '') .. '/' .. (database or '') then
        return 'foreign'
    end
end

-- Returns the kind of a tag if nobody evicts it, else false. The kind of 'branch:7/task' is 'branch/task'. What begins
-- with '!' is evicted by programs, not by the invalidator. A space stands before and behind each of the kinds.
local function uncovered(tag, kinds)
    if string.sub(tag, 1, 1) == '!' then
        return false
    end
    local entity, facet = string.match(tag, '^([^:]*):[^/]*(.*)$')
    local kind = entity and entity .. facet or tag
    local known = string.find(kind, '^[^ ]+$') and string.find(kinds, ' ' .. kind .. ' ', 1, true)
    return not known and kind
end
