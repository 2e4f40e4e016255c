// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {Binding, BindingRecord, BindingStatus, BindingType} from "../types/Binding.sol";
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
    using Signatures for bytes;

    /// @inheritdoc IIdentityRegistry
    function suspendByParty(
        Binding calldata binding,
        Suspend calldata message,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        _requireNamed(binding, message.bindingId);
        BindingRecord memory record = _suspendable(message);
        bytes32 digest = _hashTypedDataV4(SuspendType.structHash(message));
        _requireParty(binding, partySigner, digest, signature);

        _suspend(message.bindingId, record);
    }

    /// @inheritdoc IIdentityRegistry
    function suspendByAttester(Suspend calldata message, bytes calldata signature) external {
        BindingRecord memory record = _suspendable(message);
        bytes32 digest = _hashTypedDataV4(SuspendType.structHash(message));
        _requireAttester(_attesterOf(record.attesterIndex), digest, signature);

        _suspend(message.bindingId, record);
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
        BindingRecord memory record = _lasting(message.bindingId, message.sequence, message.deadline);
        if (record.status != BindingStatus.SUSPENDED) {
            revert IdentityRegistry_WrongStatus(message.bindingId, record.status, BindingStatus.SUSPENDED);
        }
        bytes32 digest = _hashTypedDataV4(ResumeType.structHash(message));
        _requireParty(binding, partySigner, digest, partySignature);
        _requireStillAccredited(binding.attester, record.attesterIndex);
        _requireAttester(binding.attester, digest, attesterSignature);

        // Effect
        record.status = BindingStatus.ACTIVE;
        ++record.sequence;
        _records[message.bindingId] = record;
        emit BindingResumed(message.bindingId, record.sequence);
    }

    /// @inheritdoc IIdentityRegistry
    function revoke(Revoke calldata message, bytes calldata signature) external {
        BindingRecord memory record = _lasting(message.bindingId, message.sequence, message.deadline);
        bytes32 digest = _hashTypedDataV4(RevokeType.structHash(message));
        _requireAttester(_attesterOf(record.attesterIndex), digest, signature);

        _end(message.bindingId, record, BindingStatus.REVOKED);
        emit BindingRevoked(message.bindingId, record.sequence, record.endsAt);
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
        BindingRecord memory record = _lasting(message.bindingId, message.sequence, message.deadline);
        bytes32 digest = _hashTypedDataV4(ReleaseType.structHash(message));
        _requireParty(binding, partySigner, digest, signature);

        _end(message.bindingId, record, BindingStatus.RELEASED);
        emit BindingReleased(message.bindingId, record.sequence, record.endsAt);
    }

    function _suspendable(Suspend calldata message) private view returns (BindingRecord memory record) {
        record = _lasting(message.bindingId, message.sequence, message.deadline);
        if (record.status != BindingStatus.ACTIVE) {
            revert IdentityRegistry_WrongStatus(message.bindingId, record.status, BindingStatus.ACTIVE);
        }
    }

    function _suspend(BindingId bindingId, BindingRecord memory record) private {
        record.status = BindingStatus.SUSPENDED;
        ++record.sequence;
        _records[bindingId] = record;
        emit BindingSuspended(bindingId, record.sequence);
    }

    /// @dev The record, when it has not ended and the message is about it as it is now.
    function _lasting(
        BindingId bindingId,
        uint24 sequence,
        uint40 deadline
    ) private view returns (BindingRecord memory record) {
        if (block.timestamp > deadline) revert IdentityRegistry_Expired(deadline, block.timestamp);
        record = _records[bindingId];
        BindingStatus status = _statusNow(record);
        if (!_isLasting(status) && status != BindingStatus.PENDING) {
            revert IdentityRegistry_WrongStatus(bindingId, status, BindingStatus.ACTIVE);
        }
        if (sequence != record.sequence) {
            revert IdentityRegistry_WrongSequence(bindingId, sequence, record.sequence);
        }
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
        if (!partySigner.isPartySignature(digest, signature, P256_VERIFIER)) {
            revert IdentityRegistry_BadSignature(partySigner);
        }
    }

    /// @dev An attester that was retired and accredited again has a new index: it lifts only what it vouched for anew.
    function _requireStillAccredited(address attester, uint24 index) private view {
        if (_accreditedIndex(attester) != index) revert IdentityRegistry_NotAccredited(attester);
    }
}
