// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TickChain} from "../../contracts/libraries/TickChain.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The chain that is hashed four ticks at a time is the one of a plain loop, or there is none.
contract TickChainTest {
    uint256 private constant TICKS_MAX = 300;
    /// @dev Above what that many ticks take.
    uint256 private constant GAS_MAX = 120_000;

    function testFuzz_theRootIsTheOneOfAPlainLoop(bytes32 preimage, uint16 ticks) public view {
        uint256 count = ticks % (TICKS_MAX + 1);
        Check.equal(TickChain.root(preimage, count), _plainRoot(preimage, count), "root");
    }

    function test_everyNumberOfTicksHasItsRoot() public view {
        bytes32 preimage = keccak256("preimage");
        bytes32 expected = preimage;
        for (uint256 ticks = 0; ticks <= TICKS_MAX; ++ticks) {
            Check.equal(TickChain.root(preimage, ticks), expected, "root");
            expected = sha256(abi.encode(expected));
        }
    }

    function test_memoryStaysAsItWas() public view {
        bytes memory kept = "kept while the scratch space is written";
        bytes32 before = keccak256(kept);
        TickChain.root(keccak256("preimage"), TICKS_MAX);
        Check.equal(keccak256(kept), before, "memory");
        Check.equal(keccak256(new bytes(64)), keccak256(abi.encode(0, 0)), "new memory");
    }

    function testFuzz_starvedOfGasItGivesTheRootOrNothing(
        bytes32 preimage,
        uint16 ticks,
        uint256 gasGiven
    ) public view {
        _requireRightOrNone(preimage, ticks % (TICKS_MAX + 1), gasGiven % GAS_MAX);
    }

    /// @dev The gas at which it runs out differs by one from try to try: every instruction, and the last hash, is hit.
    function test_starvedAtEveryInstructionItGivesTheRootOrNothing() public view {
        bytes32 preimage = keccak256("preimage");
        uint256 refusals = 0;
        for (uint256 gasGiven = 300; gasGiven < 4_000; ++gasGiven) {
            if (!_requireRightOrNone(preimage, 7, gasGiven)) ++refusals;
        }
        Check.yes(refusals > 1_000, "starved");
        Check.yes(_requireRightOrNone(preimage, 7, 4_000), "enough");
    }

    function root(bytes32 preimage, uint256 ticks) external view returns (bytes32) {
        return TickChain.root(preimage, ticks);
    }

    function _requireRightOrNone(bytes32 preimage, uint256 ticks, uint256 gasGiven) private view returns (bool given) {
        try this.root{gas: gasGiven}(preimage, ticks) returns (bytes32 found) {
            Check.equal(found, _plainRoot(preimage, ticks), "root");
            given = true;
        } catch {
            given = false;
        }
    }

    function _plainRoot(bytes32 preimage, uint256 ticks) private pure returns (bytes32 result) {
        result = preimage;
        for (uint256 i = 0; i < ticks; ++i) result = sha256(abi.encode(result));
    }
}
