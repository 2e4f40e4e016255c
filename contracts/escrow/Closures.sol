// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {Totals} from "../libraries/Totals.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingStatus} from "../types/BindingRecord.sol";
import {Channel} from "../types/Channel.sol";
import {ChannelSlot, ChannelWord} from "../types/ChannelState.sol";
import {CooperativeClose, CooperativeCloseType} from "../types/CooperativeClose.sol";
import {DeviceSignature} from "../types/DeviceSignature.sol";
import {BindingId, ChannelId, SignerId} from "../types/Ids.sol";
import {RequestClose, RequestCloseType} from "../types/RequestClose.sol";
import {SettledTotalsLib} from "../types/Settlement.sol";
import {Reveals} from "./Reveals.sol";
import {SignedDeposits} from "./SignedDeposits.sol";

/// @notice The ways out: both agree and it is final at once, or somebody asks and the payee has the close delay to settle.
abstract contract Closures is SignedDeposits, Reveals {
    using BindingType for Binding;
    using Signatures for bytes;

    /// @inheritdoc IChannelEscrow
    function close(
        Channel calldata channel,
        uint96 amount,
        uint64 version,
        bytes32 receiptsRoot,
        DeviceSignature calldata payeeSignature,
        uint96 authorised,
        DeviceSignature calldata payerSignature
    ) external {
        // Check: the payee gave this amount as its last word.
        ChannelId channelId = _idOf(channel);
        (ChannelSlot storage slot, ChannelWord word) = _openSlotOf(channelId);
        if (amount > word.deposit()) revert ChannelEscrow_DepositExceeded(channelId, amount, word.deposit());
        bytes32 closeDigest = _cooperativeCloseDigest(CooperativeClose(channelId, amount, version, receiptsRoot));
        _requireDevice(channel.terms.payee, closeDigest, payeeSignature);

        // Check: above what is settled, the payer must have promised it. A payee may keep less than it was promised.
        uint96 settled = word.settled();
        if (amount > settled) {
            if (authorised < amount) revert ChannelEscrow_NotAuthorised(channelId, amount, authorised);
            bytes32 digest = _voucherDigest(_domainSeparatorV4(), channelId, authorised, version, receiptsRoot);
            _requireDevice(channel.payer, digest, payerSignature);
            settled = amount;
        } else {
            // Whatever the caller claims: what is settled was authorised, and nothing above it was shown.
            authorised = settled;
        }

        // Effect
        uint96 paid = settled - word.settled();
        _addPayout(channel.beneficiary, channel.token, paid);
        uint96 refund = _close(slot, channel, word.settledMore(paid));
        emit ChannelClosed(channelId, SettledTotalsLib.pack(settled, authorised, version), receiptsRoot, refund);
    }

    /// @inheritdoc IChannelEscrow
    function requestClose(Channel calldata channel) external {
        address funder = channel.terms.funder;
        if (msg.sender != funder) revert ChannelEscrow_NotFunder(msg.sender, funder);
        _requestClose(_idOf(channel), channel);
    }

    /// @inheritdoc IChannelEscrow
    function requestCloseByPayer(
        Channel calldata channel,
        uint40 deadline,
        DeviceSignature calldata signature
    ) external {
        ChannelId channelId = _idOf(channel);
        _requireDevice(channel.payer, _requestDigest(channelId, deadline), signature);
        _requestClose(channelId, channel);
    }

    /// @inheritdoc IChannelEscrow
    function requestCloseByFunder(Channel calldata channel, uint40 deadline, bytes calldata signature) external {
        ChannelId channelId = _idOf(channel);
        address funder = channel.terms.funder;
        if (!Signatures.isAccountSignature(funder, _requestDigest(channelId, deadline), signature)) {
            revert ChannelEscrow_BadSignature(funder);
        }
        _requestClose(channelId, channel);
    }

    /// @inheritdoc IChannelEscrow
    function requestCloseByParty(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint40 deadline,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        BindingId bindingId = payerBinding.id();
        if (bindingId != channel.terms.payerBinding) {
            revert ChannelEscrow_WrongBinding(bindingId, channel.terms.payerBinding);
        }
        ChannelId channelId = _idOf(channel);
        bytes32 digest = _requestDigest(channelId, deadline);
        SignerId party = payerBinding.partyId;
        if (partySigner.idOf() != party || !partySigner.isPartySignature(digest, signature, P256_VERIFIER)) {
            revert ChannelEscrow_WrongSigner(party);
        }
        _requestClose(channelId, channel);
    }

    /// @inheritdoc IChannelEscrow
    function requestCloseOfEndedBinding(Channel calldata channel) external {
        BindingId bindingId = channel.terms.payerBinding;
        BindingStatus status = REGISTRY.statusOf(bindingId);
        if (status == BindingStatus.ACTIVE || status == BindingStatus.SUSPENDED) {
            revert ChannelEscrow_BindingNotEnded(bindingId, status);
        }
        _requestClose(_idOf(channel), channel);
    }

    /// @inheritdoc IChannelEscrow
    function finalizeClose(Channel calldata channel) external {
        ChannelId channelId = _idOf(channel);
        (ChannelSlot storage slot, ChannelWord word) = _openSlotOf(channelId);
        if (word.closeAt() == 0) revert ChannelEscrow_NotClosing(channelId);
        if (block.timestamp < word.closeAt()) {
            revert ChannelEscrow_TooEarly(channelId, block.timestamp, word.closeAt());
        }

        uint96 refund = _close(slot, channel, word);
        emit CloseFinalized(channelId, word.settled(), refund);
    }

    function _requestClose(ChannelId channelId, Channel calldata channel) private {
        (ChannelSlot storage slot, ChannelWord word) = _openSlotOf(channelId);
        if (word.closeAt() != 0) revert ChannelEscrow_Closing(channelId, word.closeAt());

        uint40 closeAt = uint40(block.timestamp) + channel.terms.closeDelaySeconds;
        slot.word = word.closingAt(closeAt);
        emit CloseRequested(channelId, closeAt);
    }

    /// @dev Refunds what is not settled to the funder's balance: pulled later, so a funder that reverts blocks nobody.
    function _close(
        ChannelSlot storage slot,
        Channel calldata channel,
        ChannelWord word
    ) private returns (uint96 refund) {
        refund = uint96(Totals.refund(word.deposit(), word.settled()));
        slot.word = word.closed();
        _credit(channel.terms.funder, channel.token, refund);
    }

    function _requestDigest(ChannelId channelId, uint40 deadline) private view returns (bytes32) {
        if (block.timestamp > deadline) revert ChannelEscrow_Expired(deadline, block.timestamp);
        return _hashTypedDataV4(RequestCloseType.structHash(RequestClose(channelId, deadline)));
    }

    function _cooperativeCloseDigest(CooperativeClose memory message) private view returns (bytes32) {
        return _hashTypedDataV4(CooperativeCloseType.structHash(message));
    }
}
