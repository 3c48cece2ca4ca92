-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Who may write a position.

-- Whether another instance has begun to work in the namespace since the one of this claim did.
local function superseded(standing, claim)
    return standing and tonumber(standing) > tonumber(claim)
end
