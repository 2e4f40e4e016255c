// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The arithmetic of one channel's money: what a promise pays, and what goes back at the end.
/// Why apart from the escrow: pure functions over whole words are what an SMT solver can reason about. `npm run prove` proves
/// of these very functions what `docs/PROOFS.md` lists. All amounts are token base units out of 96 bits.
library Totals {
    /// @notice The part of a promise that the deposit covers.
    function covered(uint256 promised, uint256 deposit) internal pure returns (uint256) {
        return promised < deposit ? promised : deposit;
    }

    /// @notice What a total pays beyond what is settled: zero when it is not above it.
    function due(uint256 total, uint256 settled) internal pure returns (uint256) {
        // Why unchecked: just compared.
        unchecked {
            return total > settled ? total - settled : 0;
        }
    }

    /// @notice What the funder gets back when the channel ends. `settled` never passes `deposit`.
    function refund(uint256 deposit, uint256 settled) internal pure returns (uint256) {
        return deposit - settled;
    }

    /// @notice The total that `ticks` revealed pre-images of a stream promise.
    function streamed(uint96 base, uint32 ticks, uint96 tickAmount) internal pure returns (uint256) {
        // Why unchecked: 96 bits times 32 bits, and 96 bits more, stay below 2^129.
        unchecked {
            return base + uint256(ticks) * tickAmount;
        }
    }

    /// @notice The total that the pre-image of a hash lock promises.
    function unlocked(uint96 base, uint96 lockedAmount) internal pure returns (uint256) {
        // Why unchecked: two numbers of 96 bits stay below 2^97.
        unchecked {
            return uint256(base) + lockedAmount;
        }
    }
}
