// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Periods} from "../../contracts/libraries/Periods.sol";
import {Check} from "./helpers/Check.sol";

/// @notice Single cases by hand; what holds for all numbers is proved in `test/proofs`.
contract PeriodsTest {
    function test_indexCountsWholePeriods() public pure {
        Check.equal(Periods.indexAt(1_000, 60, 1_000), 0, "first second");
        Check.equal(Periods.indexAt(1_000, 60, 1_059), 0, "last second");
        Check.equal(Periods.indexAt(1_000, 60, 1_060), 1, "next");
    }

    function test_runningForgetsAnotherPeriod() public pure {
        Check.equal(Periods.running(4, 50, 4), 50, "same");
        Check.equal(Periods.running(3, 50, 4), 0, "earlier");
    }

    function test_raisedIsAllowedUpToTheCeiling() public pure {
        (uint256 sum, bool allowed) = Periods.raised(60, 40, 100);
        Check.equal(sum, 100, "sum");
        Check.yes(allowed, "at the ceiling");
        (sum, allowed) = Periods.raised(60, 41, 100);
        Check.equal(sum, 101, "sum above");
        Check.yes(!allowed, "above the ceiling");
    }
}
