// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {OpenedLog} from "../libraries/OpenedLog.sol";
import {TokenCollector} from "../libraries/TokenCollector.sol";
import {Binding} from "../types/Binding.sol";
import {Channel, Terms} from "../types/Channel.sol";
import {ChannelSlot, ChannelStatus, ChannelWord, ChannelWords} from "../types/ChannelState.sol";
import {DepositSource} from "../types/DepositSource.sol";
import {BindingId, ChannelId} from "../types/Ids.sol";
import {Opening} from "../types/Opening.sol";
import {Balances} from "./Balances.sol";
import {Channels} from "./Channels.sol";

/// @notice The ways in on the funder's own call, and what every way in must pass: identity, ceiling, bounds.
abstract contract Openings is Channels, Balances {
    /// @dev Longer than anybody waits; also keeps `closeAt` within 40 bits.
    uint40 internal constant CLOSE_DELAY_MAX_SECONDS = 30 days;

    /// @dev Where bindings, suspensions and ceilings are kept.
    IIdentityRegistry internal immutable REGISTRY;
    /// @dev Longer than the chain's forced inclusion, or a censoring sequencer could run a payee out of time.
    uint40 internal immutable CLOSE_DELAY_FLOOR_SECONDS;

    /// @inheritdoc IChannelEscrow
    function open(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external nonReentrant returns (ChannelId channelId) {
        channelId = _openFromAllowance(channel, payerBinding, amount);
    }

    /// @inheritdoc IChannelEscrow
    function openFromBalance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external nonReentrant returns (ChannelId channelId) {
        _requireFunder(channel, msg.sender);
        channelId = _open(channel, payerBinding, amount, DepositSource.BALANCE);
        _debit(msg.sender, channel.token, amount);
    }

    /// @inheritdoc IChannelEscrow
    function openMany(Opening[] calldata openings) external nonReentrant {
        for (uint256 i = 0; i < openings.length; ++i) {
            // Why a call to itself: what a refused row has done, in the registry too, is undone with it.
            // solhint-disable-next-line no-empty-blocks
            try this.openRowOf(openings[i], msg.sender) {} catch (bytes memory reason) {
                emit OpeningSkipped(_idOf(openings[i].channel), reason);
            }
        }
    }

    /// @inheritdoc IChannelEscrow
    function openRowOf(Opening calldata opening, address caller) external {
        if (msg.sender != address(this)) revert ChannelEscrow_NotEscrow(msg.sender);
        Channel calldata channel = opening.channel;
        _requireFunder(channel, caller);
        _open(channel, opening.payerBinding, opening.amount, DepositSource.BALANCE);
        _debit(caller, channel.token, opening.amount);
    }

    /// @inheritdoc IChannelEscrow
    function topUp(Channel calldata channel, Binding calldata payerBinding, uint96 amount) external nonReentrant {
        _topUpFromAllowance(channel, payerBinding, amount);
    }

    /// @inheritdoc IChannelEscrow
    function topUpFromBalance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external nonReentrant {
        _requireFunder(channel, msg.sender);
        _topUp(channel, payerBinding, amount, DepositSource.BALANCE);
        _debit(msg.sender, channel.token, amount);
    }

    function _openFromAllowance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) internal returns (ChannelId channelId) {
        _requireFunder(channel, msg.sender);
        channelId = _open(channel, payerBinding, amount, DepositSource.ALLOWANCE);
        TokenCollector.collectExactly(channel.token, msg.sender, amount);
    }

    function _topUpFromAllowance(Channel calldata channel, Binding calldata payerBinding, uint96 amount) internal {
        _requireFunder(channel, msg.sender);
        _topUp(channel, payerBinding, amount, DepositSource.ALLOWANCE);
        TokenCollector.collectExactly(channel.token, msg.sender, amount);
    }

    /// @dev On the funder's word, which the caller has checked or checks afterwards.
    function _open(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount,
        DepositSource source
    ) internal returns (ChannelId channelId) {
        // Check: never used, and with bounds that protect the payee.
        channelId = _idOf(channel);
        ChannelSlot storage slot = _channels[channelId];
        ChannelStatus status = slot.word.status();
        if (status != ChannelStatus.NONE) revert ChannelEscrow_AlreadyOpened(channelId, status);
        _requireSound(channel);
        _requireIdentity(channel, payerBinding, amount);

        // Effect: before the money moves, so that a re-entrant token meets the new state.
        slot.word = ChannelWords.opened(amount);
        OpenedLog.write(channelId, channel, amount, source);
    }

    /// @dev As {_open}.
    function _topUp(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount,
        DepositSource source
    ) internal returns (ChannelId channelId, uint96 depositBefore) {
        // Check: open, and not closing.
        channelId = _idOf(channel);
        (ChannelSlot storage slot, ChannelWord word) = _openSlotOf(channelId);
        if (word.closeAt() != 0) revert ChannelEscrow_Closing(channelId, word.closeAt());
        depositBefore = word.deposit();
        uint256 deposit = uint256(depositBefore) + amount;
        if (deposit > type(uint96).max) revert ChannelEscrow_DepositTooLarge(channelId, deposit, type(uint96).max);
        _requireIdentity(channel, payerBinding, amount);

        // Effect
        slot.word = word.withDeposit(uint96(deposit));
        emit ChannelToppedUp(channelId, uint96(deposit), source);
    }

    function _requireFunder(Channel calldata channel, address caller) internal pure {
        if (caller != channel.terms.funder) revert ChannelEscrow_NotFunder(caller, channel.terms.funder);
    }

    function _requireSound(Channel calldata channel) private view {
        address beneficiary = channel.beneficiary;
        if (beneficiary == address(0) || beneficiary == address(this)) revert ChannelEscrow_BadBeneficiary(beneficiary);
        uint40 delay = channel.terms.closeDelaySeconds;
        if (delay < CLOSE_DELAY_FLOOR_SECONDS || delay > CLOSE_DELAY_MAX_SECONDS) {
            revert ChannelEscrow_BadCloseDelay(delay, CLOSE_DELAY_FLOOR_SECONDS, CLOSE_DELAY_MAX_SECONDS);
        }
    }

    /// @dev The payer's binding is the one that the channel names; the registry checks that binding, its ceiling, and the
    /// payee's, in one call.
    function _requireIdentity(Channel calldata channel, Binding calldata payerBinding, uint96 amount) private {
        Terms calldata terms = channel.terms;
        if (amount == 0) revert ChannelEscrow_ZeroAmount();
        if (payerBinding.deviceId != channel.payer) {
            revert ChannelEscrow_WrongPayer(payerBinding.deviceId, channel.payer);
        }
        if (payerBinding.funder != terms.funder) revert ChannelEscrow_WrongFunder(terms.funder, payerBinding.funder);
        if (payerBinding.token != channel.token) revert ChannelEscrow_WrongToken(channel.token, payerBinding.token);
        BindingId bindingId = REGISTRY.spend(payerBinding, terms.payee, terms.payeeBinding, amount);
        if (bindingId != terms.payerBinding) revert ChannelEscrow_WrongBinding(bindingId, terms.payerBinding);
    }
}
