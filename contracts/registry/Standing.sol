// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingStatus, RecordSlot, RecordWord} from "../types/BindingRecord.sol";
import {BindingId} from "../types/Ids.sol";
import {Release, ReleaseType} from "../types/Release.sol";
import {Resume, ResumeType} from "../types/Resume.sol";
import {Revoke, RevokeType} from "../types/Revoke.sol";
import {Suspend, SuspendType} from "../types/Suspend.sol";
import {Bindings} from "./Bindings.sol";

/// @notice How a running binding is suspended, resumed and ended. Every message names the record's sequence, so it is
/// used at most once, and a deadline, so it cannot be kept for later.
abstract contract Standing is Bindings {
    using BindingType for Binding;

    /// @inheritdoc IIdentityRegistry
    function suspendByParty(
        Binding calldata binding,
        Suspend calldata message,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        _requireNamed(binding, message.bindingId);
        (RecordSlot storage slot, RecordWord word) = _suspendable(message);
        bytes32 digest = SuspendType.digest(_domainSeparatorV4(), message);
        _requireParty(binding, partySigner, digest, signature);

        _suspend(message.bindingId, slot, word);
    }

    /// @inheritdoc IIdentityRegistry
    function suspendByAttester(Suspend calldata message, bytes calldata signature) external {
        (RecordSlot storage slot, RecordWord word) = _suspendable(message);
        bytes32 digest = SuspendType.digest(_domainSeparatorV4(), message);
        _requireAttester(_attesterOf(word.attesterIndex()), digest, signature);

        _suspend(message.bindingId, slot, word);
    }

    /// @inheritdoc IIdentityRegistry
    function resume(
        Binding calldata binding,
        Resume calldata message,
        bytes calldata partySigner,
        bytes calldata partySignature,
        bytes calldata attesterSignature
    ) external {
        // Check: in time, for this record as it is, and signed by both. A retired attester lifts nothing.
        _requireNamed(binding, message.bindingId);
        (RecordSlot storage slot, RecordWord word) = _lasting(message.bindingId, message.sequence, message.deadline);
        _requireWritten(message.bindingId, word, BindingStatus.SUSPENDED);
        bytes32 digest = ResumeType.digest(_domainSeparatorV4(), message);
        _requireParty(binding, partySigner, digest, partySignature);
        _requireStillAccredited(binding.attester, word.attesterIndex());
        _requireAttester(binding.attester, digest, attesterSignature);

        // Effect
        word = word.moved(BindingStatus.ACTIVE);
        slot.word = word;
        emit BindingResumed(message.bindingId, word.sequence());
    }

    /// @inheritdoc IIdentityRegistry
    function revoke(Revoke calldata message, bytes calldata signature) external {
        (RecordSlot storage slot, RecordWord word) = _lasting(message.bindingId, message.sequence, message.deadline);
        bytes32 digest = RevokeType.digest(_domainSeparatorV4(), message);
        _requireAttester(_attesterOf(word.attesterIndex()), digest, signature);

        word = _end(slot, word, BindingStatus.REVOKED);
        emit BindingRevoked(message.bindingId, word.sequence(), word.endsAt());
    }

    /// @inheritdoc IIdentityRegistry
    function release(
        Binding calldata binding,
        Release calldata message,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        _requireNamed(binding, message.bindingId);
        BindingId none;
        if (message.successor != none) revert IdentityRegistry_SuccessorNamed(message.successor);
        (RecordSlot storage slot, RecordWord word) = _lasting(message.bindingId, message.sequence, message.deadline);
        bytes32 digest = ReleaseType.digest(_domainSeparatorV4(), message);
        _requireParty(binding, partySigner, digest, signature);

        word = _end(slot, word, BindingStatus.RELEASED);
        emit BindingReleased(message.bindingId, word.sequence(), word.endsAt());
    }

    function _suspendable(Suspend calldata message) private view returns (RecordSlot storage slot, RecordWord word) {
        (slot, word) = _lasting(message.bindingId, message.sequence, message.deadline);
        _requireWritten(message.bindingId, word, BindingStatus.ACTIVE);
    }

    function _suspend(BindingId bindingId, RecordSlot storage slot, RecordWord word) private {
        word = word.moved(BindingStatus.SUSPENDED);
        slot.word = word;
        emit BindingSuspended(bindingId, word.sequence());
    }

    /// @dev The record, when it has not ended and the message is about it as it is now.
    function _lasting(
        BindingId bindingId,
        uint24 sequence,
        uint40 deadline
    ) private view returns (RecordSlot storage slot, RecordWord word) {
        if (block.timestamp > deadline) revert IdentityRegistry_Expired(deadline, block.timestamp);
        slot = _records[bindingId];
        word = slot.word;
        if (!word.lastsAt(block.timestamp)) {
            revert IdentityRegistry_WrongStatus(bindingId, _statusNow(word), BindingStatus.ACTIVE);
        }
        if (sequence != word.sequence()) {
            revert IdentityRegistry_WrongSequence(bindingId, sequence, word.sequence());
        }
    }

    /// @dev For a record that lasts: `expected` is what a message has written, whether the binding has started or not.
    function _requireWritten(BindingId bindingId, RecordWord word, BindingStatus expected) private pure {
        BindingStatus written = word.status();
        if (written != expected) revert IdentityRegistry_WrongStatus(bindingId, written, expected);
    }

    function _requireNamed(Binding calldata binding, BindingId expected) private pure {
        if (binding.id() != expected) revert IdentityRegistry_WrongBinding(binding.id(), expected);
    }

    function _requireParty(
        Binding calldata binding,
        bytes calldata partySigner,
        bytes32 digest,
        bytes calldata signature
    ) private view {
        _requireSigner(partySigner, binding.partyId);
        _requirePartySignature(partySigner, digest, signature);
    }

    /// @dev An attester that was retired and accredited again has a new index: it lifts only what it vouched for anew.
    function _requireStillAccredited(address attester, uint24 index) private view {
        if (_accreditedIndex(attester) != index) revert IdentityRegistry_NotAccredited(attester);
    }
}
