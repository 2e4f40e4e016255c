// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DepositSource, IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {TokenCollector} from "../libraries/TokenCollector.sol";
import {Binding} from "../types/Binding.sol";
import {Channel, Terms} from "../types/Channel.sol";
import {ChannelSlot, ChannelStatus, ChannelWord, ChannelWords} from "../types/ChannelState.sol";
import {BindingId, ChannelId} from "../types/Ids.sol";
import {Balances} from "./Balances.sol";
import {Channels} from "./Channels.sol";

/// @notice The ways in: opening and topping up, always on the funder's word, and always within identity and ceiling.
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
        channelId = _open(channel, payerBinding, amount, DepositSource.ALLOWANCE);
        TokenCollector.collectExactly(channel.token, msg.sender, amount);
    }

    /// @inheritdoc IChannelEscrow
    function openFromBalance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external nonReentrant returns (ChannelId channelId) {
        channelId = _open(channel, payerBinding, amount, DepositSource.BALANCE);
        _debit(msg.sender, channel.token, amount);
    }

    /// @inheritdoc IChannelEscrow
    function topUp(Channel calldata channel, Binding calldata payerBinding, uint96 amount) external nonReentrant {
        _topUp(channel, payerBinding, amount, DepositSource.ALLOWANCE);
        TokenCollector.collectExactly(channel.token, msg.sender, amount);
    }

    /// @inheritdoc IChannelEscrow
    function topUpFromBalance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external nonReentrant {
        _topUp(channel, payerBinding, amount, DepositSource.BALANCE);
        _debit(msg.sender, channel.token, amount);
    }

    function _open(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount,
        DepositSource source
    ) private returns (ChannelId channelId) {
        // Check: never used, and with bounds that protect the payee.
        channelId = _idOf(channel);
        ChannelSlot storage slot = _channels[channelId];
        ChannelStatus status = slot.word.status();
        if (status != ChannelStatus.NONE) revert ChannelEscrow_AlreadyOpened(channelId, status);
        _requireSound(channel);
        _requireIdentity(channel, payerBinding, amount);

        // Effect: before the money moves, so that a re-entrant token meets the new state.
        slot.word = ChannelWords.opened(amount);
        emit ChannelOpened(channelId, channel, amount, source);
    }

    function _topUp(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount,
        DepositSource source
    ) private {
        // Check: open, and not closing.
        ChannelId channelId = _idOf(channel);
        (ChannelSlot storage slot, ChannelWord word) = _openSlotOf(channelId);
        if (word.closeAt() != 0) revert ChannelEscrow_Closing(channelId, word.closeAt());
        uint256 deposit = uint256(word.deposit()) + amount;
        if (deposit > type(uint96).max) revert ChannelEscrow_DepositTooLarge(channelId, deposit, type(uint96).max);
        _requireIdentity(channel, payerBinding, amount);

        // Effect
        slot.word = word.withDeposit(uint96(deposit));
        emit ChannelToppedUp(channelId, uint96(deposit), source);
    }

    function _requireSound(Channel calldata channel) private view {
        address beneficiary = channel.beneficiary;
        if (beneficiary == address(0) || beneficiary == address(this)) revert ChannelEscrow_BadBeneficiary(beneficiary);
        uint40 delay = channel.terms.closeDelaySeconds;
        if (delay < CLOSE_DELAY_FLOOR_SECONDS || delay > CLOSE_DELAY_MAX_SECONDS) {
            revert ChannelEscrow_BadCloseDelay(delay, CLOSE_DELAY_FLOOR_SECONDS, CLOSE_DELAY_MAX_SECONDS);
        }
    }

    /// @dev The funder itself calls, with the payer's binding as the channel names it; the registry checks that binding,
    /// its ceiling, and the payee's, in one call.
    function _requireIdentity(Channel calldata channel, Binding calldata payerBinding, uint96 amount) private {
        Terms calldata terms = channel.terms;
        if (amount == 0) revert ChannelEscrow_ZeroAmount();
        if (msg.sender != terms.funder) revert ChannelEscrow_NotFunder(msg.sender, terms.funder);
        if (payerBinding.deviceId != channel.payer) {
            revert ChannelEscrow_WrongPayer(payerBinding.deviceId, channel.payer);
        }
        if (payerBinding.funder != terms.funder) revert ChannelEscrow_WrongFunder(terms.funder, payerBinding.funder);
        if (payerBinding.token != channel.token) revert ChannelEscrow_WrongToken(channel.token, payerBinding.token);
        BindingId bindingId = REGISTRY.spend(payerBinding, terms.payee, terms.payeeBinding, amount);
        if (bindingId != terms.payerBinding) revert ChannelEscrow_WrongBinding(bindingId, terms.payerBinding);
    }
}
