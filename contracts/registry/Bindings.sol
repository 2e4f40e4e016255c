// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {BindingSignatures, IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {Binding, BindingType, Funding} from "../types/Binding.sol";
import {BindingStatus, RecordSlot, RecordWord, RecordWords} from "../types/BindingRecord.sol";
import {BindingId, SignerId} from "../types/Ids.sol";
import {Attesters} from "./Attesters.sol";
import {Exposure} from "./Exposure.sol";

/// @notice How bindings start: first ones and renewals, each with the signatures of device, liable party and attester.
abstract contract Bindings is EIP712, Attesters, Exposure {
    using BindingType for Binding;
    using Signatures for bytes;

    /// @dev The verifier that P-256 devices name in their signer.
    address internal immutable P256_VERIFIER;

    /// @dev Largest number of a period that fits into a record.
    uint256 private constant PERIODS_MAX = type(uint24).max;

    /// @inheritdoc IIdentityRegistry
    function bind(
        Binding calldata binding,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        BindingSignatures calldata signatures
    ) external returns (BindingId bindingId) {
        BindingId none;
        if (binding.previous != none) revert IdentityRegistry_WrongPrevious(binding.previous, none);
        BindingId head = _heads[binding.deviceId];
        if (head != none) revert IdentityRegistry_WrongPrevious(none, head);

        return _start(binding, deviceSigner, partySigner, signatures, 0, BindingStatus.ACTIVE);
    }

    /// @inheritdoc IIdentityRegistry
    function renew(
        Binding calldata binding,
        Binding calldata head,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        BindingSignatures calldata signatures
    ) external returns (BindingId bindingId) {
        // Check: the head is what is replaced, and the party stays.
        BindingId headId = _heads[binding.deviceId];
        BindingId none;
        if (headId == none || binding.previous != headId) {
            revert IdentityRegistry_WrongPrevious(binding.previous, headId);
        }
        if (head.id() != headId) revert IdentityRegistry_WrongBinding(head.id(), headId);
        if (binding.partyId != head.partyId) revert IdentityRegistry_OtherParty(binding.partyId, head.partyId);

        // Effect: end the head, and carry what it has at risk into the new ceiling.
        RecordSlot storage slot = _records[headId];
        RecordWord word = slot.word;
        uint96 exposure = binding.token == head.token ? _runningExposure(word, head.periodSeconds) : 0;
        // What a message has stopped starts again by a {resume} only: these signatures may be older than that message.
        bool stopped = word.status() != BindingStatus.ACTIVE;
        BindingStatus start = stopped ? BindingStatus.SUSPENDED : BindingStatus.ACTIVE;
        bindingId = _start(binding, deviceSigner, partySigner, signatures, exposure, start);
        if (stopped) emit BindingSuspended(bindingId, 0);
        if (word.lastsAt(block.timestamp)) {
            word = _end(slot, word, BindingStatus.RENEWED);
            emit BindingRenewed(headId, bindingId, word.sequence(), word.endsAt());
        }
    }

    /// @inheritdoc IIdentityRegistry
    function bindingDigest(Binding calldata binding) external view returns (bytes32) {
        return _hashTypedDataV4(BindingId.unwrap(binding.id()));
    }

    /// @dev Ends the record by now, stores it, and returns it as it is then.
    function _end(RecordSlot storage slot, RecordWord word, BindingStatus status) internal returns (RecordWord next) {
        next = word.ended(status, uint40(block.timestamp));
        slot.word = next;
    }

    function _start(
        Binding calldata binding,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        BindingSignatures calldata signatures,
        uint96 exposure,
        BindingStatus status
    ) private returns (BindingId bindingId) {
        // Check: cheap shape first, then signatures.
        uint40 startedAt = _requireSound(binding);
        uint24 attesterIndex = _accreditedIndex(binding.attester);
        bindingId = binding.id();
        RecordSlot storage slot = _records[bindingId];
        if (slot.word.status() != BindingStatus.NONE) revert IdentityRegistry_AlreadyBound(bindingId);
        _requireSigned(binding, _hashTypedDataV4(BindingId.unwrap(bindingId)), deviceSigner, partySigner, signatures);

        // Effect
        slot.word = RecordWords.started(startedAt, binding.validUntil, exposure, attesterIndex, status);
        _heads[binding.deviceId] = bindingId;
        emit BindingStarted(bindingId, binding.deviceId, binding.partyId, binding, startedAt, deviceSigner);
    }

    function _requireSound(Binding calldata binding) private view returns (uint40 startedAt) {
        if (binding.deviceId == binding.partyId) revert IdentityRegistry_SelfLiable(binding.partyId);
        if (binding.funder == address(0) || binding.token == address(0)) revert IdentityRegistry_ZeroAddress();
        if (binding.funding == Funding.NONE) revert IdentityRegistry_BadFunding(binding.funding);
        if (binding.maxPerPayment > binding.maxPerPeriod) {
            revert IdentityRegistry_BadLimits(binding.maxPerPayment, binding.maxPerPeriod);
        }
        // Nobody backdates: liability starts when the chain has seen the signatures.
        startedAt = binding.validFrom > block.timestamp ? binding.validFrom : uint40(block.timestamp);
        if (binding.validUntil <= startedAt) revert IdentityRegistry_BadValidity(startedAt, binding.validUntil);
        uint256 seconds_ = binding.validUntil - startedAt;
        if (binding.periodSeconds == 0) revert IdentityRegistry_BadPeriod(0, seconds_, PERIODS_MAX);
        uint256 periods = seconds_ / binding.periodSeconds;
        if (periods > PERIODS_MAX) revert IdentityRegistry_BadPeriod(binding.periodSeconds, periods, PERIODS_MAX);
    }

    function _requireSigned(
        Binding calldata binding,
        bytes32 digest,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        BindingSignatures calldata signatures
    ) private view {
        _requireSigner(deviceSigner, binding.deviceId);
        _requireSigner(partySigner, binding.partyId);
        if (!deviceSigner.isDeviceSignature(digest, signatures.device, P256_VERIFIER)) {
            revert IdentityRegistry_BadSignature(deviceSigner);
        }
        _requirePartySignature(partySigner, digest, signatures.party);
        _requireAttester(binding.attester, digest, signatures.attester);
    }

    function _requireSigner(bytes calldata signer, SignerId expected) internal pure {
        SignerId given = signer.idOf();
        if (given != expected) revert IdentityRegistry_WrongSigner(given, expected);
    }

    function _requirePartySignature(
        bytes calldata partySigner,
        bytes32 digest,
        bytes calldata signature
    ) internal view {
        if (!partySigner.isPartySignature(digest, signature, P256_VERIFIER)) {
            revert IdentityRegistry_BadSignature(partySigner);
        }
    }

    function _requireAttester(address attester, bytes32 digest, bytes calldata signature) internal view {
        if (!Signatures.isAccountSignature(attester, digest, signature)) {
            revert IdentityRegistry_BadAttesterSignature(attester);
        }
    }
}
