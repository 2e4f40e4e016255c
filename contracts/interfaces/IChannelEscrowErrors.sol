// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingStatus} from "../types/BindingRecord.sol";
import {ChannelStatus} from "../types/ChannelState.sol";
import {BindingId, ChannelId, SignerId} from "../types/Ids.sol";

/// @title Errors of the channel escrow
/// @notice What was given first, what was allowed or expected last.
interface IChannelEscrowErrors {
    /// @notice An amount must be above zero.
    error ChannelEscrow_ZeroAmount();
    /// @notice The beneficiary may be neither zero nor the escrow.
    error ChannelEscrow_BadBeneficiary(address given);
    /// @notice The close delay is outside its bounds, in seconds.
    error ChannelEscrow_BadCloseDelay(uint40 given, uint40 min, uint40 max);
    /// @notice The floor of close delays is zero or above the limit, in seconds.
    error ChannelEscrow_BadCloseDelayFloor(uint40 given, uint40 max);
    /// @notice There is no contract at an address that must have one: the registry's, or that of its P-256 verifier.
    error ChannelEscrow_NoCode(address given);
    /// @notice The id was used before: an id is used once.
    error ChannelEscrow_AlreadyOpened(ChannelId channelId, ChannelStatus status);
    /// @notice There is no open channel of this id.
    error ChannelEscrow_NotOpen(ChannelId channelId, ChannelStatus status);
    /// @notice A close is pending since, or from, `closeAt` seconds.
    error ChannelEscrow_Closing(ChannelId channelId, uint40 closeAt);
    /// @notice No close was requested.
    error ChannelEscrow_NotClosing(ChannelId channelId);
    /// @notice The close delay is not over.
    error ChannelEscrow_TooEarly(ChannelId channelId, uint256 blockTime, uint40 closeAt);
    /// @notice The message came too late.
    error ChannelEscrow_Expired(uint40 deadline, uint256 blockTime);
    /// @notice Only the funder may do this.
    error ChannelEscrow_NotFunder(address given, address expected);
    /// @notice Only the escrow itself may call this.
    error ChannelEscrow_NotEscrow(address given);
    /// @notice The binding passed along is not the one that the channel names.
    error ChannelEscrow_WrongBinding(BindingId given, BindingId expected);
    /// @notice The binding is of another device than the channel's payer.
    error ChannelEscrow_WrongPayer(SignerId given, SignerId expected);
    /// @notice The binding allows another funder.
    error ChannelEscrow_WrongFunder(address given, address expected);
    /// @notice The binding allows another token.
    error ChannelEscrow_WrongToken(address given, address expected);
    /// @notice The payer's binding has not ended.
    error ChannelEscrow_BindingNotEnded(BindingId bindingId, BindingStatus status);
    /// @notice The signature is not one of `expected` over this message.
    error ChannelEscrow_WrongSigner(SignerId expected);
    /// @notice The signature is not one of the account over this message.
    error ChannelEscrow_BadSignature(address account);
    /// @notice A close cannot pay more than the deposit.
    error ChannelEscrow_DepositExceeded(ChannelId channelId, uint96 given, uint96 deposit);
    /// @notice A close above what is settled needs a voucher of at least its amount.
    error ChannelEscrow_NotAuthorised(ChannelId channelId, uint96 given, uint96 authorised);
    /// @notice The deposit would not fit into 96 bits.
    error ChannelEscrow_DepositTooLarge(ChannelId channelId, uint256 given, uint256 max);
    /// @notice The balance is too small.
    error ChannelEscrow_BalanceTooLow(address account, uint256 given, uint256 balance);
    /// @notice The voucher is of another channel.
    error ChannelEscrow_WrongChannel(ChannelId given, ChannelId expected);
    /// @notice A stream pays for fewer ticks.
    error ChannelEscrow_TooManyTicks(uint32 given, uint32 tickCount);
    /// @notice The pre-image hashes to something else.
    error ChannelEscrow_WrongPreimage(bytes32 given, bytes32 expected);
    /// @notice The lock expired at `expiresAt` (seconds).
    error ChannelEscrow_LockExpired(uint40 expiresAt, uint256 blockTime);
    /// @notice A total must fit into 96 bits.
    error ChannelEscrow_TotalTooLarge(ChannelId channelId, uint256 given, uint256 max);
    /// @notice This total pays nothing more: all of it, or all of the deposit, is settled.
    error ChannelEscrow_NothingToSettle(ChannelId channelId, uint96 given, uint96 settled, uint96 deposit);
    /// @notice There is nothing to withdraw.
    error ChannelEscrow_NoPayout(address account, address token);
}
