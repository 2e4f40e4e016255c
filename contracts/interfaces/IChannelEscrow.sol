// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Authorization, Permit} from "../types/Authorization.sol";
import {Binding} from "../types/Binding.sol";
import {Channel, HashedChannel} from "../types/Channel.sol";
import {ChannelState} from "../types/ChannelState.sol";
import {DeviceSignature} from "../types/DeviceSignature.sol";
import {HashlockVoucher} from "../types/HashlockVoucher.sol";
import {ChannelId} from "../types/Ids.sol";
import {Opening} from "../types/Opening.sol";
import {SettleGroup} from "../types/Settlement.sol";
import {StreamVoucher} from "../types/StreamVoucher.sol";
import {IChannelEscrowErrors} from "./IChannelEscrowErrors.sol";
import {IChannelEscrowEvents} from "./IChannelEscrowEvents.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title Channel escrow
/// @notice Holds the deposits of one-way payment channels. A voucher promises a *total*; the largest total that is shown
/// is what a channel pays, so messages may be lost, doubled or reordered.
/// @dev No owner, no proxy, no pause. Money leaves only by {withdraw} (payouts) and {withdrawBalance} (balances), both
/// pulled, so a recipient that reverts harms nobody else.
interface IChannelEscrow is IChannelEscrowEvents, IChannelEscrowErrors {
    // ------------------------------------------------------------------ balances

    /// @notice Pays into the caller's balance, out of which it opens channels and into which refunds go.
    /// @dev Emits {BalanceDeposited}.
    ///
    /// Requirements:
    /// - `amount` is above zero, approved, and arrives in full
    ///
    /// @param amount token base units
    function depositBalance(address token, uint256 amount) external;

    /// @notice Takes money out of the caller's balance.
    /// @dev Emits {BalanceWithdrawn}.
    ///
    /// Requirements:
    /// - `amount` is above zero and at most the balance
    ///
    /// @param amount token base units
    function withdrawBalance(address token, uint256 amount) external;

    // ------------------------------------------------------------------ life of a channel

    /// @notice Opens a channel out of the caller's allowance to this contract.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - the caller is the funder, `amount` is above zero, and arrives in full
    /// - the channel's id was never used; beneficiary and close delay are within bounds
    /// - `payerBinding` is the binding that the terms name: of this payer, funder and token, active, and with room under its
    ///   ceiling; the payee's binding is its head, and active
    ///
    /// @param amount token base units
    function open(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Opens a channel out of the caller's balance in this contract.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - as {open}, with a balance of at least `amount`
    ///
    /// @param amount token base units
    function openFromBalance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Opens channels out of the caller's balance, a fleet in one transaction. A row that cannot be opened is skipped
    /// and never stops the others.
    /// @dev Emits {ChannelOpened} or {OpeningSkipped} for each row, in their order.
    function openMany(Opening[] calldata openings) external;

    /// @notice Opens one row of {openMany}. For the escrow's own call alone.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - as {openFromBalance}, by `caller`
    function openRowOf(Opening calldata opening, address caller) external;

    /// @notice Opens a channel out of the funder's balance, on its signature. Anyone may send it.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - as {openFromBalance}, and instead of calling, the funder has signed
    ///   `FundingOrder(channelId, amount, 0, deadline)` (ECDSA, or ERC-1271), and `deadline` (seconds) is not over
    ///
    /// @param amount token base units
    function openWithOrder(
        Channel calldata channel,
        Binding calldata payerBinding,
        bytes calldata signature,
        uint40 deadline,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Opens a channel out of the caller's allowance, after its ERC-2612 permit for `amount`. A permit that somebody
    /// used before does no harm.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - as {open}
    ///
    /// @param amount token base units
    function openWithPermit(
        Channel calldata channel,
        Binding calldata payerBinding,
        Permit calldata permit,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Opens a channel with the funder's ERC-3009 authorization. Anyone may send it.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - as {open}, and instead of calling, the funder has signed the token's `ReceiveWithAuthorization` of `amount` to this
    ///   contract with the nonce `keccak256(channelId || uint96(0))`
    ///
    /// @param amount token base units
    function openWithAuthorization(
        Channel calldata channel,
        Binding calldata payerBinding,
        Authorization calldata authorization,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Raises a channel's deposit out of the caller's allowance to this contract.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the caller is the funder, `amount` is above zero, and arrives in full
    /// - identity and ceiling as for {open}
    ///
    /// @param amount token base units
    function topUp(Channel calldata channel, Binding calldata payerBinding, uint96 amount) external;

    /// @notice Raises a channel's deposit out of the caller's balance in this contract.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - as {topUp}, with a balance of at least `amount`
    ///
    /// @param amount token base units
    function topUpFromBalance(Channel calldata channel, Binding calldata payerBinding, uint96 amount) external;

    /// @notice Raises a channel's deposit out of the funder's balance, on its signature. Anyone may send it.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - as {topUpFromBalance}, and instead of calling, the funder has signed
    ///   `FundingOrder(channelId, amount, deposit so far, deadline)` (ECDSA, or ERC-1271), and `deadline` (seconds) is not over
    ///
    /// @param amount token base units
    function topUpWithOrder(
        Channel calldata channel,
        Binding calldata payerBinding,
        bytes calldata signature,
        uint40 deadline,
        uint96 amount
    ) external;

    /// @notice Raises a channel's deposit out of the caller's allowance, after its ERC-2612 permit for `amount`.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - as {topUp}
    ///
    /// @param amount token base units
    function topUpWithPermit(
        Channel calldata channel,
        Binding calldata payerBinding,
        Permit calldata permit,
        uint96 amount
    ) external;

    /// @notice Raises a channel's deposit with the funder's ERC-3009 authorization. Anyone may send it.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - as {topUp}, and instead of calling, the funder has signed the token's `ReceiveWithAuthorization` of `amount` to this
    ///   contract with the nonce `keccak256(channelId || uint96(deposit so far))`
    ///
    /// @param amount token base units
    function topUpWithAuthorization(
        Channel calldata channel,
        Binding calldata payerBinding,
        Authorization calldata authorization,
        uint96 amount
    ) external;

    /// @notice Adds what vouchers promise, up to the deposits, to their beneficiaries' payouts. Anyone may send it.
    /// @dev Emits {VoucherSettled} or {RowSkipped} for each row. A bad row never stops the others.
    function settle(SettleGroup[] calldata groups) external;

    /// @notice Settles a stream as far as it was revealed. Anyone may send it.
    /// @dev Emits {VoucherSettled}. Each tick costs about 220 gas: what one transaction can hold is the payee's to mind when it
    /// agrees to a stream.
    ///
    /// Requirements:
    /// - the channel is open (a close may be pending)
    /// - the payer has signed the voucher, and it is of this channel
    /// - `ticks` is at most the stream's count, and SHA-256 applied so often to `preimage` gives its root
    /// - the total, `cumulativeAmount + ticks * tickAmount`, fits into 96 bits and pays more than what is settled
    ///
    /// @param preimage the newest one that the payer revealed
    function settleStream(
        HashedChannel calldata channel,
        DeviceSignature calldata signature,
        StreamVoucher calldata voucher,
        uint32 ticks,
        bytes32 preimage
    ) external;

    /// @notice Settles a hash lock. Anyone may send it.
    /// @dev Emits {VoucherSettled}.
    ///
    /// Requirements:
    /// - the channel is open (a close may be pending)
    /// - the payer has signed the voucher, and it is of this channel
    /// - it has not expired, and SHA-256 of `preimage` is its hash lock
    /// - the total, `cumulativeAmount + lockedAmount`, fits into 96 bits and pays more than what is settled
    function settleHashlock(
        HashedChannel calldata channel,
        DeviceSignature calldata signature,
        HashlockVoucher calldata voucher,
        bytes32 preimage
    ) external;

    /// @notice Closes a channel at once, at an amount that the payee signed.
    /// @dev Emits {ChannelClosed}. An amount below what is settled closes at what is settled.
    ///
    /// Requirements:
    /// - the channel is open (a close may be pending)
    /// - the payee has signed `CooperativeClose(channelId, amount, version, receiptsRoot)`
    /// - `amount` is at most the deposit
    /// - above what is settled, the payer has signed a voucher of the same version and root, of at least `amount`
    ///
    /// @param amount what the channel shall have paid in all, token base units
    /// @param payeeSignature over the {CooperativeClose}
    /// @param authorised the voucher's total, token base units; not looked at when `amount` is settled already
    /// @param payerSignature over the {Voucher}; not looked at when `amount` is settled already
    function close(
        Channel calldata channel,
        uint96 amount,
        uint64 version,
        bytes32 receiptsRoot,
        DeviceSignature calldata payeeSignature,
        uint96 authorised,
        DeviceSignature calldata payerSignature
    ) external;

    /// @notice Starts the close delay. Repeating it would move nothing, so it reverts.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the caller is the funder
    function requestClose(Channel calldata channel) external;

    /// @notice Starts the close delay on the payer's signature.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the payer has signed {RequestClose}, and `deadline` (seconds) is not over
    function requestCloseByPayer(
        Channel calldata channel,
        uint40 deadline,
        DeviceSignature calldata signature
    ) external;

    /// @notice Starts the close delay on the funder's signature (ECDSA, or ERC-1271).
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the funder has signed {RequestClose}, and `deadline` (seconds) is not over
    function requestCloseByFunder(Channel calldata channel, uint40 deadline, bytes calldata signature) external;

    /// @notice Starts the close delay on the signature of the payer's liable party.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - `payerBinding` is the binding that the terms name
    /// - its party has signed {RequestClose}, and `deadline` (seconds) is not over
    function requestCloseByParty(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint40 deadline,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    /// @notice Starts the close delay because the payer's binding has ended. Anyone may send it.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the payer's binding was released, revoked, renewed, or has expired
    function requestCloseOfEndedBinding(Channel calldata channel) external;

    /// @notice Closes a channel after its close delay, and refunds what was not settled to the funder's balance. Anyone may
    /// send it.
    /// @dev Emits {CloseFinalized}.
    ///
    /// Requirements:
    /// - a close is pending, and its delay is over
    function finalizeClose(Channel calldata channel) external;

    /// @notice Pays an account its payouts. Anyone may send it.
    /// @dev Emits {PayoutWithdrawn}.
    ///
    /// Requirements:
    /// - there are payouts to pay
    function withdraw(address account, address token) external;

    // ------------------------------------------------------------------ views

    /// @notice State of a channel; all zero when it was never opened.
    function channelOf(ChannelId channelId) external view returns (ChannelState memory);

    /// @notice Settled and not yet withdrawn, token base units.
    function payoutOf(address account, address token) external view returns (uint256);

    /// @notice What a funder holds to open channels from, token base units.
    function balanceOf(address account, address token) external view returns (uint256);

    /// @notice The registry that openings are checked against.
    function identityRegistry() external view returns (IIdentityRegistry);

    /// @notice Shortest and longest close delay, in seconds.
    function closeDelayBounds() external view returns (uint40 minSeconds, uint40 maxSeconds);
}
