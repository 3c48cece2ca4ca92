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

-- Returns the kind of a tag if nobody evicts it, else false. The kind of 'branch:7/task' is 'branch/task'.
local function uncovered(tag, covers)
    local entity, facet = string.match(tag, '^([^:]*):[^/]*(.*)$')
    local kind = entity and entity .. facet or tag
    local known = string.find(kind, '^[^ ]+$') and string.find(' ' .. covers .. ' ', ' ' .. kind .. ' ', 1, true)
    return not known and kind
end
