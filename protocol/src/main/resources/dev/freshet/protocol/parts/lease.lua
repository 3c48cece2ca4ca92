-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Which process loads an entry for all of them.

-- The key of an entry's lease. It holds which process has it, and expires by itself. It lies in the entry's slot.
local function lease_of(entry)
    local owner = string.find(entry, '}:', 1, true)
    return string.sub(entry, 1, owner + 1) .. '~lease:' .. string.sub(entry, owner + 2)
end
