// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Periods} from "../../contracts/libraries/Periods.sol";

/// @notice What holds of {Periods} for all numbers. `npm run prove` reads the notices.
contract PeriodsProofs {
    /// @notice An allowed exposure never exceeds the ceiling, and fits into the 96 bits that keep it.
    function exposureStaysWithinCeiling(uint96 exposure, uint96 amount, uint96 ceiling) external pure {
        (uint256 sum, bool allowed) = Periods.raised(exposure, amount, ceiling);
        assert(!allowed || sum <= ceiling);
        assert(!allowed || sum <= type(uint96).max);
    }

    /// @notice Exposure rises by the amount: it neither wraps nor falls within a period.
    function exposureNeverFalls(uint96 exposure, uint96 amount, uint96 ceiling) external pure {
        (uint256 sum, ) = Periods.raised(exposure, amount, ceiling);
        assert(sum == uint256(exposure) + uint256(amount));
        assert(sum >= exposure && sum >= amount);
    }

    /// @notice An amount is refused exactly when it would bring the exposure above the ceiling.
    function onlyTooMuchIsRefused(uint96 exposure, uint96 amount, uint96 ceiling) external pure {
        (, bool allowed) = Periods.raised(exposure, amount, ceiling);
        assert(allowed == (uint256(exposure) + amount <= ceiling));
    }

    /// @notice What was recorded counts in its own period alone.
    function recordedCountsInItsPeriodAlone(uint24 recorded, uint96 exposure, uint24 index) external pure {
        uint256 running = Periods.running(recorded, exposure, index);
        assert(running == (recorded == index ? exposure : 0));
        assert(running <= exposure);
    }

    /// @notice Of a binding that may be made, the period's number fits into 24 bits as long as the binding runs.
    function periodFits(uint40 startedAt, uint40 validUntil, uint32 periodSeconds, uint40 time) external pure {
        require(startedAt <= time && time < validUntil && periodSeconds > 0);
        require((uint256(validUntil) - startedAt) / periodSeconds <= type(uint24).max);
        assert(Periods.indexAt(startedAt, periodSeconds, time) <= type(uint24).max);
    }

    /// @notice Periods only advance: a later second never lies in an earlier period.
    function periodsAdvance(uint40 startedAt, uint32 periodSeconds, uint40 time, uint40 later) external pure {
        require(startedAt <= time && time <= later && periodSeconds > 0);
        uint256 index = Periods.indexAt(startedAt, periodSeconds, time);
        assert(index <= Periods.indexAt(startedAt, periodSeconds, later));
    }

    /// @notice The first second lies in period 0, and a period is as long as it says.
    function periodsHaveTheirLength(uint40 startedAt, uint32 periodSeconds, uint24 index) external pure {
        require(periodSeconds > 0);
        uint256 first = uint256(startedAt) + uint256(index) * uint256(periodSeconds);
        assert(Periods.indexAt(startedAt, periodSeconds, startedAt) == 0);
        assert(Periods.indexAt(startedAt, periodSeconds, first) == index);
        assert(Periods.indexAt(startedAt, periodSeconds, first + periodSeconds - 1) == index);
    }
}
