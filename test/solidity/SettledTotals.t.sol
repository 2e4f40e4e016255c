// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SettledTotals, SettledTotalsLib} from "../../contracts/types/Settlement.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The one word of a settlement's event holds three fields, and none of them touches another.
contract SettledTotalsTest {
    function testFuzz_packPutsEachFieldInItsPlace(uint96 settled, uint96 cumulativeAmount, uint64 version) public pure {
        uint256 word = SettledTotals.unwrap(SettledTotalsLib.pack(settled, cumulativeAmount, version));
        bytes memory fields = abi.encodePacked(version, cumulativeAmount, settled);
        Check.equal(bytes32(word), bytes32(fields), "settled 96 | cumulativeAmount 96 | version 64");
    }
}
