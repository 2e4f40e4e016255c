// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelState, ChannelStatus, ChannelWord, ChannelWords} from "../../contracts/types/ChannelState.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The one word of a channel holds four fields, and changing one of them touches no other.
contract ChannelStateTest {
    function testFuzz_unpackReadsEachFieldFromItsPlace(
        uint96 settled,
        uint96 deposit,
        uint40 closeAt,
        uint8 status
    ) public pure {
        ChannelState memory found = _word(settled, deposit, closeAt, status % 3).unpack();
        Check.equal(found.settled, settled, "settled");
        Check.equal(found.deposit, deposit, "deposit");
        Check.equal(found.closeAt, closeAt, "closeAt");
        Check.equal(uint256(found.status), status % 3, "status");
    }

    function testFuzz_onlyStatusOpenIsOpen(uint96 settled, uint96 deposit, uint40 closeAt, uint8 status) public pure {
        bool open = _word(settled, deposit, closeAt, status % 3).isOpen();
        Check.yes(open == (status % 3 == uint8(ChannelStatus.OPEN)), "open");
    }

    function testFuzz_openedHasADepositAndNothingElse(uint96 amount) public pure {
        _requireWord(ChannelWords.opened(amount), _word(0, amount, 0, uint8(ChannelStatus.OPEN)));
    }

    function testFuzz_settledMoreRaisesTheTotalAlone(
        uint96 settled,
        uint96 deposit,
        uint96 more,
        uint40 closeAt
    ) public pure {
        // A channel never settles more than its deposit.
        settled = settled % type(uint96).max;
        deposit = settled + 1 + (deposit % (type(uint96).max - settled));
        more = 1 + (more % (deposit - settled));
        _requireWord(_word(settled, deposit, closeAt, 1).settledMore(more), _word(settled + more, deposit, closeAt, 1));
    }

    function testFuzz_withDepositChangesTheDepositAlone(
        uint96 settled,
        uint96 deposit,
        uint96 other,
        uint40 closeAt
    ) public pure {
        _requireWord(_word(settled, deposit, closeAt, 1).withDeposit(other), _word(settled, other, closeAt, 1));
    }

    function testFuzz_closingAtSetsTheTimeAlone(uint96 settled, uint96 deposit, uint40 time) public pure {
        _requireWord(_word(settled, deposit, 0, 1).closingAt(time), _word(settled, deposit, time, 1));
    }

    function testFuzz_closedChangesTheStatusAlone(uint96 settled, uint96 deposit, uint40 closeAt) public pure {
        _requireWord(_word(settled, deposit, closeAt, 1).closed(), _word(settled, deposit, closeAt, 2));
    }

    function test_anEmptySlotIsAChannelThatNeverWas() public pure {
        ChannelState memory found = ChannelWord.wrap(0).unpack();
        Check.equal(uint256(found.status), uint256(ChannelStatus.NONE), "status");
        Check.equal(uint256(found.deposit) + found.settled + found.closeAt, 0, "amounts");
    }

    /// @dev settled 96 | deposit 96 | closeAt 40 | status 24, from the lowest bit up.
    function _word(uint96 settled, uint96 deposit, uint40 closeAt, uint8 status) private pure returns (ChannelWord) {
        return ChannelWord.wrap(uint256(bytes32(abi.encodePacked(uint24(status), closeAt, deposit, settled))));
    }

    function _requireWord(ChannelWord found, ChannelWord expected) private pure {
        Check.equal(bytes32(ChannelWord.unwrap(found)), bytes32(ChannelWord.unwrap(expected)), "word");
    }
}
