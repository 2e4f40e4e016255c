// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Totals} from "../../contracts/libraries/Totals.sol";
import {Check} from "./helpers/Check.sol";

/// @notice Single cases by hand; what holds for all numbers is proved in `test/proofs`.
contract TotalsTest {
    function test_coveredIsThePromiseUpToTheDeposit() public pure {
        Check.equal(Totals.covered(99, 100), 99, "below");
        Check.equal(Totals.covered(100, 100), 100, "equal");
        Check.equal(Totals.covered(101, 100), 100, "above");
    }

    function test_dueIsWhatIsAboveTheSettledTotal() public pure {
        Check.equal(Totals.due(7, 8), 0, "below");
        Check.equal(Totals.due(8, 8), 0, "equal");
        Check.equal(Totals.due(11, 8), 3, "above");
    }

    function test_refundIsTheRest() public pure {
        Check.equal(Totals.refund(100, 30), 70, "rest");
        Check.equal(Totals.refund(100, 100), 0, "nothing");
    }

    function test_streamedCountsEveryTick() public pure {
        Check.equal(Totals.streamed(1_000, 0, 5), 1_000, "none");
        Check.equal(Totals.streamed(1_000, 3, 5), 1_015, "three");
        uint256 largest = uint256(type(uint96).max) * (uint256(type(uint32).max) + 1);
        Check.equal(Totals.streamed(type(uint96).max, type(uint32).max, type(uint96).max), largest, "largest");
    }

    function test_unlockedAddsTheLockedAmount() public pure {
        Check.equal(Totals.unlocked(1_000, 5), 1_005, "sum");
        uint256 largest = 2 * uint256(type(uint96).max);
        Check.equal(Totals.unlocked(type(uint96).max, type(uint96).max), largest, "largest");
    }
}
