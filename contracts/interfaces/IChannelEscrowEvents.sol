// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Channel} from "../types/Channel.sol";
import {DepositSource} from "../types/DepositSource.sol";
import {ChannelId} from "../types/Ids.sol";
import {SettledTotals, SkipReason} from "../types/Settlement.sol";

/// @title Events of the channel escrow
/// @notice What happened, in absolute values: every channel's state, every payout and every balance can be rebuilt from
/// these alone.
interface IChannelEscrowEvents {
    /// @notice A funder's balance was paid in. `balance` is the new balance, token base units.
    event BalanceDeposited(address indexed account, address indexed token, uint256 amount, uint256 balance);

    /// @notice A funder took money out of its balance. `balance` is what is left, token base units.
    event BalanceWithdrawn(address indexed account, address indexed token, uint256 amount, uint256 balance);

    /// @notice A channel opened. Carries all that its id is made of.
    event ChannelOpened(ChannelId indexed channelId, Channel channel, uint96 deposit, DepositSource source);

    /// @notice One channel of a fleet was not opened; the others were not touched by it. `reason` is the error that opening it
    /// alone reverts with.
    event OpeningSkipped(ChannelId indexed channelId, bytes reason);

    /// @notice A channel's deposit grew. `deposit` is the new total, token base units.
    event ChannelToppedUp(ChannelId indexed channelId, uint96 deposit, DepositSource source);

    /// @notice A voucher was settled, or a stream or hash lock as far as it was revealed. See {SettledTotals} for the packing
    /// of `totals`; the promised total in it includes what was revealed.
    event VoucherSettled(ChannelId indexed channelId, SettledTotals totals, bytes32 receiptsRoot);

    /// @notice A row was skipped; the others were not touched by it.
    event RowSkipped(ChannelId indexed channelId, SkipReason reason);

    /// @notice A close is pending. `closeAt` in seconds.
    event CloseRequested(ChannelId indexed channelId, uint40 closeAt);

    /// @notice A channel closed by agreement. `totals` has what it paid in all, and the total that was authorised: the
    /// voucher's, or what is settled when no voucher was needed. Version and `receiptsRoot` are then the payee's word
    /// alone.
    event ChannelClosed(ChannelId indexed channelId, SettledTotals totals, bytes32 receiptsRoot, uint96 refund);

    /// @notice A channel closed after its close delay. `settled` and `refund` in token base units.
    event CloseFinalized(ChannelId indexed channelId, uint96 settled, uint96 refund);

    /// @notice A beneficiary's payouts were paid to it.
    event PayoutWithdrawn(address account, address token, uint256 amount);
}
