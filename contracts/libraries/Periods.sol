// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The arithmetic of a ceiling: which period runs, and how much is at risk in it.
/// Why apart from the registry: see {Totals}.
library Periods {
    /// @notice The number of the period that runs at `time`, in seconds; `startedAt` is not after it.
    function indexAt(uint256 startedAt, uint256 periodSeconds, uint256 time) internal pure returns (uint256) {
        return (time - startedAt) / periodSeconds;
    }

    /// @notice What is at risk in period `index`, if `exposure` was recorded in period `recorded`.
    function running(uint256 recorded, uint256 exposure, uint256 index) internal pure returns (uint256) {
        return recorded == index ? exposure : 0;
    }

    /// @notice What is at risk after `amount` more, and whether the ceiling allows it. All three are of 96 bits.
    function raised(
        uint256 exposure,
        uint256 amount,
        uint256 ceiling
    ) internal pure returns (uint256 sum, bool allowed) {
        // Why unchecked: two numbers of 96 bits stay below 2^97.
        unchecked {
            sum = exposure + amount;
        }
        allowed = sum <= ceiling;
    }
}
