// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Totals} from "../../contracts/libraries/Totals.sol";

/// @notice What holds of {Totals} for all numbers. `npm run prove` reads the notices.
contract TotalsProofs {
    /// @notice What a settlement leaves settled never exceeds the deposit.
    function settledStaysWithinDeposit(uint96 promised, uint96 deposit, uint96 settled) external pure {
        require(settled <= deposit);
        assert(settled + Totals.due(Totals.covered(promised, deposit), settled) <= deposit);
    }

    /// @notice What is settled never falls, and rises exactly when the promise, as far as it is covered, is above it.
    function settledNeverFalls(uint96 promised, uint96 deposit, uint96 settled) external pure {
        require(settled <= deposit);
        uint256 total = Totals.covered(promised, deposit);
        uint256 then = settled + Totals.due(total, settled);
        assert(then >= settled);
        assert((then > settled) == (total > settled));
    }

    /// @notice A settlement never brings the settled total above what was promised.
    function paysNoMoreThanPromised(uint96 promised, uint96 deposit, uint96 settled) external pure {
        uint256 paid = Totals.due(Totals.covered(promised, deposit), settled);
        assert(paid == 0 || settled + paid <= promised);
    }

    /// @notice Settling two promises one after the other, in any order, pays what the larger alone would.
    function orderDoesNotMatter(uint96 one, uint96 other, uint96 deposit) external pure {
        uint256 larger = one > other ? one : other;
        uint256 first = Totals.due(Totals.covered(one, deposit), 0);
        uint256 both = first + Totals.due(Totals.covered(other, deposit), first);
        assert(both == Totals.covered(larger, deposit));
    }

    /// @notice At a close what is paid and what is refunded are together all that was not settled before.
    function closeConservesMoney(uint96 amount, uint96 deposit, uint96 settled) external pure {
        require(settled <= deposit && amount <= deposit);
        uint256 paid = Totals.due(amount, settled);
        uint256 refunded = Totals.refund(deposit, settled + paid);
        assert(paid + refunded == uint256(deposit) - settled);
    }

    /// @notice A close at an amount up to deposit and promise leaves settled the larger of amount and settled before.
    function closeStaysWithinBounds(uint96 amount, uint96 authorised, uint96 deposit, uint96 settled) external pure {
        require(settled <= deposit && amount <= deposit);
        require(amount <= settled || amount <= authorised);
        uint256 then = settled + Totals.due(amount, settled);
        assert(then == (amount > settled ? amount : settled));
        assert(then <= deposit);
        assert(then == settled || then <= authorised);
    }

    /// @notice A finalized close refunds exactly what is not settled.
    function finalRefundIsTheRest(uint96 deposit, uint96 settled) external pure {
        require(settled <= deposit);
        assert(Totals.refund(deposit, settled) + settled == deposit);
    }

    /// @notice A stream's total is base + ticks * tickAmount in whole numbers: it never wraps.
    function streamIsExact(uint96 base, uint32 ticks, uint96 tickAmount) external pure {
        // Checked arithmetic, whose safety is a row of its own.
        assert(Totals.streamed(base, ticks, tickAmount) == uint256(base) + uint256(ticks) * uint256(tickAmount));
    }

    /// @notice A stream's total never lies below its base, nor above what all its ticks promise.
    function streamStaysWithinItsTicks(uint96 base, uint32 ticks, uint32 tickCount, uint96 tickAmount) external pure {
        require(ticks <= tickCount);
        uint256 total = Totals.streamed(base, ticks, tickAmount);
        assert(total >= base);
        assert(total <= Totals.streamed(base, tickCount, tickAmount));
    }

    /// @notice What a stream pays is capped by the deposit.
    function streamIsCapped(uint96 base, uint32 ticks, uint96 tickAmount, uint96 deposit) external pure {
        assert(Totals.covered(Totals.streamed(base, ticks, tickAmount), deposit) <= deposit);
    }

    /// @notice A hash lock's total is its base and the locked amount: it never wraps, and what it pays is capped by the deposit.
    function lockIsExactAndCapped(uint96 base, uint96 lockedAmount, uint96 deposit) external pure {
        uint256 total = Totals.unlocked(base, lockedAmount);
        assert(total == uint256(base) + uint256(lockedAmount));
        assert(total >= base && total >= lockedAmount);
        assert(Totals.covered(total, deposit) <= deposit);
    }
}
