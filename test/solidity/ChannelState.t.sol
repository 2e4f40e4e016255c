// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelState, ChannelStatus, ChannelWord, ChannelWords} from "../../contracts/types/ChannelState.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The one word of a channel holds four fields, and none of them touches another.
contract ChannelStateTest {
    using ChannelWords for ChannelState;
    using ChannelWords for ChannelWord;

    function testFuzz_unpackGivesWhatWasPacked(
        uint96 settled,
        uint96 deposit,
        uint40 closeAt,
        uint8 status
    ) public pure {
        ChannelState memory given = ChannelState(settled, deposit, closeAt, ChannelStatus(status % 3));
        ChannelState memory found = given.pack().unpack();
        Check.equal(found.settled, settled, "settled");
        Check.equal(found.deposit, deposit, "deposit");
        Check.equal(found.closeAt, closeAt, "closeAt");
        Check.equal(uint256(found.status), uint256(given.status), "status");
    }

    function testFuzz_packPutsEachFieldInItsPlace(
        uint96 settled,
        uint96 deposit,
        uint40 closeAt,
        uint8 status
    ) public pure {
        ChannelState memory given = ChannelState(settled, deposit, closeAt, ChannelStatus(status % 3));
        bytes memory fields = abi.encodePacked(uint24(status % 3), closeAt, deposit, settled);
        Check.equal(
            bytes32(ChannelWord.unwrap(given.pack())),
            bytes32(fields),
            "settled 96 | deposit 96 | closeAt 40 | status 24"
        );
    }

    function test_anEmptySlotIsAChannelThatNeverWas() public pure {
        ChannelState memory found = ChannelWord.wrap(0).unpack();
        Check.equal(uint256(found.status), uint256(ChannelStatus.NONE), "status");
        Check.equal(uint256(found.deposit) + found.settled + found.closeAt, 0, "amounts");
    }
}
