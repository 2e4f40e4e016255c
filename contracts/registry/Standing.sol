// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStanding} from "../interfaces/registry/IStanding.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingStatus, RecordSlot, RecordWord} from "../types/BindingRecord.sol";
import {BindingId} from "../types/Ids.sol";
import {Release, ReleaseType} from "../types/Release.sol";
import {Resume, ResumeType} from "../types/Resume.sol";
import {Revoke, RevokeType} from "../types/Revoke.sol";
import {RevokeMany, RevokeManyType, Revocation} from "../types/RevokeMany.sol";
import {Suspend, SuspendType} from "../types/Suspend.sol";
import {Bindings} from "./Bindings.sol";

/// @notice How a running binding is suspended, resumed and ended. Every message names the record's sequence, so it is
/// used at most once, and a deadline, so it cannot be kept for later. Where the attester signs, a mark on it needs no look
/// of its own: {_signingAttester} refuses it.
abstract contract Standing is Bindings {
    using BindingType for Binding;

    /// @inheritdoc IStanding
    function suspendByParty(
        Suspend calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        _requireNamed(binding, message.bindingId);
        RecordWord word = _wordOf(message.bindingId);
        bytes32 digest = _requireSuspendable(message, word);
        _requireParty(binding.partyId, partySigner, digest, signature);

        _suspend(message.bindingId, word);
    }

    /// @inheritdoc IStanding
    function suspendByAttester(Suspend calldata message, bytes calldata signature) external {
        RecordWord word = _records[message.bindingId].word;
        bytes32 digest = _requireSuspendable(message, word);
        _requireAttester(_signingAttester(word.attesterIndex()), digest, signature);

        _suspend(message.bindingId, word);
    }

    /// @inheritdoc IStanding
    function resume(
        Resume calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata partySignature,
        bytes calldata attesterSignature
    ) external {
        // Check: in time, for this record as it is, and signed by both. A retired attester lifts nothing.
        _requireNamed(binding, message.bindingId);
        RecordWord word = _wordOf(message.bindingId);
        _requireLasting(message.bindingId, word, message.sequence, message.deadline);
        _requireWritten(message.bindingId, word, BindingStatus.SUSPENDED);
        bytes32 digest = ResumeType.digest(_domainSeparatorV4(), message);
        _requireParty(binding.partyId, partySigner, digest, partySignature);
        _requireStillAccredited(binding.attester, word.attesterIndex());
        _requireAttester(binding.attester, digest, attesterSignature);

        // Effect
        word = word.moved(BindingStatus.ACTIVE);
        _records[message.bindingId].word = word;
        emit BindingResumed(message.bindingId, word.sequence());
    }

    /// @inheritdoc IStanding
    function revoke(Revoke calldata message, bytes calldata signature) external {
        RecordSlot storage slot = _records[message.bindingId];
        RecordWord word = slot.word;
        _requireLasting(message.bindingId, word, message.sequence, message.deadline);
        bytes32 digest = RevokeType.digest(_domainSeparatorV4(), message);
        _requireAttester(_signingAttester(word.attesterIndex()), digest, signature);

        word = _end(slot, word, BindingStatus.REVOKED);
        emit BindingRevoked(message.bindingId, word.endsAt());
    }

    /// @inheritdoc IStanding
    function revokeMany(uint24 attesterIndex, RevokeMany calldata message, bytes calldata signature) external {
        if (block.timestamp > message.deadline) revert IdentityRegistry_Expired(message.deadline, block.timestamp);
        bytes32 digest = _hashTypedDataV4(RevokeManyType.structHash(message));
        _requireAttester(_signingAttester(attesterIndex), digest, signature);

        Revocation[] calldata rows = message.rows;
        for (uint256 i = 0; i < rows.length; ++i) _revokeRow(rows[i], attesterIndex);
    }

    /// @inheritdoc IStanding
    function release(
        Release calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        _requireNamed(binding, message.bindingId);
        BindingId none;
        if (message.successor != none) revert IdentityRegistry_SuccessorNamed(message.successor);
        RecordWord word = _wordOf(message.bindingId);
        _requireLasting(message.bindingId, word, message.sequence, message.deadline);
        bytes32 digest = ReleaseType.digest(_domainSeparatorV4(), message);
        _requireParty(binding.partyId, partySigner, digest, signature);

        word = _end(_records[message.bindingId], word, BindingStatus.RELEASED);
        emit BindingReleased(message.bindingId, word.endsAt());
    }

    /// @dev Skips what cannot be revoked: one bad row must not stop a batch.
    function _revokeRow(Revocation calldata row, uint24 attesterIndex) private {
        BindingId bindingId = row.bindingId;
        RecordSlot storage slot = _records[bindingId];
        RecordWord word = slot.word;
        if (!word.isOf(attesterIndex, RevokeManyType.sequenceOf(row)) || !word.lastsAt(block.timestamp)) {
            emit RevocationSkipped(bindingId, _statusNow(_wordOf(bindingId)), word.sequence(), word.attesterIndex());
            return;
        }
        slot.word = word.ended(BindingStatus.REVOKED, uint40(block.timestamp));
        emit BindingRevoked(bindingId, uint40(block.timestamp));
    }

    function _requireSuspendable(Suspend calldata message, RecordWord word) private view returns (bytes32 digest) {
        _requireLasting(message.bindingId, word, message.sequence, message.deadline);
        _requireWritten(message.bindingId, word, BindingStatus.ACTIVE);
        return SuspendType.digest(_domainSeparatorV4(), message);
    }

    function _suspend(BindingId bindingId, RecordWord word) private {
        word = word.moved(BindingStatus.SUSPENDED);
        _records[bindingId].word = word;
        emit BindingSuspended(bindingId, word.sequence());
    }

    /// @dev For a record that lasts: `expected` is what a message has written, whether the binding has started or not.
    function _requireWritten(BindingId bindingId, RecordWord word, BindingStatus expected) private pure {
        BindingStatus written = word.status();
        if (written != expected) revert IdentityRegistry_WrongStatus(bindingId, written, expected);
    }

    function _requireNamed(Binding calldata binding, BindingId expected) private pure {
        if (binding.id() != expected) revert IdentityRegistry_WrongBinding(binding.id(), expected);
    }
}
