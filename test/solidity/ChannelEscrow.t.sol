// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ChannelEscrow} from "../../contracts/ChannelEscrow.sol";
import {Channel} from "../../contracts/types/Channel.sol";
import {ChannelState, ChannelStatus} from "../../contracts/types/ChannelState.sol";
import {ChannelId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";
import {Handler} from "./helpers/Handler.sol";

/// @notice Invariants I1 to I3, I5, I7 to I10, I22 and I23 of README.md: whatever anybody does, in any order, money and channels keep these.
contract ChannelEscrowTest {
    Handler private _handler;
    ChannelEscrow private _escrow;
    address[] private _targets;

    function setUp() public {
        _handler = new Handler();
        _escrow = _handler.ESCROW();
        _targets.push(address(_handler));
    }

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    function invariant_I1_moneyInIsMoneyOut() public view {
        for (uint256 t = 0; t < 2; ++t) {
            address token = _handler.tokens(t);
            uint256 owed = 0;
            for (uint256 i = 0; i < 2; ++i) owed += _escrow.balanceOf(_handler.funders(i), token);
            for (uint256 i = 0; i < 3; ++i) owed += _escrow.payoutOf(_handler.beneficiaries(i), token);
            for (uint256 i = 0; i < _handler.channelCount(); ++i) {
                (Channel memory channel, , ChannelState memory state) = _handler.statesOf(i);
                if (channel.token != token || state.status == ChannelStatus.CLOSED) continue;
                owed += state.deposit - state.settled;
            }
            Check.equal(IERC20(token).balanceOf(address(_escrow)), owed, "I1: tokens held, tokens owed");
        }
    }

    function invariant_I2_settledNeverFalls() public view {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (, ChannelState memory earlier, ChannelState memory state) = _handler.statesOf(i);
            Check.atMost(earlier.settled, state.settled, "I2: settled before, settled now");
        }
    }

    function invariant_I3_settledNeverAboveDeposit() public view {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (, , ChannelState memory state) = _handler.statesOf(i);
            Check.atMost(state.settled, state.deposit, "I3: settled, deposit");
        }
    }

    function invariant_I5_closedStaysClosed() public view {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (, ChannelState memory earlier, ChannelState memory state) = _handler.statesOf(i);
            if (earlier.status != ChannelStatus.CLOSED) continue;
            Check.equal(keccak256(abi.encode(state)), keccak256(abi.encode(earlier)), "I5: state once closed");
        }
    }

    function invariant_I7_beneficiariesGetWhatIsSettled() public view {
        for (uint256 t = 0; t < 2; ++t) {
            for (uint256 b = 0; b < 3; ++b) {
                address beneficiary = _handler.beneficiaries(b);
                address token = _handler.tokens(t);
                uint256 received = _escrow.payoutOf(beneficiary, token) + _handler.withdrawn(beneficiary, token);
                Check.equal(received, _settledFor(beneficiary, token), "I7: payouts, settled");
                Check.equal(IERC20(token).balanceOf(beneficiary), _handler.withdrawn(beneficiary, token), "I7: tokens");
            }
        }
    }

    function invariant_I8_nothingSettledThatThePayerDidNotSign() public view {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (, , ChannelState memory state) = _handler.statesOf(i);
            Check.atMost(state.settled, _handler.authorised(_handler.channelIdAt(i)), "I8: settled, authorised");
        }
    }

    function invariant_I9_refundsReturnToTheFunder() public view {
        for (uint256 t = 0; t < 2; ++t) {
            for (uint256 f = 0; f < 2; ++f) {
                address funder = _handler.funders(f);
                address token = _handler.tokens(t);
                int256 expected = _handler.ownMoney(funder, token) + int256(_refundedTo(funder, token));
                Check.equal(_escrow.balanceOf(funder, token), uint256(expected), "I9: balance, own money and refunds");
            }
        }
    }

    function invariant_I10_depositNeverFallsAndCloseAtNeverMoves() public view {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (, ChannelState memory earlier, ChannelState memory state) = _handler.statesOf(i);
            Check.atMost(earlier.deposit, state.deposit, "I10: deposit before, deposit now");
            if (earlier.closeAt == 0) continue;
            Check.equal(state.closeAt, earlier.closeAt, "I10: closeAt");
            Check.equal(state.deposit, earlier.deposit, "I10: deposit of a closing channel");
        }
    }

    function invariant_I22_whoFollowsTheRulesIsPaid() public view {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (, , ChannelState memory state) = _handler.statesOf(i);
            ChannelId channelId = _handler.channelIdAt(i);
            if (!_handler.finalizedAlone(channelId)) continue;
            Check.atMost(_handler.served(channelId), state.settled, "I22: served, settled");
        }
    }

    function invariant_I23_nothingSignedWorksTwice() public view {
        Check.equal(_handler.done("replayed"), 0, "I23: replays");
    }

    function _settledFor(address beneficiary, address token) private view returns (uint256 amount) {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (Channel memory channel, , ChannelState memory state) = _handler.statesOf(i);
            if (channel.beneficiary == beneficiary && channel.token == token) amount += state.settled;
        }
    }

    function _refundedTo(address funder, address token) private view returns (uint256 amount) {
        for (uint256 i = 0; i < _handler.channelCount(); ++i) {
            (Channel memory channel, , ChannelState memory state) = _handler.statesOf(i);
            if (channel.terms.funder != funder || channel.token != token) continue;
            if (state.status == ChannelStatus.CLOSED) amount += state.deposit - state.settled;
        }
    }
}
